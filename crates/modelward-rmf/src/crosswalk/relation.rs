use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::crosswalk::UnknownTerm;
use crate::crosswalk::term::find;

/// Relates what a source id asks for to what a target id asks for, as two sets (OSCAL 1.2, mapping
/// model).
///
/// ```
/// use modelward_rmf::crosswalk::Relation;
///
/// assert_eq!("subset-of".parse(), Ok(Relation::SubsetOf));
/// assert_eq!(Relation::SubsetOf.inverse(), Relation::SupersetOf);
/// assert!("maps-to".parse::<Relation>().is_err());
/// ```
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "OSCAL 1.2 fixes the six relations")]
pub enum Relation {
    /// Both ask for the same in other words.
    EquivalentTo,
    /// Both ask for the same in the same words.
    EqualTo,
    /// All that the source asks for, the target asks for too.
    SubsetOf,
    /// All that the target asks for, the source asks for too.
    SupersetOf,
    /// Both ask for some of the same, and each for more.
    IntersectsWith,
    /// They have nothing in common. This says so; a missing row says nothing.
    NoRelationship,
}

impl Relation {
    /// Lists the relations in OSCAL's order.
    pub const ALL: [Self; 6] = [
        Self::EquivalentTo,
        Self::EqualTo,
        Self::SubsetOf,
        Self::SupersetOf,
        Self::IntersectsWith,
        Self::NoRelationship,
    ];

    /// Returns OSCAL's name, such as `subset-of`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::EquivalentTo => "equivalent-to",
            Self::EqualTo => "equal-to",
            Self::SubsetOf => "subset-of",
            Self::SupersetOf => "superset-of",
            Self::IntersectsWith => "intersects-with",
            Self::NoRelationship => "no-relationship",
        }
    }

    /// Returns the relation as it looks from the target.
    #[must_use]
    pub const fn inverse(self) -> Self {
        match self {
            Self::SubsetOf => Self::SupersetOf,
            Self::SupersetOf => Self::SubsetOf,
            same => same,
        }
    }

    /// Tells whether the two sides ask for the same.
    #[must_use]
    pub const fn is_equality(self) -> bool {
        matches!(self, Self::EquivalentTo | Self::EqualTo)
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Relation {
    type Err = UnknownTerm;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        find("relation", &Self::ALL, Self::name, text)
    }
}
