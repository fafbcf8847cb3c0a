use modelward_artifact::Finding;

use crate::inspect::{inspect, lines, mutate, refused};
use crate::protobuf::{message, varint};

fn tensor(name: &str, sizes: &[u8]) -> Vec<u8> {
    let mut tensor = message(1, sizes);
    tensor.extend(varint(2, 1));
    tensor.extend(message(8, name.as_bytes()));
    tensor.extend(message(9, &vec![0; 300]));
    tensor
}

fn model(graph: &[u8]) -> Vec<u8> {
    [varint(1, 8), message(2, b"maker"), message(7, graph)].concat()
}

fn graph() -> Vec<u8> {
    let shape = message(1, &varint(1, 4));
    let kind = [varint(1, 1), message(2, &shape)].concat();
    let input = [message(1, b"x"), message(2, &message(1, &kind))].concat();
    let filled = [message(1, b"w"), message(2, &message(1, &kind))].concat();
    let inner = message(5, &tensor("inner", &[2, 2]));
    let node = [
        message(4, b"Magic"),
        message(7, b"acme"),
        message(5, &message(6, &inner)),
        message(5, &message(5, &tensor("", &[7]))),
    ];
    [
        message(1, &node.concat()),
        message(5, &tensor("w", &[3])),
        message(11, &input),
        message(11, &filled),
    ]
    .concat()
}

#[test]
fn onnx_files_tell_their_interface_and_count_inner_graphs() {
    let inspection = inspect("m.onnx", model(&graph())).unwrap();
    let lines = lines(&inspection);
    let shown: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.split(" (").next())
        .collect();
    assert_eq!(
        shown,
        [
            "format-version: 8",
            "tool: maker",
            "input x: float32[4]",
            "tensor-count: 2",
            "parameter-count: 7",
            "metadata elements of constants: 7",
            "element-type: float32",
            "operator: acme.Magic",
        ]
    );
    let codes: Vec<&str> = inspection.findings().iter().map(Finding::code).collect();
    assert_eq!(codes, ["bom.inspect.onnx.operator"]);
}

#[test]
fn values_outside_of_the_model_are_a_finding() {
    for location in ["../x", "/etc/passwd", "a\\b", "weights.bin"] {
        let entry = [message(1, b"location"), message(2, location.as_bytes())].concat();
        let outside = [tensor("w", &[3]), message(13, &entry)].concat();
        let inspection = inspect("m.onnx", model(&message(5, &outside))).unwrap();
        let found = inspection
            .findings()
            .iter()
            .map(Finding::code)
            .collect::<Vec<_>>();
        let expected: &[&str] = if location == "weights.bin" {
            &[]
        } else {
            &["bom.inspect.onnx.external_path"]
        };
        assert_eq!(found, expected, "{location}");
    }
}

#[test]
fn weights_that_stand_as_constants_are_not_said_to_be_none() {
    let node = [
        message(4, b"Constant"),
        message(5, &message(5, &tensor("", &[7]))),
    ];
    let inspection = inspect("m.onnx", model(&message(1, &node.concat()))).unwrap();
    let names: Vec<&str> = inspection
        .facts()
        .iter()
        .map(|fact| fact.aspect().name())
        .collect();
    assert!(!names.contains(&"parameter-count"), "{names:?}");
}

#[test]
fn onnx_files_that_lie_are_refused_with_a_code() {
    let mut deep = message(5, &tensor("w", &[1]));
    for _ in 0..100 {
        deep = message(1, &message(5, &message(6, &deep)));
    }
    let endless = [0x80; 11];
    let huge = [
        message(1, &[&[0xff; 8][..], &[0x7f], &[0xff; 8], &[0x7f]].concat()),
        varint(2, 1),
    ];
    let cases: [(&str, Vec<u8>); 8] = [
        ("bom.inspect.malformed", Vec::new()),
        ("bom.inspect.malformed", varint(1, 8)),
        ("bom.inspect.malformed", vec![0x3b]),
        ("bom.inspect.malformed", vec![0x02, 0]),
        ("bom.inspect.malformed", [&[0x08][..], &endless].concat()),
        (
            "bom.inspect.truncated",
            vec![0x3a, 0xff, 0xff, 0xff, 0xff, 0x7f],
        ),
        ("bom.inspect.depth", model(&deep)),
        ("bom.inspect.malformed", model(&message(5, &huge.concat()))),
    ];
    for (code, bytes) in cases {
        refused("m.onnx", bytes, code);
    }
}

#[test]
fn onnx_files_changed_in_every_byte_are_read_or_refused() {
    mutate("m.onnx", &model(&graph()));
}
