use crate::inspect::{inspect, lines, mutate, refused};
use crate::protobuf::{message, varint};

fn node(operator: &str) -> Vec<u8> {
    [message(1, b"n"), message(2, operator.as_bytes())].concat()
}

/// The type 1 is `float32`; a size of `None` is the number -1.
fn tensor(sizes: &[Option<u8>]) -> Vec<u8> {
    [varint(2, 1), message(3, &shape(sizes))].concat()
}

fn shape(sizes: &[Option<u8>]) -> Vec<u8> {
    let sizes = sizes.iter().map(|size| {
        let unknown = [vec![8], vec![0xff; 9], vec![1]].concat();
        message(2, &size.map_or(unknown, |size| varint(1, size)))
    });
    sizes.collect::<Vec<_>>().concat()
}

fn entry(key: &str, value: &[u8]) -> Vec<u8> {
    [message(1, key.as_bytes()), message(2, value)].concat()
}

fn variable(sizes: &[Option<u8>], is_trainable: bool) -> Vec<u8> {
    let variable = [
        varint(1, 1),
        message(2, &shape(sizes)),
        varint(3, u8::from(is_trainable)),
    ];
    message(1, &message(7, &variable.concat()))
}

fn saved(parts: &[Vec<u8>]) -> Vec<u8> {
    [varint(1, 1), message(2, &parts.concat())].concat()
}

fn good() -> Vec<u8> {
    let info = [message(4, b"serve"), message(5, b"2.4.1")].concat();
    let function = message(1, &message(3, &node("Addons>Resampler")));
    let graph = [
        message(1, &node("MatMul")),
        message(1, &node("WriteFile")),
        message(2, &function),
    ];
    let signature = [
        message(1, &entry("x", &tensor(&[None, Some(4)]))),
        message(2, &entry("y", &tensor(&[]))),
    ];
    let initial = message(2, &entry("__saved_model_init_op", &tensor(&[])));
    let objects = [
        variable(&[Some(4), Some(3)], true),
        variable(&[Some(3)], true),
        variable(&[], false),
        message(1, b""),
    ];
    saved(&[
        message(1, &info),
        message(2, &graph.concat()),
        message(5, &entry("serving_default", &signature.concat())),
        message(5, &entry("__saved_model_init_op", &initial)),
        message(6, &message(2, b"vocabulary.txt")),
        message(7, &objects.concat()),
    ])
}

fn codes(bytes: &[u8]) -> Vec<String> {
    let inspection = inspect("saved_model.pb", bytes).expect("a saved model");
    let findings = inspection.findings().iter();
    findings.map(|finding| finding.code().to_owned()).collect()
}

#[test]
fn saved_models_tell_their_signatures_variables_and_reaching_operators() {
    let inspection = inspect("saved_model.pb", good()).unwrap();
    let lines = lines(&inspection);
    let shown: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.split(" (").next())
        .collect();
    assert_eq!(
        shown,
        [
            "format-version: 1",
            "tool: tensorflow 2.4.1",
            "metadata tag of a graph: serve",
            "input serving_default:x: float32[?, 4]",
            "output serving_default:y: float32[]",
            "metadata nodes: 3",
            "metadata functions: 1",
            "metadata variables: 3",
            "metadata elements of variables: 16",
            "parameter-count: 15",
            "element-type: float32",
            "external-file: vocabulary.txt",
            "operator: WriteFile",
            "operator: Addons>Resampler",
        ]
    );
    assert!(
        lines.contains(&"parameter-count: 15 (inferred, byte 217)".to_owned()),
        "{lines:?}"
    );
    assert_eq!(
        codes(&good()),
        [
            "bom.inspect.saved_model.operator",
            "bom.inspect.saved_model.library"
        ]
    );
}

#[test]
fn a_count_that_lacks_a_shape_is_not_stated() {
    for objects in [
        variable(&[None], true),
        [
            variable(&[Some(2)], true),
            message(1, &message(7, &message(2, &varint(3, 1)))),
        ]
        .concat(),
        Vec::new(),
    ] {
        let bytes = saved(&[message(7, &objects)]);
        let inspection = inspect("saved_model.pb", &bytes).unwrap();
        let lines = lines(&inspection);
        assert!(
            !lines.iter().any(|line| line.starts_with("parameter-count")),
            "{lines:?}"
        );
        assert_eq!(codes(&bytes), ["bom.inspect.saved_model.unknown"]);
    }
}

#[test]
fn what_is_no_saved_model_is_an_error_with_a_code() {
    for (bytes, code) in [
        (Vec::new(), "bom.inspect.malformed"),
        (varint(1, 1), "bom.inspect.malformed"),
        (vec![0x12, 0x7f, 1], "bom.inspect.truncated"),
        (vec![0x0b], "bom.inspect.malformed"),
        (vec![0x00, 0x01], "bom.inspect.malformed"),
        (vec![0xff; 20], "bom.inspect.malformed"),
    ] {
        refused("saved_model.pb", bytes, code);
    }
}

#[test]
fn no_change_of_a_saved_model_makes_its_reader_panic() {
    mutate("saved_model.pb", &good());
}
