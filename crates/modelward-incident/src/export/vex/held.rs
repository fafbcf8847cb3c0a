//! Which fields of the record hold something.

use crate::{Facts, Incident, Moment};

/// Names every field that holds something, sorted.
pub(super) fn held(incident: &Incident) -> Vec<String> {
    let mut fields = Vec::new();
    judged(incident, &mut fields);
    affected(incident, &mut fields);
    done(incident, &mut fields);
    fields.sort();
    fields.dedup();
    fields
}

fn judged(incident: &Incident, fields: &mut Vec<String>) {
    let facts = incident.facts();
    let state = &incident.state;
    let members = [
        ("id", true),
        ("tlp", true),
        ("title", true),
        ("summary", incident.summary().is_some()),
        ("kinds", true),
        ("cwes", !incident.cwes().is_empty()),
        ("severity", true),
        ("determination", true),
        ("harm", true),
        ("preventedBy", !incident.prevented_by().is_empty()),
        ("oecdSeverity", incident.oecd_severity().is_some()),
        ("began", incident.began().is_some()),
        ("phase", true),
        ("outcome", incident.outcome().is_some()),
        ("timeline", true),
        ("facts", *facts != Facts::new()),
        ("facts/discovered", facts.time(Moment::Discovered).is_some()),
        ("obligations/tolls", !state.tolls.is_empty()),
        ("obligations/ruledOut", !state.ruled_out.is_empty()),
        ("obligations/review", state.obligations_reviewed.is_some()),
        ("assetsUnknown", incident.assets_unknown().is_some()),
        ("containmentWaived", !state.containment_waived.is_empty()),
        ("eradicationWaived", state.eradication_waived.is_some()),
        ("recoveryWaived", state.recovery_waived.is_some()),
        ("hold", incident.hold().is_some()),
        ("authorityInformed", incident.authority_informed().is_some()),
        ("rootCause", incident.root_cause().is_some()),
        ("review", incident.review().is_some()),
    ];
    enter(fields, "", &members);
    let answers = incident.oecd_answers().keys();
    fields.extend(answers.map(|it| format!("oecdAnswers/{}", it.number())));
}

fn affected(incident: &Incident, fields: &mut Vec<String>) {
    for (index, system) in incident.systems().iter().enumerate() {
        let members = [
            ("name", true),
            ("version", system.version.is_some()),
            ("purpose", system.purpose.is_some()),
            ("developers", !system.developers.is_empty()),
            ("deployers", !system.deployers.is_empty()),
        ];
        enter(fields, &format!("systems/{index}/"), &members);
    }
    for (id, asset) in incident.assets() {
        let members = [
            ("kind", true),
            ("name", true),
            ("version", asset.version.is_some()),
            ("refs", !asset.refs.is_empty()),
            ("compromise", true),
            ("window", asset.window.is_some()),
            ("inProduction", asset.in_production.is_some()),
            ("origin", true),
        ];
        enter(fields, &format!("assets/{id}/"), &members);
    }
    for (id, impact) in incident.impacts() {
        let members = [
            ("kind", true),
            ("description", true),
            ("affected", !impact.affected.is_empty()),
            ("count", impact.count.is_some()),
        ];
        enter(fields, &format!("impacts/{id}/"), &members);
    }
}

fn done(incident: &Incident, fields: &mut Vec<String>) {
    let named = [
        ("evidence", incident.evidence().keys().collect::<Vec<_>>()),
        ("actions", incident.actions().keys().collect()),
        ("orders", incident.orders().keys().collect()),
        ("recoveries", incident.recoveries().keys().collect()),
    ];
    for (list, ids) in named {
        fields.extend(ids.into_iter().map(|id| format!("{list}/{id}")));
    }
    let counted = [
        ("techniques", incident.techniques().len()),
        ("detections", incident.detections().len()),
        ("links", incident.links().len()),
        ("disclosures", incident.disclosures().len()),
        ("notes", incident.notes().len()),
    ];
    for (list, count) in counted {
        fields.extend((0..count).map(|index| format!("{list}/{index}")));
    }
}

fn enter(fields: &mut Vec<String>, parent: &str, members: &[(&str, bool)]) {
    let members = members.iter().filter(|(_, is_held)| *is_held);
    fields.extend(members.map(|(member, _)| format!("{parent}{member}")));
}
