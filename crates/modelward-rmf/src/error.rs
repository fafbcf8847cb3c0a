use modelward_artifact::escape::Terminal;
use thiserror::Error;

use crate::{Category, Function};

/// How many characters of a refused text an error repeats.
const SHOWN: usize = 32;

/// Says why a text is not the id of a function, a category or a subcategory.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParseIdError {
    /// The text is not spelled like an id of the wanted level.
    #[error("expected an id such as `{example}`, found `{}`", Terminal(found))]
    Form {
        /// An id of the wanted level.
        example: &'static str,
        /// The text, cut off after 32 characters.
        found: String,
    },
    /// The framework has no such function.
    #[error(
        "unknown function `{}`, expected GOVERN, MAP, MEASURE or MANAGE",
        Terminal(found)
    )]
    Function {
        /// The function's name, cut off after 32 characters.
        found: String,
    },
    /// The function exists, but not this category.
    #[error("{function} {number} does not exist, {function} has categories 1 to {last}")]
    UnknownCategory {
        /// The function.
        function: Function,
        /// The number that does not exist.
        number: u16,
        /// The number of the function's last category.
        last: u8,
    },
    /// The category exists, but not this subcategory.
    #[error(
        "{category}.{number} does not exist, {category} has {n}.1 to {n}.{last}",
        n = category.number()
    )]
    UnknownSubcategory {
        /// The category.
        category: Category,
        /// The number that does not exist.
        number: u16,
        /// The number of the category's last subcategory.
        last: u8,
    },
    /// The id names another version of the framework.
    #[error("unknown AI RMF version `{}`, expected 1.0", Terminal(found))]
    Version {
        /// The version, cut off after 32 characters.
        found: String,
    },
}

impl ParseIdError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Form { .. } => "rmf.id.form",
            Self::Function { .. } => "rmf.id.function",
            Self::UnknownCategory { .. } => "rmf.id.unknown_category",
            Self::UnknownSubcategory { .. } => "rmf.id.unknown_subcategory",
            Self::Version { .. } => "rmf.id.version",
        }
    }

    pub(crate) fn form(example: &'static str, found: &str) -> Self {
        let found = shortened(found);
        Self::Form { example, found }
    }

    pub(crate) fn function(found: &str) -> Self {
        let found = shortened(found);
        Self::Function { found }
    }

    pub(crate) fn version(found: &str) -> Self {
        let found = shortened(found);
        Self::Version { found }
    }
}

/// Cuts a text off and takes the control characters out, so that an error may repeat it.
pub(crate) fn shown(text: &str) -> String {
    Terminal(&shortened(text)).to_string()
}

pub(crate) fn shortened(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}
