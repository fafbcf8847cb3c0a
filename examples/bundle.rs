//! Reads signatures from files.

use std::path::Path;

use modelward::Bundle;
use modelward::artifact::{JsonLimits, read_file};

use crate::failure::Failure;

/// The largest bundle that is read: a million files have about 200 MB.
pub(crate) const MAX_BYTES: u64 = 256 << 20;

/// Reads a bundle, with the limits that its statement needs.
pub(crate) fn read(path: &Path) -> Result<(Bundle, JsonLimits), Failure> {
    let bytes = read_file(path, MAX_BYTES)?;
    parse(path, &bytes)
}

/// Reads a bundle out of the bytes of its file.
pub(crate) fn parse(path: &Path, bytes: &[u8]) -> Result<(Bundle, JsonLimits), Failure> {
    let limits = JsonLimits::default()
        .with_max_bytes(bytes.len())
        .with_max_values(8_000_000);
    let bundle = Bundle::read(bytes, &limits).map_err(|error| Failure::at(path, error))?;
    Ok((bundle, limits))
}
