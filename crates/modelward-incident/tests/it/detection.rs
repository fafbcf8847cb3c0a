mod attack;
mod cases;
mod drift;
mod evidence;
mod failure;
mod properties;
mod terms;

use modelward_artifact::{Digest, JsonLimits};
use modelward_incident::{
    Detection, DetectionTool, DriftEvidence, DriftKind, DriftMeasure, DriftMetric, DriftSubject,
    DriftTerms, DriftWindow, DriftWindows, Finite, Histogram, LogBase, TimeRange, ZeroHandling,
};
use serde_json::Value;

fn number(number: f64) -> Finite {
    Finite::new(number).expect("a finite number")
}

fn measure(metric: DriftMetric, zeros: ZeroHandling) -> DriftMeasure {
    DriftMeasure::plain(metric)
        .or_else(|_| DriftMeasure::logarithmic(metric, LogBase::E, zeros))
        .expect("a measure")
}

fn range() -> TimeRange {
    let at = |text: &str| text.parse().expect("a time");
    TimeRange::new(at("2026-11-01T00:00:00Z"), at("2026-11-08T00:00:00Z")).expect("a week")
}

/// Makes a histogram whose edges are 0, 1, 2 and so on.
fn histogram(counts: &[u64]) -> Histogram {
    let edges: Vec<f64> = (0..=u32::try_from(counts.len()).unwrap())
        .map(f64::from)
        .collect();
    Histogram::numeric(&edges, counts.to_vec()).expect("a histogram")
}

fn windows(reference: &[u64], current: &[u64]) -> DriftWindows {
    let window = |counts| DriftWindow::new(range(), Digest::sha256(b"sample"), histogram(counts));
    DriftWindows::new(window(reference), window(current)).expect("the same bins")
}

fn tool() -> DetectionTool {
    DetectionTool::new("profiler", "1.2").expect("a tool")
}

fn subject() -> DriftSubject {
    DriftSubject::new("age", DriftKind::Data, Digest::sha256(b"model")).expect("a subject")
}

fn measured(terms: DriftTerms, reference: &[u64], current: &[u64]) -> DriftEvidence {
    DriftEvidence::measured(subject(), terms, windows(reference, current), tool()).expect("a value")
}

/// Reads what a change makes of the JSON of evidence; the error is what the reader says, whole.
fn read_changed(
    detection: &Detection,
    change: impl FnOnce(&mut Value),
) -> Result<Detection, String> {
    let mut value: Value = serde_json::from_slice(&detection.to_json().unwrap()).unwrap();
    change(&mut value);
    let bytes = serde_json::to_vec(&value).unwrap();
    Detection::from_json(&bytes, &JsonLimits::default()).map_err(|error| {
        assert_eq!(error.code(), "artifact.json.shape");
        std::error::Error::source(&error)
            .expect("a cause")
            .to_string()
    })
}

fn round_trips(detection: &Detection) {
    let bytes = detection.to_json().unwrap();
    let again = Detection::from_json(&bytes, &JsonLimits::default()).expect("what was written");
    assert_eq!(&again, detection);
    assert_eq!(again.to_json().unwrap(), bytes);
    crate::seed::keep("incident-detection", &bytes);
}
