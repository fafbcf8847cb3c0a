//! Names that lie, in models and documents, and in everything that is written and told of them.

#[path = "../../../modelward-artifact/tests/it/names/table.rs"]
mod table;

use std::error::Error;
use std::io::Cursor;

use modelward_artifact::{EntryPath, JsonLimits, Timestamp};
use modelward_bom::inspect::{InspectLimits, Inspection};
use modelward_bom::profile::Profile;
use modelward_bom::spdx3::Spdx3Options;
use modelward_bom::{Component, Difference, MlBom, SpecVersion};
use serde_json::{Value, json};

use self::table::{
    NAMES, assert_distinct, assert_one_line, assert_quiet, assert_told_quietly, lies,
};
use crate::{CARD, CONFIG, HEADER, empty, generated, safetensors, write};

#[track_caller]
fn told<T, E: Error + 'static>(read: Result<T, E>) -> Option<T> {
    read.map_err(|error| assert_told_quietly(&error)).ok()
}

fn assert_json(json: &[u8]) -> Value {
    assert!(!json.iter().any(|&byte| byte < 0x20 && byte != b'\n'));
    serde_json::from_slice(json).expect("json")
}

fn document() -> Value {
    json!({"bomFormat": "CycloneDX", "specVersion": "1.6",
        "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79", "version": 1,
        "metadata": {"timestamp": "2026-01-01T00:00:00Z", "authors": [{"name": "a"}],
            "component": {"type": "machine-learning-model", "bom-ref": "m", "name": "n",
            "version": "1", "purl": "pkg:huggingface/a/m@1", "licenses": [{"license": {"id": "MIT"}}],
            "properties": [{"name": "p", "value": "v"}],
            "modelCard": {"modelParameters": {"task": "t", "datasets": [{"ref": "d"}]},
                "considerations": {"users": ["u"]}}}},
        "components": [{"type": "data", "bom-ref": "d", "name": "d",
            "hashes": [{"alg": "SHA-256", "content": "ab".repeat(32)}]}],
        "dependencies": [{"ref": "m", "dependsOn": ["d"]}]})
}

/// Writes a document in each form, and tells all that is told of it.
fn tell(bom: &MlBom, plain: &MlBom) {
    assert_json(&bom.to_json());
    for version in SpecVersion::WRITTEN {
        if let Some(converted) = told(bom.convert(version)) {
            for loss in converted.losses() {
                assert_one_line("loss", &loss.to_string());
            }
            assert_json(&converted.bom().to_json());
        }
    }
    for difference in Difference::between(plain, bom) {
        assert_one_line("difference", &difference.to_string());
    }
    for profile in Profile::ALL {
        assert_quiet("completeness", &profile.assess(bom).to_string());
    }
    if let Some(export) = told(bom.to_spdx3(&Spdx3Options::new(Timestamp::UNIX_EPOCH))) {
        assert_json(&export.to_json().expect("json"));
        for loss in export.losses() {
            assert_one_line("loss", &loss.to_string());
        }
        for unmet in export.unmet() {
            assert_one_line("unmet", &unmet.to_string());
        }
    }
}

#[test]
fn documents_of_names_that_lie_show_none_as_it_is_and_keep_each() {
    let limits = JsonLimits::default();
    let plain = MlBom::from_value(document()).expect("a document");
    let (mut taken, mut refused) = (0, 0);
    for (number, lie) in lies(&document()).into_iter().enumerate() {
        let Some(bom) = told(MlBom::read(lie.to_string().as_bytes(), &limits)) else {
            refused += 1;
            continue;
        };
        assert_eq!(assert_json(&bom.to_json()), lie);
        if number % 3 == 0 {
            tell(&bom, &plain);
        }
        taken += 1;
    }
    assert!(taken > 500 && refused > 20, "{taken}, {refused}");
}

