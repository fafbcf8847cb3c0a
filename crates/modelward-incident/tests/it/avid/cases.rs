//! Incidents to tell.

use modelward_artifact::Digest;
use modelward_incident::{
    AffectedAsset, AiSystem, AssetKind, AttackDetector, AttackEvidence, AttackIndicator,
    AttackTarget, Baseline, Better, CheckKind, Classification, Comparator, Compromise, Detection,
    DetectionTool, DriftEvidence, DriftKind, DriftPreset, DriftSubject, DriftTerms, DriftWindow,
    DriftWindows, EvaluatedSample, EventKind, FailedCheck, FailureEvidence, Finite, Histogram,
    Incident, IncidentKind, Interval, Labels, Link, LinkRelation, NewEvent, Observed, Opening,
    PerformanceMetric, Released, Severity, Technique, TimeRange, Tlp,
};

use crate::{asset, by, text};

pub(super) fn incident(kinds: &[IncidentKind]) -> Incident {
    let title = text("rows with a trigger");
    let mut opening = Opening::new(title, kinds[0], Severity::High);
    opening.kinds.extend(kinds);
    opening.summary = Some(text("Somebody put 250 rows into the pairs."));
    let opening = NewEvent::from(opening).marked(Tlp::Clear);
    Incident::open("INC-7".parse().unwrap(), opening, &by(0)).unwrap()
}

/// An incident that has everything of which the format has a part.
pub(super) fn rich() -> Incident {
    let mut incident = incident(&[IncidentKind::AdversarialDataPoisoning]);
    for event in told() {
        tell(&mut incident, event);
    }
    incident
}

pub(super) fn tell(incident: &mut Incident, event: EventKind) {
    let event = NewEvent::new(event).marked(Tlp::Clear);
    incident.record(event, &by(1)).unwrap();
}

pub(super) fn released(incident: &Incident) -> Released {
    incident.release(Tlp::Clear).unwrap()
}

fn told() -> Vec<EventKind> {
    let mut events = vec![
        EventKind::Classified(classification()),
        EventKind::SystemDescribed(
            AiSystem::new(text("scoring"))
                .with_version(text("4"))
                .with_purpose(text("to score"))
                .with_developer(text("Acme"))
                .with_deployer(text("Bank"))
                .with_deployer(text("Shop")),
        ),
        EventKind::AssetRecorded(dataset()),
        EventKind::AssetRecorded(model()),
        EventKind::AssetRecorded(cleared()),
    ];
    events.extend(detections().map(EventKind::Detected));
    events.extend(links().map(EventKind::Linked));
    events
}

fn classification() -> Classification {
    let technique = Technique::new("AML.T0020".parse().unwrap(), text("5.6.0"))
        .with_tactic(text("AML.TA0006"))
        .with_name(text("Poison Training Data"))
        .with_description(text("Rows were added."));
    Classification::new(IncidentKind::AdversarialDataPoisoning)
        .with_technique(technique)
        .with_technique(Technique::new(
            "AML.T0043.004".parse().unwrap(),
            text("5.6.0"),
        ))
        .with_cwe(345)
        .with_cwe(20)
}

fn dataset() -> AffectedAsset {
    AffectedAsset::new("pairs".parse().unwrap(), AssetKind::Dataset, text("pairs"))
        .with_compromise(Compromise::Confirmed)
        .in_production()
}

fn model() -> AffectedAsset {
    AffectedAsset::new(
        "weights".parse().unwrap(),
        AssetKind::Adapter,
        text("acme/base"),
    )
    .with_version(text("4f2c"))
    .with_ref(asset())
}

fn cleared() -> AffectedAsset {
    AffectedAsset::new("old".parse().unwrap(), AssetKind::Model, text("acme/old"))
        .with_compromise(Compromise::Cleared)
}

fn links() -> [Link; 5] {
    let link = |relation, target: &str| Link::new(relation, text(target));
    [
        link(LinkRelation::Source, "https://acme.example/7"),
        link(LinkRelation::Related, "https://acme.example/8").with_title(text("Notice")),
        link(LinkRelation::CausedBy, "CVE-2026-0007").with_system(text("CVE")),
        link(LinkRelation::SameAs, "42")
            .with_system(text("AIID"))
            .with_title(text("Poisoned pairs")),
        link(LinkRelation::Related, "T 7").with_system(text("tickets")),
    ]
}

pub(crate) fn detections() -> [Detection; 4] {
    [
        Detection::Drift(drift("evidently.psi")),
        Detection::Failure(failure()),
        Detection::Attack(attack().with_detector(AttackDetector::new(
            tool(),
            number(0.9),
            Comparator::Above,
            number(0.8),
        ))),
        Detection::Attack(attack()),
    ]
}

pub(super) fn drift(preset: &str) -> DriftEvidence {
    let window = |counts| {
        let histogram = Histogram::numeric(&[0.0, 30.0, 60.0, 90.0], counts).unwrap();
        DriftWindow::new(week(), Digest::sha256(b"sample"), histogram)
    };
    let windows = DriftWindows::new(window(vec![200, 500, 300]), window(vec![400, 400, 200]));
    let subject = DriftSubject::new("age", DriftKind::Data, Digest::sha256(b"model")).unwrap();
    let terms = DriftTerms::of_preset(DriftPreset::find(preset).unwrap());
    DriftEvidence::measured(subject, terms, windows.unwrap(), tool()).unwrap()
}

fn failure() -> FailureEvidence {
    let digest = || Digest::sha256(b"report");
    let metric = PerformanceMetric::new("recall", Better::Higher, Labels::Available).unwrap();
    let sample = EvaluatedSample::new(Digest::sha256(b"model"), digest(), 1_400, week()).unwrap();
    let interval = Interval::new(number(0.78), number(0.84), number(0.95)).unwrap();
    FailureEvidence::new(
        metric.over("age below 25").unwrap(),
        Baseline::new(number(0.92), number(0.02), digest()).unwrap(),
        Observed::new(number(0.81), interval, sample).unwrap(),
        FailedCheck::new(CheckKind::Canary, "canary eu-1", digest()).unwrap(),
    )
}

fn attack() -> AttackEvidence {
    let target = AttackTarget::new(Digest::sha256(b"model"), week());
    let inputs = vec![Digest::sha256(b"query")];
    AttackEvidence::new(AttackIndicator::Jailbreak, target, inputs, vec![]).unwrap()
}

fn tool() -> DetectionTool {
    DetectionTool::new("profiler", "1.2").unwrap()
}

fn number(number: f64) -> Finite {
    Finite::new(number).unwrap()
}

fn week() -> TimeRange {
    let at = |text: &str| text.parse().unwrap();
    TimeRange::new(at("2026-11-01T00:00:00Z"), at("2026-11-08T00:00:00Z")).unwrap()
}
