use std::fmt;
use std::str::FromStr;

use modelward_artifact::escape::Terminal;
use thiserror::Error;

use crate::error::shortened;

/// The longest id in bytes.
const MAX_LEN: usize = 64;

/// Says why a text is no id of a tactic, a mitigation or a case study of ATLAS.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParseAtlasIdError {
    /// It does not have the form of such an id.
    #[error("expected an id such as `{example}`, found `{}`", Terminal(found))]
    Form {
        /// An id of the form.
        example: &'static str,
        /// The text, cut off after 32 characters.
        found: String,
    },
}

impl ParseAtlasIdError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Form { .. } => "incident.atlas.id",
        }
    }
}

/// Defines an id: groups of capital letters and digits with a dot behind each, a mark, four digits.
macro_rules! atlas_id {
    ($(#[$doc:meta])* $name:ident, $mark:literal, $example:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub struct $name(Box<str>);

        impl $name {
            /// Returns the text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = ParseAtlasIdError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                if has_form(text, $mark) {
                    return Ok(Self(text.into()));
                }
                Err(ParseAtlasIdError::Form {
                    example: $example,
                    found: shortened(text),
                })
            }
        }
    };
}

atlas_id!(
    /// Identifies a tactic, such as `AML.TA0002`.
    ///
    /// Every id of that form is taken: which ones there are changes from release to release.
    ///
    /// ```
    /// use modelward_incident::format::atlas::TacticId;
    ///
    /// let tactic: TacticId = "AML.TA0002".parse()?;
    /// assert_eq!(tactic.as_str(), "AML.TA0002");
    /// assert!("AML.T0002".parse::<TacticId>().is_err());
    /// # Ok::<(), modelward_incident::format::atlas::ParseAtlasIdError>(())
    /// ```
    TacticId,
    "TA",
    "AML.TA0002"
);
atlas_id!(
    /// Identifies a mitigation, such as `AML.M0013`; every id of that form is taken.
    MitigationId,
    "M",
    "AML.M0013"
);
atlas_id!(
    /// Identifies a case study, such as `AML.CS0009`; every id of that form is taken.
    CaseStudyId,
    "CS",
    "AML.CS0009"
);

/// Tells whether the text is `(?:[A-Z]+[0-9]*\.)+`, the mark and four digits.
fn has_form(text: &str, mark: &str) -> bool {
    let Some((groups, last)) = text.rsplit_once('.') else {
        return false;
    };
    let number = last.strip_prefix(mark).unwrap_or_default();
    text.len() <= MAX_LEN
        && number.len() == 4
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && groups.split('.').all(is_group)
}

fn is_group(group: &str) -> bool {
    let letters = group.trim_end_matches(|c: char| c.is_ascii_digit());
    !letters.is_empty() && letters.bytes().all(|byte| byte.is_ascii_uppercase())
}
