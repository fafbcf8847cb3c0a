use modelward_artifact::Digest;
use modelward_incident::{
    AttackDetector, AttackError, AttackEvidence, AttackIndicator, AttackOutcome, AttackTarget,
    AttackTechnique, Comparator, Detection, NistAttackId, PoisonedPart, RowRange, Trials,
};
use serde_json::json;

use super::{number, range, read_changed, round_trips, tool};

fn target() -> AttackTarget {
    AttackTarget::new(Digest::sha256(b"model"), range())
}

fn part(name: &str, rows: &[(u64, u64)]) -> Result<PoisonedPart, AttackError> {
    let rows: Result<_, _> = rows
        .iter()
        .map(|&(first, last)| RowRange::new(first, last))
        .collect();
    PoisonedPart::new(name, Digest::sha256(name.as_bytes()), rows?)
}

fn poisoning() -> AttackEvidence {
    let parts = vec![
        part("train-3", &[(0, 0), (10, 20)]).unwrap(),
        part("train-4", &[]).unwrap(),
    ];
    let technique = AttackTechnique::new("AML.T0020".parse().unwrap(), "2026.05").unwrap();
    let detector = AttackDetector::new(tool(), number(0.9), Comparator::Above, number(0.8));
    AttackEvidence::new(AttackIndicator::DataPoisoning, target(), vec![], parts)
        .unwrap()
        .with_trials(Trials::new(200, 34).unwrap())
        .with_technique(technique.with_nist("NISTAML.013".parse().unwrap()))
        .with_detector(detector)
}

#[test]
fn evidence_of_an_attack_round_trips() {
    let evidence = poisoning();
    assert_eq!(
        evidence.to_string(),
        "data-poisoning (AML.T0020), 34 of 200 attempts: succeeded"
    );
    assert!(evidence.detector().unwrap().has_fired());
    assert_eq!(evidence.parts()[0].rows()[1].len(), 11);
    round_trips(&Detection::Attack(evidence));
    let inputs = vec![Digest::sha256(b"query")];
    let bare = AttackEvidence::new(AttackIndicator::Jailbreak, target(), inputs, vec![]).unwrap();
    assert_eq!(bare.outcome(), AttackOutcome::Uncounted);
    round_trips(&Detection::Attack(bare.clone()));
    let blocked = bare.with_trials(Trials::new(5, 0).unwrap());
    assert_eq!(blocked.outcome(), AttackOutcome::Blocked);
}

#[test]
fn rates_have_the_interval_of_wilson() {
    // The values for 10 of 100 and for 0 of 10 stand in textbooks.
    for (attempts, successes, low, high) in [
        (100, 10, 0.055_229, 0.174_366),
        (10, 0, 0.0, 0.277_533),
        (10, 10, 0.722_467, 1.0),
        (1, 1, 0.206_549, 1.0),
    ] {
        let interval = Trials::new(attempts, successes).unwrap().wilson();
        assert!((interval.low().get() - low).abs() < 1e-6, "{interval:?}");
        assert!((interval.high().get() - high).abs() < 1e-6, "{interval:?}");
        assert_eq!(interval.level(), number(0.95));
    }
    for (attempts, successes) in [(0, 0), (1, 2), (1 << 53, 0)] {
        let refused = Trials::new(attempts, successes).unwrap_err();
        assert_eq!(refused.code(), "incident.number.trials");
    }
}

#[test]
fn evidence_that_shows_nothing_is_refused() {
    let query = || vec![Digest::sha256(b"query")];
    let evidence = |indicator, inputs, parts| {
        AttackEvidence::new(indicator, target(), inputs, parts).unwrap_err()
    };
    let shard = || part("train-3", &[]).unwrap();
    for (refused, code, text) in [
        (
            evidence(AttackIndicator::Evasion, vec![], vec![]),
            "incident.attack.nothing",
            "evidence of evasion names nothing that shows it",
        ),
        (
            evidence(AttackIndicator::DataPoisoning, query(), vec![]),
            "incident.attack.nothing",
            "evidence of data-poisoning names nothing that shows it",
        ),
        (
            evidence(AttackIndicator::Evasion, query(), vec![shard()]),
            "incident.attack.parts",
            "evidence of evasion names parts of data, which it does not change",
        ),
        (
            evidence(
                AttackIndicator::Evasion,
                [query(), query()].concat(),
                vec![],
            ),
            "incident.attack.twice",
            "evidence of an attack lists an input or a part twice",
        ),
        (
            evidence(AttackIndicator::Backdoor, vec![], vec![shard(), shard()]),
            "incident.attack.twice",
            "evidence of an attack lists an input or a part twice",
        ),
        (
            evidence(
                AttackIndicator::Evasion,
                vec![Digest::sha256(b""); 10_001],
                vec![],
            ),
            "incident.attack.too_many",
            "evidence of an attack lists 10001 items, expected at most 10000",
        ),
        (
            part("train-3", &[(5, 4)]).unwrap_err(),
            "incident.attack.range",
            "rows 5 to 4 are no range",
        ),
        (
            part("train-3", &[(5, 9), (9, 12)]).unwrap_err(),
            "incident.attack.rows",
            "rows from 9 do not come after the rows before them",
        ),
        (
            part("", &[]).unwrap_err(),
            "incident.attack.text",
            "evidence of an attack has an invalid text",
        ),
    ] {
        assert_eq!((refused.code(), refused.to_string().as_str()), (code, text));
    }
}

#[test]
fn ids_of_nist_have_one_form() {
    for text in ["NISTAML.05", "NISTAML.013", "NISTAML.0131"] {
        assert_eq!(text.parse::<NistAttackId>().unwrap().as_str(), text);
    }
    for text in [
        "",
        "NISTAML",
        "NISTAML.",
        "NISTAML.1",
        "NISTAML.12345",
        "nistaml.013",
        "NISTAML.0x1",
    ] {
        let refused = text.parse::<NistAttackId>().unwrap_err();
        assert_eq!(refused.code(), "incident.attack.nist");
        let expected = format!("expected an id such as `NISTAML.013`, found `{text}`");
        assert_eq!(refused.to_string(), expected);
    }
}

#[test]
fn documents_of_attacks_are_read_strictly() {
    let detection = Detection::Attack(poisoning());
    for (pointer, to, text) in [
        (
            "/trials/successes",
            json!(201),
            "201 successes of 200 attempts cannot be, expected 1 to 2^53 - 1 attempts",
        ),
        (
            "/technique/nist",
            json!("S0600"),
            "expected an id such as `NISTAML.013`, found `S0600`",
        ),
        (
            "/parts/0/rows/1/first",
            json!(0),
            "rows from 0 do not come after the rows before them",
        ),
        (
            "/indicator",
            json!("evasion"),
            "evidence of evasion names parts of data, which it does not change",
        ),
        (
            "/parts",
            json!([]),
            "evidence of data-poisoning names nothing that shows it",
        ),
    ] {
        let refused = read_changed(&detection, |value| {
            *value["attack"].pointer_mut(pointer).unwrap() = to;
        });
        assert_eq!(refused.unwrap_err(), text, "{pointer}");
    }
    let refused = read_changed(&detection, |value| value["attack"]["prompt"] = json!("x"));
    assert!(refused.unwrap_err().starts_with("unknown field `prompt`"));
}
