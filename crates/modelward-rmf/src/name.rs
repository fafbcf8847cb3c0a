use modelward_artifact::escape::Terminal;
use thiserror::Error;

use crate::error::shortened;

/// The longest text that can be a name; the longest name has 34 characters.
const MAX_LEN: usize = 96;

/// Says why a text is not one of the names that the framework or its lifecycle has.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParseNameError {
    /// The text names no actor task.
    #[error(
        "unknown AI actor task `{}`, expected a name such as `ai-design`",
        Terminal(found)
    )]
    ActorTask {
        /// The text, cut off after 32 characters.
        found: String,
    },
    /// The text names no phase.
    #[error(
        "unknown lifecycle phase `{}`, expected a name such as `scoping`",
        Terminal(found)
    )]
    Phase {
        /// The text, cut off after 32 characters.
        found: String,
    },
    /// The text names no characteristic of trustworthy AI.
    #[error(
        "unknown trustworthiness characteristic `{}`, expected a name such as `safe`",
        Terminal(found)
    )]
    TrustCharacteristic {
        /// The text, cut off after 32 characters.
        found: String,
    },
}

impl ParseNameError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ActorTask { .. } => "rmf.name.actor_task",
            Self::Phase { .. } => "rmf.name.phase",
            Self::TrustCharacteristic { .. } => "rmf.name.trust_characteristic",
        }
    }

    pub(crate) fn actor_task(found: &str) -> Self {
        let found = shortened(found);
        Self::ActorTask { found }
    }

    pub(crate) fn phase(found: &str) -> Self {
        let found = shortened(found);
        Self::Phase { found }
    }

    pub(crate) fn trust_characteristic(found: &str) -> Self {
        let found = shortened(found);
        Self::TrustCharacteristic { found }
    }
}

/// Returns the words of a name in lowercase, joined by single hyphens.
///
/// Blanks, hyphens, dashes, underscores, commas and slashes stand between words, `&` is the word
/// `and`. Any other sign makes it no name.
pub(crate) fn kebab(text: &str) -> Option<String> {
    if text.len() > MAX_LEN {
        return None;
    }
    let between =
        |c: char| c.is_whitespace() || matches!(c, '-' | '_' | ',' | '/' | '\u{2010}'..='\u{2014}');
    let text = text.replace('&', " and ").to_lowercase();
    let words: Vec<_> = text
        .split(between)
        .filter(|word| !word.is_empty())
        .collect();
    let known = |word: &&str| word.chars().all(char::is_alphanumeric);
    (!words.is_empty() && words.iter().all(known)).then(|| words.join("-"))
}
