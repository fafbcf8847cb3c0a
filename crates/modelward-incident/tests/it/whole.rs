//! An incident with every kind of event in it.

use modelward_artifact::{Digest, Party};
use modelward_incident::{
    ActionKind, AffectedAsset, AiSystem, Answer, AssetKind, AssetOrigin, AssetRef, Classification,
    CloseOutcome, Compromise, CompromiseWindow, Custody, CustodyAction, Determination, Disclosure,
    EventKind, Evidence, Fact, Fidelity, Harm, Impact, ImpactKind, Incident, IncidentKind, Link,
    LinkRelation, Moment, NewEvent, OecdCriterion, OecdSeverity, Opening, Phase,
    PostIncidentReview, QuarantineOrder, RecoveryPlan, RecoveryReceipt, ReportingRules,
    ResponseAction, ReviewAction, RootCause, Severity, Slug, Stage, Technique, TimeSpec, Tlp,
};

use crate::avid::detections;
use crate::{asset, by, by_whom, note, step, text, weights};

/// Returns an incident that was closed, opened again, worked through and closed.
///
/// - Every kind of event is in it and, but for one note, may be told to everybody; what an earlier
///   event said and the reopening forgot is said again.
/// - Every field holds something at its end.
pub(crate) fn whole() -> Incident {
    let kind = IncidentKind::AdversarialDataPoisoning;
    let opening = Opening::new(text("Rows were forged"), kind, Severity::Medium)
        .with_summary(text("Forged rows made the scorer err."));
    let opening = NewEvent::from(opening).marked(Tlp::Clear);
    let mut incident = Incident::open("INC-1".parse().unwrap(), opening, &by(0)).unwrap();
    let parts = [
        false_start(),
        judgments(),
        things(),
        duties(),
        vec![step(Phase::Containment)],
        response(),
        vec![step(Phase::Eradication), step(Phase::Recovery)],
        recovery(),
        vec![step(Phase::PostIncident)],
        words(),
    ];
    for event in parts.into_iter().flatten() {
        record(&mut incident, event);
    }
    let secret = NewEvent::new(note("the canary")).marked(Tlp::Red);
    incident.record(secret, &by(1)).unwrap();
    let rules = ReportingRules::built_in();
    let reviewed = incident.review_obligations(rules, by(2).now()).unwrap();
    let mut answered = reviewed.clone();
    for rule in reviewed.outstanding.keys() {
        answered = answered.with_reason(rule, text("it is on its way"));
    }
    record(&mut incident, EventKind::ObligationsReviewed(answered));
    record(&mut incident, closed(CloseOutcome::Resolved));
    incident
}

fn record(incident: &mut Incident, event: EventKind) {
    let who = match &event {
        EventKind::OrderSignedOff { .. } => "Ada Example",
        _ => "Jo Example",
    };
    let event = NewEvent::new(event).marked(Tlp::Clear);
    incident.record(event, &by_whom(1, who)).unwrap();
}

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

fn why() -> modelward_incident::Text {
    text("because")
}

fn closed(outcome: CloseOutcome) -> EventKind {
    let reason = why();
    EventKind::Closed { outcome, reason }
}

fn false_start() -> Vec<EventKind> {
    vec![
        closed(CloseOutcome::NotAnIncident),
        EventKind::Reopened { reason: why() },
    ]
}

fn judgments() -> Vec<EventKind> {
    let technique = Technique::new("AML.T0020".parse().unwrap(), text("5.6.0"))
        .with_tactic(text("AML.TA0006"))
        .with_name(text("Poison Training Data"))
        .with_description(text("Rows were added."));
    let classification = Classification::new(IncidentKind::AdversarialDataPoisoning)
        .with_technique(technique)
        .with_cwe(345);
    let at = "2026-11-16T00:00:00Z".parse().unwrap();
    vec![
        EventKind::Classified(classification),
        EventKind::Determined {
            to: Determination::Confirmed,
            reason: why(),
        },
        EventKind::HarmStated {
            to: Harm::Occurred,
            reason: why(),
            prevented_by: vec![text("a limit on loans")],
        },
        EventKind::SeverityChanged {
            to: Severity::High,
            reason: why(),
            evidence: [].into(),
        },
        EventKind::OecdSeverityStated {
            to: OecdSeverity::Incident,
            reason: why(),
        },
        EventKind::OecdAnswered {
            criterion: OecdCriterion::new(6).unwrap(),
            answer: text("Austria"),
        },
        EventKind::Began {
            at: TimeSpec::new(at, Fidelity::Day),
        },
    ]
}

