use modelward_artifact::{Digest, json};
use serde_json::{Value, json};

use crate::export::ExportError;
use crate::export::LossStatus::Partial;
use crate::export::stix::assets;
use crate::export::stix::builder::File;
use crate::export::stix::hashes;
use crate::export::stix::writer::{Note, Writer};
use crate::{AttackEvidence, Detection, DetectionTool, DriftEvidence, PoisonedPart, TimeRange};

/// What the detections give to other objects.
#[derive(Debug, Default)]
pub(super) struct Detected {
    /// `detection_methods` of the incident.
    pub(super) methods: Vec<String>,
    /// `scores` of the incident.
    pub(super) scores: Vec<Value>,
    /// Techniques of ATLAS and the `observed-data` that shows each.
    pub(super) observed: Vec<(String, String)>,
}

/// Adds what the detections saw.
pub(super) fn add(writer: &mut Writer<'_>) -> Result<Detected, ExportError> {
    let mut detected = Detected::default();
    for (index, detection) in writer.incident.detections().iter().enumerate() {
        let data = one(writer, &mut detected, index, detection);
        explain(writer, index, detection, data)?;
    }
    Ok(detected)
}

fn one(
    writer: &mut Writer<'_>,
    detected: &mut Detected,
    index: usize,
    detection: &Detection,
) -> String {
    let (digests, window) = seen(detection);
    let mut files: Vec<_> = digests
        .into_iter()
        .map(|digest| assets::file(writer, digest))
        .collect();
    if let Detection::Attack(attack) = detection {
        files.extend(parts(writer, attack));
    }
    let key = format!("detection/{index}");
    let data = writer
        .builder
        .object("observed-data", &key)
        .at("first_observed", window.from())
        .at("last_observed", window.to())
        .with("number_observed", 1)
        .with("object_refs", files);
    let data = writer.builder.push(data);
    match detection {
        Detection::Attack(attack) => attacked(detected, attack, &data),
        Detection::Drift(drift) => drifted(detected, drift),
        Detection::Failure(failure) => {
            add_once(&mut detected.methods, failure.check().name().as_str());
        }
    }
    data
}

/// Says the evidence in words and as the JSON (RFC 8785) from which everybody can check it.
fn explain(
    writer: &mut Writer<'_>,
    index: usize,
    detection: &Detection,
    data: String,
) -> Result<(), ExportError> {
    let json = json::canonical(detection)?;
    let json = String::from_utf8_lossy(&json);
    let about = vec![writer.id.clone(), data];
    writer.note(Note {
        key: &format!("detection/{index}"),
        title: "Evidence of detection",
        content: format!("{detection}\n{json}"),
        about,
        ..Note::default()
    });
    let note = "observed-data of the files, and a note that holds all as JSON";
    writer.lost(&format!("detections/{index}"), Partial, note);
    Ok(())
}

fn seen(detection: &Detection) -> (Vec<&Digest>, TimeRange) {
    match detection {
        Detection::Attack(attack) => {
            let mut digests = vec![attack.model()];
            digests.extend(attack.inputs());
            (digests, attack.window())
        }
        Detection::Drift(drift) => {
            let current = drift.current();
            (vec![drift.model(), current.digest()], current.time())
        }
        Detection::Failure(failure) => {
            let sample = failure.observed().sample();
            (vec![sample.model(), sample.data()], sample.window())
        }
    }
}

/// Adds the files of which parts were poisoned.
fn parts(writer: &mut Writer<'_>, attack: &AttackEvidence) -> Vec<String> {
    let file = |part: &PoisonedPart| {
        writer.builder.file(File {
            hashes: hashes::of([part.digest()]),
            name: Some(part.name().as_str()),
            ..File::default()
        })
    };
    attack.parts().iter().map(file).collect()
}

fn attacked(detected: &mut Detected, attack: &AttackEvidence, data: &str) {
    if let Some(technique) = attack.technique() {
        let atlas = technique.atlas().to_string();
        detected.observed.push((atlas, data.to_owned()));
    }
    if let Some(detector) = attack.detector() {
        tool(detected, detector.tool());
        detected.scores.push(json!({
            "name": detector.tool().name().as_str(),
            "value": detector.score().get(),
            "description": format!("Alarm from {} on.", detector.threshold()),
        }));
    }
}

fn drifted(detected: &mut Detected, drift: &DriftEvidence) {
    tool(detected, drift.tool());
    detected.scores.push(json!({
        "name": drift.measure().metric().name(),
        "value": drift.value().get(),
        "description": drift.to_string(),
    }));
}

/// A tool is a method of its own, beside the word for all tools.
fn tool(detected: &mut Detected, tool: &DetectionTool) {
    add_once(&mut detected.methods, "automated-tool");
    add_once(&mut detected.methods, tool.name().as_str());
}

fn add_once(list: &mut Vec<String>, item: &str) {
    if !list.iter().any(|known| known == item) {
        list.push(item.to_owned());
    }
}
