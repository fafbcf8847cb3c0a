//! How the elements stand to each other.

use std::collections::BTreeMap;

use crate::spdx3::LossReason;
use crate::spdx3::graph::{Graph, NONE_ELEMENT, Relation};
use crate::spdx3::place::{Class, DATASETS, Places, Tie, items};
use crate::spdx3::source::Node;

/// The aggregates that say of whose components something is incomplete.
const INCOMPLETE_IN_PART: [&str; 6] = [
    "incomplete_first_party_only",
    "incomplete_first_party_opensource_only",
    "incomplete_first_party_proprietary_only",
    "incomplete_third_party_only",
    "incomplete_third_party_opensource_only",
    "incomplete_third_party_proprietary_only",
];

/// What an element whose dependencies are not known depends on (SPDX 3.0.1).
const NO_ASSERTION_ELEMENT: &str = "https://spdx.org/rdf/3.0.1/terms/Core/NoAssertionElement";

/// CycloneDX does not tell what a dataset of a model card was used for.
const DATASET_COMMENT: &str =
    "CycloneDX lists the datasets used to train and those used to evaluate in one place";

/// Adds the relationships that nesting, model cards and `dependencies` state.
pub(super) fn relate(graph: &mut Graph, root: &Node<'_>, places: &Places<'_>) {
    let mut compositions = Compositions::read(root, places);
    ties(graph, places, &mut compositions);
    for dependency in root.list("dependencies") {
        depend(graph, &dependency, (places, &mut compositions));
    }
}

fn ties(graph: &mut Graph, places: &Places<'_>, compositions: &mut Compositions<'_>) {
    let mut tied: BTreeMap<(usize, Tie), Vec<String>> = BTreeMap::new();
    for (index, place) in places.list().iter().enumerate() {
        if place.class == Class::AiPackage {
            for data in items(&place.node, &DATASETS) {
                if let Some(id) = data.get("ref").and_then(|node| resolved(&node, places)) {
                    tied.entry((index, Tie::Dataset)).or_default().push(id);
                }
            }
        }
        if let Some(owner) = place.owner {
            tied.entry(owner).or_default().push(place.id.clone());
        }
    }
    for ((owner, tie), others) in tied {
        let Some(owner) = places.list().get(owner) else {
            continue;
        };
        let id = owner.id.clone();
        let mut relation = match tie {
            Tie::Ancestor => {
                for ancestor in others {
                    graph.relate(Relation::new(ancestor, "ancestorOf", vec![id.clone()]));
                }
                continue;
            }
            Tie::Dataset => Relation::new(id, "trainedOn", others),
            Tie::Descendant => Relation::new(id, "ancestorOf", others),
            Tie::Part => Relation::new(id, "contains", others),
            Tie::Variant => Relation::new(id, "hasVariant", others),
        };
        match tie {
            Tie::Dataset => relation.comment = Some(DATASET_COMMENT),
            Tie::Part => relation.completeness = compositions.take(Side::Parts, &owner.id),
            _ => {}
        }
        graph.relate(relation);
    }
}

/// An entry without others says that there are none, unless a composition says that others are
/// not known.
fn depend(
    graph: &mut Graph,
    dependency: &Node<'_>,
    (places, compositions): (&Places<'_>, &mut Compositions<'_>),
) {
    let Some(reference) = dependency.get("ref") else {
        return;
    };
    let Some(from) = reference.text().and_then(|text| places.id(text)) else {
        dependency.lose(LossReason::Dangling);
        return;
    };
    let others = dependency.list("dependsOn");
    let mut to: Vec<String> = others
        .iter()
        .filter_map(|other| resolved(other, places))
        .collect();
    if to.is_empty() && !others.is_empty() {
        dependency.lose(LossReason::Dangling);
        return;
    }
    reference.carry();
    let completeness = compositions.take(Side::Dependencies, from);
    if to.is_empty() {
        let known = completeness.is_none_or(|completeness| completeness == "complete");
        let none = if known {
            NONE_ELEMENT
        } else {
            NO_ASSERTION_ELEMENT
        };
        to.push(none.to_owned());
    }
    let mut relation = Relation::new(from.to_owned(), "dependsOn", to);
    relation.completeness = completeness;
    graph.relate(relation);
}

fn resolved(reference: &Node<'_>, places: &Places<'_>) -> Option<String> {
    let Some(id) = reference.text().and_then(|text| places.id(text)) else {
        reference.lose(LossReason::Dangling);
        return None;
    };
    reference.carry();
    Some(id.to_owned())
}

/// The relationships of an element that a composition speaks of.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Side {
    Dependencies,
    Parts,
}

/// What `compositions` say, under the element that each is about.
struct Compositions<'a> {
    stated: BTreeMap<(Side, String), Statement<'a>>,
}

struct Statement<'a> {
    completeness: &'static str,
    aggregate: Node<'a>,
    reference: Node<'a>,
}

impl<'a> Compositions<'a> {
    fn read(root: &Node<'a>, places: &Places<'_>) -> Self {
        let mut stated = BTreeMap::new();
        for composition in root.list("compositions") {
            let Some((aggregate, completeness)) = completeness(&composition) else {
                continue;
            };
            for (member, side) in [
                ("assemblies", Side::Parts),
                ("dependencies", Side::Dependencies),
            ] {
                for reference in composition.list(member) {
                    reference.lose(LossReason::Dangling);
                    let Some(id) = reference.text().and_then(|text| places.id(text)) else {
                        continue;
                    };
                    let key = (side, id.to_owned());
                    if stated.contains_key(&key) {
                        reference.lose(LossReason::OneOnly);
                        continue;
                    }
                    let aggregate = aggregate.clone();
                    let statement = Statement {
                        completeness,
                        aggregate,
                        reference,
                    };
                    stated.insert(key, statement);
                }
            }
        }
        Self { stated }
    }

    /// Gives the statement to a relationship; one that no relationship takes is lost.
    fn take(&mut self, side: Side, id: &str) -> Option<&'static str> {
        let statement = self.stated.remove(&(side, id.to_owned()))?;
        statement.aggregate.carry();
        statement.reference.keep();
        Some(statement.completeness)
    }
}

/// SPDX says no more than that something is incomplete; of whose parts it is, is lost.
fn completeness<'a>(composition: &Node<'a>) -> Option<(Node<'a>, &'static str)> {
    let aggregate = composition.get("aggregate")?;
    let completeness = match aggregate.text() {
        Some("complete") => "complete",
        Some("incomplete") => "incomplete",
        Some("not_specified" | "unknown") => "noAssertion",
        Some(text) if INCOMPLETE_IN_PART.contains(&text) => {
            aggregate.lose(LossReason::NoPlace);
            "incomplete"
        }
        _ => {
            aggregate.lose(LossReason::Malformed);
            return None;
        }
    };
    Some((aggregate, completeness))
}
