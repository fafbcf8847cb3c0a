use modelward_artifact::Finding;

use crate::inspect::{inspect, lines, mutate, refused};

/// A field of a table: a number in its place, or something that stands further on.
enum Field {
    Byte(u8),
    Default,
    Long(u64),
    Refer(Box<Item>),
    Word(u32),
}

/// What an offset refers to.
enum Item {
    Bytes(Vec<u8>),
    Numbers(Vec<i32>),
    Table(Vec<Field>),
    Tables(Vec<Vec<Field>>),
    Text(&'static str),
}

fn refer(item: Item) -> Field {
    Field::Refer(Box::new(item))
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).expect("a small file")
}

/// Writes an item at the end and returns where it is.
fn put(item: &Item, out: &mut Vec<u8>) -> usize {
    match item {
        Item::Bytes(bytes) => put_vector(bytes.len(), bytes, out),
        Item::Numbers(numbers) => {
            let bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
            put_vector(numbers.len(), &bytes, out)
        }
        Item::Table(fields) => put_table(fields, out),
        Item::Tables(tables) => {
            let at = put_vector(tables.len(), &vec![0; 4 * tables.len()], out);
            for (index, fields) in tables.iter().enumerate() {
                let target = put_table(fields, out);
                point(out, at + 4 + 4 * index, target);
            }
            at
        }
        Item::Text(text) => put_vector(text.len(), text.as_bytes(), out),
    }
}

fn put_vector(count: usize, bytes: &[u8], out: &mut Vec<u8>) -> usize {
    let at = out.len();
    out.extend(to_u32(count).to_le_bytes());
    out.extend(bytes);
    at
}

/// Writes the list of fields, the table, and what it refers to.
fn put_table(fields: &[Field], out: &mut Vec<u8>) -> usize {
    let fields_at = out.len();
    let length = u16::try_from(4 + 2 * fields.len()).expect("few fields");
    out.extend(length.to_le_bytes());
    out.resize(fields_at + usize::from(length), 0);
    let at = out.len();
    out.extend(to_u32(at - fields_at).to_le_bytes());
    let mut later = Vec::new();
    for (index, field) in fields.iter().enumerate() {
        let offset = u16::try_from(out.len() - at).expect("a small table");
        match field {
            Field::Byte(byte) => out.push(*byte),
            Field::Default => continue,
            Field::Long(number) => out.extend(number.to_le_bytes()),
            Field::Refer(item) => {
                later.push((out.len(), item));
                out.extend([0; 4]);
            }
            Field::Word(number) => out.extend(number.to_le_bytes()),
        }
        let entry = fields_at + 4 + 2 * index;
        out[entry..entry + 2].copy_from_slice(&offset.to_le_bytes());
    }
    for (place, item) in later {
        let target = put(item, out);
        point(out, place, target);
    }
    at
}

fn point(out: &mut [u8], place: usize, target: usize) {
    out[place..place + 4].copy_from_slice(&to_u32(target - place).to_le_bytes());
}

fn file(root: &[Field]) -> Vec<u8> {
    let mut out = b"\0\0\0\0TFL3".to_vec();
    let target = put_table(root, &mut out);
    point(&mut out, 0, target);
    out
}

fn tensor(name: &'static str, shape: &[i32], kind: u8, buffer: u32) -> Vec<Field> {
    vec![
        refer(Item::Numbers(shape.to_vec())),
        Field::Byte(kind),
        Field::Word(buffer),
        refer(Item::Text(name)),
    ]
}

/// The fields of a model with these tensors, of which the first is given and the last returned.
fn model(tensors: Vec<Vec<Field>>, buffers: Vec<Vec<Field>>) -> Vec<Field> {
    let last = i32::try_from(tensors.len()).expect("few") - 1;
    let operators = vec![
        vec![Field::Byte(9)],
        vec![Field::Byte(32), refer(Item::Text("FlexErf"))],
        vec![
            Field::Byte(127),
            Field::Default,
            Field::Default,
            Field::Word(150),
        ],
    ];
    let graph = vec![
        refer(Item::Tables(tensors)),
        refer(Item::Numbers(vec![0])),
        refer(Item::Numbers(vec![last])),
    ];
    vec![
        Field::Word(3),
        refer(Item::Tables(operators)),
        refer(Item::Tables(vec![graph])),
        refer(Item::Text("MLIR Converted.")),
        refer(Item::Tables(buffers)),
        Field::Default,
        refer(Item::Tables(vec![vec![refer(Item::Text(
            "min_runtime_version",
        ))]])),
    ]
}

fn buffers() -> Vec<Vec<Field>> {
    vec![vec![], vec![refer(Item::Bytes(vec![7; 12]))]]
}

