use std::collections::{BTreeMap, BTreeSet};

use modelward_graph::advisory::AdvisorySet;
use modelward_graph::patch::{LeftReason, PatchRequest, Resolution, Upgrade};
use modelward_graph::{Relation, Scope, SupplyGraph, SupplyGraphBuilder};
use proptest::prelude::*;

use crate::exposure::{record, records, resolved};
use crate::id;
use crate::version::fixtures;

const NEEDS: Relation = Relation::DependsOn(Scope::Runtime);

fn graph(edges: &[(String, String)]) -> SupplyGraph {
    let mut builder = SupplyGraphBuilder::default();
    let edges: Vec<_> = edges
        .iter()
        .map(|(from, to)| (from.as_str(), NEEDS, to.as_str()))
        .collect();
    builder.relate_all(&edges).unwrap();
    builder.build().unwrap()
}

fn pairs(edges: &[(&str, &str)]) -> Vec<(String, String)> {
    let purl = |name: &str| format!("pkg:pypi/{name}");
    edges
        .iter()
        .map(|(from, to)| (purl(from), purl(to)))
        .collect()
}

#[test]
fn the_lowest_version_that_mends_all_is_proposed() {
    let set = AdvisorySet::new([
        record("X-1", &[], "a", "1.10"),
        record("X-2", &[], "a", "1.9"),
        record("X-3", &[], "b", "0.5"),
        record("X-4", &[], "b", "bulbasaur"),
        record("X-5", &[], "b", "2.0"),
    ]);
    let graph = graph(&pairs(&[("r@1", "a@1.8"), ("r@1", "b@1.0")]));
    let exposures = graph.exposures(&set);
    let fixes = exposures.fixes();
    let mut lines: Vec<_> = fixes.iter().map(ToString::to_string).collect();
    lines.sort();
    assert_eq!(
        lines,
        [
            "pkg:pypi/a@1.8: 1.10 mends X-1, X-2",
            "pkg:pypi/b@1.0: 2.0 mends X-5"
        ]
    );
    assert!(
        fixes
            .iter()
            .all(|fix| fix.left().is_empty() && fix.brings().is_empty())
    );
    let plan = exposures
        .patch_plan(&PatchRequest::new(id("pkg:pypi/r@1")))
        .unwrap();
    assert_eq!(
        plan.to_string(),
        "upgrade pkg:pypi/a@1.8 to 1.10: clears X-1 of pkg:pypi/a@1.8, X-2 of pkg:pypi/a@1.8\n\
        upgrade pkg:pypi/b@1.0 to 2.0: clears X-5 of pkg:pypi/b@1.0\n\
        left X-4 of pkg:pypi/b@1.0: whether it is affected is unknown: a bound of the advisory is no version of its scheme\n"
    );
}

#[test]
fn what_nothing_clears_is_left_with_the_reason() {
    let set = AdvisorySet::new([
        record("X-1", &[], "a", "2.0"),
        record("X-2", &[], "b", "1.5"),
        record("X-3", &[], "r", "2.0"),
        record("X-4", &[], "d", "3.0"),
    ]);
    let graph = graph(&pairs(&[
        ("r@1", "d@4.0"),
        ("d@4.0", "a@1.0"),
        ("d@4.0", "b@1.0"),
    ]));
    let exposures = graph.exposures(&set);
    let request = PatchRequest::new(id("pkg:pypi/r@1"))
        .with_upgrade(
            Upgrade::new(id("pkg:pypi/d@4.0"), "2.0")
                .mending([id("pkg:pypi/a@1.0"), id("pkg:pypi/b@1.0")]),
        )
        .with_upgrade(Upgrade::new(id("pkg:pypi/a@1.0"), "2.0"))
        .with_upgrade(Upgrade::new(id("pkg:pypi/d@4.0"), "5.0").mending([id("pkg:pypi/a@1.0")]));
    let plan = exposures.patch_plan(&request).unwrap();
    assert_eq!(plan.upgrades().len(), 1);
    assert_eq!(plan.upgrades()[0].version, "5.0");
    let left: Vec<_> = plan
        .left()
        .iter()
        .map(|left| (left.flaw.as_str(), left.reason))
        .collect();
    assert_eq!(
        left,
        [("X-2", LeftReason::NoUpgrade), ("X-3", LeftReason::OfRoot)]
    );
    assert_eq!(plan.refused()[0].brings, ["X-4"]);
    assert_eq!(plan.not_direct(), [id("pkg:pypi/a@1.0")]);
    let one = exposures
        .patch_plan(&request.clone().with_flaws(["X-1"]))
        .unwrap();
    assert!(one.left().is_empty() && one.is_smallest());
    assert_eq!(
        serde_json::to_value(&one).unwrap()["upgrades"][0]["version"],
        "5.0"
    );
    assert!(
        exposures
            .patch_plan(&PatchRequest::new(id("nobody")))
            .is_err()
    );
}

