use modelward_artifact::Findings;
use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use modelward_bom::ReadBomError;
use modelward_graph::{BuildGraphError, ParseNodeIdError};
use modelward_sign::{AttestationError, SignError, VerifyError};
use thiserror::Error;

/// Says why an ML-BOM was not attested.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AttestBomError {
    /// The document does not make an attestation.
    #[error("the ML-BOM does not make an attestation")]
    Attestation {
        /// What is wrong.
        #[from]
        source: AttestationError,
    },
    /// The document lists other files than the model has.
    #[error("the ML-BOM is of other files: {findings}")]
    OtherFiles {
        /// Each difference.
        findings: Findings,
    },
    /// It could not be signed.
    #[error("the ML-BOM could not be signed")]
    Sign {
        /// What the signer said.
        #[from]
        source: SignError,
    },
}

impl AttestBomError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Attestation { source } => source.code(),
            Self::OtherFiles { .. } => "audit.bom.other_files",
            Self::Sign { source } => source.code(),
        }
    }
}

/// Says why there is no answer on a model and its ML-BOM.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum VerifyBomError {
    /// What was attested is no CycloneDX document.
    #[error("what was attested is not an ML-BOM")]
    Bom {
        /// What is wrong.
        #[from]
        source: ReadBomError,
    },
    /// A signature or the model gives no answer.
    #[error("the signatures give no answer")]
    Verify {
        /// Why.
        #[from]
        source: VerifyError,
    },
}

impl VerifyBomError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Bom { source } => source.code(),
            Self::Verify { source } => source.code(),
        }
    }
}

/// Says why an ML-BOM does not make a graph.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LineageError {
    /// A dependency names something that is not in the document.
    #[error(
        "a dependency names `{}`, which is not in the document",
        Terminal(bom_ref)
    )]
    Dangling {
        /// The name.
        bom_ref: String,
    },
    /// Two components have the same `bom-ref`.
    #[error("two components have the bom-ref `{}`", Terminal(bom_ref))]
    Duplicate {
        /// The reference.
        bom_ref: String,
    },
    /// The nodes and edges do not make a graph.
    #[error("the components do not make a graph")]
    Graph {
        /// What is wrong.
        #[from]
        source: BuildGraphError,
    },
    /// A component cannot be named in a graph.
    #[error("component `{}` cannot be named in a graph", Terminal(bom_ref))]
    Name {
        /// The component's reference.
        bom_ref: String,
        /// What is wrong with its identity.
        source: ParseNodeIdError,
    },
    /// The document is not about one model.
    #[error("the document is not about one machine-learning model")]
    NoModel,
}

impl LineageError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Dangling { .. } => "audit.lineage.dangling",
            Self::Duplicate { .. } => "audit.lineage.duplicate",
            Self::Graph { source } => source.code(),
            Self::Name { source, .. } => source.code(),
            Self::NoModel => "audit.lineage.no_model",
        }
    }
}

/// Says why a list of affected assets could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadAffectedError {
    /// The text is not the expected JSON.
    #[error("the list of affected assets is not the expected json")]
    Json {
        /// What is wrong.
        #[from]
        source: JsonError,
    },
    /// The list is of another kind or version.
    #[error(
        "the list has the schema `{}`, expected `modelward.affected/1`",
        Terminal(found)
    )]
    Schema {
        /// The schema found.
        found: String,
    },
}

impl ReadAffectedError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Json { source } => source.code(),
            Self::Schema { .. } => "audit.affected.schema",
        }
    }
}
