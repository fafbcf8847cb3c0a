use std::fmt;

use super::plan::RollbackPlan;
use super::policy::Suspects;
use super::{RollbackRequest, plan_rollback};

/// Holds two plans of the same moment: one that counts suspicions as compromise, and one that counts
/// only what is confirmed.
///
/// Where they go back to the same release, suspicions do not matter. Where they differ, a person
/// decides; the strict one is the safe one.
#[derive(Clone, Debug, Eq, PartialEq)]
#[must_use = "an unread plan restores nothing"]
pub struct BothPlans {
    strict: RollbackPlan,
    relaxed: RollbackPlan,
}

impl BothPlans {
    /// Returns the plan in which what is suspected, or was not looked at yet, taints too.
    pub const fn strict(&self) -> &RollbackPlan {
        &self.strict
    }

    /// Returns the plan in which only what is confirmed to be compromised taints.
    pub const fn relaxed(&self) -> &RollbackPlan {
        &self.relaxed
    }

    /// Tells whether both come to the same.
    #[must_use]
    pub fn agree(&self) -> bool {
        self.strict.outcome() == self.relaxed.outcome()
    }
}

/// Shows both plans in lines that are safe to print on a terminal.
impl fmt::Display for BothPlans {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "with suspicions: {}", self.strict)?;
        write!(f, "\nwithout suspicions: {}", self.relaxed)
    }
}

/// Plans twice, with suspicions and without, whatever the policy says of them.
pub fn plan_both_ways(request: &RollbackRequest<'_>) -> BothPlans {
    let plan = |suspects| {
        let policy = request.policy.clone().with_suspects(suspects);
        plan_rollback(&request.clone().with_policy(policy))
    };
    BothPlans {
        strict: plan(Suspects::Taint),
        relaxed: plan(Suspects::Ignore),
    }
}
