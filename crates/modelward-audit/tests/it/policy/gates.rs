//! By which policy a phase gate has to have judged.

use modelward_artifact::Digest;
use modelward_audit::{PhaseGateFact, PolicyRule};
use modelward_rmf::{Phase, PhaseDecision};

use super::{codes, judge, none, policy, root};

#[test]
fn a_gate_by_another_policy_than_the_one_asked_for_tells_nothing() {
    let asked = Digest::sha256(b"the policy of the gate");
    let rules = format!("[phase.release.phase-gate]\npolicy = '{asked}'\n");
    let other = Digest::sha256(b"a weaker one");
    for (judged_by, decision) in [
        (Some(asked), PhaseDecision::Go),
        (Some(other), PhaseDecision::CannotTell),
        (None, PhaseDecision::CannotTell),
    ] {
        let go = PhaseDecision::Go;
        let fact = PhaseGateFact::new(
            Phase::Release,
            go,
            judged_by,
            Some(root()),
            None,
            Vec::new(),
        );
        let report = judge(&policy(&rules), &none().with_phase_gate([fact]));
        assert_eq!(report.decision(), decision, "{report}");
        let found = codes(&report, PolicyRule::PhaseGate);
        let is_other = found.contains(&"policy.phase_gate.other_policy");
        assert_eq!(is_other, judged_by != Some(asked), "{report}");
    }
}
