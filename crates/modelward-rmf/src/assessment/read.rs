use std::collections::BTreeMap;

use modelward_artifact::JsonLimits;
use thiserror::Error;

use crate::assessment::builder::assemble;
use crate::assessment::{Parts, SCHEMA};
use crate::document::Document;
use crate::profile::document::Entries;
use crate::{
    Assessment, BuildAssessmentError, Current, Determination, Goal, Profile, RatingScale,
    ReadDocumentError, Target,
};

/// Reads the document; what is left in it afterwards is unknown and kept.
pub(super) fn read(bytes: &[u8], limits: &JsonLimits) -> Result<Assessment, ReadAssessmentError> {
    let mut document = Document::read(bytes, limits, SCHEMA)?;
    document.take_framework()?;
    let scale: RatingScale = document.take("scale")?;
    let current: Entries<Determination> = document.take("current")?;
    let target: Option<Entries<Goal>> = document.take_optional("target")?;
    let target = target.map(|goals| Profile::<Target>::new(scale.clone(), goals.0));
    let target = target.transpose().map_err(BuildAssessmentError::Profile)?;
    let current = Profile::<Current>::new(scale, current.0);
    let parts = Parts {
        subject: document.take("subject")?,
        assessor: document.take("assessor")?,
        independence: document.take_optional("independence")?,
        assessed_at: document.take("assessedAt")?,
        current: current.map_err(BuildAssessmentError::Profile)?,
        target,
        evidence: document
            .take_optional("evidence")?
            .unwrap_or_else(BTreeMap::new),
        supersedes: document.take_optional("supersedes")?,
        unknown: document.rest(),
    };
    Ok(assemble(parts)?)
}

/// Says why a text is not the document of an [`Assessment`].
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadAssessmentError {
    /// The document cannot be read.
    #[error(transparent)]
    Document(#[from] ReadDocumentError),
    /// What it says is no assessment.
    #[error(transparent)]
    Invalid(#[from] BuildAssessmentError),
}

impl ReadAssessmentError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Document(source) => source.code(),
            Self::Invalid(source) => source.code(),
        }
    }
}
