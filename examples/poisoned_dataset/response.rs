//! The second chapter: contained, eradicated, rolled back.

use modelward::incident::{
    ActionKind, AssetRef, Effect, EventKind, NewEvent, Phase, QuarantineOrder, ResponseAction,
    RootCause, Stage, Tlp,
};

use crate::desk::Desk;
use crate::found::due;
use crate::lesions::World;
use crate::people::People;
use crate::{Failure, assets, chapter, rollback};

pub(crate) fn contain(desk: &mut Desk, people: &People, world: &World) -> Result<(), Failure> {
    chapter(
        "contained",
        "Nothing is deleted, and nothing is used any more.",
    );
    let known = step(Phase::Containment, "what is affected is known")?;
    desk.publish("2026-09-07T11:00:00Z", &people.cy, known)?;
    // The model still answers.
    let early = step(Phase::Eradication, "on to the cause")?;
    desk.refused("2026-09-07T11:01:00Z", &people.cy, early)?;
    for [ordered, confirmed, id, asset, what] in ACTIONS {
        let kind = match id {
            "stop-serving" => ActionKind::RemoveFromServing,
            "stop-training" => ActionKind::FreezeTraining,
            _ => ActionKind::IsolateDataSource,
        };
        let action = ResponseAction::new(id.parse()?, Stage::Containment, kind, what.parse()?);
        let action = EventKind::ActionTaken(action.on(asset.parse()?));
        desk.publish(ordered, &people.ada, action)?;
        let (action, note) = (
            id.parse()?,
            "seen in the logs of what serves and trains".parse()?,
        );
        desk.publish(
            confirmed,
            &people.ada,
            EventKind::ActionConfirmed { action, note },
        )?;
    }
    quarantine(desk, people, world)?;
    hold(desk, people)?;
    let stopped = step(Phase::Eradication, "the model answers nowhere")?;
    desk.publish("2026-09-09T14:00:00Z", &people.cy, stopped)
}

/// When it was ordered and confirmed, what the record calls it, on what, and what is done.
const ACTIONS: [[&str; 5]; 3] = [
    [
        "2026-09-07T11:05:00Z",
        "2026-09-07T11:20:00Z",
        "stop-serving",
        "model",
        "LesionSort answers no longer; every image goes to a physician.",
    ],
    [
        "2026-09-07T11:25:00Z",
        "2026-09-07T11:30:00Z",
        "stop-training",
        "archive",
        "Nothing is trained with the archive.",
    ],
    [
        "2026-09-07T11:31:00Z",
        "2026-09-07T11:40:00Z",
        "stop-intake",
        "archive",
        "Nothing new is taken into the archive.",
    ],
];

fn step(to: Phase, reason: &str) -> Result<EventKind, Failure> {
    let reason = reason.parse()?;
    Ok(EventKind::PhaseChanged { to, reason })
}

/// Two pairs of eyes: who proposes an order cannot sign it off.
fn quarantine(desk: &mut Desk, people: &People, world: &World) -> Result<(), Failure> {
    let order = QuarantineOrder::new("q-1".parse()?, "learned from poisoned data".parse()?)
        .with_target(AssetRef::Digest(world.bad.digest()))
        .with_target(AssetRef::Digest(world.poisoned.digest()))
        .with_target(AssetRef::purl("pkg:generic/dermalyse/lesionsort@2.4.0")?);
    let order = NewEvent::new(EventKind::OrderProposed(order)).marked(Tlp::Green);
    desk.record("2026-09-07T11:45:00Z", &people.bo, order)?;
    let sign_off = || {
        let note = "digests compared with the model registry".parse()?;
        let signed = EventKind::OrderSignedOff {
            order: "q-1".parse()?,
            note,
        };
        Ok::<_, Failure>(NewEvent::new(signed).marked(Tlp::Green))
    };
    desk.refused("2026-09-07T11:46:00Z", &people.bo, sign_off()?)?;
    desk.record("2026-09-07T11:55:00Z", &people.cy, sign_off()?)
}

/// A provider of a high-risk system alters nothing before the authority knows (AI Act, Art. 73(6)).
fn hold(desk: &mut Desk, people: &People) -> Result<(), Failure> {
    let why = "the authority may want to look into the cause".parse()?;
    let assets = ["archive".parse()?, "model".parse()?].into();
    desk.record(
        "2026-09-07T12:00:00Z",
        &people.cy,
        EventKind::HoldPlaced { assets, why },
    )?;
    desk.refused("2026-09-08T08:00:00Z", &people.bo, clean()?)?;
    let at = "2026-09-09T13:00:00Z";
    let report = EventKind::ReportRecorded {
        rule: "eu-ai-act/73-2".parse()?,
        at: at.parse()?,
        receipt: Some("MSA-2026-1184".parse()?),
    };
    desk.record(at, &people.cy, report)?;
    let informed = EventKind::AuthorityInformed {
        authority: "market surveillance authority".parse()?,
        receipt: Some("MSA-2026-1184".parse()?),
    };
    desk.record("2026-09-09T13:05:00Z", &people.cy, informed)?;
    due(desk, "2026-09-09T13:05:00Z".parse()?)
}

fn clean() -> Result<EventKind, Failure> {
    let what = "The 60 rows are taken out of the archive.".parse()?;
    let clean = ResponseAction::new(
        "clean-archive".parse()?,
        Stage::Eradication,
        ActionKind::CleanData,
        what,
    )
    .on("archive".parse()?)
    .with_effect(Effect::Alters);
    Ok(EventKind::ActionTaken(clean))
}

pub(crate) fn eradicate(desk: &mut Desk, people: &People) -> Result<(), Failure> {
    chapter(
        "eradicated",
        "The rows leave the archive, and so does the account that sent them.",
    );
    desk.publish("2026-09-10T09:00:00Z", &people.bo, clean()?)?;
    let note = "no row of the account is in any shard, by a second audit of the labels".parse()?;
    let action = "clean-archive".parse()?;
    desk.publish(
        "2026-09-10T11:00:00Z",
        &people.bo,
        EventKind::ActionConfirmed { action, note },
    )?;
    let cause = "Anyone could open an account of a clinic, and nobody looked at what it sent in.";
    let cause = RootCause::Known {
        cause: cause.parse()?,
    };
    desk.publish(
        "2026-09-10T15:00:00Z",
        &people.bo,
        EventKind::RootCauseStated(cause),
    )
}

pub(crate) fn recover(desk: &mut Desk, people: &People, world: &World) -> Result<(), Failure> {
    chapter(
        "rolled back",
        "The version before never saw the rows, and is what answers now.",
    );
    let removed = step(Phase::Recovery, "the cause is removed")?;
    desk.publish("2026-09-10T15:10:00Z", &people.cy, removed)?;
    let receipt = rollback::carried_out(desk, people, world)?;
    let receipt = receipt.with_note("computed on the machines that serve".parse()?);
    desk.publish(
        "2026-09-10T18:00:00Z",
        &people.ada,
        EventKind::Restored(receipt),
    )?;
    assets::replaced(desk, people)?;
    // It has to be watched for two weeks.
    let early = step(Phase::PostIncident, "all is well")?;
    desk.refused("2026-09-17T12:00:00Z", &people.cy, early)?;
    let watched = step(Phase::PostIncident, "two weeks without an alarm")?;
    desk.publish("2026-09-24T12:00:00Z", &people.cy, watched)
}
