//! 500 made models with shared ancestry. The same numbers make the same fleet.

use std::error::Error as StdError;

use modelward::artifact::{Digest, Timestamp};
use modelward::audit::inventory::{
    AuditQuestion, Claim, Deployment, EntryId, InventoryEntry, Material, MaterialRole,
};

/// Whatever goes wrong ends the audit.
pub(crate) type Failure = Box<dyn StdError>;

pub(crate) const MODELS: u32 = 500;

/// Models that were made from data alone; all others are derived.
const FOUNDATIONS: u32 = 5;

/// The dataset that turns out to be poisoned: one foundation was trained on it.
pub(crate) const POISONED: &str = "pkg:huggingface/datasets/acme/crawl-2@1";

const DESKS: [&str; 4] = ["risk desk", "search desk", "support desk", "fraud desk"];

pub(crate) fn day(day: u32) -> Result<Timestamp, Failure> {
    Ok(Timestamp::from_unix_seconds(
        1_767_225_600 + i64::from(day) * 86_400,
    )?)
}

/// Makes the entry of a model: what its ML-BOM says, and what somebody said of it.
pub(crate) fn entry(number: u32) -> Result<InventoryEntry, Failure> {
    let (name, id) = (name(number), id(number)?);
    let mut entry = InventoryEntry::new(id, name.parse()?, "1".parse()?, day(number % 300)?)
        .with_purl(purl(number))
        .with_root(Digest::sha256(name.as_bytes()))
        .with_license(if number % 41 == 7 {
            "MIT"
        } else {
            "Apache-2.0"
        });
    if number < FOUNDATIONS {
        let crawl = format!("crawl-{number}");
        entry = entry.with_material(dataset(&crawl, "Apache-2.0"));
    } else {
        entry = entry.with_material(base(number));
        let own = format!("set-{}", scattered(number, 1) % 120);
        let license = if number % 41 == 7 {
            "CC-BY-SA-4.0"
        } else {
            "Apache-2.0"
        };
        entry = entry.with_material(dataset(&own, license));
    }
    if number % 9 != 4 {
        let desk = DESKS[number as usize % DESKS.len()].parse()?;
        let claim = Claim::new(desk, "register of owners".parse()?);
        entry = entry.with_claim(AuditQuestion::Owner, claim);
    }
    if number % 3 == 0 {
        let place = format!("cluster-{}", number % 7).parse()?;
        entry = entry.with_deployment(Deployment::new(place));
    }
    Ok(entry)
}

pub(crate) fn name(number: u32) -> String {
    match number {
        0..FOUNDATIONS => format!("foundation-{number}"),
        _ => format!("model-{number:03}"),
    }
}

pub(crate) fn id(number: u32) -> Result<EntryId, Failure> {
    Ok(name(number).parse()?)
}

fn purl(number: u32) -> String {
    format!("pkg:huggingface/acme/{}@1", name(number))
}

/// Each model is derived from one that was there before it.
fn base(number: u32) -> Material {
    let before = scattered(number, 0) % (number / 4).max(FOUNDATIONS);
    let mut base = Material::new(MaterialRole::BaseModel, name(before))
        .with_purl(purl(before))
        .with_license(if before % 41 == 7 {
            "MIT"
        } else {
            "Apache-2.0"
        });
    // A few ML-BOMs tell other bytes of their base than its own does.
    if number % 97 == 50 {
        base = base.with_digest(Digest::sha256(b"an older download"));
    }
    base
}

fn dataset(name: &str, license: &str) -> Material {
    let purl = format!("pkg:huggingface/datasets/acme/{name}@1");
    let data = Material::new(MaterialRole::Dataset, name);
    data.with_purl(purl).with_license(license)
}

/// Scatters numbers, the same for the same (the finalizer of MurmurHash3).
fn scattered(number: u32, turn: u32) -> u32 {
    let mut x = number.wrapping_mul(0x9e37_79b9) ^ turn.wrapping_mul(0x85eb_ca6b);
    x = (x ^ (x >> 16)).wrapping_mul(0x85eb_ca6b);
    x = (x ^ (x >> 13)).wrapping_mul(0xc2b2_ae35);
    x ^ (x >> 16)
}
