use std::slice;

use modelward_artifact::JsonLimits;
use modelward_rmf::{Assessment, Checks, GateAnswer, GateInputs, GateRule, Subject};
use serde_json::{Value, json};

use crate::gate::{accepted, evaluate, good, judge, now, put, read_policy};

fn mitigated(state: &Value, due: &str) -> Value {
    json!({"kind": "mitigate", "actions": [{
        "id": "A-1", "description": "Sign the data.", "due": due, "state": state,
        "countedInResidual": true,
    }]})
}

/// An action of which nobody says whether the residual rating counts on it.
fn unmarked(due: &str) -> Value {
    let mut treatment = mitigated(&json!("planned"), due);
    put(&mut treatment, "/actions/0/countedInResidual", json!(false));
    treatment
}

/// An action that is in time, and an acceptance of what remains after it.
fn with_remainder(expires: &str) -> Value {
    let mut treatment = mitigated(&json!("planned"), "2026-12-31");
    let mut remainder = accepted(expires);
    put(&mut remainder, "/kind", json!("-"));
    put(&mut treatment, "/remainder", remainder);
    treatment
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
    let mut revoked = accepted("2026-12-31");
    put(
        &mut revoked,
        "/revoked",
        json!({"on": "2026-11-26", "by": "Ada", "reason": "The model is used elsewhere."}),
    );
    let high_residual = ("/register/risks/R-1/residual", high.1.clone());
    let residual = (
        "/register/risks/R-1/residual",
        json!({"likelihood": "rare", "impact": "major"}),
    );
    judge(
        rule,
        &[
            (
                "no register",
                &[("/register", Value::Null)],
                "rmf.gate.register_missing",
                Unknown,
            ),
            (
                "no register, which is not asked",
                &[("/register", Value::Null), ("/policy/risks", Value::Null)],
                "rmf.gate.risks_not_judged",
                Pass,
            ),
            (
                "no threat",
                &[("/register/risks", json!({}))],
                "rmf.gate.risks_none",
                Condition,
            ),
            (
                "above the tolerance",
                slice::from_ref(&high),
                "rmf.gate.risk_above",
                Fail,
            ),
            (
                "above the appetite",
                &[(
                    "/policy/risks/highest",
                    json!({"standing": "within-appetite"}),
                )],
                "rmf.gate.risk_above",
                Fail,
            ),
            (
                "above a level",
                &[("/policy/risks/highest", json!({"level": "low"}))],
                "rmf.gate.risk_above",
                Fail,
            ),
            (
                "at a level",
                &[("/policy/risks/highest", json!({"level": "medium"}))],
                "rmf.gate.risk_within",
                Pass,
            ),
            (
                "a level that the matrix does not have",
                &[("/policy/risks/highest", json!({"level": "terrible"}))],
                "rmf.gate.risk_limit_unknown",
                Unknown,
            ),
            (
                "accepted",
                &[high.clone(), (treatment, accepted("2026-11-26"))],
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
                "rmf.gate.acceptance_expired",
                Fail,
            ),
            (
                "the acceptance was revoked",
                &[(treatment, revoked)],
                "rmf.gate.acceptance_revoked",
                Fail,
            ),
            (
                "the acceptance does not hold yet",
                &[
                    (treatment, accepted("2026-12-31")),
                    ("/register/risks/R-1/treatment/on", json!("2026-11-27")),
                ],
                "rmf.gate.acceptance_not_yet_valid",
                Fail,
            ),
            (
                "the acceptance of what may be carried has expired",
                &[
                    (treatment, accepted("2026-11-25")),
                    ("/policy/risks/undecided", json!("condition")),
                ],
                "rmf.gate.acceptance_expired",
                Condition,
            ),
            (
                "nothing is decided",
                &[(treatment, json!({"kind": "undecided"}))],
                "rmf.gate.risk_undecided",
                Fail,
            ),
            (
                "nothing is decided, which is accepted",
                &[
                    (treatment, json!({"kind": "undecided"})),
                    ("/policy/risks/undecided", json!("accept")),
                ],
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
                "rmf.gate.action_pending",
                Condition,
            ),
            (
                "residual counts on every action where none is marked",
                &[
                    high.clone(),
                    residual.clone(),
                    (treatment, unmarked("2026-11-26")),
                ],
                "rmf.gate.action_pending",
                Condition,
            ),
            (
                "an action that nobody marked is late",
                &[
                    high.clone(),
                    residual.clone(),
                    (treatment, unmarked("2026-11-25")),
                ],
                "rmf.gate.risk_above",
                Fail,
            ),
            (
                "what remains is validly accepted",
                &[
                    high.clone(),
                    high_residual.clone(),
                    (treatment, with_remainder("2026-12-31")),
                ],
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
                "rmf.gate.risk_above",
                Fail,
            ),
            (
                "of no asset, which is of all",
                &[high.clone(), ("/assets", json!([{"named": "model"}]))],
                "rmf.gate.risk_above",
                Fail,
            ),
        ],
    );
}

