use std::collections::BTreeMap;

use super::{FieldLoss, LossStatus};
use crate::{AffectedAsset, AiSystem, Facts, Impact, Incident};

/// Keeps what became of every field of the record that holds something, so that none is forgotten.
pub(super) struct Ledger {
    rows: BTreeMap<String, (LossStatus, String)>,
}

impl Ledger {
    /// Enters every field that holds something as one that the format has no place for.
    pub(super) fn of(incident: &Incident) -> Self {
        let mut fields = Vec::new();
        enter_judgments(incident, &mut fields);
        enter_affected(incident, &mut fields);
        enter_response(incident, &mut fields);
        let lost = (LossStatus::Unmapped, "the format has no place for it");
        let lost = (lost.0, lost.1.to_owned());
        Self {
            rows: fields
                .into_iter()
                .map(|field| (field, lost.clone()))
                .collect(),
        }
    }

    /// States what became of a field, where it holds something.
    ///
    /// Said twice, the better of both counts.
    pub(super) fn say(&mut self, field: &str, status: LossStatus, note: &str) {
        if let Some(row) = self.rows.get_mut(field)
            && (row.0 == LossStatus::Unmapped || status < row.0)
        {
            *row = (status, note.to_owned());
        }
    }

    /// States of every field below `parent` that ends in `member` what became of it; an empty member
    /// stands for each whole.
    pub(super) fn say_each(
        &mut self,
        (parent, member): (&str, &str),
        status: LossStatus,
        note: &str,
    ) {
        let is_meant = |field: &str| {
            let below = field
                .strip_prefix(parent)
                .is_some_and(|rest| rest.starts_with('/'));
            below && (member.is_empty() || field.ends_with(&format!("/{member}")))
        };
        let fields: Vec<String> = self
            .rows
            .keys()
            .filter(|field| is_meant(field))
            .cloned()
            .collect();
        for field in fields {
            self.say(&field, status, note);
        }
    }

    pub(super) fn into_losses(self) -> Vec<FieldLoss> {
        let rows = self.rows.into_iter();
        rows.map(|(field, (status, note))| FieldLoss::new(field, status, note))
            .collect()
    }
}

fn enter_judgments(incident: &Incident, fields: &mut Vec<String>) {
    let always = [
        "id",
        "title",
        "kinds",
        "severity",
        "determination",
        "harm",
        "phase",
        "timeline",
    ];
    fields.extend(always.map(str::to_owned));
    let held = [
        ("summary", incident.summary().is_some()),
        ("techniques", !incident.techniques().is_empty()),
        ("cwes", !incident.cwes().is_empty()),
        ("preventedBy", !incident.prevented_by().is_empty()),
        ("oecdSeverity", incident.oecd_severity().is_some()),
        ("began", incident.began().is_some()),
        ("outcome", incident.outcome().is_some()),
        ("facts", *incident.facts() != Facts::new()),
        ("hold", incident.hold().is_some()),
        ("authorityInformed", incident.authority_informed().is_some()),
        ("rootCause", incident.root_cause().is_some()),
        ("review", incident.review().is_some()),
        ("assetsUnknown", incident.assets_unknown().is_some()),
    ];
    let held = held.into_iter().filter(|(_, is_held)| *is_held);
    fields.extend(held.map(|(field, _)| field.to_owned()));
    let answers = incident.oecd_answers().keys();
    fields.extend(answers.map(|it| format!("oecdAnswers/{}", it.number())));
}

fn enter_affected(incident: &Incident, fields: &mut Vec<String>) {
    for (index, system) in incident.systems().iter().enumerate() {
        enter_system(&format!("systems/{index}"), system, fields);
    }
    for (id, asset) in incident.assets() {
        enter_asset(&format!("assets/{id}"), asset, fields);
    }
    for (id, impact) in incident.impacts() {
        enter_impact(&format!("impacts/{id}"), impact, fields);
    }
}

fn enter_system(at: &str, system: &AiSystem, fields: &mut Vec<String>) {
    let held = [
        ("name", true),
        ("version", system.version.is_some()),
        ("purpose", system.purpose.is_some()),
        ("developers", !system.developers.is_empty()),
        ("deployers", !system.deployers.is_empty()),
    ];
    enter_members(at, &held, fields);
}

fn enter_asset(at: &str, asset: &AffectedAsset, fields: &mut Vec<String>) {
    let held = [
        ("kind", true),
        ("name", true),
        ("compromise", true),
        ("origin", true),
        ("version", asset.version.is_some()),
        ("refs", !asset.refs.is_empty()),
        ("window", asset.window.is_some()),
        ("inProduction", asset.in_production.is_some()),
    ];
    enter_members(at, &held, fields);
}

fn enter_impact(at: &str, impact: &Impact, fields: &mut Vec<String>) {
    let held = [
        ("kind", true),
        ("description", true),
        ("affected", !impact.affected.is_empty()),
        ("count", impact.count.is_some()),
    ];
    enter_members(at, &held, fields);
}

fn enter_members(at: &str, members: &[(&str, bool)], fields: &mut Vec<String>) {
    let held = members.iter().filter(|(_, is_held)| *is_held);
    fields.extend(held.map(|(member, _)| format!("{at}/{member}")));
}

fn enter_response(incident: &Incident, fields: &mut Vec<String>) {
    let slugs = [
        ("evidence", incident.evidence().keys().collect::<Vec<_>>()),
        ("actions", incident.actions().keys().collect()),
        ("orders", incident.orders().keys().collect()),
        ("recoveries", incident.recoveries().keys().collect()),
    ];
    for (parent, slugs) in slugs {
        fields.extend(slugs.into_iter().map(|id| format!("{parent}/{id}")));
    }
    let lists = [
        ("detections", incident.detections().len()),
        ("links", incident.links().len()),
        ("disclosures", incident.disclosures().len()),
        ("notes", incident.notes().len()),
    ];
    for (parent, len) in lists {
        fields.extend((0..len).map(|index| format!("{parent}/{index}")));
    }
}