#[test]
fn one_version_for_all_or_one_for_each() {
    let set = AdvisorySet::new([record("X-1", &[], "v", "2.0")]);
    let graph = graph(&pairs(&[
        ("r@1", "a@1"),
        ("r@1", "b@1"),
        ("a@1", "v@1"),
        ("b@1", "v@1"),
    ]));
    let exposures = graph.exposures(&set);
    let newer = |name: &str, needs: &[&str]| {
        let needs: Vec<_> = needs
            .iter()
            .map(|name| id(&format!("pkg:pypi/{name}")))
            .collect();
        Upgrade::new(id(&format!("pkg:pypi/{name}@1")), "2").with_dependencies(needs)
    };
    let request = |resolution, b: &[&str]| {
        let request = PatchRequest::new(id("pkg:pypi/r@1")).with_resolution(resolution);
        request
            .with_upgrade(newer("a", &["v@2.0"]))
            .with_upgrade(newer("b", b))
    };
    let count = |resolution, b: &[&str]| {
        let plan = exposures.patch_plan(&request(resolution, b)).unwrap();
        (plan.upgrades().len(), plan.left().len())
    };
    assert_eq!(count(Resolution::Shared, &["v@2.0"]), (1, 0));
    assert_eq!(count(Resolution::Nested, &["v@2.0"]), (2, 0));
    assert_eq!(count(Resolution::Nested, &[]), (2, 0));
    assert_eq!(count(Resolution::Nested, &["v@1"]), (0, 1));
    assert_eq!(count(Resolution::Nested, &["v@1.5"]), (0, 1));
}

/// The versions are those that a script over the same records finds.
#[test]
fn real_fixes() {
    let Some(folder) = fixtures() else { return };
    let set = AdvisorySet::new(records(&folder));
    let aged = [
        ("joblib", "1.1.0"),
        ("mlflow", "2.8.0"),
        ("numpy", "1.19.0"),
        ("pandas", "0.25.0"),
        ("pillow", "9.5.0"),
        ("pyarrow", "13.0.0"),
        ("scipy", "1.6.0"),
        ("torch", "1.13.0"),
    ];
    let graph = resolved(&folder, "transformers-torch-mlflow", &aged);
    let exposures = graph.exposures(&set);
    let fixes = exposures.fixes();
    let fixed: BTreeMap<&str, &str> = fixes
        .iter()
        .map(|fix| (fix.node().as_str(), fix.version().unwrap()))
        .collect();
    let expected = [
        ("pkg:pypi/joblib@1.1.0", "1.2.0"),
        ("pkg:pypi/mlflow@2.8.0", "2.10.1"),
        ("pkg:pypi/numpy@1.19.0", "1.19.1"),
        ("pkg:pypi/pandas@0.25.0", "1.0.4"),
        ("pkg:pypi/pillow@9.5.0", "10.0.1"),
        ("pkg:pypi/pyarrow@13.0.0", "14.0.1"),
        ("pkg:pypi/scipy@1.6.0", "1.10.0"),
        ("pkg:pypi/torch@1.13.0", "1.13.1"),
    ];
    assert_eq!(fixed, BTreeMap::from(expected));
    let plan = exposures
        .patch_plan(&PatchRequest::new(id("pkg:pypi/mlflow@2.8.0")))
        .unwrap();
    assert!(plan.is_smallest());
    let cleared: usize = plan
        .upgrades()
        .iter()
        .map(|upgrade| upgrade.clears.len())
        .sum();
    // Eight flaws of what mlflow needs and four of its own.
    assert_eq!(cleared + plan.left().len(), 12);
    assert_eq!(
        plan.left()
            .iter()
            .filter(|left| left.reason == LeftReason::OfRoot)
            .count(),
        4
    );
}

