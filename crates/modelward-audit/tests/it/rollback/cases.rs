use std::time::Duration;

use modelward_artifact::{Digest, Finding, JsonLimits, Text};
use modelward_audit::rollback::{
    Floor, Outcome, Readiness, Release, RevokedSigner, RollbackPlan, RollbackPolicy,
    RollbackRequest, Stance, StepKind, Suspects, plan_rollback,
};
use modelward_graph::Relation;
use modelward_incident::{Compromise, EventKind, IncidentKind};

use super::{
    MODELS, backup, bad_backup, by, chains, codes, day, graph, incident, name, node, now, release,
    request, selected, toy_graph, toy_incident, toy_releases,
};

#[test]
fn the_newest_release_without_a_reason_is_chosen_and_every_other_one_has_its_reasons() {
    let (graph, incident) = (toy_graph(), toy_incident());
    let request = request(&incident, &graph);
    let request = toy_releases()
        .into_iter()
        .fold(request, RollbackRequest::with_release);
    let plan = plan_rollback(&request);
    assert_eq!(selected(&plan), ["1.1.0"], "{plan}");
    assert_eq!(plan.to(), Some(&MODELS[1].root));
    let expected = ["audit.rollback.present", "audit.rollback.tainted"];
    assert_eq!(codes(&plan, "1.4.0"), expected);
    assert_eq!(codes(&plan, "1.3.0"), ["audit.rollback.tainted"]);
    assert_eq!(codes(&plan, "1.2.0"), ["audit.rollback.backup.mismatch"]);
    let taint = chains(&plan);
    let expected = [
        "d2 -contains-> raw2",
        "m3 -trained on-> d2 -contains-> raw2",
        "m4 -fine-tuned from-> m3 -trained on-> d2 -contains-> raw2",
        "raw2",
    ];
    assert_eq!(taint, expected);
    let steps: Vec<StepKind> = plan.steps().iter().map(|step| step.kind).collect();
    assert_eq!(steps, StepKind::ALL);
    assert!(
        plan.steps()
            .iter()
            .all(|it| it.readiness == Readiness::Ready)
    );
    let again = RollbackPlan::from_json(&plan.to_json(), &JsonLimits::default()).unwrap();
    assert_eq!(again, plan);
    assert_eq!(again.digest(), plan.digest());
}

#[test]
fn every_reason_is_given_with_its_code() {
    let text = |text: &str| -> Text { text.parse().unwrap() };
    let bare = || {
        let id = "m1".parse().unwrap();
        Release::new(id, MODELS[1].root, text("1.1.0"))
            .deployed(day(1), None)
            .passed_gate()
    };
    let stored = || backup(1, now());
    let good = &MODELS[1].good;
    let pickle = Finding::new("bom.pickle", "runs code").about("weights.bin");
    let floor = |floor| RollbackPolicy::default().with_floor(floor);
    let strict = RollbackPolicy::default;
    let unnamed = Release::new("m9".parse().unwrap(), MODELS[1].root, text("1.1.0"))
        .with_signature(good)
        .with_backup(&stored())
        .with_formats(&[])
        .passed_gate();
    let cases = [
        (
            bare().with_signature(good).with_formats(&[]),
            strict(),
            "backup.missing",
        ),
        (
            release(1).with_backup(&bad_backup(1)),
            strict(),
            "backup.mismatch",
        ),
        (
            release(1).with_backup(&backup(2, now())),
            strict(),
            "backup.mismatch",
        ),
        (
            release(1).with_backup(&backup(1, day(98))),
            strict(),
            "backup.stale",
        ),
        (
            release(1).with_backup(&backup(1, day(101))),
            strict(),
            "backup.stale",
        ),
        (
            bare().with_backup(&stored()).with_formats(&[]),
            strict(),
            "signature.none",
        ),
        (
            release(1).with_signature(&MODELS[1].changed),
            strict(),
            "signature.bad",
        ),
        (
            release(1).with_signature(&MODELS[2].good),
            strict(),
            "signature.bad",
        ),
        (
            bare().with_signature(good).with_backup(&stored()),
            strict(),
            "format.unknown",
        ),
        (
            release(1).with_formats(&[pickle]),
            strict(),
            "format.unsafe",
        ),
        (
            release(1).known_bad(text("CVE-2026-1")),
            strict(),
            "known_bad",
        ),
        (
            release(1),
            floor(Floor::Version("1.2.0".parse().unwrap())),
            "below_floor",
        ),
        (
            release(1),
            floor(Floor::Digest(Digest::sha256(b"elsewhere"))),
            "below_floor",
        ),
        (unnamed, strict(), "not_in_graph"),
    ];
    let (graph, incident) = (toy_graph(), toy_incident());
    for (release, policy, code) in cases {
        let request = request(&incident, &graph)
            .with_policy(policy)
            .with_release(release);
        let plan = plan_rollback(&request);
        assert_eq!(codes(&plan, "1.1.0"), [format!("audit.rollback.{code}")]);
        assert!(selected(&plan).is_empty());
        assert!(matches!(plan.outcome(), Outcome::NoSafeVersion { .. }));
        assert!(plan.steps().iter().all(|step| step.kind.contains_harm()));
    }
}

