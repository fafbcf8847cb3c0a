use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::escape::Terminal;

/// How many characters of a refused text an error repeats.
const SHOWN: usize = 32;

/// Identifies a technique of MITRE ATLAS, or a part of one, such as `AML.T0010.001`.
///
/// Every id of that form is taken: which ones there are changes from release to release.
///
/// ```
/// use modelward_artifact::AtlasTechnique;
///
/// let technique: AtlasTechnique = "AML.T0010.001".parse()?;
/// assert_eq!(technique.parent().map(|parent| parent.to_string()).as_deref(), Some("AML.T0010"));
/// assert_eq!("AML.TA0002".parse::<AtlasTechnique>().unwrap_err().code(), "artifact.atlas.form");
/// # Ok::<(), modelward_artifact::ParseAtlasTechniqueError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct AtlasTechnique {
    number: u16,
    part: Option<u16>,
}

impl AtlasTechnique {
    /// Returns the number, which is 10 in `AML.T0010.001`.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.number
    }

    /// Returns the number of the part, which is 1 in `AML.T0010.001`.
    #[must_use]
    pub const fn part(self) -> Option<u16> {
        self.part
    }

    /// Returns the technique of which this is a part, if it is one.
    #[must_use]
    pub const fn parent(self) -> Option<Self> {
        match self.part {
            Some(_) => Some(Self {
                number: self.number,
                part: None,
            }),
            None => None,
        }
    }

    /// Tells whether the other is this technique or a part of it.
    #[must_use]
    pub fn includes(self, other: Self) -> bool {
        self == other || other.parent() == Some(self)
    }
}

impl FromStr for AtlasTechnique {
    type Err = ParseAtlasTechniqueError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || ParseAtlasTechniqueError::Form {
            found: text.chars().take(SHOWN).collect(),
        };
        let rest = text.strip_prefix("AML.T").ok_or_else(refused)?;
        let (number, part) = match rest.split_once('.') {
            Some((number, part)) => (number, Some(part)),
            None => (rest, None),
        };
        let part = part.map(|part| digits(part, 3).ok_or_else(refused));
        Ok(Self {
            number: digits(number, 4).ok_or_else(refused)?,
            part: part.transpose()?,
        })
    }
}

impl fmt::Display for AtlasTechnique {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AML.T{:04}", self.number)?;
        match self.part {
            Some(part) => write!(f, ".{part:03}"),
            None => Ok(()),
        }
    }
}

impl Serialize for AtlasTechnique {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AtlasTechnique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Says why a text is not an [`AtlasTechnique`].
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParseAtlasTechniqueError {
    /// It is not `AML.T`, four digits and, for a part, a dot and three digits.
    #[error(
        "expected the id of a technique such as `AML.T0010.001`, found `{}`",
        Terminal(found)
    )]
    Form {
        /// The text, cut off after 32 characters.
        found: String,
    },
}

impl ParseAtlasTechniqueError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Form { .. } => "artifact.atlas.form",
        }
    }
}

fn digits(text: &str, count: usize) -> Option<u16> {
    let fits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok())?
}
