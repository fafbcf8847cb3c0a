use std::fmt;

use modelward_artifact::escape::Terminal;
use modelward_artifact::json;
use modelward_graph::{Direction, FindingClass, NodeId, Path, RelationSet};
use modelward_incident::AssetRef;
use serde::Serialize;

use super::Fleet;

/// The relations that carry whatever is bad; a bad benchmark does not change the model.
const FLOW: RelationSet = FindingClass::PoisonedData
    .flow()
    .union(FindingClass::MaliciousWeights.flow())
    .union(FindingClass::CodeFlaw.flow());

/// Names a model that something bad reaches, and a shortest way on which it does.
#[derive(Clone, Debug, Serialize)]
pub struct ModelHit {
    document: String,
    node: NodeId,
    path: Path,
}

impl ModelHit {
    /// Returns the document that is about the model.
    #[must_use]
    pub fn document(&self) -> &str {
        &self.document
    }

    /// Returns the model.
    #[must_use]
    pub const fn node(&self) -> &NodeId {
        &self.node
    }

    /// Returns a shortest chain from the model to the asset; one without a step where the model
    /// itself is the asset.
    #[must_use]
    pub const fn path(&self) -> &Path {
        &self.path
    }
}

/// Holds which models of a fleet an asset reaches.
///
/// An asset that no document names reaches nothing that is known, which is not the same as reaching
/// nothing.
#[derive(Clone, Debug, Serialize)]
#[must_use = "an unread answer takes nothing out of use"]
pub struct BlastRadius {
    asset: AssetRef,
    nodes: Vec<NodeId>,
    models: Vec<ModelHit>,
}

impl BlastRadius {
    /// Returns the asset that was asked about.
    #[must_use]
    pub const fn asset(&self) -> &AssetRef {
        &self.asset
    }

    /// Returns the nodes that the asset is, sorted; none where no document names it.
    #[must_use]
    pub fn nodes(&self) -> &[NodeId] {
        &self.nodes
    }

    /// Tells whether a document names the asset.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        !self.nodes.is_empty()
    }

    /// Returns the models that it reaches, sorted by document.
    #[must_use]
    pub fn models(&self) -> &[ModelHit] {
        &self.models
    }

    /// Returns the JSON document, the same bytes for the same answer.
    ///
    /// # Panics
    ///
    /// Never: its members are text.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        json::pretty(self).expect("text members have a JSON form")
    }
}

/// Shows each model with its chain, safe for a terminal.
impl fmt::Display for BlastRadius {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_known() {
            return write!(f, "{}: no document names it", self.asset);
        }
        let (count, plural) = match self.models.len() {
            1 => (1, ""),
            count => (count, "s"),
        };
        write!(f, "{}: reaches {count} model{plural}", self.asset)?;
        for model in &self.models {
            write!(f, "\n  {}: {}", Terminal(&model.document), model.path)?;
        }
        Ok(())
    }
}

impl Fleet {
    /// Returns which models an asset reaches that is compromised in whatever way: along all relations
    /// that a flaw of code, weights or data follows.
    pub fn blast_radius(&self, asset: &AssetRef) -> BlastRadius {
        self.reached(asset, FLOW)
    }

    /// Returns which models an asset reaches that has a flaw of one class.
    pub fn blast_radius_of(&self, asset: &AssetRef, class: FindingClass) -> BlastRadius {
        self.reached(asset, class.flow())
    }

    fn reached(&self, asset: &AssetRef, flow: RelationSet) -> BlastRadius {
        let nodes: Vec<_> = self.matching(asset).iter().map(|it| it.to_id()).collect();
        let mut radius = BlastRadius {
            asset: asset.clone(),
            nodes,
            models: Vec::new(),
        };
        let query = self.graph().query(Direction::Dependents, &radius.nodes);
        let Ok(query) = query else {
            return radius;
        };
        let trace = query.along(flow).trace();
        let hit = self.models().filter_map(|(document, node)| {
            Some(ModelHit {
                document: document.to_owned(),
                node: node.to_id(),
                path: trace.path(node.id())?,
            })
        });
        radius.models = hit.collect();
        radius
    }
}
