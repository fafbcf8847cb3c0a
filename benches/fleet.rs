//! What a fleet costs: keeping it in a folder, loading it, joining it to one supply chain, the gate
//! over all of it, and what a poisoned dataset reaches.
//!
//! It prints the table of `docs/benchmarks.md`. With `--test` all of it is small and runs once.

#[path = "fleet/meter.rs"]
mod meter;
#[path = "fleet/world.rs"]
mod world;

use std::hint::black_box;
use std::time::Duration;

use modelward::artifact::JsonLimits;
use modelward::audit::fleet::{Fleet, FleetBuilder, FleetGate};
use modelward::audit::inventory::{Inventory, InventoryLimits, InventoryStore};
use modelward::audit::{AffectedAssets, ReleasePolicy};
use modelward::incident::AssetRef;
use modelward::rmf::Phase;

use crate::meter::{Row, measured, print};
use crate::world::{POISONED, Sizes, inventory};

const POLICY: &str = include_str!("fleet/policy.toml");

const REAL: Sizes = Sizes {
    models: 10_000,
    materials: 100,
    rounds: 5,
};

const SMALL: Sizes = Sizes {
    models: 200,
    materials: 20,
    rounds: 1,
};

fn main() {
    let small = std::env::args().any(|argument| argument == "--test");
    let sizes = if small { SMALL } else { REAL };
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a scratch folder");
    let limits = InventoryLimits::default();
    let made = inventory(sizes);
    let mut rows = Vec::new();
    let mut store = InventoryStore::open(folder.path(), limits).expect("a new folder");
    let (written, _) = measured(|| {
        let written = store.update(|it| {
            *it = made.clone();
            Ok(())
        });
        written.expect("the disk takes it");
    });
    rows.push(Row::new(
        "all models added in one batch, synced",
        vec![written],
    ));
    drop((made, store));

    let load = || InventoryStore::read(folder.path(), &limits).expect("a sound folder");
    let mut total = vec![Duration::ZERO; sizes.rounds as usize];
    let mut figures: [Vec<Duration>; 4] = Default::default();
    let policy = ReleasePolicy::from_toml(POLICY, &JsonLimits::default()).expect("a policy");
    let mut peak = 0;
    for total in &mut total {
        meter::reset_peak();
        let (took, inventory) = measured(load);
        figures[0].push(took);
        let (joined, fleet) = measured(|| join(&inventory));
        figures[1].push(joined);
        let asset = AssetRef::purl(POISONED).expect("a package url");
        let (reached, radius) = measured(|| fleet.blast_radius(&asset));
        figures[2].push(reached);
        let affected = AffectedAssets::new().with(asset.clone(), "poisoned");
        let gate = FleetGate::new(&inventory, &fleet)
            .with_affected(&affected)
            .with_incidents(&[]);
        let (judged, report) = measured(|| gate.judge(&policy, Phase::Operation, world::time()));
        figures[3].push(judged);
        *total = took + joined + reached + judged;
        peak = peak.max(meter::peak());
        black_box((radius.models().len(), report.counts()));
    }
    let [loaded, joined, reached, judged] = figures;
    rows.push(Row::new("the inventory loaded from its folder", loaded));
    rows.push(Row::new(
        "joined to one supply chain, with what contradicts",
        joined,
    ));
    rows.push(Row::new(
        "blast radius of a dataset, with a chain for each model",
        reached,
    ));
    rows.push(Row::new(
        "load, join, gate and blast radius together",
        total,
    ));
    print(sizes, &rows, peak);
}

fn join(inventory: &Inventory) -> Fleet {
    let mut builder = FleetBuilder::default();
    builder.add_inventory(inventory).expect("within the limits");
    builder.build().expect("within the limits")
}
