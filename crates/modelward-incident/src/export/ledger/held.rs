//! Which fields of a record hold something.

use std::collections::BTreeSet;

use super::Ledger;
use crate::incident::State;
use crate::{AffectedAsset, AiSystem, EventKind, Impact, Released, Technique};

/// Enters them. What no event said holds nothing.
pub(super) fn enter(released: &Released, ledger: &mut Ledger) {
    let incident = released.incident();
    for field in ["id", "phase", "timeline", "tlp"] {
        ledger.whole(field, true);
    }
    ledger.whole("withheld", incident.is_partial());
    let (withheld, level) = (incident.withheld().len(), released.level());
    let why = format!("something of {withheld} events may not be told at {level}");
    ledger.unmapped("withheld", why);
    let mut known = BTreeSet::new();
    for event in incident.timeline() {
        if known.insert(event.kind().name()) {
            said(event.kind(), &incident.state, ledger);
        }
    }
}

/// Enters what events of a kind say, as far as the record still says it: reasons, and what a later
/// event took the place of, are of the timeline. There is no arm for all others, so that a new kind
/// does not compile before somebody says here which field it is.
fn said(kind: &EventKind, state: &State, ledger: &mut Ledger) {
    match kind {
        EventKind::ActionConfirmed { .. } | EventKind::ActionTaken(_) => {
            ledger.each("actions", state.actions.keys());
        }
        EventKind::AssetRecorded(_) => assets(state, ledger),
        EventKind::AssetsUnknown { .. } => ledger.some("assetsUnknown", &state.assets_unknown),
        EventKind::AuthorityInformed { .. } => {
            ledger.some("authorityInformed", &state.authority_informed);
        }
        EventKind::Began { .. } => ledger.some("began", &state.began),
        EventKind::Classified(_) => classified(state, ledger),
        EventKind::Closed { .. } => ledger.some("outcome", &state.outcome),
        EventKind::ContainmentWaived { .. } => {
            ledger.each("containmentWaived", state.containment_waived.keys());
        }
        EventKind::CustodyRecorded { .. } | EventKind::EvidenceCollected(_) => {
            evidence(state, ledger);
        }
        EventKind::Detected(_) => ledger.each("detections", 0..state.detections.len()),
        EventKind::Disclosed(_) => ledger.each("disclosures", 0..state.disclosures.len()),
        EventKind::EradicationWaived { .. } => {
            ledger.some("eradicationWaived", &state.eradication_waived);
        }
        EventKind::FactAnswered { .. } => ledger.each("facts", state.facts.answered()),
        EventKind::HoldLifted { .. } | EventKind::HoldPlaced { .. } => {
            ledger.some("hold", &state.hold);
        }
        EventKind::ImpactRecorded(_) => impacts(state, ledger),
        EventKind::Linked(_) => ledger.each("links", 0..state.links.len()),
        EventKind::MomentStated { .. } => ledger.each("facts", state.facts.moments()),
        EventKind::Noted { .. } => ledger.each("notes", 0..state.notes.len()),
        EventKind::ObligationRuledOut { .. }
        | EventKind::ObligationTolled { .. }
        | EventKind::ObligationsReviewed(_)
        | EventKind::ReportRecorded { .. } => duties(state, ledger),
        EventKind::OecdAnswered { .. } => {
            let criteria = state.oecd_answers.keys();
            ledger.each("oecdAnswers", criteria.map(|it| it.number()));
        }
        EventKind::OecdSeverityStated { .. } => ledger.some("oecdSeverity", &state.oecd_severity),
        EventKind::Determined { .. }
        | EventKind::HarmStated { .. }
        | EventKind::Opened(_)
        | EventKind::SeverityChanged { .. } => judged(state, ledger),
        EventKind::OrderLifted { .. }
        | EventKind::OrderProposed(_)
        | EventKind::OrderSignedOff { .. } => ledger.each("orders", state.orders.keys()),
        // They are the phase and the timeline, which every record has.
        EventKind::PhaseChanged { .. } | EventKind::Reopened { .. } => {}
        EventKind::RecoveryPlanned(_) | EventKind::Restored(_) => {
            ledger.each("recoveries", state.recoveries.keys());
        }
        EventKind::RecoveryWaived { .. } => ledger.some("recoveryWaived", &state.recovery_waived),
        EventKind::ReviewActionDone { .. } | EventKind::ReviewHeld(_) => {
            ledger.some("review", &state.review);
        }
        EventKind::RootCauseStated(_) => ledger.some("rootCause", &state.root_cause),
        EventKind::SystemDescribed(_) => systems(state, ledger),
    }
}

