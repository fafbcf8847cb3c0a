//! Every short sequence of a few events, so that no order of them leads where the rules do not.

use modelward_artifact::JsonLimits;
use modelward_incident::log::Context;
use modelward_incident::{
    Answer, CloseOutcome, Compromise, EventKind, Fact, Incident, Moment, NewEvent, Phase,
    PostIncidentReview, ReportingRules, RootCause, Slug,
};

use super::oracle::{Story, may_follow_closing};
use crate::{by, note, opened, step, text, weights};

fn closed(outcome: CloseOutcome) -> EventKind {
    let reason = text("over");
    EventKind::Closed { outcome, reason }
}

/// The steps of the phases, and what their guards ask for.
fn alphabet(incident: &Incident, minute: u32) -> Vec<EventKind> {
    let asset = weights().with_compromise(Compromise::Confirmed);
    let why = || text("no need");
    let cause = RootCause::Known {
        cause: text("a crawl"),
    };
    let rules = ReportingRules::built_in();
    let reviewed = incident
        .review_obligations(rules, by(minute).now())
        .unwrap();
    let all: Vec<Slug> = reviewed.outstanding.keys().cloned().collect();
    let reviewed = all.iter().fold(reviewed, |it, rule| {
        it.with_reason(rule, text("sent by post"))
    });
    let mut events: Vec<_> = Phase::ALL.into_iter().map(step).collect();
    events.extend([CloseOutcome::NotAnIncident, CloseOutcome::Resolved].map(closed));
    events.extend([
        EventKind::Reopened { reason: why() },
        EventKind::AssetRecorded(asset.in_production()),
        EventKind::ContainmentWaived {
            asset: "weights".parse().unwrap(),
            why: why(),
        },
        EventKind::EradicationWaived { why: why() },
        EventKind::RootCauseStated(cause),
        EventKind::RecoveryWaived { why: why() },
        EventKind::ReviewHeld(PostIncidentReview::new(text("summed up"))),
        EventKind::FactAnswered {
            fact: Fact::Death,
            answer: Answer::Yes,
        },
        EventKind::MomentStated {
            moment: Moment::Aware,
            at: by(0).now(),
        },
        EventKind::ObligationsReviewed(reviewed),
        note("seen"),
    ]);
    events
}

/// Says whether the rules allow the event, told from the timeline alone.
fn allows(incident: &Incident, kind: &EventKind, at: &Context) -> bool {
    let story = Story(incident.timeline());
    let is_closed = story.phase() == Phase::Closed;
    if is_closed && !may_follow_closing(kind) {
        return false;
    }
    match kind {
        EventKind::PhaseChanged { .. } | EventKind::Closed { .. } | EventKind::Reopened { .. } => {
            story.allows(kind, at.now())
        }
        EventKind::ContainmentWaived { .. } => {
            let mut kinds = incident
                .timeline()
                .iter()
                .map(modelward_incident::Event::kind);
            kinds.any(|kind| matches!(kind, EventKind::AssetRecorded(_)))
        }
        EventKind::ReviewHeld(_) => story.phase() == Phase::PostIncident,
        _ => true,
    }
}

fn walk(incident: &Incident, length: u32) -> usize {
    if length == 0 {
        let record = incident.to_json().unwrap();
        let read = Incident::from_json(&record, &JsonLimits::default()).unwrap();
        assert_eq!(&read, incident);
        return 1;
    }
    let minute = 59 - length;
    let at = by(minute);
    let mut walks = 0;
    for kind in alphabet(incident, minute) {
        let allowed = allows(incident, &kind, &at);
        let mut next = incident.clone();
        let made = next.record(NewEvent::new(kind.clone()), &at).map(|_| ());
        assert_eq!(made.is_ok(), allowed, "{kind:?} {made:?} {incident:#?}");
        if allowed {
            walks += walk(&next, length - 1);
        } else {
            assert_eq!(&next, incident, "{kind:?}");
        }
    }
    walks
}

#[test]
fn no_order_of_events_breaks_a_rule() {
    assert!(walk(&opened(), 3) > 100);
}

#[test]
fn no_order_of_events_breaks_a_rule_further_on() {
    let mut incident = opened();
    let why = || text("no need");
    let asset = weights()
        .with_compromise(Compromise::Confirmed)
        .in_production();
    let id = asset.id.clone();
    let cause = RootCause::Unknown {
        why: text("the logs are gone"),
    };
    let ways = [
        (Phase::Containment, EventKind::AssetRecorded(asset)),
        (
            Phase::Eradication,
            EventKind::ContainmentWaived {
                asset: id,
                why: why(),
            },
        ),
        (Phase::Recovery, EventKind::RootCauseStated(cause)),
        (
            Phase::PostIncident,
            EventKind::RecoveryWaived { why: why() },
        ),
    ];
    for (to, event) in ways {
        incident.record(event, &by(1)).unwrap();
        incident.record(step(to), &by(1)).unwrap();
        assert!(walk(&incident, 3) > 100, "{to}");
    }
    incident
        .record(
            EventKind::ReviewHeld(PostIncidentReview::new(text("summed up"))),
            &by(1),
        )
        .unwrap();
    incident
        .record(closed(CloseOutcome::Resolved), &by(1))
        .unwrap();
    assert!(walk(&incident, 3) > 10);
}
