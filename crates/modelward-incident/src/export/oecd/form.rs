use modelward_artifact::json::{self, JsonError};
use serde_json::{Value, json};

use super::super::LossStatus;
use super::labels::{dimension, label};
use super::markdown;
use crate::{IncidentId, OecdCriterion};

/// The kind and version of the document.
const SCHEMA: &str = "modelward.oecd-form/1";

/// Answers one criterion.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OecdRow {
    pub(super) criterion: OecdCriterion,
    pub(super) status: LossStatus,
    pub(super) answers: Vec<String>,
    pub(super) note: &'static str,
}

impl OecdRow {
    /// Returns the criterion.
    #[must_use]
    pub const fn criterion(&self) -> OecdCriterion {
        self.criterion
    }

    /// Returns how well the answers tell what the criterion asks for: unmapped where there are none.
    #[must_use]
    pub const fn status(&self) -> LossStatus {
        self.status
    }

    /// Returns the answers.
    #[must_use]
    pub fn answers(&self) -> &[String] {
        &self.answers
    }

    /// Returns where the answers come from, or why there are none.
    #[must_use]
    pub const fn note(&self) -> &'static str {
        self.note
    }
}

/// Holds an incident in the form of the OECD: a row for each of the 29 criteria, in their order.
///
/// As JSON it is an object with the schema `modelward.oecd-form/1`, the `incident`, the `criteria`
/// and the mandatory ones that are `missing`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OecdForm {
    incident: IncidentId,
    rows: Vec<OecdRow>,
}

impl OecdForm {
    pub(super) fn new(incident: &IncidentId, rows: Vec<OecdRow>) -> Self {
        let incident = incident.clone();
        Self { incident, rows }
    }

    /// Returns the rows, 29.
    #[must_use]
    pub fn rows(&self) -> &[OecdRow] {
        &self.rows
    }

    /// Returns the row of a criterion.
    #[must_use]
    pub fn row(&self, criterion: OecdCriterion) -> &OecdRow {
        &self.rows[usize::from(criterion.number()) - 1]
    }

    /// Returns the mandatory criteria that have no answer, in order.
    pub fn missing(&self) -> impl Iterator<Item = OecdCriterion> {
        let rows = self.rows.iter();
        rows.filter(|row| row.criterion.is_mandatory() && row.answers.is_empty())
            .map(|row| row.criterion)
    }

    /// Writes the form as JSON: members sorted, the same bytes for the same form.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where a value has no JSON form, which none has.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        let missing: Vec<u8> = self.missing().map(OecdCriterion::number).collect();
        json::pretty(&json!({
            "schema": SCHEMA,
            "incident": self.incident.as_str(),
            "criteria": self.rows.iter().map(written).collect::<Vec<_>>(),
            "missing": missing,
        }))
    }

    /// Writes the form as a table in Markdown for each dimension.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        markdown::written(&self.incident, self)
    }
}

fn written(row: &OecdRow) -> Value {
    json!({
        "number": row.criterion.number(),
        "label": label(row.criterion),
        "dimension": dimension(row.criterion),
        "mandatory": row.criterion.is_mandatory(),
        "status": row.status.name(),
        "answers": row.answers,
        "note": row.note,
    })
}
