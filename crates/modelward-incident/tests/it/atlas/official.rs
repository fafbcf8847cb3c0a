//! Compares with ATLAS 5.6.0 and its schemas, which are not part of this repository.

use std::path::{Path, PathBuf};

use jsonschema::Validator;
use modelward_artifact::JsonLimits;
use modelward_incident::format::atlas::{
    AtlasData, AtlasDeviation, AtlasLayout, CaseStudy, DateGranularity, ProcedureStep, StudyKind,
};
use serde_json::{Map, Value, json};

use super::relation;
use crate::{json_of, shared};

/// The data, its JSON and the folder.
pub(crate) fn release() -> Option<(AtlasData, Value, PathBuf)> {
    let folder = shared("incident")?;
    let path = folder.join("atlas/ATLAS.json");
    let bytes = std::fs::read(&path).unwrap();
    let atlas = AtlasData::from_json(&bytes, &JsonLimits::default()).unwrap();
    Some((atlas, json_of(&path), folder))
}

/// The official schema of a case study: that of the data, and that of submissions.
pub(crate) fn schemas(folder: &Path) -> (Validator, Validator) {
    let folder = folder.join("atlas/dist/schemas");
    let mut output = json_of(&folder.join("atlas_output_schema.json"));
    let members = output.as_object_mut().unwrap();
    members.retain(|name, _| name == "$schema" || name == "definitions");
    members.insert("$ref".to_owned(), "#/definitions/case_study".into());
    let website = json_of(&folder.join("atlas_website_case_study_schema.json"));
    let build = |schema: &Value| {
        let options = jsonschema::options().should_validate_formats(true);
        options.build(schema).unwrap()
    };
    (build(&output), build(&website))
}

