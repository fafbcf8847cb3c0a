use std::error::Error as StdError;

use modelward_artifact::ParseAtlasTechniqueError;
use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use thiserror::Error;

use super::id::ParseAtlasIdError;

/// How many characters of a pointer a message shows; names of members can be long.
const SHOWN: usize = 160;

/// Says why a text is no data of ATLAS, or no case study, and where: a JSON pointer (RFC 6901), which
/// is empty for the whole document.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AtlasError {
    /// Lists and mappings of a YAML text nest too deep.
    #[error("yaml nests deeper than {limit} levels")]
    Depth {
        /// The limit.
        limit: usize,
    },
    /// A text is no id of its kind.
    #[error("{} is no id", place(pointer))]
    Id {
        /// Where it stands.
        pointer: String,
        /// What is wrong with it.
        source: ParseAtlasIdError,
    },
    /// The text is not strict JSON or passes a limit.
    #[error("document is not valid json")]
    Json {
        /// What is wrong with it.
        source: JsonError,
    },
    /// The document has neither lists of techniques nor techniques by their ids.
    #[error("document is no data of atlas: it has no techniques")]
    Layout,
    /// A member that must be there is missing.
    #[error("{} has no member `{member}`", place(pointer))]
    Missing {
        /// Where the object stands.
        pointer: String,
        /// The member.
        member: &'static str,
    },
    /// A text is no id of a technique.
    #[error("{} is no technique", place(pointer))]
    Technique {
        /// Where it stands.
        pointer: String,
        /// What is wrong with it.
        source: ParseAtlasTechniqueError,
    },
    /// The YAML text is too large.
    #[error("yaml text is larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// A YAML text has too many values, those that its aliases repeat included.
    #[error("yaml has more than {limit} values")]
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// Two objects have one id.
    #[error("{} has the id `{}` of {}", place(pointer), Terminal(id), place(first))]
    Twice {
        /// Where the second stands.
        pointer: String,
        /// Where the first stands.
        first: String,
        /// The id.
        id: String,
    },
    /// A value is of another type.
    #[error("{} is {found}, expected {expected}", place(pointer))]
    Type {
        /// Where it stands.
        pointer: String,
        /// What was expected.
        expected: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// A text is not one of those that can stand there.
    #[error("{} is `{}`, expected {expected}", place(pointer), Terminal(found))]
    Value {
        /// Where it stands.
        pointer: String,
        /// What was expected.
        expected: &'static str,
        /// The text, cut off after 32 characters.
        found: String,
    },
    /// The text is not one document of YAML in UTF-8.
    #[error("document is not valid yaml")]
    Yaml {
        /// What the reader of YAML says.
        source: Box<dyn StdError + Send + Sync>,
    },
}

impl AtlasError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Depth { .. } => "incident.atlas.depth",
            Self::Id { source, .. } => source.code(),
            Self::Json { source } => source.code(),
            Self::Layout => "incident.atlas.layout",
            Self::Missing { .. } => "incident.atlas.missing",
            Self::Technique { source, .. } => source.code(),
            Self::TooLarge { .. } => "incident.atlas.too_large",
            Self::TooMany { .. } => "incident.atlas.too_many",
            Self::Twice { .. } => "incident.atlas.twice",
            Self::Type { .. } => "incident.atlas.type",
            Self::Value { .. } => "incident.atlas.value",
            Self::Yaml { .. } => "incident.atlas.yaml",
        }
    }

    /// Returns the JSON pointer to what is wrong, where the document could be read at all.
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        match self {
            Self::Id { pointer, .. }
            | Self::Missing { pointer, .. }
            | Self::Technique { pointer, .. }
            | Self::Twice { pointer, .. }
            | Self::Type { pointer, .. }
            | Self::Value { pointer, .. } => Some(pointer),
            Self::Layout => Some(""),
            _ => None,
        }
    }
}

fn place(pointer: &str) -> String {
    if pointer.is_empty() {
        return "the document".to_owned();
    }
    let shown: String = pointer.chars().take(SHOWN).collect();
    Terminal(&shown).to_string()
}
