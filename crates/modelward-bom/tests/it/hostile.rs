use std::fmt::Write as _;
use std::num::NonZeroU64;

use modelward_artifact::{Digest, Entry, Manifest, Shard};
use modelward_bom::{GenerateOptions, generate};

use crate::{HEADER, empty, full, generated, manifest, safetensors, write};

/// A malformed file is listed with its digest, and nothing that it says is believed.
#[track_caller]
fn refused(path: &str, bytes: impl AsRef<[u8]>, code: &str) {
    let folder = empty();
    write(folder.path(), path, bytes);
    let made = generated(folder.path()).expect("the model has a document");
    let [finding] = made.findings() else {
        panic!("expected one finding: {:?}", made.findings());
    };
    assert_eq!(finding.code(), code, "{finding}");
    assert_eq!(finding.subject(), Some(path));
    assert!(!finding.message().contains('\n'), "{finding}");
    let model = made.bom().model().expect("a model");
    assert_eq!(model.files()[0].digests().len(), 1);
    assert_eq!(
        model.model_card().map(|card| card.properties().len()),
        Some(0)
    );
    assert!(model.licenses().is_empty());
}

#[test]
fn front_matter_that_is_no_yaml_is_refused() {
    let cases = [
        "---\nlicense: [mit\n---\n",
        "---\nlicense: mit\n",
        "---\n- a\n- list\n---\n",
        "---\njust a text\n---\n",
        "---\nlicense: mit\nlicense: apache-2.0\n---\n",
        "---\na: 1\n\tb: 2\n---\n",
    ];
    for card in cases {
        refused("README.md", card, "bom.inspect.parse");
    }
    refused(
        "README.md",
        b"---\nlicense: \xff\n---\n",
        "bom.inspect.parse",
    );
}

#[test]
fn alias_bombs_and_deep_nests_are_refused() {
    let mut bomb = String::from("---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let before = level - 1;
        let aliases = vec![format!("*a{before}"); 9].join(", ");
        writeln!(bomb, "a{level}: &a{level} [{aliases}]").expect("a text grows");
    }
    bomb.push_str("---\n");
    refused("README.md", bomb, "bom.inspect.parse");
    let deep = format!("---\na: {}{}\n---\n", "[".repeat(5000), "]".repeat(5000));
    refused("README.md", deep, "bom.inspect.parse");
}

#[test]
fn malformed_configurations_are_refused() {
    refused("config.json", "{\"a\": ", "artifact.json.syntax");
    refused(
        "config.json",
        r#"{"model_type": "a", "model_type": "b"}"#,
        "artifact.json.duplicate",
    );
    refused("config.json", "[".repeat(10_000), "artifact.json.depth");
}

#[test]
fn headers_that_lie_about_their_length_are_refused() {
    let stated = |length: u64| [&length.to_le_bytes()[..], HEADER.as_bytes()].concat();
    refused("m.safetensors", "", "bom.inspect.truncated");
    refused("m.safetensors", [0; 7], "bom.inspect.truncated");
    refused("m.safetensors", stated(u64::MAX), "bom.inspect.truncated");
    refused("m.safetensors", stated(1 << 62), "bom.inspect.truncated");
    let longer = u64::try_from(HEADER.len()).expect("a short header") + 1;
    refused("m.safetensors", stated(longer), "bom.inspect.truncated");
    refused("m.safetensors", stated(0), "artifact.json.syntax");
    refused("m.safetensors", stated(10), "artifact.json.syntax");
}

#[test]
fn tensors_that_do_not_tile_the_file_are_refused() {
    let tensor = |shape: &str, begin: u64, end: u64| {
        format!(r#"{{"dtype": "U8", "shape": [{shape}], "data_offsets": [{begin}, {end}]}}"#)
    };
    let two = |a: String, b: String| format!(r#"{{"a": {a}, "b": {b}}}"#);
    let cases = [
        ("{}".to_owned(), 1, "bom.inspect.malformed"),
        ("[]".to_owned(), 0, "bom.inspect.malformed"),
        (
            two(tensor("4", 0, 4), tensor("4", 4, 8)),
            9,
            "bom.inspect.malformed",
        ),
        (
            two(tensor("4", 0, 4), tensor("4", 4, 8)),
            7,
            "bom.inspect.malformed",
        ),
        (
            two(tensor("4", 0, 4), tensor("3", 5, 8)),
            8,
            "bom.inspect.malformed",
        ),
        (
            two(tensor("4", 0, 4), tensor("5", 3, 8)),
            8,
            "bom.inspect.malformed",
        ),
        (
            two(tensor("4", 0, 4), tensor("4", 0, 4)),
            4,
            "bom.inspect.malformed",
        ),
        (
            two(tensor("4", 4, 0), tensor("4", 0, 4)),
            4,
            "bom.inspect.malformed",
        ),
        (
            two(tensor("5", 0, 4), tensor("4", 4, 8)),
            8,
            "bom.inspect.malformed",
        ),
        (
            two(tensor("-1", 0, 4), tensor("4", 4, 8)),
            8,
            "bom.inspect.malformed",
        ),
        (
            two(tensor("4294967296, 4294967296", 0, 0), tensor("4", 0, 4)),
            4,
            "bom.inspect.malformed",
        ),
        (
            two(tensor("4", 0, 4).replace("U8", "X8"), tensor("4", 4, 8)),
            8,
            { "bom.inspect.malformed" },
        ),
        (
            two(tensor("4", 0, 4), tensor("4", 4, 8)).replace("\"b\"", "\"a\""),
            8,
            { "artifact.json.duplicate" },
        ),
    ];
    for (header, data, code) in cases {
        refused("m.safetensors", safetensors(&header, data), code);
    }
}

#[test]
fn a_file_that_was_swapped_after_hashing_is_refused() {
    for path in ["README.md", "config.json", "model.safetensors"] {
        let folder = full();
        let manifest = manifest(folder.path());
        write(folder.path(), path, "{}      ");
        let error = generate(folder.path(), &manifest, &GenerateOptions::default())
            .expect_err("the file is another one");
        assert_eq!(error.code(), "bom.inspect.changed");
    }
}

#[test]
fn a_manifest_of_shards_does_not_know_the_digests_of_files() {
    let folder = full();
    let shard = Shard::new(0, 4).expect("it has bytes");
    let entry = Entry::shard("f".parse().expect("a path"), shard, Digest::sha256(b"f"));
    let size = NonZeroU64::new(4).expect("not zero");
    let manifest = Manifest::sharded("m", size, vec![entry]).expect("one shard");
    let error = generate(folder.path(), &manifest, &GenerateOptions::default())
        .expect_err("there are no digests of files");
    assert_eq!(
        error.to_string(),
        "the manifest has shards, expected whole files"
    );
    assert_eq!(error.code(), "bom.generate.sharded");
}

#[test]
fn a_safetensors_file_with_any_bit_changed_never_claims_more_than_it_has() {
    let good = safetensors(HEADER, 12);
    for bit in 0..8 * (8 + HEADER.len()) {
        let mut changed = good.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let folder = empty();
        write(folder.path(), "m.safetensors", &changed);
        // Twelve bytes of data hold at most twelve elements of a byte each.
        let made = generated(folder.path()).expect("the model has a document");
        let model = made.bom().model().expect("a model");
        for count in model.property_values("cdx:ai-ml:model:parameter:count") {
            assert!(count.parse::<u64>().expect("a number") <= 12, "bit {bit}");
        }
    }
}
