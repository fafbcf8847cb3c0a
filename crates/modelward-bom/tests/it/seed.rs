//! Keeps the files that the tests make, well-formed and not, for the fuzzer to begin with.

use std::fs;
use std::path::Path;

use modelward_artifact::{Digest, DigestAlgorithm};

/// The folder to keep them in; without it nothing is kept.
const FOLDER: &str = "MODELWARD_SEEDS";

/// Keeps a file under the target that reads it, such as `gguf`.
pub(crate) fn keep(target: &str, bytes: &[u8]) {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let folder = Path::new(&folder).join(target);
    let digest = Digest::of(DigestAlgorithm::Sha256, bytes).to_hex();
    fs::create_dir_all(&folder).expect("the folder is writable");
    fs::write(folder.join(digest), bytes).expect("the folder is writable");
}
