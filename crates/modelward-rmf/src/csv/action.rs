use std::collections::BTreeMap;

use crate::csv::error::Faults;
use crate::csv::fields::{Fields, text, value};
use crate::csv::party::{PartyColumns, party};
use crate::csv::schema::{Schema, optional, required};
use crate::csv::sheet::{Sheet, SheetRow};
use crate::csv::table::Table;
use crate::csv::{CsvFault, CsvTable, Dialect, pick};
use crate::{ActionId, ActionItem, ActionState, RiskId, RiskRegister};

pub(crate) static SCHEMA: Schema = Schema {
    table: CsvTable::Actions,
    columns: &[
        required("risk"),
        required("id"),
        required("description"),
        optional("owner"),
        optional("owner-organization"),
        optional("owner-role"),
        optional("due"),
        optional("state"),
        optional("state-on"),
        optional("state-reason"),
        optional("counted-in-residual"),
    ],
};

const OWNER: PartyColumns = party!("owner");

/// Names how far an action is, as [`ActionState::name`] does.
const STATES: [&str; 4] = ["planned", "in-progress", "completed", "cancelled"];

const ANSWERS: [&str; 2] = ["no", "yes"];

/// Writes a row for each action by which a risk is mitigated or an opportunity pursued.
///
/// | columns | hold |
/// |---|---|
/// | `risk`, `id` | the ids of the risk and of the action |
/// | `description`, `owner` (a party), `due` | what is done, who answers for it, the last day |
/// | `state` | `planned` (also read from an empty cell), `in-progress`, `completed` or `cancelled` |
/// | `state-on`, `state-reason` | the day on which it was completed or cancelled, and why it was cancelled |
/// | `counted-in-residual` | `yes` or `no`; empty reads as `no` |
///
/// [`read_risks`](crate::csv::read_risks) reads it.
#[must_use]
pub fn write_actions(register: &RiskRegister, dialect: Dialect) -> String {
    let mut sheet = Sheet::new(&SCHEMA, dialect);
    for risk in register.risks() {
        for action in risk.treatment().actions() {
            sheet.row(|row| {
                row.set("risk", risk.id());
                write(row, action);
            });
        }
    }
    sheet.finish()
}

fn write(row: &mut SheetRow, action: &ActionItem) {
    row.set("id", action.id());
    row.set("description", action.description());
    if let Some(owner) = action.owner() {
        OWNER.write(row, owner);
    }
    row.set_some("due", action.due());
    row.set("state", action.state().name());
    match action.state() {
        ActionState::Planned | ActionState::InProgress => {}
        ActionState::Completed { on } => row.set("state-on", on),
        ActionState::Cancelled { on, reason } => {
            row.set("state-on", on);
            row.set("state-reason", reason);
        }
    }
    let counted = usize::from(action.is_counted_in_residual());
    row.set("counted-in-residual", ANSWERS[counted]);
}

/// Holds the actions of risks that no risk has taken yet, each with its position in the table.
#[derive(Debug, Default)]
pub(crate) struct Actions {
    /// Whether there is a table that could not be told apart, so that nothing can be missed in it.
    unread: bool,
    by_risk: BTreeMap<RiskId, Vec<(usize, Option<ActionItem>)>>,
}

impl Actions {
    /// Holds no actions.
    pub(crate) fn none(unread: bool) -> Self {
        Self {
            unread,
            ..Self::default()
        }
    }

    pub(crate) fn read(table: &Table<'_>, faults: &mut Faults) -> Self {
        let mut actions = Self::default();
        let mut lines = BTreeMap::new();
        for (at, record) in table.rows.iter().enumerate() {
            let mut fields = Fields::new(table, record, faults);
            let risk = fields.need("risk", value);
            let action = action(&mut fields, &mut lines);
            if let Some(risk) = risk {
                let of_risk: &mut Vec<_> = actions.by_risk.entry(risk).or_default();
                of_risk.push((at, action));
            }
        }
        actions
    }

    /// Tells whether the table could not be told apart.
    pub(crate) const fn is_unread(&self) -> bool {
        self.unread
    }

    /// Takes the actions of a risk; those that are not in order are `None`.
    pub(crate) fn take(&mut self, risk: &RiskId) -> Vec<Option<ActionItem>> {
        let taken = self.by_risk.remove(risk).unwrap_or_default();
        taken.into_iter().map(|(_, action)| action).collect()
    }

    /// Notes the actions that no risk has taken.
    pub(crate) fn finish(self, table: &Table<'_>, faults: &mut Faults) {
        let left = self.by_risk.into_iter();
        let left =
            left.flat_map(|(risk, rows)| rows.into_iter().map(move |(at, _)| (at, risk.clone())));
        let left: BTreeMap<_, _> = left.collect();
        for (at, risk) in left {
            let mut fields = Fields::new(table, &table.rows[at], faults);
            fields.fault("risk", CsvFault::UnknownRisk { risk });
        }
    }
}

fn action(fields: &mut Fields<'_>, lines: &mut BTreeMap<ActionId, usize>) -> Option<ActionItem> {
    let id = fields.need("id", value);
    if let Some(id) = &id {
        fields.once("id", id, lines);
    }
    let description = fields.need("description", text);
    let owner = OWNER.read(fields);
    let due = fields.read("due", value);
    let (state, row) = state(fields);
    let answer = fields.read("counted-in-residual", |cell| {
        pick::name(&ANSWERS, |answer| answer, cell)
    });
    fields.unused(row);
    let action = ActionItem::new(id?, description?.as_str());
    let mut action = fields.ok("description", action)?;
    if let Some(owner) = owner {
        action = action.with_owner(owner);
    }
    if let Some(day) = due {
        action = action.with_due(day);
    }
    if answer == Some("yes") {
        action = action.counted_in_residual();
    }
    Some(action.with_state(state?))
}

fn state(fields: &mut Fields<'_>) -> (Option<ActionState>, &'static str) {
    let name = |cell: &str| pick::name(&STATES, |state| state, cell);
    let open = "an action that is neither completed nor cancelled";
    if fields.said("state").is_none() {
        return (Some(ActionState::Planned), open);
    }
    match fields.need("state", name) {
        Some("planned") => (Some(ActionState::Planned), open),
        Some("in-progress") => (Some(ActionState::InProgress), open),
        Some("completed") => {
            let on = fields.need("state-on", value);
            let state = on.map(|on| ActionState::Completed { on });
            (state, "a completed action")
        }
        Some(_) => {
            let on = fields.need("state-on", value);
            let reason = fields.need("state-reason", text);
            let state = on.zip(reason);
            let state = state.map(|(on, reason)| ActionState::Cancelled { on, reason });
            (state, "a cancelled action")
        }
        None => {
            fields.pass(&["state-on", "state-reason"]);
            (None, "this action")
        }
    }
}
