use modelward_artifact::JsonLimits;
use modelward_sign::{Bundle, Inspection};
use serde_json::{Value, json};

use crate::fixture::{bundle_of, key, model, read, signed, value_of};

fn inspected(bundle: &Bundle) -> Value {
    let inspection = Inspection::of(bundle, &JsonLimits::default());
    serde_json::to_value(inspection).expect("it has a JSON form")
}

#[test]
fn a_bundle_is_told_and_never_called_verified() {
    let model = model();
    let bundle = signed(model.path());
    let found = inspected(&bundle);
    assert_eq!(found["verified"], false);
    assert_eq!(found["method"], "key");
    assert_eq!(found["hint"], key().public_key().hint().to_string());
    assert_eq!(found["predicate_type"], modelward_sign::PREDICATE_TYPE);
    assert_eq!(found["model"]["files"], 3);
    assert_eq!(found["model"]["algorithm"], "sha256");
    assert_eq!(found["model"]["ignored"][0], ".git");
    assert_eq!(found.get("problem"), None);
    assert_eq!(found["deviations"], json!([]));
}

#[test]
fn what_cannot_be_read_is_told_too() {
    let found = inspected(&bundle_of("x"));
    assert_eq!(found["problem"]["code"], "artifact.json.syntax");
    assert_eq!(found.get("predicate_type"), None);
    let found = inspected(&bundle_of(r#"{"predicateType": "k"}"#));
    assert_eq!(found["predicate_type"], "k");

    let mut value = value_of(&signed(model().path()));
    value["verificationMaterial"] = json!({"certificate": {"rawBytes": "AAAA"}});
    value["dsseEnvelope"]["signatures"][0]["sig"] = "AAAA".into();
    let found = inspected(&read(&value));
    assert_eq!(
        (&found["verified"], &found["method"]),
        (&json!(false), &json!("sigstore"))
    );
    assert_eq!(found["certificates"].as_array().map(Vec::len), Some(1));
}