/// The severity, the determination and the harm of a record are there from its opening on.
fn judged(state: &State, ledger: &mut Ledger) {
    for field in ["title", "kinds", "severity", "determination", "harm"] {
        ledger.whole(field, true);
    }
    ledger.some("summary", &state.summary);
    ledger.whole("preventedBy", !state.prevented_by.is_empty());
}

fn classified(state: &State, ledger: &mut Ledger) {
    ledger.whole("cwes", !state.cwes.is_empty());
    for (index, technique) in state.techniques.iter().enumerate() {
        let Technique {
            id: _,
            atlas_version: _,
            tactic,
            name,
            description,
        } = technique;
        let members = [
            ("id", true),
            ("atlasVersion", true),
            ("tactic", tactic.is_some()),
            ("name", name.is_some()),
            ("description", description.is_some()),
        ];
        ledger.members("techniques", &index.to_string(), &members);
    }
}

fn duties(state: &State, ledger: &mut Ledger) {
    let reports = state.facts.reported().map(|rule| ("reports", rule));
    let tolls = state.tolls.iter().map(|(rule, _)| ("tolls", rule));
    let ruled_out = state.ruled_out.keys().map(|rule| ("ruledOut", rule));
    for (what, rule) in reports.chain(tolls).chain(ruled_out) {
        ledger.enter("obligations", what, rule.as_str());
    }
    if state.obligations_reviewed.is_some() {
        ledger.enter("obligations", "review", "");
    }
}

fn systems(state: &State, ledger: &mut Ledger) {
    for (index, system) in state.systems.iter().enumerate() {
        let AiSystem {
            name: _,
            version,
            purpose,
            developers,
            deployers,
        } = system;
        let members = [
            ("name", true),
            ("version", version.is_some()),
            ("purpose", purpose.is_some()),
            ("developers", !developers.is_empty()),
            ("deployers", !deployers.is_empty()),
        ];
        ledger.members("systems", &index.to_string(), &members);
    }
}

fn assets(state: &State, ledger: &mut Ledger) {
    for asset in state.assets.values() {
        let AffectedAsset {
            id,
            kind: _,
            name: _,
            version,
            refs,
            compromise: _,
            window,
            in_production,
            origin,
        } = asset;
        let members = [
            ("kind", true),
            ("name", true),
            ("compromise", true),
            ("origin", origin.is_some()),
            ("version", version.is_some()),
            ("refs", !refs.is_empty()),
            ("window", window.is_some()),
            ("inProduction", in_production.is_some()),
        ];
        ledger.members("assets", id.as_str(), &members);
    }
}

fn evidence(state: &State, ledger: &mut Ledger) {
    for evidence in state.evidence.values() {
        let members = [
            ("title", true),
            ("digests", true),
            ("size", true),
            ("custody", true),
            ("mediaType", evidence.media_type().is_some()),
            ("location", evidence.location().is_some()),
        ];
        ledger.members("evidence", evidence.id().as_str(), &members);
    }
}

fn impacts(state: &State, ledger: &mut Ledger) {
    for impact in state.impacts.values() {
        let Impact {
            id,
            kind: _,
            description: _,
            affected,
            count,
        } = impact;
        let members = [
            ("kind", true),
            ("description", true),
            ("affected", !affected.is_empty()),
            ("count", count.is_some()),
        ];
        ledger.members("impacts", id.as_str(), &members);
    }
}

impl Ledger {
    fn whole(&mut self, field: &str, is_held: bool) {
        if is_held {
            self.enter(field, "", "");
        }
    }

    fn some<T>(&mut self, field: &str, value: &Option<T>) {
        self.whole(field, value.is_some());
    }

    fn each(&mut self, list: &str, things: impl Iterator<Item = impl ToString>) {
        for thing in things {
            self.enter(list, &thing.to_string(), "");
        }
    }

    fn members(&mut self, list: &str, thing: &str, members: &[(&str, bool)]) {
        for (member, _) in members.iter().filter(|(_, is_held)| *is_held) {
            self.enter(list, thing, member);
        }
    }
}
