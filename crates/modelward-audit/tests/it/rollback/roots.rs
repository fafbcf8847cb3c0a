//! What is compromised, by the words of the record.

use modelward_artifact::{Digest, Party};
use modelward_audit::rollback::{RollbackPlan, plan_both_ways, plan_rollback};
use modelward_graph::{Relation, SupplyGraph, SupplyGraphBuilder};
use modelward_incident::log::Context;
use modelward_incident::{
    AffectedAsset, AssetKind, AssetRef, Compromise, CompromiseWindow, EventKind, Fidelity,
    Incident, IncidentKind, QuarantineOrder, TimeSpec,
};

use super::{by, codes, day, graph, incident, name, node, release, request, selected};

fn tainted(plan: &RollbackPlan) -> Vec<&str> {
    plan.taint().iter().map(|it| it.node.as_str()).collect()
}

/// A record that says one thing to be compromised.
fn of(asset: AssetRef) -> Incident {
    let mut incident = incident(IncidentKind::AdversarialDataPoisoning);
    let asset = AffectedAsset::new(
        "it".parse().unwrap(),
        AssetKind::Dataset,
        "it".parse().unwrap(),
    )
    .with_ref(asset)
    .with_compromise(Compromise::Confirmed);
    let recorded = EventKind::AssetRecorded(asset);
    incident.record(recorded, &by()).unwrap();
    incident
}

fn data() -> SupplyGraph {
    graph(
        &[
            "pkg:generic/acme/data",
            "pkg:generic/acme/data@1",
            "pkg:generic/acme/data@2",
            "pkg:generic/acme/data@2?arch=x",
            "pkg:generic/acme/database@1",
            "bom.json#data",
            "m1",
        ],
        &[("m1", Relation::TrainedOn, "pkg:generic/acme/data@2")],
    )
}

#[test]
fn a_package_url_means_every_version_that_it_may_mean_and_no_other_package() {
    let graph = data();
    for (purl, expected) in [
        (
            "pkg:generic/acme/data",
            &[
                "m1",
                "pkg:generic/acme/data",
                "pkg:generic/acme/data@1",
                "pkg:generic/acme/data@2",
                "pkg:generic/acme/data@2?arch=x",
            ][..],
        ),
        (
            "pkg:generic/acme/data@1",
            &["pkg:generic/acme/data", "pkg:generic/acme/data@1"],
        ),
        (
            "pkg:generic/acme/data@2",
            &[
                "m1",
                "pkg:generic/acme/data",
                "pkg:generic/acme/data@2",
                "pkg:generic/acme/data@2?arch=x",
            ],
        ),
    ] {
        let incident = of(AssetRef::purl(purl).unwrap());
        assert_eq!(
            tainted(&plan_rollback(&request(&incident, &graph))),
            expected
        );
    }
    let incident = of(AssetRef::bom_ref("data").unwrap());
    let plan = plan_rollback(&request(&incident, &graph));
    assert_eq!(tainted(&plan), ["bom.json#data"]);
}

#[test]
fn an_order_of_quarantine_in_force_is_a_root_and_one_that_nobody_signed_off_is_not() {
    let digest = Digest::sha256(b"shard");
    let mut builder = SupplyGraphBuilder::default();
    let shard = node("shard").with_digest(digest);
    builder
        .add_node(&shard)
        .unwrap()
        .add_node(&node("m1"))
        .unwrap();
    let edge = ("m1".parse().unwrap(), "shard".parse().unwrap());
    builder
        .relate(&edge.0, Relation::TrainedOn, &edge.1)
        .unwrap();
    let graph = builder.build().unwrap();
    let mut incident = incident(IncidentKind::AdversarialDataPoisoning);
    let order = QuarantineOrder::new("q-1".parse().unwrap(), "poisoned".parse().unwrap())
        .with_target(AssetRef::Digest(digest))
        .until(day(200));
    let proposed = EventKind::OrderProposed(order);
    incident.record(proposed, &by()).unwrap();
    let plan =
        |incident: &Incident| plan_rollback(&request(incident, &graph).with_release(release(1)));
    assert_eq!(selected(&plan(&incident)), ["1.1.0"]);
    let signed_off = EventKind::OrderSignedOff {
        order: "q-1".parse().unwrap(),
        note: "compared".parse().unwrap(),
    };
    let other = Context::new(day(91), Party::new("Bo Example").unwrap());
    incident.record(signed_off, &other).unwrap();
    assert_eq!(codes(&plan(&incident), "1.1.0"), ["audit.rollback.tainted"]);
    let later = request(&incident, &graph).at(day(201));
    assert!(plan_rollback(&later).taint().is_empty());
}

