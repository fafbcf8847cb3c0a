//! Bundles of STIX.

mod cases;
mod schema;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use modelward_incident::export::stix::{StixBundle, StixDialect, StixOptions, bundle};
use modelward_incident::export::{Export, FieldLoss, LossStatus};
use modelward_incident::{
    Determination, EventKind, Harm, Incident, IncidentKind, NewEvent, OecdSeverity, Severity,
    Technique, Tlp,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use self::cases::{exported, full, minimal, opening, story};
use crate::{by, text};

fn export(incident: &Incident, dialect: StixDialect) -> Export<StixBundle> {
    let released = incident.release(Tlp::Red).unwrap();
    bundle(
        &released,
        &StixOptions::new(text("Acme")).with_dialect(dialect),
    )
    .unwrap()
}

/// Returns the objects of a type.
fn of_type<'a>(bundle: &'a StixBundle, name: &str) -> Vec<&'a Value> {
    let objects = bundle.objects().iter();
    objects.filter(|object| object["type"] == name).collect()
}

/// The judgements on the incident, wherever the dialect puts them.
fn judged(bundle: &StixBundle) -> &Value {
    let incident = of_type(bundle, "incident")[0];
    let id = "extension-definition--ef765651-680c-498d-9894-99799f2fa126";
    let extension = incident["extensions"].get(id);
    extension.unwrap_or(incident)
}

/// Every text of a value that stands under a member whose name tells that it is a reference.
fn references(value: &Value, name: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(name, value)| references(value, name, found)),
        Value::Array(items) => items.iter().for_each(|item| references(item, name, found)),
        Value::String(text) if name.ends_with("_ref") || name.ends_with("_refs") => {
            found.insert(text.clone());
        }
        _ => {}
    }
}

/// Checks what holds of every bundle: our schemas, one object for each id, all that is referred to.
fn check(bundle: &StixBundle, dialect: StixDialect) {
    let schemas = &schema::OWN[dialect.spec_version()];
    let mut ids = BTreeSet::new();
    let mut referred = BTreeSet::new();
    for object in bundle.objects() {
        assert_eq!(object["spec_version"], dialect.spec_version());
        if let Some(schema) = schemas.get(object["type"].as_str().unwrap()) {
            assert_eq!(schema::errors(schema, object), Vec::<String>::new());
        }
        assert!(ids.insert(object["id"].as_str().unwrap().to_owned()));
        // The creators of the extensions are not of the bundle.
        if object["type"] != "extension-definition" {
            references(object, "", &mut referred);
        }
    }
    let missing: Vec<_> = referred.difference(&ids).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_dialect_tells_an_incident_with_everything_and_one_with_nothing() {
    for dialect in StixDialect::ALL {
        for incident in [full(Tlp::Amber), minimal()] {
            check(export(&incident, dialect).document(), dialect);
        }
    }
}

/// For `stix2-validator` and whoever else wants to read them.
#[test]
fn bundles_are_written_for_others_to_validate() {
    let folder = std::env::var_os("MODELWARD_STIX_OUT");
    let folder = folder.map_or_else(
        || PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("stix"),
        PathBuf::from,
    );
    std::fs::create_dir_all(&folder).unwrap();
    for dialect in StixDialect::ALL {
        for (name, incident) in [("full", full(Tlp::Amber)), ("minimal", minimal())] {
            let bytes = export(&incident, dialect).document().to_json().unwrap();
            std::fs::write(folder.join(format!("{name}-{dialect}.json")), bytes).unwrap();
        }
    }
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 6);
}

#[test]
fn bundles_of_stix_2_1_follow_the_official_schemas() {
    let Some(schemas) = schema::official() else {
        return;
    };
    let mut checked = BTreeSet::new();
    for dialect in [StixDialect::Prose20, StixDialect::Schema20] {
        for incident in [full(Tlp::Amber), minimal()] {
            let export = export(&incident, dialect);
            for object in export.document().objects() {
                let name = object["type"].as_str().unwrap();
                let schema = schemas.get(name).unwrap_or(&schemas["core"]);
                assert_eq!(schema::errors(schema, object), Vec::<String>::new());
                checked.insert(name.to_owned());
            }
        }
    }
    // All but `core` itself, and the three types of the extension.
    assert_eq!(checked.len(), schemas.len() - 1 + 3, "{checked:?}");
}

