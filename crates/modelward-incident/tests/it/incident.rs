use modelward_artifact::{Date, Digest, Party};
use modelward_incident::{
    ActionKind, AffectedAsset, Answer, CloseOutcome, Compromise, Custody, CustodyAction,
    Determination, Effect, EventKind, Evidence, Fact, Harm, Incident, IncidentError, IncidentKind,
    Link, LinkRelation, Moment, NewEvent, Opening, Phase, PostIncidentReview, QuarantineOrder,
    RecoveryPlan, RecoveryReceipt, Refusal, ReportingRules, ResponseAction, ReviewAction,
    RootCause, Severity, Slug, Stage,
};

use crate::{asset, by, by_whom, note, opened, step, text, weights};

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

fn refusals(outcome: Result<&modelward_incident::Event, IncidentError>) -> Vec<Refusal> {
    match outcome.unwrap_err() {
        IncidentError::Refused { refusals, .. } => refusals,
        other => panic!("{other:?}"),
    }
}

fn shard() -> Evidence {
    let found = by(1);
    let custody = Custody::new(found.now(), found.actor().clone(), CustodyAction::Collected);
    let content = (Digest::sha256(b"shard"), 5);
    Evidence::new(slug("shard"), text("poisoned shard"), content, custody)
}

fn take_down() -> ResponseAction {
    let words = text("the endpoint answers no longer");
    let kind = ActionKind::RemoveFromServing;
    ResponseAction::new(slug("down"), Stage::Containment, kind, words).on(slug("weights"))
}

fn confirmed() -> AffectedAsset {
    weights()
        .with_compromise(Compromise::Confirmed)
        .in_production()
}

fn plan() -> RecoveryPlan {
    let (from, to) = (Digest::sha256(b"bad"), Digest::sha256(b"good"));
    RecoveryPlan::new(slug("back"), slug("weights"), from, to)
}

fn cause() -> EventKind {
    let cause = text("a crawl took what anybody may edit");
    EventKind::RootCauseStated(RootCause::Known { cause })
}

/// An incident from its beginning to a phase, by the shortest way.
fn at_phase(phase: Phase) -> Incident {
    let mut incident = opened();
    let confirm = EventKind::ActionConfirmed {
        action: slug("down"),
        note: text("it does not answer"),
    };
    let receipt = RecoveryReceipt::new(slug("back"), Digest::sha256(b"good"));
    let way = [
        (
            Phase::Containment,
            vec![EventKind::AssetRecorded(confirmed())],
        ),
        (
            Phase::Eradication,
            vec![EventKind::ActionTaken(take_down()), confirm],
        ),
        (Phase::Recovery, vec![cause()]),
        (
            Phase::PostIncident,
            vec![
                EventKind::RecoveryPlanned(plan()),
                EventKind::Restored(receipt),
            ],
        ),
    ];
    for (minute, (to, events)) in (1..).zip(way) {
        if to > phase {
            break;
        }
        for event in events {
            incident.record(event, &by(minute)).unwrap();
        }
        incident.record(step(to), &by(minute)).unwrap();
    }
    assert_eq!(incident.phase(), phase);
    crate::seed::keep("incident-record", &incident.to_json().unwrap());
    incident
}

/// An incident whose review was held.
pub(crate) fn reviewed(review: PostIncidentReview) -> Incident {
    let mut incident = at_phase(Phase::PostIncident);
    incident
        .record(EventKind::ReviewHeld(review), &by(6))
        .unwrap();
    incident
}

#[test]
fn an_incident_is_what_its_events_say() {
    let mut incident = opened();
    incident
        .record(EventKind::AssetRecorded(weights()), &by(1))
        .unwrap();
    let worse = EventKind::SeverityChanged {
        to: Severity::Critical,
        reason: text("patients are concerned"),
        evidence: [].into(),
    };
    incident.record(worse, &by(2)).unwrap();
    incident.record(step(Phase::Containment), &by(3)).unwrap();
    assert_eq!(
        (incident.phase(), incident.severity()),
        (Phase::Containment, Severity::Critical)
    );
    let severities: Vec<_> = incident.severities().map(|(_, it, _)| it).collect();
    assert_eq!(severities, [Severity::Medium, Severity::Critical]);
    assert!(incident.affects(&asset()));
    assert_eq!(incident.timeline().len(), 4);
    assert_eq!(incident.entered(Phase::Containment), Some(by(3).now()));
    // What was cleared is no more affected.
    let cleared = weights().with_compromise(Compromise::Cleared);
    incident
        .record(EventKind::AssetRecorded(cleared), &by(4))
        .unwrap();
    assert!(!incident.affects(&asset()));
}

