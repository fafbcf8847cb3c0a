mod joblib;
mod keras;
mod mutate;
mod numpy;
mod torch;
mod zip;

use std::io::{Cursor, Write as _};

use modelward_artifact::Finding;
use modelward_bom::inspect::{Fact, ImportGrade, Input, InspectError, InspectLimits, Pickle};

fn read(bytes: &[u8]) -> Result<Pickle, InspectError> {
    read_with(bytes, &InspectLimits::default())
}

fn read_with(bytes: &[u8], limits: &InspectLimits) -> Result<Pickle, InspectError> {
    Pickle::read(&mut Input::new(&mut Cursor::new(bytes), limits)?)
}

/// Shows facts as `aspect=value` and, where it is not plain, `aspect:detail=value`.
fn shown(facts: &[Fact]) -> Vec<String> {
    let show = |fact: &Fact| {
        let detail = fact.aspect().detail().map(|detail| format!(":{detail}"));
        let (name, value) = (fact.aspect().name(), fact.value());
        format!("{name}{}={value}", detail.unwrap_or_default())
    };
    facts.iter().map(show).collect()
}

fn codes(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(Finding::code).collect()
}

/// Shows imports as `path at offset` under the letter of their grade.
fn imports(file: &Pickle) -> Vec<String> {
    let show = |import: &modelward_bom::inspect::Import| {
        let grade = match import.grade() {
            ImportGrade::Dangerous { .. } => 'D',
            ImportGrade::Harmless => 'H',
            ImportGrade::Unknown => 'U',
        };
        format!("{grade} {import} {}", import.offset())
    };
    file.imports().iter().map(show).collect()
}

const DANGEROUS: &str = "bom.inspect.pickle.dangerous";
const TRAILING: &str = "bom.inspect.pickle.trailing";
const TRUNCATED: &str = "bom.inspect.pickle.truncated";
const UNKNOWN_IMPORT: &str = "bom.inspect.pickle.unknown_import";
const UNRESOLVED: &str = "bom.inspect.pickle.unresolved";

#[test]
fn every_way_to_import_is_seen() {
    let cases: [(&str, &[u8], &str); 13] = [
        ("GLOBAL", b"cos\nsystem\n.", "D os.system 0"),
        ("INST", b"(S'id'\nios\nsystem\n.", "D os.system 7"),
        ("OBJ", b"(cos\nsystem\nS'id'\no.", "D os.system 1"),
        (
            "STACK_GLOBAL",
            b"\x80\x04\x8c\x02os\x8c\x06system\x93.",
            "D os.system 14",
        ),
        (
            "text by memo",
            b"\x80\x04\x8c\x06system\x94\x8c\x02osh\x00\x93.",
            "D os.system 17",
        ),
        (
            "text by PUT and GET",
            b"Vsystem\np7\n0Vos\ng7\n\x93.",
            "D os.system 19",
        ),
        (
            "text of Python 2",
            b"U\x02osU\x06system\x93.",
            "D os.system 12",
        ),
        (
            "escapes in UNICODE",
            b"V\\u006fs\nVsyst\\U00000065m\n\x93.",
            "D os.system 26",
        ),
        (
            "escapes in STRING",
            b"S'\\x6f\\163'\nS\"sy\\x73tem\"\n\x93.",
            "D os.system 25",
        ),
        (
            "long form of a text",
            b"\x8d\x02\0\0\0\0\0\0\0os\x8c\x06system\x93.",
            "D os.system 19",
        ),
        ("text by DUP", b"\x8c\x04code2\x93.", "D code.code 7"),
        (
            "PROTO in the middle",
            b"\x80\x02N0\x80\x04cos\nsystem\n.",
            "D os.system 6",
        ),
        (
            "number by underscores",
            b"Vsystem\np1_0\n0Vos\ng+10\n\x93.",
            "D os.system 23",
        ),
    ];
    for (name, bytes, expected) in cases {
        let file = read(bytes).expect(name);
        assert_eq!(imports(&file), [expected], "{name}");
        assert!(file.is_whole(), "{name}");
    }
}

