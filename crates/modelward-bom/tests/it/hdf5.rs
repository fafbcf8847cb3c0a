mod writer;

use std::io::Cursor;

use modelward_bom::inspect::{Hdf5, Input, InspectError, InspectLimits};

use self::writer::{
    ATTRIBUTE, ATTRIBUTE_INFO, CONTINUATION, DATASPACE, DATATYPE, EXTERNAL_FILES, LAYOUT, LINK,
    LINK_INFO, Message, SYMBOL_TABLE, UNDEFINED, Writer, attribute, external_link, fixed, float,
    hard_link, integer, number, space, text_type,
};
use crate::inspect::{inspect, lines, mutate, refused};

const CONFIG: &str = r#"{"class_name": "Sequential", "config": {"name": "tiny", "layers": [
    {"class_name": "InputLayer", "config": {"name": "x", "batch_shape": [null, 4],
     "dtype": "float32"}},
    {"class_name": "Wrapper", "config": {"layer": {"class_name": "Lambda"}}},
    {"module": "my.layers", "class_name": "Mine"}]}}"#;

const TRAINING: &str = r#"{"loss": "mse", "metrics": [], "sample_weight_mode": null,
    "optimizer_config": {"class_name": "Adam", "config": {"lr": 0.5, "name": null}}}"#;

/// A file as Keras writes it.
fn model(superblock: u8) -> Vec<u8> {
    let mut file = Writer::new(superblock);
    let kernel = file.dataset(&float(4, 8), &[4, 8]);
    let bias = file.dataset(&float(2, 5), &[8]);
    let steps = file.dataset(&integer(8, 1), &[]);
    let names = file.dataset(&text_type(4), &[9]);
    let mut messages = file.links(&[
        ("kernel:0", kernel),
        ("bias:0", bias),
        ("again", kernel),
        ("steps", steps),
        ("names", names),
    ]);
    messages.push(fixed("layer_names", &["dense", "scale"]));
    let weights = file.object(&messages);
    let iterations = file.dataset(&integer(4, 0), &[100]);
    let messages = file.links(&[("iterations", iterations)]);
    let optimizer = file.object(&messages);
    let groups = [("model_weights", weights), ("optimizer_weights", optimizer)];
    let mut messages = file.links(&groups);
    messages.push(fixed("keras_version", &["2.0.5"]));
    messages.push(fixed("backend", &["tensorflow"]));
    messages.push(file.variable("model_config", CONFIG));
    messages.push(file.variable("training_config", TRAINING));
    let root = file.object(&messages);
    file.finish(root)
}

/// A file whose root has some messages.
fn root(superblock: u8, messages: &[Message]) -> Vec<u8> {
    let mut file = Writer::new(superblock);
    let root = file.object(messages);
    file.finish(root)
}

fn findings(bytes: &[u8]) -> Vec<String> {
    let inspection = inspect("model.h5", bytes).expect("a well-formed file");
    let codes = inspection.findings().iter();
    codes.map(|finding| finding.code().to_owned()).collect()
}

fn read(bytes: &[u8], limits: &InspectLimits) -> Result<Hdf5, InspectError> {
    let mut cursor = Cursor::new(bytes);
    Hdf5::read(&mut Input::new(&mut cursor, limits)?)
}

