//! Keeps what the readers are made for, for the fuzzer to begin with.

use std::path::PathBuf;
use std::{env, fs};

use modelward_artifact::{Digest, Message, Party, SignatureAlgorithm, Signer, SignerError};
use modelward_incident::log::{
    Context, Disclosed, Disclosures, Draft, IncidentLog, Salt, SignedCheckpoint,
};
use modelward_incident::{
    Answer, Backup, Contact, EventKind, Exercise, Fact, Facts, IncidentPolicy, Moment, NewEvent,
    PolicyKind, PolicySet, Readiness, ReportSent, ReportingRules, RmfAction, Tlp,
};
use serde::Serialize;
use serde_json::{Value, json};

/// Keeps a file for a target, in the folder that `MODELWARD_SEEDS` names. Without it nothing is kept.
pub(crate) fn keep(target: &str, bytes: &[u8]) {
    if let Some(folder) = env::var_os("MODELWARD_SEEDS") {
        let folder = PathBuf::from(folder).join(target);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(Digest::sha256(bytes).to_hex()), bytes).unwrap();
    }
}

fn keep_json(target: &str, value: &impl Serialize) {
    keep(target, &serde_json::to_vec(value).unwrap());
}

fn ada() -> Party {
    Party::new("Ada Example").unwrap()
}

fn append(log: &mut IncidentLog, draft: Draft) {
    let at = "2026-11-23T10:00:00Z".parse().unwrap();
    log.append(draft, &Context::new(at, ada())).unwrap();
}

/// The log of which the target for proofs has the same.
fn log() -> IncidentLog {
    let mut log = IncidentLog::new();
    for number in 0..37 {
        append(
            &mut log,
            Draft::new(json!({"kind": "note", "number": number})).unwrap(),
        );
    }
    log
}

fn secret(field: &str, value: Value) -> Disclosed {
    let salt = Salt::new(b"sixteen bytes or more").unwrap();
    Disclosed::new(field.parse().unwrap(), salt, value).unwrap()
}

#[test]
fn the_fuzzer_begins_with_logs_and_what_is_kept_beside_them() {
    let secrets = [
        secret("reporter", json!({"mail": "jo@example.org"})),
        secret("sample/1", json!(["the prompt", 0.5, -7])),
    ];
    let mut draft = Draft::new(json!({"kind": "reported", "weight": 1.5e-7})).unwrap();
    for secret in &secrets {
        draft = draft.with_secret(secret).unwrap();
    }
    let mut log = IncidentLog::new();
    append(&mut log, draft);
    for text in ["a", "\u{e9}\u{1f600}\n", "\"\\"] {
        append(
            &mut log,
            Draft::new(json!({"kind": "note", "text": [text]})).unwrap(),
        );
    }
    let lines = log.to_lines().unwrap();
    assert!(IncidentLog::verify(&lines).fault().is_none());
    keep("incident-log-lines", &lines);
    keep(
        "incident-log-lines",
        lines.split_inclusive(|byte| *byte == b'\n').next().unwrap(),
    );
    let events = concat!(
        r#"{"kind":"note","text":"a"}"#,
        "\n",
        r#"{"z":[1,-2.5e-9,null,true],"a":{"b":"\u00e9"}}"#,
        "\n",
        r#"{"kind":"closed"}"#,
    );
    keep(
        "incident-log-edit",
        format!("\0\u{7f}\u{3}{events}").as_bytes(),
    );

    let mut beside = Disclosures::new();
    for secret in secrets {
        beside.disclose(&log.entries()[0], secret).unwrap();
    }
    keep_json("incident-disclosure", &beside);
}

/// Signs for the target for notes, which believes every signature of this key.
struct Anybody;

impl Signer for Anybody {
    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::EcdsaP256Sha256
    }

    fn public_key_der(&self) -> &[u8] {
        b"no key"
    }

    fn sign(&self, _: &Message<'_>) -> Result<Vec<u8>, SignerError> {
        Ok(b"signature".to_vec())
    }
}