#[test]
fn a_search_that_ends_early_says_so() {
    let names: Vec<String> = (0..30).map(|number| format!("d{number}@1")).collect();
    let flawed: Vec<String> = (0..30).map(|number| format!("v{number}@1")).collect();
    let mut edges = Vec::new();
    let mut request = PatchRequest::new(id("pkg:pypi/r@1")).with_resolution(Resolution::Shared);
    for (number, name) in names.iter().enumerate() {
        edges.push(("r@1", name.as_str()));
        let mends = [0, 7, 11].map(|step| flawed[(number + step) % 30].as_str());
        edges.extend(mends.map(|flawed| (name.as_str(), flawed)));
        let mends = mends.map(|flawed| id(&format!("pkg:pypi/{flawed}")));
        request =
            request.with_upgrade(Upgrade::new(id(&format!("pkg:pypi/{name}")), "2").mending(mends));
    }
    let set = AdvisorySet::new(
        (0..30).map(|number| record(&format!("X-{number}"), &[], &format!("v{number}"), "2")),
    );
    let graph = graph(&pairs(&edges));
    let exposures = graph.exposures(&set);
    let plan = exposures
        .patch_plan(&request.clone().with_max_steps(100))
        .unwrap();
    assert!(!plan.is_smallest());
    assert!(plan.left().is_empty());
    assert!((10..=30).contains(&plan.upgrades().len()));
    assert_eq!(
        plan,
        exposures.patch_plan(&request.with_max_steps(100)).unwrap()
    );
}

/// What each upgrade does: it mends or drops a flawed package, or needs it still.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum After {
    Same,
    Mended,
    Gone,
}

fn after() -> impl Strategy<Value = After> {
    prop::sample::select(vec![After::Same, After::Mended, After::Gone])
}

proptest! {
    #[test]
    fn no_choice_is_better_than_the_plan(
        needs in prop::collection::vec(prop::collection::btree_set(0..5_usize, 0..5), 1..6),
        offers in prop::collection::vec((0..6_usize, prop::collection::vec(after(), 5)), 0..8),
        is_shared in any::<bool>(),
    ) {
        let directs = needs.len();
        let mut edges = Vec::new();
        for (direct, needs) in needs.iter().enumerate() {
            edges.push(("pkg:pypi/r@1".to_owned(), format!("pkg:pypi/d{direct}@1")));
            edges.extend(needs.iter().map(|flawed| (format!("pkg:pypi/d{direct}@1"), format!("pkg:pypi/v{flawed}@1"))));
        }
        let graph = graph(&edges);
        let set = AdvisorySet::new((0..5).map(|number| record(&format!("X-{number}"), &[], &format!("v{number}"), "2")));
        let resolution = if is_shared { Resolution::Shared } else { Resolution::Nested };
        let mut request = PatchRequest::new(id("pkg:pypi/r@1")).with_resolution(resolution);
        let mut by_direct: Vec<Vec<&[After]>> = vec![Vec::new(); directs];
        for (number, (direct, after)) in offers.iter().enumerate().filter(|(_, offer)| offer.0 < directs) {
            let after = &after[..];
            by_direct[*direct].push(after);
            let listed = needs[*direct].iter().filter_map(|flawed| match after[*flawed] {
                After::Same => Some(id(&format!("pkg:pypi/v{flawed}@1"))),
                After::Mended => Some(id(&format!("pkg:pypi/v{flawed}@2"))),
                After::Gone => None,
            });
            let upgrade = Upgrade::new(id(&format!("pkg:pypi/d{direct}@1")), format!("2.{number}"));
            request = request.with_upgrade(upgrade.with_dependencies(listed));
        }
        let present: BTreeSet<usize> = needs.iter().flatten().copied().collect();
        let cleared = |chosen: &[usize]| {
            present.iter().filter(|flawed| {
                let fate = |direct: usize| chosen[direct].checked_sub(1).map_or(After::Same, |number| by_direct[direct][number][**flawed]);
                let bringing: Vec<usize> = (0..directs).filter(|direct| needs[*direct].contains(flawed)).collect();
                let is_replaced = is_shared && bringing.iter().any(|direct| fate(*direct) == After::Mended);
                is_replaced || bringing.iter().all(|direct| fate(*direct) != After::Same)
            }).count()
        };
        let mut best = (0, 0);
        let mut chosen = vec![0; directs];
        loop {
            let upgrades = chosen.iter().filter(|number| **number > 0).count();
            let found = cleared(&chosen);
            if found > best.0 || found == best.0 && upgrades < best.1 {
                best = (found, upgrades);
            }
            let Some(place) = (0..directs).find(|direct| chosen[*direct] < by_direct[*direct].len()) else { break };
            chosen[place] += 1;
            chosen[..place].fill(0);
        }
        let exposures = graph.exposures(&set);
        let plan = exposures.patch_plan(&request).unwrap();
        prop_assert!(plan.is_smallest());
        prop_assert_eq!((present.len() - plan.left().len(), plan.upgrades().len()), best);
        let quick = exposures.patch_plan(&request.with_max_steps(0)).unwrap();
        prop_assert!(quick.left().len() >= plan.left().len());
    }
}
