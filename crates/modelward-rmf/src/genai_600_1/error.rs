use modelward_artifact::escape::Terminal;
use thiserror::Error;

use crate::error::shortened;
use crate::{ParseIdError, Subcategory};

/// Says why a text is neither an action nor a risk of NIST AI 600-1.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParseGenAiError {
    /// The text is not spelled like an action.
    #[error("expected an action such as `GV-1.1-001`, found `{}`", Terminal(found))]
    Form {
        /// The text, cut off after 32 characters.
        found: String,
    },
    /// The subcategory exists, but AI 600-1 has no action for it.
    #[error("AI 600-1 has no action for {subcategory}")]
    NoActions {
        /// The subcategory.
        subcategory: Subcategory,
    },
    /// The action begins with what is no subcategory.
    #[error("action does not begin with a subcategory")]
    Subcategory {
        /// What is wrong with it.
        source: ParseIdError,
    },
    /// The subcategory has actions, but not this one.
    #[error(
        "{short}-{number:03} does not exist, the last action of {subcategory} is {last:03}",
        short = subcategory.short()
    )]
    UnknownAction {
        /// The subcategory.
        subcategory: Subcategory,
        /// The number that does not exist.
        number: u16,
        /// The number of the subcategory's last action.
        last: u8,
    },
    /// The text is none of the twelve risks.
    #[error(
        "unknown risk `{}`, expected an id such as `data-privacy`",
        Terminal(found)
    )]
    UnknownRisk {
        /// The text, cut off after 32 characters.
        found: String,
    },
}

impl ParseGenAiError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Form { .. } => "rmf.genai.form",
            Self::NoActions { .. } => "rmf.genai.no_actions",
            Self::Subcategory { .. } => "rmf.genai.subcategory",
            Self::UnknownAction { .. } => "rmf.genai.unknown_action",
            Self::UnknownRisk { .. } => "rmf.genai.unknown_risk",
        }
    }

    pub(super) fn form(found: &str) -> Self {
        let found = shortened(found);
        Self::Form { found }
    }

    pub(super) fn risk(found: &str) -> Self {
        let found = shortened(found);
        Self::UnknownRisk { found }
    }
}
