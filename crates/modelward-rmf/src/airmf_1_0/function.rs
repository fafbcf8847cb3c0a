use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::airmf_1_0::parse::Parts;
use crate::{Category, ParseIdError, Subcategory};

/// Names one of the four functions of the AI RMF core (NIST AI 100-1, section 5).
///
/// Their order is that of the document. The text is the full name in capitals; `gv`, `MAP:` and
/// the like are read too.
///
/// ```
/// use modelward_rmf::Function;
///
/// assert_eq!("MS".parse::<Function>()?, Function::Measure);
/// assert_eq!(Function::Measure.to_string(), "MEASURE");
/// # Ok::<(), modelward_rmf::ParseIdError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(
    clippy::exhaustive_enums,
    reason = "NIST AI 100-1 fixes the four functions and their order"
)]
pub enum Function {
    /// Who answers for AI risks, and by which rules (table 1).
    Govern,
    /// What the system is for, where it runs and what can go wrong (table 2).
    Map,
    /// How large the risks are, and how one knows (table 3).
    Measure,
    /// Which risks are treated, and what is done when they strike (table 4).
    Manage,
}

impl Function {
    /// Lists the functions in the order of the document.
    pub const ALL: [Self; 4] = [Self::Govern, Self::Map, Self::Measure, Self::Manage];

    /// Returns the name in capitals, such as `GOVERN`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Govern => "GOVERN",
            Self::Map => "MAP",
            Self::Measure => "MEASURE",
            Self::Manage => "MANAGE",
        }
    }

    /// Returns the short name that NIST AI 600-1 uses, such as `GV`.
    #[must_use]
    pub const fn short(self) -> &'static str {
        match self {
            Self::Govern => "GV",
            Self::Map => "MP",
            Self::Measure => "MS",
            Self::Manage => "MG",
        }
    }

    /// Returns what the function is about, in our words and not in those of NIST.
    #[must_use]
    pub const fn summary(self) -> &'static str {
        match self {
            Self::Govern => "who answers for AI risks, and by which rules",
            Self::Map => "what the system is for, where it runs and what can go wrong",
            Self::Measure => "how large the risks are, and how one knows",
            Self::Manage => "which risks are treated, and what is done when they strike",
        }
    }

    /// Returns the categories of this function in the order of the document.
    pub fn categories(self) -> impl Iterator<Item = Category> {
        let all = Category::ALL.into_iter();
        all.filter(move |category| category.function() == self)
    }

    /// Returns the subcategories of this function in the order of the document.
    pub fn subcategories(self) -> impl Iterator<Item = Subcategory> {
        let all = Subcategory::ALL.into_iter();
        all.filter(move |subcategory| subcategory.function() == self)
    }

    /// Returns how many subcategories each category has, from the first category on.
    pub(crate) const fn sizes(self) -> &'static [u8] {
        match self {
            Self::Govern => &[7, 3, 2, 3, 2, 2],
            Self::Map => &[6, 3, 5, 2, 2],
            Self::Measure => &[3, 13, 3, 3],
            Self::Manage => &[4, 4, 2, 3],
        }
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Function {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match Parts::read(text)? {
            Parts {
                function,
                category: None,
                ..
            } => Ok(function),
            _ => Err(ParseIdError::form("GOVERN", text)),
        }
    }
}

impl Serialize for Function {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Function {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}
