use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use thiserror::Error;

use crate::{Category, Function, ParseTextError, Subcategory};

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

/// Says why an assessment cannot be built.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum BuildAssessmentError {
    /// The assessor's name is not a text.
    #[error("assessor has no valid name")]
    Assessor {
        /// What is wrong with it.
        source: ParseTextError,
    },
    /// The assessment has no canonical form to seal.
    #[error("assessment has no canonical form")]
    Canonical {
        /// What has no such form.
        source: JsonError,
    },
    /// Evidence is given for a subcategory that is not rated.
    #[error("evidence is given for {subcategory}, which is not rated")]
    EvidenceWithoutRating {
        /// The subcategory.
        subcategory: Subcategory,
    },
    /// A subcategory is not applicable without a reason.
    #[error("{subcategory} is not applicable without a valid justification")]
    Justification {
        /// The subcategory.
        subcategory: Subcategory,
        /// What is wrong with the justification.
        source: ParseTextError,
    },
    /// A subcategory is rated without a reason.
    #[error("{subcategory} is rated without a valid rationale")]
    Rationale {
        /// The subcategory.
        subcategory: Subcategory,
        /// What is wrong with the rationale.
        source: ParseTextError,
    },
    /// A subcategory is determined twice.
    #[error("{subcategory} is determined twice")]
    Twice {
        /// The subcategory.
        subcategory: Subcategory,
    },
}

impl BuildAssessmentError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Assessor { .. } => "rmf.assessment.assessor",
            Self::Canonical { .. } => "rmf.assessment.canonical",
            Self::EvidenceWithoutRating { .. } => "rmf.assessment.evidence_without_rating",
            Self::Justification { .. } => "rmf.assessment.justification",
            Self::Rationale { .. } => "rmf.assessment.rationale",
            Self::Twice { .. } => "rmf.assessment.twice",
        }
    }
}

/// Says why a text is not an assessment that can be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadAssessmentError {
    /// One subcategory stands in the document twice, in two spellings.
    #[error("{subcategory} is determined twice, again as `{}`", Terminal(spelling))]
    Duplicate {
        /// The subcategory.
        subcategory: Subcategory,
        /// How the document spells it the second time.
        spelling: String,
    },
    /// The document is of another framework.
    #[error("unknown framework `{}`, expected `AI RMF 1.0`", Terminal(found))]
    Framework {
        /// The framework, cut off after 32 characters.
        found: String,
    },
    /// A key under `subcategories` is no subcategory.
    #[error("assessment has a key that is no subcategory")]
    Id {
        /// What is wrong with it.
        source: ParseIdError,
    },
    /// The text is not strict JSON, passes a limit or has no canonical form.
    #[error("assessment is not valid json")]
    Json {
        /// What is wrong with it.
        source: JsonError,
    },
    /// A member that every assessment has is missing.
    #[error("assessment has no member `{member}`")]
    Missing {
        /// The member.
        member: &'static str,
    },
    /// The document is of another schema or of another version of it.
    #[error(
        "unknown schema `{}`, expected `modelward.assessment/1`",
        Terminal(found)
    )]
    Schema {
        /// The schema, cut off after 32 characters.
        found: String,
    },
    /// A part has another shape than it should.
    #[error("{place} does not have the expected shape")]
    Shape {
        /// Which part, such as `GOVERN 1.1`.
        place: String,
        /// What differs.
        source: serde_json::Error,
    },
    /// A text is blank, too long or has control characters.
    #[error("{place} is not a valid text")]
    Text {
        /// Which text, such as `rationale of GOVERN 1.1`.
        place: String,
        /// What is wrong with it.
        source: ParseTextError,
    },
}

impl ReadAssessmentError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Duplicate { .. } => "rmf.read.duplicate",
            Self::Framework { .. } => "rmf.read.framework",
            Self::Id { .. } => "rmf.read.id",
            Self::Json { .. } => "rmf.read.json",
            Self::Missing { .. } => "rmf.read.missing",
            Self::Schema { .. } => "rmf.read.schema",
            Self::Shape { .. } => "rmf.read.shape",
            Self::Text { .. } => "rmf.read.text",
        }
    }
}

pub(crate) fn shortened(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}
