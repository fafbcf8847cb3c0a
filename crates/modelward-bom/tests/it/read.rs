use modelward_artifact::JsonLimits;
use modelward_bom::{Component, MlBom, ReadBomError};
use serde_json::{Value, json};

fn document() -> Value {
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {"component": {
            "type": "machine-learning-model",
            "bom-ref": "m",
            "name": "model",
            "version": "not semantic",
            "x-unknown": {"kept": [1, 2.5]},
        }},
        "components": [
            {"type": "library", "bom-ref": "l", "name": "torch", "components": [
                {"type": "file", "bom-ref": "f", "name": "a.so"},
            ]},
        ],
        "dependencies": [{"ref": "m", "dependsOn": ["l"]}],
    })
}

fn read(document: &Value) -> Result<MlBom, ReadBomError> {
    MlBom::read(document.to_string().as_bytes(), &JsonLimits::default())
}

#[test]
fn members_that_are_not_known_are_kept() {
    let bom = read(&document()).unwrap();
    let again: Value = serde_json::from_slice(&bom.to_json()).unwrap();
    assert_eq!(again, document());
    assert_eq!(bom.model().semantic_version(), None);
    assert_eq!(bom.model().version(), Some("not semantic"));
    let names: Vec<&str> = bom.components().iter().map(Component::name).collect();
    assert_eq!(names, ["model", "torch", "a.so"]);
}

#[test]
fn documents_that_contradict_themselves_are_refused() {
    type Forgery = fn(&mut Value);
    let cases: [(&str, Forgery); 9] = [
        ("bom.read.format", |d| d["specVersion"] = "1.7".into()),
        ("bom.read.format", |d| d["bomFormat"] = "SPDX".into()),
        ("bom.read.no_model", |d| {
            d["metadata"]["component"]["type"] = "library".into();
        }),
        ("bom.read.no_model", |d| d["metadata"] = Value::Null),
        ("bom.read.component", |d| {
            d["components"][0]["type"] = "thing".into();
        }),
        ("bom.read.component", |d| {
            d["components"][0]["components"][0]["name"] = "".into();
        }),
        ("bom.read.component", |d| {
            d["components"][0]["hashes"] = json!([{"alg": "SHA-256", "content": "xyz"}]);
        }),
        ("bom.read.duplicate", |d| {
            d["components"][0]["components"][0]["bom-ref"] = "m".into();
        }),
        ("bom.read.dangling", |d| {
            d["dependencies"][0]["dependsOn"][0] = "nowhere".into();
        }),
    ];
    for (code, forge) in cases {
        let mut document = document();
        forge(&mut document);
        let error = read(&document).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    }
}

#[test]
fn names_in_errors_cannot_act_on_a_terminal() {
    let mut document = document();
    document["dependencies"][0]["ref"] = "\u{1b}[2J".into();
    assert!(!read(&document).unwrap_err().to_string().contains('\u{1b}'));
}
