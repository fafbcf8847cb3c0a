//! What the fuzz targets do with their bytes: read them, ask everything, and hold what always holds.

mod certificate;
mod key;
#[path = "../../tests/it/sample.rs"]
mod sample;
mod statement;
mod tensors;
mod verify;

use std::error::Error;

use modelward_artifact::escape::Terminal;

pub use crate::certificate::{certificate, chain, revocation};
pub use crate::key::{encrypted_key, key, pkcs11_uri};
pub use crate::statement::{attestation, bundle, envelope, statement};
pub use crate::tensors::tensors;
pub use crate::verify::{prepare, verify};

/// Holds what holds of every text that is shown: it is one line, and nothing in it acts.
fn shown(text: &str) {
    let escaped = Terminal(text).to_string().replace("\\\\", "\\");
    assert_eq!(escaped, text, "what is shown is escaped");
}

/// Holds that an error and its causes of ours are shown escaped.
fn refused(error: &dyn Error) {
    shown(&error.to_string());
}

/// Changes bytes as the fuzzer says: each edit is a place and the byte that comes to stand there.
fn edited(original: &[u8], edits: &[u8]) -> Vec<u8> {
    let mut changed = original.to_vec();
    for edit in edits.chunks_exact(3) {
        let at = usize::from(u16::from_be_bytes([edit[0], edit[1]]));
        if let Some(byte) = changed.get_mut(at) {
            *byte = edit[2];
        }
    }
    changed
}