#[test]
fn time_never_goes_back_and_a_refused_event_changes_nothing() {
    let mut incident = opened();
    incident.record(note("seen"), &by(5)).unwrap();
    let before = incident.clone();
    let error = incident.record(note("earlier"), &by(4)).unwrap_err();
    assert_eq!(error.code(), "incident.event.time");
    assert_eq!(
        incident
            .record(step(Phase::Recovery), &by(6))
            .unwrap_err()
            .code(),
        "incident.event.refused"
    );
    assert_eq!(incident, before);
}

#[test]
fn every_failed_guard_is_listed() {
    let mut incident = opened();
    let yes = EventKind::FactAnswered {
        fact: Fact::Provider,
        answer: Answer::Yes,
    };
    incident.record(yes, &by(1)).unwrap();
    assert_eq!(
        refusals(incident.record(step(Phase::Containment), &by(2))),
        [Refusal::NoAffectedAsset, Refusal::NoAwareness]
    );
    assert_eq!(
        refusals(incident.record(step(Phase::Eradication), &by(2))),
        [
            Refusal::NoSuchStep,
            Refusal::NoAffectedAsset,
            Refusal::NoAwareness
        ]
    );
    let resolved = EventKind::Closed {
        outcome: CloseOutcome::Resolved,
        reason: text("over"),
    };
    assert_eq!(
        refusals(incident.record(resolved, &by(2))),
        [
            Refusal::NoSuchStep,
            Refusal::NoReview,
            Refusal::ObligationsNotReviewed
        ]
    );
}

#[test]
fn a_compromised_asset_in_production_needs_a_confirmed_action_or_a_waiver() {
    let mut incident = at_phase(Phase::Containment);
    let missing = [Refusal::NoContainment {
        asset: slug("weights"),
    }];
    assert_eq!(
        refusals(incident.record(step(Phase::Eradication), &by(2))),
        missing
    );
    incident
        .record(EventKind::ActionTaken(take_down()), &by(2))
        .unwrap();
    assert_eq!(
        refusals(incident.record(step(Phase::Eradication), &by(2))),
        missing
    );
    let waiver = EventKind::ContainmentWaived {
        asset: slug("weights"),
        why: text("it serves a test alone"),
    };
    incident.record(waiver, &by(2)).unwrap();
    incident.record(step(Phase::Eradication), &by(3)).unwrap();
    assert_eq!(
        refusals(incident.record(step(Phase::Recovery), &by(3))),
        [Refusal::NoRootCause]
    );
}

#[test]
fn drift_may_go_without_eradication_and_poisoning_may_not() {
    for (kind, allowed) in [
        (IncidentKind::DriftConcept, true),
        (IncidentKind::ModelFailurePerformance, true),
        (IncidentKind::AdversarialDataPoisoning, false),
        (IncidentKind::SupplyChainModel, false),
    ] {
        let opening = Opening::new(text("it moved"), kind, Severity::Low);
        let mut incident = Incident::open("INC-2".parse().unwrap(), opening, &by(0)).unwrap();
        incident
            .record(EventKind::AssetRecorded(weights()), &by(0))
            .unwrap();
        incident.record(step(Phase::Containment), &by(1)).unwrap();
        incident.record(cause(), &by(1)).unwrap();
        assert_eq!(
            refusals(incident.record(step(Phase::Recovery), &by(1))),
            [Refusal::NeedsEradication]
        );
        let waiver = EventKind::EradicationWaived {
            why: text("nothing to remove"),
        };
        incident.record(waiver, &by(1)).unwrap();
        let outcome = incident.record(step(Phase::Recovery), &by(1));
        assert_eq!(outcome.is_ok(), allowed, "{kind}");
    }
}

#[test]
fn recovery_ends_when_what_was_planned_is_in_place_and_was_watched() {
    let mut incident = at_phase(Phase::Recovery);
    assert_eq!(
        refusals(incident.record(step(Phase::PostIncident), &by(4))),
        [Refusal::NoPlan]
    );
    let watched = plan().monitored_until(by(9).now());
    incident
        .record(EventKind::RecoveryPlanned(watched), &by(4))
        .unwrap();
    let wrong = RecoveryReceipt::new(slug("back"), Digest::sha256(b"other"));
    incident.record(EventKind::Restored(wrong), &by(5)).unwrap();
    assert_eq!(
        refusals(incident.record(step(Phase::PostIncident), &by(5))),
        [
            Refusal::NotRestored {
                asset: slug("weights")
            },
            Refusal::Monitored {
                asset: slug("weights"),
                until: by(9).now()
            },
        ]
    );
    let right = RecoveryReceipt::new(slug("back"), Digest::sha256(b"good"));
    incident.record(EventKind::Restored(right), &by(6)).unwrap();
    incident.record(step(Phase::PostIncident), &by(9)).unwrap();
}

