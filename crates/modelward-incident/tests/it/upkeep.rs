//! Custody, severity, orders and names, as they go on.

use modelward_artifact::{Digest, JsonLimits, Party};
use modelward_incident::{
    AffectedAsset, AssetKind, Custody, CustodyAction, EventKind, Evidence, Incident, IncidentError,
    NewEvent, Phase, PostIncidentReview, QuarantineOrder, RecoveryPlan, Refusal, ReviewAction,
    RootCause, Severity, Slug, Tlp,
};

use crate::{asset, by, by_whom, note, opened, opening, step, text, weights};

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

fn refusals(outcome: Result<&modelward_incident::Event, IncidentError>) -> Vec<Refusal> {
    match outcome.unwrap_err() {
        IncidentError::Refused { refusals, .. } => refusals,
        other => panic!("{other:?}"),
    }
}

fn held(minute: u32, action: CustodyAction) -> Custody {
    Custody::new(by(minute).now(), by(minute).actor().clone(), action)
}

fn shard() -> Evidence {
    let content = (Digest::sha256(b"shard"), 5);
    let taken = held(5, CustodyAction::Collected);
    Evidence::new(slug("shard"), text("poisoned shard"), content, taken)
}

fn handed(minute: u32, action: CustodyAction) -> EventKind {
    let evidence = slug("shard");
    let custody = held(minute, action);
    EventKind::CustodyRecorded { evidence, custody }
}

#[test]
fn custody_goes_on_in_order_of_time_until_the_evidence_is_gone() {
    let mut incident = opened();
    incident
        .record(EventKind::EvidenceCollected(shard()), &by(6))
        .unwrap();
    let again = refusals(incident.record(EventKind::EvidenceCollected(shard()), &by(6)));
    assert_eq!(again, [Refusal::Repeated { id: slug("shard") }]);
    let broken = [Refusal::Custody {
        evidence: slug("shard"),
    }];
    let early = handed(4, CustodyAction::Sealed);
    assert_eq!(refusals(incident.record(early, &by(7))), broken);
    let to = Party::new("the lab").unwrap();
    for action in [
        CustodyAction::Transferred { to },
        CustodyAction::Verified { matched: true },
        CustodyAction::Destroyed,
    ] {
        incident.record(handed(7, action), &by(7)).unwrap();
    }
    let shard = &incident.evidence()[&slug("shard")];
    assert_eq!(shard.custody().len(), 4);
    assert!(shard.is_destroyed());
    for action in [CustodyAction::Accessed, CustodyAction::Destroyed] {
        assert_eq!(refusals(incident.record(handed(8, action), &by(8))), broken);
    }
}

#[test]
fn evidence_that_goes_on_after_it_was_destroyed_is_refused() {
    let mut value = serde_json::to_value(shard()).unwrap();
    let custody = [
        held(5, CustodyAction::Destroyed),
        held(6, CustodyAction::Sealed),
    ];
    value["custody"] = serde_json::to_value(custody).unwrap();
    let evidence: Evidence = serde_json::from_value(value).unwrap();
    let refused = refusals(opened().record(EventKind::EvidenceCollected(evidence), &by(7)));
    assert_eq!(
        refused,
        [Refusal::Custody {
            evidence: slug("shard")
        }]
    );
}

#[test]
fn less_severe_has_to_be_shown_and_worse_has_not() {
    let mut incident = opened();
    let change = |to, evidence: &[&str]| EventKind::SeverityChanged {
        to,
        reason: text("counted again"),
        evidence: evidence.iter().map(|id| slug(id)).collect(),
    };
    incident
        .record(change(Severity::Critical, &[]), &by(1))
        .unwrap();
    let less = refusals(incident.record(change(Severity::High, &[]), &by(1)));
    assert_eq!(less, [Refusal::NoEvidenceOfLess]);
    let unknown = refusals(incident.record(change(Severity::High, &["shard"]), &by(1)));
    assert_eq!(unknown[0].code(), "incident.refused.unknown");
    incident
        .record(EventKind::EvidenceCollected(shard()), &by(6))
        .unwrap();
    incident
        .record(change(Severity::Low, &["shard"]), &by(6))
        .unwrap();
    assert_eq!(incident.severity(), Severity::Low);
}

#[test]
fn an_order_ends_by_itself_and_cannot_be_lifted_then() {
    let mut incident = opened();
    let order = QuarantineOrder::new(slug("q1"), text("poisoned")).with_target(asset());
    let proposed = EventKind::OrderProposed(order.until(by(9).now()));
    incident.record(proposed, &by(1)).unwrap();
    let lift = || EventKind::OrderLifted {
        order: slug("q1"),
        why: text("clean"),
    };
    let idle = [Refusal::NotInForce { order: slug("q1") }];
    assert_eq!(refusals(incident.record(lift(), &by(2))), idle);
    let sign = || EventKind::OrderSignedOff {
        order: slug("q1"),
        note: text("seen"),
    };
    incident.record(sign(), &by_whom(3, "Ada Example")).unwrap();
    let again = refusals(incident.record(sign(), &by_whom(4, "Kim Example")));
    assert_eq!(again, [Refusal::Repeated { id: slug("q1") }]);
    assert_eq!(incident.quarantined(by(8).now()).count(), 1);
    assert_eq!(incident.quarantined(by(9).now()).count(), 0);
    assert_eq!(refusals(incident.record(lift(), &by(9))), idle);
    let empty = QuarantineOrder::new(slug("q2"), text("poisoned"));
    let refused = refusals(incident.record(EventKind::OrderProposed(empty), &by(9)));
    assert_eq!(refused, [Refusal::NoTarget { order: slug("q2") }]);
}

