//! Turns JSON into parts, and says where it does not fit.

use modelward_artifact::JsonLimits;
use modelward_artifact::json::{self, ValueReader};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use serde_path_to_error::{Path, Segment};

use super::error::AvidError;
use crate::pointer::child;

/// Reads the members of a document.
pub(super) fn members(bytes: &[u8], limits: &JsonLimits) -> Result<Map<String, Value>, AvidError> {
    let value = json::read(bytes, limits).map_err(|source| AvidError::Json { source })?;
    match value {
        Value::Object(members) => Ok(members),
        other => shaped(other, ""),
    }
}

/// Takes a member that may be missing or null.
pub(super) fn take<T: DeserializeOwned>(
    members: &mut Map<String, Value>,
    name: &str,
) -> Result<Option<T>, AvidError> {
    match members.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => shaped(value, &child("", name)).map(Some),
    }
}

/// Makes a part of a value that stands at a place.
pub(super) fn shaped<T: DeserializeOwned>(value: Value, at: &str) -> Result<T, AvidError> {
    serde_path_to_error::deserialize(ValueReader::new(value)).map_err(|error| AvidError::Shape {
        pointer: below(at, error.path()),
        source: error.into_inner().into(),
    })
}

fn below(at: &str, path: &Path) -> String {
    path.iter()
        .fold(at.to_owned(), |at, segment| match segment {
            Segment::Seq { index } => format!("{at}/{index}"),
            Segment::Map { key } => child(&at, key),
            Segment::Enum { variant } => child(&at, variant),
            Segment::Unknown => at,
        })
}