#[test]
fn both_forms_of_the_format_say_the_same_of_a_model() {
    for superblock in [0, 2, 3] {
        let bytes = model(superblock);
        let inspection = inspect("model.h5", &bytes).expect("a well-formed file");
        // Where attributes stand differs with the form.
        let found: Vec<String> = lines(&inspection)
            .into_iter()
            .filter(|line| !line.contains(", byte "))
            .collect();
        let expected = [
            "architecture: Sequential (observed, model_config, #/class_name)",
            "hyperparameter num_layers: 3 (observed, model_config, #/config/layers)",
            "input x: float32[batch, 4] (observed, model_config, #/config/layers/0/config)",
            "hyperparameter loss: mse (declared, training_config, #/loss)",
            "hyperparameter metrics: [] (declared, training_config, #/metrics)",
            "hyperparameter optimizer: Adam \
             (declared, training_config, #/optimizer_config/class_name)",
            "hyperparameter optimizer.lr: 0.5 \
             (declared, training_config, #/optimizer_config/config/lr)",
            "tensor-count: 3 (observed, whole file)",
            "parameter-count: 41 (observed, whole file)",
            "element-type: float16 (observed, whole file)",
            "element-type: float32 (observed, whole file)",
            "element-type: int64 (observed, whole file)",
        ];
        assert_eq!(found, expected, "superblock {superblock}");
        let said = |aspect: &str, value: &str| {
            let mut facts = inspection.facts().iter();
            facts.any(|fact| fact.aspect().name() == aspect && fact.value() == value)
        };
        assert!(said("format-version", &superblock.to_string()));
        assert!(said("tool", "keras 2.0.5"));
        assert!(said("metadata", "tensorflow"));
        assert!(said("import", "my.layers.Mine"));
        let expected = ["bom.inspect.hdf5.lambda", "bom.inspect.hdf5.import"];
        assert_eq!(findings(&bytes), expected);
    }
}

#[test]
fn datasets_and_layers_are_listed() {
    let file = read(&model(0), &InspectLimits::default()).expect("a well-formed file");
    let datasets: Vec<_> = file
        .datasets()
        .iter()
        .map(|dataset| {
            (
                dataset.name(),
                dataset.element_type(),
                dataset.shape().to_vec(),
            )
        })
        .collect();
    let expected = [
        ("/model_weights/kernel:0", "float32", vec![4, 8]),
        ("/model_weights/bias:0", "float16", vec![8]),
        ("/model_weights/steps", "int64", vec![]),
        ("/model_weights/names", "string", vec![9]),
        ("/optimizer_weights/iterations", "uint32", vec![100]),
    ];
    assert_eq!(datasets, expected);
    assert_eq!(file.datasets()[0].elements(), 32);
    assert_eq!(file.layer_names(), ["dense", "scale"]);
    assert_eq!(file.keras_version(), Some("2.0.5"));
}

#[test]
fn element_types_have_the_names_of_numpy() {
    let cases = [
        (float(2, 5), "float16"),
        (float(2, 8), "bfloat16"),
        (float(8, 11), "float64"),
        (integer(1, 1), "int8"),
        (integer(1, 0), "uint8"),
        (integer(3, 0), "integer"),
        (vec![0x18, 0, 0, 0, 1, 0, 0, 0], "enumeration"),
        (vec![0x16, 0, 0, 0, 1, 0, 0, 0], "compound"),
    ];
    for (datatype, expected) in cases {
        let mut file = Writer::new(3);
        let dataset = file.dataset(&datatype, &[2]);
        let bytes = file.finish(dataset);
        let file = read(&bytes, &InspectLimits::default()).expect("a well-formed file");
        assert_eq!(file.datasets()[0].element_type(), expected);
    }
}

#[test]
fn a_block_of_the_user_may_stand_before_the_file() {
    let mut file = Writer::new(0);
    let dataset = file.dataset(&float(4, 8), &[3]);
    let bytes = file.finish(dataset);
    let mut bytes = [vec![7; 512], bytes].concat();
    // Addresses count from the superblock if it says so.
    bytes[512 + 24..512 + 32].copy_from_slice(&512_u64.to_le_bytes());
    let inspection = inspect("model.h5", &bytes).expect("a well-formed file");
    assert!(lines(&inspection).contains(&"format-version: 0 (observed, byte 520)".to_owned()));
    assert!(lines(&inspection).contains(&"parameter-count: 3 (observed, whole file)".to_owned()));
}