#[test]
fn every_kind_has_a_valid_bundle() {
    for kind in IncidentKind::ALL {
        let opening = opening(*kind, Severity::Medium);
        let incident = Incident::open("INC-3".parse().unwrap(), opening, &by(0)).unwrap();
        for dialect in StixDialect::ALL {
            let export = export(&incident, dialect);
            check(export.document(), dialect);
            let types = judged(export.document()).get("incident_types");
            let expected = kind.mapping().stix;
            let types = types.map_or(json!([]), Value::clone);
            assert_eq!(types, json!(expected), "{kind}");
        }
    }
}

#[test]
fn every_determination_has_the_word_of_its_dialect() {
    for (to, prose, schema) in [
        (Determination::Blocked, "blocked", "blocked"),
        (Determination::Confirmed, "confirmed", "successful-attempt"),
        (
            Determination::FailedAttempt,
            "failed-attempt",
            "failed-attempt",
        ),
        (
            Determination::FalsePositive,
            "false-positive",
            "false-positive",
        ),
        (Determination::LowValue, "suspected", "low-value"),
        (Determination::Suspected, "suspected", "suspected"),
    ] {
        let mut incident = minimal();
        let reason = text("so it is");
        incident
            .record(EventKind::Determined { to, reason }, &by(1))
            .unwrap();
        for (dialect, word) in [
            (StixDialect::Prose20, prose),
            (StixDialect::Schema20, schema),
            (StixDialect::Stix22, prose),
        ] {
            let export = export(&incident, dialect);
            check(export.document(), dialect);
            assert_eq!(judged(export.document())["determination"], word);
            let loss = export
                .losses()
                .iter()
                .find(|loss| loss.field == "determination");
            let whole = loss.unwrap().status == LossStatus::Direct;
            assert_eq!(whole, to != Determination::LowValue || word == "low-value");
        }
    }
}

#[test]
fn every_severity_and_harm_has_a_valid_bundle() {
    for (severity, criticality) in [
        (Severity::Low, 15),
        (Severity::Medium, 40),
        (Severity::High, 70),
        (Severity::Critical, 95),
    ] {
        for (harm, oecd) in Harm::ALL.into_iter().zip(OecdSeverity::ALL) {
            let opening = opening(IncidentKind::DriftData, severity);
            let mut incident = Incident::open("INC-3".parse().unwrap(), opening, &by(0)).unwrap();
            let reason = text("so it is");
            let stated = EventKind::OecdSeverityStated { to: oecd, reason };
            incident.record(stated, &by(1)).unwrap();
            let stated = EventKind::HarmStated {
                to: harm,
                reason: text("so it is"),
                prevented_by: vec![text("a check")],
            };
            incident.record(stated, &by(1)).unwrap();
            for dialect in StixDialect::ALL {
                let export = export(&incident, dialect);
                check(export.document(), dialect);
                let told = judged(export.document());
                assert_eq!(told["criticality"], criticality);
                assert_eq!(told["scores"][0]["description"], oecd.name());
                let labels = &of_type(export.document(), "incident")[0]["labels"];
                let label = json!(format!("harm:{}", harm.name()));
                assert!(labels.as_array().unwrap().contains(&label), "{labels}");
            }
        }
    }
}

