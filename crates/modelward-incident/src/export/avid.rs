//! Reports and vulnerabilities of AVID.
//!
//! The format has categories, what is affected, what was measured and what there is to read; it has
//! no severity but CVSS, no states, no times and no digests. CVSS is never made up here.

mod affected;
mod measured;
mod options;
mod record;
mod reference;

use crate::export::ledger::{Ledger, NO_PLACE};
use crate::export::{Export, ExportError};
use crate::format::avid::{AvidReport, AvidVulnerability, Metric};
use crate::{Incident, Released};

use self::record::record;

pub(crate) use self::measured::{detection, metric};
pub use self::options::AvidOptions;
pub(crate) use self::reference::{label, origin};

/// Tells an incident as a report: one observation, with what was measured.
///
/// ```
/// use modelward_artifact::Party;
/// use modelward_incident::export::avid::{AvidOptions, report};
/// use modelward_incident::log::Context;
/// use modelward_incident::{Incident, IncidentKind, NewEvent, Opening, Severity, Tlp};
///
/// let now = Context::new("2026-11-23T10:00:00Z".parse()?, Party::new("Jo Example")?);
/// let kind = IncidentKind::AdversarialDataPoisoning;
/// let opening = Opening::new("rows with a trigger".parse()?, kind, Severity::High);
/// let opening = NewEvent::from(opening).marked(Tlp::Clear);
/// let incident = Incident::open("INC-7".parse()?, opening, &now)?;
///
/// let options = AvidOptions::new("2026-11-26".parse()?);
/// let export = report(&incident.release(Tlp::Clear)?, &options)?;
/// let text = String::from_utf8(export.document().to_json()?)?;
/// assert!(text.contains(r#""S0600: Data Poisoning""#));
/// assert!(export.lost().any(|loss| loss.field == "severity"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`ExportError::Missing`] where neither the kinds of the incident nor the options have a category
/// of the SEP view.
pub fn report(
    released: &Released,
    options: &AvidOptions,
) -> Result<Export<AvidReport>, ExportError> {
    let mut ledger = Ledger::of(released);
    let record = record(released, options, &mut ledger)?;
    let mut report = AvidReport::new(record).reported_on(options.day());
    if let Some(id) = options.id() {
        report = report.identified(id.as_str());
    }
    let metrics = metrics(released.incident(), &mut ledger);
    if !metrics.is_empty() {
        report = report.with_metrics(metrics);
    }
    Ok(Export::new(report, ledger.into_losses(NO_PLACE)))
}

/// Tells an incident as a vulnerability: a problem that is there until somebody mends it.
///
/// What was measured has no place in it. Published and modified is the day of the options; the
/// reports that tell of it are those of
/// [`with_reports`](AvidVulnerability::with_reports).
///
/// # Errors
///
/// As of [`report`].
pub fn vulnerability(
    released: &Released,
    options: &AvidOptions,
) -> Result<Export<AvidVulnerability>, ExportError> {
    let mut ledger = Ledger::of(released);
    let record = record(released, options, &mut ledger)?;
    let mut vulnerability = AvidVulnerability::new(record).published_on(options.day());
    if let Some(id) = options.id() {
        vulnerability = vulnerability.identified(id.as_str());
    }
    ledger.unmapped("detections", "only a report has metrics");
    Ok(Export::new(vulnerability, ledger.into_losses(NO_PLACE)))
}

fn metrics(incident: &Incident, ledger: &mut Ledger) -> Vec<Metric> {
    let mut metrics = Vec::new();
    for (index, detection) in incident.detections().iter().enumerate() {
        let field = format!("detections/{index}");
        match metric(detection) {
            Some(metric) => {
                ledger.direct(&field, format!("/metrics/{}", metrics.len()));
                metrics.push(metric);
            }
            None => ledger.unmapped(&field, "nothing in it was held against a limit"),
        }
    }
    metrics
}