fn things() -> Vec<EventKind> {
    let system = AiSystem::new(text("Scorer"))
        .with_version(text("3"))
        .with_purpose(text("credit scores"))
        .with_developer(text("Acme Models"))
        .with_deployer(text("Acme Bank"));
    let from = TimeSpec::exact("2026-11-16T08:00:00Z".parse().unwrap());
    let confirmed = weights()
        .with_version(text("4f2c"))
        .with_compromise(Compromise::Confirmed)
        .with_window(CompromiseWindow::new(from, None))
        .with_origin(AssetOrigin::Direct)
        .in_production();
    let origin = AssetOrigin::Propagated {
        from: slug("weights"),
        path: vec![],
    };
    let kind = AssetKind::Service;
    let service = AffectedAsset::new(slug("eu/scorer"), kind, text("scorer"))
        .with_ref(AssetRef::purl("pkg:oci/scorer@3").unwrap())
        .with_origin(origin);
    let custody = |action| Custody::new(by(1).now(), by(1).actor().clone(), action);
    let (digest, collected) = (Digest::sha256(b"shard"), custody(CustodyAction::Collected));
    let shard = Evidence::new(slug("shard"), text("a shard"), (digest, 5), collected)
        .with_media_type(text("application/vnd.apache.parquet"))
        .with_location(text("vault 7"));
    let impact = Impact::new(
        slug("loans"),
        ImpactKind::Economic,
        text("Loans were refused"),
    )
    .with_affected(text("applicants"))
    .with_count(40);
    let [drift, ..] = detections();
    vec![
        EventKind::AssetsUnknown { why: why() },
        EventKind::SystemDescribed(system),
        EventKind::AssetRecorded(confirmed),
        EventKind::AssetRecorded(service),
        EventKind::EvidenceCollected(shard),
        EventKind::CustodyRecorded {
            evidence: slug("shard"),
            custody: custody(CustodyAction::Sealed),
        },
        EventKind::Detected(drift),
        EventKind::ImpactRecorded(impact),
    ]
}

fn duties() -> Vec<EventKind> {
    let at = |text: &str| text.parse().unwrap();
    vec![
        EventKind::FactAnswered {
            fact: Fact::PersonalDataBreach,
            answer: Answer::Yes,
        },
        EventKind::MomentStated {
            moment: Moment::Aware,
            at: at("2026-11-23T10:00:00Z"),
        },
        EventKind::ReportRecorded {
            rule: slug("told"),
            at: at("2026-11-23T10:01:00Z"),
            receipt: Some(text("7")),
        },
        EventKind::ObligationTolled {
            rule: slug("stopped"),
            why: why(),
            since: at("2026-11-23T10:00:00Z"),
            until: at("2026-11-24T10:00:00Z"),
        },
        EventKind::ObligationRuledOut {
            rule: slug("another"),
            why: why(),
        },
    ]
}

fn response() -> Vec<EventKind> {
    let order = QuarantineOrder::new(slug("q1"), text("poisoned")).with_target(asset());
    let kind = ActionKind::RemoveFromServing;
    let action = ResponseAction::new(slug("down"), Stage::Containment, kind, text("it is off"));
    let hold = EventKind::HoldPlaced {
        assets: [slug("weights")].into(),
        why: why(),
    };
    vec![
        EventKind::ActionTaken(action.on(slug("weights"))),
        EventKind::ActionConfirmed {
            action: slug("down"),
            note: text("it does not answer"),
        },
        EventKind::ContainmentWaived {
            asset: slug("eu/scorer"),
            why: why(),
        },
        EventKind::EradicationWaived { why: why() },
        EventKind::OrderProposed(order),
        EventKind::OrderSignedOff {
            order: slug("q1"),
            note: text("seen"),
        },
        EventKind::OrderLifted {
            order: slug("q1"),
            why: why(),
        },
        hold.clone(),
        EventKind::HoldLifted { why: why() },
        EventKind::AuthorityInformed {
            authority: text("the authority"),
            receipt: None,
        },
        hold,
        EventKind::RootCauseStated(RootCause::Known {
            cause: text("a form that anybody may fill in"),
        }),
    ]
}

fn recovery() -> Vec<EventKind> {
    let (bad, good) = (Digest::sha256(b"bad"), Digest::sha256(b"good"));
    let plan = RecoveryPlan::new(slug("back"), slug("weights"), bad, good);
    vec![
        EventKind::RecoveryPlanned(plan.with_step(text("roll back"))),
        EventKind::Restored(RecoveryReceipt::new(slug("back"), good)),
        EventKind::RecoveryWaived { why: why() },
    ]
}

fn words() -> Vec<EventKind> {
    let jo = Party::new("Jo Example").unwrap();
    let due = "2026-12-24".parse().unwrap();
    let action = ReviewAction::new(slug("pin"), text("pin the rows"), jo.clone(), due);
    let review = PostIncidentReview::new(text("it went on too long")).with_action(action);
    let source = Link::new(LinkRelation::Source, text("https://acme.example/7"));
    let document = (text("csaf-2.0"), Digest::sha256(b"advisory"));
    vec![
        EventKind::ReviewHeld(review),
        EventKind::ReviewActionDone {
            action: slug("pin"),
            note: text("done"),
        },
        EventKind::Linked(source),
        EventKind::Disclosed(Disclosure::new(text("all"), Tlp::Clear, document, jo)),
        note("a note"),
    ]
}
