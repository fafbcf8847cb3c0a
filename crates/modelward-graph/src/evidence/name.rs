use std::fmt;

use modelward_artifact::escape::Terminal;

/// Tells whether evidence names a thing. There is no third answer, and none of the two says whether
/// the thing is affected.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(clippy::exhaustive_enums, reason = "a name is there or it is not")]
pub enum Naming {
    /// No name is like it.
    NotNamed,
    /// A name is like it. Whether that very thing is meant is unknown.
    Named,
}

/// Holds a name that somebody wrote freely.
///
/// Names are alike if they are the same but for case and for `-`, `_`, `.`, `/` and white space,
/// which count as one separator, and count for nothing at either end. A name of which nothing else
/// is left, or that says that there is none (such as `n/a`), is like no name.
///
/// ```
/// use modelward_graph::evidence::FreeName;
///
/// let name = FreeName::new("MLflow / mlflow");
/// assert!(name.is_like(&FreeName::new("mlflow/mlflow")));
/// assert!(!name.is_like(&FreeName::new("mlflow")));
/// assert!(!FreeName::new("n/a").is_like(&FreeName::new("N/A")));
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct FreeName {
    text: String,
    folded: Option<String>,
}

impl FreeName {
    /// What people write where they have no name, folded.
    const NONE: [&'static str; 6] = ["n a", "na", "none", "null", "unknown", "unspecified"];

    /// The longest name in bytes that is like any.
    pub const MAX_LEN: usize = 1024;

    /// Takes a name as it was written.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let folded = (text.len() <= Self::MAX_LEN).then(|| fold(&text));
        let folded = folded.filter(|name| !name.is_empty() && !Self::NONE.contains(&&**name));
        Self { text, folded }
    }

    /// Returns the name as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns what is the same of all names that are alike, or nothing for one that is like none.
    pub(super) fn folded(&self) -> Option<&str> {
        self.folded.as_deref()
    }

    /// Tells whether the two names are alike.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        self.folded.is_some() && self.folded == other.folded
    }
}

impl fmt::Display for FreeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Terminal(&self.text))
    }
}

fn fold(text: &str) -> String {
    let is_separator = |c: char| matches!(c, '-' | '_' | '.' | '/') || c.is_whitespace();
    let words = text.split(is_separator).filter(|word| !word.is_empty());
    let words: Vec<_> = words.map(str::to_lowercase).collect();
    words.join(" ")
}