#[test]
fn what_was_refused_is_told_with_its_cause() {
    let (graph, incident) = (toy_graph(), toy_incident());
    let text = |release: Release| {
        plan_rollback(&request(&incident, &graph).with_release(release)).to_string()
    };
    let backup = text(release(1).with_backup(&bad_backup(1)));
    assert!(backup.contains("audit.rollback.backup.changed"), "{backup}");
    let signature = text(release(1).with_signature(&MODELS[1].changed));
    assert!(signature.contains("sign.file.changed"), "{signature}");
}

#[test]
fn what_is_in_production_is_noted_where_no_release_is_it() {
    let (graph, incident) = (toy_graph(), toy_incident());
    for (number, expected) in [(1, true), (4, false)] {
        let plan = plan_rollback(&request(&incident, &graph).with_release(release(number)));
        let mut notes = plan.notes().iter();
        let found = notes.any(|note| note.code == "audit.rollback.present.unlisted");
        assert_eq!(found, expected, "{plan}");
    }
}

#[test]
fn the_floor_itself_is_not_below_it_whenever_it_was_deployed() {
    let (graph, incident) = (toy_graph(), toy_incident());
    let undated = Release::new(
        "m1".parse().unwrap(),
        MODELS[1].root,
        "1.1.0".parse().unwrap(),
    );
    let undated = undated
        .with_signature(&MODELS[1].good)
        .with_backup(&backup(1, now()))
        .with_formats(&[])
        .passed_gate();
    for (floor, expected) in [(1, &["1.1.0"][..]), (2, &[])] {
        let floor = Floor::Digest(MODELS[floor].root);
        let request = request(&incident, &graph)
            .with_policy(RollbackPolicy::default().with_floor(floor))
            .with_release(undated.clone());
        assert_eq!(selected(&plan_rollback(&request)), expected);
    }
}

#[test]
fn a_revoked_signer_counts_only_before_the_compromise_of_the_key_and_by_proof() {
    let (graph, incident) = (toy_graph(), toy_incident());
    let plan = |release| {
        let request = request(&incident, &graph)
            .with_revoked(RevokedSigner::new(MODELS[1].key, day(50)))
            .with_revoked(RevokedSigner::new(MODELS[1].key, day(60)))
            .with_release(release);
        plan_rollback(&request)
    };
    let refused = ["audit.rollback.signer_revoked"];
    assert_eq!(codes(&plan(release(1)), "1.1.0"), refused);
    let late = release(1).signed_before(day(50));
    assert_eq!(codes(&plan(late), "1.1.0"), refused);
    assert_eq!(
        selected(&plan(release(1).signed_before(day(49)))),
        ["1.1.0"]
    );
}

#[test]
fn what_the_graph_does_not_know_is_refused_unless_the_policy_allows_it() {
    let incident = toy_incident();
    let known = graph(&["m1", "raw2"], &[("m1", Relation::TrainedOn, "d1")]);
    let plan = |graph, policy: RollbackPolicy| {
        let request = request(&incident, graph);
        plan_rollback(&request.with_policy(policy).with_release(release(1)))
    };
    let strict = RollbackPolicy::default;
    let refused = codes(&plan(&known, strict()), "1.1.0");
    assert_eq!(refused, ["audit.rollback.closure.incomplete"]);
    let lax = strict().with_incomplete_closures(Stance::Allow);
    assert_eq!(selected(&plan(&known, lax)), ["1.1.0"]);

    let without_root = graph(&["m1"], &[]);
    let refused = plan(&without_root, strict());
    assert_eq!(codes(&refused, "1.1.0"), ["audit.rollback.taint_unknown"]);
    assert_eq!(refused.notes()[0].code, "audit.rollback.asset.unlisted");
    let unmatched = |plan: &RollbackPlan| {
        let mut notes = plan.notes().iter();
        notes.any(|note| note.code == "audit.rollback.root.unmatched")
    };
    assert!(unmatched(&refused));
    let lax = plan(&without_root, strict().with_unmatched_roots(Stance::Allow));
    assert_eq!(selected(&lax), ["1.1.0"]);
    assert!(unmatched(&lax));

    let mut builder = modelward_graph::SupplyGraphBuilder::default();
    let other = node("m1").with_digest(Digest::sha256(b"other"));
    builder
        .add_node(&other)
        .unwrap()
        .add_node(&node("raw2"))
        .unwrap();
    let other = builder.build().unwrap();
    let refused = codes(&plan(&other, strict()), "1.1.0");
    assert_eq!(refused, ["audit.rollback.identity"]);
}

