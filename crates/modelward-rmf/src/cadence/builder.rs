use std::collections::BTreeMap;

use modelward_artifact::json::JsonError;
use thiserror::Error;

use crate::assessment::FRAMEWORK;
use crate::cadence::{Parts, SCHEMA};
use crate::{AuditCadence, CadenceRule, CadenceScope, PolicyId, Text};

/// Collects the rules of an [`AuditCadence`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until it is built"]
pub struct AuditCadenceBuilder {
    id: PolicyId,
    version: Text,
    default: CadenceRule,
    overrides: Vec<(CadenceScope, CadenceRule)>,
}

impl AuditCadenceBuilder {
    pub(crate) const fn new(id: PolicyId, version: Text, default: CadenceRule) -> Self {
        Self {
            id,
            version,
            default,
            overrides: Vec::new(),
        }
    }

    /// Sets the rule of a subcategory, a category, a function or a phase.
    pub fn with(mut self, scope: CadenceScope, rule: CadenceRule) -> Self {
        self.overrides.push((scope, rule));
        self
    }

    /// Builds the cadence.
    ///
    /// # Errors
    ///
    /// [`AuditCadenceError`] where there are two rules for one scope.
    pub fn build(self) -> Result<AuditCadence, AuditCadenceError> {
        let mut overrides = BTreeMap::new();
        for (scope, rule) in self.overrides {
            if overrides.insert(scope, rule).is_some() {
                return Err(AuditCadenceError::Twice { scope });
            }
        }
        AuditCadence::seal(Parts {
            schema: SCHEMA,
            framework: FRAMEWORK,
            id: self.id,
            version: self.version,
            default: self.default,
            overrides,
        })
    }
}

/// Says why rules are no [`AuditCadence`].
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AuditCadenceError {
    /// The cadence has no canonical form to take the digest of.
    #[error("audit cadence has no canonical form")]
    Canonical {
        /// What has no such form.
        source: JsonError,
    },
    /// There are two rules for one scope.
    #[error("audit cadence has two rules for {scope}")]
    Twice {
        /// The scope.
        scope: CadenceScope,
    },
}

impl AuditCadenceError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Canonical { .. } => "rmf.audit_cadence.canonical",
            Self::Twice { .. } => "rmf.audit_cadence.twice",
        }
    }
}
