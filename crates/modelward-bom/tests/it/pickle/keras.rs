use std::io::Cursor;

use modelward_bom::inspect::{Input, InspectError, InspectLimits, Keras};

use crate::pickle::zip::archive;
use crate::pickle::{codes, shown};

pub(super) fn read(bytes: &[u8]) -> Result<Keras, InspectError> {
    let limits = InspectLimits::default();
    Keras::read(&mut Input::new(&mut Cursor::new(bytes), &limits)?)
}

pub(super) fn model(config: &str) -> Vec<u8> {
    archive(&[
        (
            "metadata.json",
            br#"{"keras_version": "3.15.1", "date_saved": "2026-11-24@03:02:54"}"#,
        ),
        ("config.json", config.as_bytes()),
        ("model.weights.h5", b"\x89HDF"),
    ])
}

/// A model of one input and one layer, whose `class_name` and module are given.
pub(super) fn with_layer(module: &str, class: &str, registered: &str) -> String {
    format!(
        r#"{{"module": "keras.src.models.functional", "class_name": "Functional",
        "config": {{"name": "tiny", "layers": [
            {{"module": "keras.layers", "class_name": "InputLayer", "config": {{
                "batch_shape": [null, 4], "dtype": "float32", "name": "x"}},
                "registered_name": null, "name": "x"}},
            {{"module": "{module}", "class_name": "{class}", "config": {{"units": 2}},
                "registered_name": {registered}, "name": "d"}}]}},
        "registered_name": "Functional"}}"#
    )
}

#[test]
fn a_model_is_described_by_its_configuration() {
    let file = read(&model(&with_layer("keras.layers", "Dense", "null"))).expect("a model");
    let facts = shown(&file.facts());
    for expected in [
        "architecture=Functional",
        "input:x=float32[batch, 4]",
        "library=keras==3.15.1",
        "metadata:date_saved=2026-11-24@03:02:54",
        "metadata:layer=Dense",
        "name=tiny",
        "tool=keras 3.15.1",
    ] {
        assert!(
            facts.iter().any(|fact| fact == expected),
            "{expected}: {facts:?}"
        );
    }
    assert!(!file.has_code());
    assert_eq!(codes(&file.findings()), ["bom.inspect.keras.unknown"]);
}

#[test]
fn what_may_run_code_is_a_finding() {
    let cases = [
        (
            ("keras.layers", "Lambda", "null"),
            "bom.inspect.keras.lambda",
        ),
        (
            ("keras.layers", "TorchModuleWrapper", "null"),
            "bom.inspect.keras.pickle",
        ),
        (
            ("keras.layers", "TFSMLayer", "null"),
            "bom.inspect.keras.code",
        ),
        (("mine", "Dense", "null"), "bom.inspect.keras.custom"),
        (
            ("keras.config", "enable_unsafe_deserialization", "null"),
            "bom.inspect.keras.custom",
        ),
        (
            ("keras.layers", "Dense", "\"mine>Dense\""),
            "bom.inspect.keras.custom",
        ),
        (
            ("builtins", "function", "\"function\""),
            "bom.inspect.keras.custom",
        ),
    ];
    for ((module, class, registered), code) in cases {
        let file = read(&model(&with_layer(module, class, registered))).expect("a model");
        assert!(file.has_code(), "{module} {class}");
        assert!(codes(&file.findings()).contains(&code), "{module} {class}");
    }
}

#[test]
fn a_configuration_that_is_no_object_is_an_error_with_a_code() {
    let cases = [
        ("", "artifact.json.syntax"),
        ("[]", "bom.inspect.malformed"),
        (r#"{"a": 1, "a": 2}"#, "artifact.json.duplicate"),
    ];
    for (config, code) in cases {
        let error = read(&model(config)).unwrap_err();
        assert_eq!(error.code(), code, "{config}");
    }
}