#[test]
fn what_was_made_before_the_compromise_is_not_tainted_by_it_but_needs_what_is() {
    let graph = graph(
        &["m1", "m2", "d"],
        &[
            ("m1", Relation::TrainedOn, "d"),
            ("m2", Relation::TrainedOn, "d"),
        ],
    );
    let mut incident = incident(IncidentKind::AdversarialDataPoisoning);
    name(&mut incident, "d", Compromise::Confirmed, Some(10));
    let request = request(&incident, &graph)
        .with_release(release(1).produced(day(9)))
        .with_release(release(2));
    let plan = plan_rollback(&request);
    let taint: Vec<&str> = plan.taint().iter().map(|it| it.node.as_str()).collect();
    assert_eq!(taint, ["d", "m2"]);
    assert_eq!(codes(&plan, "1.1.0"), ["audit.rollback.closure.tainted"]);
    assert_eq!(codes(&plan, "1.2.0"), ["audit.rollback.tainted"]);
}

#[test]
fn a_suspicion_taints_unless_the_policy_ignores_it() {
    let graph = toy_graph();
    for compromise in [Compromise::Suspected, Compromise::Unknown] {
        let mut incident = incident(IncidentKind::AdversarialDataPoisoning);
        name(&mut incident, "raw1", compromise, None);
        let plan = |policy: RollbackPolicy| {
            let request = request(&incident, &graph);
            plan_rollback(&request.with_policy(policy).with_release(release(1)))
        };
        let strict = plan(RollbackPolicy::default());
        assert_eq!(codes(&strict, "1.1.0"), ["audit.rollback.tainted"]);
        let lax = plan(RollbackPolicy::default().with_suspects(Suspects::Ignore));
        assert_eq!(selected(&lax), ["1.1.0"]);
        assert!(
            lax.notes()
                .iter()
                .any(|it| it.code == "audit.rollback.root.ignored")
        );
    }
}

#[test]
fn repairs_are_ranked_by_the_work_that_they_are() {
    let incident = toy_incident();
    let needs = ("m3", Relation::TrainedOn, "raw2");
    let graph = graph(&["m1", "m2", "m3", "m5", "raw2"], &[needs]);
    let old = RollbackPolicy::default().with_backup_max_age(Duration::ZERO);
    let request = request(&incident, &graph)
        .with_policy(old)
        .with_release(Release::new(
            "m2".parse().unwrap(),
            MODELS[2].root,
            "2".parse().unwrap(),
        ))
        .with_release(release(1).with_backup(&backup(1, day(99))))
        .with_release(release(5).with_backup(&bad_backup(5)))
        .with_release(release(3));
    let plan = plan_rollback(&request);
    let Outcome::NoSafeVersion { repairs } = plan.outcome() else {
        panic!("{plan}");
    };
    let ranked: Vec<_> = repairs.iter().map(|it| (it.root, it.effort)).collect();
    // A look again; then a look and other bytes, which are fewer than all that is missing.
    let expected = [
        (MODELS[1].root, 1),
        (MODELS[5].root, 3),
        (MODELS[2].root, 7),
    ];
    assert_eq!(ranked, expected);
    assert_eq!(repairs[0].remedies, ["verify the backup again"]);
    assert_eq!(repairs[2].reasons.len(), 4);
}

#[test]
fn going_back_does_not_help_against_drift() {
    let graph = toy_graph();
    let mut incident = incident(IncidentKind::DriftData);
    let plan = |incident: &_| {
        let request = request(incident, &graph);
        plan_rollback(&request.with_release(release(1)))
    };
    let unhelpful = plan(&incident);
    assert_eq!(unhelpful.outcome(), &Outcome::Unhelpful);
    assert!(unhelpful.steps().is_empty() && selected(&unhelpful).is_empty());
    name(&mut incident, "raw2", Compromise::Confirmed, None);
    assert_eq!(selected(&plan(&incident)), ["1.1.0"]);
}

#[test]
fn steps_that_alter_are_held_while_the_assets_are() {
    let graph = toy_graph();
    let mut incident = toy_incident();
    name(&mut incident, "model", Compromise::Confirmed, None);
    let hold = EventKind::HoldPlaced {
        assets: ["model".parse().unwrap()].into(),
        why: "the cause is not known".parse().unwrap(),
    };
    incident.record(hold, &by()).unwrap();
    let request = request(&incident, &graph);
    let plan = plan_rollback(&request.with_release(release(4)).with_release(release(1)));
    let held = plan
        .steps()
        .iter()
        .filter(|it| it.readiness == Readiness::Held);
    let held: Vec<StepKind> = held.map(|it| it.kind).collect();
    let alter = [
        StepKind::Restore,
        StepKind::VerifyDigests,
        StepKind::PointAlias,
    ];
    assert_eq!(held, alter);
}
