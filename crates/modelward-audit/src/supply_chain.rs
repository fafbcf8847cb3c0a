//! The two rules that look along the supply chain: what is affected, and what is an open incident.

use modelward_artifact::{Digest, Finding};
use modelward_graph::NodeRef;
use modelward_incident::{AssetRef, Incident};

use crate::gate::unknown;
use crate::{Answer, GateEvidence, Lineage};

/// Looks for affected assets among what the model is made of.
pub(crate) fn reasons(evidence: &GateEvidence<'_>) -> Vec<(Answer, Finding)> {
    let (Some(lineage), Some(affected)) = (evidence.lineage, evidence.affected) else {
        let message = "no supply chain with a list of affected assets was given";
        return vec![unknown("gate.supply_chain.none", message)];
    };
    let mut reasons = Vec::new();
    for (asset, reason) in affected.iter() {
        for node in lineage.matching(asset) {
            let message = match explain(lineage, node) {
                Some(path) => format!("affected ({reason}): {path}"),
                None => format!("affected ({reason})"),
            };
            let finding = Finding::new("gate.supply_chain.affected", message);
            reasons.push((Answer::Fail, finding.about(node.id())));
        }
    }
    if reasons.is_empty() {
        let message = format!(
            "none of {} components is among the {} assets known to be affected",
            lineage.graph().node_count(),
            affected.len(),
        );
        reasons.push((
            Answer::Pass,
            Finding::new("gate.supply_chain.unaffected", message),
        ));
    }
    reasons
}

/// Looks for open incidents on the model or on anything that it is made of.
pub(crate) fn incidents(
    evidence: &GateEvidence<'_>,
    root: Option<&Digest>,
) -> Vec<(Answer, Finding)> {
    let Some(incidents) = evidence.incidents else {
        return vec![unknown(
            "gate.incidents.none",
            "no incident records were given",
        )];
    };
    let Some(root) = root else {
        let message = "incidents cannot be compared with files that are not verified";
        return vec![unknown("gate.incidents.unverified", message)];
    };
    // A record of which a part is withheld may have been reopened in that part.
    let open = incidents
        .iter()
        .filter(|incident| incident.is_open() || incident.is_partial());
    let mut reasons: Vec<_> = open
        .filter_map(|incident| hit(incident, root, evidence.lineage))
        .collect();
    if reasons.is_empty() {
        let message = format!(
            "none of {} incident records is open on this model",
            incidents.len()
        );
        reasons.push((Answer::Pass, Finding::new("gate.incidents.clear", message)));
    }
    reasons
}

fn hit(incident: &Incident, root: &Digest, lineage: Option<&Lineage>) -> Option<(Answer, Finding)> {
    let what = touched(incident, root, lineage)?;
    let phase = incident.phase();
    let (answer, code, message) = if incident.is_open() {
        let message = format!("an incident in the phase {phase} is open: {what}");
        (Answer::Fail, "gate.incidents.open", message)
    } else {
        let message = format!("an incident is closed as far as its record is at hand: {what}");
        (Answer::Unknown, "gate.incidents.partial", message)
    };
    let finding = Finding::new(code, message);
    Some((answer, finding.about(incident.id().to_string())))
}

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