#[test]
fn a_relapse_forgets_what_was_contained_and_restored() {
    let mut incident = at_phase(Phase::PostIncident);
    incident.record(step(Phase::Containment), &by(6)).unwrap();
    assert!(!incident.recoveries()[&slug("weights")].is_restored());
    assert_eq!(
        refusals(incident.record(step(Phase::Eradication), &by(6))),
        [Refusal::NoContainment {
            asset: slug("weights")
        }]
    );
    let words = text("the endpoint is gone");
    let kind = ActionKind::RemoveFromServing;
    let again = ResponseAction::new(slug("again"), Stage::Containment, kind, words);
    let again = EventKind::ActionTaken(again.on(slug("weights")));
    incident.record(again, &by(6)).unwrap();
    let confirm = EventKind::ActionConfirmed {
        action: slug("again"),
        note: text("it does not answer"),
    };
    incident.record(confirm, &by(6)).unwrap();
    incident.record(step(Phase::Eradication), &by(7)).unwrap();
    incident.record(step(Phase::Recovery), &by(7)).unwrap();
    assert_eq!(
        refusals(incident.record(step(Phase::PostIncident), &by(8))),
        [Refusal::NotRestored {
            asset: slug("weights")
        }]
    );
}

#[test]
fn closing_wants_a_review_and_a_look_at_the_reports() {
    let mut incident = at_phase(Phase::PostIncident);
    let breach = EventKind::FactAnswered {
        fact: Fact::PersonalDataBreach,
        answer: Answer::Yes,
    };
    incident.record(breach, &by(5)).unwrap();
    let aware = EventKind::MomentStated {
        moment: Moment::Aware,
        at: by(0).now(),
    };
    incident.record(aware, &by(5)).unwrap();
    let close = || EventKind::Closed {
        outcome: CloseOutcome::Resolved,
        reason: text("over"),
    };
    let owner = Party::new("Ada Example").unwrap();
    let due: Date = "2026-12-24".parse().unwrap();
    let action = ReviewAction::new(slug("pin"), text("pin datasets by digest"), owner, due);
    let review = PostIncidentReview::new(text("the crawl is not trusted")).with_action(action);
    incident
        .record(EventKind::ReviewHeld(review), &by(6))
        .unwrap();
    assert_eq!(
        refusals(incident.record(close(), &by(6))),
        [Refusal::ObligationsNotReviewed]
    );
    let rules = ReportingRules::built_in();
    let review = incident.review_obligations(rules, by(6).now()).unwrap();
    assert!(review.outstanding.contains_key(&slug("gdpr/33")));
    incident
        .record(EventKind::ObligationsReviewed(review.clone()), &by(6))
        .unwrap();
    let open = refusals(incident.record(close(), &by(6)));
    assert!(
        open.contains(&Refusal::Outstanding {
            rule: slug("gdpr/33")
        }),
        "{open:?}"
    );
    let all: Vec<Slug> = review.outstanding.keys().cloned().collect();
    let review = all.iter().fold(review, |it, rule| {
        it.with_reason(rule, text("by the lawyer"))
    });
    incident
        .record(EventKind::ObligationsReviewed(review), &by(6))
        .unwrap();
    incident.record(close(), &by(7)).unwrap();
    assert!(!incident.is_open());
    assert_eq!(incident.outcome(), Some(CloseOutcome::Resolved));
    assert_eq!(incident.review().unwrap().open_actions().count(), 1);
    // What is closed takes what was still owed, and nothing else.
    assert_eq!(
        refusals(incident.record(EventKind::AssetRecorded(weights()), &by(8))),
        [Refusal::Closed]
    );
    let done = EventKind::ReviewActionDone {
        action: slug("pin"),
        note: text("done"),
    };
    incident.record(done, &by(8)).unwrap();
    assert_eq!(incident.review().unwrap().open_actions().count(), 0);
    incident
        .record(
            EventKind::Reopened {
                reason: text("again"),
            },
            &by(9),
        )
        .unwrap();
    assert_eq!(
        (incident.phase(), incident.outcome()),
        (Phase::Detection, None)
    );
}

#[test]
fn what_was_no_incident_is_closed_with_what_shows_it() {
    let link = Link::new(LinkRelation::DuplicateOf, text("INC-0"));
    let near = EventKind::HarmStated {
        to: Harm::NearMiss,
        reason: text("the canary failed"),
        prevented_by: vec![text("canary")],
    };
    let none = EventKind::Determined {
        to: Determination::FalsePositive,
        reason: text("a test"),
    };
    let cases = [
        (
            CloseOutcome::Duplicate,
            Refusal::NoDuplicate,
            EventKind::Linked(link),
        ),
        (CloseOutcome::NearMissLogged, Refusal::NoNearMiss, near),
        (CloseOutcome::FalsePositive, Refusal::NotFalsePositive, none),
    ];
    for (outcome, refused, shown) in cases {
        let mut incident = opened();
        let close = || EventKind::Closed {
            outcome,
            reason: text("see there"),
        };
        assert_eq!(refusals(incident.record(close(), &by(1))), [refused]);
        incident.record(shown, &by(1)).unwrap();
        incident.record(close(), &by(1)).unwrap();
        assert!(!incident.is_open());
    }
}

