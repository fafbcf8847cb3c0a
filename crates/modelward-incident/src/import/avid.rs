//! Reports and vulnerabilities of AVID.
//!
//! Every part of a document has a row in the losses: where it went, or why it is left out. The field
//! of a row is a JSON pointer into the document, and a row is about all that stands below it.

mod affected;
mod classified;
mod options;
mod reading;
mod record;

use modelward_artifact::Date;

use crate::export::avid::{detection, metric as measured};
use crate::format::avid::{AvidReport, AvidVulnerability, Metric};
use crate::import::{Import, ImportError};
use crate::log::Context;
use crate::{EventKind, Link, LinkRelation};

use self::reading::Reading;

pub use self::options::AvidImportOptions;

/// The collection that ids are of.
const AVID: &str = "AVID";

/// Makes an incident of a report.
///
/// The title is that of the problem, the kinds are those that a category of the SEP view can only
/// mean, the links are the references and the id of the report. A metric whose results are evidence
/// of this crate becomes a detection.
///
/// ```
/// use modelward_artifact::{JsonLimits, Party};
/// use modelward_incident::format::avid::AvidReport;
/// use modelward_incident::import::avid::{AvidImportOptions, report};
/// use modelward_incident::log::Context;
/// use modelward_incident::{IncidentKind, Severity};
///
/// let text = br#"{
///     "metadata": {"report_id": "AVID-2026-R0001"},
///     "problemtype": {
///         "classof": "Third-party Report", "type": "Issue",
///         "description": {"lang": "eng", "value": "Rows with a trigger"}
///     },
///     "impact": {"avid": {
///         "risk_domain": ["Security"], "sep_view": ["S0600: Data Poisoning"],
///         "lifecycle_view": [], "taxonomy_version": "0.2"
///     }}
/// }"#;
/// let document = AvidReport::from_json(text, &JsonLimits::default())?;
/// let now = Context::new("2026-11-23T10:00:00Z".parse()?, Party::new("Jo Example")?);
/// let options = AvidImportOptions::new("INC-7".parse()?, Severity::Medium);
/// let import = report(&document, &options, &now)?;
/// assert!(import.incident().kinds().contains(&IncidentKind::AdversarialDataPoisoning));
/// assert!(import.losses().iter().any(|it| it.field == "/problemtype/classof"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`ImportError`] where the document does not say what the problem is, or its texts are none that
/// a record takes.
pub fn report(
    report: &AvidReport,
    options: &AvidImportOptions,
    context: &Context,
) -> Result<Import, ImportError> {
    let day = Day::of("/reported_date", report.reported_date());
    let found = report.deviations();
    let mut reading = Reading::open(report.record(), options, day, context)?;
    reading.id(report.id(), "/metadata/report_id", report.record())?;
    reading.record(report.record())?;
    for (index, metric) in report.metrics().iter().enumerate() {
        reading.metric(&format!("/metrics/{index}"), metric)?;
    }
    reading.unknown(&found);
    Ok(reading.writer.into_import())
}

/// Makes an incident of a vulnerability. Reports that tell of it become links.
///
/// # Errors
///
/// As of [`report`].
pub fn vulnerability(
    vulnerability: &AvidVulnerability,
    options: &AvidImportOptions,
    context: &Context,
) -> Result<Import, ImportError> {
    let day = Day::of("/published_date", vulnerability.published_date());
    let found = vulnerability.deviations();
    let mut reading = Reading::open(vulnerability.record(), options, day, context)?;
    let record = vulnerability.record();
    reading.id(vulnerability.id(), "/metadata/vuln_id", record)?;
    reading.record(record)?;
    if vulnerability.last_modified_date().is_some() {
        reading
            .writer
            .rows
            .unmapped("/last_modified_date", "the record has times of its own");
    }
    for (index, summary) in vulnerability.reports().iter().enumerate() {
        let at = format!("/reports/{index}");
        let Some(target) = reading.text(&format!("{at}/report_id"), summary.report_id()) else {
            reading.writer.rows.unmapped(at, "it has no id");
            continue;
        };
        let mut link = Link::new(LinkRelation::Related, target);
        link.system = AVID.parse().ok();
        link.title = reading.text(&format!("{at}/name"), summary.name());
        reading.writer.record(EventKind::Linked(link))?;
        reading.writer.rows.partial(at, "links, without the type");
    }
    reading.unknown(&found);
    Ok(reading.writer.into_import())
}

/// A day of the document, and where it stands.
#[derive(Clone, Copy, Debug)]
struct Day {
    at: &'static str,
    day: Option<Date>,
}

impl Day {
    const fn of(at: &'static str, day: Option<Date>) -> Self {
        Self { at, day }
    }
}

impl Reading<'_> {
    /// Takes evidence out of a metric.
    fn metric(&mut self, at: &str, metric: &Metric) -> Result<(), ImportError> {
        let results = metric.results();
        let Some(detection) = results.and_then(detection) else {
            self.writer
                .rows
                .unmapped(at, "the results are no evidence that can be checked");
            return Ok(());
        };
        let same = measured(&detection).as_ref() == Some(metric);
        if same {
            self.writer.rows.direct(at, "detections");
        } else {
            self.writer
                .rows
                .partial(at, "detections, without name and method");
        }
        self.writer.record(EventKind::Detected(detection))
    }
}
