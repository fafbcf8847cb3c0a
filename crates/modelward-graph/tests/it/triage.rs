use std::collections::BTreeSet;

use modelward_artifact::JsonLimits;
use modelward_graph::triage::UnusedReason;
use modelward_graph::vex::{MatchDoubt, VexDocument, VexStatement};
use modelward_graph::{
    Finding, FindingClass, NodeKind, Relation, Scope, SupplyGraph, SupplyGraphBuilder,
};
use proptest::prelude::*;
use serde_json::json;

use crate::id;

const NEEDS: Relation = Relation::DependsOn(Scope::Runtime);

fn purl(name: &str) -> String {
    format!("pkg:pypi/{name}@1")
}

fn graph(edges: &[(&str, &str)]) -> SupplyGraph {
    let mut builder = SupplyGraphBuilder::default();
    let ids: Vec<_> = edges
        .iter()
        .map(|(from, to)| (purl(from), purl(to)))
        .collect();
    let edges: Vec<_> = ids
        .iter()
        .map(|(from, to)| (from.as_str(), NEEDS, to.as_str()))
        .collect();
    builder.relate_all(&edges).unwrap();
    builder.build().unwrap()
}

/// A statement of `OpenVEX` such as `p not_affected v` or `p fixed`, made on a day of January.
fn statement(text: &str, day: u32) -> VexStatement {
    let words: Vec<&str> = text.split(' ').collect();
    let named = |name: &str| {
        if name.starts_with("pkg:") {
            name.to_owned()
        } else {
            purl(name)
        }
    };
    let mut product = json!({"@id": named(words[0])});
    if let Some(part) = words.get(2) {
        product["subcomponents"] = json!([{"@id": named(part)}]);
    }
    let document = json!({"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://example.org/1",
        "timestamp": format!("2026-01-{day:02}T00:00:00Z"), "statements": [{
            "vulnerability": {"name": "CVE-1", "aliases": ["GHSA-1"]}, "products": [product],
            "status": words[1], "justification": "vulnerable_code_not_present"}]});
    let document =
        VexDocument::read(document.to_string().as_bytes(), &JsonLimits::default()).unwrap();
    document.statements()[0].clone()
}

fn finding(node: &str) -> Finding {
    Finding::new(id(&purl(node)), FindingClass::CodeFlaw, "GHSA-1")
}

