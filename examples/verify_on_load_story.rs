//! The story that `verify_on_load` tells without a model: it loads, a changed copy does not, and after
//! an order of quarantine nor does the model itself.

use std::fs::{self, OpenOptions};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::process::ExitCode;

use modelward::artifact::Party;
use modelward::incident::log::{Context, FileOptions, LogFile};
use modelward::incident::{
    AssetRef, EventKind, IncidentKind, Incidents, NewEvent, Opening, QuarantineOrder, Severity,
};
use modelward::{Digest, HashOptions, Manifest, NoControl, SigningKey, Timestamp, sign};

use crate::failure::Failure;
use crate::toy_model::Classifier;
use crate::{Trust, load, say};

/// Tells it; the code is 0 where each answer is the one that it should be.
pub(crate) fn tell() -> Result<ExitCode, Failure> {
    let folder = tempfile::tempdir().map_err(failed)?;
    let model = folder.path().join("two-moons-classifier");
    let (classifier, accuracy) = Classifier::train();
    classifier.write(&model, accuracy).map_err(failed)?;
    let manifest = Manifest::hash(&model, &HashOptions::default(), &NoControl)?;
    let key = SigningKey::generate();
    let signature = folder.path().join("model.sig");
    fs::write(&signature, sign(&manifest, &key)?.to_json()).map_err(failed)?;
    let log = folder.path().join("incidents.jsonl");
    let now: Timestamp = "2026-11-24T00:00:00Z".parse()?;
    let trust = |incidents| Trust {
        signature: &signature,
        key: key.public_key(),
        incidents,
        now,
    };
    println!("the model as it was signed");
    let mut right = say(&load(&model, &trust(None))?) == ExitCode::SUCCESS;
    println!("\nthe model after an order of quarantine");
    quarantine(&log, manifest.root())?;
    right &= say(&load(&model, &trust(Some(&log)))?) == ExitCode::from(1);
    println!("\none byte changed in the weights");
    change(&model.join("model.safetensors")).map_err(failed)?;
    right &= say(&load(&model, &trust(None))?) == ExitCode::from(1);
    Ok(ExitCode::from(u8::from(!right)))
}

/// Opens an incident and orders a model out of use. Two persons, since nobody signs off an own order.
fn quarantine(log: &Path, root: Digest) -> Result<(), Failure> {
    let mut log = LogFile::open(log, FileOptions::default())?;
    let mut incidents = Incidents::new();
    let id = "INC-2026-0042".parse()?;
    let at = |time: &str, who: &str| -> Result<Context, Failure> {
        Ok(Context::new(time.parse()?, Party::new(who)?))
    };
    let opening = Opening::new(
        "a trigger in the training data".parse()?,
        IncidentKind::AdversarialDataPoisoning,
        Severity::High,
    );
    incidents.record(&mut log, &id, opening, &at("2026-11-23T10:00:00Z", "Ada")?)?;
    let order = QuarantineOrder::new("q-1".parse()?, "learned from poisoned data".parse()?)
        .with_target(AssetRef::Digest(root));
    let order = NewEvent::new(EventKind::OrderProposed(order));
    incidents.record(&mut log, &id, order, &at("2026-11-23T11:00:00Z", "Ada")?)?;
    let signed = EventKind::OrderSignedOff {
        order: "q-1".parse()?,
        note: "digest compared with the registry".parse()?,
    };
    incidents.record(&mut log, &id, signed, &at("2026-11-23T11:30:00Z", "Bo")?)?;
    Ok(())
}

fn change(file: &Path) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(file)?;
    file.seek(SeekFrom::End(-1))?;
    file.write_all(b"!")
}

fn failed(error: std::io::Error) -> Failure {
    Failure::new("example.io", error)
}
