//! Tests of `modelward-incident` against its public API.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

mod clock;
mod detection;
mod incident;
mod log;
mod names;
mod obligation;
mod phase;
mod policy;
mod record;
mod rules;
mod seed;
mod walks;

use modelward_incident::{AssetRef, By, Category, Incident, Opening, Severity};

/// Says that something was done so many minutes after ten o'clock.
fn by(minute: u32) -> By {
    let at = format!("2026-11-23T10:{minute:02}:00Z")
        .parse()
        .expect("a time");
    By::new(at, "jo@example.org")
}

fn opened() -> Incident {
    let opening = Opening::new("drift of the scorer", Category::Drift, Severity::Medium);
    let id = "INC-1".parse().expect("an id");
    Incident::open(id, opening, by(0)).expect("nothing is missing")
}

fn asset() -> AssetRef {
    AssetRef::purl("pkg:huggingface/acme/base@4f2c").expect("a package URL")
}
