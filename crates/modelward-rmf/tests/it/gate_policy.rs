use modelward_artifact::JsonLimits;
use modelward_rmf::{
    GateInputs, GatePolicy, Phase, PhaseDecision, Requirement, Subcategory, Subject,
};
use serde_json::{Value, json};

use crate::gate::{evaluate, good, now, policy, put, read_policy};

#[test]
fn a_policy_survives_and_every_member_changes_its_digest() {
    let first = read_policy(&policy());
    let bytes = first.to_json().unwrap();
    let again = GatePolicy::from_json(&bytes, &JsonLimits::default()).unwrap();
    assert_eq!(
        (again.digest(), again.to_json().unwrap()),
        (first.digest(), bytes)
    );
    let mut expected = policy();
    // Sets are sorted.
    expected["forbid"] = json!(["org.freeze", "rmf.check.evidence_changed"]);
    let require = expected["require"].as_array_mut().unwrap();
    require.swap(1, 2);
    assert_eq!(serde_json::to_value(&first).unwrap(), expected);
    let cases = [
        ("/id", json!("org.other")),
        ("/version", json!("2")),
        ("/title", json!("other")),
        ("/phase", json!("release")),
        (
            "/require/0",
            json!({"subcategory": "MAP 1.2", "atLeast": {"attainment": "met"}, "onMiss": "block"}),
        ),
        ("/subject", json!("name")),
        ("/maxAssessmentAgeDays", Value::Null),
        ("/minIndependence", json!("external")),
        ("/evidence", json!("current")),
        ("/notApplicable", json!("accept")),
        ("/risks/undecided", json!("condition")),
        ("/risks", Value::Null),
        ("/forbid", json!([])),
    ];
    for (pointer, value) in cases {
        let mut changed = policy();
        put(&mut changed, pointer, value);
        assert_ne!(read_policy(&changed).digest(), first.digest(), "{pointer}");
    }
}

#[test]
fn what_is_no_policy_is_refused_and_named() {
    let met = json!({"subcategory": "gv-1.1", "atLeast": {"attainment": "met"}, "onMiss": "block"});
    let softer = json!({"subcategory": "GOVERN 1.1", "atLeast": {"attainment": "met"}, "onMiss": "condition"});
    let cases = [
        (
            "/schema",
            json!("modelward.gate-policy/2"),
            "rmf.read.schema",
            "unknown schema `modelward.gate-policy/2`, expected `modelward.gate-policy/1`",
        ),
        (
            "/framework",
            json!("AI RMF 2.0"),
            "rmf.read.framework",
            "unknown framework `AI RMF 2.0`, expected `AI RMF 1.0`",
        ),
        (
            "/require",
            json!([]),
            "rmf.gate_policy.no_requirement",
            "gate policy requires no subcategory",
        ),
        (
            "/require",
            json!([met, softer]),
            "rmf.gate_policy.twice",
            "gate policy requires GOVERN 1.1 to be at least `met` twice",
        ),
        (
            "/risks",
            json!("-"),
            "rmf.read.missing",
            "document has no member `risks`",
        ),
        (
            "/maxAssessmentAgeDays",
            json!("-"),
            "rmf.read.missing",
            "document has no member `maxAssessmentAgeDays`",
        ),
        (
            "/maxAssessmentAgeDays",
            json!(-1),
            "rmf.read.shape",
            "`maxAssessmentAgeDays` is not valid",
        ),
        (
            "/forbid",
            json!(["a b"]),
            "rmf.read.shape",
            "`forbid[0]` is not valid",
        ),
        (
            "/phase",
            json!("vibes"),
            "rmf.read.shape",
            "`phase` is not valid",
        ),
        (
            "/risks/appetite",
            json!("low"),
            "rmf.read.shape",
            "`risks.appetite` is not valid",
        ),
        (
            "/requires",
            json!([]),
            "rmf.read.unknown",
            "unknown member `requires`",
        ),
    ];
    for (pointer, value, code, message) in cases {
        let mut changed = policy();
        put(&mut changed, pointer, value);
        let error = GatePolicy::from_json(changed.to_string().as_bytes(), &JsonLimits::default());
        let error = error.unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (code, message));
    }
}

