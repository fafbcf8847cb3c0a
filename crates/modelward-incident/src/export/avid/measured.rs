//! What was measured, as AVID says it and back.

use serde_json::{Map, Value};

use crate::format::avid::{DetectionMethod, MethodKind, Metric};
use crate::{AttackEvidence, Detection, DriftEvidence, FailureEvidence};

/// Makes a metric of a detection, or none where nothing in it was held against a limit.
///
/// The results are the evidence in its own form, bins and counts too, so that everybody can compute
/// the value again, and [`detection`] reads it back.
pub(crate) fn metric(detection: &Detection) -> Option<Metric> {
    let (name, method) = match detection {
        Detection::Attack(evidence) => attack(evidence)?,
        Detection::Drift(evidence) => drift(evidence),
        Detection::Failure(evidence) => failure(evidence),
    };
    let Ok(Value::Object(results)) = serde_json::to_value(detection) else {
        return None;
    };
    Some(Metric::new(name, method, results))
}

/// Reads a detection that stands in the results of a metric.
pub(crate) fn detection(results: &Map<String, Value>) -> Option<Detection> {
    serde_json::from_value(Value::Object(results.clone())).ok()
}

fn drift(evidence: &DriftEvidence) -> (String, DetectionMethod) {
    let metric = evidence.measure().metric();
    let kind = if metric.is_p_value() {
        MethodKind::SignificanceTest
    } else {
        MethodKind::StaticThreshold
    };
    let threshold = evidence.threshold();
    let (sign, act) = (threshold.comparator().sign(), threshold.act());
    let mut method = format!("alarm at {sign} {act}");
    if let Some(preset) = evidence.preset() {
        method = format!("{} {}: {method}", preset.name(), preset.version());
    }
    let name = format!("{metric} of {}", evidence.column());
    (name, DetectionMethod::new(kind, method))
}

fn failure(evidence: &FailureEvidence) -> (String, DetectionMethod) {
    let metric = evidence.metric();
    let name = match metric.slice() {
        None => metric.name().to_string(),
        Some(slice) => format!("{} over {slice}", metric.name()),
    };
    let limit = evidence.baseline().limit(metric.better());
    let method = format!("{}: limit {limit}", evidence.check().name());
    (name, threshold(method))
}

fn attack(evidence: &AttackEvidence) -> Option<(String, DetectionMethod)> {
    let detector = evidence.detector()?;
    let name = format!("{} score", detector.tool().name());
    let method = format!(
        "{}: threshold {}",
        evidence.indicator(),
        detector.threshold()
    );
    Some((name, threshold(method)))
}

fn threshold(name: String) -> DetectionMethod {
    DetectionMethod::new(MethodKind::StaticThreshold, name)
}