pub(crate) fn faults(schema: &Validator, document: &[u8]) -> Vec<String> {
    let document = serde_json::from_slice(document).unwrap();
    let errors = schema.iter_errors(&document);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn the_release_has_what_it_is_known_to_have() {
    let Some((atlas, _, _)) = release() else {
        return;
    };
    assert_eq!(
        (atlas.version(), atlas.layout()),
        ("5.6.0", AtlasLayout::Embedded)
    );
    assert_eq!(atlas.tactics().len(), 16);
    assert_eq!(atlas.mitigations().len(), 35);
    assert_eq!(atlas.case_studies().len(), 57);
    let (parts, wholes): (Vec<_>, Vec<_>) = atlas
        .techniques()
        .iter()
        .partition(|it| it.id().parent().is_some());
    assert_eq!((wholes.len(), parts.len()), (101, 69));
    assert!(
        atlas
            .techniques()
            .iter()
            .all(|it| !atlas.tactics_of(it.id()).is_empty())
    );
    let incidents = atlas.case_studies().iter();
    let incidents = incidents.filter(|it| it.kind() == Some(&StudyKind::Incident));
    assert_eq!(incidents.count(), 17);
    let name = atlas.full_name("AML.T0010.003".parse().unwrap());
    assert_eq!(name.as_deref(), Some("AI Supply Chain Compromise: Model"));
    // The two known misplacements, and nothing else.
    let deviations: Vec<_> = atlas
        .deviations()
        .iter()
        .map(AtlasDeviation::to_string)
        .collect();
    assert_eq!(
        deviations,
        [
            "/matrices/0/mitigations/18/ml-lifecycle/6: AML.T0052.001 stands among the phases of the \
             life cycle",
            "/matrices/0/mitigations/34/ml-lifecycle/4: AML.T0052.001 stands among the phases of the \
             life cycle",
        ]
    );
    let uses = atlas.mitigations().iter().map(|it| it.uses().len());
    assert_eq!(uses.sum::<usize>(), 248);
}

#[cfg(feature = "yaml")]
#[test]
fn the_published_yaml_says_what_the_json_says() {
    let Some((atlas, _, folder)) = release() else {
        return;
    };
    let bytes = std::fs::read(folder.join("atlas/dist/ATLAS.yaml")).unwrap();
    let yaml = AtlasData::from_yaml(&bytes, &JsonLimits::default()).unwrap();
    assert_eq!(yaml, atlas);
}

#[test]
fn every_case_study_is_written_as_it_was_read() {
    let Some((atlas, document, _)) = release() else {
        return;
    };
    let studies = document["case-studies"].as_array().unwrap();
    assert_eq!(studies.len(), 57);
    for (study, original) in atlas.case_studies().iter().zip(studies) {
        let bytes = study.to_json().unwrap();
        let written: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(&written, original);
        let alone = CaseStudy::from_json(&bytes, &JsonLimits::default()).unwrap();
        assert_eq!(&alone, study);
        #[cfg(feature = "yaml")]
        {
            let yaml = study.to_yaml();
            let read = CaseStudy::from_yaml(yaml.as_bytes(), &JsonLimits::default());
            assert_eq!(&read.unwrap(), study);
        }
    }
}

#[test]
fn every_case_study_that_is_written_is_valid_by_the_official_schemas() {
    let Some((atlas, _, folder)) = release() else {
        return;
    };
    let (output, website) = schemas(&folder);
    for study in atlas.case_studies() {
        let id = study.id().unwrap();
        assert_eq!(faults(&output, &study.to_json().unwrap()), [""; 0], "{id}");
        assert_eq!(
            faults(&website, &study.to_submission().unwrap()),
            [""; 0],
            "{id}"
        );
    }
    // The schemas do refuse: a step without a tactic, a study without a name.
    assert!(!faults(&output, br#"{"procedure": [{"technique": "AML.T0020"}]}"#).is_empty());
    assert!(!faults(&website, br#"{"study": {"summary": "s"}}"#).is_empty());
}

#[test]
fn the_case_studies_are_those_of_the_index() {
    let Some((atlas, _, folder)) = release() else {
        return;
    };
    let index = json_of(&folder.join("derived/atlas_case_index.json"));
    let rows = index.as_array().unwrap();
    assert_eq!(rows.len(), 57);
    for (row, study) in rows.iter().zip(atlas.case_studies()) {
        // The index names a technique once, where it was first used.
        let mut techniques = Vec::new();
        for technique in study
            .procedure()
            .iter()
            .filter_map(ProcedureStep::technique)
        {
            if !techniques.contains(&technique) {
                techniques.push(technique);
            }
        }
        let found = json!({
            "atlas": study.id().unwrap().as_str(), "name": study.name(),
            "date": study.date().text(), "granularity": study.date().granularity().name(),
            "type": study.kind().unwrap().name(), "techniques": techniques,
            "aiid": row["aiid"], "avid": row["avid"],
        });
        assert_eq!(&found, row);
    }
    let days = atlas.case_studies().iter();
    let days = days.filter(|it| it.date().granularity() == DateGranularity::Day);
    assert_eq!(days.count(), 34);
}

#[test]
fn the_release_says_the_same_in_the_other_layout() {
    let Some((atlas, document, _)) = release() else {
        return;
    };
    let separate = separated(&document);
    let bytes = serde_json::to_vec(&separate).unwrap();
    let other = AtlasData::from_json(&bytes, &JsonLimits::default()).unwrap();
    assert_eq!(other.deviations(), []);
    assert_eq!(other.tactics(), atlas.tactics());
    for technique in atlas.techniques() {
        let id = technique.id();
        assert_eq!(other.full_name(id), atlas.full_name(id));
        assert_eq!(other.tactics_of(id), atlas.tactics_of(id));
        let names = |data: &AtlasData| -> Vec<_> {
            let uses = data.mitigations_of(id);
            uses.map(|(it, used)| (it.id().to_string(), used.description().map(str::to_owned)))
                .collect()
        };
        assert_eq!(names(&other), names(&atlas));
    }
    for (theirs, ours) in other.case_studies().iter().zip(atlas.case_studies()) {
        assert_eq!(theirs.procedure().len(), ours.procedure().len());
        for (theirs, ours) in theirs.procedure().iter().zip(ours.procedure()) {
            assert_eq!(theirs.technique(), ours.technique());
            assert_eq!(theirs.tactic(), ours.tactic());
            assert_eq!(theirs.description(), ours.description());
        }
        assert_eq!(
            (theirs.summary(), theirs.date()),
            (ours.summary(), ours.date())
        );
        assert_eq!(
            (theirs.kind(), theirs.reporter()),
            (ours.kind(), ours.reporter())
        );
    }
}

/// Lays a release of 5.x out as format 6 is, its relations sorted by their targets.
fn separated(document: &Value) -> Value {
    let matrix = &document["matrices"][0];
    let mut relations = json!({"ATLAS-matrix": {"sequences": []}});
    let mut out =
        json!({"format-version": "6.0.0", "collection": {"version": document["version"]}});
    for (position, tactic) in list(&matrix["tactics"]).iter().enumerate() {
        let more = json!({"position": position + 1});
        add(&mut relations, "ATLAS-matrix", tactic, "sequences", more);
    }
    for technique in list(&matrix["techniques"]) {
        let id = technique["id"].as_str().unwrap();
        for tactic in technique["tactics"].as_array().into_iter().flatten() {
            add(
                &mut relations,
                id,
                &json!({"id": tactic}),
                "achieves",
                json!({}),
            );
        }
        if let Some(whole) = technique.get("subtechnique-of") {
            add(
                &mut relations,
                id,
                &json!({"id": whole}),
                "specializes",
                json!({}),
            );
        }
    }
    for mitigation in list(&matrix["mitigations"]) {
        let id = mitigation["id"].as_str().unwrap();
        let phases = list(&mitigation["ml-lifecycle"]).iter();
        let misplaced = phases.filter(|phase| phase.is_object());
        for used in list(&mitigation["techniques"]).iter().chain(misplaced) {
            add(
                &mut relations,
                id,
                used,
                "mitigates",
                json!({"description": used["use"]}),
            );
        }
    }
    for study in list(&document["case-studies"]) {
        let (id, steps) = (study["id"].as_str().unwrap(), list(&study["procedure"]));
        for (place, step) in steps.iter().enumerate() {
            let next = (place + 1 < steps.len()).then(|| format!("S{:02}", place + 1));
            let more = json!({
                "description": step["description"], "tactic": step["tactic"],
                "step-id": format!("S{place:02}"), "leads-to": Vec::from_iter(next),
            });
            add(
                &mut relations,
                id,
                &json!({"id": step["technique"]}),
                "employs",
                more,
            );
        }
        let employs = relations[id]["employs"].as_array_mut().unwrap();
        employs.sort_by_key(|step| step["target"].to_string());
    }
    for name in ["tactics", "techniques", "mitigations"] {
        out[name] = keyed(&matrix[name]);
    }
    out["case-studies"] = keyed(&document["case-studies"]);
    out["relationships"] = relations;
    out
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn add(relations: &mut Value, source: &str, target: &Value, kind: &str, more: Value) {
    let relation = relation(source, target["id"].as_str().unwrap(), kind, more);
    let group = &mut relations[source][kind];
    match group.as_array_mut() {
        Some(group) => group.push(relation),
        None => *group = json!([relation]),
    }
}

/// Objects by their ids, their members named as format 6 names them.
fn keyed(objects: &Value) -> Value {
    let renamed = [
        ("summary", "description"),
        ("incident-date", "date"),
        ("incident-date-granularity", "date-granularity"),
        ("case-study-type", "type"),
        ("category", "categories"),
    ];
    let mut map = Map::new();
    for object in list(objects) {
        let mut object = object.as_object().unwrap().clone();
        for name in [
            "tactics",
            "subtechnique-of",
            "techniques",
            "procedure",
            "ml-lifecycle",
        ] {
            object.remove(name);
        }
        for (old, new) in renamed {
            if let Some(value) = object.remove(old) {
                object.insert(new.to_owned(), value);
            }
        }
        map.insert(object["id"].as_str().unwrap().to_owned(), object.into());
    }
    Value::Object(map)
}
