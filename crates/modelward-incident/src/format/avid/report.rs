use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{Date, Finding, JsonLimits};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::deviation::Deviations;
use super::error::AvidError;
use super::metric::Metric;
use super::record::AvidRecord;
use super::shape::{members, take};

/// Holds a report of AVID: one observation of a problem, with what was measured.
///
/// ```
/// use modelward_incident::format::avid::{AvidRecord, AvidReport, LangText, Problem, ProblemClass, ProblemKind};
///
/// let title = LangText::new("eng", "Rows with a trigger in the training data");
/// let problem = Problem::new(ProblemClass::Undefined, ProblemKind::Issue, title);
/// let report = AvidReport::new(AvidRecord::new(problem)).reported_on("2026-11-26".parse()?);
/// assert!(report.deviations().is_empty());
/// assert!(String::from_utf8(report.to_json()?)?.contains(r#""reported_date": "2026-11-26""#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct AvidReport {
    #[serde(flatten)]
    record: AvidRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<Metadata>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metrics: Option<Vec<Metric>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reported_date: Option<Date>,
}

#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
struct Metadata {
    report_id: String,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl AvidReport {
    /// Makes a report of a record.
    #[must_use]
    pub const fn new(record: AvidRecord) -> Self {
        Self {
            record,
            metadata: None,
            metrics: None,
            reported_date: None,
        }
    }

    /// Reads a report. All that the format does not have is kept.
    ///
    /// # Errors
    ///
    /// [`AvidError`] where the text is not strict JSON, passes a limit, or a part has another type
    /// than the format says; the error has the place.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, AvidError> {
        let mut members = members(bytes, limits)?;
        Ok(Self {
            metadata: take(&mut members, "metadata")?,
            metrics: take(&mut members, "metrics")?,
            reported_date: take(&mut members, "reported_date")?,
            record: AvidRecord::from_members(members)?,
        })
    }

    /// Writes the report: members sorted, the same bytes for the same report.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where a part has no JSON form, which none has.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(self)
    }

    /// Sets the name, such as `AVID-2026-R0001`. The database gives it.
    #[must_use]
    pub fn identified(mut self, report_id: impl Into<String>) -> Self {
        self.metadata = Some(Metadata {
            report_id: report_id.into(),
            unknown: Map::new(),
        });
        self
    }

    /// Sets what was measured.
    #[must_use]
    pub fn with_metrics(mut self, metrics: Vec<Metric>) -> Self {
        self.metrics = Some(metrics);
        self
    }

    /// Sets the day of the report.
    #[must_use]
    pub const fn reported_on(mut self, day: Date) -> Self {
        self.reported_date = Some(day);
        self
    }

    /// Returns the name.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.metadata.as_ref().map(|it| it.report_id.as_str())
    }

    /// Returns what reports and vulnerabilities have in common.
    #[must_use]
    pub const fn record(&self) -> &AvidRecord {
        &self.record
    }

    /// Returns what was measured.
    #[must_use]
    pub fn metrics(&self) -> &[Metric] {
        self.metrics.as_deref().unwrap_or_default()
    }

    /// Returns the day of the report.
    #[must_use]
    pub const fn reported_date(&self) -> Option<Date> {
        self.reported_date
    }

    /// Lists where the report differs from the format: `incident.avid.term` for a text outside of
    /// its vocabulary, `incident.avid.missing` for a member that should be there, and
    /// `incident.avid.unknown` for one that the format does not have. The subject is its place, a
    /// JSON pointer.
    #[must_use]
    pub fn deviations(&self) -> Vec<Finding> {
        let mut list = Vec::new();
        let mut found = Deviations::new(&mut list);
        self.record.deviations(&mut found);
        if let Some(metadata) = &self.metadata {
            found.inside("metadata").unknown(&metadata.unknown);
        }
        found.each("metrics", self.metrics(), Metric::deviations);
        list.sort();
        list
    }
}
