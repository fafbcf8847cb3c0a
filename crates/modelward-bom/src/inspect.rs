//! Reads what model files say, without running them: one file for each format.

pub(crate) mod config;
mod error;
mod fact;
pub(crate) mod front_matter;
mod input;
mod limits;
mod location;
pub(crate) mod safetensors;

use std::path::Path;

use modelward_artifact::{Digest, Entry, read_entry};

use crate::GenerateBomError;

pub use self::error::InspectError;
pub use self::fact::{Aspect, Fact, Origin};
pub use self::input::Input;
pub use self::limits::InspectLimits;
pub use self::location::Location;

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
