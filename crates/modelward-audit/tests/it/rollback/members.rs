//! What is restored together with a release.

use modelward_artifact::{Digest, Verdict};
use modelward_audit::rollback::{
    Reason, Restoration, RestoredMember, RollbackPlan, RollbackPolicy, RollbackRequest, Stance,
    attest_plan, plan_rollback, verify_attested_plan, verify_plan,
};
use modelward_graph::{Derivation, Node, NodeKind, Relation, SupplyGraph, SupplyGraphBuilder};
use modelward_incident::{Incident, IncidentKind};
use modelward_sign::{SigningKey, VerifyPolicy};

use super::{MODELS, backup, bad_backup, codes, incident, node, release, selected};

/// m1 was tuned from the base m2, which learned from the data set d, whose bytes are those of model 3.
fn chain(stated: [Digest; 2]) -> SupplyGraph {
    let data = Node::new("d".parse().unwrap(), NodeKind::Dataset, "d").with_digest(stated[1]);
    let mut builder = SupplyGraphBuilder::default();
    for node in [node("m1"), node("m2").with_digest(stated[0]), data] {
        builder.add_node(&node).unwrap();
    }
    let tuned = Relation::DerivedFrom(Derivation::Finetune);
    let edges = [("m1", tuned, "m2"), ("m2", Relation::TrainedOn, "d")];
    builder.relate_all(&edges).unwrap();
    builder.build().unwrap()
}

fn graph() -> SupplyGraph {
    chain([MODELS[2].root, MODELS[3].root])
}

fn member(id: &str, number: usize) -> RestoredMember {
    RestoredMember::new(id.parse().unwrap(), MODELS[number].root)
        .with_statement(&Verdict::Verified(MODELS[number].statement.clone()))
        .with_backup(&backup(number, super::now()))
}

fn request<'a>(incident: &'a Incident, graph: &'a SupplyGraph) -> RollbackRequest<'a> {
    let policy = RollbackPolicy::default()
        .with_restored(NodeKind::Model)
        .with_restored(NodeKind::Dataset);
    super::request(incident, graph)
        .with_policy(policy)
        .with_release(release(1))
}

fn plan(graph: &SupplyGraph, members: Vec<RestoredMember>) -> RollbackPlan {
    let incident = incident(IncidentKind::AdversarialDataPoisoning);
    let request = request(&incident, graph);
    let request = members
        .into_iter()
        .fold(request, RollbackRequest::with_member);
    plan_rollback(&request)
}

#[test]
fn members_are_restored_before_what_needs_them() {
    let plan = plan(&graph(), vec![member("m2", 2), member("d", 3)]);
    assert_eq!(selected(&plan), ["1.1.0"], "{plan}");
    let order: Vec<&str> = plan
        .restorations()
        .iter()
        .map(|it| it.node.as_str())
        .collect();
    assert_eq!(order, ["d", "m2", "m1"]);
    let key = SigningKey::generate();
    let bundle = attest_plan(&plan, &key, &Default::default()).unwrap();
    let policy = VerifyPolicy::key(key.public_key().clone());
    assert_eq!(
        verify_attested_plan(&bundle, &policy).unwrap().verified(),
        Some(&plan)
    );
}

#[test]
fn a_member_that_is_not_known_well_enough_keeps_its_release_back() {
    let bare = || RestoredMember::new("d".parse().unwrap(), MODELS[3].root);
    let cases = [
        (None, &["signature.none", "backup.missing"][..]),
        (Some(bare()), &["signature.none", "backup.missing"]),
        (
            Some(member("d", 3).with_backup(&bad_backup(3))),
            &["backup.mismatch"],
        ),
        (Some(member("d", 4)), &["identity"]),
    ];
    for (data, expected) in cases {
        let members = [Some(member("m2", 2)), data].into_iter().flatten();
        let plan = plan(&graph(), members.collect());
        assert_eq!(codes(&plan, "1.1.0"), ["audit.rollback.member_unverified"]);
        let Reason::MemberUnverified { count, members } = &plan.candidates()[0].reasons[0] else {
            panic!("{plan}");
        };
        assert_eq!((*count, members[0].node.as_str()), (1, "d"));
        let found: Vec<&str> = members[0].reasons.iter().map(Reason::code).collect();
        let expected: Vec<String> = expected
            .iter()
            .map(|it| format!("audit.rollback.{it}"))
            .collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_member_whose_digest_the_graph_does_not_state_is_not_known_to_be_the_one_that_is_needed() {
    let blake = Digest::sha256(b"something else");
    let plan = plan(
        &chain([MODELS[2].root, blake]),
        vec![member("m2", 2), member("d", 3)],
    );
    assert_eq!(codes(&plan, "1.1.0"), ["audit.rollback.member_unverified"]);
}

#[test]
fn every_member_has_to_be_observed_in_place() {
    let incident = incident(IncidentKind::AdversarialDataPoisoning);
    let graph = graph();
    let request = request(&incident, &graph)
        .with_member(member("m2", 2))
        .with_member(member("d", 3));
    let plan = plan_rollback(&request);
    let verified = verify_plan(&plan, &request).into_result().unwrap();
    let all = plan.restorations();
    assert!(verified.check_observed(all, &request).verified().is_some());
    let findings = verified.check_observed(&all[1..], &request).into_result();
    assert!(findings.unwrap_err().has("audit.rollback.receipt.missing"));
    let mut swapped = all.to_vec();
    swapped[0] = Restoration::new(swapped[0].node.clone(), MODELS[5].root);
    let findings = verified.check_observed(&swapped, &request).into_result();
    assert!(findings.unwrap_err().has("audit.rollback.receipt.observed"));
}

#[test]
fn a_cycle_ends() {
    let tuned = Relation::DerivedFrom(Derivation::Merge);
    let ids: Vec<String> = (0..50).map(|number| format!("x{number}")).collect();
    let mut builder = SupplyGraphBuilder::default();
    for id in ids.iter().map(String::as_str).chain(["m1"]) {
        builder.add_node(&node(id)).unwrap();
    }
    for (at, id) in ids.iter().enumerate() {
        let next = &ids[(at + 1) % ids.len()];
        builder
            .relate_all(&[(id.as_str(), tuned, next.as_str())])
            .unwrap();
    }
    builder
        .relate_all(&[("m1", tuned, "x0"), ("x25", tuned, "m1")])
        .unwrap();
    let graph = builder.build().unwrap();
    let lax = RollbackPolicy::default().with_unsafe_formats(Stance::Allow);
    let clean = incident(IncidentKind::AdversarialDataPoisoning);
    let request = super::request(&clean, &graph)
        .with_policy(lax)
        .with_release(release(1));
    assert_eq!(selected(&plan_rollback(&request)), ["1.1.0"]);
    let mut bad = incident(IncidentKind::AdversarialDataPoisoning);
    super::name(
        &mut bad,
        "x10",
        modelward_incident::Compromise::Confirmed,
        None,
    );
    let plan = plan_rollback(&super::request(&bad, &graph).with_release(release(1)));
    assert_eq!(plan.taint().len(), 51);
    assert_eq!(super::chains(&plan).len(), 51);
}
