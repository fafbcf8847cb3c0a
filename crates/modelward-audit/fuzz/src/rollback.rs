//! What a plan of rollback is made of, and the plan.

use modelward_artifact::JsonLimits;
use modelward_audit::rollback::{ReleaseHistory, RollbackPlan, RollbackPolicy};

use crate::refused;

/// Reads a history of releases, which is written and read as the same.
pub fn release_history(bytes: &[u8]) {
    let limits = JsonLimits::default();
    match ReleaseHistory::from_json(bytes, &limits) {
        Ok(history) => {
            let written = history.to_json();
            let again = ReleaseHistory::from_json(&written, &limits);
            let again = again.expect("what we wrote is read");
            assert_eq!(again, history);
            assert_eq!(again.digest(), history.digest());
            for record in history.releases() {
                let _ = record.to_release();
            }
        }
        Err(error) => refused(&error),
    }
}

/// Reads a policy of rollback, which is written and read as the same.
pub fn rollback_policy(bytes: &[u8]) {
    let limits = JsonLimits::default();
    match RollbackPolicy::from_json(bytes, &limits) {
        Ok(policy) => {
            let again = RollbackPolicy::from_json(&policy.to_json(), &limits);
            let again = again.expect("what we wrote is read");
            assert_eq!(again, policy);
            assert_eq!(again.digest(), policy.digest());
            assert!(!policy.validity().is_zero(), "a plan is good for a while");
        }
        Err(error) => refused(&error),
    }
}

/// Reads a plan, which is written and read as the same and tells how each taint came to be.
pub fn rollback_plan(bytes: &[u8]) {
    let limits = JsonLimits::default();
    match RollbackPlan::from_json(bytes, &limits) {
        Ok(plan) => {
            let written = plan.to_json();
            let again = RollbackPlan::from_json(&written, &limits);
            let again = again.expect("what we wrote is read");
            assert_eq!(again, plan);
            assert_eq!(again.digest(), plan.digest());
            for tainted in plan.taint().iter().take(64) {
                let _ = plan.witness(&tainted.node);
            }
        }
        Err(error) => refused(&error),
    }
}