#[test]
fn plans_of_two_assets_have_two_names() {
    let mut incident = opened();
    let data = AffectedAsset::new(slug("data"), AssetKind::Dataset, text("the crawl"));
    for asset in [weights(), data] {
        incident
            .record(EventKind::AssetRecorded(asset), &by(1))
            .unwrap();
    }
    let (bad, good) = (Digest::sha256(b"bad"), Digest::sha256(b"good"));
    let plan = |id, asset| {
        let (from, to) = (bad, good);
        EventKind::RecoveryPlanned(RecoveryPlan::new(slug(id), slug(asset), from, to))
    };
    incident.record(plan("back", "weights"), &by(2)).unwrap();
    // A new plan for the same asset takes the place of the old one.
    incident.record(plan("back", "weights"), &by(2)).unwrap();
    let refused = refusals(incident.record(plan("back", "data"), &by(2)));
    assert_eq!(refused, [Refusal::Repeated { id: slug("back") }]);
    incident.record(plan("back-too", "data"), &by(2)).unwrap();
}

#[test]
fn actions_of_a_review_have_names_of_their_own() {
    let mut incident = opened();
    let why = || text("nothing to do");
    let cause = RootCause::Unknown { why: why() };
    let ways = [
        (Phase::Containment, EventKind::AssetsUnknown { why: why() }),
        (Phase::Eradication, note("seen")),
        (Phase::Recovery, EventKind::RootCauseStated(cause)),
        (
            Phase::PostIncident,
            EventKind::RecoveryWaived { why: why() },
        ),
    ];
    for (to, event) in ways {
        incident.record(event, &by(1)).unwrap();
        incident.record(step(to), &by(1)).unwrap();
    }
    let owner = Party::new("Ada Example").unwrap();
    let due = "2026-12-24".parse().unwrap();
    let action = ReviewAction::new(slug("pin"), text("pin by digest"), owner, due);
    let once = PostIncidentReview::new(text("summed up")).with_action(action.clone());
    let twice = EventKind::ReviewHeld(once.clone().with_action(action));
    let refused = refusals(incident.record(twice, &by(2)));
    assert_eq!(refused, [Refusal::Repeated { id: slug("pin") }]);
    incident
        .record(EventKind::ReviewHeld(once), &by(2))
        .unwrap();
    let state = incident.review().unwrap();
    let overdue = |day: &str| state.overdue_actions(day.parse().unwrap()).count();
    assert_eq!(overdue("2026-12-24T23:59:59Z"), 0);
    assert_eq!(overdue("2026-12-25T00:00:00Z"), 1);
}

#[test]
fn a_mark_that_meets_nothing_is_refused_in_the_opening_and_in_what_is_partial() {
    let marked = NewEvent::from(opening())
        .field("/sumary", Tlp::Red)
        .unwrap();
    let error = Incident::open("INC-1".parse().unwrap(), marked, &by(0)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the event `opened` is refused: the event has no field `/sumary`"
    );
    let mut incident = opened();
    incident
        .record(NewEvent::new(note("seen")).marked(Tlp::Red), &by(1))
        .unwrap();
    let mut partial = incident.release(Tlp::Amber).unwrap().incident().clone();
    assert!(partial.is_partial());
    let marked = NewEvent::new(note("heard"))
        .field("/txt", Tlp::Red)
        .unwrap();
    assert_eq!(
        refusals(partial.record(marked, &by(2)))[0].code(),
        "incident.refused.no_field"
    );
    partial.record(note("heard"), &by(2)).unwrap();
    assert_eq!(partial.timeline()[1].seq(), 2);
}

#[test]
fn the_numbers_of_what_is_withheld_leave_none_out() {
    let mut incident = opened();
    incident
        .record(NewEvent::new(note("seen")).marked(Tlp::Red), &by(1))
        .unwrap();
    let partial = incident.release(Tlp::Amber).unwrap();
    let record: serde_json::Value =
        serde_json::from_slice(&partial.incident().to_json().unwrap()).unwrap();
    assert_eq!(record["withheld"], serde_json::json!([1]));
    for withheld in [
        "[2]",
        "[1,3]",
        "[9007199254740991]",
        "[18446744073709551615]",
    ] {
        let mut record = record.clone();
        record["withheld"] = serde_json::from_str(withheld).unwrap();
        let bytes = serde_json::to_vec(&record).unwrap();
        assert!(
            Incident::from_json(&bytes, &JsonLimits::default()).is_err(),
            "{withheld}"
        );
    }
}