#[test]
fn dangerous_names_are_found_behind_others() {
    let cases: [(&str, &str, char); 22] = [
        ("__builtin__", "eval", 'D'),
        ("builtins", "eval.__call__", 'D'),
        ("builtins", "set", 'H'),
        ("collections", "OrderedDict", 'H'),
        ("collections", "OrderedDict.fromkeys", 'U'),
        ("collections", "namedtuple", 'U'),
        ("copy_reg", "_reconstructor", 'H'),
        ("copyreg", "add_extension", 'D'),
        ("functools", "partial", 'D'),
        ("importlib.metadata", "version", 'D'),
        ("joblib", "numpy_pickle.load", 'D'),
        ("numpy", "dtype", 'H'),
        ("numpy", "load", 'D'),
        ("os", "system.__call__", 'D'),
        ("os.path", "join", 'D'),
        ("ossaudiodev", "open", 'U'),
        ("random", "_os.system", 'U'),
        ("some.module", "os.system", 'D'),
        ("some.module", "sys", 'D'),
        ("some.module", "f.__globals__", 'D'),
        ("torch", "storage._load_from_bytes", 'D'),
        ("torch._utils", "_rebuild_tensor_v2", 'H'),
    ];
    for (module, name, grade) in cases {
        let stream = format!("c{module}\n{name}\n.");
        let file = read(stream.as_bytes()).expect("a pickle");
        assert_eq!(imports(&file), [format!("{grade} {module}.{name} 0")]);
        let expected: &[&str] = match grade {
            'D' => &[DANGEROUS],
            'U' => &[UNKNOWN_IMPORT],
            _ => &[],
        };
        assert_eq!(codes(&file.findings()), expected, "{module} {name}");
    }
}

#[test]
fn names_that_are_not_to_be_told_are_findings() {
    let cases: [(&str, &[u8]); 5] = [
        ("an extension code", b"\x80\x02\x82\x01."),
        (
            "a name that a call makes",
            b"\x8c\x02os\x8c\x01a\x8c\x01b\x86R\x8c\x01x\x93.",
        ),
        ("a number for a name", b"\x8c\x02osK\x01\x93."),
        ("a memo that has nothing", b"\x8c\x02osh\x09\x93."),
        ("an extension of four bytes", b"\x84\x01\0\0\0."),
    ];
    for (name, bytes) in cases {
        let file = read(bytes).expect("a pickle");
        let findings = file.findings();
        assert!(
            codes(&findings).contains(&UNRESOLVED),
            "{name}: {findings:?}"
        );
    }
}

#[test]
fn what_breaks_after_an_import_is_reported_with_it() {
    let cases: [(&str, &[u8]); 6] = [
        ("no STOP", b"cos\nsystem\n"),
        ("an opcode that is none", b"cos\nsystem\n\xff."),
        (
            "a payload that is cut off",
            b"cos\nsystem\n\x8d\xff\xff\xff\xff\xff\xff\xff\xffx.",
        ),
        ("a protocol that is none", b"cos\nsystem\n\x80\x09."),
        ("an empty stack", b"cos\nsystem\n00."),
        ("a mark that is not there", b"cos\nsystem\nt."),
    ];
    for (name, bytes) in cases {
        let file = read(bytes).expect("a pickle");
        assert!(!file.is_whole(), "{name}");
        assert_eq!(codes(&file.findings()), [DANGEROUS, TRUNCATED], "{name}");
    }
}

#[test]
fn what_is_no_pickle_is_an_error_with_a_code() {
    let cases: [(&str, &[u8], &str); 8] = [
        ("nothing", b"", "bom.inspect.truncated"),
        ("an opcode that is none", b"\x00", "bom.inspect.malformed"),
        ("a text", b"# A model\n", "bom.inspect.malformed"),
        ("a newer protocol", b"\x80\x06N.", "bom.inspect.unsupported"),
        ("a cut text", b"\x8c\x05abc", "bom.inspect.truncated"),
        (
            "a negative length",
            b"T\xff\xff\xff\xff.",
            "bom.inspect.malformed",
        ),
        ("a line without end", b"Iabc", "bom.inspect.truncated"),
        ("nothing to give", b".", "bom.inspect.malformed"),
    ];
    for (name, bytes, code) in cases {
        assert_eq!(read(bytes).unwrap_err().code(), code, "{name}");
    }
}

