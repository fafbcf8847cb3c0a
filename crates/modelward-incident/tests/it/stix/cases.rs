//! Incidents to export.

use modelward_artifact::{Digest, DigestAlgorithm, Party};
use modelward_incident::export::stix::{StixBundle, StixDialect, StixOptions, bundle};
use modelward_incident::{
    ActionKind, AffectedAsset, AiSystem, Answer, AssetKind, AssetOrigin, AssetRef, AttackDetector,
    AttackEvidence, AttackIndicator, AttackTarget, AttackTechnique, Baseline, Better, CheckKind,
    Classification, CloseOutcome, Comparator, Compromise, CompromiseWindow, Custody, CustodyAction,
    Detection, DetectionTool, Determination, Disclosure, DriftEvidence, DriftKind, DriftPreset,
    DriftSubject, DriftTerms, DriftWindow, DriftWindows, EvaluatedSample, EventKind, Evidence,
    Fact, FailedCheck, FailureEvidence, Fidelity, Finite, Harm, Histogram, Impact, ImpactKind,
    Incident, IncidentKind, Interval, Labels, Link, LinkRelation, Moment, NewEvent, Observed,
    OecdCriterion, OecdSeverity, Opening, PerformanceMetric, Phase, PoisonedPart,
    PostIncidentReview, QuarantineOrder, RecoveryPlan, RecoveryReceipt, ResponseAction,
    ReviewAction, RootCause, Severity, Slug, Stage, Technique, TimeRange, TimeSpec, Tlp, Trials,
};

use crate::{by, by_whom, step, text};

/// Writes what may be told up to a level.
pub(super) fn exported(incident: &Incident, level: Tlp, dialect: StixDialect) -> StixBundle {
    let released = incident.release(level).unwrap();
    let options = StixOptions::new(text("Acme")).with_dialect(dialect);
    bundle(&released, &options).unwrap().into_document()
}

pub(super) fn opening(kind: IncidentKind, severity: Severity) -> Opening {
    Opening::new(text("canary-title"), kind, severity)
}

/// An incident that was only opened.
pub(super) fn minimal() -> Incident {
    let opening = opening(IncidentKind::Other, Severity::Low);
    let opening = NewEvent::from(opening).marked(Tlp::Clear);
    Incident::open("INC-2".parse().unwrap(), opening, &by(0)).unwrap()
}

/// An incident with something of every sort in it, all of one marking.
pub(super) fn full(tlp: Tlp) -> Incident {
    story(|_| tlp)
}

/// The same incident, each event with the marking that its number gets.
pub(super) fn story(mark: impl Fn(usize) -> Tlp) -> Incident {
    let opening = opening(IncidentKind::AdversarialDataPoisoning, Severity::High)
        .with_summary(text("canary-summary"));
    let opening = NewEvent::from(opening).marked(Tlp::Clear);
    let opening = opening.field("/summary", mark(0)).unwrap();
    let mut incident = Incident::open("INC-1".parse().unwrap(), opening, &by(0)).unwrap();
    for (index, kind) in events().into_iter().enumerate() {
        // Whoever signs off is not who proposed.
        let who = match kind {
            EventKind::OrderSignedOff { .. } => "Ann Example",
            _ => "Jo Example",
        };
        let event = NewEvent::new(kind).marked(mark(index + 1));
        let minute = u32::try_from(index + 1).unwrap().min(59);
        if let Err(error) = incident.record(event, &by_whom(minute, who)) {
            panic!("{index}: {error}");
        }
    }
    incident
}

fn events() -> Vec<EventKind> {
    let mut events = found();
    events.extend(judged());
    events.extend(responded());
    events.extend(closed());
    events
}

pub(super) fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

fn day(text: &str) -> TimeSpec {
    TimeSpec::new(format!("{text}T00:00:00Z").parse().unwrap(), Fidelity::Day)
}

fn number(number: f64) -> Finite {
    Finite::new(number).unwrap()
}

