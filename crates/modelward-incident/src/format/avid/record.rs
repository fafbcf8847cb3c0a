use serde::Serialize;
use serde_json::{Map, Value};

use super::deviation::Deviations;
use super::error::AvidError;
use super::impact::Impact;
use super::part::{Affects, LangText, Problem, Reference};
use super::shape::{shaped, take};

/// Holds what reports and vulnerabilities have in common. Every part may be missing.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct AvidRecord {
    data_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    affects: Option<Affects>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problemtype: Option<Problem>,
    #[serde(skip_serializing_if = "Option::is_none")]
    references: Option<Vec<Reference>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<LangText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    impact: Option<Impact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit: Option<Vec<LangText>>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl AvidRecord {
    /// Says what the problem is.
    #[must_use]
    pub fn new(problem: Problem) -> Self {
        Self {
            data_type: avid(),
            data_version: None,
            affects: None,
            problemtype: Some(problem),
            references: None,
            description: None,
            impact: None,
            credit: None,
            unknown: Map::new(),
        }
    }

    /// Takes the parts out of the members of a document; what is left is kept as it is.
    pub(super) fn from_members(mut members: Map<String, Value>) -> Result<Self, AvidError> {
        let data_type = match members.remove("data_type") {
            None => avid(),
            Some(value) => shaped(value, "/data_type")?,
        };
        Ok(Self {
            data_type,
            data_version: take(&mut members, "data_version")?,
            affects: take(&mut members, "affects")?,
            problemtype: take(&mut members, "problemtype")?,
            references: take(&mut members, "references")?,
            description: take(&mut members, "description")?,
            impact: take(&mut members, "impact")?,
            credit: take(&mut members, "credit")?,
            unknown: members,
        })
    }

    /// Sets what is affected.
    #[must_use]
    pub fn with_affects(mut self, affects: Affects) -> Self {
        self.affects = Some(affects);
        self
    }

    /// Sets what there is to read.
    #[must_use]
    pub fn with_references(mut self, references: Vec<Reference>) -> Self {
        self.references = Some(references);
        self
    }

    /// Sets what happened.
    #[must_use]
    pub fn with_description(mut self, description: LangText) -> Self {
        self.description = Some(description);
        self
    }

    /// Sets what it is by several taxonomies.
    #[must_use]
    pub fn with_impact(mut self, impact: Impact) -> Self {
        self.impact = Some(impact);
        self
    }

    /// Sets who is to be thanked.
    #[must_use]
    pub fn with_credit(mut self, credit: Vec<LangText>) -> Self {
        self.credit = Some(credit);
        self
    }

    /// Returns `AVID`, or what another database calls itself.
    #[must_use]
    pub fn data_type(&self) -> &str {
        &self.data_type
    }

    /// Returns the version of the data.
    #[must_use]
    pub fn data_version(&self) -> Option<&str> {
        self.data_version.as_deref()
    }

    /// Returns what is affected.
    #[must_use]
    pub const fn affects(&self) -> Option<&Affects> {
        self.affects.as_ref()
    }

    /// Returns what the problem is.
    #[must_use]
    pub const fn problem(&self) -> Option<&Problem> {
        self.problemtype.as_ref()
    }

    /// Returns what there is to read.
    #[must_use]
    pub fn references(&self) -> &[Reference] {
        self.references.as_deref().unwrap_or_default()
    }

    /// Returns what happened.
    #[must_use]
    pub const fn description(&self) -> Option<&LangText> {
        self.description.as_ref()
    }

    /// Returns what it is by several taxonomies.
    #[must_use]
    pub const fn impact(&self) -> Option<&Impact> {
        self.impact.as_ref()
    }

    /// Returns who is to be thanked.
    #[must_use]
    pub fn credit(&self) -> &[LangText] {
        self.credit.as_deref().unwrap_or_default()
    }

    /// Returns the members at the top that the format does not have.
    #[must_use]
    pub const fn unknown(&self) -> &Map<String, Value> {
        &self.unknown
    }

    pub(super) fn deviations(&self, found: &mut Deviations<'_>) {
        if let Some(affects) = &self.affects {
            affects.deviations(&mut found.inside("affects"));
        }
        if let Some(problem) = &self.problemtype {
            problem.deviations(&mut found.inside("problemtype"));
        }
        found.each("references", self.references(), Reference::deviations);
        if let Some(description) = &self.description {
            description.deviations(&mut found.inside("description"));
        }
        if let Some(impact) = &self.impact {
            impact.deviations(&mut found.inside("impact"));
        }
        found.each("credit", self.credit(), LangText::deviations);
        found.unknown(&self.unknown);
    }
}

fn avid() -> String {
    "AVID".to_owned()
}