#[test]
fn the_same_record_makes_the_same_bytes_and_ids_depend_on_producer_and_incident() {
    let bytes = |incident: &Incident, producer: &str| {
        let released = incident.release(Tlp::Amber).unwrap();
        let export = bundle(&released, &StixOptions::new(text(producer))).unwrap();
        export.document().to_json().unwrap()
    };
    assert_eq!(
        bytes(&full(Tlp::Amber), "Acme"),
        bytes(&full(Tlp::Amber), "Acme")
    );
    let ids = |producer: &str, incident: &Incident| -> BTreeSet<String> {
        let bundle: Value = serde_json::from_slice(&bytes(incident, producer)).unwrap();
        let objects = bundle["objects"].as_array().unwrap().iter();
        objects
            .map(|object| object["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let incident = full(Tlp::Amber);
    let (ours, theirs) = (ids("Acme", &incident), ids("Bcme", &incident));
    // What is named by its content or by others is the same for both.
    let shared: BTreeSet<_> = ours
        .intersection(&theirs)
        .map(|id| id.split_once("--").unwrap().0)
        .collect();
    let expected = [
        "attack-pattern",
        "extension-definition",
        "file",
        "marking-definition",
        "software",
    ];
    assert_eq!(shared, BTreeSet::from(expected));
}

/// Each event is marked with another level in turn, and all its texts tell which one.
#[test]
fn nothing_that_is_marked_above_the_level_leaves() {
    let mut seen = [0; 2];
    for turn in 0..Tlp::ALL.len() {
        let incident = story(|index| Tlp::ALL[(index + turn) % Tlp::ALL.len()]);
        for level in Tlp::ALL {
            for dialect in StixDialect::ALL {
                let bytes = exported(&incident, level, dialect).to_json().unwrap();
                let told = String::from_utf8(bytes).unwrap();
                for (canary, tlp) in canaries(&incident) {
                    let is_told = told.contains(&canary);
                    assert!(!is_told || tlp <= level, "{canary} at {level}");
                    seen[usize::from(is_told)] += 1;
                }
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 1000), "{seen:?}");
}

/// The words of every event that begin with `canary`, and the least strict marking of each.
fn canaries(incident: &Incident) -> BTreeMap<String, Tlp> {
    let mut canaries = BTreeMap::new();
    for event in incident.timeline() {
        let data = serde_json::to_string(event.kind()).unwrap();
        let words = data.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        for word in words.filter(|word| word.starts_with("canary-")) {
            let summary = event.fields().values().next().copied();
            let tlp = match word {
                "canary-summary" => summary.unwrap_or(event.tlp()),
                _ => event.tlp(),
            };
            let known = canaries.entry(word.to_owned()).or_insert(tlp);
            *known = tlp.min(*known);
        }
    }
    canaries
}

#[test]
fn every_text_that_may_be_told_is_told_or_listed_as_lost() {
    let incident = full(Tlp::Amber);
    for dialect in StixDialect::ALL {
        let export = export(&incident, dialect);
        let told = String::from_utf8(export.document().to_json().unwrap()).unwrap();
        let untold: Vec<_> = canaries(&incident)
            .into_keys()
            .filter(|canary| !told.contains(canary))
            .collect();
        // How an asset came to be affected by way of others; the row says so.
        assert_eq!(untold, ["canary-path", "canary-rule", "canary-source"]);
        let row = |field: &str| export.losses().iter().find(|loss| loss.field == field);
        let unmapped = |loss: &&FieldLoss| loss.status == LossStatus::Unmapped;
        let unmapped = export.losses().iter().filter(unmapped);
        let unmapped: Vec<_> = unmapped.map(|loss| loss.field.as_str()).collect();
        let expected = [
            "facts/aware",
            "facts/provider",
            "obligations/ruledOut/eu-ai-act/73-3",
        ];
        assert_eq!(unmapped, expected);
        let path = row("assets/weights/origin").unwrap();
        assert_eq!(path.note, "a relationship derived-from, without the path");
        assert_eq!(row("links/1").unwrap().status, LossStatus::Approximate);
    }
}

#[test]
fn every_field_that_holds_something_has_one_row() {
    let export = export(&full(Tlp::Amber), StixDialect::Prose20);
    let fields: Vec<_> = export.losses().iter().map(|loss| &loss.field).collect();
    let once: BTreeSet<_> = fields.iter().collect();
    assert_eq!(once.len(), fields.len());
    let first: BTreeSet<_> = fields
        .iter()
        .map(|field| field.split('/').next().unwrap())
        .collect();
    let expected = [
        "actions",
        "assets",
        "assetsUnknown",
        "authorityInformed",
        "began",
        "containmentWaived",
        "cwes",
        "detections",
        "determination",
        "disclosures",
        "eradicationWaived",
        "evidence",
        "facts",
        "harm",
        "id",
        "impacts",
        "kinds",
        "links",
        "notes",
        "obligations",
        "oecdAnswers",
        "oecdSeverity",
        "orders",
        "outcome",
        "phase",
        "preventedBy",
        "recoveries",
        "recoveryWaived",
        "review",
        "rootCause",
        "severity",
        "summary",
        "systems",
        "techniques",
        "timeline",
        "title",
        "tlp",
    ];
    assert_eq!(first, BTreeSet::from(expected));
}

#[test]
fn every_object_is_marked_with_the_released_level() {
    for (level, id) in [
        (Tlp::Clear, "94868c89-83c2-464b-929b-a1a8aa3c8487"),
        (Tlp::Green, "bab4a63c-aed9-4cf5-a766-dfca5abac2bb"),
        (Tlp::Amber, "55d920b0-5e8b-4f79-9ee9-91f868d9b421"),
        (Tlp::AmberStrict, "939a9414-2ddd-4d32-a0cd-375ea402b003"),
        (Tlp::Red, "e828b379-4e03-4974-9ac4-e53a884c97c1"),
    ] {
        let bundle = exported(&full(Tlp::Clear), level, StixDialect::Prose20);
        let id = format!("marking-definition--{id}");
        let (definitions, others): (Vec<_>, Vec<_>) = bundle
            .objects()
            .iter()
            .partition(|object| object["type"].as_str().unwrap().ends_with("-definition"));
        assert_eq!((definitions.len(), &definitions[0]["id"]), (6, &json!(id)));
        assert_eq!(definitions[0]["name"], level.name());
        for object in others {
            assert_eq!(object["object_marking_refs"], json!([id]));
        }
    }
}

#[test]
fn techniques_have_the_ids_under_which_mitre_publishes_them() {
    let Some(folder) = crate::shared("incident/atlas/stix-atlas.json") else {
        return;
    };
    let published = crate::json_of(&folder);
    let mut compared = 0;
    for object in published["objects"].as_array().unwrap() {
        if object["type"] != "attack-pattern" {
            continue;
        }
        let atlas = object["external_references"][0]["external_id"]
            .as_str()
            .unwrap();
        let technique = Technique::new(atlas.parse().unwrap(), text("5.6.0"));
        let mut incident = minimal();
        let classified =
            modelward_incident::Classification::new(IncidentKind::Other).with_technique(technique);
        let classified = NewEvent::new(EventKind::Classified(classified));
        incident.record(classified, &by(1)).unwrap();
        let export = export(&incident, StixDialect::Prose20);
        let ours = of_type(export.document(), "attack-pattern")[0];
        assert_eq!(ours["id"], object["id"], "{atlas}");
        for member in ["source_name", "external_id", "url"] {
            let references = [ours, object].map(|it| &it["external_references"][0][member]);
            assert_eq!(references[0], references[1]);
        }
        compared += 1;
    }
    assert_eq!(compared, 170);
}

#[test]
fn times_are_those_of_the_record_and_only_as_exact_as_known() {
    let export = export(&full(Tlp::Amber), StixDialect::Prose20);
    let incident = of_type(export.document(), "incident")[0];
    assert_eq!(incident["created"], "2026-11-23T10:00:00.000Z");
    assert!(incident["modified"].as_str() > incident["created"].as_str());
    let event = of_type(export.document(), "event")[0];
    assert_eq!(event["start_time"], "2026-10-01T00:00:00.000Z");
    assert_eq!(event["start_time_fidelity"], "month");
    let phases: Vec<_> = of_type(export.document(), "task")
        .into_iter()
        .filter(|task| task["name"].as_str().unwrap().starts_with("Phase: "))
        .collect();
    assert_eq!(phases.len(), 5);
    for pair in phases.windows(2) {
        assert_eq!(pair[0]["end_time"], pair[1]["start_time"]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn texts_arrive_as_they_were_written(title in "[^\\p{C}\\s][^\\p{C}]{0,60}[^\\p{C}\\s]") {
        let Ok(title) = title.parse::<modelward_incident::Text>() else {
            return Ok(());
        };
        let opening = modelward_incident::Opening::new(
            title.clone(),
            IncidentKind::Other,
            Severity::Low,
        );
        let incident = Incident::open("INC-4".parse().unwrap(), opening, &by(0)).unwrap();
        for dialect in StixDialect::ALL {
            let export = export(&incident, dialect);
            check(export.document(), dialect);
            let told = of_type(export.document(), "incident")[0];
            prop_assert_eq!(&told["name"], title.as_str());
            let again: Value = serde_json::from_slice(&export.document().to_json().unwrap()).unwrap();
            prop_assert_eq!(&again, export.document().as_value());
        }
    }
}
