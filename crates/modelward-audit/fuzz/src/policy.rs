//! Policies of the release gate and its reports.

use modelward_artifact::{Digest, JsonLimits};
use modelward_audit::{
    Decision, PickleFact, PickleState, PolicyAnswer, ReleaseFacts, ReleasePolicy, ReleaseReport,
};
use modelward_rmf::Phase;

use crate::{now, refused};

/// Reads a policy in both forms, which is one policy, and judges by it.
pub fn release_policy(bytes: &[u8]) {
    let limits = JsonLimits::default();
    let toml = std::str::from_utf8(bytes).ok();
    let toml = toml.map(|text| ReleasePolicy::from_toml(text, &limits));
    for policy in [Some(ReleasePolicy::from_json(bytes, &limits)), toml] {
        match policy {
            Some(Ok(policy)) => judge(&policy),
            Some(Err(error)) => refused(&error),
            None => {}
        }
    }
}

fn judge(policy: &ReleasePolicy) {
    let limits = JsonLimits::default();
    let written = policy.to_json().expect("it has a form");
    let again = ReleasePolicy::from_json(&written, &limits).expect("what we wrote is read");
    assert_eq!(again, *policy);
    assert_eq!(again.digest(), policy.digest());
    let root = Digest::sha256(b"files");
    let nothing = ReleaseFacts::new("model", root);
    let pickle = |state| PickleFact::new("a.pkl".into(), state);
    let clean = nothing.clone().with_pickles([]).with_incidents([]);
    let unsafe_ = clean.clone().with_pickles([pickle(PickleState::Unsafe)]);
    for phase in Phase::ALL {
        let unknown = decided(policy.evaluate(phase, &nothing, now()));
        assert_eq!(
            unknown,
            Decision::CannotTell,
            "what is not known is no pass"
        );
        let good = policy.evaluate(phase, &clean, now());
        let bad = policy.evaluate(phase, &unsafe_, now());
        assert!(good.decision() != Decision::NoGo || bad.decision() == Decision::NoGo);
        decided(good);
        decided(bad);
    }
}

/// Writes a report, which is read as it was.
fn decided(report: ReleaseReport) -> Decision {
    let read = ReleaseReport::from_json(&report.to_json(), &JsonLimits::default());
    assert_eq!(read.expect("what we wrote is read"), report);
    report.decision()
}

/// Reads a report, which is written and read as the same and contradicts itself nowhere.
pub fn release_report(bytes: &[u8]) {
    match ReleaseReport::from_json(bytes, &JsonLimits::default()) {
        Ok(report) => {
            let _ = report.to_sarif();
            let mut rules = report.rules().iter();
            let fails = rules.any(|rule| rule.answer() == PolicyAnswer::Fail);
            assert_eq!(fails, report.decision() == Decision::NoGo);
            decided(report);
        }
        Err(error) => refused(&error),
    }
}
