use modelward_artifact::{Digest, Finding, JsonLimits, Timestamp};
use modelward_rmf::{
    Assessment, AssetRef, GateAnswer, GateInputs, GateOutcome, GatePolicy, GateRule, PhaseDecision,
    PhaseGateReport, RatingScale, RiskMatrix, RiskRegister, Subject,
};
use serde_json::{Value, json};

use crate::treatment::at;

pub(crate) fn now() -> Timestamp {
    at("2026-11-26T10:00:00Z")
}

pub(crate) fn digest(of: &str) -> String {
    Digest::sha256(of.as_bytes()).to_string()
}

pub(crate) fn policy() -> Value {
    let require = |id: &str, least: Value, on_miss: &str| json!({"subcategory": id, "atLeast": least, "onMiss": on_miss});
    json!({
        "schema": "modelward.gate-policy/1",
        "framework": "AI RMF 1.0",
        "id": "org.testing",
        "version": "1",
        "title": "End of testing",
        "phase": "testing",
        "require": [
            require("MAP 1.1", json!({"attainment": "met"}), "block"),
            require("MEASURE 2.7", json!({"level": "partially-met"}), "block"),
            require("MEASURE 2.7", json!({"level": "met"}), "condition"),
        ],
        "subject": "bytes",
        "maxAssessmentAgeDays": 30,
        "minIndependence": "internal",
        "evidence": {"no-older-than": {"days": 60}},
        "notApplicable": "condition",
        "risks": {
            "highest": {"standing": "within-tolerance"},
            "accepted": "condition",
            "undecided": "block",
        },
        "forbid": ["rmf.check.evidence_changed", "org.freeze"],
    })
}

pub(crate) fn assessment() -> Value {
    let evidence = |id: &str| {
        json!({
            "source": {"kind": "document", "title": "report"},
            "method": "examine",
            "collector": "Grace",
            "collected": "2026-11-20T10:00:00Z",
            "expires": "2027-06-30",
            "bearsOn": {id: "supports"},
        })
    };
    let met = |evidence: &str| json!({"determination": "rated", "level": "met", "rationale": "a", "evidence": [evidence]});
    json!({
        "schema": "modelward.assessment/1",
        "framework": "AI RMF 1.0",
        "subject": {"name": "model", "version": "2", "digest": digest("root")},
        "assessor": "Ada",
        "independence": "internal",
        "assessedAt": "2026-11-23T10:00:00Z",
        "scale": RatingScale::outcome(),
        "current": {"MAP 1.1": met("E-1"), "MEASURE 2.7": met("E-2")},
        "target": {"MEASURE 2.7": {"level": "met", "priority": "high", "due": "2026-12-31"}},
        "evidence": {"E-1": evidence("MAP 1.1"), "E-2": evidence("MEASURE 2.7")},
    })
}

pub(crate) fn accepted(expires: &str) -> Value {
    json!({"kind": "accept", "by": "Ada", "on": "2026-11-01", "justification": "a", "expires": expires})
}

pub(crate) fn register() -> Value {
    json!({
        "schema": "modelward.risk-register/1",
        "title": "Risks",
        "owner": "Ada",
        "matrix": RiskMatrix::five_by_five(),
        "risks": {"R-1": {
            "statement": {"cause": "a", "event": "b", "consequence": "c"},
            "kind": "threat",
            "current": {"likelihood": "possible", "impact": "moderate"},
            "treatment": {"kind": "avoid", "decision": "The feature is off."},
            "owner": "Ada",
            "status": "open",
            "identifiedAt": "2026-11-20T10:00:00Z",
        }},
    })
}

/// What goes through the gate without a condition, in one value, so that a case can change a part.
pub(crate) fn good() -> Value {
    json!({
        "policy": policy(),
        "subject": {"name": "model", "version": "2", "digest": digest("root")},
        "assessment": assessment(),
        "register": register(),
        "assets": null,
        "findings": [["org.note", "all is well"]],
    })
}

