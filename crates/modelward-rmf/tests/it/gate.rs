use modelward_artifact::{Digest, Finding, JsonLimits, Timestamp};
use modelward_rmf::{
    Assessment, AssetRef, Checks, GateAnswer, GateInputs, GatePolicy, GateRule, Phase,
    PhaseDecision, PhaseGateReport, RatingScale, RiskMatrix, RiskRegister, Subject,
};
use serde_json::{Value, json};

use crate::treatment::at;

pub(crate) fn now() -> Timestamp {
    at("2026-11-26T10:00:00Z")
}

fn digest(of: &str) -> String {
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

fn accepted(expires: &str) -> Value {
    json!({"kind": "accept", "by": "Ada", "on": "2026-11-01", "justification": "a", "expires": expires})
}

fn mitigated(state: &Value, due: &str) -> Value {
    json!({"kind": "mitigate", "actions": [{
        "id": "A-1", "description": "Sign the data.", "due": due, "state": state,
        "countedInResidual": true,
    }]})
}

/// An action that is in time, and an acceptance of what remains after it.
fn with_remainder(expires: &str) -> Value {
    let mut treatment = mitigated(&json!("planned"), "2026-12-31");
    let mut remainder = accepted(expires);
    put(&mut remainder, "/kind", json!("-"));
    put(&mut treatment, "/remainder", remainder);
    treatment
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

/// A case: its name, what it changes, the rule, the code, and the answer of that reason and rule.
type Case<'a> = (
    &'a str,
    &'a [(&'a str, Value)],
    GateRule,
    &'a str,
    GateAnswer,
);

fn judge(cases: &[Case<'_>]) {
    for (name, changes, rule, code, answer) in cases {
        let mut whole = good();
        for (pointer, value) in *changes {
            put(&mut whole, pointer, value.clone());
        }
        let report = evaluate(&whole);
        let outcome = report.rule(*rule).unwrap();
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
        }
    }
}

