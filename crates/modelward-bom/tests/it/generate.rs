use std::collections::BTreeSet;
use std::fs;

use modelward_artifact::{
    Digest, DigestAlgorithm, Finding, HashOptions, JsonLimits, Manifest, NoControl,
};
use modelward_bom::model::{Expression, SpdxId};
use modelward_bom::{Component, ComponentKind, GenerateOptions, MlBom, generate};
use serde_json::{Value, json};

use crate::{empty, full, generated, manifest, schema, write};

#[test]
fn what_the_files_say_is_in_the_document() {
    let folder = full();
    let made = generated(folder.path()).unwrap();
    assert!(made.findings().is_empty());
    let bom = made.bom();
    let card = &bom.to_value()["metadata"]["component"]["modelCard"];
    assert_eq!(
        card["modelParameters"],
        json!({
            "task": "text-classification",
            "architectureFamily": "bert",
            "modelArchitecture": "BertForSequenceClassification",
            "datasets": [{"ref": "dataset:acme/reviews"}, {"ref": "dataset:imdb"}],
        })
    );
    assert_eq!(
        card["quantitativeAnalysis"]["performanceMetrics"],
        json!([
            {"type": "accuracy", "value": "0.93", "slice": "IMDb / test"},
            {"type": "f1", "value": "0.91", "slice": "IMDb / test"},
        ])
    );
    let properties: Vec<(&str, &str)> = card["properties"]
        .as_array()
        .unwrap()
        .iter()
        .map(|property| {
            (
                property["name"].as_str().unwrap(),
                property["value"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        properties,
        [
            ("cdx:ai-ml:model:language", "en"),
            ("cdx:ai-ml:model:language", "de"),
            ("cdx:ai-ml:model:hyperparameter:hidden_act", "gelu"),
            ("cdx:ai-ml:model:hyperparameter:hidden_size", "384"),
            ("cdx:ai-ml:model:hyperparameter:vocab_size", "30522"),
            ("cdx:ai-ml:model:parameter:count", "4"),
            ("modelward:tensor:count", "2"),
            ("modelward:tensor:type", "F16"),
            ("modelward:tensor:type", "F32"),
        ]
    );
}

#[test]
fn digests_of_every_algorithm_are_listed_and_read_again() {
    let folder = full();
    for algorithm in DigestAlgorithm::ALL {
        let options = HashOptions::default().with_algorithm(algorithm);
        let manifest = Manifest::hash(folder.path(), &options, &NoControl).unwrap();
        let made = generate(folder.path(), &manifest, &GenerateOptions::default()).unwrap();
        let bom = MlBom::read(&made.bom().to_json(), &JsonLimits::default()).unwrap();
        let listed: Vec<Digest> = bom
            .model()
            .unwrap()
            .files()
            .iter()
            .map(|file| file.digests()[0])
            .collect();
        let expected: Vec<Digest> = manifest.entries().iter().map(|e| *e.digest()).collect();
        assert_eq!(listed, expected, "{algorithm}");
    }
}

#[test]
fn every_file_is_listed_with_its_digest() {
    let folder = full();
    let made = generated(folder.path()).unwrap();
    let files = made.bom().model().unwrap().files();
    let listed: Vec<(&str, Digest)> = files
        .iter()
        .map(|file| (file.name(), file.digests()[0]))
        .collect();
    let expected: Vec<(&str, Digest)> = [
        "README.md",
        "config.json",
        "model.safetensors",
        "onnx/labels.txt",
    ]
    .iter()
    .map(|name| {
        (
            *name,
            Digest::sha256(&fs::read(folder.path().join(name)).unwrap()),
        )
    })
    .collect();
    assert_eq!(listed, expected);
}

#[test]
fn the_accessors_tell_what_is_written() {
    let folder = full();
    let made = generated(folder.path()).unwrap();
    let bom = made.bom();
    let model = bom.model().unwrap();
    assert_eq!(model.kind(), ComponentKind::MachineLearningModel);
    assert_eq!(model.license_labels(), ["Apache-2.0"]);
    let ancestors = bom.model().unwrap().ancestors();
    assert_eq!(ancestors[0].purl(), Some("pkg:huggingface/acme/base-model"));
    let refs: Vec<_> = bom.model().unwrap().dataset_refs().into_iter().collect();
    assert_eq!(refs, ["dataset:acme/reviews", "dataset:imdb"]);
    let dependencies = bom.dependencies();
    assert_eq!(dependencies[0].dependent(), "model");
    assert_eq!(
        dependencies[0].dependencies(),
        [
            "dataset:acme/reviews",
            "dataset:imdb",
            "library:transformers",
            "base:acme/base-model"
        ]
    );
    let kinds: Vec<ComponentKind> = bom
        .all_components()
        .into_iter()
        .map(Component::kind)
        .collect();
    assert_eq!(
        kinds
            .iter()
            .filter(|kind| **kind == ComponentKind::Data)
            .count(),
        2
    );
}

#[test]
fn what_the_files_do_not_say_is_unknown() {
    let folder = empty();
    write(folder.path(), "weights.onnx", "onnx");
    let made = generated(folder.path()).unwrap();
    let unknowns = made.bom().unknowns();
    let unknown: Vec<&str> = unknowns.iter().map(Finding::code).collect();
    assert_eq!(
        unknown,
        [
            "bom.unknown.architecture",
            "bom.unknown.datasets",
            "bom.unknown.license",
            "bom.unknown.supplier",
            "bom.unknown.task",
            "bom.unknown.version",
        ]
    );
    let model = &made.bom().to_value()["metadata"]["component"];
    assert_eq!(model["modelCard"], json!({}));
    assert_eq!(model.get("licenses"), None);
    assert_eq!(model.get("externalReferences"), None);
}

#[test]
fn what_the_caller_states_is_known() {
    let folder = full();
    let options = GenerateOptions::default()
        .with_name("sentiment")
        .with_version("1.2.0")
        .with_supplier("Acme")
        .with_timestamp("2026-11-23T10:00:00Z".parse().unwrap());
    let made = generate(folder.path(), &manifest(folder.path()), &options).unwrap();
    let bom = made.into_bom();
    assert_eq!(bom.model().unwrap().name(), "sentiment");
    assert_eq!(bom.model().unwrap().semantic_version().unwrap().minor, 2);
    assert!(bom.unknowns().is_empty());
    assert_eq!(
        bom.to_value()["metadata"]["timestamp"],
        "2026-11-23T10:00:00Z"
    );
}

#[test]
fn the_same_model_gives_the_same_bytes_and_another_another_serial_number() {
    let folder = full();
    let one = generated(folder.path()).unwrap();
    assert_eq!(
        one.bom().to_json(),
        generated(folder.path()).unwrap().bom().to_json()
    );
    assert!(one.bom().serial_number().unwrap().starts_with("urn:uuid:"));
    write(folder.path(), "onnx/labels.txt", "other");
    let other = generated(folder.path()).unwrap();
    assert_ne!(one.bom().serial_number(), other.bom().serial_number());
}

#[test]
fn a_document_reads_back_as_it_was_written() {
    let folder = full();
    let made = generated(folder.path()).unwrap();
    let read = MlBom::read(&made.bom().to_json(), &JsonLimits::default()).unwrap();
    assert_eq!(read, *made.bom());
}

#[test]
fn licenses_are_identifiers_where_spdx_has_them_and_names_otherwise() {
    let cases = [
        ("license: mit", json!({"id": "MIT"})),
        ("license: bsd-3-clause", json!({"id": "BSD-3-Clause"})),
        ("license: openrail", json!({"name": "openrail"})),
        // Later than the list that the schemas of CycloneDX have.
        ("license: mvt-1.1", json!({"name": "mvt-1.1"})),
        (
            "license: other\nlicense_name: acme-1\nlicense_link: https://example.org/l",
            json!({"name": "acme-1", "url": "https://example.org/l"}),
        ),
    ];
    for (yaml, mut expected) in cases {
        let folder = empty();
        write(folder.path(), "README.md", format!("---\n{yaml}\n---\n"));
        let made = generated(folder.path()).unwrap();
        expected["acknowledgement"] = "declared".into();
        let licenses = &made.bom().to_value()["metadata"]["component"]["licenses"];
        assert_eq!(*licenses, json!([{"license": expected}]));
    }
    for none in ["unknown", "NOASSERTION", "noassertion"] {
        let folder = empty();
        write(
            folder.path(),
            "README.md",
            format!("---\nlicense: {none}\n---\n"),
        );
        let made = generated(folder.path()).unwrap();
        let licenses = &made.bom().to_value()["metadata"]["component"]["licenses"];
        assert!(licenses.is_null(), "{none}: {licenses}");
    }
}

#[test]
fn what_spdx_says_of_nothing_known_is_no_license() {
    for (word, is_license) in [
        ("MIT", true),
        ("MVT-1.1", true),
        ("GFDL-1.1-invariants-only", true),
        ("GFDL-1.1-invariants", false),
        ("NOASSERTION", false),
        ("NONE", false),
    ] {
        assert_eq!(SpdxId::new(word).is_ok(), is_license, "{word}");
        for expression in [word.to_owned(), format!("MIT OR ({word} AND MIT)")] {
            let parsed = Expression::new(expression.clone());
            assert_eq!(parsed.is_ok(), is_license, "{expression}");
        }
    }
}

#[test]
fn every_identifier_that_is_made_is_one_of_the_schemas() {
    let Some(schemas) = schema::shared() else {
        return;
    };
    let schema = schema::json(&schemas.join("schema/spdx.schema.json"));
    let known: BTreeSet<&str> = schema["enum"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let folder = empty();
    let (mut identifiers, mut names) = (0, 0);
    for license in spdx::identifiers::LICENSES {
        let card = format!("---\nlicense: {}\n---\n", license.name.to_lowercase());
        write(folder.path(), "README.md", card);
        let made = generated(folder.path()).unwrap();
        let made = &made.bom().to_value()["metadata"]["component"]["licenses"][0]["license"];
        match made["id"].as_str() {
            Some(id) => {
                assert_eq!(id, license.name);
                assert!(known.contains(id), "{id}");
                identifiers += 1;
            }
            None => {
                assert!(!known.contains(license.name), "{}", license.name);
                names += 1;
            }
        }
    }
    assert!(identifiers > 700 && names < 30, "{identifiers} and {names}");
}

#[test]
fn code_that_would_run_on_loading_is_a_finding() {
    let folder = empty();
    write(
        folder.path(),
        "config.json",
        r#"{"auto_map": {"AutoModel": "evil.Model"}}"#,
    );
    let made = generated(folder.path()).unwrap();
    assert_eq!(made.findings()[0].code(), "bom.inspect.remote_code");
    assert_eq!(made.findings()[0].subject(), Some("config.json"));
}

#[test]
fn a_model_of_one_file_has_a_document_too() {
    let folder = empty();
    write(
        folder.path(),
        "one.safetensors",
        crate::safetensors("{}", 0),
    );
    let made = generated(&folder.path().join("one.safetensors")).unwrap();
    assert_eq!(made.bom().model().unwrap().name(), "one.safetensors");
    assert_eq!(made.bom().model().unwrap().files().len(), 1);
}

#[test]
fn a_card_without_front_matter_says_nothing() {
    for card in [
        "# Title\n",
        "",
        "--- not front matter\n---\n",
        "---\n---\n# Title\n",
    ] {
        let folder = empty();
        write(folder.path(), "README.md", card);
        let made = generated(folder.path()).unwrap();
        let model: &Value = &made.bom().to_value()["metadata"]["component"];
        assert_eq!(model.get("licenses"), None, "{card:?}");
    }
}

#[test]
fn values_that_should_be_texts_are_findings() {
    let folder = empty();
    let card = "---\nlicense: [mit, 7]\ntags: {a: b}\npipeline_tag: null\n---\n";
    write(folder.path(), "README.md", card);
    let made = generated(folder.path()).unwrap();
    let found: Vec<&str> = made.findings().iter().map(Finding::message).collect();
    assert_eq!(
        found,
        [
            "`license` has a value that is no text and is not used",
            "`tags` has a value that is no text and is not used",
        ]
    );
    assert_eq!(made.bom().model().unwrap().license_labels(), ["MIT"]);
}

/// A safetensors file of so many bytes in one tensor.
fn weights(elements: usize) -> Vec<u8> {
    let header = format!(
        r#"{{"__metadata__": {{"modelspec.title": "of {elements}"}},
            "layers.0.w": {{"dtype": "U8", "shape": [{elements}], "data_offsets": [0, {elements}]}}}}"#
    );
    crate::safetensors(&header, elements)
}

#[test]
fn what_files_of_different_models_say_is_not_said_of_the_model() {
    let folder = empty();
    write(folder.path(), "a.safetensors", weights(4));
    let one = generated(folder.path()).unwrap();
    assert_eq!(one.bom().model().unwrap().name(), "of 4");
    write(folder.path(), "b.safetensors", weights(5));
    let two = generated(folder.path()).unwrap();
    let model = two.bom().model().unwrap();
    assert_ne!(model.name(), "of 4");
    assert_eq!(
        model.property_values("cdx:ai-ml:model:parameter:count"),
        Vec::<&str>::new()
    );
    assert_eq!(two.findings()[0].code(), "bom.generate.ambiguous");
    let said = two.findings()[0].message();
    assert!(said.ends_with(": 4 parameters in a.safetensors, 5 parameters in b.safetensors"));
    for (file, count) in model.files().iter().zip(["4", "5"]) {
        assert_eq!(
            file.property_values("cdx:ai-ml:model:parameter:count"),
            [count]
        );
    }
}

#[test]
fn files_whose_parameters_nobody_knows_are_named_where_they_are_not_one_models() {
    let folder = empty();
    for name in 'a'..='l' {
        write(folder.path(), &format!("{name}.pkl"), b"\x80\x04N.");
    }
    let findings = generated(folder.path()).unwrap().findings().to_vec();
    let said = findings
        .iter()
        .find(|one| one.code() == "bom.generate.ambiguous");
    let said = said.unwrap().message();
    assert!(said.contains(": an unknown number in a.pkl, an unknown number in b.pkl, "));
    assert!(
        said.ends_with(", an unknown number in j.pkl, and 2 more"),
        "{said}"
    );
}

#[test]
fn a_series_of_files_is_one_model() {
    let folder = empty();
    write(folder.path(), "m-00001-of-00002.safetensors", weights(4));
    write(folder.path(), "m-00002-of-00002.safetensors", weights(5));
    let made = generated(folder.path()).unwrap();
    let model = made.bom().model().unwrap();
    assert_eq!(
        model.property_values("cdx:ai-ml:model:parameter:count"),
        ["9"]
    );
}

#[test]
fn what_is_declared_and_the_bytes_contradict_is_a_finding() {
    let cases = [
        (r#"{"dtype": "float16"}"#, "dtype"),
        (r#"{"num_hidden_layers": 2}"#, "num_hidden_layers"),
    ];
    for (config, _) in cases {
        let folder = empty();
        write(folder.path(), "model.safetensors", weights(4));
        write(folder.path(), "config.json", config);
        let made = generated(folder.path()).unwrap();
        let codes: Vec<&str> = made.findings().iter().map(Finding::code).collect();
        assert_eq!(codes, ["bom.generate.contradiction"], "{config}");
    }
    let folder = empty();
    write(folder.path(), "model.safetensors", weights(4));
    write(folder.path(), "config.json", r#"{"num_hidden_layers": 1}"#);
    let index = r#"{"metadata": {"total_parameters": 5}, "weight_map": {"x": "model.safetensors", "y": "model.safetensors"}}"#;
    write(folder.path(), "model.safetensors.index.json", index);
    let made = generated(folder.path()).unwrap();
    let lines: Vec<String> = made.findings().iter().map(ToString::to_string).collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].contains("parameter-count is `5`"), "{lines:?}");
    assert!(lines[1].contains("tensor-count is `2`"), "{lines:?}");
}

#[test]
fn every_value_has_its_source_and_every_source_its_value() {
    use modelward_bom::SpecVersion;
    let folder = full();
    for version in SpecVersion::WRITTEN {
        let options = GenerateOptions::default().with_spec_version(version);
        let made = generate(folder.path(), &manifest(folder.path()), &options).unwrap();
        let document = made.bom().to_value();
        assert!(made.bom().validate().verified().is_some(), "{version}");
        assert_eq!(made.bom().lints(), [], "{version}");
        for source in made.provenance() {
            assert!(
                document.pointer(source.pointer()).is_some(),
                "{version}: {source:?}"
            );
        }
        let files = document["metadata"]["component"]["components"].as_array();
        for (index, file) in files.unwrap().iter().enumerate() {
            let at = format!("/metadata/component/components/{index}");
            let counted = made
                .provenance()
                .iter()
                .find(|source| source.pointer() == at);
            let counted = counted.and_then(|source| source.file());
            assert_eq!(counted, file["name"].as_str(), "{version}");
            for (index, property) in file["properties"].as_array().unwrap().iter().enumerate() {
                let at = format!("{at}/properties/{index}");
                let mut sources = made.provenance().iter();
                // Size and format are told by the file as a whole.
                let is_said = sources.any(|source| source.pointer() == at);
                assert_eq!(is_said, index > 1, "{version}: {property}");
            }
        }
        let card = &document["metadata"]["component"]["modelCard"];
        let covered = |pointer: &str| {
            made.provenance()
                .iter()
                .any(|source| pointer.starts_with(source.pointer()))
        };
        for member in [
            "task",
            "architectureFamily",
            "modelArchitecture",
            "datasets/0",
            "datasets/1",
        ] {
            let pointer = format!("/metadata/component/modelCard/modelParameters/{member}");
            assert!(covered(&pointer), "{version}: {pointer}");
        }
        for index in 0..card["properties"].as_array().unwrap().len() {
            let pointer = format!("/metadata/component/modelCard/properties/{index}");
            assert!(covered(&pointer), "{version}: {pointer}");
        }
    }
}

#[test]
fn one_call_hashes_and_describes() {
    use modelward_bom::hash_and_generate;
    let folder = full();
    let options = GenerateOptions::default();
    let hashing = HashOptions::default();
    let (hashed, made) = hash_and_generate(folder.path(), &hashing, &options, &NoControl).unwrap();
    assert_eq!(hashed, manifest(folder.path()));
    assert_eq!(made.bom(), generated(folder.path()).unwrap().bom());
}
