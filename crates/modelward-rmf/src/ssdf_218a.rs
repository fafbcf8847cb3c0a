//! The tasks of NIST SP 800-218A (secure development of generative AI, July 2024).

use std::fmt;
use std::str::FromStr;

use modelward_artifact::escape::Terminal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::Subcategory;
use crate::error::shortened;
use crate::ssdf_218a::table::{ROWS, Row};

mod table;

/// The longest text that can be a task; the longest id has 6 characters.
const MAX_LEN: usize = 64;

/// Names one of the 48 tasks of NIST SP 800-218A, such as `PW.3.2`.
///
/// - 42 tasks are those of the Secure Software Development Framework 1.1 (NIST SP 800-218), six are
///   added for AI models.
/// - Order is that of the document. Read are `PW.3.2`, `PW-3.2`, `PW 3.2` and `PW3.2`, in any case,
///   with blanks around or a colon at the end. One form is written.
/// - Which subcategories of the AI RMF a task refers to is NIST's own mapping.
///
/// ```
/// use modelward_rmf::{SsdfChange, SsdfTask};
///
/// let task: SsdfTask = "pw-3.2".parse()?;
/// assert_eq!(task.to_string(), "PW.3.2");
/// assert_eq!(task.change(), SsdfChange::Added);
/// assert_eq!(task.references()[0].to_string(), "MEASURE 2.1");
///
/// let refused = "PW.4.3".parse::<SsdfTask>().unwrap_err();
/// assert_eq!(refused.to_string(), "SP 800-218A has no task PW.4.3");
/// # Ok::<(), modelward_rmf::ParseSsdfTaskError>(())
/// ```
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct SsdfTask(u8);

impl SsdfTask {
    /// Lists the tasks in the order of the document.
    pub const ALL: [Self; 48] = all();

    /// Returns the id, such as `PW.3.2`.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.row().id
    }

    /// Returns the practice that the task belongs to, such as `PW.3`.
    #[must_use]
    pub fn practice(self) -> &'static str {
        let id = self.id();
        id.rsplit_once('.').map_or(id, |(practice, _)| practice)
    }

    /// Returns the priority that NIST suggests for AI models.
    #[must_use]
    pub fn priority(self) -> SsdfPriority {
        self.row().priority
    }

    /// Returns how the task differs from the Secure Software Development Framework 1.1.
    #[must_use]
    pub fn change(self) -> SsdfChange {
        self.row().change
    }

    /// Returns what the task is about, in our words and not in those of NIST.
    #[must_use]
    pub fn summary(self) -> &'static str {
        self.row().summary
    }

    /// Returns the AI RMF subcategories that NIST refers to, in the order of the AI RMF.
    ///
    /// 17 of the 48 tasks have none.
    #[must_use]
    pub fn references(self) -> &'static [Subcategory] {
        self.row().references
    }

    fn row(self) -> &'static Row {
        &ROWS[usize::from(self.0)]
    }
}

impl Subcategory {
    /// Returns the tasks of NIST SP 800-218A that refer to this subcategory.
    pub fn ssdf_tasks(self) -> impl Iterator<Item = SsdfTask> {
        let all = SsdfTask::ALL.into_iter();
        all.filter(move |task| task.references().contains(&self))
    }
}

impl fmt::Debug for SsdfTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SsdfTask({self})")
    }
}

impl fmt::Display for SsdfTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for SsdfTask {
    type Err = ParseSsdfTaskError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let id = canonical(text).ok_or_else(|| ParseSsdfTaskError::Form {
            found: shortened(text),
        })?;
        let mut all = Self::ALL.into_iter();
        all.find(|task| task.id() == id)
            .ok_or(ParseSsdfTaskError::Unknown { id })
    }
}

impl Serialize for SsdfTask {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for SsdfTask {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Grades how soon NIST suggests to take up a task for AI models.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "NIST SP 800-218A fixes the three priorities"
)]
pub enum SsdfPriority {
    /// The lowest of the three.
    Low,
    /// The one in between.
    Medium,
    /// The highest of the three.
    High,
}

/// Says how a task of SP 800-218A differs from the framework that it extends (SP 800-218, 1.1).
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "NIST SP 800-218A marks its tasks in these three ways"
)]
pub enum SsdfChange {
    /// The task is new.
    Added,
    /// The task exists there in other words.
    Modified,
    /// The task is the same.
    Unchanged,
}

/// Says why a text is not a task of NIST SP 800-218A.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParseSsdfTaskError {
    /// The text is not spelled like a task.
    #[error("expected a task such as `PW.3.2`, found `{}`", Terminal(found))]
    Form {
        /// The text, cut off after 32 characters.
        found: String,
    },
    /// The text is spelled like a task, but the document has no such one.
    #[error("SP 800-218A has no task {id}")]
    Unknown {
        /// The id in its one form.
        id: String,
    },
}

impl ParseSsdfTaskError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Form { .. } => "rmf.ssdf.form",
            Self::Unknown { .. } => "rmf.ssdf.unknown",
        }
    }
}

/// Returns the one form of what is spelled like a task, whether or not there is such a one.
fn canonical(text: &str) -> Option<String> {
    if text.len() > MAX_LEN {
        return None;
    }
    let id = text.trim();
    let id = id.strip_suffix(':').map_or(id, str::trim_end);
    let (group, rest) = id.split_at_checked(2)?;
    let rest = rest.strip_prefix(['.', '-', ' ']).unwrap_or(rest);
    let (practice, task) = rest.split_once('.')?;
    let is_number =
        |text: &str| matches!(text.len(), 1..=3) && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_group = group.bytes().all(|byte| byte.is_ascii_alphabetic());
    (is_group && is_number(practice) && is_number(task))
        .then(|| format!("{}.{practice}.{task}", group.to_ascii_uppercase()))
}

const fn all() -> [SsdfTask; 48] {
    let mut all = [SsdfTask(0); 48];
    let mut index = 0;
    let mut number = 0;
    while index < all.len() {
        all[index] = SsdfTask(number);
        index += 1;
        number += 1;
    }
    all
}
