use crate::Function::{Govern, Map, Measure};
use crate::Subcategory;

impl Subcategory {
    /// Tells whether the announced revision of the framework is expected to change the subcategory.
    ///
    /// The White House AI Action Plan of 2025-07-23 has NIST take references to misinformation, to
    /// diversity, equity and inclusion, and to climate change out of the framework. As of
    /// 2026-09-26 version 1.0 was the only one published, without a draft of another. Exposed, in
    /// our reading, are GOVERN 3.1 and 3.2, MAP 1.2, MEASURE 2.11 and MEASURE 2.12. They hold until
    /// a revision is published; keep the version beside the id.
    ///
    /// ```
    /// use modelward_rmf::Subcategory;
    ///
    /// assert!("MEASURE 2.12".parse::<Subcategory>()?.revision_exposed());
    /// assert!(!"MEASURE 2.13".parse::<Subcategory>()?.revision_exposed());
    /// # Ok::<(), modelward_rmf::ParseIdError>(())
    /// ```
    #[must_use]
    pub const fn revision_exposed(self) -> bool {
        matches!(
            self.key(),
            (Govern, 3, 1 | 2) | (Map, 1, 2) | (Measure, 2, 11 | 12)
        )
    }

    /// Tells whether the subcategory measures what the MAP function identified.
    ///
    /// True for MEASURE 2.4 and 2.6 to 2.12, whose statements say so: where MAP has found nothing,
    /// they have nothing to stand on. MEASURE 1.1 and MANAGE 1.3 also speak of risks that MAP listed,
    /// in other words, and are not counted here.
    #[must_use]
    pub const fn depends_on_map(self) -> bool {
        matches!(self.key(), (Measure, 2, 4 | 6..=12))
    }
}
