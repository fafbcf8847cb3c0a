use std::io::Cursor;

use modelward_bom::inspect::{Input, InspectError, InspectLimits, Numpy};

use crate::pickle::zip::archive;
use crate::pickle::{codes, shown};

pub(super) fn read(bytes: &[u8]) -> Result<Numpy, InspectError> {
    let limits = InspectLimits::default();
    Numpy::read(&mut Input::new(&mut Cursor::new(bytes), &limits)?)
}

/// Writes an array of a version: its header as it is given, then so many bytes.
pub(super) fn array(major: u8, header: &str, elements: &[u8]) -> Vec<u8> {
    let length = u16::try_from(header.len())
        .expect("a short header")
        .to_le_bytes();
    let wide: &[u8] = if major == 1 { &[] } else { &[0, 0] };
    let prefix = [&b"\x93NUMPY"[..], &[major, 0], &length, wide].concat();
    [&prefix[..], header.as_bytes(), elements].concat()
}

fn header(dtype: &str, shape: &str) -> String {
    format!("{{'descr': {dtype}, 'fortran_order': False, 'shape': {shape}, }}\n")
}

#[test]
fn types_and_shapes_are_read_in_every_version() {
    let cases: [(u8, &str, &str, usize, &str); 9] = [
        (1, "'<f4'", "(2, 3)", 24, "<f4"),
        (2, "'|b1'", "()", 1, "|b1"),
        (3, "'<U3'", "(2,)", 24, "<U3"),
        (1, "'<M8[ns]'", "(1,)", 8, "<M8[ns]"),
        (1, "'|V5'", "(2L,)", 10, "|V5"),
        (1, "'>c16'", "(0, 99999999999999999)", 0, ">c16"),
        (
            1,
            "[('a', '<f4'), ('b', '<i2', (3,))]",
            "(2,)",
            20,
            "[('a', '<f4'), ('b', '<i2', (3,))]",
        ),
        (
            1,
            "[(('title', 'a'), [('x', '|u1')])]",
            "(4,)",
            4,
            "[(('title', 'a'), [('x', '|u1')])]",
        ),
        (1, "\"<f8\"", "(1)", 8, "<f8"),
    ];
    for (major, dtype, shape, bytes, word) in cases {
        let file = read(&array(major, &header(dtype, shape), &vec![0; bytes]));
        let file = file.unwrap_or_else(|error| panic!("{dtype}: {error}"));
        assert_eq!(file.arrays()[0].element_type(), word);
        assert!(!file.arrays()[0].is_fortran());
        assert_eq!(file.findings(), [], "{dtype}");
        let version = format!("format-version={major}.0");
        assert!(shown(&file.facts()).contains(&version), "{dtype}");
    }
}

#[test]
fn a_malformed_header_is_an_error_with_a_code() {
    let good = header("'<f4'", "(2,)");
    let huge = header("'<f4'", "(18446744073709551615, 2)");
    let deep = header(&"[".repeat(40), "()");
    let cases = [
        ("nothing", Vec::new(), "malformed"),
        (
            "another signature",
            b"\x93NUMPX\x01\0\0\0".to_vec(),
            "malformed",
        ),
        ("another version", array(4, &good, &[0; 8]), "unsupported"),
        ("a cut prefix", b"\x93NUMPY\x01\0\x01".to_vec(), "truncated"),
        (
            "a cut header",
            array(1, &good, &[])[..30].to_vec(),
            "truncated",
        ),
        ("cut elements", array(1, &good, &[0; 7]), "truncated"),
        (
            "more than can be counted",
            array(1, &huge, &[0; 8]),
            "truncated",
        ),
        (
            "a type that is none",
            array(1, &header("'<f3'", "(1,)"), &[0; 8]),
            "malformed",
        ),
        (
            "no shape",
            array(1, "{'descr': '<f4', 'fortran_order': False}", &[]),
            "malformed",
        ),
        (
            "a call",
            array(1, &header("dtype('f4')", "()"), &[]),
            "malformed",
        ),
        (
            "a negative size",
            array(1, &header("'<f4'", "(-1,)"), &[]),
            "malformed",
        ),
        (
            "a key twice",
            array(1, "{'descr': 1, 'descr': 1}", &[]),
            "malformed",
        ),
        ("deep nesting", array(1, &deep, &[]), "malformed"),
        ("more behind", array(1, "{} {}", &[]), "malformed"),
        (
            "an escape",
            array(1, &header("'<f\\x34'", "()"), &[0; 4]),
            "malformed",
        ),
    ];
    for (name, bytes, code) in cases {
        let error = read(&bytes).unwrap_err();
        assert_eq!(error.code(), format!("bom.inspect.{code}"), "{name}");
    }
}

#[test]
fn arrays_of_objects_are_findings_and_scanned() {
    let objects = array(1, &header("'|O'", "(1,)"), b"cos\nsystem\n.");
    let fields = array(1, &header("[('a', '|O')]", "(1,)"), b"cos\nsystem\n.");
    let member = archive(&[("a.npy", &objects)]);
    for (name, bytes) in [
        ("an array", objects),
        ("a field", fields),
        ("a member", member),
    ] {
        let file = read(&bytes).expect(name);
        let expected = ["bom.inspect.numpy.objects", "bom.inspect.pickle.dangerous"];
        assert_eq!(codes(&file.findings()), expected, "{name}");
        assert_eq!(file.imports()[0].to_string(), "os.system", "{name}");
    }
}

#[test]
fn archives_of_arrays_are_added_up() {
    let one = array(1, &header("'<f4'", "(2, 3)"), &[0; 24]);
    let two = array(2, &header("'<i8'", "(4,)"), &[0; 32]);
    let bytes = archive(&[("one.npy", &one), ("two.npy", &two), ("x.txt", b"text")]);
    let file = read(&bytes).expect("an archive");
    assert_eq!(file.arrays()[1].member(), Some("two.npy"));
    assert_eq!(file.arrays()[1].shape(), [4]);
    let facts = shown(&file.facts());
    for expected in [
        "element-type=<f4",
        "element-type=<i8",
        "format-version=1.0",
        "format-version=2.0",
        "parameter-count=10",
        "tensor-count=2",
    ] {
        assert!(
            facts.iter().any(|fact| fact == expected),
            "{expected}: {facts:?}"
        );
    }
    assert_eq!(codes(&file.findings()), ["bom.inspect.numpy.unknown"]);

    let cut = archive(&[("one.npy", &one[..90])]);
    let error = read(&cut).unwrap_err();
    assert_eq!(error.code(), "bom.inspect.truncated");
    assert!(error.to_string().contains("one.npy, byte"), "{error}");
}

#[test]
fn bytes_behind_the_elements_are_said() {
    let bytes = array(1, &header("'<f4'", "(2,)"), &[0; 9]);
    let file = read(&bytes).expect("an array");
    assert_eq!(codes(&file.findings()), ["bom.inspect.numpy.trailing"]);
}
