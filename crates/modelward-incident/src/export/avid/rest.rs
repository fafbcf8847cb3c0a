//! What the format has no place for.

use super::rows::Rows;
use crate::{EventKind, Released};

/// Lists every field that is told nowhere. It goes through the events, so that what is new to the
/// record is listed too, by the name of its event.
pub(super) fn rest(released: &Released, rows: &mut Rows) {
    let incident = released.incident();
    rows.unmapped("id", "the database gives ids of its own");
    rows.unmapped(
        "severity",
        "the format has CVSS alone, which is not made up",
    );
    rows.unmapped("timeline", "the format has one day, that of the options");
    let level = released.level();
    rows.unmapped(
        "tlp",
        format!("the format has no marking; released at {level}"),
    );
    for event in incident.timeline() {
        if let Some(field) = field(event.kind()) {
            rows.unmapped(field, "the format has no place for it");
        }
    }
}

/// Names the field that an event changes, or none where it is told elsewhere.
fn field(kind: &EventKind) -> Option<String> {
    let (list, id) = match kind {
        EventKind::AssetRecorded(_)
        | EventKind::Classified(_)
        | EventKind::Detected(_)
        | EventKind::Linked(_)
        | EventKind::Opened(_)
        | EventKind::SeverityChanged { .. }
        | EventKind::SystemDescribed(_) => return None,
        EventKind::ActionConfirmed { action, .. } => ("actions", action),
        EventKind::ActionTaken(action) => ("actions", &action.id),
        EventKind::ContainmentWaived { asset, .. } => ("containmentWaived", asset),
        EventKind::CustodyRecorded { evidence, .. } => ("evidence", evidence),
        EventKind::EvidenceCollected(evidence) => ("evidence", evidence.id()),
        EventKind::ImpactRecorded(impact) => ("impacts", &impact.id),
        EventKind::ObligationRuledOut { rule, .. }
        | EventKind::ObligationTolled { rule, .. }
        | EventKind::ReportRecorded { rule, .. } => ("obligations", rule),
        EventKind::OrderLifted { order, .. } | EventKind::OrderSignedOff { order, .. } => {
            ("orders", order)
        }
        EventKind::OrderProposed(order) => ("orders", &order.id),
        EventKind::RecoveryPlanned(plan) => ("recoveries", &plan.asset),
        EventKind::Restored(receipt) => ("receipts", &receipt.plan),
        other => return Some(whole(other)),
    };
    Some(format!("{list}/{id}"))
}

/// Names the field of an event that names nothing else of the record.
fn whole(kind: &EventKind) -> String {
    let field = match kind {
        EventKind::FactAnswered { fact, .. } => return format!("facts/{fact}"),
        EventKind::MomentStated { moment, .. } => return format!("moments/{}", moment.name()),
        EventKind::OecdAnswered { criterion, .. } => {
            return format!("oecdAnswers/{}", criterion.number());
        }
        EventKind::AssetsUnknown { .. } => "assetsUnknown",
        EventKind::AuthorityInformed { .. } => "authorityInformed",
        EventKind::Closed { .. } => "outcome",
        EventKind::Determined { .. } => "determination",
        EventKind::Disclosed(_) => "disclosures",
        EventKind::EradicationWaived { .. } => "eradicationWaived",
        EventKind::HarmStated { .. } => "harm",
        EventKind::HoldLifted { .. } | EventKind::HoldPlaced { .. } => "hold",
        EventKind::Noted { .. } => "notes",
        EventKind::ObligationsReviewed(_) => "obligations",
        EventKind::OecdSeverityStated { .. } => "oecdSeverity",
        EventKind::PhaseChanged { .. } | EventKind::Reopened { .. } => "phase",
        EventKind::RecoveryWaived { .. } => "recoveryWaived",
        EventKind::ReviewActionDone { .. } | EventKind::ReviewHeld(_) => "review",
        EventKind::RootCauseStated(_) => "rootCause",
        other => other.name(),
    };
    field.to_owned()
}