/// Sets or adds a part; `"-"` takes it away.
pub(crate) fn put(whole: &mut Value, pointer: &str, value: Value) {
    let (parent, member) = pointer.rsplit_once('/').unwrap();
    match whole.pointer_mut(parent).unwrap() {
        Value::Array(items) => items.push(value),
        Value::Object(members) if value == json!("-") => {
            assert!(members.remove(member).is_some(), "{pointer}");
        }
        Value::Object(members) => {
            members.insert(member.to_owned(), value);
        }
        _ => panic!("{pointer}"),
    }
}

pub(crate) fn read_policy(value: &Value) -> GatePolicy {
    GatePolicy::from_json(value.to_string().as_bytes(), &JsonLimits::default()).unwrap()
}

pub(crate) fn evaluate(whole: &Value) -> PhaseGateReport {
    let limits = JsonLimits::default();
    let given = |part: &str| (!whole[part].is_null()).then(|| whole[part].to_string());
    let subject: Subject = serde_json::from_value(whole["subject"].clone()).unwrap();
    let assessment = given("assessment");
    let assessment = assessment.map(|it| Assessment::from_json(it.as_bytes(), &limits).unwrap());
    let register = given("register");
    let register = register.map(|it| RiskRegister::from_json(it.as_bytes(), &limits).unwrap());
    let assets: Option<Vec<AssetRef>> = serde_json::from_value(whole["assets"].clone()).unwrap();
    let findings: Option<Vec<(String, String)>> =
        serde_json::from_value(whole["findings"].clone()).unwrap();
    let findings: Option<Vec<_>> = findings.map(|findings| {
        let findings = findings.into_iter();
        let findings = findings.map(|(code, message)| Finding::new(code, message).about("data"));
        findings.collect()
    });
    let mut inputs = GateInputs::new(&subject);
    if let Some(assessment) = &assessment {
        inputs = inputs.with_assessment(assessment);
    }
    if let Some(register) = &register {
        inputs = inputs.with_register(register);
    }
    if let Some(assets) = &assets {
        inputs = inputs.with_assets(assets);
    }
    if let Some(findings) = &findings {
        inputs = inputs.with_findings(findings);
    }
    read_policy(&whole["policy"]).evaluate(&inputs, now())
}

/// A case: its name, what it changes, the code, and the answer of that reason and of the rule.
pub(crate) type Case<'a> = (&'a str, &'a [(&'a str, Value)], &'a str, GateAnswer);