#[test]
fn findings_that_are_forbidden_shut_the_gate() {
    use GateAnswer::{Fail, Pass, Unknown};
    let rule = GateRule::Findings;
    judge(
        rule,
        &[
            (
                "none given",
                &[("/findings", Value::Null)],
                "rmf.gate.findings_missing",
                Unknown,
            ),
            (
                "none given, which is not asked",
                &[("/findings", Value::Null), ("/policy/forbid", json!([]))],
                "rmf.gate.findings_not_judged",
                Pass,
            ),
            (
                "forbidden",
                &[(
                    "/findings/0",
                    json!(["org.freeze", "Nothing is released in December."]),
                )],
                "rmf.gate.finding_forbidden",
                Fail,
            ),
            (
                "not forbidden",
                &[("/findings/0", json!(["org.freezer", "It is cold."]))],
                "rmf.gate.findings_compared",
                Pass,
            ),
        ],
    );
}

#[test]
fn what_is_found_twice_is_one_reason() {
    let mut whole = good();
    for _ in 0..2 {
        put(
            &mut whole,
            "/findings/-",
            json!(["org.freeze", "No release."]),
        );
    }
    let report = evaluate(&whole);
    let findings = report.rule(GateRule::Findings).unwrap().reasons();
    let texts: Vec<_> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "org.freeze (data): No release. [rmf.gate.finding_forbidden]",
            "1 of 3 findings have none of the 2 forbidden codes [rmf.gate.findings_compared]",
        ],
    );
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
fn what_is_judged_and_what_is_not_is_counted() {
    let mut whole = good();
    let first = whole["register"]["risks"]["R-1"].clone();
    let mut add = |id: &str, member: &str, value: Value| {
        let mut risk = first.clone();
        risk[member] = value;
        put(&mut whole, &format!("/register/risks/{id}"), risk);
    };
    add(
        "R-2",
        "status",
        json!({"closed": {"on": "2026-11-24", "reason": "a"}}),
    );
    add(
        "R-3",
        "status",
        json!({"closed": {"on": "2026-11-24", "reason": "a"}}),
    );
    for id in ["R-4", "R-5", "R-6"] {
        add(id, "assets", json!([{"named": "other"}]));
    }
    whole["assets"] = json!([{"named": "model"}]);
    let report = evaluate(&whole);
    let reasons = report.rule(GateRule::Risks).unwrap().reasons();
    assert_eq!(
        reasons[0].message(),
        "open threats judged: 1; not judged: 2 opportunities and closed risks, 3 risks of other assets"
    );
}

#[test]
fn an_action_is_asked_for_where_the_risk_is_too_high_without_it() {
    let rating = |likelihood: &str| json!({"likelihood": likelihood, "impact": "major"});
    let codes = |current: &str, due: &str| {
        let mut whole = good();
        let treatment = mitigated(&json!("planned"), due);
        put(&mut whole, "/register/risks/R-1/treatment", treatment);
        put(&mut whole, "/register/risks/R-1/current", rating(current));
        put(&mut whole, "/register/risks/R-1/residual", rating("rare"));
        let report = evaluate(&whole);
        let reasons = report.rule(GateRule::Risks).unwrap().reasons().iter();
        let codes = reasons.map(|it| it.code()["rmf.gate.".len()..].to_owned());
        codes
            .filter(|code| code != "risks_judged")
            .collect::<Vec<_>>()
    };
    assert_eq!(
        codes("likely", "2026-12-31"),
        ["action_pending", "risk_within"]
    );
    assert_eq!(codes("unlikely", "2026-12-31"), ["risk_within"]);
    // Where it is late, the risk is judged as it is.
    assert_eq!(codes("likely", "2026-11-01"), ["risk_above"]);
}
