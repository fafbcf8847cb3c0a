//! The supply chain of one model, out of that of all.

use modelward_graph::{BuildGraphError, Direction, Node, NodeRef, NodeSet, SupplyGraphBuilder};

use super::Fleet;
use crate::Lineage;

impl Fleet {
    /// Returns the supply chain of the model that a document is about, with what other documents say
    /// of it: what a base model was made of, too. `None` where there is no such document, or it is
    /// about nothing.
    ///
    /// # Errors
    ///
    /// [`BuildGraphError`] where the part passes the limits of a graph, which the whole did not.
    pub fn lineage(&self, document: &str) -> Result<Option<Lineage>, BuildGraphError> {
        let Some(model) = self.model(document) else {
            return Ok(None);
        };
        let needed = self.graph().dependencies(model.id());
        let needed = needed.iter().flat_map(NodeSet::iter);
        let nodes: Vec<_> = std::iter::once(model).chain(needed).collect();
        let mut builder = SupplyGraphBuilder::default();
        for node in &nodes {
            self.copy(*node, &mut builder)?;
        }
        let names = nodes.iter().flat_map(|node| {
            let id = node.to_id();
            let own = format!("{document}#");
            let names = std::iter::once(node.id()).chain(node.aliases());
            // Within its lineage the names of its own document hold as they are.
            let names = names.flat_map(move |name| {
                let local = name.strip_prefix(&own).map(str::to_owned);
                std::iter::once(name.to_owned()).chain(local)
            });
            names
                .map(move |name| (name, id.clone()))
                .collect::<Vec<_>>()
        });
        let names = names.collect();
        Ok(Some(Lineage::of_parts(
            builder.build()?,
            model.to_id(),
            names,
        )))
    }

    /// Copies what is said of a node and what it needs.
    fn copy(
        &self,
        node: NodeRef<'_>,
        builder: &mut SupplyGraphBuilder,
    ) -> Result<(), BuildGraphError> {
        let id = node.to_id();
        for statement in node.statements() {
            let mut copied =
                Node::new(id.clone(), statement.kind(), statement.name().unwrap_or(""));
            if let Some(version) = statement.version() {
                copied = copied.with_version(version);
            }
            if let Some(license) = statement.license() {
                copied = copied.with_license(license);
            }
            for digest in statement.digests() {
                copied = copied.with_digest(*digest);
            }
            for source in statement.sources() {
                builder.begin(source.clone())?;
                builder.add_node(&copied)?;
            }
        }
        let edges = self.graph().direct(node.id(), Direction::Dependencies);
        for edge in edges.unwrap_or_default() {
            for source in edge.sources().cloned() {
                builder.begin(source)?;
                builder.relate(&id, edge.relation(), &edge.to().to_id())?;
            }
        }
        Ok(())
    }
}
