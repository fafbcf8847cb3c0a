use super::Derived;
use crate::export::LossStatus::{Approximate, Direct, Partial};
use crate::export::versioned;
use crate::{ActionState, AssetKind, AssetRef, ImpactKind, Incident, RootCause, Technique};

pub(super) fn training_data(incident: &Incident) -> Derived {
    let derived = Derived::new(Direct, "data sets that are affected, by what names them");
    located(incident, derived, |kind| kind == AssetKind::Dataset)
}

pub(super) fn models(incident: &Incident) -> Derived {
    let derived = Derived::new(Direct, "models that are affected, by what names them");
    located(incident, derived, |kind| {
        matches!(kind, AssetKind::Adapter | AssetKind::Model)
    })
}

/// Says where assets are. One that nothing names outside of the record is no answer.
fn located(
    incident: &Incident,
    mut derived: Derived,
    is_meant: impl Fn(AssetKind) -> bool,
) -> Derived {
    let assets = incident.assets().iter();
    for (id, asset) in assets.filter(|(_, asset)| is_meant(asset.kind) && !asset.refs.is_empty()) {
        let refs: Vec<String> = asset.refs.iter().map(AssetRef::to_string).collect();
        let answer = format!(
            "{}: {}",
            versioned(&asset.name, asset.version.as_ref()),
            refs.join(", ")
        );
        derived.say(answer, format!("assets/{id}/refs"), Direct);
        for member in ["kind", "name", "version"] {
            derived
                .sources
                .push((format!("assets/{id}/{member}"), Direct));
        }
    }
    derived
}

pub(super) fn tasks(incident: &Incident) -> Derived {
    let mut derived = Derived::new(Approximate, "what the systems are for");
    for (index, system) in incident.systems().iter().enumerate() {
        if let Some(purpose) = &system.purpose {
            let field = format!("systems/{index}/purpose");
            derived.say(purpose.as_str(), field, Approximate);
        }
    }
    derived
}

pub(super) fn actions(incident: &Incident) -> Derived {
    let mut derived = Derived::new(Direct, "actions, orders and recoveries of the record");
    for (id, action) in incident.actions() {
        derived.say(done(action), format!("actions/{id}"), Partial);
    }
    for (id, order) in incident.orders() {
        let answer = format!("quarantine: {}", order.order().reason);
        derived.say(answer, format!("orders/{id}"), Partial);
    }
    for (asset, recovery) in incident.recoveries() {
        let state = if recovery.is_restored() {
            "restored"
        } else {
            "planned"
        };
        let answer = format!("recovery of {asset} to {}: {state}", recovery.plan().to);
        derived.say(answer, format!("recoveries/{asset}"), Partial);
    }
    derived
}

fn done(state: &ActionState) -> String {
    let action = state.action();
    let confirmed = match state.confirmed() {
        Some(_) => "done",
        None => "ordered",
    };
    format!(
        "{}: {} ({confirmed})",
        action.stage.name(),
        action.description
    )
}

pub(super) fn steps(incident: &Incident) -> Derived {
    let mut derived = Derived::new(Approximate, "techniques of the record, in order");
    for (index, technique) in incident.techniques().iter().enumerate() {
        for member in ["id", "name", "description"] {
            let field = format!("techniques/{index}/{member}");
            derived.sources.push((field, Approximate));
        }
        derived.answers.push(step(technique));
    }
    derived
}

fn step(technique: &Technique) -> String {
    let mut text = technique.id.to_string();
    if let Some(name) = &technique.name {
        text = format!("{text} {name}");
    }
    if let Some(description) = &technique.description {
        text = format!("{text}: {description}");
    }
    text
}

/// Says what the framework has no place for: above all what is known of security.
pub(super) fn anything_else(incident: &Incident) -> Derived {
    let mut derived = Derived::new(Direct, "what no other criterion asks for");
    for kind in incident.kinds() {
        let mapping = kind.mapping();
        let attacks: Vec<&str> = [mapping.nist, mapping.atlas].concat();
        if !attacks.is_empty() {
            let answer = format!("{}: {}", kind.name(), attacks.join(", "));
            derived.say(answer, "kinds", Direct);
        }
    }
    for cwe in incident.cwes() {
        derived.say(format!("CWE-{cwe}"), "cwes", Direct);
    }
    let determination = format!("determination: {}", incident.determination());
    derived.say(determination, "determination", Direct);
    let severity = format!(
        "severity on a scale of the submitter: {}",
        incident.severity()
    );
    derived.say(severity, "severity", Direct);
    if let Some(RootCause::Known { cause }) = incident.root_cause() {
        derived.say(format!("root cause: {cause}"), "rootCause", Direct);
    }
    for control in incident.prevented_by() {
        derived.say(format!("prevented by: {control}"), "preventedBy", Direct);
    }
    for (id, impact) in incident.impacts() {
        if impact.count.is_none() && impact.kind != ImpactKind::Rights {
            let field = format!("impacts/{id}/description");
            let answer = format!("{}: {}", impact.kind.name(), impact.description);
            derived.say(answer, field, Direct);
        }
    }
    for (index, note) in incident.notes().iter().enumerate() {
        derived.say(format!("note: {note}"), format!("notes/{index}"), Direct);
    }
    derived
}
