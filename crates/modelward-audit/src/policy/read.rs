//! Reads the document of a policy; what is wrong with it has a line and a column.

use std::collections::BTreeSet;

use modelward_artifact::json::read;
use modelward_artifact::{JsonLimits, Text};
use modelward_rmf::PolicyId;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::policy::SCHEMA;
use crate::policy::error::ReadReleasePolicyError;
use crate::policy::section::Phases;
use crate::policy::waiver::Waiver;

/// The largest text, whatever the caller allows: a policy is written by people.
const MAX_TEXT: usize = 1 << 20;

/// Holds everything that the digest of a policy covers.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Document {
    schema: Schema,
    pub(super) id: PolicyId,
    pub(super) version: Text,
    pub(super) title: Text,
    pub(super) phase: Phases,
    #[serde(default)]
    pub(super) waivers: BTreeSet<Waiver>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Schema;

impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(SCHEMA)
    }
}

impl<'de> Deserialize<'de> for Schema {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let found = String::deserialize(deserializer)?;
        if found == SCHEMA {
            return Ok(Self);
        }
        let message = format!("unknown schema `{found}`, expected `{SCHEMA}`");
        Err(D::Error::custom(message))
    }
}

pub(super) fn toml(text: &str, limits: &JsonLimits) -> Result<Document, ReadReleasePolicyError> {
    check_size(text.len(), limits)?;
    toml::from_str(text).map_err(|error| {
        let before = error.span().map_or(0, |span| span.start.min(text.len()));
        let before = &text.as_bytes()[..before];
        let start = before.iter().rposition(|&byte| byte == b'\n');
        ReadReleasePolicyError::Refused {
            line: before.split(|&byte| byte == b'\n').count(),
            column: before.len() - start.map_or(0, |at| at + 1) + 1,
            reason: error.message().to_owned(),
        }
    })
}

pub(super) fn json(bytes: &[u8], limits: &JsonLimits) -> Result<Document, ReadReleasePolicyError> {
    check_size(bytes.len(), limits)?;
    // The types refuse members that are unknown or stand twice, and their errors have a place.
    let document = serde_json::from_slice(bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let place = format!(" at line {line} column {column}");
        let reason = error.to_string();
        ReadReleasePolicyError::Refused {
            line,
            column,
            reason: reason.strip_suffix(&place).unwrap_or(&reason).to_owned(),
        }
    })?;
    read(bytes, limits)?;
    Ok(document)
}

fn check_size(found: usize, limits: &JsonLimits) -> Result<(), ReadReleasePolicyError> {
    let limit = limits.max_bytes().min(MAX_TEXT);
    if found > limit {
        return Err(ReadReleasePolicyError::TooLarge { limit });
    }
    Ok(())
}