pub(super) fn range() -> TimeRange {
    let at = |text: &str| text.parse().unwrap();
    TimeRange::new(at("2026-11-01T00:00:00Z"), at("2026-11-08T00:00:00Z")).unwrap()
}

fn model() -> Digest {
    Digest::sha256(b"model")
}

/// What happened, to what, and how it was seen.
fn found() -> Vec<EventKind> {
    let technique = |id: &str| Technique::new(id.parse().unwrap(), text("5.6.0"));
    let first = technique("AML.T0010.002")
        .with_name(text("canary-technique"))
        .with_tactic(text("canary-tactic"))
        .with_description(text("canary-procedure"));
    let classification = Classification::new(IncidentKind::AdversarialDataPoisoning)
        .with_kind(IncidentKind::DriftData)
        .with_technique(first)
        .with_technique(technique("AML.T0020"))
        .with_cwe(502);
    let began = TimeSpec::new("2026-10-15T11:22:33Z".parse().unwrap(), Fidelity::Month);
    let system = AiSystem::new(text("canary-system"))
        .with_version(text("3"))
        .with_purpose(text("canary-purpose"))
        .with_developer(text("canary-developer"))
        .with_deployer(text("canary-deployer"));
    vec![
        EventKind::Classified(classification),
        EventKind::Began { at: began },
        EventKind::SystemDescribed(system),
        EventKind::AssetRecorded(data()),
        EventKind::AssetRecorded(weights()),
        EventKind::EvidenceCollected(evidence()),
        EventKind::Detected(Detection::Attack(attack())),
        EventKind::Detected(Detection::Drift(drift())),
        EventKind::Detected(Detection::Failure(failure())),
    ]
}

fn data() -> AffectedAsset {
    let window = CompromiseWindow::new(day("2026-10-01"), Some(day("2026-11-01")));
    AffectedAsset::new(slug("data"), AssetKind::Dataset, text("canary-dataset"))
        .with_version(text("2026.10"))
        .with_ref(AssetRef::Digest(Digest::sha256(b"data")))
        .with_ref(AssetRef::purl("pkg:huggingface/canary/purl@1").unwrap())
        .with_compromise(Compromise::Confirmed)
        .with_window(window)
}

fn weights() -> AffectedAsset {
    let origin = AssetOrigin::Propagated {
        from: slug("data"),
        path: vec![text("canary-path")],
    };
    AffectedAsset::new(slug("weights"), AssetKind::Model, text("canary-model"))
        .with_ref(AssetRef::Digest(model()))
        .with_ref(AssetRef::bom_ref("canary-bom-ref").unwrap())
        .with_compromise(Compromise::Confirmed)
        .in_production()
        .with_origin(origin)
}

fn evidence() -> Evidence {
    let at = "2026-11-23T10:05:00Z".parse().unwrap();
    let jo = || Party::new("Jo Example").unwrap();
    let collected = Custody::new(at, jo(), CustodyAction::Collected);
    let content = (Digest::sha256(b"data"), 4);
    Evidence::new(slug("copy"), text("canary-evidence"), content, collected)
        .with_digest(Digest::of(DigestAlgorithm::Blake3, b"data"))
        .with_media_type(text("text/csv"))
        .with_location(text("canary-location"))
}

fn tool() -> DetectionTool {
    DetectionTool::new("canary-tool", "1.2").unwrap()
}

fn attack() -> AttackEvidence {
    let digest = Digest::sha256(b"shard");
    let parts = vec![PoisonedPart::new("canary-shard", digest, vec![]).unwrap()];
    let target = AttackTarget::new(model(), range());
    let technique = AttackTechnique::new("AML.T0020".parse().unwrap(), "5.6.0").unwrap();
    let detector = AttackDetector::new(tool(), number(0.9), Comparator::Above, number(0.8));
    AttackEvidence::new(AttackIndicator::DataPoisoning, target, vec![], parts)
        .unwrap()
        .with_trials(Trials::new(200, 34).unwrap())
        .with_technique(technique)
        .with_detector(detector)
}

