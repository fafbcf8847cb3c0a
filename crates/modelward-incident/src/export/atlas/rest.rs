use std::collections::BTreeMap;

use crate::export::{FieldLoss, LossStatus};
use crate::{AffectedAsset, AiSystem, Facts, Incident, Released};

/// Why a field is not told where nothing else was said.
const NO_PLACE: &str = "a case study has no place for it";

/// What became of every field that holds something, so that none is forgotten.
pub(super) struct Rows(BTreeMap<String, (LossStatus, &'static str)>);

impl Rows {
    /// Enters every field that holds something as one that is not told.
    pub(super) fn of(released: &Released) -> Self {
        let mut rows = Self(BTreeMap::new());
        let incident = released.incident();
        rows.unmapped(
            "tlp",
            "a case study has no marking; the label has to go with it",
        );
        rows.enter_judgements(incident);
        for (index, system) in incident.systems().iter().enumerate() {
            rows.enter_system(&format!("systems/{index}"), system);
        }
        for (id, asset) in incident.assets() {
            rows.enter_asset(&format!("assets/{id}"), asset);
        }
        rows.enter_things(incident);
        rows
    }

    pub(super) fn direct(&mut self, field: &str, place: &'static str) {
        self.say(field, LossStatus::Direct, place);
    }

    pub(super) fn partial(&mut self, field: &str, note: &'static str) {
        self.say(field, LossStatus::Partial, note);
    }

    pub(super) fn approximate(&mut self, field: &str, note: &'static str) {
        self.say(field, LossStatus::Approximate, note);
    }

    pub(super) fn unmapped(&mut self, field: &str, why: &'static str) {
        self.say(field, LossStatus::Unmapped, why);
    }

    pub(super) fn into_losses(self) -> Vec<FieldLoss> {
        let rows = self.0.into_iter();
        rows.map(|(field, (status, note))| FieldLoss::new(field, status, note))
            .collect()
    }

    fn say(&mut self, field: &str, status: LossStatus, note: &'static str) {
        self.0.insert(field.to_owned(), (status, note));
    }

    fn enter(&mut self, at: &str, members: &[(&str, bool)]) {
        for (member, _) in members.iter().filter(|(_, held)| *held) {
            let field = if at.is_empty() {
                (*member).to_owned()
            } else {
                format!("{at}/{member}")
            };
            self.0.insert(field, (LossStatus::Unmapped, NO_PLACE));
        }
    }

    fn enter_judgements(&mut self, incident: &Incident) {
        let members = [
            ("id", true),
            ("title", true),
            ("severity", true),
            ("determination", true),
            ("harm", true),
            ("phase", true),
            ("timeline", true),
            ("summary", incident.summary().is_some()),
            ("cwes", !incident.cwes().is_empty()),
            ("preventedBy", !incident.prevented_by().is_empty()),
            ("oecdSeverity", incident.oecd_severity().is_some()),
            ("oecdAnswers", !incident.oecd_answers().is_empty()),
            ("began", incident.began().is_some()),
            ("outcome", incident.outcome().is_some()),
            ("facts", *incident.facts() != Facts::new()),
            ("hold", incident.hold().is_some()),
            ("authorityInformed", incident.authority_informed().is_some()),
            ("rootCause", incident.root_cause().is_some()),
            ("review", incident.review().is_some()),
            ("assetsUnknown", incident.assets_unknown().is_some()),
        ];
        self.enter("", &members);
        self.unmapped("kinds", "the techniques stand for them");
    }

    fn enter_system(&mut self, at: &str, system: &AiSystem) {
        let members = [
            ("name", true),
            ("version", system.version.is_some()),
            ("purpose", system.purpose.is_some()),
            ("developers", !system.developers.is_empty()),
            ("deployers", !system.deployers.is_empty()),
        ];
        self.enter(at, &members);
    }

    fn enter_asset(&mut self, at: &str, asset: &AffectedAsset) {
        let members = [
            ("kind", true),
            ("name", true),
            ("compromise", true),
            ("origin", true),
            ("version", asset.version.is_some()),
            ("refs", !asset.refs.is_empty()),
            ("window", asset.window.is_some()),
            ("inProduction", asset.in_production.is_some()),
        ];
        self.enter(at, &members);
    }

    fn enter_things(&mut self, incident: &Incident) {
        let ids = [
            ("impacts", incident.impacts().keys().collect::<Vec<_>>()),
            ("evidence", incident.evidence().keys().collect()),
            ("actions", incident.actions().keys().collect()),
            ("orders", incident.orders().keys().collect()),
            ("recoveries", incident.recoveries().keys().collect()),
        ];
        for (at, ids) in ids {
            for id in ids {
                self.enter(at, &[(id.as_str(), true)]);
            }
        }
        let lists = [
            ("detections", incident.detections().len()),
            ("links", incident.links().len()),
            ("disclosures", incident.disclosures().len()),
            ("notes", incident.notes().len()),
        ];
        for (at, len) in lists {
            for index in 0..len {
                self.enter(at, &[(index.to_string().as_str(), true)]);
            }
        }
    }
}
