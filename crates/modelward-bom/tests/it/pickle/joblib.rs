use modelward_bom::inspect::Pickle;

use crate::pickle::{codes, imports, read, shown};

/// An instance of joblib's description of an array, without its state.
const WRAPPER: &[u8] = b"\x80\x04\x8c\x13joblib.numpy_pickle\x8c\x11NumpyArrayWrapper\x93)\x81";

/// The type `f8`, as numpy pickles it.
const FLOAT: &[u8] = b"\x8c\x05numpy\x8c\x05dtype\x93\x8c\x02f8\x89\x88\x87R(K\x03\x8c\x01<NNN\
    J\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tb";

/// The type of Python objects.
const OBJECT: &[u8] = b"\x8c\x05numpy\x8c\x05dtype\x93\x8c\x02O8\x89\x88\x87R(K\x03\x8c\x01|NNN\
    J\xff\xff\xff\xffJ\xff\xff\xff\xffK?tb";

/// Describes an array of one dimension with a type, and more members of its state.
fn described(length: u8, dtype: &[u8], more: &[u8]) -> Vec<u8> {
    let shape = [&b"}(\x8c\x05shapeK"[..], &[length], b"\x85\x8c\x05dtype"].concat();
    [WRAPPER, &shape, dtype, more, b"ub"].concat()
}

const ALIGNED: &[u8] = b"\x8c\x1bnumpy_array_alignment_bytesK\x10";

#[test]
fn elements_between_opcodes_are_passed_over() {
    let elements = [b'.'; 16];
    let cases = [
        (
            "padded",
            described(2, FLOAT, ALIGNED),
            b"\x03\xff\xff\xff".to_vec(),
        ),
        ("padded by nothing", described(2, FLOAT, ALIGNED), vec![0]),
        ("before joblib 1.1", described(2, FLOAT, b""), Vec::new()),
    ];
    for (name, head, padding) in cases {
        let stream = [&head[..], &padding, &elements, b"cos\nsystem\n\x86."].concat();
        let file = read(&stream).expect("a pickle");
        assert!(file.is_whole(), "{name}: {:?}", file.findings());
        assert_eq!(
            codes(&file.findings()),
            ["bom.inspect.pickle.dangerous"],
            "{name}"
        );
        let facts = shown(&file.facts());
        for expected in ["tensor-count=1", "parameter-count=2", "element-type=<f8"] {
            assert!(
                facts.iter().any(|fact| fact == expected),
                "{name}: {facts:?}"
            );
        }
    }
}

fn assert_runs_system(file: &Pickle) {
    let imports = imports(file);
    assert!(
        imports
            .iter()
            .any(|import| import.starts_with("D os.system")),
        "{imports:?}"
    );
}

#[test]
fn arrays_of_objects_are_followed_as_a_stream_of_their_own() {
    let head = described(1, OBJECT, ALIGNED);
    let stream = [&head[..], b"\x80\x02cos\nsystem\n.", b"."].concat();
    let file = read(&stream).expect("a pickle");
    assert!(file.is_whole());
    assert_runs_system(&file);
}

#[test]
fn elements_that_are_opcodes_to_another_loader_are_scanned() {
    // `joblib.load` takes this import for the elements of an array, `pickle.load` runs it.
    let head = described(2, FLOAT, b"");
    let stream = [&head[..], b"cos\nsystem\n.....", b"."].concat();
    let file = read(&stream).expect("a pickle");
    assert_runs_system(&file);
}

#[test]
fn an_array_of_which_the_end_is_not_clear_breaks_the_stream() {
    let object_in_doubt = b"\x8c\x05numpy\x8c\x05dtype\x93\x8c\x02V1\x89\x88\x87RNb";
    let mut framed = described(1, FLOAT, b"");
    framed.splice(
        2..2,
        b"\x95\xff\x00\x00\x00\x00\x00\x00\x00".iter().copied(),
    );
    let cases = [
        ("no type", [WRAPPER, b"}\x8c\x05shapeK\x01\x85sb"].concat()),
        ("no state", [WRAPPER, b"Nb"].concat()),
        ("a key that is not to be told", described(1, FLOAT, b"NN")),
        (
            "a size that is not to be told",
            described(1, object_in_doubt, b""),
        ),
        (
            "an alignment that is no number",
            described(1, FLOAT, b"\x8c\x1bnumpy_array_alignment_bytes)"),
        ),
        ("elements inside of a frame", framed),
    ];
    for (name, head) in cases {
        let file = read(&[&head[..], &[0; 32], b"."].concat()).expect("a pickle");
        assert!(!file.is_whole(), "{name}");
        let findings = file.findings();
        assert!(
            codes(&findings).contains(&"bom.inspect.pickle.truncated"),
            "{name}"
        );
    }
    let cut = [&described(9, FLOAT, b"")[..], b"."].concat();
    assert!(!read(&cut).expect("a pickle").is_whole());
}
