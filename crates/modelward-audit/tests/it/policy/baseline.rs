//! The policy that modelward starts from.

use modelward_audit::{PolicyAnswer, PolicyRule, ReleaseFacts, ReleasePolicy};
use modelward_rmf::{Phase, PhaseDecision};

use super::none;
use crate::road::now;

#[test]
fn the_baseline_has_rules_for_every_phase_and_all_at_release() {
    let policy = ReleasePolicy::baseline();
    let phases: Vec<Phase> = policy.phases().map(|(phase, _)| phase).collect();
    assert_eq!(phases, Phase::ALL);
    let release = policy.rules(Phase::Release).unwrap();
    assert_eq!(release.asked(), PolicyRule::ALL);
    assert_eq!(policy.waivers().len(), 0);
    let digest = policy.digest();
    assert_eq!(ReleasePolicy::baseline().digest(), digest);
}

#[test]
fn the_baseline_names_nothing_that_only_an_organization_can_name() {
    let policy = ReleasePolicy::baseline();
    for (phase, rules) in policy.phases() {
        let signers = rules.signature().map(|terms| terms.signers.len());
        assert!(signers.is_none_or(|it| it == 0), "{phase}");
        let denied = rules.licenses().map(|terms| terms.deny.len());
        assert!(denied.is_none_or(|it| it == 0), "{phase}");
        let gate = rules.phase_gate().and_then(|terms| terms.policy);
        assert_eq!(gate, None, "{phase}");
    }
}

#[test]
fn the_baseline_cannot_tell_of_what_it_knows_nothing() {
    let policy = ReleasePolicy::baseline();
    for phase in Phase::ALL {
        let facts: ReleaseFacts = none();
        let report = policy.evaluate(phase, &facts, now());
        assert_eq!(report.decision(), PhaseDecision::CannotTell, "{report}");
        for outcome in report.rules() {
            assert_eq!(outcome.answer(), PolicyAnswer::CannotTell, "{report}");
        }
    }
}
