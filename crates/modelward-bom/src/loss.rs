use std::fmt;

use modelward_artifact::escape::Terminal;
use serde::Serialize;

/// States one thing of a document that another form cannot say.
///
/// Its `Display` is one line that is safe to print on a terminal.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Loss {
    pointer: String,
    reason: String,
}

impl Loss {
    pub(crate) fn new(pointer: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            reason: reason.into(),
        }
    }

    /// Returns where it stands in the document that was given, as a JSON pointer (RFC 6901).
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Returns what became of it and why.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "#{}: {}",
            Terminal(&self.pointer),
            Terminal(&self.reason)
        )
    }
}