fn drift() -> DriftEvidence {
    let window = |counts: Vec<u64>| {
        let histogram = Histogram::numeric(&[0.0, 1.0, 2.0, 3.0], counts).unwrap();
        DriftWindow::new(range(), Digest::sha256(b"sample"), histogram)
    };
    let windows = DriftWindows::new(window(vec![200, 500, 300]), window(vec![400, 400, 200]));
    let subject = DriftSubject::new("canary-column", DriftKind::Data, model()).unwrap();
    let terms = DriftTerms::of_preset(DriftPreset::find("evidently.psi").unwrap());
    DriftEvidence::measured(subject, terms, windows.unwrap(), tool()).unwrap()
}

fn failure() -> FailureEvidence {
    let report = Digest::sha256(b"report");
    let metric = PerformanceMetric::new("canary-metric", Better::Higher, Labels::Available);
    let baseline = Baseline::new(number(0.5), number(0.25), report);
    let interval = Interval::new(number(0.1), number(0.24), number(0.95)).unwrap();
    let sample = EvaluatedSample::new(model(), report, 1_400, range()).unwrap();
    let observed = Observed::new(number(0.2), interval, sample);
    let check = FailedCheck::new(CheckKind::Canary, "canary-check", report);
    FailureEvidence::new(
        metric.unwrap(),
        baseline.unwrap(),
        observed.unwrap(),
        check.unwrap(),
    )
}

/// What people made of it.
fn judged() -> Vec<EventKind> {
    let reason = || text("canary-reason");
    let mut events: Vec<_> = ImpactKind::ALL
        .into_iter()
        .map(|kind| {
            let impact = Impact::new(slug(kind.name()), kind, text("canary-impact"))
                .with_affected(text("canary-stakeholder"))
                .with_count(12);
            EventKind::ImpactRecorded(impact)
        })
        .collect();
    events.extend([
        EventKind::Determined {
            to: Determination::Confirmed,
            reason: text("canary-determination"),
        },
        EventKind::HarmStated {
            to: Harm::Occurred,
            reason: text("canary-harm"),
            prevented_by: vec![text("canary-control")],
        },
        EventKind::OecdSeverityStated {
            to: OecdSeverity::Incident,
            reason: reason(),
        },
        EventKind::OecdAnswered {
            criterion: OecdCriterion::new(6).unwrap(),
            answer: text("canary-country"),
        },
        EventKind::MomentStated {
            moment: Moment::Aware,
            at: "2026-11-23T09:00:00Z".parse().unwrap(),
        },
        EventKind::FactAnswered {
            fact: Fact::Provider,
            answer: Answer::No,
        },
        EventKind::RootCauseStated(RootCause::Known {
            cause: text("canary-cause"),
        }),
        EventKind::Noted {
            text: text("canary-note"),
        },
        EventKind::SeverityChanged {
            to: Severity::High,
            reason: text("canary-severity"),
            evidence: [slug("copy")].into(),
        },
    ]);
    events.extend(held());
    events
}

/// What is rare.
fn held() -> Vec<EventKind> {
    let jo = || Party::new("Jo Example").unwrap();
    let given = CustodyAction::Transferred {
        to: Party::new("canary-custodian").unwrap(),
    };
    let custody = Custody::new("2026-11-23T10:06:00Z".parse().unwrap(), jo(), given);
    vec![
        EventKind::CustodyRecorded {
            evidence: slug("copy"),
            custody: custody.with_note(text("canary-custody")),
        },
        EventKind::HoldPlaced {
            assets: [slug("data")].into(),
            why: text("canary-hold"),
        },
        EventKind::AuthorityInformed {
            authority: text("canary-authority"),
            receipt: Some(text("canary-answer")),
        },
        EventKind::HoldPlaced {
            assets: [slug("data")].into(),
            why: text("canary-second-hold"),
        },
        EventKind::HoldLifted {
            why: text("canary-release-of-hold"),
        },
        EventKind::AssetsUnknown {
            why: text("canary-unknown"),
        },
        EventKind::ContainmentWaived {
            asset: slug("data"),
            why: text("canary-containment"),
        },
        EventKind::EradicationWaived {
            why: text("canary-eradication"),
        },
        EventKind::ObligationRuledOut {
            rule: slug("eu-ai-act/73-3"),
            why: text("canary-rule"),
        },
    ]
}

