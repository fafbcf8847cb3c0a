use std::collections::BTreeSet;

use modelward_artifact::JsonLimits;
use thiserror::Error;

use crate::document::Document;
use crate::gate::{Parts, SCHEMA};
use crate::{
    FindingCode, GatePolicy, GatePolicyBuilder, GatePolicyError, ReadDocumentError, Requirement,
};

/// Reads a policy, in which every member has to stand and none may be unknown.
pub(super) fn read(bytes: &[u8], limits: &JsonLimits) -> Result<GatePolicy, ReadGatePolicyError> {
    let mut document = Document::read(bytes, limits, SCHEMA)?;
    document.take_framework()?;
    let id = document.take("id")?;
    let version = document.take("version")?;
    let title = document.take("title")?;
    let required: Vec<Requirement> = document.take("require")?;
    let forbid: Vec<FindingCode> = document.take("forbid")?;
    let builder = GatePolicyBuilder::new(id, version, title, document.take("phase")?);
    let parts = Parts {
        subject: document.take("subject")?,
        max_assessment_age_days: document.take("maxAssessmentAgeDays")?,
        min_independence: document.take("minIndependence")?,
        evidence: document.take("evidence")?,
        not_applicable: document.take("notApplicable")?,
        risks: document.take("risks")?,
        // A code that stands twice forbids what it forbids once.
        forbid: forbid.into_iter().collect::<BTreeSet<_>>(),
        ..builder.parts
    };
    document.finish()?;
    Ok(GatePolicyBuilder { parts, required }.build()?)
}

/// Says why a text is not the document of a [`GatePolicy`].
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadGatePolicyError {
    /// The document cannot be read.
    #[error(transparent)]
    Document(#[from] ReadDocumentError),
    /// What it says is no policy.
    #[error(transparent)]
    Invalid(#[from] GatePolicyError),
}

impl ReadGatePolicyError {
    /// Returns the stable code of this error, or of what it passes on.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Document(source) => source.code(),
            Self::Invalid(source) => source.code(),
        }
    }
}
