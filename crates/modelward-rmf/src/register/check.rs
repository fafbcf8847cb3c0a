use std::collections::BTreeMap;

use crate::register::Parts;
use crate::{AxisLevel, Basis, LevelName, RegisterError, Risk, RiskMatrix};

/// Checks what no risk can know of itself: the matrix and the other risks.
pub(crate) fn check(parts: &Parts) -> Result<(), RegisterError> {
    let mut actions = BTreeMap::new();
    for risk in parts.risks.values() {
        for basis in Basis::ALL {
            rated(&parts.matrix, risk, basis)?;
        }
        for action in risk.treatment().actions() {
            if let Some(first) = actions.insert(action.id(), risk.id()) {
                return Err(RegisterError::ActionTwice {
                    action: action.id().clone(),
                    first: first.clone(),
                    second: risk.id().clone(),
                });
            }
        }
    }
    Ok(())
}

fn rated(matrix: &RiskMatrix, risk: &Risk, basis: Basis) -> Result<(), RegisterError> {
    let Some(rating) = risk.rating(basis) else {
        return Ok(());
    };
    let (likelihood, impact) = (rating.likelihood(), rating.impact());
    if !has(matrix.likelihood(), likelihood) {
        return Err(RegisterError::Likelihood {
            risk: risk.id().clone(),
            basis,
            found: likelihood.clone(),
        });
    }
    if !has(matrix.impact(), impact) {
        return Err(RegisterError::Impact {
            risk: risk.id().clone(),
            basis,
            found: impact.clone(),
        });
    }
    Ok(())
}

fn has(axis: &[AxisLevel], name: &LevelName) -> bool {
    axis.iter().any(|level| level.name() == name)
}
