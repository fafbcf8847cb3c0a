//! Keeps what the tests make for the fuzzer to begin with.

use std::path::PathBuf;
use std::{env, fs};

use modelward_artifact::Digest;

/// Keeps a file for a target, in the folder that `MODELWARD_SEEDS` names. Without it nothing is kept.
pub(crate) fn keep(target: &str, bytes: &[u8]) {
    if let Some(folder) = env::var_os("MODELWARD_SEEDS") {
        let folder = PathBuf::from(folder).join(target);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(Digest::sha256(bytes).to_hex()), bytes).unwrap();
    }
}