#[test]
fn where_nobody_can_say_what_is_affected_nothing_is_safe() {
    let graph = graph(&["m1"], &[]);
    let mut incident = incident(IncidentKind::AdversarialDataPoisoning);
    let unknown = EventKind::AssetsUnknown {
        why: "the logs are gone".parse().unwrap(),
    };
    incident.record(unknown, &by()).unwrap();
    let plan = plan_rollback(&request(&incident, &graph).with_release(release(1)));
    assert_eq!(codes(&plan, "1.1.0"), ["audit.rollback.taint_unknown"]);
}

#[test]
fn a_compromise_began_at_the_first_instant_that_its_time_may_mean() {
    let graph = graph(&["d", "m1"], &[("m1", Relation::TrainedOn, "d")]);
    let mut incident = incident(IncidentKind::AdversarialDataPoisoning);
    // Some time in January, and the model was made on the sixth.
    let window = CompromiseWindow::new(TimeSpec::new(day(20), Fidelity::Month), None);
    let asset = AffectedAsset::new(
        "d".parse().unwrap(),
        AssetKind::Dataset,
        "d".parse().unwrap(),
    )
    .with_ref(AssetRef::bom_ref("d").unwrap())
    .with_compromise(Compromise::Confirmed)
    .with_window(window);
    let recorded = EventKind::AssetRecorded(asset);
    incident.record(recorded, &by()).unwrap();
    let made = request(&incident, &graph).with_release(release(1).produced(day(5)));
    let plan = plan_rollback(&made);
    assert_eq!(codes(&plan, "1.1.0"), ["audit.rollback.tainted"]);
}

#[test]
fn of_two_times_at_which_something_was_made_the_later_one_holds() {
    let graph = graph(&["d", "m1"], &[("m1", Relation::TrainedOn, "d")]);
    let mut incident = incident(IncidentKind::AdversarialDataPoisoning);
    name(&mut incident, "d", Compromise::Confirmed, Some(10));
    let node = || "m1".parse().unwrap();
    for times in [[5, 15], [15, 5]] {
        let made = times
            .into_iter()
            .fold(request(&incident, &graph), |it, at| {
                it.with_produced(node(), day(at))
            });
        let plan = plan_rollback(&made.with_release(release(1).produced(day(1))));
        assert_eq!(codes(&plan, "1.1.0"), ["audit.rollback.tainted"]);
    }
}

#[test]
fn both_plans_are_shown_and_differ_by_what_is_suspected_alone() {
    let graph = graph(
        &["d", "e", "m1", "m2"],
        &[
            ("m1", Relation::TrainedOn, "d"),
            ("m2", Relation::TrainedOn, "e"),
        ],
    );
    let mut incident = incident(IncidentKind::AdversarialDataPoisoning);
    name(&mut incident, "e", Compromise::Suspected, None);
    let both = request(&incident, &graph)
        .with_release(release(1))
        .with_release(release(2));
    let both = plan_both_ways(&both);
    assert_eq!(selected(both.strict()), ["1.1.0"]);
    assert_eq!(selected(both.relaxed()), ["1.2.0"]);
    assert!(!both.agree());
    let text = both.to_string();
    assert!(text.contains("with suspicions: go back to 1.1.0"), "{text}");
    assert!(
        text.contains("without suspicions: go back to 1.2.0"),
        "{text}"
    );
}

#[test]
fn a_data_set_goes_back_as_a_model_does() {
    let graph = graph(&["m1", "m4", "raw"], &[("m4", Relation::Contains, "raw")]);
    let mut incident = incident(IncidentKind::AdversarialDataPoisoning);
    name(&mut incident, "raw", Compromise::Confirmed, None);
    // The bytes of these releases stand for two versions of an archive.
    let archive = request(&incident, &graph)
        .with_release(release(4))
        .with_release(release(1));
    let plan = plan_rollback(&archive);
    assert_eq!(selected(&plan), ["1.1.0"]);
    assert!(
        plan.steps()
            .iter()
            .all(|it| !it.kind.action().contains("model"))
    );
}
