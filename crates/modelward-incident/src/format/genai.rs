//! Rows of the data set `genai-incidents`, which collects incidents of generative AI and of agents.
//!
//! A row has the form of the data set's own file (version 2.13.0): an id, a title, a date, a
//! severity, and how it was done. Members that have no type here are kept.

mod date;

use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{AtlasTechnique, JsonLimits};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::link::is_cve;

pub use self::date::{GenaiDate, ParseGenaiDateError};

/// How many rows a file may have; version 2.13.0 has 15,666.
const MAX_ROWS: usize = 200_000;
const MAX_ITEMS: usize = 1000;
const MAX_TEXT: usize = 50_000;

/// Says how severe the data set takes an incident to be.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the schema of the data set has five"
)]
pub enum GenaiSeverity {
    /// The worst.
    Critical,
    /// The next.
    High,
    /// Worth knowing alone.
    Info,
    /// The least of those that count.
    Low,
    /// Between low and high.
    Medium,
}

/// Says whether an entry still holds.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(
    clippy::exhaustive_enums,
    reason = "the schema of the data set has two"
)]
pub enum GenaiStatus {
    /// Somebody contests it.
    Disputed,
    /// It was taken back.
    Retracted,
}

impl GenaiStatus {
    /// Returns the name that the data set uses, such as `retracted`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Disputed => "disputed",
            Self::Retracted => "retracted",
        }
    }
}

/// Holds a row of the data set.
///
/// - The id is `INC-` and five digits.
/// - Techniques are of the form of MITRE ATLAS, vulnerabilities begin with `CVE-`.
/// - A list has at most 1,000 items, a text at most 50,000 bytes.
///
/// ```
/// use modelward_artifact::JsonLimits;
/// use modelward_incident::Fidelity;
/// use modelward_incident::format::genai::GenaiIncident;
///
/// let row = br#"{"id": "INC-00001", "title": "Assistant leaks notes", "date": "2026-04",
///     "severity": "High", "attack_vector": "prompt-injection", "mitre_atlas": ["AML.T0051"]}"#;
/// let row = GenaiIncident::from_json(row, &JsonLimits::default())?;
/// assert_eq!(row.date().fidelity(), Fidelity::Month);
///
/// let refused = GenaiIncident::list_from_json(br#"[{"id": "1"}]"#, &JsonLimits::default());
/// assert_eq!(refused.unwrap_err().to_string(), "the row at `/0` is none of the data set");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct GenaiIncident {
    wire: Wire,
}