#[test]
fn what_is_as_it_should_be_goes() {
    let report = evaluate(&good());
    assert_eq!(report.decision(), PhaseDecision::Go, "{report}");
    assert_eq!(report.conditions().count(), 0);
    let rules: Vec<_> = report
        .rules()
        .iter()
        .map(|outcome| outcome.rule())
        .collect();
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
fn the_assessment_has_to_be_of_the_subject_and_recent_and_independent() {
    use GateAnswer::{Condition, Fail, Pass, Unknown};
    let rule = GateRule::Assessment;
    judge(&[
        (
            "another name",
            &[("/subject/name", json!("other"))],
            rule,
            "rmf.gate.subject_other",
            Unknown,
        ),
        (
            "another version",
            &[("/subject/version", json!("3"))],
            rule,
            "rmf.gate.subject_version",
            Unknown,
        ),
        (
            "other bytes",
            &[("/subject/digest", json!(digest("other")))],
            rule,
            "rmf.gate.subject_digest",
            Unknown,
        ),
        (
            "other bytes where the name would be enough",
            &[
                ("/policy/subject", json!("name")),
                ("/subject/digest", json!(digest("other"))),
            ],
            rule,
            "rmf.gate.subject_digest",
            Unknown,
        ),
        (
            "an assessment of no bytes",
            &[("/assessment/subject/digest", json!("-"))],
            rule,
            "rmf.gate.subject_unbound",
            Condition,
        ),
        (
            "no bytes at the gate",
            &[("/subject/digest", json!("-"))],
            rule,
            "rmf.gate.subject_unknown",
            Unknown,
        ),
        (
            "no bytes where the name is enough",
            &[
                ("/policy/subject", json!("name")),
                ("/subject/digest", json!("-")),
            ],
            rule,
            "rmf.gate.subject_same",
            Pass,
        ),
        (
            "from the future",
            &[("/assessment/assessedAt", json!("2026-11-26T10:00:01Z"))],
            rule,
            "rmf.gate.assessment_future",
            Unknown,
        ),
        (
            "on its last day",
            &[("/assessment/assessedAt", json!("2026-10-27T00:00:00Z"))],
            rule,
            "rmf.gate.assessment_recent",
            Pass,
        ),
        (
            "a day too old",
            &[("/assessment/assessedAt", json!("2026-10-26T23:59:59Z"))],
            rule,
            "rmf.gate.assessment_old",
            Fail,
        ),
        (
            "any age",
            &[
                ("/policy/maxAssessmentAgeDays", Value::Null),
                ("/assessment/assessedAt", json!("1999-10-26T23:59:59Z")),
            ],
            rule,
            "rmf.gate.assessment_recent",
            Pass,
        ),
        (
            "assessed by those who built it",
            &[("/assessment/independence", json!("first-line"))],
            rule,
            "rmf.gate.independence",
            Fail,
        ),
        (
            "farther than required",
            &[("/assessment/independence", json!("external"))],
            rule,
            "rmf.gate.independent",
            Pass,
        ),
        (
            "nobody says how independent",
            &[("/assessment/independence", json!("-"))],
            rule,
            "rmf.gate.independence_unknown",
            Unknown,
        ),
        (
            "no assessment",
            &[("/assessment", Value::Null)],
            rule,
            "rmf.gate.assessment_missing",
            Unknown,
        ),
    ]);
}

#[test]
fn what_is_required_has_to_be_rated_so() {
    use GateAnswer::{Condition, Fail, Pass, Unknown};
    let rule = GateRule::Requirements;
    let not_applicable = json!({"determination": "not-applicable", "justification": "a"});
    let map = "/assessment/current/MAP 1.1";
    let measure = "/assessment/current/MEASURE 2.7";
    let level = "/assessment/current/MEASURE 2.7/level";
    let alone =
        json!([{"subcategory": "MEASURE 2.7", "atLeast": {"level": "met"}, "onMiss": "condition"}]);
    judge(&[
        (
            "below what blocks",
            &[("/assessment/current/MAP 1.1/level", json!("partially-met"))],
            rule,
            "rmf.gate.not_reached",
            Fail,
        ),
        (
            "below what is a condition",
            &[(level, json!("partially-met"))],
            rule,
            "rmf.gate.not_reached",
            Condition,
        ),
        (
            "below both",
            &[(level, json!("not-met"))],
            rule,
            "rmf.gate.not_reached",
            Fail,
        ),
        (
            "not assessed",
            &[(map, json!("-"))],
            rule,
            "rmf.gate.not_assessed",
            Unknown,
        ),
        (
            "not assessed where a miss is a condition",
            &[(measure, json!("-")), ("/policy/require", alone.clone())],
            rule,
            "rmf.gate.not_assessed",
            Condition,
        ),
        (
            "not applicable",
            &[(map, not_applicable.clone())],
            rule,
            "rmf.gate.not_applicable",
            Condition,
        ),
        (
            "not applicable, which is accepted",
            &[
                (map, not_applicable.clone()),
                ("/policy/notApplicable", json!("accept")),
            ],
            rule,
            "rmf.gate.not_applicable",
            Pass,
        ),
        (
            "not applicable, which is not accepted",
            &[
                (map, not_applicable.clone()),
                ("/policy/notApplicable", json!("block")),
            ],
            rule,
            "rmf.gate.not_applicable",
            Fail,
        ),
        (
            "not applicable weighs no more than a miss",
            &[
                (measure, not_applicable),
                ("/policy/notApplicable", json!("block")),
                ("/policy/require", alone),
            ],
            rule,
            "rmf.gate.not_applicable",
            Condition,
        ),
        (
            "a level that the scale does not have",
            &[(
                "/policy/require",
                json!([{"subcategory": "MAP 1.1", "atLeast": {"level": "measured"}, "onMiss": "condition"}]),
            )],
            rule,
            "rmf.gate.level_unknown",
            Unknown,
        ),
    ]);
}

#[test]
fn ratings_have_to_rest_on_evidence_that_counts() {
    use GateAnswer::{Condition, Fail, Pass};
    let rule = GateRule::Evidence;
    let expired = ("/assessment/evidence/E-1/expires", json!("2026-11-25"));
    let condition = json!([{"subcategory": "MAP 1.1", "atLeast": {"attainment": "met"}, "onMiss": "condition"}]);
    let fresh = json!({
        "source": {"kind": "document", "title": "report"}, "method": "examine",
        "collector": "Grace", "collected": "2026-11-20T10:00:00Z",
    });
    judge(&[
        (
            "expired",
            &[expired.clone()],
            rule,
            "rmf.gate.evidence_missing",
            Fail,
        ),
        (
            "expired where a miss is a condition",
            &[expired.clone(), ("/policy/require", condition)],
            rule,
            "rmf.gate.evidence_missing",
            Condition,
        ),
        (
            "on its last day",
            &[("/assessment/evidence/E-1/expires", json!("2026-11-26"))],
            rule,
            "rmf.gate.evidence_supports",
            Pass,
        ),
        (
            "expired beside some that counts",
            &[
                expired.clone(),
                ("/assessment/evidence/E-3", fresh),
                (
                    "/assessment/current/MAP 1.1/evidence",
                    json!(["E-1", "E-3"]),
                ),
            ],
            rule,
            "rmf.gate.evidence_discounted",
            Pass,
        ),
        (
            "too old",
            &[(
                "/assessment/evidence/E-1/collected",
                json!("2026-09-26T23:59:59Z"),
            )],
            rule,
            "rmf.gate.evidence_missing",
            Fail,
        ),
        (
            "old, which is not asked",
            &[
                (
                    "/assessment/evidence/E-1/collected",
                    json!("2026-09-26T23:59:59Z"),
                ),
                ("/policy/evidence", json!("current")),
            ],
            rule,
            "rmf.gate.evidence_supports",
            Pass,
        ),
        (
            "of the future",
            &[(
                "/assessment/evidence/E-1/collected",
                json!("2026-11-26T10:00:01Z"),
            )],
            rule,
            "rmf.gate.evidence_missing",
            Fail,
        ),
        (
            "against the outcome",
            &[(
                "/assessment/evidence/E-1/bearsOn/MAP 1.1",
                json!("contradicts"),
            )],
            rule,
            "rmf.gate.evidence_missing",
            Fail,
        ),
        (
            "none",
            &[("/assessment/current/MAP 1.1/evidence", json!([]))],
            rule,
            "rmf.gate.evidence_missing",
            Fail,
        ),
        (
            "none, which is not asked",
            &[
                ("/assessment/current/MAP 1.1/evidence", json!([])),
                ("/policy/evidence", json!("not-asked")),
            ],
            rule,
            "rmf.gate.evidence_not_asked",
            Pass,
        ),
        (
            "none for the lowest level",
            &[
                (
                    "/policy/require",
                    json!([{"subcategory": "MAP 1.1", "atLeast": {"attainment": "not-met"}, "onMiss": "block"}]),
                ),
                (
                    "/assessment/current/MAP 1.1",
                    json!({"determination": "rated", "level": "not-met", "rationale": "a"}),
                ),
            ],
            rule,
            "rmf.gate.evidence_not_needed",
            Pass,
        ),
    ]);
}

#[test]
fn risks_have_to_be_within_the_limit_or_accepted() {
    use GateAnswer::{Condition, Fail, Pass, Unknown};
    let rule = GateRule::Risks;
    let treatment = "/register/risks/R-1/treatment";
    let high = (
        "/register/risks/R-1/current",
        json!({"likelihood": "likely", "impact": "major"}),
    );
    let high_residual = ("/register/risks/R-1/residual", high.1.clone());
    let residual = (
        "/register/risks/R-1/residual",
        json!({"likelihood": "rare", "impact": "major"}),
    );
    judge(&[
        (
            "no register",
            &[("/register", Value::Null)],
            rule,
            "rmf.gate.register_missing",
            Unknown,
        ),
        (
            "no register, which is not asked",
            &[("/register", Value::Null), ("/policy/risks", Value::Null)],
            rule,
            "rmf.gate.risks_not_judged",
            Pass,
        ),
        (
            "no threat",
            &[("/register/risks", json!({}))],
            rule,
            "rmf.gate.risks_none",
            Condition,
        ),
        (
            "above the tolerance",
            &[high.clone()],
            rule,
            "rmf.gate.risk_above",
            Fail,
        ),
        (
            "above the appetite",
            &[(
                "/policy/risks/highest",
                json!({"standing": "within-appetite"}),
            )],
            rule,
            "rmf.gate.risk_above",
            Fail,
        ),
        (
            "above a level",
            &[("/policy/risks/highest", json!({"level": "low"}))],
            rule,
            "rmf.gate.risk_above",
            Fail,
        ),
        (
            "at a level",
            &[("/policy/risks/highest", json!({"level": "medium"}))],
            rule,
            "rmf.gate.risk_within",
            Pass,
        ),
        (
            "a level that the matrix does not have",
            &[("/policy/risks/highest", json!({"level": "terrible"}))],
            rule,
            "rmf.gate.risk_limit_unknown",
            Unknown,
        ),
        (
            "accepted",
            &[high.clone(), (treatment, accepted("2026-11-26"))],
            rule,
            "rmf.gate.risk_accepted",
            Condition,
        ),
        (
            "accepted, which is not enough",
            &[
                high.clone(),
                (treatment, accepted("2026-11-26")),
                ("/policy/risks/accepted", json!("block")),
            ],
            rule,
            "rmf.gate.risk_accepted",
            Fail,
        ),
        (
            "the acceptance has expired",
            &[
                high.clone(),
                (treatment, accepted("2026-11-25")),
                ("/policy/risks/undecided", json!("block")),
            ],
            rule,
            "rmf.gate.acceptance_expired",
            Fail,
        ),
        (
            "the acceptance of what may be carried has expired",
            &[
                (treatment, accepted("2026-11-25")),
                ("/policy/risks/undecided", json!("condition")),
            ],
            rule,
            "rmf.gate.acceptance_expired",
            Condition,
        ),
        (
            "nothing is decided",
            &[(treatment, json!({"kind": "undecided"}))],
            rule,
            "rmf.gate.risk_undecided",
            Fail,
        ),
        (
            "nothing is decided, which is accepted",
            &[
                (treatment, json!({"kind": "undecided"})),
                ("/policy/risks/undecided", json!("accept")),
            ],
            rule,
            "rmf.gate.risk_undecided",
            Pass,
        ),
        (
            "the action is done",
            &[
                high.clone(),
                residual.clone(),
                (
                    treatment,
                    mitigated(&json!({"completed": {"on": "2026-11-24"}}), "2026-11-20"),
                ),
            ],
            rule,
            "rmf.gate.risk_within",
            Pass,
        ),
        (
            "the action is in time",
            &[
                high.clone(),
                residual.clone(),
                (treatment, mitigated(&json!("planned"), "2026-11-26")),
            ],
            rule,
            "rmf.gate.action_pending",
            Condition,
        ),
        (
            "what remains is validly accepted",
            &[
                high.clone(),
                high_residual.clone(),
                (treatment, with_remainder("2026-12-31")),
            ],
            rule,
            "rmf.gate.risk_accepted",
            Condition,
        ),
        (
            "the acceptance of what remains has expired",
            &[
                high.clone(),
                high_residual,
                (treatment, with_remainder("2026-11-25")),
                ("/policy/risks/undecided", json!("accept")),
            ],
            rule,
            "rmf.gate.risk_above",
            Fail,
        ),
        (
            "what remains is carried without the acceptance that has expired",
            &[
                high.clone(),
                residual.clone(),
                (treatment, with_remainder("2026-11-25")),
                ("/policy/risks/undecided", json!("condition")),
            ],
            rule,
            "rmf.gate.acceptance_expired",
            Condition,
        ),
        (
            "the action is overdue",
            &[
                high.clone(),
                residual.clone(),
                (treatment, mitigated(&json!("in-progress"), "2026-11-25")),
            ],
            rule,
            "rmf.gate.risk_above",
            Fail,
        ),
        (
            "the action is cancelled",
            &[
                high.clone(),
                residual.clone(),
                (
                    treatment,
                    mitigated(
                        &json!({"cancelled": {"on": "2026-11-20", "reason": "a"}}),
                        "2026-12-31",
                    ),
                ),
            ],
            rule,
            "rmf.gate.risk_above",
            Fail,
        ),
        (
            "an undecided treatment leaves nothing less",
            &[
                high.clone(),
                residual,
                (treatment, json!({"kind": "undecided"})),
                ("/policy/risks/undecided", json!("accept")),
            ],
            rule,
            "rmf.gate.risk_above",
            Fail,
        ),
        (
            "closed",
            &[
                high.clone(),
                (
                    "/register/risks/R-1/status",
                    json!({"closed": {"on": "2026-11-24", "reason": "a"}}),
                ),
            ],
            rule,
            "rmf.gate.risks_none",
            Condition,
        ),
        (
            "of another asset",
            &[
                high.clone(),
                ("/register/risks/R-1/assets", json!([{"named": "other"}])),
                ("/assets", json!([{"named": "model"}])),
            ],
            rule,
            "rmf.gate.risks_none",
            Condition,
        ),
        (
            "of this asset",
            &[
                high.clone(),
                ("/register/risks/R-1/assets", json!([{"named": "model"}])),
                ("/assets", json!([{"named": "model"}])),
            ],
            rule,
            "rmf.gate.risk_above",
            Fail,
        ),
        (
            "of no asset, which is of all",
            &[high, ("/assets", json!([{"named": "model"}]))],
            rule,
            "rmf.gate.risk_above",
            Fail,
        ),
    ]);
}

#[test]
fn findings_that_are_forbidden_shut_the_gate() {
    use GateAnswer::{Fail, Pass, Unknown};
    let rule = GateRule::Findings;
    judge(&[
        (
            "none given",
            &[("/findings", Value::Null)],
            rule,
            "rmf.gate.findings_missing",
            Unknown,
        ),
        (
            "none given, which is not asked",
            &[("/findings", Value::Null), ("/policy/forbid", json!([]))],
            rule,
            "rmf.gate.findings_not_judged",
            Pass,
        ),
        (
            "forbidden",
            &[(
                "/findings/0",
                json!(["org.freeze", "Nothing is released in December."]),
            )],
            rule,
            "rmf.gate.finding_forbidden",
            Fail,
        ),
        (
            "not forbidden",
            &[("/findings/0", json!(["org.freezer", "It is cold."]))],
            rule,
            "rmf.gate.findings_compared",
            Pass,
        ),
    ]);
}

#[test]
fn checks_are_findings_and_what_they_leave_out_is_a_condition() {
    let mut whole = good();
    put(
        &mut whole,
        "/policy/forbid/0",
        json!("rmf.check.evidence_without_digest"),
    );
    let assessment = whole["assessment"].to_string();
    let assessment = Assessment::from_json(assessment.as_bytes(), &JsonLimits::default()).unwrap();
    let checks = Checks::new(&assessment, now()).run();
    let subject: Subject = serde_json::from_value(whole["subject"].clone()).unwrap();
    let inputs = GateInputs::new(&subject)
        .with_assessment(&assessment)
        .with_checks(&checks);
    let report = read_policy(&whole["policy"]).evaluate(&inputs, now());
    let findings = report.rule(GateRule::Findings).unwrap();
    let of = |code: &str| {
        findings
            .reasons()
            .iter()
            .filter(|it| it.code() == code)
            .count()
    };
    assert_eq!(of("rmf.gate.finding_forbidden"), 2, "{report}");
    assert_eq!(of("rmf.gate.unchecked"), checks.unchecked().len());
    let places: Vec<_> = findings
        .reasons()
        .iter()
        .filter_map(|it| it.place())
        .collect();
    assert_eq!(places.len(), 2, "{report}");
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
        let mut own: Vec<_> = own.map(|it| it.subcategory()).collect();
        own.dedup();
        let expected = modelward_rmf::Subcategory::ALL.into_iter();
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
fn our_policies_let_through_what_is_met_and_shown() {
    for phase in Phase::ALL {
        let mut whole = good();
        let policy = GatePolicy::recommended(phase);
        whole["policy"] = serde_json::to_value(&policy).unwrap();
        let met = json!({"determination": "rated", "level": "met", "rationale": "a", "evidence": ["E-3"]});
        let all = modelward_rmf::Subcategory::ALL.into_iter();
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