#[test]
fn the_fuzzer_begins_with_checkpoints_and_proofs() {
    let log = log();
    let chain = log.chain();
    let checkpoint = chain.checkpoint("example.org/incidents".parse().unwrap());
    keep("incident-note", checkpoint.to_string().as_bytes());
    let (name, other) = (checkpoint.origin().clone(), "witness".parse().unwrap());
    let signed = SignedCheckpoint::sign(checkpoint, name, &Anybody).unwrap();
    keep("incident-note", signed.to_string().as_bytes());
    let signed = signed.and_sign(other, &Anybody).unwrap();
    assert_eq!(signed.to_string().lines().count(), 6);
    keep("incident-note", signed.to_string().as_bytes());
    for number in [0, 1, 31, 32, 35, 36] {
        keep_json("incident-proof", &log.prove_inclusion(number).unwrap());
        keep_json(
            "incident-proof",
            &log.prove_consistency(number + 1).unwrap(),
        );
    }
}

#[test]
fn the_fuzzer_begins_with_rules_and_facts() {
    let rules = ReportingRules::built_in();
    let all: Value = serde_json::from_slice(&rules.to_json().unwrap()).unwrap();
    for rule in all["rules"].as_array().unwrap() {
        let one = json!({"schema": all["schema"], "rules": [rule]});
        keep_json("incident-rule", &one);
    }
    keep("incident-rule", &rules.to_json().unwrap());
    let sent = "2026-11-24T10:00:00Z".parse().unwrap();
    let facts = Facts::new()
        .with_answer(Fact::Provider, Answer::Yes, &ada())
        .with_answer(Fact::HighRiskSystem, Answer::Yes, &ada())
        .with_answer(Fact::Death, Answer::No, &ada())
        .with_time(Moment::Aware, "2026-11-23T10:00:00Z".parse().unwrap());
    keep_json("incident-facts", &facts);
    let rule = rules.as_slice()[0].id().clone();
    let report = ReportSent::new(sent, ada()).with_receipt("No. 7".parse().unwrap());
    let facts = facts.with_report(rule.clone(), report);
    assert!(facts.report(&rule).is_some());
    keep_json("incident-facts", &facts);
}

#[test]
fn the_fuzzer_begins_with_policies_and_readiness() {
    let day = |text: &str| text.parse().unwrap();
    let policy = |kind: PolicyKind| {
        let (title, version) = ("A policy".parse().unwrap(), "1".parse().unwrap());
        IncidentPolicy::draft(kind.name().parse().unwrap(), kind, title, version)
            .with_owner(ada())
            .approved(day("2026-01-15"), day("2026-11-26"))
            .serving(RmfAction::INCIDENT_RESPONSE)
    };
    let set = PolicySet::new(PolicyKind::ALL.map(policy).to_vec()).unwrap();
    keep("incident-policy", &set.to_json().unwrap());
    let ready = Readiness::default()
        .with_backup(Backup {
            policy: "daily".parse().unwrap(),
            owner: Some(ada()),
            restored_on: Some(day("2026-10-01")),
        })
        .with_contact(Contact {
            who: ada(),
            reach: "ada@example.org".parse().unwrap(),
            checked_on: day("2026-10-01"),
        })
        .with_exercise(Exercise {
            on: day("2026-10-01"),
            outcome: "rehearsed".parse().unwrap(),
        });
    assert!(ready.backup().is_some());
    keep("incident-policy", &ready.to_json().unwrap());
}

#[test]
fn the_fuzzer_begins_with_names() {
    for name in [
        "adversarial/data-poisoning",
        "INC-2026-0042",
        "example.org/incidents",
        "/refs/0",
        "MANAGE 4.3",
        "weights-1",
        "pkg:pypi/torch@2.0.0",
        "2026-04",
        "2026-11-26T10:00:00.000Z",
        "NISTAML.013",
        "1.2.3-rc.1",
    ] {
        keep("incident-name", name.as_bytes());
    }
}

#[test]
fn the_fuzzer_begins_with_records() {
    let mut incident = crate::opened();
    let asset = NewEvent::new(EventKind::AssetRecorded(crate::weights()));
    let asset = asset.marked(Tlp::Clear).field("/refs", Tlp::Red).unwrap();
    incident.record(asset, &crate::by(1)).unwrap();
    keep("incident-record", &incident.to_json().unwrap());
    let told = incident.release(Tlp::Amber).unwrap();
    assert_eq!(told.withheld().len(), 1);
    keep("incident-record", &told.incident().to_json().unwrap());
}
