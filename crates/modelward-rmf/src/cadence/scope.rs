use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Category, Function, ParseIdError, Phase, Subcategory};

/// Names what a [`CadenceRule`](crate::CadenceRule) holds for, from the most general on.
///
/// In documents it is the id or the name, such as `MEASURE`, `MEASURE 2`, `release` or
/// `MEASURE 2.7`, in any spelling that [`Subcategory`] and [`Phase`] read.
///
/// ```
/// use modelward_rmf::{CadenceScope, Phase};
///
/// assert_eq!("deployment".parse::<CadenceScope>()?, CadenceScope::Phase(Phase::Release));
/// assert_eq!("ms-2".parse::<CadenceScope>()?.to_string(), "MEASURE 2");
/// assert!("MEASURE 9".parse::<CadenceScope>().is_err());
/// # Ok::<(), modelward_rmf::ParseIdError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the framework and its lifecycle have no other parts"
)]
pub enum CadenceScope {
    /// All subcategories of a function.
    Function(Function),
    /// All subcategories that are looked at in a phase.
    Phase(Phase),
    /// All subcategories of a category.
    Category(Category),
    /// One subcategory.
    Subcategory(Subcategory),
}

impl fmt::Display for CadenceScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Function(function) => function.fmt(f),
            Self::Phase(phase) => phase.fmt(f),
            Self::Category(category) => category.fmt(f),
            Self::Subcategory(subcategory) => subcategory.fmt(f),
        }
    }
}

impl FromStr for CadenceScope {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(phase) = text.parse() {
            return Ok(Self::Phase(phase));
        }
        if let Ok(function) = text.parse() {
            return Ok(Self::Function(function));
        }
        if let Ok(category) = text.parse() {
            return Ok(Self::Category(category));
        }
        text.parse().map(Self::Subcategory)
    }
}

impl Serialize for CadenceScope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CadenceScope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}
