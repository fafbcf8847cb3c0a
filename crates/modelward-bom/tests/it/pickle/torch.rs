use std::io::Cursor;

use modelward_bom::inspect::{Input, InspectError, InspectLimits, Torch, TorchForm};

use crate::pickle::zip::archive;
use crate::pickle::{codes, shown};

pub(super) fn read(bytes: &[u8]) -> Result<Torch, InspectError> {
    let limits = InspectLimits::default();
    Torch::read(&mut Input::new(&mut Cursor::new(bytes), &limits)?)
}

/// Rebuilds a tensor of a storage with three elements, as `torch.save` has it.
fn tensor(class: &str, key: &str, size: &[u8]) -> Vec<u8> {
    let storage = format!("(Vstorage\nctorch\n{class}\nV{key}\nVcpu\nK\x03tQ");
    let head = b"ctorch._utils\n_rebuild_tensor_v2\n(";
    [
        &head[..],
        storage.as_bytes(),
        b"K\0",
        size,
        b"K\x01\x85\x89NtR",
    ]
    .concat()
}

/// A list of two tensors of one storage, and one of another.
pub(super) fn object() -> Vec<u8> {
    let float = tensor("FloatStorage", "0", b"K\x03\x85");
    let half = tensor("HalfStorage", "1", b"K\x01K\x02\x86");
    [&b"\x80\x02]("[..], &float, &float, &half, b"e."].concat()
}

const MAGIC: &[u8] = b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.\x80\x02}.";

pub(super) fn legacy() -> Vec<u8> {
    let keys = b"\x80\x02](V0\nV1\ne.";
    let storages = [
        &3_u64.to_le_bytes()[..],
        &[0; 12],
        &3_u64.to_le_bytes(),
        &[0; 6],
    ]
    .concat();
    [MAGIC, &object(), keys, &storages].concat()
}

pub(super) fn zipped() -> Vec<u8> {
    archive(&[
        ("m/data.pkl", &object()),
        ("m/byteorder", b"little"),
        ("m/data/0", &[0; 12]),
        ("m/data/1", &[0; 6]),
        ("m/version", b"3\n"),
    ])
}

#[test]
fn tensors_are_counted_and_tied_ones_once() {
    for (form, bytes) in [(TorchForm::Zip, zipped()), (TorchForm::Legacy, legacy())] {
        let file = read(&bytes).expect("a file of PyTorch");
        assert_eq!(file.form(), form);
        let facts = shown(&file.facts());
        for expected in [
            "element-type=float16",
            "element-type=float32",
            "import=torch._utils._rebuild_tensor_v2",
            "library=torch",
            "parameter-count=5",
            "tensor-count=3",
        ] {
            assert!(
                facts.iter().any(|fact| fact == expected),
                "{expected}: {facts:?}"
            );
        }
        assert_eq!(file.findings(), [], "{form:?}");
    }
    let facts = shown(&read(&zipped()).expect("an archive").facts());
    assert_eq!(
        facts[..2],
        ["format-version=3", "metadata:byteorder=little"]
    );
}

#[test]
fn scripts_are_known_by_their_class() {
    let data = b"\x80\x02c__torch__.net\nNet\n)\x81}b.";
    let bytes = archive(&[
        ("s/data.pkl", data),
        ("s/code/__torch__/net.py", b"class Net"),
        ("s/constants.pkl", b"\x80\x02)."),
    ]);
    let file = read(&bytes).expect("a script");
    assert_eq!(file.form(), TorchForm::Script);
    assert_eq!(shown(&file.facts()), ["architecture=net.Net"]);
    assert_eq!(codes(&file.findings()), ["bom.inspect.torch.unknown"]);
}

#[test]
fn storages_that_do_not_fit_are_findings() {
    let missing = archive(&[("m/data.pkl", &object()), ("m/data/0", &[0; 12])]);
    let short = archive(&[
        ("m/data.pkl", &object()),
        ("m/data/0", &[0; 11]),
        ("m/data/1", &[0; 6]),
    ]);
    let more = [&legacy()[..], b"more"].concat();
    let mut other = legacy();
    let count = other.len() - 14;
    other[count] = 2;
    let cases = [
        ("a missing one", missing),
        ("a short one", short),
        ("bytes behind", more),
        ("another count", other),
    ];
    for (name, bytes) in cases {
        let file = read(&bytes).expect(name);
        assert_eq!(
            codes(&file.findings()),
            ["bom.inspect.torch.storage"],
            "{name}"
        );
    }
}

#[test]
fn pickles_of_every_form_are_scanned() {
    let evil = b"cos\nsystem\n.";
    let second = archive(&[("m/data.pkl", b"N."), ("m/extra/other.pkl", evil)]);
    let broken = archive(&[("m/data.pkl", b"cos\nsystem\n\xff")]);
    let in_legacy = [MAGIC, evil, b"]."].concat();
    // The first bytes are what counts: a loader does not look for an archive at the end.
    let both = [&evil[..], &zipped()].concat();
    let cases = [
        ("a second pickle", second),
        ("a broken one", broken),
        ("a legacy file", in_legacy),
        ("a pickle before an archive", both),
    ];
    for (name, bytes) in cases {
        let file = read(&bytes).expect(name);
        let findings = file.findings();
        assert!(
            codes(&findings).contains(&"bom.inspect.pickle.dangerous"),
            "{name}"
        );
        assert_eq!(file.imports()[0].to_string(), "os.system", "{name}");
    }
}

#[test]
fn what_is_no_file_of_pytorch_is_an_error_with_a_code() {
    let cases = [
        ("nothing", Vec::new(), "truncated"),
        ("no object", archive(&[("m/version", b"3")]), "malformed"),
        ("no folder", archive(&[("data.pkl", b"N.")]), "malformed"),
        ("a cut archive", zipped()[..100].to_vec(), "malformed"),
        ("a text", b"# text".to_vec(), "malformed"),
    ];
    for (name, bytes, code) in cases {
        let error = read(&bytes).unwrap_err();
        assert_eq!(error.code(), format!("bom.inspect.{code}"), "{name}");
    }
}
