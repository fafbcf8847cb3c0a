use std::collections::BTreeSet;

use modelward_artifact::json::JsonError;
use thiserror::Error;

use crate::assessment::FRAMEWORK;
use crate::gate::{Parts, SCHEMA};
use crate::{
    AtLeast, EvidenceDemand, FindingCode, GatePolicy, Handling, Independence, Phase, PolicyId,
    Requirement, RiskTerms, Standing, Subcategory, SubjectBinding, Text,
};

/// Collects what a [`GatePolicy`] asks.
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until it is built"]
pub struct GatePolicyBuilder {
    pub(super) parts: Parts,
    pub(super) required: Vec<Requirement>,
}

impl GatePolicyBuilder {
    pub(crate) fn new(id: PolicyId, version: Text, title: Text, phase: Phase) -> Self {
        let parts = Parts {
            schema: SCHEMA,
            framework: FRAMEWORK,
            id,
            version,
            title,
            phase,
            require: BTreeSet::new(),
            subject: SubjectBinding::Bytes,
            max_assessment_age_days: None,
            min_independence: None,
            evidence: EvidenceDemand::Current,
            not_applicable: Handling::Condition,
            risks: Some(RiskTerms::within(Standing::WithinTolerance)),
            forbid: BTreeSet::new(),
        };
        Self {
            parts,
            required: Vec::new(),
        }
    }

    /// Requires a subcategory. One subcategory may be required at several levels, such as one below
    /// which the gate is shut and a higher one below which there is a condition.
    pub fn require(mut self, requirement: Requirement) -> Self {
        self.required.push(requirement);
        self
    }

    /// Sets how the assessment has to be bound to the subject; by its bytes unless it is set.
    pub const fn subject(mut self, binding: SubjectBinding) -> Self {
        self.parts.subject = binding;
        self
    }

    /// Sets how many days old the assessment may be, counted from the day of it; any age unless it
    /// is set.
    pub const fn max_assessment_age_days(mut self, days: u32) -> Self {
        self.parts.max_assessment_age_days = Some(days);
        self
    }

    /// Sets how far the assessor has to stand from those whose work it is; any distance unless it
    /// is set.
    pub const fn min_independence(mut self, independence: Independence) -> Self {
        self.parts.min_independence = Some(independence);
        self
    }

    /// Sets what required ratings have to rest on; evidence that has not expired unless it is set.
    pub const fn evidence(mut self, demand: EvidenceDemand) -> Self {
        self.parts.evidence = demand;
        self
    }

    /// Sets what follows where a required subcategory is stated not to apply; a condition unless it
    /// is set. It never weighs more than a miss of the requirement would.
    pub const fn not_applicable(mut self, handling: Handling) -> Self {
        self.parts.not_applicable = handling;
        self
    }

    /// Sets how risks are judged.
    pub fn risks(mut self, terms: RiskTerms) -> Self {
        self.parts.risks = Some(terms);
        self
    }

    /// Judges no risks and asks for no register.
    pub fn without_risks(mut self) -> Self {
        self.parts.risks = None;
        self
    }

    /// Shuts the gate where there is a finding with this code.
    pub fn forbid(mut self, code: FindingCode) -> Self {
        self.parts.forbid.insert(code);
        self
    }

    /// Builds the policy.
    ///
    /// # Errors
    ///
    /// [`GatePolicyError`] where nothing is required, or one thing twice.
    pub fn build(self) -> Result<GatePolicy, GatePolicyError> {
        let mut parts = self.parts;
        let mut seen = BTreeSet::new();
        for requirement in self.required {
            let (subcategory, at_least) = (requirement.subcategory(), requirement.at_least());
            if !seen.insert((subcategory, at_least.clone())) {
                return Err(GatePolicyError::Twice {
                    subcategory,
                    at_least: at_least.clone(),
                });
            }
            parts.require.insert(requirement);
        }
        GatePolicy::seal(parts)
    }
}

/// Says why something is no [`GatePolicy`].
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum GatePolicyError {
    /// The policy has no canonical form to take the digest of.
    #[error("gate policy has no canonical form")]
    Canonical {
        /// What has no such form.
        source: JsonError,
    },
    /// It requires nothing, so that its gate would stand open.
    #[error("gate policy requires no subcategory")]
    NoRequirement,
    /// It requires one thing twice.
    #[error("gate policy requires {subcategory} to be at least {at_least} twice")]
    Twice {
        /// The subcategory.
        subcategory: Subcategory,
        /// What it is required to be.
        at_least: AtLeast,
    },
}

impl GatePolicyError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Canonical { .. } => "rmf.gate_policy.canonical",
            Self::NoRequirement => "rmf.gate_policy.no_requirement",
            Self::Twice { .. } => "rmf.gate_policy.twice",
        }
    }
}
