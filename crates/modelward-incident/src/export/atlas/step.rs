use modelward_artifact::Text;

use super::AtlasOptions;
use crate::export::ledger::Ledger;
use crate::format::atlas::{ProcedureStep, TacticId};
use crate::{Incident, Technique};

/// Makes the steps. What keeps one from being made goes to `missing`.
pub(super) fn procedure(
    incident: &Incident,
    options: &AtlasOptions<'_>,
    ledger: &mut Ledger,
    missing: &mut Vec<String>,
) -> Vec<ProcedureStep> {
    let techniques = incident.techniques();
    if techniques.is_empty() {
        missing.push("a technique of MITRE ATLAS".to_owned());
    }
    let mut steps = Vec::new();
    for (index, technique) in techniques.iter().enumerate() {
        let id = technique.id;
        let field = format!("techniques/{index}");
        let stated = stated(technique);
        let found = stated.clone().or_else(|| looked_up(technique, options));
        let Some(tactic) = found else {
            missing.push(format!("the tactic of {id} at {field}"));
            continue;
        };
        if stated.is_none() {
            let note = "procedure; the tactic is the first that ATLAS has";
            ledger.approximate(format!("{field}/id"), note);
        } else {
            ledger.direct(format!("{field}/id"), "procedure");
            ledger.direct(format!("{field}/tactic"), "procedure");
        }
        ledger.direct(format!("{field}/description"), "procedure");
        let description = technique.description.as_ref().map_or("", Text::as_str);
        steps.push(ProcedureStep::new(tactic, id, description));
    }
    steps
}

/// Returns the tactic that the record states, where it is one of ATLAS.
fn stated(technique: &Technique) -> Option<TacticId> {
    technique.tactic.as_ref()?.as_str().parse().ok()
}

fn looked_up(technique: &Technique, options: &AtlasOptions<'_>) -> Option<TacticId> {
    let tactics = options.data?.tactics_of(technique.id);
    tactics.first().cloned()
}
