//! What an incident touches of a model, and the chain that leads there.

use modelward_artifact::Digest;
use modelward_graph::NodeRef;
use modelward_incident::{AssetRef, Incident};

use crate::Lineage;

/// Says what of the model an incident affects, if it affects anything of it.
pub(crate) fn touched(
    incident: &Incident,
    root: &Digest,
    lineage: Option<&Lineage>,
) -> Option<String> {
    let model = AssetRef::Digest(*root);
    if incident.affects(&model) {
        return Some("the model itself".to_owned());
    }
    let lineage = lineage?;
    let node = incident
        .refs()
        .flat_map(|asset| lineage.matching(asset))
        .min_by(|a, b| a.id().cmp(b.id()))?;
    Some(explain(lineage, node).unwrap_or_else(|| node.id().to_string()))
}

/// Returns the chain from the model to a part of it.
pub(crate) fn explain(lineage: &Lineage, node: NodeRef<'_>) -> Option<String> {
    let path = lineage.graph().path(lineage.model(), node.id()).ok()??;
    Some(path.to_string())
}
