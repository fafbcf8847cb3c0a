use modelward_artifact::JsonLimits;
use modelward_audit::{Decision, PickleFact, PickleState, PolicyAnswer, PolicyRule, ReleasePolicy};
use modelward_rmf::Phase;
use serde_json::Value;

use super::{HEAD, judge, none, policy};
use crate::road::now;

const WAIVER: [&str; 4] = [
    "rule = 'pickles'",
    "approver = 'Ada Example'",
    "reason = 'retrained next week'",
    "expires = '2026-11-23'",
];

fn with_waiver(members: &[&str]) -> String {
    let members = members.join("\n");
    format!("[phase.release.pickles]\n[phase.testing.pickles]\n[[waivers]]\n{members}\n")
}

fn bad() -> PickleFact {
    PickleFact::new("weights.bin".to_owned(), PickleState::Unsafe)
}

#[test]
fn a_waiver_without_one_of_its_members_is_refused() {
    for (index, member) in WAIVER.iter().enumerate() {
        let mut members = WAIVER.to_vec();
        members.remove(index);
        let text = format!("{HEAD}{}", with_waiver(&members));
        let refused = ReleasePolicy::from_toml(&text, &JsonLimits::default()).unwrap_err();
        let name = member.split(' ').next().unwrap();
        let expected = format!("policy refused at line 7, column 1: missing field `{name}`");
        assert_eq!(refused.to_string(), expected);
        let empty = format!("{name} = ''");
        members.push(&empty);
        let text = format!("{HEAD}{}", with_waiver(&members));
        assert!(ReleasePolicy::from_toml(&text, &JsonLimits::default()).is_err());
    }
}

#[test]
fn what_is_waived_goes_with_conditions_and_names_who_why_and_until_when() {
    let policy = policy(&with_waiver(&WAIVER));
    let report = judge(&policy, &none().with_pickles([bad()]));
    assert_eq!(report.decision(), Decision::GoWithConditions);
    assert_eq!(report.decision().exit_code(), 3);
    let outcome = report.rule(PolicyRule::Pickles).unwrap();
    assert_eq!(outcome.answer(), PolicyAnswer::Waived);
    let waiver = outcome.reasons()[0].waiver().unwrap();
    assert_eq!(waiver.approver().name().as_str(), "Ada Example");
    let text = report.to_string();
    let by = "(waived by Ada Example until 2026-11-23: retrained next week)";
    assert!(text.contains(by), "{text}");
    let json: Value = serde_json::from_slice(&report.to_json()).unwrap();
    assert_eq!(json["rules"][0]["answer"], "waived");
    assert_eq!(
        json["rules"][0]["reasons"][0]["waiver"]["expires"],
        "2026-11-23"
    );
    let sarif: Value = serde_json::from_slice(&report.to_sarif()).unwrap();
    let suppression = &sarif["runs"][0]["results"][0]["suppressions"][0];
    assert_eq!(suppression["status"], "accepted");
}

#[test]
fn an_expired_waiver_does_not_count_and_is_named() {
    let policy = policy(&with_waiver(&WAIVER));
    let facts = none().with_pickles([bad()]);
    let later = "2026-11-24T00:00:00Z".parse().unwrap();
    let report = policy.evaluate(Phase::Release, &facts, later);
    assert_eq!(report.decision(), Decision::NoGo);
    assert_eq!(report.expired_waivers().len(), 1);
    let text = report.to_string();
    assert!(
        text.contains("a waiver on pickles expired on 2026-11-23"),
        "{text}"
    );
}

#[test]
fn a_waiver_covers_what_it_is_narrowed_to() {
    let cases = [
        ("phase = 'release'", Decision::GoWithConditions),
        ("phase = 'testing'", Decision::NoGo),
        ("subject = 'weights.bin'", Decision::GoWithConditions),
        ("subject = 'other.bin'", Decision::NoGo),
    ];
    for (narrowed, decision) in cases {
        let mut members = WAIVER.to_vec();
        members.push(narrowed);
        let policy = policy(&with_waiver(&members));
        let report = judge(&policy, &none().with_pickles([bad()]));
        assert_eq!(report.decision(), decision, "{narrowed}");
        let waiver = policy.waivers().next().unwrap();
        let phase = waiver.phase().map(|it| format!("phase = '{it}'"));
        let subject = waiver.subject().map(|it| format!("subject = '{it}'"));
        assert_eq!(phase.or(subject).as_deref(), Some(narrowed));
    }
}

#[test]
fn a_waiver_never_covers_what_nobody_has_seen() {
    let policy = policy(&with_waiver(&WAIVER));
    assert_eq!(judge(&policy, &none()).decision(), Decision::CannotTell);
    let blind = PickleFact::new("weights.bin".to_owned(), PickleState::NotScanned);
    let facts = none().with_pickles([bad(), blind]);
    assert_eq!(judge(&policy, &facts).decision(), Decision::CannotTell);
    assert_eq!(
        policy.evaluate(Phase::Testing, &none(), now()).decision(),
        Decision::CannotTell
    );
}
