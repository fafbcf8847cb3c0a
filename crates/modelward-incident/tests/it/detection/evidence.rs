use modelward_artifact::{Digest, JsonLimits};
use modelward_incident::{
    Detection, DriftError, DriftEvidence, DriftMetric, DriftPreset, DriftTerms, DriftVerdict,
    Histogram, Recheck, ReportedValue, Threshold,
};
use serde_json::json;

use super::{
    histogram, measure, measured, number, range, read_changed, round_trips, subject, tool, windows,
};

fn psi() -> DriftEvidence {
    let preset = DriftPreset::find("evidently.psi").unwrap();
    measured(
        DriftTerms::of_preset(preset),
        &[200, 500, 300],
        &[400, 400, 200],
    )
}

#[test]
fn evidence_round_trips_and_is_the_same_after_it() {
    let evidence = psi();
    assert_eq!(evidence.verdict(), DriftVerdict::Drifted);
    assert_eq!(evidence.recheck(), Recheck::Same);
    assert!(evidence.to_string().starts_with("age (data): psi is 0.2"));
    assert!(evidence.to_string().ends_with(", alarm at >= 0.1: drifted"));
    round_trips(&Detection::Drift(evidence));
}

#[test]
fn a_changed_count_edge_or_value_is_found() {
    let detection = Detection::Drift(psi());
    let recheck = |changed: Result<Detection, String>| match changed {
        Ok(Detection::Drift(evidence)) => evidence.recheck(),
        other => panic!("{other:?}"),
    };
    let changed = read_changed(&detection, |value| {
        let current = &mut value["drift"]["current"];
        current["histogram"]["counts"][0] = json!(401);
        current["n"] = json!(1001);
    });
    assert!(matches!(recheck(changed), Recheck::Differs { .. }));
    let changed = read_changed(&detection, |value| value["drift"]["value"] = json!(0.25));
    let Recheck::Differs { stored, recomputed } = recheck(changed) else {
        panic!("a changed value went unnoticed");
    };
    assert_eq!((stored, recomputed), (number(0.25), psi().value()));
    let kept = psi().value().get() * (1.0 + 1e-10);
    let changed = read_changed(&detection, |value| value["drift"]["value"] = json!(kept));
    assert_eq!(recheck(changed), Recheck::Same);
}

#[test]
fn another_version_of_a_definition_is_kept_and_cannot_be_told() {
    let changed = read_changed(&Detection::Drift(psi()), |value| {
        value["drift"]["measure"]["version"] = json!(2);
        value["drift"]["preset"]["version"] = json!("0.8.0");
    });
    let Ok(Detection::Drift(evidence)) = changed else {
        panic!("{changed:?}");
    };
    let why = DriftError::Version {
        metric: DriftMetric::Psi,
        found: 2,
    };
    assert_eq!(
        why.to_string(),
        "version 2 of the definition of psi is not known"
    );
    assert_eq!(evidence.recheck(), Recheck::CannotTell { why });
}

#[test]
fn documents_that_contradict_themselves_are_refused() {
    let detection = Detection::Drift(psi());
    let cases: [(&str, serde_json::Value, &str); 11] = [
        (
            "/verdict",
            json!("steady"),
            "stated verdict does not follow from value and threshold",
        ),
        (
            "/threshold/act",
            json!(0.2),
            "evidence does not have the terms of preset `evidently.psi`",
        ),
        (
            "/threshold/watch",
            json!(0.2),
            "watch level 0.2 lies beyond the threshold 0.1",
        ),
        ("/value", json!(-0.5), "psi cannot be -0.5"),
        ("/value", json!(null), "invalid type: null, expected f64"),
        (
            "/tests",
            json!(0),
            "number of tests is 0, expected 1 to 2^53 - 1",
        ),
        (
            "/correction",
            json!("bonferroni"),
            "a correction is for p-values, and psi is none",
        ),
        (
            "/current/n",
            json!(999),
            "window has a sample of 999, and counts that add up to 1000",
        ),
        (
            "/current/histogram/bins/edges/1",
            json!(1.5),
            "reference and current window do not have the same bins",
        ),
        (
            "/current/histogram/counts/1",
            json!(-1),
            "invalid value: integer `-1`, expected u64",
        ),
        (
            "/reference/time/to",
            json!("2025-01-01T00:00:00Z"),
            "time from 2026-11-01T00:00:00Z ends at 2025-01-01T00:00:00Z, before it begins",
        ),
    ];
    for (pointer, to, text) in cases {
        let refused = read_changed(&detection, |value| {
            let (parent, member) = pointer.rsplit_once('/').unwrap();
            let parent = value["drift"].pointer_mut(parent).unwrap();
            match parent {
                serde_json::Value::Array(items) => items[member.parse::<usize>().unwrap()] = to,
                parent => parent[member] = to,
            }
        });
        assert_eq!(refused.unwrap_err(), text, "{pointer}");
    }
    let refused = read_changed(&detection, |value| value["drift"]["mood"] = json!("good"));
    assert!(refused.unwrap_err().starts_with("unknown field `mood`"));
    let twice = br#"{"drift": {}, "drift": {}}"#;
    let refused = Detection::from_json(twice, &JsonLimits::default()).unwrap_err();
    assert_eq!(refused.code(), "artifact.json.duplicate");
}

#[test]
fn reported_values_are_kept_as_the_tool_had_them() {
    let hellinger = measure(
        DriftMetric::Hellinger,
        modelward_incident::ZeroHandling::None,
    );
    let threshold = Threshold::new(modelward_incident::Comparator::AtLeast, number(0.1));
    let reported = |value| {
        DriftEvidence::reported(
            subject(),
            DriftTerms::new(hellinger, threshold),
            windows(&[50, 50], &[75, 25]),
            ReportedValue::new(tool(), number(value)),
        )
    };
    let evidence = reported(0.3).unwrap();
    assert_eq!(evidence.value(), number(0.3));
    assert!(matches!(evidence.recheck(), Recheck::Differs { .. }));
    let refused = reported(1.5).unwrap_err();
    assert_eq!(refused.code(), "incident.drift.value");
    assert_eq!(refused.to_string(), "hellinger cannot be 1.5");
}

#[test]
fn numbers_come_back_as_they_were() {
    let tiny = f64::from_bits(1);
    let edges = [
        -1e300,
        -0.1,
        tiny,
        0.1 + 0.2,
        9_007_199_254_740_993.0,
        1.8e19,
        f64::MAX,
    ];
    let odd = Histogram::numeric(&edges, vec![1, 2, 3, 4, 5, (1 << 53) - 16]).unwrap();
    let text = serde_json::to_vec(&odd).unwrap();
    assert_eq!(serde_json::from_slice::<Histogram>(&text).unwrap(), odd);
    let canonical = modelward_artifact::json::canonical(&histogram(&[1, 2])).unwrap();
    assert_eq!(
        String::from_utf8(canonical).unwrap(),
        r#"{"bins":{"edges":[0,1,2]},"counts":[1,2]}"#
    );
    let window = modelward_incident::DriftWindow::new(range(), Digest::sha256(b"odd"), odd.clone());
    let text = modelward_artifact::json::pretty(&window).unwrap();
    let limits = JsonLimits::default();
    let again: modelward_incident::DriftWindow =
        modelward_artifact::json::read_as(&text, &limits).unwrap();
    assert_eq!(again.histogram(), &odd);
    assert_eq!(number(-0.0).get().to_bits(), 0);
}
