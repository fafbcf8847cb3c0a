use std::collections::BTreeMap;

use serde_json::Map;

use crate::register::Parts;
use crate::{Party, RegisterError, Risk, RiskMatrix, RiskRegister, Text};

/// Collects the risks of a [`RiskRegister`].
///
/// Nothing is refused before [`RiskRegisterBuilder::build`], so calls chain without `?`.
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until it is built"]
pub struct RiskRegisterBuilder {
    title: Text,
    owner: Party,
    matrix: RiskMatrix,
    risks: Vec<Risk>,
}

impl RiskRegisterBuilder {
    pub(crate) const fn new(title: Text, owner: Party, matrix: RiskMatrix) -> Self {
        Self {
            title,
            owner,
            matrix,
            risks: Vec::new(),
        }
    }

    /// Adds a risk.
    pub fn risk(mut self, risk: Risk) -> Self {
        self.risks.push(risk);
        self
    }

    /// Adds risks.
    pub fn risks(mut self, risks: impl IntoIterator<Item = Risk>) -> Self {
        self.risks.extend(risks);
        self
    }

    /// Builds the register.
    ///
    /// # Errors
    ///
    /// [`RegisterError`] where two risks or two actions have one id, or a rating is not of the
    /// matrix.
    pub fn build(self) -> Result<RiskRegister, RegisterError> {
        let mut parts = Parts {
            title: self.title,
            owner: self.owner,
            matrix: self.matrix,
            risks: BTreeMap::new(),
            unknown: Map::new(),
        };
        for risk in self.risks {
            parts.add(risk)?;
        }
        RiskRegister::seal(parts)
    }
}