fn good() -> Vec<Field> {
    let mut given = tensor("x", &[1, 4], 0, 0);
    given.extend([
        Field::Default,
        Field::Default,
        Field::Default,
        refer(Item::Numbers(vec![-1, 4])),
    ]);
    let mut weights = tensor("w", &[3, 4], 9, 1);
    let scales = vec![
        Field::Default,
        Field::Default,
        refer(Item::Numbers(vec![0x3f80_0000])),
    ];
    weights.push(refer(Item::Table(scales)));
    // Shares its buffer with `w`.
    let alias = tensor("w2", &[3, 4], 9, 1);
    model(
        vec![given, weights, alias, tensor("y", &[1, 3], 0, 0)],
        buffers(),
    )
}

#[test]
fn tflite_files_tell_their_interface_and_count_what_they_store() {
    for name in ["m.tflite", "m.bin"] {
        let inspection = inspect(name, file(&good())).unwrap();
        let lines = lines(&inspection);
        let shown: Vec<&str> = lines
            .iter()
            .filter_map(|line| line.split(" (").next())
            .collect();
        assert_eq!(
            shown,
            [
                "format-version: 3",
                "tool: MLIR Converted.",
                "metadata metadata entry: min_runtime_version",
                "input x: float32[?, 4]",
                "output y: float32[1, 3]",
                "tensor-count: 1",
                "parameter-count: 12",
                "element-type: int8",
                "metadata quantized tensors: 1",
                "operator: FlexErf",
            ]
        );
        let codes: Vec<&str> = inspection.findings().iter().map(Finding::code).collect();
        assert_eq!(codes, ["bom.inspect.tflite.operator"]);
    }
}

#[test]
fn values_behind_the_tables_are_counted_where_the_file_has_them() {
    let behind = |size| {
        vec![
            vec![],
            vec![Field::Default, Field::Long(8), Field::Long(size)],
        ]
    };
    let one = || vec![tensor("w", &[2], 0, 1)];
    let inspection = inspect("m.tflite", file(&model(one(), behind(8)))).unwrap();
    let lines = lines(&inspection);
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("parameter-count: 2 ")),
        "{lines:?}"
    );
    let beyond = file(&model(one(), behind(1 << 40)));
    refused("m.tflite", beyond, "bom.inspect.truncated");
}

#[test]
fn what_is_no_sound_file_of_tflite_is_an_error_with_a_code() {
    let with = |index: usize, field| {
        let mut root = good();
        root[index] = field;
        file(&root)
    };
    let tensors = |tensor| file(&model(vec![tensor], buffers()));
    let mut far = file(&good());
    far[..4].copy_from_slice(&u32::MAX.to_le_bytes());
    let mut itself = file(&good());
    itself[..4].fill(0);
    let mut long = file(&good());
    // The length of the list of fields that the root has.
    long[8..10].copy_from_slice(&0xfffe_u16.to_le_bytes());
    let mut odd = file(&good());
    odd[8..10].copy_from_slice(&7_u16.to_le_bytes());
    for (bytes, code) in [
        (b"\0\0\0\0TFL2".to_vec(), "bom.inspect.malformed"),
        (b"\0\0".to_vec(), "bom.inspect.malformed"),
        (far, "bom.inspect.malformed"),
        (itself, "bom.inspect.malformed"),
        (long, "bom.inspect.truncated"),
        (odd, "bom.inspect.malformed"),
        (with(0, Field::Word(2)), "bom.inspect.unsupported"),
        (with(2, Field::Default), "bom.inspect.malformed"),
        (with(4, Field::Word(u32::MAX)), "bom.inspect.malformed"),
        (
            tensors(tensor("w", &[-1, 2], 0, 1)),
            "bom.inspect.malformed",
        ),
        (
            tensors(tensor("w", &[i32::MAX; 3], 0, 1)),
            "bom.inspect.malformed",
        ),
        (file(&good())[..200].to_vec(), "bom.inspect.malformed"),
    ] {
        refused("m.tflite", bytes, code);
    }
}

#[test]
fn a_graph_that_returns_what_it_does_not_have_is_refused() {
    let graph = vec![
        refer(Item::Tables(vec![tensor("x", &[1], 0, 0)])),
        refer(Item::Numbers(vec![-1])),
    ];
    let root = vec![
        Field::Word(3),
        Field::Default,
        refer(Item::Tables(vec![graph])),
    ];
    refused("m.tflite", file(&root), "bom.inspect.malformed");
}

#[test]
fn no_change_of_a_tflite_file_makes_its_reader_panic() {
    mutate("m.tflite", &file(&good()));
}