#[test]
fn our_policies_ask_what_their_phases_are_about() {
    let all = Phase::ALL.map(GatePolicy::recommended);
    for (phase, policy) in Phase::ALL.into_iter().zip(&all) {
        assert_eq!(policy.phase(), phase);
        let own = policy
            .requirements()
            .filter(|it| it.subcategory().phases().contains(&phase));
        let mut own: Vec<_> = own.map(Requirement::subcategory).collect();
        own.dedup();
        let expected = Subcategory::ALL.into_iter();
        let expected: Vec<_> = expected.filter(|it| it.phases().contains(&phase)).collect();
        assert_eq!(own, expected, "{phase}");
        let read = GatePolicy::from_json(&policy.to_json().unwrap(), &JsonLimits::default());
        assert_eq!(read.unwrap().digest(), policy.digest());
        assert!(policy.risks().is_some() && policy.forbidden().len() > 0);
    }
    let blocks = |phase: usize, id: &str| {
        let required = all[phase].requirements();
        let required = required.filter(|it| it.subcategory().to_string() == id);
        required.filter(|it| it.is_blocking()).count()
    };
    let release = 4;
    for id in [
        "MAP 1.1",
        "MAP 4.1",
        "MEASURE 2.3",
        "MEASURE 2.7",
        "MANAGE 1.1",
    ] {
        assert_eq!(blocks(release, id), 1, "{id}");
    }
    assert_eq!(blocks(6, "MEASURE 2.7"), 0);
    let subject = Subject::new("model").unwrap();
    let nothing = all[release].evaluate(&GateInputs::new(&subject), now());
    assert_eq!(nothing.decision(), PhaseDecision::CannotTell);
}

#[test]
fn our_policies_have_the_terms_of_their_phases() {
    // The phase, how old an assessment may be, what the subject goes by, how independent the assessor
    // has to be, what an undecided risk comes to, and how many findings are forbidden.
    let expected = [
        ("scoping", 365, "name", None, "condition", 6),
        ("engineering", 365, "name", None, "block", 6),
        ("model-development", 365, "bytes", None, "block", 6),
        ("testing", 180, "bytes", None, "block", 6),
        ("release", 90, "bytes", Some("internal"), "block", 8),
        ("operation", 180, "bytes", Some("internal"), "block", 8),
        ("decommissioning", 180, "bytes", None, "block", 6),
    ];
    for (phase, expected) in Phase::ALL.into_iter().zip(expected) {
        let policy = serde_json::to_value(GatePolicy::recommended(phase)).unwrap();
        let found = (
            policy["phase"].as_str().unwrap(),
            policy["maxAssessmentAgeDays"].as_u64().unwrap(),
            policy["subject"].as_str().unwrap(),
            policy["minIndependence"].as_str(),
            policy["risks"]["undecided"].as_str().unwrap(),
            policy["forbid"].as_array().unwrap().len(),
        );
        assert_eq!(found, expected);
        assert_eq!(policy["evidence"], json!({"no-older-than": {"days": 365}}));
        assert_eq!(policy["risks"]["accepted"], "condition");
    }
}

#[test]
fn our_policies_let_through_what_is_met_and_shown() {
    for phase in Phase::ALL {
        let mut whole = good();
        let policy = GatePolicy::recommended(phase);
        whole["policy"] = serde_json::to_value(&policy).unwrap();
        let met = json!({"determination": "rated", "level": "met", "rationale": "a", "evidence": ["E-3"]});
        let all = Subcategory::ALL.into_iter();
        whole["assessment"]["current"] = all.map(|it| (it.to_string(), met.clone())).collect();
        let evidence = json!({
            "source": {"kind": "document", "title": "report"}, "method": "examine",
            "collector": "Grace", "collected": "2026-11-20T10:00:00Z",
        });
        put(&mut whole, "/assessment/evidence/E-3", evidence);
        let report = evaluate(&whole);
        assert_eq!(report.decision(), PhaseDecision::Go, "{report}");
        let core = policy.requirements().find(|it| it.is_blocking()).unwrap();
        let level = format!("/assessment/current/{}/level", core.subcategory());
        put(&mut whole, &level, json!("not-met"));
        assert_eq!(evaluate(&whole).decision(), PhaseDecision::NoGo, "{phase}");
    }
}
