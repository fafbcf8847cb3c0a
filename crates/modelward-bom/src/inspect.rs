//! Reads what a model's own files say about it, one file for each format.

pub(crate) mod config;
pub(crate) mod front_matter;
pub(crate) mod safetensors;

use std::path::Path;

use modelward_artifact::{Digest, Entry, read_entry};

use crate::GenerateBomError;

/// Reads a small file of the model and makes sure that it is the one that was hashed.
pub(crate) fn read_listed(
    root: &Path,
    entry: &Entry,
    max_bytes: u64,
) -> Result<Vec<u8>, GenerateBomError> {
    let bytes = read_entry(root, entry.path(), max_bytes)?;
    if Digest::of(entry.digest().algorithm(), &bytes) == *entry.digest() {
        return Ok(bytes);
    }
    Err(GenerateBomError::Changed {
        path: entry.path().clone(),
    })
}
