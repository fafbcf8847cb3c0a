//! Tensors of a model that was signed, whatever its bytes are.

use std::fs;
use std::num::NonZeroU64;
use std::sync::LazyLock;

use modelward_artifact::{HashOptions, JsonLimits, Manifest, NoControl, Sharding, Verdict};
use modelward_sign::{
    HeldModel, LoadMode, LoadOptions, SigningKey, VerifiedModel, VerifiedTensors, VerifyPolicy,
    sign,
};
use safetensors::SafeTensors;
use tempfile::TempDir;

use crate::{refused, sample};

const FILE: &str = "model.safetensors";
const INDEX: &str = "model.safetensors.index.json";

/// A file of one tensor of four bytes: what an index can lead to.
const OTHER: &[u8] =
    b"\x36\0\0\0\0\0\0\0{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}1234";

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("there is room"));
static KEY: LazyLock<SigningKey> = LazyLock::new(sample::key);

/// Signs the bytes as a file of tensors or as an index, and asks for every tensor.
pub fn tensors(bytes: &[u8]) {
    let is_index = bytes.first() == Some(&b'{');
    let files = if is_index {
        [(FILE, OTHER), (INDEX, bytes)]
    } else {
        [(FILE, bytes), (INDEX, b"{}")]
    };
    for (name, bytes) in files {
        fs::write(FOLDER.path().join(name), bytes).expect("there is room");
    }
    let size = NonZeroU64::new(64).expect("it is not zero");
    let options = HashOptions::default().with_threads(1);
    let manifest = Manifest::hash(
        FOLDER.path(),
        &options.with_sharding(Sharding::Size(size)),
        &NoControl,
    );
    let Ok(manifest) = manifest else {
        return;
    };
    let bundle = sign(&manifest, &*KEY).expect("a key in memory signs");
    let policy = VerifyPolicy::key(KEY.public_key().clone()).with_threads(1);
    let options = LoadOptions::new(policy).with_mode(LoadMode::ByShard);
    let held = VerifiedModel::open(FOLDER.path(), &bundle, &options, &NoControl);
    let Ok(Verdict::Verified(held)) = held else {
        // A file without bytes has no shard, so it is not signed.
        assert!(bytes.is_empty(), "what was signed is opened");
        return;
    };
    if is_index {
        index(&held)
    } else {
        file(&held, bytes)
    }
}

/// Asks for every tensor of a file, which are those that the format's own library gives out.
fn file(held: &HeldModel, bytes: &[u8]) {
    let tensors = match VerifiedTensors::open(held, FILE, &JsonLimits::default()) {
        Ok(tensors) => tensors,
        Err(error) => return refused(&error),
    };
    let views: Result<Vec<_>, _> = tensors.names().map(|name| tensors.tensor(name)).collect();
    let Ok(views) = views else {
        return;
    };
    let theirs = SafeTensors::deserialize(bytes).expect("what is given out is a file of tensors");
    assert_eq!(theirs.len(), tensors.len());
    let mut size = 0;
    for (name, view) in tensors.names().zip(&views) {
        let their = theirs.tensor(name).expect("it has the same names");
        assert_eq!(their.dtype(), view.dtype());
        assert_eq!(their.shape(), view.shape());
        assert_eq!(their.data(), view.data());
        size += view.data().len();
    }
    assert!(size + 8 <= bytes.len(), "no byte belongs to two tensors");
}

/// Asks for every tensor of an index: it leads to the one that is there.
fn index(held: &HeldModel) {
    match VerifiedTensors::open(held, INDEX, &JsonLimits::default()) {
        Ok(tensors) => {
            for name in tensors.names() {
                assert_eq!(name, "a", "there is one tensor");
                let view = tensors.tensor(name).expect("its bytes are signed");
                assert_eq!(view.data(), b"1234");
            }
        }
        Err(error) => refused(&error),
    }
}
