//! A fleet of made models that share what they are made of. The same numbers make the same fleet.

use modelward::artifact::{Digest, Timestamp};
use modelward::audit::inventory::{
    AuditQuestion, Claim, Inventory, InventoryEntry, Material, MaterialRole,
};
use serde_json::json;

/// How large the fleet is.
#[derive(Clone, Copy)]
pub(crate) struct Sizes {
    pub(crate) models: u32,
    /// What each model is made of.
    pub(crate) materials: u32,
    pub(crate) rounds: u32,
}

/// The models of which others are derived: one of so many.
const SHARED: u32 = 20;

/// Names a dataset that a base model was trained on.
pub(crate) const POISONED: &str = "pkg:huggingface/datasets/acme/d0@1";

/// Makes the inventory: each model but the first few is derived from an earlier one.
pub(crate) fn inventory(sizes: Sizes) -> Inventory {
    let entries = (0..sizes.models).map(|number| entry(number, sizes));
    Inventory::of(entries).expect("the entries hold together")
}

pub(crate) fn time() -> Timestamp {
    "2026-01-01T00:00:00Z".parse().expect("a time")
}

pub(crate) fn purl(number: u32) -> String {
    format!("pkg:huggingface/acme/m{number}@1")
}

pub(crate) fn entry(number: u32, sizes: Sizes) -> InventoryEntry {
    let text = |text: String| text.parse().expect("a text");
    let id = format!("m{number:05}").parse().expect("an id");
    let name = text(format!("m{number}"));
    let mut entry = InventoryEntry::new(id, name, text("1".to_owned()), time())
        .with_purl(purl(number))
        .with_root(Digest::sha256(format!("m{number}").as_bytes()))
        .with_license("Apache-2.0");
    if !number.is_multiple_of(7) {
        let owner = Claim::new(
            text(format!("desk {}", number % 11)),
            text("register".to_owned()),
        );
        entry = entry.with_claim(AuditQuestion::Owner, owner);
    }
    if number >= SHARED {
        let base = pick(number, 0) % (number / SHARED);
        let role = MaterialRole::BaseModel;
        let base = made(Material::new(role, format!("m{base}")), purl(base));
        entry = entry.with_material(base);
    }
    let datasets = sizes.materials / 10;
    for turn in 0..datasets {
        // The first models were trained on the first datasets, and others on any.
        let of = if turn == 0 {
            number
        } else {
            pick(number, turn) % (sizes.models * 2)
        };
        let purl = format!("pkg:huggingface/datasets/acme/d{of}@1");
        let data = Material::new(MaterialRole::Dataset, format!("d{of}"));
        entry = entry.with_material(made(data, purl));
    }
    let rest = sizes.materials - datasets - u32::from(number >= SHARED);
    for turn in 0..rest {
        let of = pick(number, 1_000 + turn) % sizes.models / 2;
        let library = Material::new(MaterialRole::Component, format!("l{of}"));
        entry = entry.with_material(made(library, format!("pkg:pypi/l{of}@{}", turn % 3)));
    }
    signed(&entry)
}

/// Records that the signature of the files was verified; of every 50th model it was refused.
fn signed(entry: &InventoryEntry) -> InventoryEntry {
    let mut document = serde_json::to_value(entry).expect("an entry has a form");
    let is_refused = entry
        .root()
        .is_some_and(|root| root.as_bytes()[0].is_multiple_of(50));
    let digest = Digest::sha256(b"bundle");
    document["signature"] = json!({
        "outcome": if is_refused { "refused" } else { "verified" },
        "checkedAt": time(),
        "bundle": digest,
        "signer": digest,
        "root": entry.root(),
    });
    serde_json::from_value(document).expect("an entry was made of it")
}

fn made(material: Material, purl: String) -> Material {
    let digest = Digest::sha256(purl.as_bytes());
    let material = material.with_purl(purl).with_digest(digest);
    material.with_license("Apache-2.0")
}

/// Scatters numbers, the same for the same (the finalizer of SplitMix64).
fn pick(number: u32, turn: u32) -> u32 {
    let mut x = (u64::from(number) << 32 | u64::from(turn)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    u32::try_from((x ^ (x >> 31)) >> 32).unwrap_or_default()
}
