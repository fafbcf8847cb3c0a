//! Tests of `modelward-incident` against its public API.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

mod aiid;
mod atlas;
mod avid;
mod clock;
mod csaf;
mod detection;
mod duties;
mod genai;
mod incident;
mod lies;
mod log;
mod losses;
mod markdown;
mod names;
mod obligation;
mod oecd;
mod phase;
mod policy;
mod properties;
mod record;
mod release;
mod replay;
mod rules;
mod seed;
mod stix;
mod upkeep;
mod vex;
mod whole;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use modelward_artifact::Party;
use modelward_incident::log::Context;
use modelward_incident::{
    AffectedAsset, AssetKind, AssetRef, EventKind, Incident, IncidentKind, Opening, Phase,
    Severity, Text,
};
use serde_json::Value;

/// Says that something was recorded so many minutes after ten o'clock.
fn by(minute: u32) -> Context {
    by_whom(minute, "Jo Example")
}

fn by_whom(minute: u32, name: &str) -> Context {
    let at = format!("2026-11-23T10:{minute:02}:00Z");
    let party = Party::new(name).expect("a name");
    Context::new(at.parse().expect("a time"), party)
}

fn text(text: &str) -> Text {
    text.parse().expect("a text")
}

fn opening() -> Opening {
    let title = text("drift of the scorer");
    Opening::new(title, IncidentKind::DriftData, Severity::Medium)
}

fn opened() -> Incident {
    let id = "INC-1".parse().expect("an id");
    Incident::open(id, opening(), &by(0)).expect("nothing is missing")
}

fn asset() -> AssetRef {
    AssetRef::purl("pkg:huggingface/acme/base@4f2c").expect("a package URL")
}

fn weights() -> AffectedAsset {
    let id = "weights".parse().expect("an id");
    AffectedAsset::new(id, AssetKind::Model, text("acme/base")).with_ref(asset())
}

fn step(to: Phase) -> EventKind {
    let reason = text("because");
    EventKind::PhaseChanged { to, reason }
}

fn note(words: &str) -> EventKind {
    let text = text(words);
    EventKind::Noted { text }
}

/// Finds a file or folder of the data that is not part of this repository, or says that the test is
/// skipped without it.
fn shared(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("MODELWARD_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let path = root.join("data").join(name);
    if path.exists() {
        return Some(path);
    }
    let path = path.display();
    assert!(
        std::env::var_os("MODELWARD_NO_SKIP").is_none(),
        "{path} is not at hand and skipping is forbidden"
    );
    // The macros' output is captured by the test runner; a skip must be seen.
    writeln!(std::io::stdout(), "SKIPPED: {path} is not at hand").expect("standard output is open");
    None
}

/// Reads a JSON file of that data.
fn shared_json(name: &str) -> Option<Value> {
    shared(name).map(|path| json_of(&path))
}

fn json_of(path: &Path) -> Value {
    let bytes = std::fs::read(path).expect("a file that can be read");
    serde_json::from_slice(&bytes).expect("JSON")
}
