//! What else is known of a release: advisories, other incidents, the gate of its release.

use modelward_audit::rollback::{
    Flaw, Reason, Release, RollbackPlan, RollbackPolicy, RollbackRequest, Stance, plan_rollback,
};
use modelward_graph::Relation;
use modelward_incident::{
    CloseOutcome, Compromise, Determination, EventKind, Incident, IncidentKind, Opening, Severity,
};

use super::{
    MODELS, backup, by, codes, day, graph, incident, name, now, present, release, selected,
    toy_graph, toy_incident,
};

const KNOWN_BAD: [&str; 1] = ["audit.rollback.known_bad"];

fn other(id: &str) -> Incident {
    let kind = IncidentKind::AdversarialDataPoisoning;
    let opening = Opening::new("older".parse().unwrap(), kind, Severity::High);
    let mut other = Incident::open(id.parse().unwrap(), opening, &by()).unwrap();
    name(&mut other, "m1", Compromise::Suspected, None);
    other
}

#[test]
fn an_advisory_that_came_after_a_release_speaks_against_all_that_needs_what_is_flawed() {
    let graph = graph(&["lib", "m1"], &[("m1", Relation::Contains, "lib")]);
    let incident = incident(IncidentKind::AdversarialDataPoisoning);
    let flaw = || Flaw::new("lib".parse().unwrap(), "CVE-2026-7".parse().unwrap());
    let plan = |flaw: Flaw| -> RollbackPlan {
        let request = super::request(&incident, &graph).with_flaws([flaw]);
        plan_rollback(&request.with_release(release(1)))
    };
    // It was deployed on the first day.
    assert_eq!(codes(&plan(flaw()), "1.1.0"), KNOWN_BAD);
    assert_eq!(codes(&plan(flaw().published(day(2))), "1.1.0"), KNOWN_BAD);
    assert_eq!(selected(&plan(flaw().published(day(1)))), ["1.1.0"]);
    let elsewhere = Flaw::new("other".parse().unwrap(), "CVE-2026-7".parse().unwrap());
    assert_eq!(selected(&plan(elsewhere)), ["1.1.0"]);
}

#[test]
fn another_incident_speaks_against_what_it_names_unless_it_came_to_nothing() {
    let (graph, incident) = (toy_graph(), toy_incident());
    let plan = |others: &[Incident]| {
        let request = super::request(&incident, &graph).with_incidents(others);
        plan_rollback(&request.with_release(release(1)))
    };
    let open = other("INC-0");
    let known_bad = plan(std::slice::from_ref(&open));
    assert_eq!(codes(&known_bad, "1.1.0"), KNOWN_BAD);
    assert!(known_bad.to_string().contains("INC-0"), "{known_bad}");

    let mut cleared = other("INC-0");
    name(&mut cleared, "m1", Compromise::Cleared, None);
    assert_eq!(selected(&plan(&[cleared])), ["1.1.0"]);

    let mut nothing = other("INC-0");
    let determined = EventKind::Determined {
        to: Determination::FalsePositive,
        reason: "a mistake".parse().unwrap(),
    };
    nothing.record(determined, &by()).unwrap();
    let closed = EventKind::Closed {
        outcome: CloseOutcome::FalsePositive,
        reason: "a mistake".parse().unwrap(),
    };
    nothing.record(closed, &by()).unwrap();
    assert_eq!(selected(&plan(&[nothing])), ["1.1.0"]);
    // The incident itself may stand among all.
    assert_eq!(selected(&plan(std::slice::from_ref(&incident))), ["1.1.0"]);
}

#[test]
fn where_nobody_looked_is_said_and_the_policy_may_allow_it() {
    let (graph, incident) = (toy_graph(), toy_incident());
    let never = Release::new(
        "m1".parse().unwrap(),
        MODELS[1].root,
        "1.1.0".parse().unwrap(),
    )
    .with_signature(&MODELS[1].good)
    .with_backup(&backup(1, now()))
    .with_formats(&[]);
    let request = RollbackRequest::new(&incident, &graph, present(), now());
    let request = request.with_release(never);
    let plan = plan_rollback(&request);
    let [Reason::HealthUnknown { missing }] = &plan.candidates()[0].reasons[..] else {
        panic!("{plan}");
    };
    let missing: Vec<&str> = missing.iter().map(|it| it.name()).collect();
    let expected = ["advisories", "the gate of its release", "other incidents"];
    assert_eq!(missing, expected);
    let lax = RollbackPolicy::default().with_unknown_health(Stance::Allow);
    assert_eq!(
        selected(&plan_rollback(&request.with_policy(lax))),
        ["1.1.0"]
    );
}
