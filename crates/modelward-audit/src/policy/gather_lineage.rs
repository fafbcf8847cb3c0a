//! Facts out of a lineage: what is missing in it, can be exchanged, or contradicts something else.

use modelward_artifact::Finding;
use modelward_graph::{Direction, NodeRef, NodeSet, Relation, RelationSet};

use crate::Lineage;
use crate::policy::fact::{LineageFact, LineageState};
use crate::policy::facts::ReleaseFacts;

/// The relations that say where the model itself comes from.
const ORIGIN: RelationSet = RelationSet::DERIVED_FROM.union(RelationSet::of(&[
    Relation::BuiltBy,
    Relation::ProducedBy,
    Relation::TrainedOn,
]));

impl ReleaseFacts {
    /// Gives what is wrong with a lineage.
    ///
    /// - Contradiction: it is of other files than these.
    /// - Gaps: nothing says what the model was made from, where a part comes from, or what a part
    ///   has to do with the model.
    /// - Unpinned: what can be exchanged under its name.
    ///
    /// What is dangling, stands twice or differs within an ML-BOM makes no [`Lineage`] at all.
    /// Where the model's own files come from is what signature and ML-BOM tell, so they are no gap.
    #[must_use]
    pub fn with_lineage_of(self, lineage: &Lineage) -> Self {
        let graph = lineage.graph();
        let mut facts = Vec::new();
        let own = graph.node(lineage.model());
        let stated = own.map(NodeRef::digests).unwrap_or_default();
        if !stated.is_empty() && !stated.contains(&self.root) {
            let message = "the lineage is of other files than these";
            let finding = Finding::new("policy.lineage.other_files", message);
            let finding = finding.about(lineage.model().as_str());
            facts.push(LineageFact::new(LineageState::Contradiction, finding));
        }
        facts.extend(gaps(lineage));
        let unpinned = graph.unpinned();
        facts.extend(unpinned.iter().map(|node| {
            let message = "nothing pins it: its name can be made to point at something else";
            let finding = Finding::new("policy.lineage.unpinned", message);
            LineageFact::new(LineageState::Unpinned, finding.about(node.id()))
        }));
        self.with_lineage(facts)
    }
}

fn gaps(lineage: &Lineage) -> Vec<LineageFact> {
    let (graph, model) = (lineage.graph(), lineage.model());
    let along = |relations: RelationSet| match graph.query(Direction::Dependencies, [model]) {
        Ok(query) => query.along(relations).resolve(),
        Err(_) => graph.all(),
    };
    let mut gaps = Vec::new();
    if along(ORIGIN).is_empty() {
        let message = "nothing says what the model was made from";
        let finding = Finding::new("policy.lineage.no_material", message);
        gaps.push(finding.about(model.as_str()));
    }
    let (own, needed) = (along(Relation::Contains.into()), along(RelationSet::ALL));
    let apart = |set: &NodeSet<'_>, node: &NodeRef<'_>| {
        node.id() != model.as_str() && !set.contains(node.id())
    };
    let unknown = graph.of_unknown_origin();
    gaps.extend(unknown.iter().filter(|it| apart(&own, it)).map(|node| {
        let message = "nothing says where it comes from";
        Finding::new("policy.lineage.unknown_origin", message).about(node.id())
    }));
    gaps.extend(graph.nodes().filter(|it| apart(&needed, it)).map(|node| {
        let message = "nothing says what the model has to do with it";
        Finding::new("policy.lineage.unconnected", message).about(node.id())
    }));
    let gaps = gaps.into_iter();
    gaps.map(|finding| LineageFact::new(LineageState::Gap, finding))
        .collect()
}
