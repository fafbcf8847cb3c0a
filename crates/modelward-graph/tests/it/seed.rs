//! Keeps what the tests make for the fuzzer to begin with.

use std::path::PathBuf;
use std::{env, fs};

use modelward_artifact::Digest;

/// Keeps a file for a target, in the folder that `MODELWARD_SEEDS` names. Without it nothing is kept, and
/// nothing large, which would take all the time of the fuzzer.
pub(crate) fn keep(target: &str, bytes: &[u8]) {
    let folder = env::var_os("MODELWARD_SEEDS").filter(|_| bytes.len() < 1 << 15);
    if let Some(folder) = folder {
        let folder = PathBuf::from(folder).join(target);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(Digest::sha256(bytes).to_hex()), bytes).unwrap();
    }
}

#[test]
fn the_fuzzer_begins_with_licenses_and_names() {
    for text in [
        "MIT",
        "(Apache-2.0 OR MIT) AND BSD-3-Clause",
        "GPL-2.0-or-later WITH Classpath-exception-2.0",
        "LicenseRef-Acme AND AGPL-3.0-only",
    ] {
        keep("license", text.as_bytes());
    }
    for text in [
        "pkg:huggingface/google/bert@1a2b",
        "pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie#src/lib",
        "urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/1#componentA",
        "trained-on",
        "model",
    ] {
        keep("graph-name", text.as_bytes());
    }
}
