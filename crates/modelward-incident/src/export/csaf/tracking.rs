use std::fmt;
use std::str::FromStr;

use modelward_artifact::Timestamp;

use super::{CsafInputError, text};

/// Says how far a document has come.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(clippy::exhaustive_enums, reason = "CSAF 2.0 and 2.1 fix the three")]
pub enum CsafStatus {
    /// Not released; its parts may be wrong.
    Draft,
    /// Released, and to be left as it is.
    Final,
    /// Released, and likely to change.
    Interim,
}

impl CsafStatus {
    /// Returns the name in CSAF.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Final => "final",
            Self::Interim => "interim",
        }
    }
}

/// Numbers a revision: an integer, or a semantic version without a pre-release or build part.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(
    clippy::exhaustive_enums,
    reason = "section 3.1.11 of CSAF 2.0 fixes the two ways of versioning"
)]
pub enum CsafNumber {
    /// Counts.
    Integer(u32),
    /// Major, minor and patch.
    Semantic(u32, u32, u32),
}

impl CsafNumber {
    const fn major(self) -> u32 {
        match self {
            Self::Integer(major) | Self::Semantic(major, ..) => major,
        }
    }

    const fn is_integer(self) -> bool {
        matches!(self, Self::Integer(_))
    }
}

impl fmt::Display for CsafNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(number) => number.fmt(f),
            Self::Semantic(major, minor, patch) => write!(f, "{major}.{minor}.{patch}"),
        }
    }
}

impl FromStr for CsafNumber {
    type Err = CsafInputError;

    fn from_str(text: &str) -> Result<Self, CsafInputError> {
        let part = |text: &str| {
            let is_plain = text.bytes().all(|byte| byte.is_ascii_digit())
                && (text == "0" || !text.starts_with('0'));
            text.parse().ok().filter(|_| is_plain)
        };
        let parts: Option<Vec<u32>> = text.split('.').map(part).collect();
        match parts.as_deref() {
            Some([number]) => Ok(Self::Integer(*number)),
            Some([major, minor, patch]) => Ok(Self::Semantic(*major, *minor, *patch)),
            _ => Err(CsafInputError::Number),
        }
    }
}

/// Describes one revision of a document.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CsafRevision {
    pub(super) number: CsafNumber,
    pub(super) date: Timestamp,
    pub(super) summary: String,
}

impl CsafRevision {
    /// Describes a revision.
    ///
    /// # Errors
    ///
    /// [`CsafInputError::Text`] for the summary.
    pub fn new(number: CsafNumber, date: Timestamp, summary: &str) -> Result<Self, CsafInputError> {
        let summary = text("summary", summary)?;
        Ok(Self {
            number,
            date,
            summary,
        })
    }
}

/// Follows a document through its revisions. The last of them is the document's version.
///
/// - There is at least one, and numbers rise with time (tests 6.1.14 and 6.1.22 of CSAF 2.0).
/// - All are integers or all are semantic versions, and no major version is left out (6.1.21,
///   6.1.30).
/// - Major version 0 is for drafts alone, and a draft whose last major version is not 0 is still a
///   draft (6.1.17, 6.1.18).
///
/// ```
/// use modelward_incident::export::csaf::{CsafRevision, CsafStatus, CsafTracking};
///
/// let date = "2026-11-24T09:00:00Z".parse()?;
/// let first = CsafRevision::new("1".parse()?, date, "First release.")?;
/// assert!(CsafTracking::new("ACME-2026-7", CsafStatus::Final, vec![first]).is_ok());
///
/// let zero = CsafRevision::new("0.1.0".parse()?, date, "For comment.")?;
/// let refused = CsafTracking::new("ACME-2026-7", CsafStatus::Final, vec![zero]).unwrap_err();
/// assert_eq!(refused.code(), "incident.export.csaf.unreleased");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CsafTracking {
    pub(super) id: String,
    pub(super) status: CsafStatus,
    pub(super) revisions: Vec<CsafRevision>,
}

impl CsafTracking {
    /// Takes the document's id in the publisher's namespace, and its revisions, the oldest first.
    ///
    /// # Errors
    ///
    /// [`CsafInputError`] where a rule of the list above is broken.
    pub fn new(
        id: &str,
        status: CsafStatus,
        revisions: Vec<CsafRevision>,
    ) -> Result<Self, CsafInputError> {
        let id = text("id", id)?;
        if id.trim() != id || id.contains(char::is_control) {
            return Err(CsafInputError::Id);
        }
        check(&revisions)?;
        let zero = revisions.iter().find(|it| it.number.major() == 0);
        if let Some(zero) = zero.filter(|_| status != CsafStatus::Draft) {
            let found = zero.number.to_string();
            return Err(CsafInputError::Unreleased { found });
        }
        Ok(Self {
            id,
            status,
            revisions,
        })
    }

    /// Returns the name that the file has by section 5.1 of CSAF: the id in lowercase, with each run
    /// of other characters than letters, digits, `+` and `-` as one underscore.
    #[must_use]
    pub fn file_name(&self) -> String {
        let mut name = String::new();
        for c in self.id.to_lowercase().chars() {
            if c.is_ascii_alphanumeric() || matches!(c, '+' | '-') {
                name.push(c);
            } else if !name.ends_with('_') {
                name.push('_');
            }
        }
        name + ".json"
    }

    pub(super) fn first(&self) -> &CsafRevision {
        self.revisions.first().expect("`new` refuses none")
    }

    pub(super) fn last(&self) -> &CsafRevision {
        self.revisions.last().expect("`new` refuses none")
    }
}

fn check(revisions: &[CsafRevision]) -> Result<(), CsafInputError> {
    let Some(first) = revisions.first() else {
        return Err(CsafInputError::NoRevision);
    };
    if first.number.major() > 1 {
        let found = first.number.to_string();
        return Err(CsafInputError::Gap { found });
    }
    for pair in revisions.windows(2) {
        let (before, after) = (&pair[0], &pair[1]);
        let found = after.number.to_string();
        if before.number.is_integer() != after.number.is_integer() {
            return Err(CsafInputError::Mixed);
        }
        if after.number <= before.number || after.date < before.date {
            return Err(CsafInputError::Order { found });
        }
        if after.number.major() > before.number.major() + 1 {
            return Err(CsafInputError::Gap { found });
        }
    }
    Ok(())
}
