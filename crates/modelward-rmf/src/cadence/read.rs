use std::collections::BTreeMap;

use modelward_artifact::JsonLimits;
use serde::Deserialize;
use thiserror::Error;

use crate::cadence::SCHEMA;
use crate::document::{Document, unique};
use crate::{
    AuditCadence, AuditCadenceBuilder, AuditCadenceError, CadenceRule, CadenceScope,
    ReadDocumentError,
};

/// Reads a cadence, in which every member has to stand and none may be unknown.
pub(super) fn read(
    bytes: &[u8],
    limits: &JsonLimits,
) -> Result<AuditCadence, ReadAuditCadenceError> {
    let mut document = Document::read(bytes, limits, SCHEMA)?;
    document.take_framework()?;
    let id = document.take("id")?;
    let version = document.take("version")?;
    let builder = AuditCadenceBuilder::new(id, version, document.take("default")?);
    let overrides: Overrides = document.take("overrides")?;
    document.finish()?;
    let builder = overrides
        .0
        .into_iter()
        .fold(builder, |builder, (scope, rule)| builder.with(scope, rule));
    Ok(builder.build()?)
}

/// Two spellings of one scope would hide a rule.
#[derive(Deserialize)]
struct Overrides(#[serde(deserialize_with = "unique")] BTreeMap<CadenceScope, CadenceRule>);

/// Says why a text is not the document of an [`AuditCadence`].
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadAuditCadenceError {
    /// The document cannot be read.
    #[error(transparent)]
    Document(#[from] ReadDocumentError),
    /// What it says is no cadence.
    #[error(transparent)]
    Invalid(#[from] AuditCadenceError),
}

impl ReadAuditCadenceError {
    /// Returns the stable code of this error, or of what it passes on.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Document(source) => source.code(),
            Self::Invalid(source) => source.code(),
        }
    }
}
