use modelward_artifact::Digest;
use modelward_incident::{
    Baseline, Better, CheckKind, Detection, EvaluatedSample, FailedCheck, FailureError,
    FailureEvidence, FailureVerdict, Interval, Labels, NumberError, Observed, PerformanceMetric,
};
use serde_json::json;

use super::{number, range, read_changed, round_trips};

fn sample(n: u64) -> Result<EvaluatedSample, FailureError> {
    EvaluatedSample::new(
        Digest::sha256(b"model"),
        Digest::sha256(b"data"),
        n,
        range(),
    )
}

fn evidence(better: Better, (low, value, high): (f64, f64, f64)) -> FailureEvidence {
    let method = "confidence-based performance estimation".parse().unwrap();
    let metric = PerformanceMetric::new("score", better, Labels::Estimated { method });
    let baseline = Baseline::new(number(0.5), number(0.25), Digest::sha256(b"report"));
    let interval = Interval::new(number(low), number(high), number(0.95)).unwrap();
    let observed = Observed::new(number(value), interval, sample(1_400).unwrap());
    let check = FailedCheck::new(CheckKind::Canary, "eu-1", Digest::sha256(b"report"));
    FailureEvidence::new(
        metric.unwrap().over("age below 25").unwrap(),
        baseline.unwrap(),
        observed.unwrap(),
        check.unwrap(),
    )
}

#[test]
fn the_verdict_follows_from_interval_and_limit() {
    for (better, interval, expected) in [
        (Better::Higher, (0.1, 0.2, 0.24), FailureVerdict::Failed),
        (Better::Higher, (0.1, 0.2, 0.25), FailureVerdict::Unclear),
        (Better::Higher, (0.25, 0.3, 0.4), FailureVerdict::Holds),
        (Better::Lower, (0.76, 0.8, 0.9), FailureVerdict::Failed),
        (Better::Lower, (0.75, 0.8, 0.9), FailureVerdict::Unclear),
        (Better::Lower, (0.6, 0.7, 0.75), FailureVerdict::Holds),
    ] {
        let found = evidence(better, interval).verdict();
        assert_eq!(found, expected, "{better:?} {interval:?}");
    }
}

#[test]
fn evidence_of_failure_round_trips() {
    let evidence = evidence(Better::Higher, (0.1, 0.2, 0.24));
    assert_eq!(
        evidence.to_string(),
        "score is 0.2 (0.1 to 0.24), limit 0.25: failed"
    );
    round_trips(&Detection::Failure(evidence));
}

#[test]
fn contradictions_are_refused() {
    let detection = Detection::Failure(evidence(Better::Higher, (0.1, 0.2, 0.24)));
    for (pointer, to, text) in [
        (
            "/verdict",
            json!("holds"),
            "stated verdict does not follow from interval and limit",
        ),
        (
            "/observed/value",
            json!(0.9),
            "value 0.9 lies outside of its interval",
        ),
        (
            "/observed/sample/n",
            json!(0),
            "sample has 0 inputs, expected 1 to 2^53 - 1",
        ),
        (
            "/observed/interval/level",
            json!(95),
            "level of an interval is 95, expected above 0 and below 1",
        ),
        (
            "/observed/interval/low",
            json!(0.3),
            "interval from 0.3 ends at 0.24, below its beginning",
        ),
        (
            "/baseline/allowance",
            json!(-1),
            "allowance is -1, expected a number from 0 that leaves a finite limit",
        ),
        (
            "/metric/name",
            json!(""),
            "text has neither a letter nor a digit",
        ),
    ] {
        let refused = read_changed(&detection, |value| {
            *value["failure"].pointer_mut(pointer).unwrap() = to;
        });
        assert_eq!(refused.unwrap_err(), text, "{pointer}");
    }
}

#[test]
fn errors_have_codes() {
    let refused = PerformanceMetric::new(" ", Better::Lower, Labels::Available).unwrap_err();
    assert_eq!(refused.code(), "incident.failure.text");
    assert_eq!(
        refused.to_string(),
        "evidence of failure has an invalid text"
    );
    assert_eq!(sample(1 << 53).unwrap_err().code(), "incident.failure.size");
    let large = Baseline::new(number(-f64::MAX), number(f64::MAX), Digest::sha256(b""));
    assert_eq!(large.unwrap_err().code(), "incident.failure.allowance");
    let interval = Interval::new(number(0.0), number(1.0), number(1.0)).unwrap_err();
    assert_eq!(interval, NumberError::Level { found: number(1.0) });
    assert_eq!(interval.code(), "incident.number.level");
}
