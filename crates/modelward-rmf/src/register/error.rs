use modelward_artifact::json::JsonError;
use thiserror::Error;

use crate::{ActionId, Basis, LevelName, ReadDocumentError, RiskError, RiskId};

/// Says why risks and a matrix are no [`RiskRegister`](crate::RiskRegister).
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RegisterError {
    /// Two actions of the register have one id.
    #[error("action `{action}` stands in risk `{first}` and in risk `{second}`")]
    ActionTwice {
        /// The id.
        action: ActionId,
        /// The risk that has the first action.
        first: RiskId,
        /// The risk that has the second.
        second: RiskId,
    },
    /// The register has no canonical form to take the digest of.
    #[error("register has no canonical form")]
    Canonical {
        /// What has no such form.
        source: JsonError,
    },
    /// The matrix does not have an impact.
    #[error(
        "{basis} rating of risk `{risk}` has the impact `{found}`, which the matrix does not have"
    )]
    Impact {
        /// The risk.
        risk: RiskId,
        /// Which rating.
        basis: Basis,
        /// The impact.
        found: LevelName,
    },
    /// The matrix does not have a likelihood.
    #[error(
        "{basis} rating of risk `{risk}` has the likelihood `{found}`, which the matrix does not have"
    )]
    Likelihood {
        /// The risk.
        risk: RiskId,
        /// Which rating.
        basis: Basis,
        /// The likelihood.
        found: LevelName,
    },
    /// A risk refuses a revision.
    #[error("risk `{risk}` cannot be revised so")]
    Revision {
        /// The risk.
        risk: RiskId,
        /// What is wrong with the revision.
        source: RiskError,
    },
    /// Two risks have one id.
    #[error("risk `{id}` stands twice")]
    RiskTwice {
        /// The id.
        id: RiskId,
    },
    /// There is no such risk.
    #[error("register has no risk `{id}`")]
    UnknownRisk {
        /// The id.
        id: RiskId,
    },
}

impl RegisterError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ActionTwice { .. } => "rmf.register.action_twice",
            Self::Canonical { .. } => "rmf.register.canonical",
            Self::Impact { .. } => "rmf.register.impact",
            Self::Likelihood { .. } => "rmf.register.likelihood",
            Self::Revision { .. } => "rmf.register.revision",
            Self::RiskTwice { .. } => "rmf.register.risk_twice",
            Self::UnknownRisk { .. } => "rmf.register.unknown_risk",
        }
    }
}

/// Says why a text is not a [`RiskRegister`](crate::RiskRegister) that can be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadRegisterError {
    /// The text is no document of this schema.
    #[error(transparent)]
    Document {
        /// What is wrong with it.
        source: ReadDocumentError,
    },
    /// The parts do not fit together.
    #[error(transparent)]
    Register {
        /// What does not fit.
        source: RegisterError,
    },
    /// A risk contradicts itself.
    #[error("risk `{risk}` is not valid")]
    Risk {
        /// The risk.
        risk: RiskId,
        /// What is wrong with it.
        source: RiskError,
    },
}

impl ReadRegisterError {
    /// Returns the stable code of this error, or of what it passes on.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Document { source } => source.code(),
            Self::Register { source } => source.code(),
            Self::Risk { .. } => "rmf.register.risk",
        }
    }
}
