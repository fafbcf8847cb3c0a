//! What is affected, and what shows it.

use modelward::Digest;
use modelward::artifact::Party;
use modelward::incident::{
    AffectedAsset, AssetKind, AssetOrigin, AssetRef, Compromise, CompromiseWindow, Custody,
    CustodyAction, EventKind, Evidence, Fidelity, TimeSpec,
};

use crate::Failure;
use crate::desk::Desk;
use crate::lesions::{POISONED_SHARD, World};
use crate::people::People;

/// What is affected, what it came from, and what is known to be sound.
pub(crate) fn affected(desk: &mut Desk, people: &People, world: &World) -> Result<(), Failure> {
    let asset = |id: &str, kind, (name, version): (&str, &str), digest| {
        let purl = format!("pkg:generic/dermalyse/{name}@{version}");
        Ok::<_, Failure>(
            AffectedAsset::new(id.parse()?, kind, name.parse()?)
                .with_version(version.parse()?)
                .with_ref(AssetRef::purl(&purl)?)
                .with_ref(AssetRef::Digest(digest)),
        )
    };
    let poisoned = TimeSpec::new("2026-08-12T00:00:00Z".parse()?, Fidelity::Day);
    let deployed = TimeSpec::new("2026-08-20T08:00:00Z".parse()?, Fidelity::Hour);
    let from_archive = AssetOrigin::Propagated {
        from: "archive".parse()?,
        path: vec!["trained on".parse()?],
    };
    let name = ("lesion-archive", "2026.08");
    let archive = asset("archive", AssetKind::Dataset, name, world.poisoned.digest())?
        .with_compromise(Compromise::Confirmed)
        .with_window(CompromiseWindow::new(poisoned, None));
    let name = ("lesionsort", "2.4.0");
    let model = asset("model", AssetKind::Model, name, world.bad.digest())?
        .with_ref(AssetRef::bom_ref("model-lesionsort")?)
        .with_compromise(Compromise::Confirmed)
        .with_window(CompromiseWindow::new(deployed, None))
        .in_production()
        .with_origin(from_archive);
    let name = ("lesionsort", "2.3.1");
    let before = asset("model-before", AssetKind::Model, name, world.good.digest())?
        .with_compromise(Compromise::Cleared)
        .out_of_production();
    for asset in [archive, model, before] {
        desk.publish(
            "2026-09-07T09:50:00Z",
            &people.bo,
            EventKind::AssetRecorded(asset),
        )?;
    }
    Ok(())
}

/// Evidence is taken before anything is changed, and the chain of custody begins.
pub(crate) fn secured(desk: &mut Desk, people: &People, world: &World) -> Result<(), Failure> {
    let collected = Custody::new(
        "2026-09-07T10:00:00Z".parse()?,
        people.bo.clone(),
        CustodyAction::Collected,
    )
    .with_note("copied from a store that was read-only".parse()?);
    let thing = |id: &str, title: &str, bytes: &[u8]| {
        let content = (Digest::sha256(bytes), bytes.len() as u64);
        let place = format!("vault://evidence/2026-0031/{id}").parse()?;
        let thing = Evidence::new(id.parse()?, title.parse()?, content, collected.clone());
        Ok::<_, Failure>(thing.with_location(place))
    };
    let shard = world.poisoned.shard(POISONED_SHARD);
    let shard = thing("shard-07", "shard with the poisoned rows", &shard)?;
    let shard = shard.with_media_type("text/csv".parse()?);
    let weights = thing("weights-2.4.0", "weights that answered", &world.bad.bytes())?;
    for thing in [shard, weights] {
        desk.record(
            "2026-09-07T10:05:00Z",
            &people.bo,
            EventKind::EvidenceCollected(thing),
        )?;
    }
    let cy = people.cy.clone();
    let handed_on = CustodyAction::Transferred { to: cy };
    custody(desk, "2026-09-07T10:10:00Z", &people.bo, handed_on)?;
    let verified = CustodyAction::Verified { matched: true };
    custody(desk, "2026-09-07T10:20:00Z", &people.cy, verified)?;
    custody(
        desk,
        "2026-09-07T10:21:00Z",
        &people.cy,
        CustodyAction::Sealed,
    )
}

fn custody(desk: &mut Desk, at: &str, who: &Party, action: CustodyAction) -> Result<(), Failure> {
    let custody = Custody::new(at.parse()?, who.clone(), action);
    let evidence = "shard-07".parse()?;
    desk.record(at, who, EventKind::CustodyRecorded { evidence, custody })
}

/// Version 2.4.0 is gone, and it is known until when it answered.
pub(crate) fn replaced(desk: &mut Desk, people: &People) -> Result<(), Failure> {
    let assets = desk.incident()?.assets();
    let model = assets
        .get(&"model".parse()?)
        .ok_or("no model is affected")?;
    let from = model.window.ok_or("the model has no window")?.from;
    let until = TimeSpec::new("2026-09-07T11:20:00Z".parse()?, Fidelity::Minute);
    let model = model
        .clone()
        .with_window(CompromiseWindow::new(from, Some(until)));
    let model = EventKind::AssetRecorded(model.out_of_production());
    desk.publish("2026-09-10T18:10:00Z", &people.ada, model)
}