impl GenaiIncident {
    /// Reads a row.
    ///
    /// # Errors
    ///
    /// [`GenaiError`] where the text is no strict JSON, or no row.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, GenaiError> {
        let value = json::read(bytes, limits).map_err(|source| GenaiError::Json { source })?;
        row(value, String::new)
    }

    /// Reads rows, up to 200,000: a list, or an object with the list as `incidents`.
    ///
    /// # Errors
    ///
    /// [`GenaiError`] where the text is no strict JSON or has no list, or with the place of the first
    /// row that is none.
    pub fn list_from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Vec<Self>, GenaiError> {
        let value = json::read(bytes, limits).map_err(|source| GenaiError::Json { source })?;
        let (at, list) = match value {
            Value::Object(mut members) => ("/incidents", members.remove("incidents")),
            value => ("", Some(value)),
        };
        let Some(Value::Array(rows)) = list else {
            return Err(GenaiError::List { pointer: at });
        };
        if rows.len() > MAX_ROWS {
            let found = rows.len();
            return Err(GenaiError::TooMany { found });
        }
        let rows = rows.into_iter().enumerate();
        rows.map(|(index, value)| row(value, || format!("{at}/{index}")))
            .collect()
    }

    /// Writes the row, members sorted.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where a member that was kept has no JSON form, which none has that was read.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(self)
    }

    /// Returns the id, such as `INC-04853`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.wire.id
    }

    /// Returns the title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.wire.title
    }

    /// Returns when it happened.
    #[must_use]
    pub const fn date(&self) -> &GenaiDate {
        &self.wire.date
    }

    /// Returns how severe the data set takes it to be.
    #[must_use]
    pub const fn severity(&self) -> GenaiSeverity {
        self.wire.severity
    }

    /// Returns how it was done, such as `prompt-injection`.
    #[must_use]
    pub fn attack_vector(&self) -> Option<&str> {
        self.wire.attack_vector.as_deref()
    }

    /// Returns what happened.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.wire.description.as_deref()
    }

    /// Returns who or what was affected.
    #[must_use]
    pub fn affected(&self) -> Option<&str> {
        self.wire.affected.as_deref()
    }

    /// Returns where it is told.
    #[must_use]
    pub fn primary_reference(&self) -> Option<&str> {
        self.wire.primary_reference.as_deref()
    }

    /// Returns the techniques of MITRE ATLAS, in no order.
    #[must_use]
    pub fn techniques(&self) -> &[AtlasTechnique] {
        self.wire.mitre_atlas.as_deref().unwrap_or_default()
    }

    /// Returns the vulnerabilities.
    #[must_use]
    pub fn cves(&self) -> &[String] {
        self.wire.cve_ids.as_deref().unwrap_or_default()
    }

    /// Returns whether it still holds, where that is in doubt.
    #[must_use]
    pub const fn status(&self) -> Option<GenaiStatus> {
        self.wire.status
    }

    /// Returns the members that have no type here.
    #[must_use]
    pub const fn unknown(&self) -> &Map<String, Value> {
        &self.wire.unknown
    }
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
struct Wire {
    id: String,
    title: String,
    date: GenaiDate,
    severity: GenaiSeverity,
    #[serde(skip_serializing_if = "Option::is_none")]
    attack_vector: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    affected: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    primary_reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mitre_atlas: Option<Vec<AtlasTechnique>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cve_ids: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<GenaiStatus>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl TryFrom<Wire> for GenaiIncident {
    type Error = &'static str;

    fn try_from(wire: Wire) -> Result<Self, Self::Error> {
        let digits = wire.id.strip_prefix("INC-").unwrap_or_default();
        if digits.len() != 5 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err("expected an id of `INC-` and five digits");
        }
        let texts = [
            Some(&wire.title),
            wire.attack_vector.as_ref(),
            wire.description.as_ref(),
            wire.affected.as_ref(),
            wire.primary_reference.as_ref(),
        ];
        if texts
            .into_iter()
            .flatten()
            .any(|text| text.len() > MAX_TEXT)
        {
            return Err("expected texts of at most 50000 bytes");
        }
        let cves = wire.cve_ids.as_deref().unwrap_or_default();
        if !cves.iter().all(|cve| is_cve(cve)) {
            return Err("expected `cve_ids` such as CVE-2026-0001");
        }
        let techniques = wire.mitre_atlas.as_ref().map_or(0, Vec::len);
        if cves.len().max(techniques) > MAX_ITEMS {
            return Err("expected at most 1000 items in a list");
        }
        Ok(Self { wire })
    }
}

impl From<GenaiIncident> for Wire {
    fn from(row: GenaiIncident) -> Self {
        row.wire
    }
}

fn row(value: Value, at: impl FnOnce() -> String) -> Result<GenaiIncident, GenaiError> {
    json::shaped(value).map_err(|source| GenaiError::Row {
        pointer: at(),
        source,
    })
}

/// Says why a text holds no rows of the data set.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum GenaiError {
    /// It is not strict JSON or passes a limit.
    #[error("document is not valid json")]
    Json {
        /// What is wrong with it.
        source: JsonError,
    },
    /// There is no list.
    #[error("there is no list of rows at `{pointer}`")]
    List {
        /// The place.
        pointer: &'static str,
    },
    /// Something is no row.
    #[error("the row at `{pointer}` is none of the data set")]
    Row {
        /// The place.
        pointer: String,
        /// Why.
        source: serde_json::Error,
    },
    /// There are too many rows.
    #[error("document has {found} rows, expected at most {MAX_ROWS}")]
    TooMany {
        /// How many there are.
        found: usize,
    },
}

impl GenaiError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Json { source } => source.code(),
            Self::List { .. } => "incident.genai.list",
            Self::Row { .. } => "incident.genai.row",
            Self::TooMany { .. } => "incident.genai.too_many",
        }
    }
}