/// What was done until the phase of recovery.
fn responded() -> Vec<EventKind> {
    let action = |id: &str, stage, kind| {
        ResponseAction::new(slug(id), stage, kind, text("canary-action")).on(slug("weights"))
    };
    let confirmed = |id: &str| EventKind::ActionConfirmed {
        action: slug(id),
        note: text("canary-confirmation"),
    };
    let order = QuarantineOrder::new(slug("q1"), text("canary-quarantine"))
        .with_target(AssetRef::Digest(model()))
        .with_target(AssetRef::purl("pkg:huggingface/canary/target@1").unwrap())
        .until("2027-01-01T00:00:00Z".parse().unwrap());
    let plan = RecoveryPlan::new(
        slug("r1"),
        slug("weights"),
        model(),
        Digest::sha256(b"good"),
    )
    .with_version(text("canary-version"))
    .with_step(text("canary-step"));
    let receipt = RecoveryReceipt::new(slug("r1"), Digest::sha256(b"good"));
    vec![
        step(Phase::Containment),
        EventKind::ActionTaken(action(
            "a1",
            Stage::Containment,
            ActionKind::RemoveFromServing,
        )),
        confirmed("a1"),
        EventKind::OrderProposed(order),
        EventKind::OrderSignedOff {
            order: slug("q1"),
            note: text("canary-sign-off"),
        },
        EventKind::OrderLifted {
            order: slug("q1"),
            why: text("canary-lift"),
        },
        step(Phase::Eradication),
        EventKind::ActionTaken(action("a2", Stage::Eradication, ActionKind::CleanData)),
        confirmed("a2"),
        step(Phase::Recovery),
        EventKind::RecoveryPlanned(plan),
        EventKind::Restored(receipt.with_note(text("canary-receipt"))),
        EventKind::RecoveryWaived {
            why: text("canary-waiver"),
        },
        step(Phase::PostIncident),
    ]
}

/// What came afterwards.
fn closed() -> Vec<EventKind> {
    let owner = || Party::new("Jo Example").unwrap();
    let due = "2026-12-31".parse().unwrap();
    let action = ReviewAction::new(slug("v1"), text("canary-follow-up"), owner(), due);
    let review = PostIncidentReview::new(text("canary-review"))
        .went_well(text("canary-well"))
        .went_badly(text("canary-badly"))
        .with_action(action)
        .with_participant(owner());
    let document = (text("canary-format"), Digest::sha256(b"document"));
    let disclosure = Disclosure::new(text("canary-audience"), Tlp::Green, document, owner());
    let link = |target: &str| Link::new(LinkRelation::Related, text(target));
    let mut events = vec![
        EventKind::ReviewHeld(review),
        EventKind::ReviewActionDone {
            action: slug("v1"),
            note: text("canary-done"),
        },
        EventKind::Disclosed(disclosure),
        EventKind::ReportRecorded {
            rule: slug("eu-ai-act/73-2"),
            at: "2026-11-23T10:40:00Z".parse().unwrap(),
            receipt: Some(text("canary-report")),
        },
    ];
    events.extend([
        EventKind::Linked(link("CVE-2024-12345")),
        EventKind::Linked(link("CAPEC-12").with_system(text("canary-source"))),
        EventKind::Linked(link("https://incidentdatabase.ai/cite/6").with_system(text("AIID"))),
        EventKind::Linked(link("CVE-2024-00001").with_system(text("cve"))),
        EventKind::Linked(link("https://no address").with_title(text("canary-link"))),
        EventKind::Closed {
            outcome: CloseOutcome::Resolved,
            reason: text("canary-closing"),
        },
    ]);
    events
}
