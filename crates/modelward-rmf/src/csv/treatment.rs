use crate::csv::action::Actions;
use crate::csv::fields::{Fields, text, value};
use crate::csv::party::{PartyColumns, party};
use crate::csv::sheet::SheetRow;
use crate::csv::{CsvFault, pick};
use crate::{Acceptance, ActionItem, ActionPlan, Revocation, RiskError, RiskId, Treatment};

const TRANSFER_TO: PartyColumns = party!("transfer-to");
const ACCEPTED_BY: PartyColumns = party!("accepted-by");
const REVOKED_BY: PartyColumns = party!("revoked-by");

/// Names what is done about risks, as [`Treatment::kind`] does.
const KINDS: [&str; 6] = [
    "accept",
    "avoid",
    "mitigate",
    "pursue",
    "transfer",
    "undecided",
];

/// Lists the columns of a transfer and of the decision to avoid.
const OTHERS: [&str; 5] = [
    "decision",
    "transfer-to",
    "transfer-to-organization",
    "transfer-to-role",
    "transfer-instrument",
];

/// Lists the columns of an acceptance.
const ACCEPTANCE: [&str; 11] = [
    "accepted-by",
    "accepted-by-organization",
    "accepted-by-role",
    "accepted-on",
    "acceptance-expires",
    "acceptance-justification",
    "revoked-by",
    "revoked-by-organization",
    "revoked-by-role",
    "revoked-on",
    "revoked-reason",
];

pub(crate) fn write(row: &mut SheetRow, treatment: &Treatment) {
    row.set("treatment", treatment.kind());
    match treatment {
        Treatment::Avoid { decision } => row.set("decision", decision),
        Treatment::Transfer { to, instrument, .. } => {
            TRANSFER_TO.write(row, to);
            row.set("transfer-instrument", instrument);
        }
        // Actions have a table of their own, and acceptances follow.
        Treatment::Accept(_)
        | Treatment::Mitigate { .. }
        | Treatment::Pursue { .. }
        | Treatment::Undecided => {}
    }
    if let Some(acceptance) = treatment.acceptance() {
        accepted(row, acceptance);
    }
}

fn accepted(row: &mut SheetRow, acceptance: &Acceptance) {
    ACCEPTED_BY.write(row, acceptance.by());
    row.set("accepted-on", acceptance.on());
    row.set("acceptance-expires", acceptance.expires());
    row.set("acceptance-justification", acceptance.justification());
    if let Some(revoked) = acceptance.revoked() {
        REVOKED_BY.write(row, revoked.by());
        row.set("revoked-on", revoked.on());
        row.set("revoked-reason", revoked.reason());
    }
}

/// Reads a treatment, and says what has none of the cells that are left.
pub(crate) fn read(
    fields: &mut Fields<'_>,
    risk: Option<&RiskId>,
    actions: &mut Actions,
) -> (Option<Treatment>, &'static str) {
    let undecided = "a risk whose treatment is undecided";
    if fields.said("treatment").is_none() {
        return (Some(Treatment::Undecided), undecided);
    }
    let kind = |cell: &str| pick::name(&KINDS, |kind| kind, cell);
    match fields.need("treatment", kind) {
        Some("accept") => {
            let acceptance = acceptance(fields);
            (acceptance.map(Treatment::Accept), "a risk that is accepted")
        }
        Some("avoid") => {
            let decision = fields.need("decision", text);
            let avoid = decision.map(|decision| Treatment::Avoid { decision });
            (avoid, "a risk that is avoided")
        }
        Some("mitigate") => {
            let plan = plan(fields, risk, actions);
            let remainder = remainder(fields);
            let mitigate = plan.map(|actions| Treatment::Mitigate { actions, remainder });
            (mitigate, "a risk that is mitigated")
        }
        Some("pursue") => {
            let plan = plan(fields, risk, actions);
            let pursue = plan.map(|actions| Treatment::Pursue { actions });
            (pursue, "an opportunity that is pursued")
        }
        Some("transfer") => (transfer(fields), "a risk that is transferred"),
        Some(_) => (Some(Treatment::Undecided), undecided),
        None => {
            skip(fields, risk, actions);
            (None, "this risk")
        }
    }
}

/// Passes over what depends on a treatment that is not known.
fn skip(fields: &mut Fields<'_>, risk: Option<&RiskId>, actions: &mut Actions) {
    fields.pass(&OTHERS);
    fields.pass(&ACCEPTANCE);
    if let Some(risk) = risk {
        actions.take(risk);
    }
}

fn plan(
    fields: &mut Fields<'_>,
    risk: Option<&RiskId>,
    actions: &mut Actions,
) -> Option<ActionPlan> {
    let risk = risk?;
    let taken = actions.take(risk);
    if taken.is_empty() {
        if actions.is_unread() {
            return None;
        }
        let risk = risk.clone();
        fields.fault("treatment", CsvFault::NoAction { risk });
        return None;
    }
    let sound: Option<Vec<ActionItem>> = taken.into_iter().collect();
    // That an id stands twice is said in the table of actions.
    ActionPlan::new(sound?).ok()
}

fn transfer(fields: &mut Fields<'_>) -> Option<Treatment> {
    let to = TRANSFER_TO.need(fields);
    let instrument = fields.need("transfer-instrument", text);
    let remainder = remainder(fields);
    Some(Treatment::Transfer {
        to: to?,
        instrument: instrument?,
        remainder,
    })
}

/// Reads the acceptance of what remains, which may be left out.
fn remainder(fields: &mut Fields<'_>) -> Option<Acceptance> {
    let said = ACCEPTANCE
        .iter()
        .any(|column| fields.said(column).is_some());
    said.then(|| acceptance(fields))?
}

fn acceptance(fields: &mut Fields<'_>) -> Option<Acceptance> {
    let by = ACCEPTED_BY.need(fields);
    let on = fields.need("accepted-on", value);
    let expires = fields.need("acceptance-expires", value);
    let justification = fields.need("acceptance-justification", text);
    let revocation = revocation(fields);
    let acceptance = Acceptance::new(by?, on?, justification?.as_str(), expires?);
    let acceptance = fields.ok("acceptance-expires", acceptance)?;
    match revocation {
        None => Some(acceptance),
        Some(revocation) => fields.ok("revoked-on", acceptance.revoke(revocation)),
    }
}

fn revocation(fields: &mut Fields<'_>) -> Option<Revocation> {
    // The last columns of an acceptance are those of its revocation.
    if ACCEPTANCE[6..]
        .iter()
        .all(|column| fields.said(column).is_none())
    {
        return None;
    }
    let by = REVOKED_BY.need(fields);
    let on = fields.need("revoked-on", value);
    let reason = fields.need("revoked-reason", text);
    let revocation: Result<_, RiskError> = Revocation::new(by?, on?, reason?.as_str());
    fields.ok("revoked-reason", revocation)
}