pub(crate) fn judge(rule: GateRule, cases: &[Case<'_>]) {
    for (name, changes, code, answer) in cases {
        let mut whole = good();
        for (pointer, value) in *changes {
            put(&mut whole, pointer, value.clone());
        }
        let report = evaluate(&whole);
        let outcome = report.rule(rule).unwrap();
        let reason = outcome.reasons().iter().find(|it| it.code() == *code);
        let reason = reason.unwrap_or_else(|| panic!("{name}: {report}"));
        assert_eq!(reason.answer(), *answer, "{name}: {report}");
        assert_eq!(outcome.answer(), *answer, "{name}: {report}");
        let decision = match answer {
            GateAnswer::Pass => PhaseDecision::Go,
            GateAnswer::Condition => PhaseDecision::GoWithConditions,
            GateAnswer::Unknown => PhaseDecision::CannotTell,
            GateAnswer::Fail => PhaseDecision::NoGo,
        };
        assert_eq!(report.decision(), decision, "{name}: {report}");
        for reason in report.reasons() {
            let asks = reason.action().is_some();
            assert_eq!(asks, reason.answer() == GateAnswer::Condition, "{reason}");
            assert!(reason.to_string().contains(reason.message()), "{reason}");
            assert!(reason.message().len() > 5, "{reason}");
        }
    }
}

#[test]
fn what_is_as_it_should_be_goes() {
    let report = evaluate(&good());
    assert_eq!(report.decision(), PhaseDecision::Go, "{report}");
    assert_eq!(report.conditions().count(), 0);
    let rules: Vec<_> = report.rules().iter().map(GateOutcome::rule).collect();
    assert_eq!(rules, GateRule::ALL);
    assert_eq!(
        report.to_string(),
        "model, end of testing: go\n  \
         assessment    pass\n    \
           assessment: it is of 2026-11-23T10:00:00Z [rmf.gate.assessment_recent]\n    \
           assessment: the assessor is `internal` [rmf.gate.independent]\n    \
           assessment: it is of what is at the gate [rmf.gate.subject_same]\n  \
         requirements  pass\n    \
           MAP 1.1: rated `met`, at least `met` is required [rmf.gate.reached]\n    \
           MEASURE 2.7: rated `met`, at least level `met` is required [rmf.gate.reached]\n    \
           MEASURE 2.7: rated `met`, at least level `partially-met` is required [rmf.gate.reached]\n  \
         evidence      pass\n    \
           MAP 1.1: rests on 1 of 1 cited pieces of evidence [rmf.gate.evidence_supports]\n    \
           MEASURE 2.7: rests on 1 of 1 cited pieces of evidence [rmf.gate.evidence_supports]\n  \
         risks         pass\n    \
           open threats judged: 1; not judged: 0 opportunities and closed risks, 0 risks of \
           other assets [rmf.gate.risks_judged]\n    \
           risk R-1: current level `medium` is within the tolerance [rmf.gate.risk_within]\n  \
         findings      pass\n    \
           1 of 1 findings have none of the 2 forbidden codes [rmf.gate.findings_compared]",
    );
}

#[test]
fn decisions_have_names_and_exit_codes() {
    let cases = [
        (PhaseDecision::Go, "go", 0),
        (PhaseDecision::GoWithConditions, "go with conditions", 3),
        (PhaseDecision::CannotTell, "cannot tell", 2),
        (PhaseDecision::NoGo, "no go", 1),
    ];
    for (decision, name, exit_code) in cases {
        assert_eq!(decision.to_string(), name);
        assert_eq!(decision.exit_code(), exit_code, "{name}");
    }
    assert!(cases.is_sorted_by_key(|case| case.0));
}

#[test]
fn conditions_say_what_is_to_be_done_and_by_when() {
    let mut whole = good();
    put(
        &mut whole,
        "/assessment/current/MEASURE 2.7/level",
        json!("partially-met"),
    );
    put(
        &mut whole,
        "/register/risks/R-1/current",
        json!({"likelihood": "likely", "impact": "major"}),
    );
    put(
        &mut whole,
        "/register/risks/R-1/treatment",
        accepted("2027-01-31"),
    );
    let report = evaluate(&whole);
    let conditions: Vec<_> = report
        .conditions()
        .map(|it| {
            (
                it.subcategory().map(|it| it.to_string()),
                it.risk().map(ToString::to_string),
                it.action().unwrap(),
                it.due().map(|it| it.to_string()),
            )
        })
        .collect();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        conditions,
        [
            (
                text("MEASURE 2.7"),
                None,
                "reach what is required and have it assessed",
                text("2026-12-31"),
            ),
            (
                None,
                text("R-1"),
                "treat the risk or decide on it anew",
                text("2027-01-31"),
            ),
        ],
    );
    assert!(
        report
            .to_string()
            .contains("\n      to do: treat the risk or decide on it anew by 2027-01-31")
    );
}

#[test]
fn a_report_has_this_form() {
    let mut whole = good();
    put(&mut whole, "/register", Value::Null);
    let report = evaluate(&whole);
    let written: Value = serde_json::from_slice(&report.to_json()).unwrap();
    let policy = read_policy(&whole["policy"]);
    assert_eq!(written["schema"], "modelward.phase-gate/1");
    assert_eq!(written["phase"], "testing");
    assert_eq!(
        written["policy"],
        json!({"id": "org.testing", "version": "1", "digest": policy.digest().to_string()})
    );
    assert_eq!(written["subject"], whole["subject"]);
    assert_eq!(
        written["assessment"],
        json!(report.assessment_digest().unwrap().to_string())
    );
    assert_eq!(written.get("register"), None);
    assert_eq!(report.register_digest(), None);
    assert_eq!(written["decidedAt"], "2026-11-26T10:00:00Z");
    assert_eq!(written["decision"], "cannot-tell");
    assert_eq!(
        written["rules"][3],
        json!({"rule": "risks", "answer": "unknown", "reasons": [{
            "answer": "unknown",
            "code": "rmf.gate.register_missing",
            "message": "no register of risks was given",
        }]})
    );
    let with_register = evaluate(&good());
    assert!(with_register.register_digest().is_some());
    assert_eq!(with_register.policy_digest(), policy.digest());
}
