//! Merging, comparing and linting documents.

use modelward_artifact::{Finding, JsonLimits, Timestamp};
use modelward_bom::model::{Component, ComponentKind};
use modelward_bom::{Difference, GenerateOptions, Merge, MlBom, SpecVersion, generate};
use serde_json::{Value, json};

use crate::{full, manifest, write};

fn system() -> Component {
    Component::new(ComponentKind::Application, "assistant")
}

fn bom(document: &Value) -> MlBom {
    MlBom::read(document.to_string().as_bytes(), &JsonLimits::default()).expect("a document")
}

#[test]
fn a_merged_document_is_valid_and_every_reference_and_source_still_leads_somewhere() {
    let folder = full();
    let now: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
    for version in [SpecVersion::V1_5, SpecVersion::V1_7] {
        let options = GenerateOptions::default()
            .with_timestamp(now)
            .with_spec_version(version);
        let made = generate(folder.path(), &manifest(folder.path()), &options).unwrap();
        let merged = Merge::new(system())
            .with("a", made.bom().clone())
            .and_then(|merge| merge.with("b", made.bom().clone()))
            .and_then(|merge| merge.with_timestamp(now).build())
            .unwrap();
        let whole = merged.bom();
        assert!(
            whole.validate().verified().is_some(),
            "{:?}",
            whole.validate()
        );
        assert_eq!(whole.lints(), [], "{version}");
        let models: Vec<_> = whole
            .components()
            .iter()
            .filter(|part| part.is_model())
            .collect();
        assert_eq!(models.len(), 2);
        let document = whole.to_value();
        let mut pointers: Vec<String> = Vec::new();
        for property in whole.properties() {
            pointers.extend(
                property
                    .name()
                    .strip_prefix("modelward:source:")
                    .map(str::to_owned),
            );
        }
        for citation in whole.citations() {
            pointers.extend(citation.pointers().iter().cloned());
        }
        assert_eq!(pointers.len(), 2 * made.provenance().len());
        for pointer in pointers {
            assert!(document.pointer(&pointer).is_some(), "{version}: {pointer}");
        }
        let lost: Vec<&str> = merged
            .losses()
            .iter()
            .map(|(_, loss)| loss.pointer())
            .collect();
        assert!(
            lost.contains(&"/metadata") && lost.contains(&"/serialNumber"),
            "{lost:?}"
        );
    }
}

#[test]
fn namespaces_are_refused_where_they_would_clash() {
    let empty = MlBom::new(SpecVersion::V1_6);
    for namespace in ["", "a/b", "taken"] {
        let merge = Merge::new(system()).with("taken", empty.clone()).unwrap();
        let error = merge.with(namespace, empty.clone()).unwrap_err();
        assert_eq!(error.code(), "bom.merge.namespace", "{error}");
    }
}

#[test]
fn a_document_does_not_differ_from_itself_nor_from_one_with_other_references() {
    let folder = full();
    let options = GenerateOptions::default();
    let made = generate(folder.path(), &manifest(folder.path()), &options).unwrap();
    assert_eq!(Difference::between(made.bom(), made.bom()), []);
}

#[test]
fn what_a_review_has_to_see_is_listed() {
    let folder = full();
    let made = |folder: &std::path::Path, version: &str| {
        let options = GenerateOptions::default()
            .with_version(version)
            .with_name("m");
        generate(folder, &manifest(folder), &options)
            .unwrap()
            .into_bom()
    };
    let before = made(folder.path(), "1");
    let card = std::fs::read_to_string(folder.path().join("README.md")).unwrap();
    let card = card
        .replace("license: apache-2.0", "license: mit")
        .replace("- imdb", "- imdb\n- acme/more")
        .replace("value: 0.93", "value: 0.95");
    write(folder.path(), "README.md", card);
    write(folder.path(), "onnx/labels.txt", "other");
    write(folder.path(), "code.py", "pass");
    let after = made(folder.path(), "2");
    let changes = Difference::between(&before, &after);
    let lines: Vec<String> = changes.iter().map(ToString::to_string).collect();
    let expected = [
        "data acme/more: component of no stated version added",
        "file code.py: component of no stated version added",
        "machine-learning-model m: dataset dataset:acme/more added",
        "machine-learning-model m: licenses changed from Apache-2.0 to MIT",
        "machine-learning-model m: version changed from 1 to 2",
    ];
    for line in expected {
        assert!(
            lines.iter().any(|found| found == line),
            "{line} in {lines:#?}"
        );
    }
    let bytes: Vec<&str> = changes
        .iter()
        .filter(|change| change.is_about_bytes())
        .map(Difference::subject)
        .collect();
    assert_eq!(
        bytes,
        ["file README.md", "file code.py", "file onnx/labels.txt"]
    );
    assert!(
        lines.iter().any(|line| line.contains("\"value\":\"0.95\"")),
        "{lines:#?}"
    );
    let back = Difference::between(&after, &before);
    assert_eq!(back.len(), changes.len());
}

#[test]
fn every_trap_has_its_lint() {
    let base = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {"component": {
            "type": "machine-learning-model",
            "bom-ref": "m",
            "name": "m",
            "modelCard": {"modelParameters": {"datasets": [{"ref": "d"}]}},
        }},
        "components": [{"type": "data", "bom-ref": "d", "name": "d"}],
        "dependencies": [{"ref": "m", "dependsOn": ["d"]}],
    });
    assert_eq!(bom(&base).lints(), []);
    let cases = [
        (
            "bom.lint.card",
            "#/components/0/modelCard",
            "/components/0/modelCard",
            json!({}),
        ),
        (
            "bom.lint.data",
            "#/metadata/component/data",
            "/metadata/component/data",
            json!([]),
        ),
        (
            "bom.lint.dangling",
            "#/dependencies/0/dependsOn/0",
            "/dependencies/0/dependsOn/0",
            json!("x"),
        ),
        (
            "bom.lint.dataset",
            "#/metadata/component/modelCard/modelParameters/datasets/0/ref",
            "/components/0/type",
            json!("library"),
        ),
        (
            "bom.lint.duplicate",
            "#/components/0/bom-ref",
            "/components/0/bom-ref",
            json!("m"),
        ),
        (
            "bom.lint.hash",
            "#/components/0/hashes/0",
            "/components/0/hashes",
            json!([{"alg": "SHA-256", "content": "00".repeat(20)}]),
        ),
        (
            "bom.lint.license",
            "#/components/0/licenses/0/license/name",
            "/components/0/licenses",
            json!([{"license": {"name": "apache-2.0"}}]),
        ),
        (
            "bom.lint.purl",
            "#/components/0/purl",
            "/components/0/purl",
            json!("npm:left-pad"),
        ),
        (
            "bom.lint.taxonomy",
            "#/properties/0",
            "/properties",
            json!([{"name": "cdx:ai-ml:model:language", "value": "en"}]),
        ),
        (
            "bom.lint.untyped",
            "#/components/0",
            "/components/0",
            json!({"type": "library", "bom-ref": "d", "name": "d", "purl": "pkg:huggingface/a/b"}),
        ),
    ];
    for (code, at, pointer, value) in cases {
        let mut document = base.clone();
        let (parent, member) = pointer.rsplit_once('/').unwrap();
        match document.pointer_mut(parent).unwrap() {
            Value::Array(items) => items[member.parse::<usize>().unwrap()] = value,
            object => object[member] = value,
        }
        let lints = bom(&document).lints();
        let found = |lint: &Finding| lint.code() == code && lint.subject() == Some(at);
        assert!(lints.iter().any(found), "{code} at {at}: {lints:?}");
    }
}
