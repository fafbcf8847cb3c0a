use modelward_artifact::{JsonLimits, json};
use serde::{Deserialize, Serialize};

use crate::{GraphLimits, Node, NodeId, Relation, SnapshotError, SupplyGraph, SupplyGraphBuilder};

/// Names the format and its version.
const FORMAT: &str = "modelward-graph/1";

impl SupplyGraph {
    /// Writes the graph as canonical JSON (RFC 8785): one text for one graph.
    ///
    /// # Errors
    ///
    /// [`SnapshotError::Json`] where a text of a node has no JSON form.
    pub fn to_json(&self) -> Result<Vec<u8>, SnapshotError> {
        let snapshot = Snapshot {
            format: FORMAT.to_owned(),
            nodes: self.nodes().cloned().collect(),
            edges: self
                .edges()
                .map(|edge| Triple {
                    from: edge.from().id().clone(),
                    relation: edge.relation(),
                    to: edge.to().id().clone(),
                })
                .collect(),
        };
        json::canonical(&snapshot).map_err(|source| SnapshotError::Json { source })
    }

    /// Reads what [`to_json`](Self::to_json) wrote: strict JSON, with no member that is not known.
    ///
    /// # Errors
    ///
    /// [`SnapshotError`] where the text is not a snapshot, passes a limit, or its nodes and
    /// relations do not make a graph.
    pub fn from_json(
        bytes: &[u8],
        text_limits: &JsonLimits,
        graph_limits: &GraphLimits,
    ) -> Result<Self, SnapshotError> {
        let snapshot: Snapshot =
            json::read_as(bytes, text_limits).map_err(|source| SnapshotError::Json { source })?;
        if snapshot.format != FORMAT {
            return Err(SnapshotError::Format {
                expected: FORMAT,
                found: snapshot.format,
            });
        }
        let mut builder = SupplyGraphBuilder::new(*graph_limits);
        let build = |source| SnapshotError::Build { source };
        for node in snapshot.nodes {
            builder.add_node(node).map_err(build)?;
        }
        for Triple { from, relation, to } in &snapshot.edges {
            builder.relate(from, *relation, to).map_err(build)?;
        }
        builder.build().map_err(build)
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Snapshot {
    format: String,
    nodes: Vec<Node>,
    edges: Vec<Triple>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Triple {
    from: NodeId,
    relation: Relation,
    to: NodeId,
}
