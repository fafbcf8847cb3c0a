use serde_json::{Value, json};

use crate::oscal::export::{Export, Role};
use crate::oscal::object::{Object, Props};
use crate::oscal::{OscalError, risk, text};
use crate::{Acceptance, ActionItem, ActionState, Risk, RiskStatus, Text, Treatment};

/// Returns what is done about a risk: one response for each action, or one for the treatment as a
/// whole, and one for the acceptance of what remains. Nothing where nothing is decided.
pub(super) fn responses(export: &mut Export<'_>, risk: &Risk) -> Result<Vec<Value>, OscalError> {
    let treatment = risk.treatment();
    let actions = treatment.actions().iter();
    let actions = actions.map(|action| of_action(export, treatment, action));
    let mut responses = actions.collect::<Result<Vec<_>, _>>()?;
    match treatment {
        Treatment::Avoid { decision } => {
            let response = whole(export, risk, decision)
                .set("title", "Avoid the risk")
                .list("props", props(export, treatment).done());
            responses.push(response.into());
        }
        Treatment::Transfer { to, instrument, .. } => {
            let origin = export.origin(to, Role::Transferee);
            let props = props(export, treatment).add("transfer-to", to);
            let response = whole(export, risk, instrument)
                .set("title", text::title(&format!("Transfer the risk to {to}")))
                .set("origins", vec![origin])
                .list("props", props.done());
            responses.push(response.into());
        }
        _ => {}
    }
    let acceptance = treatment.acceptance();
    responses.extend(acceptance.map(|it| of_acceptance(export, risk, it)));
    Ok(responses)
}

/// Begins the response that is a treatment as a whole.
fn whole(export: &Export<'_>, risk: &Risk, description: &Text) -> Object {
    Object::new()
        .set(
            "uuid",
            export.uuid("response", &format!("whole {}", risk.id())),
        )
        .set("lifecycle", lifecycle(risk))
        .set("description", text::prose(description.as_str()))
}

fn of_acceptance(export: &mut Export<'_>, risk: &Risk, acceptance: &Acceptance) -> Value {
    let now = export.options().last_modified();
    let props = export
        .props()
        .oscal("type", "accept")
        .add("treatment", risk.treatment().kind());
    let props = risk::of_acceptance(props, acceptance, now);
    let title = match risk.treatment() {
        Treatment::Accept(_) => "Accept the risk",
        _ => "Accept what remains of the risk",
    };
    let origin = export.origin(acceptance.by(), Role::Approver);
    Object::new()
        .set(
            "uuid",
            export.uuid("response", &format!("accept {}", risk.id())),
        )
        .set("lifecycle", "completed")
        .set("title", title)
        .set(
            "description",
            text::prose(acceptance.justification().as_str()),
        )
        .set("origins", vec![origin])
        .list("props", props.done())
        .into()
}

/// Tells whether what was decided is done; a decided treatment of a watched risk is.
const fn lifecycle(risk: &Risk) -> &'static str {
    match risk.status() {
        RiskStatus::Closed { .. } | RiskStatus::Monitoring => "completed",
        _ => "planned",
    }
}

/// Begins the props of a response. OSCAL has no word for pursuing an opportunity.
fn props<'a>(export: &Export<'a>, treatment: &Treatment) -> Props<'a> {
    let props = export.props().add("treatment", treatment.kind());
    match treatment {
        Treatment::Avoid { .. } => props.oscal("type", "avoid"),
        Treatment::Mitigate { .. } => props.oscal("type", "mitigate"),
        Treatment::Transfer { .. } => props.oscal("type", "transfer"),
        _ => props,
    }
}

fn of_action(
    export: &mut Export<'_>,
    treatment: &Treatment,
    action: &ActionItem,
) -> Result<Value, OscalError> {
    let lifecycle = match action.state() {
        ActionState::Completed { .. } => "completed",
        // It was recommended once and is not planned: OSCAL has no state for that.
        ActionState::Cancelled { .. } => "recommendation",
        _ => "planned",
    };
    let props = of_state(props(export, treatment), action);
    let counted = action.is_counted_in_residual().then_some("yes");
    let props = props.maybe("counted-in-residual", counted);
    let origin = action
        .owner()
        .map(|owner| export.origin(owner, Role::ActionOwner));
    Ok(Object::new()
        .set(
            "uuid",
            export.uuid("response", &format!("action {}", action.id())),
        )
        .set("lifecycle", lifecycle)
        .set("title", headline(action))
        .set("description", text::prose(action.description().as_str()))
        .list("props", props.done())
        .list("origins", origin.into_iter().collect())
        .list("tasks", milestone(export, action)?)
        .into())
}

/// Returns the id of an action and the beginning of what is done.
pub(super) fn headline(action: &ActionItem) -> String {
    text::title(&format!("{}: {}", action.id(), action.description()))
}

/// Adds which action it is and how far.
pub(super) fn of_state<'a>(props: Props<'a>, action: &ActionItem) -> Props<'a> {
    let props = props
        .add("action-id", action.id())
        .add("action-state", action.state().name())
        .maybe("due", action.due());
    match action.state() {
        ActionState::Cancelled { on, reason } => props
            .add("cancelled-on", on)
            .add("cancelled-because", reason),
        ActionState::Completed { on } => props.add("completed-on", on),
        _ => props,
    }
}

/// Returns the day by which an action is due as a milestone.
fn milestone(export: &mut Export<'_>, action: &ActionItem) -> Result<Vec<Value>, OscalError> {
    let Some(due) = action.due() else {
        return Ok(Vec::new());
    };
    let owner = action.owner().map(|owner| {
        let uuid = export.party(owner, Role::ActionOwner);
        json!({"role-id": Role::ActionOwner.id(), "party-uuids": [uuid]})
    });
    let due = text::end_of("due day of an action", due)?;
    let task = Object::new()
        .set("uuid", export.uuid("task", action.id().as_str()))
        .set("type", "milestone")
        .set("title", headline(action))
        .set("timing", json!({"on-date": {"date": due}}))
        .list("responsible-roles", owner.into_iter().collect());
    Ok(vec![task.into()])
}
