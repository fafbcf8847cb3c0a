//! Tables of what was done about it.

use modelward_artifact::escape::Markdown;
use modelward_artifact::{Party, Timestamp};

use super::things::lines;
use super::words;
use super::writer::Writer;
use crate::{ActionState, Effect, Incident, OrderState, RecoveryState, RootCause, Slug};

pub(super) fn actions(writer: &mut Writer, incident: &Incident) {
    let header = [
        "Action",
        "For",
        "What is done",
        "On",
        "Effects",
        "Ordered",
        "Done",
    ];
    writer.table(header, incident.actions().values().map(action));
}

fn action(state: &ActionState) -> [Markdown; 7] {
    let it = state.action();
    let assets: Vec<_> = it.assets.iter().map(Slug::as_str).collect();
    let effects = it.effects.iter().map(|effect| match effect {
        Effect::Alters => "alters",
        Effect::Destroys => "destroys",
    });
    let what = format!("{}: {}", it.kind.name(), it.description);
    [
        Markdown::text(it.id.as_str()),
        Markdown::text(it.stage.name()),
        Markdown::text(&what),
        Markdown::text(&assets.join(", ")),
        Markdown::text(&effects.collect::<Vec<_>>().join(", ")),
        when(Some(state.ordered())),
        when(state.confirmed()),
    ]
}

pub(super) fn orders(writer: &mut Writer, incident: &Incident) {
    let header = [
        "Order",
        "Reason",
        "Must not be used",
        "Proposed",
        "Signed off",
        "Ends",
        "Lifted",
    ];
    writer.table(header, incident.orders().values().map(order));
}

fn order(state: &OrderState) -> [Markdown; 7] {
    let it = state.order();
    let targets: Vec<_> = it.targets.iter().map(ToString::to_string).collect();
    let ends = it.expires.map(|at| at.to_string()).unwrap_or_default();
    [
        Markdown::text(it.id.as_str()),
        Markdown::text(it.reason.as_str()),
        Markdown::text(&targets.join("\n")),
        when(Some(state.proposed())),
        when(state.signed_off()),
        Markdown::text(&ends),
        when(state.lifted()),
    ]
}

/// Writes what must not be altered for now, where something must not.
pub(super) fn hold(writer: &mut Writer, incident: &Incident) {
    if let Some(hold) = incident.hold() {
        let assets: Vec<_> = hold.assets.iter().map(Slug::as_str).collect();
        let words = format!(
            "Not to be altered for now: {}. {}",
            assets.join(", "),
            hold.why
        );
        writer.paragraph(&Markdown::text(&words));
    }
    if incident.state.is_held_by_law() {
        writer.say(
            "By our reading of Article 73(6) of the EU AI Act, the system is not to be altered in \
             a way that may keep others from finding the cause before the authorities know.",
        );
    }
    if let Some(at) = incident.authority_informed() {
        let words = format!("An authority was informed at {at}.");
        writer.paragraph(&Markdown::text(&words));
    }
}

pub(super) fn recoveries(writer: &mut Writer, incident: &Incident) {
    let header = [
        "Plan",
        "Asset",
        "From",
        "To",
        "Steps",
        "Watched until",
        "Found in place",
    ];
    writer.table(header, incident.recoveries().values().map(recovery));
}

fn recovery(state: &RecoveryState) -> [Markdown; 7] {
    let it = state.plan();
    let version = it.to_version.as_ref();
    let version = version.map(|version| format!("\nversion {version}"));
    let watched = it.monitoring_until.map(|at| at.to_string());
    let found = state.receipt().map(|receipt| {
        let verdict = if state.is_restored() {
            "as planned"
        } else {
            "not as planned"
        };
        let note = receipt.note.as_ref().map(|note| format!("\n{note}"));
        format!(
            "{}\n{verdict}{}",
            receipt.observed,
            note.unwrap_or_default()
        )
    });
    [
        Markdown::text(it.id.as_str()),
        Markdown::text(it.asset.as_str()),
        Markdown::text(&it.from.to_string()),
        Markdown::text(&format!("{}{}", it.to, version.unwrap_or_default())),
        lines(&it.steps),
        Markdown::text(&watched.unwrap_or_default()),
        Markdown::text(&found.unwrap_or_else(|| "not yet".to_owned())),
    ]
}

/// Writes what was at the root; tells whether anything was stated.
pub(super) fn root_cause(writer: &mut Writer, incident: &Incident) -> bool {
    let words = match incident.root_cause() {
        None => {
            writer.say("No root cause is stated so far.");
            return false;
        }
        Some(RootCause::Known { cause }) => cause.to_string(),
        Some(RootCause::Unknown { why }) => format!("It could not be found out: {why}"),
    };
    writer.paragraph(&Markdown::text(&words));
    true
}

fn when(stated: Option<&(Timestamp, Party)>) -> Markdown {
    let words = stated.map(|(at, who)| format!("{at}\n{}", words::party(who)));
    Markdown::text(&words.unwrap_or_default())
}