#[test]
fn other_files_and_unread_parts_are_told() {
    let dense_links = [&[0, 0][..], &64_u64.to_le_bytes(), &UNDEFINED].concat();
    let no_dense_links = [&[0, 1][..], &[0; 8], &UNDEFINED, &UNDEFINED].concat();
    let dense_attributes = [&[0, 1, 0, 0][..], &64_u64.to_le_bytes(), &UNDEFINED].concat();
    let dataset = |layout: &[u8]| {
        vec![
            (DATASPACE, space(&[1])),
            (DATATYPE, float(4, 8)),
            (LAYOUT, layout.to_vec()),
        ]
    };
    let mut stored_outside = dataset(&[3, 1]);
    stored_outside.push((EXTERNAL_FILES, vec![1]));
    let (external, unknown) = ("bom.inspect.hdf5.external", "bom.inspect.hdf5.unknown");
    let cases = [
        (vec![(LINK, external_link("x", "other.h5"))], vec![external]),
        (vec![(LINK, vec![1, 8, 1, 1, b'x', 1, 0, b'y'])], vec![]),
        (vec![(LINK, vec![1, 8, 99, 1, b'x'])], vec![unknown]),
        (vec![(LINK_INFO, dense_links)], vec![unknown]),
        (vec![(LINK_INFO, no_dense_links)], vec![]),
        (vec![(ATTRIBUTE_INFO, dense_attributes)], vec![unknown]),
        (dataset(&[4, 3]), vec![external]),
        (stored_outside, vec![external]),
        (
            vec![fixed("model_config", &["{"])],
            vec!["bom.inspect.hdf5.config"],
        ),
    ];
    for (messages, expected) in cases {
        assert_eq!(findings(&root(3, &messages)), expected, "{messages:?}");
    }
    let bytes = root(3, &[(LINK, external_link("x", "other.h5"))]);
    let inspection = inspect("model.h5", &bytes).expect("a well-formed file");
    let found = lines(&inspection);
    assert!(
        found
            .iter()
            .any(|line| line.starts_with("external-file: other.h5 (observed, byte "))
    );
}

#[test]
fn weights_alone_count_their_layers() {
    let bytes = root(0, &[fixed("layer_names", &["a", "b", "c"])]);
    let inspection = inspect("weights.hdf5", &bytes).expect("a well-formed file");
    let expected = "hyperparameter num_layers: 3 (observed, whole file)".to_owned();
    assert!(lines(&inspection).contains(&expected));
}

#[test]
fn texts_without_bytes_are_refused_however_many_there_are() {
    let value = attribute("layer_names", &text_type(0), &[3_000_000], &[]);
    let bytes = root(0, &[(ATTRIBUTE, value)]);
    let error = inspect("model.h5", &bytes).expect_err("no file has such");
    assert_eq!(error.code(), "bom.inspect.malformed");
    assert!(
        error.to_string().contains("3000000 texts of 0 bytes"),
        "{error}"
    );
}

