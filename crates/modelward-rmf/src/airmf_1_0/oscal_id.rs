//! The ids of an OSCAL catalog of the framework, all made here: they are ours until NIST publishes
//! a catalog of its own (`usnistgov/oscal-content`, pull request 333, was open in May 2026).

use crate::{Category, Function, Subcategory};

impl Function {
    /// Returns the id of its OSCAL group, such as `govern`.
    ///
    /// NIST has published no OSCAL catalog of the framework, so the id is this crate's.
    #[must_use]
    pub fn oscal_id(self) -> String {
        self.name().to_ascii_lowercase()
    }
}

impl Category {
    /// Returns the id of its OSCAL group, such as `govern-1`.
    ///
    /// NIST has published no OSCAL catalog of the framework, so the id is this crate's.
    #[must_use]
    pub fn oscal_id(self) -> String {
        format!("{}-{}", self.function().oscal_id(), self.number())
    }
}

impl Subcategory {
    /// Returns the id of its OSCAL control, such as `govern-1.1`.
    ///
    /// NIST has published no OSCAL catalog of the framework, so the id is this crate's. It is one of
    /// the spellings that are read.
    ///
    /// ```
    /// use modelward_rmf::Subcategory;
    ///
    /// let subcategory: Subcategory = "MS-2.11".parse()?;
    /// assert_eq!(subcategory.oscal_id(), "measure-2.11");
    /// assert_eq!(subcategory.oscal_id().parse(), Ok(subcategory));
    /// # Ok::<(), modelward_rmf::ParseIdError>(())
    /// ```
    #[must_use]
    pub fn oscal_id(self) -> String {
        format!("{}.{}", self.category().oscal_id(), self.number())
    }
}