#[test]
fn documents_in_xml_are_refused_without_showing_a_name_as_it_is() {
    let namespace = "http://cyclonedx.org/schema/bom/1.5";
    for name in NAMES {
        for text in [
            name.to_owned(),
            format!("<bom xmlns=\"{name}\"/>"),
            format!("<bom xmlns=\"{namespace}\"><{name}></bom>"),
            format!("<bom xmlns=\"{namespace}\" version=\"{name}\"/>"),
            format!(
                "<bom xmlns=\"{namespace}\" version=\"1\"><components><component type=\"{name}\">\
                 <name>{name}</name></component></components></bom>"
            ),
        ] {
            if let Some(read) = told(MlBom::read_xml(text.as_bytes(), &JsonLimits::default())) {
                for loss in read.losses() {
                    assert_one_line("loss", &loss.to_string());
                }
            }
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn models_whose_files_have_names_that_lie_are_described() {
    let is_file = |name: &&str| name.parse::<EntryPath>().is_ok() && !name.contains('/');
    let folder = empty();
    write(folder.path(), "config.json", CONFIG);
    let names: Vec<_> = NAMES.into_iter().filter(is_file).collect();
    for name in &names {
        write(folder.path(), name, name);
    }
    let made = generated(folder.path()).expect("the model has a document");
    let model = made.bom().model().expect("a model");
    let files: Vec<_> = model
        .files()
        .iter()
        .map(|it| it.name().to_owned())
        .collect();
    for name in &names {
        assert!(files.iter().any(|file| file == name), "{name:?}");
    }
    assert_json(&made.bom().to_json());
    for finding in made.findings() {
        assert_one_line("finding", &finding.to_string());
    }
    tell(
        made.bom(),
        &MlBom::from_value(document()).expect("a document"),
    );
}

#[test]
fn files_of_names_that_lie_are_inspected_without_showing_one_as_it_is() {
    for name in NAMES {
        let quoted = json!(name);
        let header = HEADER.replace("\"a\"", &quoted.to_string());
        let card = CARD.replace("apache-2.0", &quoted.to_string());
        let config = CONFIG.replace("\"bert\"", &quoted.to_string());
        for (file, bytes) in [
            ("model.safetensors", safetensors(&header, 12)),
            ("README.md", card.into_bytes()),
            (
                "README.md",
                format!("---\n{name}: {name}\n---\n").into_bytes(),
            ),
            (
                "README.md",
                format!("---\n{quoted}: 1\n{quoted}: 2\n---\n").into_bytes(),
            ),
            ("config.json", config.into_bytes()),
            (
                "config.json",
                format!("{{{quoted}: 1, {quoted}: 2}}").into_bytes(),
            ),
            (
                "pyproject.toml",
                format!("[project]\n{quoted} = 1\n{quoted} = 2\n").into_bytes(),
            ),
            (
                "pyproject.toml",
                format!("[project]\ndependencies = [{quoted}]\n").into_bytes(),
            ),
            ("requirements.txt", name.as_bytes().to_vec()),
            (
                "environment.yml",
                format!("dependencies: [{quoted}, {name}]\n").into_bytes(),
            ),
            (
                "tokenizer.json",
                format!("{{\"model\": {quoted}}}").into_bytes(),
            ),
            (
                "model.pkl",
                format!("c{}\n{}\n.", name.replace('\n', ""), "x").into_bytes(),
            ),
        ] {
            let mut cursor = Cursor::new(bytes);
            let limits = InspectLimits::default();
            let Some(Some(read)) = told(Inspection::of(file, &mut cursor, &limits)) else {
                continue;
            };
            for fact in read.facts() {
                assert_one_line("location", &fact.location().to_string());
            }
            for finding in read.findings() {
                assert_one_line("finding", &finding.to_string());
            }
            assert_json(serde_json::to_string(&read).expect("json").as_bytes());
        }
    }
}

#[test]
fn differences_show_two_names_as_two() {
    let named = |name: &str| {
        let mut document = document();
        document["metadata"]["component"]["version"] = json!(name);
        MlBom::from_value(document).expect("a document")
    };
    let plain = named("plain");
    assert_distinct(|name| {
        let differences = Difference::between(&plain, &named(name));
        let lines: Vec<_> = differences.iter().map(ToString::to_string).collect();
        lines.join("\n")
    });
    let _: Option<&Component> = plain.model();
}