#[test]
fn what_is_not_of_the_format_is_refused() {
    let (malformed, truncated) = ("bom.inspect.malformed", "bom.inspect.truncated");
    let (large, unsupported) = ("bom.inspect.too_large", "bom.inspect.unsupported");
    let dataset = |shape: Vec<u8>, datatype: Vec<u8>| {
        vec![
            (DATASPACE, shape),
            (DATATYPE, datatype),
            (LAYOUT, vec![3, 1]),
        ]
    };
    let mut deep = vec![1, 33, 0, 0];
    deep.resize(400, 0);
    let text = attribute("a", &text_type(8), &[u64::MAX / 16], b"x");
    let no_object = [&[4, 0, 0, 0][..], &96_u64.to_le_bytes(), &[9, 0, 0, 0]].concat();
    let variable = [&[0x19, 1, 0, 0, 16, 0, 0, 0][..], &text_type(1)].concat();
    let cases = [
        (dataset(space(&[u64::MAX, 2]), float(4, 8)), malformed),
        (dataset(deep, float(4, 8)), large),
        (dataset(vec![9, 0, 0, 0], float(4, 8)), unsupported),
        (
            dataset(vec![1, 2, 0, 0, 0, 0, 0, 0], float(4, 8)),
            truncated,
        ),
        (
            dataset(space(&[]), vec![0x1c, 0, 0, 0, 0, 0, 0, 0]),
            unsupported,
        ),
        (dataset(space(&[]), vec![0x11, 0, 0]), truncated),
        (vec![(LAYOUT, vec![3, 1])], malformed),
        (vec![(LINK, vec![1, 0, 9, b'x'])], truncated),
        (vec![(LINK, vec![1, 2, 0, 0, 1, 0])], large),
        (
            vec![(LINK, [&[1, 0, 1, b'x'][..], &UNDEFINED].concat())],
            malformed,
        ),
        (vec![(LINK, hard_link("x", 1 << 40))], truncated),
        (vec![(SYMBOL_TABLE, UNDEFINED.repeat(2))], malformed),
        (
            vec![(SYMBOL_TABLE, 96_u64.to_le_bytes().repeat(2))],
            malformed,
        ),
        (vec![(CONTINUATION, UNDEFINED.repeat(2))], malformed),
        (vec![(ATTRIBUTE, vec![4, 0])], unsupported),
        (vec![(ATTRIBUTE, text)], truncated),
        (
            vec![(ATTRIBUTE, attribute("a", &variable, &[], &no_object))],
            malformed,
        ),
        (vec![(LINK_INFO, vec![1])], unsupported),
    ];
    for (messages, expected) in cases {
        let error = inspect("model.h5", root(3, &messages)).expect_err("refused");
        assert_eq!(error.code(), expected, "{messages:?}: {error}");
    }
    let good = model(0);
    let changed = |at: usize, value: u8| {
        let mut bytes = good.clone();
        bytes[at] = value;
        bytes
    };
    refused("model.h5", b"no hdf5", malformed);
    refused("model.h5", changed(8, 9), unsupported);
    refused("model.h5", changed(13, 3), unsupported);
    refused("model.h5", &good[..60], truncated);
    refused("model.h5", changed(70, 1), truncated);
}

#[test]
fn files_whose_parts_refer_to_each_other_come_to_an_end() {
    // A group that links to itself, a header that goes on in itself.
    let mut file = Writer::new(3);
    let start = number(file.bytes.len());
    // The messages stand 10 bytes behind; 4 bytes of a signature and 4 of a sum go around them.
    let again = [(start + 6).to_le_bytes(), 44_u64.to_le_bytes()].concat();
    let itself = file.object(&[(LINK, hard_link("x", start)), (CONTINUATION, again)]);
    assert_eq!(itself, start);
    inspect("model.h5", file.finish(itself)).expect("each part is looked at once");

    // Groups in groups.
    let mut file = Writer::new(0);
    let mut group = file.object(&[]);
    for _ in 0..100 {
        let messages = file.links(&[("x", group)]);
        group = file.object(&messages);
    }
    refused("model.h5", file.finish(group), "bom.inspect.depth");
}

#[test]
fn limits_hold_for_the_file_as_a_whole() {
    let bytes = model(0);
    let cases = [
        InspectLimits::default().with_max_items(10),
        InspectLimits::default().with_max_header(1000),
    ];
    for limits in cases {
        let error = read(&bytes, &limits).expect_err("more than the limits allow");
        assert_eq!(error.code(), "bom.inspect.too_large");
    }
    // A thousand texts of an attribute are the same long text of a heap.
    let mut file = Writer::new(3);
    let (_, one) = file.variable("x", &"a".repeat(10_000));
    let value = one[one.len() - 16..].repeat(1000);
    let datatype = [&[0x19, 1, 0, 0, 16, 0, 0, 0][..], &text_type(1)].concat();
    let many = attribute("layer_names", &datatype, &[1000], &value);
    let root = file.object(&[(ATTRIBUTE, many)]);
    let bytes = file.finish(root);
    let limits = InspectLimits::default().with_max_header(1 << 20);
    let error = read(&bytes, &limits).expect_err("ten megabytes of text");
    assert_eq!(error.code(), "bom.inspect.too_large");
    read(&bytes, &InspectLimits::default()).expect("less than the default limit");
}

#[test]
fn no_change_of_a_byte_makes_the_reader_fail_hard() {
    for superblock in [0, 3] {
        mutate("model.h5", &model(superblock));
    }
}
