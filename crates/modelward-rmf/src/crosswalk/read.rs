use modelward_artifact::JsonLimits;
use modelward_artifact::escape::Terminal;
use modelward_artifact::json::{self, JsonError};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use thiserror::Error;

use crate::Crosswalk;
use crate::crosswalk::{
    BuildCrosswalkError, Confidence, FrameworkRef, NewRow, Provenance, Relation, Row, Status,
};
use crate::error::shortened;

const SCHEMA: &str = "modelward.crosswalk/1";

impl Crosswalk {
    /// Reads a crosswalk from its JSON document, `modelward.crosswalk/1`.
    ///
    /// Duplicate and unknown members are refused.
    ///
    /// # Errors
    ///
    /// [`ReadCrosswalkError`], which names the part.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadCrosswalkError> {
        let value =
            json::read(bytes, limits).map_err(|source| ReadCrosswalkError::Json { source })?;
        // Another version may have other members, so which one it is comes first.
        match value.get("schema").and_then(Value::as_str) {
            Some(SCHEMA) => {}
            found => {
                return Err(ReadCrosswalkError::Schema {
                    found: shortened(found.unwrap_or_default()),
                });
            }
        }
        let document: WireDocument = shaped(value, || "document".to_owned())?;
        let rows = (1..).zip(document.rows).map(|(number, row)| {
            shaped::<WireRow>(row, || format!("row {number}")).map(NewRow::from)
        });
        let rows: Vec<NewRow> = rows.collect::<Result<_, _>>()?;
        Self::new(
            shaped(document.source, || "source".to_owned())?,
            shaped(document.target, || "target".to_owned())?,
            shaped(document.provenance, || "provenance".to_owned())?,
            rows,
        )
        .map_err(|source| ReadCrosswalkError::Build { source })
    }

    /// Returns the JSON document, the same bytes for the same crosswalk.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where the crosswalk has no JSON form.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(self)
    }
}

/// Writes the document. It is read by [`Crosswalk::from_json`] alone: serde could not see the
/// duplicate members that are refused there.
impl Serialize for Crosswalk {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Document<'a> {
            schema: &'static str,
            source: &'a FrameworkRef,
            target: &'a FrameworkRef,
            provenance: &'a Provenance,
            rows: Vec<WireRow>,
        }
        let document = Document {
            schema: SCHEMA,
            source: &self.source,
            target: &self.target,
            provenance: &self.provenance,
            rows: self.rows.iter().map(WireRow::from).collect(),
        };
        document.serialize(serializer)
    }
}

/// Says why a text is not a crosswalk that can be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadCrosswalkError {
    /// The rows do not make a crosswalk.
    #[error("rows do not make a crosswalk")]
    Build {
        /// What is wrong with them.
        source: BuildCrosswalkError,
    },
    /// The text is not strict JSON or passes a limit.
    #[error("crosswalk is not valid json")]
    Json {
        /// What is wrong with it.
        source: JsonError,
    },
    /// The document is of another schema or of another version of it.
    #[error("unknown schema `{}`, expected `modelward.crosswalk/1`", Terminal(found))]
    Schema {
        /// The schema, cut off after 32 characters.
        found: String,
    },
    /// A part has another shape than it should.
    #[error("{place} does not have the expected shape")]
    Shape {
        /// Which part, such as `row 3`.
        place: String,
        /// What differs.
        source: serde_json::Error,
    },
}

impl ReadCrosswalkError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Build { .. } => "rmf.read_crosswalk.build",
            Self::Json { .. } => "rmf.read_crosswalk.json",
            Self::Schema { .. } => "rmf.read_crosswalk.schema",
            Self::Shape { .. } => "rmf.read_crosswalk.shape",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireDocument {
    #[serde(rename = "schema")]
    _schema: String,
    source: Value,
    target: Value,
    provenance: Value,
    rows: Vec<Value>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct WireRow {
    source: String,
    target: String,
    relation: Relation,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<Confidence>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl From<&Row> for WireRow {
    fn from(row: &Row) -> Self {
        let inherited = row.provenance();
        Self {
            source: row.source.clone(),
            target: row.target.clone(),
            relation: row.relation,
            confidence: Some(row.confidence).filter(|it| *it != inherited.confidence()),
            status: Some(row.status).filter(|it| *it != inherited.status()),
            note: row.note.clone(),
        }
    }
}

impl From<WireRow> for NewRow {
    fn from(wire: WireRow) -> Self {
        Self {
            source: wire.source,
            target: wire.target,
            relation: wire.relation,
            confidence: wire.confidence,
            status: wire.status,
            note: wire.note,
        }
    }
}

fn shaped<T: DeserializeOwned>(
    value: Value,
    place: impl FnOnce() -> String,
) -> Result<T, ReadCrosswalkError> {
    serde_json::from_value(value).map_err(|source| ReadCrosswalkError::Shape {
        place: place(),
        source,
    })
}
