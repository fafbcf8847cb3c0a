use std::fmt;

use modelward_artifact::Timestamp;
use modelward_artifact::escape::Terminal;
use serde::{Deserialize, Serialize};

/// Names a document that nodes and relations were read from, and when it was made.
///
/// Two sources of one name are one source. What no source was named for belongs to the nameless
/// source, [`Source::default`].
///
/// ```
/// use modelward_graph::Source;
///
/// let source = Source::new("sbom.json").with_time("2026-01-01T00:00:00Z".parse()?);
/// assert_eq!(source.name(), "sbom.json");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    time: Option<Timestamp>,
}

impl Source {
    /// Names a source, such as a file or the serial number of a document.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            time: None,
        }
    }

    /// Sets when the source was made.
    #[must_use]
    pub const fn with_time(mut self, time: Timestamp) -> Self {
        self.time = Some(time);
        self
    }

    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns when the source was made, if it tells.
    #[must_use]
    pub const fn time(&self) -> Option<Timestamp> {
        self.time
    }

    /// Takes the later of two times that one source was given.
    pub(crate) fn set_later(&mut self, time: Option<Timestamp>) {
        self.time = self.time.max(time);
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Terminal(&self.name))
    }
}
