use std::slice;

use modelward_rmf::{GateAnswer, GateReason, GateRule};
use serde_json::json;

use crate::gate::{evaluate, good, judge, put};

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
    judge(
        rule,
        &[
            (
                "below what blocks",
                &[("/assessment/current/MAP 1.1/level", json!("partially-met"))],
                "rmf.gate.not_reached",
                Fail,
            ),
            (
                "below what is a condition",
                &[(level, json!("partially-met"))],
                "rmf.gate.not_reached",
                Condition,
            ),
            (
                "below both",
                &[(level, json!("not-met"))],
                "rmf.gate.not_reached",
                Fail,
            ),
            (
                "not assessed",
                &[(map, json!("-"))],
                "rmf.gate.not_assessed",
                Unknown,
            ),
            (
                "not assessed where a miss is a condition",
                &[(measure, json!("-")), ("/policy/require", alone.clone())],
                "rmf.gate.not_assessed",
                Condition,
            ),
            (
                "not applicable",
                &[(map, not_applicable.clone())],
                "rmf.gate.not_applicable",
                Condition,
            ),
            (
                "not applicable, which is accepted",
                &[
                    (map, not_applicable.clone()),
                    ("/policy/notApplicable", json!("accept")),
                ],
                "rmf.gate.not_applicable",
                Pass,
            ),
            (
                "not applicable, which is not accepted",
                &[
                    (map, not_applicable.clone()),
                    ("/policy/notApplicable", json!("block")),
                ],
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
                "rmf.gate.not_applicable",
                Condition,
            ),
            (
                "a level that the scale does not have",
                &[(
                    "/policy/require",
                    json!([{"subcategory": "MAP 1.1", "atLeast": {"level": "measured"}, "onMiss": "condition"}]),
                )],
                "rmf.gate.level_unknown",
                Unknown,
            ),
        ],
    );
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
    judge(
        rule,
        &[
            (
                "expired",
                slice::from_ref(&expired),
                "rmf.gate.evidence_missing",
                Fail,
            ),
            (
                "expired where a miss is a condition",
                &[expired.clone(), ("/policy/require", condition)],
                "rmf.gate.evidence_missing",
                Condition,
            ),
            (
                "on its last day",
                &[("/assessment/evidence/E-1/expires", json!("2026-11-26"))],
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
                "rmf.gate.evidence_discounted",
                Pass,
            ),
            (
                "too old",
                &[(
                    "/assessment/evidence/E-1/collected",
                    json!("2026-09-26T23:59:59Z"),
                )],
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
                "rmf.gate.evidence_supports",
                Pass,
            ),
            (
                "of the future",
                &[(
                    "/assessment/evidence/E-1/collected",
                    json!("2026-11-26T10:00:01Z"),
                )],
                "rmf.gate.evidence_missing",
                Fail,
            ),
            (
                "against the outcome",
                &[(
                    "/assessment/evidence/E-1/bearsOn/MAP 1.1",
                    json!("contradicts"),
                )],
                "rmf.gate.evidence_missing",
                Fail,
            ),
            (
                "none",
                &[("/assessment/current/MAP 1.1/evidence", json!([]))],
                "rmf.gate.evidence_missing",
                Fail,
            ),
            (
                "none, which is not asked",
                &[
                    ("/assessment/current/MAP 1.1/evidence", json!([])),
                    ("/policy/evidence", json!("not-asked")),
                ],
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
                "rmf.gate.evidence_not_needed",
                Pass,
            ),
        ],
    );
}

#[test]
fn evidence_that_does_not_count_is_told_with_its_date() {
    let cases = [
        (
            ("expires", "2026-11-25"),
            "does not count for MAP 1.1: it expired on 2026-11-25",
        ),
        (
            ("collected", "2026-09-26T23:59:59Z"),
            "does not count for MAP 1.1: it was collected 2026-09-26T23:59:59Z, which is too long ago",
        ),
        (
            ("collected", "2026-11-26T10:00:01Z"),
            "does not count for MAP 1.1: it was collected 2026-11-26T10:00:01Z, after now",
        ),
    ];
    for ((member, value), expected) in cases {
        let mut whole = good();
        let pointer = format!("/assessment/evidence/E-1/{member}");
        put(&mut whole, &pointer, json!(value));
        let report = evaluate(&whole);
        let mut reasons = report.rule(GateRule::Evidence).unwrap().reasons().iter();
        let found = reasons.find(|it| it.code() == "rmf.gate.evidence_discounted");
        assert_eq!(found.map(GateReason::message), Some(expected), "{report}");
    }
}
