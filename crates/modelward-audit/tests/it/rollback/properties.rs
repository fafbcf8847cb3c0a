use modelward_audit::rollback::{
    CandidateVerdict, Reason, Release, RollbackPlan, RollbackRequest, Witness, plan_rollback,
};
use modelward_graph::{Derivation, FindingClass, Relation, SupplyGraph};
use modelward_incident::{Compromise, Incident, IncidentKind};
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, prop_assert, prop_assert_eq};
use proptest::proptest;

use super::{MODELS, backup, day, graph, incident, name, now, present, release, request};

const NODES: [&str; 10] = ["m0", "m1", "m2", "m3", "m4", "m5", "d0", "d1", "d2", "d3"];
const RELATIONS: [Relation; 4] = [
    Relation::Contains,
    Relation::DerivedFrom(Derivation::Finetune),
    Relation::EvaluatedOn,
    Relation::TrainedOn,
];

type Edges = Vec<(&'static str, Relation, &'static str)>;

/// Relations at random, cycles among them.
fn edges() -> impl Strategy<Value = Edges> {
    let edge = (0..NODES.len(), 0..RELATIONS.len(), 0..NODES.len())
        .prop_filter("a thing does not need itself", |(from, _, to)| from != to)
        .prop_map(|(from, relation, to)| (NODES[from], RELATIONS[relation], NODES[to]));
    prop::collection::vec(edge, 0..14)
}

fn roots() -> impl Strategy<Value = Vec<(usize, Option<u64>)>> {
    prop::collection::vec((0..NODES.len(), any::<bool>(), 0..8_u64), 0..3).prop_map(|roots| {
        let roots = roots.into_iter();
        roots
            .map(|(node, bound, from)| (node, bound.then_some(from)))
            .collect()
    })
}

