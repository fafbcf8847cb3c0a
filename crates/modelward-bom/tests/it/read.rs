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
    assert_eq!(bom.model().unwrap().semantic_version(), None);
    assert_eq!(bom.model().unwrap().version(), Some("not semantic"));
    let names: Vec<&str> = bom
        .all_components()
        .into_iter()
        .map(Component::name)
        .collect();
    assert_eq!(names, ["model", "torch", "a.so"]);
}

#[test]
fn values_that_no_version_allows_are_refused_with_their_place() {
    type Forgery = fn(&mut Value);
    let cases: [(&str, Forgery); 8] = [
        ("bom.read.format", |d| d["specVersion"] = "1.8".into()),
        ("bom.read.format", |d| d["bomFormat"] = "SPDX".into()),
        ("#/metadata: expected an object [bom.schema.form]", |d| {
            d["metadata"] = Value::Null;
        }),
        ("#/components/0/type: `thing` is not a word", |d| {
            d["components"][0]["type"] = "thing".into();
        }),
        (
            "#/components/0/components/0: `component` lacks `name`",
            |d| {
                d["components"][0]["components"][0] = json!({"type": "file"});
            },
        ),
        ("#/components/0/hashes/0/content: expected 32, 40", |d| {
            d["components"][0]["hashes"] = json!([{"alg": "SHA-256", "content": "xyz"}]);
        }),
        ("#/dependencies/0/ref: expected a name that is not", |d| {
            d["dependencies"][0]["ref"] = "".into();
        }),
        ("#/metadata/timestamp: expected a point in time", |d| {
            d["metadata"]["timestamp"] = "yesterday".into();
        }),
    ];
    for (expected, forge) in cases {
        let mut document = document();
        forge(&mut document);
        let error = read(&document).unwrap_err();
        let shown = format!("{error} {}", error.code());
        assert!(shown.contains(expected), "{shown}");
    }
}

#[test]
fn what_a_version_does_not_have_is_read_and_rejected() {
    type Forgery = fn(&mut Value);
    let cases: [(&str, Forgery); 7] = [
        ("bom.schema.unknown_member", |d| {
            d["components"][0]["x"] = 1.into();
        }),
        ("bom.schema.newer", |d| d["citations"] = json!([])),
        ("bom.schema.newer", |d| {
            d["components"][0]["hashes"] = json!([{
                "alg": "Streebog-256",
                "content": "00".repeat(32),
            }]);
        }),
        ("bom.schema.duplicate_item", |d| {
            let twice = d["components"][0].clone();
            d["components"] = json!([twice, twice]);
        }),
        ("bom.schema.exclusive", |d| {
            d["components"][0]["licenses"] = json!([{"license": {"id": "MIT", "name": "MIT"}}]);
        }),
        ("bom.schema.exclusive", |d| {
            d["components"][0]["licenses"] = json!([{}]);
        }),
        ("bom.schema.newer", |d| {
            let license = json!({"license": {"id": "MIT"}});
            d["components"][0]["licenses"] = json!([license, {"expression": "MIT"}]);
        }),
    ];
    let mut plain = document();
    plain["metadata"]["component"]
        .as_object_mut()
        .unwrap()
        .remove("x-unknown");
    assert!(read(&plain).unwrap().validate().verified().is_some());
    for (code, forge) in cases {
        let mut document = plain.clone();
        forge(&mut document);
        let verdict = read(&document).unwrap().validate();
        assert!(
            verdict
                .rejected()
                .is_some_and(|findings| findings.has(code)),
            "{verdict:?}"
        );
    }
}

#[test]
fn names_in_errors_cannot_act_on_a_terminal() {
    let mut document = document();
    document["metadata"]["component"]["scope"] = "\u{1b}[2J".into();
    assert!(!read(&document).unwrap_err().to_string().contains('\u{1b}'));
}
