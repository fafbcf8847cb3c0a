use modelward_rmf::{GateAnswer, GateRule};
use serde_json::{Value, json};

use crate::gate::{digest, judge};

#[test]
fn the_assessment_has_to_be_of_the_subject_and_recent_and_independent() {
    use GateAnswer::{Condition, Fail, Pass, Unknown};
    let rule = GateRule::Assessment;
    judge(
        rule,
        &[
            (
                "another name",
                &[("/subject/name", json!("other"))],
                "rmf.gate.subject_other",
                Unknown,
            ),
            (
                "another version",
                &[("/subject/version", json!("3"))],
                "rmf.gate.subject_version",
                Unknown,
            ),
            (
                "other bytes",
                &[("/subject/digest", json!(digest("other")))],
                "rmf.gate.subject_digest",
                Unknown,
            ),
            (
                "other bytes where the name would be enough",
                &[
                    ("/policy/subject", json!("name")),
                    ("/subject/digest", json!(digest("other"))),
                ],
                "rmf.gate.subject_digest",
                Unknown,
            ),
            (
                "an assessment of no bytes",
                &[("/assessment/subject/digest", json!("-"))],
                "rmf.gate.subject_unbound",
                Condition,
            ),
            (
                "no bytes at the gate",
                &[("/subject/digest", json!("-"))],
                "rmf.gate.subject_unknown",
                Unknown,
            ),
            (
                "no bytes where the name is enough",
                &[
                    ("/policy/subject", json!("name")),
                    ("/subject/digest", json!("-")),
                ],
                "rmf.gate.subject_same",
                Pass,
            ),
            (
                "no bytes assessed where the name is enough",
                &[
                    ("/policy/subject", json!("name")),
                    ("/assessment/subject/digest", json!("-")),
                ],
                "rmf.gate.subject_same",
                Pass,
            ),
            (
                "of this very second",
                &[("/assessment/assessedAt", json!("2026-11-26T10:00:00Z"))],
                "rmf.gate.assessment_recent",
                Pass,
            ),
            (
                "from the future",
                &[("/assessment/assessedAt", json!("2026-11-26T10:00:01Z"))],
                "rmf.gate.assessment_future",
                Unknown,
            ),
            (
                "on its last day",
                &[("/assessment/assessedAt", json!("2026-10-27T00:00:00Z"))],
                "rmf.gate.assessment_recent",
                Pass,
            ),
            (
                "a day too old",
                &[("/assessment/assessedAt", json!("2026-10-26T23:59:59Z"))],
                "rmf.gate.assessment_old",
                Fail,
            ),
            (
                "any age",
                &[
                    ("/policy/maxAssessmentAgeDays", Value::Null),
                    ("/assessment/assessedAt", json!("1999-10-26T23:59:59Z")),
                ],
                "rmf.gate.assessment_recent",
                Pass,
            ),
            (
                "assessed by those who built it",
                &[("/assessment/independence", json!("first-line"))],
                "rmf.gate.independence",
                Fail,
            ),
            (
                "farther than required",
                &[("/assessment/independence", json!("external"))],
                "rmf.gate.independent",
                Pass,
            ),
            (
                "nobody says how independent",
                &[("/assessment/independence", json!("-"))],
                "rmf.gate.independence_unknown",
                Unknown,
            ),
            (
                "no assessment",
                &[("/assessment", Value::Null)],
                "rmf.gate.assessment_missing",
                Unknown,
            ),
        ],
    );
}
