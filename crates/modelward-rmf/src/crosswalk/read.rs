use modelward_artifact::JsonLimits;
use modelward_artifact::json::{self, JsonError};
use serde::{Deserialize, Serialize, Serializer};
use thiserror::Error;

use crate::crosswalk::{
    BuildCrosswalkError, Confidence, FrameworkRef, NewRow, Provenance, Relation, Row, Status,
};
use crate::document::Document;
use crate::{Crosswalk, ReadDocumentError};

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
        let mut document = Document::read(bytes, limits, SCHEMA)?;
        let source = document.take("source")?;
        let target = document.take("target")?;
        let provenance = document.take("provenance")?;
        let rows: Vec<WireRow> = document.take("rows")?;
        document.finish()?;
        Self::new(
            source,
            target,
            provenance,
            rows.into_iter().map(NewRow::from),
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
        struct Written<'a> {
            schema: &'static str,
            source: &'a FrameworkRef,
            target: &'a FrameworkRef,
            provenance: &'a Provenance,
            rows: Vec<WireRow>,
        }
        let document = Written {
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
    /// The text is no such document.
    #[error("text is no crosswalk document")]
    Document {
        /// What is wrong with it.
        #[from]
        source: ReadDocumentError,
    },
}

impl ReadCrosswalkError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Build { .. } => "rmf.read_crosswalk.build",
            Self::Document { .. } => "rmf.read_crosswalk.document",
        }
    }
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
