//! Facts out of the supply chain: its gaps, what of it is affected, and what advisories say of it.

use std::collections::BTreeMap;

use modelward_artifact::Digest;
use modelward_graph::exposure::Exposures;
use modelward_graph::triage::Triage;
use modelward_graph::vex::{VexStatement, VexStatus};
use modelward_graph::{Finding as Flaw, KindSet, NodeKind, NodeRef, SupplyGraph};
use modelward_incident::{AssetRef, Severity};

use crate::policy::fact::{AdvisoryFact, AffectedFact, NotEvaluatedFact};
use crate::policy::facts::ReleaseFacts;
use crate::{AffectedAssets, Lineage, supply_chain};

/// The kinds of things that advisories tell of.
const LOOKED_UP: KindSet = KindSet::of(&[
    NodeKind::Adapter,
    NodeKind::Container,
    NodeKind::Library,
    NodeKind::Model,
    NodeKind::Tokenizer,
]);

impl ReleaseFacts {
    /// Gives what the model is made of and is known to be affected, each with the chain to it.
    ///
    /// Without a lineage only the model itself is compared. Where it is not among the assets, the
    /// rule cannot tell.
    #[must_use]
    pub fn with_affected(self, affected: &AffectedAssets, lineage: Option<&Lineage>) -> Self {
        let (root, name) = (AssetRef::Digest(self.root), self.model.clone());
        let mut facts = Vec::new();
        for (asset, reason) in affected.iter() {
            let nodes = lineage.map(|it| it.matching(asset)).unwrap_or_default();
            if nodes.is_empty() && *asset == root {
                facts.push(AffectedFact::new(name.clone(), reason.to_owned(), None));
            }
            for node in nodes {
                let path = lineage.and_then(|lineage| chain(lineage, node));
                let component = node.id().to_owned();
                facts.push(AffectedFact::new(component, reason.to_owned(), path));
            }
        }
        if lineage.is_none() && facts.is_empty() {
            return self;
        }
        self.with_supply_chain(facts)
    }

    /// Gives every advisory that hits the model: those that stay, and those that VEX clears.
    ///
    /// Nothing is given where the model was not among what the advisories were judged for.
    #[must_use]
    pub fn with_triage(self, triage: &Triage<'_>, lineage: Option<&Lineage>) -> Self {
        let mut roots = triage.impact().roots();
        let Some(model) = roots.find(|node| is_model(*node, &self.root, lineage)) else {
            return self;
        };
        let mut said: BTreeMap<&Flaw, VexStatus> = BTreeMap::new();
        for (flaw, _, statement) in triage.remarks() {
            let status = said.entry(flaw).or_insert_with(|| statement.status());
            *status = statement.status().max(*status);
        }
        let open = triage.open().filter(|hit| hit.root().id() == model.id());
        let open = open.map(|hit| advisory(hit.finding(), said.get(hit.finding()).copied()));
        let cleared = triage.suppressed();
        let cleared = cleared.filter(|it| it.reached().root().id() == model.id());
        let cleared = cleared.map(|it| {
            let status = it.statements().map(VexStatement::status).max();
            advisory(it.reached().finding(), status)
        });
        let facts: Vec<_> = open.chain(cleared).collect();
        self.with_advisories(facts)
    }

    /// Gives what the model needs and what was not looked up among advisories.
    ///
    /// Counted are software and models. Files of the model and its data are no packages: signature,
    /// ML-BOM and scans are about them. Nothing is given where the model is not in the graph.
    #[must_use]
    pub fn with_exposures(self, exposures: &Exposures<'_>, lineage: Option<&Lineage>) -> Self {
        match not_evaluated(exposures, &self.root, lineage) {
            Some(facts) => self.with_not_evaluated(facts),
            None => self,
        }
    }
}

/// Lists what the model needs and what was not looked up; `None` where the model is not in the graph.
pub(crate) fn not_evaluated(
    exposures: &Exposures<'_>,
    root: &Digest,
    lineage: Option<&Lineage>,
) -> Option<Vec<NotEvaluatedFact>> {
    let graph = exposures.graph();
    let model = model_in(graph, root, lineage)?;
    let needed = graph.dependencies(model.id()).ok()?.of_kinds(LOOKED_UP);
    let missed = exposures.not_evaluated();
    let missed = missed.filter(|it| needed.contains(it.node().id()));
    let missed = missed.filter(|it| !is_model(it.node(), root, lineage));
    let facts =
        missed.map(|it| NotEvaluatedFact::new(it.node().id().to_owned(), it.reason().to_string()));
    Some(facts.collect())
}

/// Returns the chain from the model to a part of it; `None` for the model itself.
fn chain(lineage: &Lineage, node: NodeRef<'_>) -> Option<String> {
    let is_part = node.id() != lineage.model().as_str();
    is_part.then(|| supply_chain::explain(lineage, node))?
}

fn model_in<'g>(
    graph: &'g SupplyGraph,
    root: &Digest,
    lineage: Option<&Lineage>,
) -> Option<NodeRef<'g>> {
    let named = lineage.and_then(|it| graph.node(it.model()));
    named.or_else(|| graph.nodes_with_digest(root).into_iter().next())
}

fn is_model(node: NodeRef<'_>, root: &Digest, lineage: Option<&Lineage>) -> bool {
    lineage.is_some_and(|it| it.model().as_str() == node.id()) || node.digests().contains(root)
}

fn advisory(flaw: &Flaw, vex: Option<VexStatus>) -> AdvisoryFact {
    AdvisoryFact::new(
        flaw.id().to_owned(),
        flaw.node().as_str().to_owned(),
        flaw.severity().and_then(severity),
        vex,
        flaw.doubt().map(str::to_owned),
    )
}

/// Reads the word of a source. `moderate` is what some say for medium.
fn severity(word: &str) -> Option<Severity> {
    let word = word.trim().to_ascii_lowercase();
    let word = if word == "moderate" { "medium" } else { &word };
    Severity::ALL.into_iter().find(|it| it.name() == word)
}