/// Returns the names of the roots that stay hit, of those that need `v` at all.
fn open(edges: &[(&str, &str)], statements: &[&str]) -> String {
    let graph = graph(edges);
    let statements: Vec<_> = statements
        .iter()
        .zip(1..)
        .map(|(text, day)| statement(text, day))
        .collect();
    let impact = graph.impact(&[finding("v")], NodeKind::Library).unwrap();
    let triage = impact.with_vex(&statements);
    assert_eq!(
        triage.open().count() + triage.suppressed().count(),
        impact.reached().count()
    );
    for hit in triage.suppressed() {
        assert!(
            hit.statements()
                .all(|statement| statement.status().clears())
        );
        assert!(hit.statements().count() > 0);
    }
    let names: BTreeSet<_> = triage
        .open()
        .map(|hit| hit.root().name().to_owned())
        .collect();
    names.into_iter().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_root_is_cleared_only_where_every_chain_is() {
    let chain = [("r", "p"), ("p", "v")];
    let diamond = [("r", "a"), ("r", "b"), ("a", "v"), ("b", "v"), ("s", "a")];
    let cycle = [
        ("r", "a"),
        ("a", "b"),
        ("b", "a"),
        ("b", "v"),
        ("v", "b"),
        ("s", "b"),
    ];
    let shortcut = [("r", "p"), ("p", "q"), ("q", "v"), ("r", "q")];
    for (edges, statements, expected) in [
        (&chain[..], &[][..], "p r v"),
        (&chain, &["p not_affected"], "v"),
        (&chain, &["p fixed"], "v"),
        (&chain, &["p not_affected v"], "v"),
        (&chain, &["p not_affected r"], "p r v"),
        (&chain, &["r not_affected v"], "p v"),
        (&chain, &["v not_affected"], ""),
        (&chain, &["p under_investigation"], "p r v"),
        (&chain, &["p affected"], "p r v"),
        (&diamond, &["a not_affected v"], "b r v"),
        (&diamond, &["b not_affected v"], "a r s v"),
        (&diamond, &["a not_affected v", "b fixed"], "v"),
        (&diamond, &["a not_affected v", "b not_affected a"], "b r v"),
        (&cycle, &["a not_affected"], "b s v"),
        (&cycle, &["b not_affected"], "v"),
        (&shortcut, &["p not_affected"], "q r v"),
        (&shortcut, &["q not_affected"], "v"),
        // The newest statement about a product counts, whatever part it names.
        (&chain, &["p not_affected v", "p affected"], "p r v"),
        (&chain, &["p affected", "p not_affected v"], "v"),
        (
            &chain,
            &["pkg:pypi/p fixed", "pkg:pypi/p@1 affected v"],
            "p r v",
        ),
        // What is not certain to be the product clears nothing.
        (&chain, &["pkg:pypi/p@1?arch=x not_affected"], "p r v"),
        (&chain, &["pkg:pypi/p@2 not_affected"], "p r v"),
        (&chain, &["pkg:pypi/p not_affected pkg:pypi/v"], "v"),
    ] {
        assert_eq!(
            open(edges, statements),
            expected,
            "{edges:?} {statements:?}"
        );
    }
}

#[test]
fn every_statement_is_accounted_for() {
    let graph = graph(&[("r", "a"), ("r", "b"), ("a", "v"), ("b", "v"), ("b", "w")]);
    let statements = [
        statement("a not_affected v", 1),
        statement("b under_investigation v", 1),
        statement("a affected v", 2),
        statement("pkg:pypi/a@1?arch=x fixed", 1),
        statement("x fixed", 1),
        statement("w fixed", 1),
        statement("b fixed w", 1),
    ];
    let impact = graph.impact(&[finding("v")], NodeKind::Library).unwrap();
    let triage = impact.with_vex(&statements);
    assert_eq!(triage.suppressed().count(), 0);
    let unused: Vec<_> = triage
        .unused()
        .iter()
        .map(|unused| {
            let place = statements
                .iter()
                .position(|statement| std::ptr::eq(statement, unused.statement()));
            (place.unwrap(), unused.reason())
        })
        .collect();
    assert_eq!(
        unused,
        [
            (0, UnusedReason::Superseded),
            (3, UnusedReason::Doubt(MatchDoubt::NoQualifier)),
            (4, UnusedReason::NoNode),
            (5, UnusedReason::NotNeeded),
            (6, UnusedReason::NotNeeded),
        ]
    );
    let remarks: Vec<_> = triage
        .remarks()
        .map(|(_, product, statement)| (product.name(), statement.status().name()))
        .collect();
    assert_eq!(remarks.len(), 2);
    assert!(
        remarks.contains(&("a", "affected")) && remarks.contains(&("b", "under investigation"))
    );
    let half = [statement("a not_affected v", 1)];
    let triage = impact.with_vex(&half);
    let text = triage.to_string();
    assert!(text.contains("cleared pkg:pypi/a@1: GHSA-1 of pkg:pypi/v@1; pkg:pypi/a@1 with pkg:pypi/v@1 is not affected by CVE-1 (vulnerable_code_not_present)\n"), "{text}");
    assert!(
        text.contains("open pkg:pypi/r@1: GHSA-1 of pkg:pypi/v@1\n"),
        "{text}"
    );
    let json = serde_json::to_value(&triage).unwrap();
    assert_eq!(json["suppressed"][0]["root"], "pkg:pypi/a@1");
    let none = graph.impact(&[], NodeKind::Library).unwrap();
    assert_eq!(
        none.with_vex(&half).unused()[0].reason(),
        UnusedReason::NoFinding
    );
}

/// Goes along every chain without a node twice, and tells whether one passes no blocked node.
fn has_open_chain(
    edges: &[(usize, usize)],
    chain: &mut Vec<usize>,
    to: usize,
    blocked: &[usize],
) -> bool {
    let at = *chain.last().unwrap();
    if blocked.contains(&at) {
        return false;
    }
    if at == to {
        return true;
    }
    for &(from, next) in edges {
        if from == at && !chain.contains(&next) {
            chain.push(next);
            let found = has_open_chain(edges, chain, to, blocked);
            chain.pop();
            if found {
                return true;
            }
        }
    }
    false
}

proptest! {
    #[test]
    fn what_is_cleared_is_what_every_chain_says(
        edges in prop::collection::vec((0..7_usize, 0..7_usize), 1..16),
        flawed in prop::collection::btree_set(0..7_usize, 1..4),
        said in prop::collection::vec((0..7_usize, prop::option::of(0..7_usize)), 0..5),
    ) {
        let name = |node: &usize| format!("n{node}");
        let edges: Vec<_> = edges.into_iter().filter(|(from, to)| from != to).collect();
        let mut builder = SupplyGraphBuilder::default();
        for node in 0..7 {
            let node = modelward_graph::Node::new(id(&purl(&name(&node))), NodeKind::Library, name(&node));
            builder.add_node(&node).unwrap();
        }
        for (from, to) in &edges {
            builder.relate(&id(&purl(&name(from))), NEEDS, &id(&purl(&name(to)))).unwrap();
        }
        let graph = builder.build().unwrap();
        let findings: Vec<_> = flawed.iter().map(|node| finding(&name(node))).collect();
        let statements: Vec<_> = said.iter().map(|(product, part)| {
            let part = part.map_or_else(String::new, |part| format!(" n{part}"));
            statement(&format!("n{product} not_affected{part}"), 1)
        }).collect();
        let impact = graph.impact(&findings, NodeKind::Library).unwrap();
        let triage = impact.with_vex(&statements);
        let pair = |hit: modelward_graph::Reached<'_>| (hit.finding().node().to_string(), hit.root().id().to_owned());
        let open: BTreeSet<_> = triage.open().map(pair).collect();
        let cleared: BTreeSet<_> = triage.suppressed().map(|hit| pair(hit.reached())).collect();
        for node in &flawed {
            let blocked: Vec<usize> = said.iter().filter(|(_, part)| part.is_none_or(|part| part == *node)).map(|(product, _)| *product).collect();
            for root in 0..7 {
                let key = (purl(&name(node)), purl(&name(&root)));
                let reaches = has_open_chain(&edges, &mut vec![root], *node, &[]);
                let stays = has_open_chain(&edges, &mut vec![root], *node, &blocked);
                prop_assert_eq!(open.contains(&key), stays);
                prop_assert_eq!(cleared.contains(&key), reaches && !stays);
            }
        }
    }
}
