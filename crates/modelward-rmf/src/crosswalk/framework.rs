use std::fmt;

use modelward_artifact::escape::Terminal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::crosswalk::LineError;
use crate::crosswalk::line::line;
use crate::error::shortened;
use crate::{Category, Function, GenAiAction, GenAiRisk, SsdfTask, Subcategory};

/// The longest id in bytes.
const MAX_ID: usize = 64;

/// Holds id, title and edition of the frameworks that the crate knows.
const KNOWN: [(&str, &str, Option<&str>); 8] = [
    ("ai-600-1", "NIST AI 600-1", Some("2024")),
    ("ai-rmf-1.0", "NIST AI RMF", Some("1.0")),
    (
        "eu-ai-act",
        "EU AI Act, Regulation (EU) 2024/1689",
        Some("as amended by (EU) 2026/1744"),
    ),
    ("iso-42001-2023", "ISO/IEC 42001", Some("2023")),
    ("iso-5338-2023", "ISO/IEC 5338", Some("2023")),
    ("nist-csf-2.0", "NIST CSF", Some("2.0")),
    ("owasp-ai-exchange", "OWASP AI Exchange", None),
    ("sp-800-218a", "NIST SP 800-218A", Some("2024")),
];

/// Names a framework, a standard or a law, with its edition.
///
/// The id has lower-case letters, digits, hyphens and dots. It tells editions apart: ids of two
/// editions do not mean the same, as the numbers of the OWASP LLM Top 10 show.
///
/// ```
/// use modelward_rmf::crosswalk::FrameworkRef;
///
/// let core = FrameworkRef::ai_rmf_1_0();
/// assert_eq!(core.name(), "NIST AI RMF 1.0");
/// assert_eq!(core.canonical_id("ms-2.7"), "MEASURE 2.7");
///
/// let top10 = FrameworkRef::new("owasp-llm-2026", "OWASP LLM Top 10")?.with_edition("2026")?;
/// assert_eq!(top10.canonical_id("LLM04:2026"), "LLM04:2026");
/// assert!(FrameworkRef::new("OWASP LLM", "OWASP LLM Top 10").is_err());
/// # Ok::<(), modelward_rmf::crosswalk::FrameworkError>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "WireFramework")]
pub struct FrameworkRef {
    id: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<String>,
}

