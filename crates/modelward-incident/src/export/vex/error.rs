use std::fmt;

use thiserror::Error;

use crate::export::ExportError;
use crate::{ParseTextError, Slug};

/// Says why a record cannot be written as an advisory or VEX document: every reason at once.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("cannot write the incident as {format}: {}", list(problems))]
#[non_exhaustive]
pub struct VexExportError {
    /// The format, such as `CSAF`.
    pub format: &'static str,
    /// Every reason, at least one.
    pub problems: Vec<VexProblem>,
}

impl VexExportError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "incident.export.vex"
    }

    pub(crate) fn check(format: &'static str, problems: Vec<VexProblem>) -> Result<(), Self> {
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Self { format, problems })
        }
    }
}

impl From<VexExportError> for ExportError {
    fn from(error: VexExportError) -> Self {
        let missing = error.problems.iter().map(ToString::to_string).collect();
        Self::Missing { missing }
    }
}

/// Names one reason why a record cannot be written in a format.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum VexProblem {
    /// No asset is recorded, or none at this level.
    NoProduct,
    /// The profile of CSAF wants a reference to another document, and there is none.
    NoReference,
    /// CycloneDX points at a component, and this asset has neither a `bom-ref` nor a package URL.
    NoBomRef {
        /// The asset.
        asset: Slug,
    },
    /// A package URL is one by its prefix alone.
    Purl {
        /// The asset.
        asset: Slug,
    },
}

impl VexProblem {
    /// Returns the stable code of this reason.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoBomRef { .. } => "incident.export.vex.no_bom_ref",
            Self::NoProduct => "incident.export.vex.no_product",
            Self::NoReference => "incident.export.vex.no_reference",
            Self::Purl { .. } => "incident.export.vex.purl",
        }
    }
}

impl fmt::Display for VexProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoBomRef { asset } => {
                write!(f, "asset `{asset}` has neither a bom-ref nor a package url")
            }
            Self::NoProduct => f.write_str("no affected asset is recorded"),
            Self::NoReference => f.write_str("no external reference is given or linked"),
            Self::Purl { asset } => write!(f, "asset `{asset}` has a malformed package url"),
        }
    }
}

/// Says why something that the record does not have, and the caller gives, cannot be taken.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum VexInputError {
    /// A serial number is no UUID.
    #[error("expected a uuid as serial number of the bill of materials")]
    Serial,
    /// A text is blank, too long or has control characters.
    #[error("the {member} is not a valid text")]
    Text {
        /// Which text, such as `author`.
        member: &'static str,
        /// What is wrong with it.
        source: ParseTextError,
    },
    /// A document was changed before it was issued.
    #[error("the last change lies before the issue")]
    Time,
    /// An address is no absolute URI.
    #[error("expected an absolute uri as {member}")]
    Uri {
        /// Which address, such as `namespace`.
        member: &'static str,
    },
    /// The version of a document is 0.
    #[error("expected a document version of at least 1")]
    Version,
}

impl VexInputError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Serial => "incident.export.vex.serial",
            Self::Text { .. } => "incident.export.vex.text",
            Self::Time => "incident.export.vex.time",
            Self::Uri { .. } => "incident.export.vex.uri",
            Self::Version => "incident.export.vex.version",
        }
    }
}

fn list(problems: &[VexProblem]) -> String {
    let texts: Vec<String> = problems.iter().map(ToString::to_string).collect();
    texts.join("; ")
}
