use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

use crate::escape::Terminal;

/// Answers a question about trust: yes with proof, or no with every reason.
///
/// It is the inner half of a three-way answer. Work that could not be done at all is the `Err` of
/// the surrounding `Result`: input that cannot be read, cancellation, a key of the wrong kind.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the third answer is `Err`; there is never a fourth"
)]
#[must_use = "an unread verdict protects nothing"]
pub enum Verdict<T> {
    /// The answer is yes, and `T` proves it.
    Verified(T),
    /// The answer is no.
    Rejected(Findings),
}

impl<T> Verdict<T> {
    /// Returns the proof, or the findings as the error.
    ///
    /// # Errors
    ///
    /// The findings, where the answer is no.
    pub fn into_result(self) -> Result<T, Findings> {
        match self {
            Self::Verified(proof) => Ok(proof),
            Self::Rejected(findings) => Err(findings),
        }
    }

    /// Returns the proof, if the answer is yes.
    #[must_use]
    pub const fn verified(&self) -> Option<&T> {
        match self {
            Self::Verified(proof) => Some(proof),
            Self::Rejected(_) => None,
        }
    }

    /// Returns the findings, if the answer is no.
    #[must_use]
    pub const fn rejected(&self) -> Option<&Findings> {
        match self {
            Self::Verified(_) => None,
            Self::Rejected(findings) => Some(findings),
        }
    }
}

/// States one reason why something was refused or deserves attention.
///
/// Its `Display` is one line that is safe to print on a terminal.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Finding {
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    code: Cow<'static, str>,
    message: String,
}

impl Finding {
    /// States a reason by its stable code, such as `sign.file.changed`, and one sentence.
    #[must_use]
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self {
            subject: None,
            code: code.into(),
            message: message.into(),
        }
    }

    /// Names the thing that the reason concerns: a file, a component, a subcategory.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Returns the stable code.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Returns the sentence, as it was given: not escaped.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the thing concerned, as it was given: not escaped.
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        self.subject.as_deref()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(subject) = &self.subject {
            write!(f, "{}: ", Terminal(subject))?;
        }
        write!(f, "{} [{}]", Terminal(&self.message), Terminal(&self.code))
    }
}

/// Lists at least one finding, sorted by subject, then code.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Sorts the findings, or returns `None` where there are none.
    #[must_use]
    pub fn new(mut findings: Vec<Finding>) -> Option<Self> {
        findings.sort();
        findings.dedup();
        (!findings.is_empty()).then_some(Self(findings))
    }

    /// Returns the findings.
    #[must_use]
    pub fn as_slice(&self) -> &[Finding] {
        &self.0
    }

    /// Returns an iterator over the findings.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    /// Tells whether a finding has this code.
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        self.0.iter().any(|finding| finding.code == code)
    }
}

impl From<Finding> for Findings {
    fn from(finding: Finding) -> Self {
        Self(vec![finding])
    }
}

impl<'a> IntoIterator for &'a Findings {
    type IntoIter = std::slice::Iter<'a, Finding>;
    type Item = &'a Finding;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Writes one finding a line.
impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            finding.fmt(f)?;
        }
        Ok(())
    }
}