impl FrameworkRef {
    /// Names a framework.
    ///
    /// # Errors
    ///
    /// [`FrameworkError::Id`] where the id has other characters, none or more than 64, and
    /// [`FrameworkError::Text`] where the title is not one line of text.
    pub fn new(id: &str, title: &str) -> Result<Self, FrameworkError> {
        let allowed = |byte: u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.')
        };
        if id.is_empty() || id.len() > MAX_ID || !id.bytes().all(allowed) {
            return Err(FrameworkError::Id {
                found: shortened(id),
            });
        }
        let title = line(title).map_err(|source| FrameworkError::Text {
            part: "title",
            source,
        })?;
        Ok(Self {
            id: id.to_owned(),
            title,
            edition: None,
        })
    }

    /// Sets the edition.
    ///
    /// # Errors
    ///
    /// [`FrameworkError::Text`] where the edition is not one line of text.
    pub fn with_edition(mut self, edition: &str) -> Result<Self, FrameworkError> {
        let edition = line(edition).map_err(|source| FrameworkError::Text {
            part: "edition",
            source,
        })?;
        self.edition = Some(edition);
        Ok(self)
    }

    /// Returns the framework with this id, where it is one of those that the crate knows.
    #[must_use]
    pub fn known(id: &str) -> Option<Self> {
        let (id, title, edition) = KNOWN.into_iter().find(|(known, ..)| *known == id)?;
        Some(Self {
            id: id.to_owned(),
            title: title.to_owned(),
            edition: edition.map(str::to_owned),
        })
    }

    /// Names NIST AI 600-1, whose ids are actions such as `GV-1.1-001` and risks such as `cbrn`.
    #[must_use]
    pub fn ai_600_1() -> Self {
        listed("ai-600-1")
    }

    /// Names the core of NIST AI RMF 1.0, whose ids are those such as `GOVERN 1.1`.
    #[must_use]
    pub fn ai_rmf_1_0() -> Self {
        listed("ai-rmf-1.0")
    }

    /// Names the EU AI Act, whose ids are those such as `Art. 9` and `Annex IV`.
    #[must_use]
    pub fn eu_ai_act() -> Self {
        listed("eu-ai-act")
    }

    /// Names ISO/IEC 42001:2023, whose ids are clauses such as `6.1.2` and controls such as `A.2.2`.
    #[must_use]
    pub fn iso_42001_2023() -> Self {
        listed("iso-42001-2023")
    }

    /// Names ISO/IEC 5338:2023, whose ids are names of processes, written by us as `risk-management`.
    #[must_use]
    pub fn iso_5338_2023() -> Self {
        listed("iso-5338-2023")
    }

    /// Names NIST CSF 2.0, whose ids are those such as `GV.OC-01`.
    #[must_use]
    pub fn nist_csf_2_0() -> Self {
        listed("nist-csf-2.0")
    }

    /// Names the OWASP AI Exchange, whose ids are topics such as `datapoison`.
    #[must_use]
    pub fn owasp_ai_exchange() -> Self {
        listed("owasp-ai-exchange")
    }

    /// Names NIST SP 800-218A, whose ids are tasks such as `PW.3.2`.
    #[must_use]
    pub fn sp_800_218a() -> Self {
        listed("sp-800-218a")
    }

    /// Returns the id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Returns the edition.
    #[must_use]
    pub fn edition(&self) -> Option<&str> {
        self.edition.as_deref()
    }

    /// Returns title and edition.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.edition {
            None => self.title.clone(),
            Some(edition) => format!("{} {edition}", self.title),
        }
    }

    /// Returns the one form of an id, or the text itself where the crate has no type for such ids or
    /// the framework has no such id.
    #[must_use]
    pub fn canonical_id(&self, id: &str) -> String {
        let form = match self.id.as_str() {
            "ai-600-1" => id
                .parse::<GenAiAction>()
                .map(|it| it.to_string())
                .or_else(|_| id.parse::<GenAiRisk>().map(|it| it.to_string()))
                .ok(),
            "ai-rmf-1.0" => id
                .parse::<Subcategory>()
                .map(|it| it.to_string())
                .or_else(|_| id.parse::<Category>().map(|it| it.to_string()))
                .or_else(|_| id.parse::<Function>().map(|it| it.to_string()))
                .ok(),
            "sp-800-218a" => id.parse::<SsdfTask>().map(|it| it.to_string()).ok(),
            _ => None,
        };
        form.unwrap_or_else(|| id.to_owned())
    }
}

/// Shows title and edition, safe to print on a terminal.
impl fmt::Display for FrameworkRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Terminal(&self.name()))
    }
}

/// Says why a framework cannot be named so.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum FrameworkError {
    /// The id is empty, too long or has other characters.
    #[error(
        "expected an id of lower-case letters, digits, hyphens and dots, found `{}`",
        Terminal(found)
    )]
    Id {
        /// The id, cut off after 32 characters.
        found: String,
    },
    /// Title or edition is not one line of text.
    #[error("{part} of the framework is not one line of text")]
    Text {
        /// Which of the two.
        part: &'static str,
        /// What is wrong with it.
        source: LineError,
    },
}

impl FrameworkError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Id { .. } => "rmf.framework.id",
            Self::Text { .. } => "rmf.framework.text",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireFramework {
    id: String,
    title: String,
    edition: Option<String>,
}

impl TryFrom<WireFramework> for FrameworkRef {
    type Error = FrameworkError;

    fn try_from(wire: WireFramework) -> Result<Self, Self::Error> {
        let framework = Self::new(&wire.id, &wire.title)?;
        match wire.edition {
            None => Ok(framework),
            Some(edition) => framework.with_edition(&edition),
        }
    }
}

fn listed(id: &'static str) -> FrameworkRef {
    FrameworkRef::known(id).expect("every constructor names an id of the table, as a test shows")
}