fn plan(graph: &SupplyGraph, roots: &[(usize, Option<u64>)], order: &[usize]) -> RollbackPlan {
    let mut incident = incident(IncidentKind::AdversarialDataPoisoning);
    // An asset that is recorded again takes the place of the old one, so the earliest is kept.
    let mut kept = std::collections::BTreeMap::new();
    for (node, from) in roots {
        let known = kept.entry(*node).or_insert(*from);
        *known = (*known).min(*from);
    }
    for (node, from) in kept {
        name(&mut incident, NODES[node], Compromise::Confirmed, from);
    }
    let request = request(&incident, graph);
    let releases = order.iter().map(|number| {
        let release = release(*number);
        match number % 2 {
            0 => release.produced(day(*number as u64)),
            _ => release,
        }
    });
    plan_rollback(&releases.fold(request, RollbackRequest::with_release))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_choice_needs_anything_tainted(edges in edges(), roots in roots()) {
        let graph = graph(&NODES, &edges);
        let plan = plan(&graph, &roots, &[0, 1, 2, 3, 4, 5]);
        let flow = FindingClass::PoisonedData.flow().union(FindingClass::MaliciousWeights.flow());
        for choice in plan.candidates().iter().filter(|it| it.reasons.is_empty()) {
            let query = graph.query(modelward_graph::Direction::Dependencies, [&choice.node]);
            let needs = query.unwrap().along(flow).resolve();
            for tainted in plan.taint() {
                prop_assert!(!needs.contains(&tainted.node) && tainted.node != choice.node);
            }
        }
        for candidate in plan.candidates() {
            let rejected = candidate.verdict == CandidateVerdict::Rejected;
            prop_assert_eq!(rejected, !candidate.reasons.is_empty());
        }
    }

    #[test]
    fn each_witness_is_a_chain_of_the_graph_to_what_is_compromised(
        edges in edges(),
        roots in roots(),
    ) {
        let graph = graph(&NODES, &edges);
        let plan = plan(&graph, &roots, &[0, 1, 2, 3, 4, 5]);
        for tainted in plan.taint() {
            let witness = plan.witness(&tainted.node).expect("a chain that ends");
            let mut at = witness.start.as_str();
            for hop in &witness.hops {
                prop_assert!(edges.contains(&(
                    NODES.into_iter().find(|id| *id == at).unwrap(),
                    hop.relation,
                    NODES.into_iter().find(|id| *id == hop.to.as_str()).unwrap(),
                )));
                at = hop.to.as_str();
            }
            prop_assert!(roots.iter().any(|(node, _)| NODES[*node] == at));
        }
    }

    #[test]
    fn another_root_never_makes_a_rejected_release_a_choice(
        edges in edges(),
        roots in roots(),
        more in roots(),
    ) {
        let graph = graph(&NODES, &edges);
        let order = [0, 1, 2, 3, 4, 5];
        let before = plan(&graph, &roots, &order);
        let after = plan(&graph, &[roots, more].concat(), &order);
        for (before, after) in before.candidates().iter().zip(after.candidates()) {
            prop_assert_eq!(&before.node, &after.node);
            if before.verdict == CandidateVerdict::Rejected {
                prop_assert_eq!(after.verdict, CandidateVerdict::Rejected);
            }
        }
    }

    #[test]
    fn the_order_of_what_is_given_changes_nothing(
        (edges, shuffled) in edges().prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle())),
        roots in roots(),
        order in Just(vec![0, 1, 2, 3, 4, 5]).prop_shuffle(),
    ) {
        let mut turned = NODES;
        turned.reverse();
        let one = plan(&graph(&NODES, &edges), &roots, &[0, 1, 2, 3, 4, 5]);
        let two = plan(&graph(&turned, &shuffled), &roots, &order);
        prop_assert_eq!(one.to_json(), two.to_json());
    }

    #[test]
    fn every_rejection_has_a_witness(edges in edges(), roots in roots()) {
        let graph = graph(&NODES, &edges);
        let plan = plan(&graph, &roots, &[0, 1, 2, 3, 4, 5]);
        for reason in plan.candidates().iter().flat_map(|it| &it.reasons) {
            let ends = match reason {
                Reason::Tainted { path } => vec![path.end()],
                Reason::ClosureTainted { paths, .. } => paths.iter().map(Witness::end).collect(),
                Reason::IsPresent => continue,
                other => panic!("nothing else speaks against these: {other}"),
            };
            prop_assert!(!ends.is_empty());
            for end in ends {
                prop_assert!(roots.iter().any(|(node, _)| NODES[*node] == end.as_str()));
            }
        }
    }

    #[test]
    fn another_piece_of_evidence_never_comes_out_worse(
        edges in edges(),
        roots in roots(),
        given in prop::collection::vec(any::<bool>(), 7),
        more in 0..7_usize,
    ) {
        let graph = graph(&NODES, &edges);
        let mut incident = incident(IncidentKind::AdversarialDataPoisoning);
        for (node, from) in roots {
            name(&mut incident, NODES[node], Compromise::Confirmed, from);
        }
        let judge = |given: &[bool]| {
            let plan = plan_rollback(&known(&incident, &graph, given));
            (plan.candidates()[0].reasons.len(), plan.to().is_some())
        };
        let mut richer = given.clone();
        richer[more] = true;
        let (before, after) = (judge(&given), judge(&richer));
        prop_assert!(after.0 <= before.0, "{before:?} {after:?}");
        prop_assert!(after.1 >= before.1);
    }
}

/// A release of which so much is known, each piece of it good.
fn known<'a>(
    incident: &'a Incident,
    graph: &'a SupplyGraph,
    given: &[bool],
) -> RollbackRequest<'a> {
    let mut release = Release::new("m1".parse().unwrap(), MODELS[1].root, "1".parse().unwrap());
    let mut request = RollbackRequest::new(incident, graph, present(), now());
    for piece in given.iter().enumerate().filter(|(_, given)| **given) {
        match piece.0 {
            0 => release = release.with_signature(&MODELS[1].good),
            1 => release = release.with_backup(&backup(1, now())),
            2 => release = release.with_formats(&[]),
            3 => release = release.passed_gate(),
            4 => release = release.produced(day(0)),
            5 => request = request.with_flaws([]),
            _ => request = request.with_incidents(&[]),
        }
    }
    request.with_release(release)
}