#[test]
fn evidence_comes_before_destruction_and_a_hold_before_change() {
    let mut incident = opened();
    incident
        .record(EventKind::AssetRecorded(weights()), &by(1))
        .unwrap();
    let wipe = || {
        EventKind::ActionTaken(
            ResponseAction::new(
                slug("wipe"),
                Stage::Containment,
                ActionKind::ResetMemory,
                text("the memory is emptied"),
            )
            .on(slug("weights"))
            .with_effect(Effect::Destroys),
        )
    };
    assert_eq!(
        refusals(incident.record(wipe(), &by(1))),
        [Refusal::NoEvidence]
    );
    incident
        .record(EventKind::EvidenceCollected(shard()), &by(2))
        .unwrap();
    for fact in [Fact::Provider, Fact::HighRiskSystem, Fact::Death] {
        let yes = EventKind::FactAnswered {
            fact,
            answer: Answer::Yes,
        };
        incident.record(yes, &by(2)).unwrap();
    }
    let held = [Refusal::Held {
        asset: slug("weights"),
    }];
    assert_eq!(refusals(incident.record(wipe(), &by(3))), held);
    let informed = EventKind::AuthorityInformed {
        authority: text("MSA"),
        receipt: None,
    };
    incident.record(informed, &by(4)).unwrap();
    let hold = EventKind::HoldPlaced {
        assets: [slug("weights")].into(),
        why: text("forensics"),
    };
    incident.record(hold, &by(4)).unwrap();
    assert_eq!(refusals(incident.record(wipe(), &by(5))), held);
    incident
        .record(
            EventKind::HoldLifted {
                why: text("copied"),
            },
            &by(6),
        )
        .unwrap();
    incident.record(wipe(), &by(7)).unwrap();
}

#[test]
fn an_order_is_signed_off_by_another_hand() {
    let mut incident = opened();
    let order = QuarantineOrder::new(slug("q1"), text("poisoned")).with_target(asset());
    incident
        .record(EventKind::OrderProposed(order), &by(1))
        .unwrap();
    let sign = || EventKind::OrderSignedOff {
        order: slug("q1"),
        note: text("seen"),
    };
    assert_eq!(
        refusals(incident.record(sign(), &by(2))),
        [Refusal::SameHand { order: slug("q1") }]
    );
    assert_eq!(incident.quarantined(by(2).now()).count(), 0);
    incident.record(sign(), &by_whom(3, "Ada Example")).unwrap();
    assert_eq!(
        incident.quarantined(by(3).now()).collect::<Vec<_>>(),
        [&asset()]
    );
    let lift = EventKind::OrderLifted {
        order: slug("q1"),
        why: text("clean"),
    };
    incident.record(lift, &by(4)).unwrap();
    assert_eq!(incident.quarantined(by(5).now()).count(), 0);
}

#[test]
fn names_that_were_not_recorded_are_refused() {
    let mut incident = opened();
    let custody = Custody::new(by(1).now(), by(1).actor().clone(), CustodyAction::Sealed);
    let cases = [
        EventKind::ActionTaken(take_down()),
        EventKind::ActionConfirmed {
            action: slug("down"),
            note: text("seen"),
        },
        EventKind::ContainmentWaived {
            asset: slug("weights"),
            why: text("none"),
        },
        EventKind::CustodyRecorded {
            evidence: slug("shard"),
            custody,
        },
        EventKind::HoldPlaced {
            assets: [slug("weights")].into(),
            why: text("none"),
        },
        EventKind::OrderLifted {
            order: slug("q1"),
            why: text("none"),
        },
        EventKind::RecoveryPlanned(plan()),
        EventKind::Restored(RecoveryReceipt::new(slug("back"), Digest::sha256(b"good"))),
        EventKind::ReviewActionDone {
            action: slug("pin"),
            note: text("done"),
        },
    ];
    for event in cases {
        let name = event.name();
        let found = refusals(incident.record(event, &by(2)));
        assert!(
            matches!(found[0], Refusal::Unknown { .. }),
            "{name} {found:?}"
        );
    }
    let event = NewEvent::new(note("seen"))
        .field("/words", modelward_incident::Tlp::Red)
        .unwrap();
    let found = refusals(incident.record(event, &by(2)));
    assert_eq!(found[0].code(), "incident.refused.no_field");
}
