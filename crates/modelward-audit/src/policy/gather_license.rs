//! Facts out of the licenses in a lineage.

use std::collections::BTreeMap;

use modelward_graph::license::{Compatibility, LicensePolicy, LicenseReport, Severity};
use modelward_graph::{Direction, NodeKind, NodeRef, Relation, RelationSet};

use crate::Lineage;
use crate::policy::fact::{LicenseFact, LicenseState};
use crate::policy::facts::ReleaseFacts;

/// The relations along which the terms of licenses flow.
const FLOWS: RelationSet =
    RelationSet::DERIVED_FROM.union(RelationSet::of(&[Relation::Contains, Relation::TrainedOn]));

impl ReleaseFacts {
    /// Gives the license of what the model is made of, and whether its terms are passed on.
    ///
    /// - The model, and what it was derived from, trained on or contains, has to have a license. A
    ///   file without one is under that of the model.
    /// - What the model only depends on stays under its own license: it is given where that is
    ///   stated.
    #[must_use]
    pub fn with_license_flow(self, lineage: &Lineage, policy: &LicensePolicy) -> Self {
        let (graph, model) = (lineage.graph(), lineage.model());
        let report = graph.license_flow(policy);
        let states = states(&report, model.as_str());
        let made_of = graph.query(Direction::Dependencies, [model]);
        let made_of = made_of.map(|query| query.along(FLOWS).resolve());
        let flows = |node: &NodeRef<'_>| {
            node.id() == model.as_str() || made_of.as_ref().is_ok_and(|it| it.contains(node.id()))
        };
        let facts = graph.nodes().filter_map(|node| {
            let license = node.license();
            let state = match license {
                None if flows(&node) && node.kind() != NodeKind::File => LicenseState::Unknown,
                None => return None,
                Some(text) => {
                    let flowing = states.get(text).filter(|_| flows(&node));
                    flowing.copied().unwrap_or(LicenseState::Compatible)
                }
            };
            Some(LicenseFact::new(
                node.id().to_owned(),
                license.map(str::to_owned),
                state,
            ))
        });
        let facts: Vec<_> = facts.collect();
        let dropped = not_judged(&report, model.as_str());
        self.with_licenses(facts).with_licenses(dropped)
    }
}

/// Returns what each license comes to whose terms the model does not pass on, or may not.
fn states<'g>(report: &LicenseReport<'g>, model: &str) -> BTreeMap<&'g str, LicenseState> {
    let mut states = BTreeMap::new();
    let findings = report.findings().iter();
    for finding in findings.filter(|it| it.dependent().id() == model) {
        let state = match finding.answer() {
            Compatibility::Compatible => LicenseState::Compatible,
            Compatibility::Unknown(_) => LicenseState::Unknown,
            Compatibility::Conflict(_) => match finding.answer().severity() {
                Some(Severity::Advice) => LicenseState::Advice,
                _ => LicenseState::Conflicting,
            },
        };
        if let Some(text) = finding.origin().license() {
            let known = states.entry(text).or_insert(state);
            *known = state.max(*known);
        }
    }
    states
}

/// States that nobody knows what follows from licenses that were too many to be judged.
fn not_judged(report: &LicenseReport<'_>, model: &str) -> Vec<LicenseFact> {
    let unknown = |license: Option<String>| {
        LicenseFact::new(model.to_owned(), license, LicenseState::Unknown)
    };
    let left_out = (report.left_out() > 0).then(|| unknown(None));
    let texts = report.not_followed().iter().cloned();
    texts.map(Some).map(unknown).chain(left_out).collect()
}