#[test]
fn every_stream_of_a_file_is_followed() {
    let file = read(b"N.N.cos\nsystem\n.").expect("pickles");
    assert_eq!((file.streams(), file.is_whole()), (3, true));
    assert_eq!(imports(&file), ["D os.system 4"]);

    let file = read(b"N.\xff\xff\xff").expect("a pickle");
    assert_eq!(codes(&file.findings()), [TRAILING]);

    // Not to its STOP, but far enough to do harm to who loads again.
    let file = read(b"N.cos\nsystem\n").expect("a pickle");
    assert_eq!(codes(&file.findings()), [DANGEROUS, TRAILING]);
}

#[test]
fn limits_bound_what_is_followed() {
    let limits = InspectLimits::default().with_max_items(3);
    assert!(read_with(b"NN0.", &limits).is_err());
    assert!(read_with(b"N0N.", &InspectLimits::default().with_max_items(4)).is_ok());
    assert_eq!(
        read_with(b"NN00N.", &limits).unwrap_err().code(),
        "bom.inspect.too_large"
    );
}

#[test]
fn compressed_pickles_are_opened_or_said_to_be_closed() {
    let stream = b"\x80\x04cos\nsystem\n.";
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    zlib.write_all(stream).expect("memory");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(stream).expect("memory");
    for (name, packed) in [("zlib", zlib.finish()), ("gzip", gzip.finish())] {
        let file = read(&packed.expect("memory")).expect("a pickle");
        assert_eq!(imports(&file), ["D os.system 2"], "{name}");
        let message = format!("at {name}, byte 2");
        assert!(file.findings()[0].message().contains(&message), "{name}");
    }
    let bomb = {
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        zlib.write_all(&vec![b'N'; 1 << 20]).expect("memory");
        zlib.finish().expect("memory")
    };
    let limits = InspectLimits::default().with_max_header(1 << 16);
    let error = read_with(&bomb, &limits).unwrap_err();
    assert_eq!(error.code(), "bom.inspect.too_large");
    let error = read(b"x\x9c garbage").unwrap_err();
    assert_eq!(error.code(), "bom.inspect.malformed");

    for head in [
        &b"BZh9"[..],
        b"\xfd7zXZ\x00",
        b"\x04\x22\x4d\x18",
        b"\x28\xb5\x2f\xfd",
    ] {
        let file = read(head).expect("a compressed file");
        assert!(!file.is_whole());
        assert_eq!(codes(&file.findings()), ["bom.inspect.pickle.unknown"]);
    }
}

#[test]
fn arrays_and_estimators_of_a_plain_pickle_are_counted() {
    // What numpy writes in protocol 2 for `arange(3, dtype="f4")`, inside of an instance.
    let array = b"cnumpy._core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\x85C\x01b\x87R\
        (K\x01K\x03\x85cnumpy\ndtype\nU\x02f4\x89\x88\x87R(K\x03U\x01<NNNJ\xff\xff\xff\xff\
        J\xff\xff\xff\xffK\0tb\x89C\x0c0123456789abtb";
    let head = b"\x80\x03csklearn.svm._classes\nSVC\n)\x81}(U\x05coef_";
    let tail = b"U\x10_sklearn_versionU\x051.9.1ub.";
    let file = read(&[&head[..], array, tail].concat()).expect("a pickle");
    let facts = shown(&file.facts());
    for expected in [
        "architecture=sklearn.svm._classes.SVC",
        "element-type=<f4",
        "format-version=3",
        "library=numpy",
        "library=scikit-learn==1.9.1",
        "parameter-count=3",
        "tensor-count=1",
    ] {
        assert!(
            facts.iter().any(|fact| fact == expected),
            "{expected}: {facts:?}"
        );
    }
    assert_eq!(file.findings(), []);
}
