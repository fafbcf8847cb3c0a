//! Which digests must not be used, by the records of incidents.

use modelward_artifact::{Digest, HashOptions, JsonLimits, Manifest, NoControl, Party, Timestamp};
use modelward_artifact::{Finding, Verdict};
use modelward_audit::Quarantine;
use modelward_incident::log::Context;
use modelward_incident::{
    AffectedAsset, AssetKind, AssetRef, EventKind, Incident, IncidentKind, Opening,
    QuarantineOrder, Severity,
};
use modelward_sign::{LoadMode, LoadOptions, SigningKey, VerifiedModel, VerifyPolicy, sign};

fn at(day: u32) -> Timestamp {
    format!("2026-03-{day:02}T12:00:00Z").parse().unwrap()
}

fn by(day: u32, who: &str) -> Context {
    Context::new(at(day), Party::new(who).unwrap())
}

/// An incident with one asset and an order against it, proposed on the second, until the twentieth.
fn incident(asset: &AssetRef) -> Incident {
    let kind = IncidentKind::AdversarialDataPoisoning;
    let opening = Opening::new("trouble".parse().unwrap(), kind, Severity::High);
    let id = "INC-1".parse().unwrap();
    let mut incident = Incident::open(id, opening, &by(1, "Jo Example")).unwrap();
    let name = || "it".parse().unwrap();
    let affected = AffectedAsset::new(name(), AssetKind::Model, "it".parse().unwrap());
    let recorded = EventKind::AssetRecorded(affected.with_ref(asset.clone()));
    incident.record(recorded, &by(1, "Jo Example")).unwrap();
    let order = QuarantineOrder::new(name(), "poisoned".parse().unwrap());
    let order = order.with_target(asset.clone()).until(at(20));
    let proposed = EventKind::OrderProposed(order);
    incident.record(proposed, &by(2, "Jo Example")).unwrap();
    incident
}

fn signed_off(mut incident: Incident) -> Incident {
    let order = EventKind::OrderSignedOff {
        order: "it".parse().unwrap(),
        note: "compared".parse().unwrap(),
    };
    incident.record(order, &by(3, "Bo Example")).unwrap();
    incident
}

/// The record as somebody has it from whom the last event is withheld.
fn partial(incident: &Incident) -> Incident {
    let mut record: serde_json::Value =
        serde_json::from_slice(&incident.to_json().unwrap()).unwrap();
    record["withheld"] = serde_json::json!([incident.timeline().len()]);
    Incident::from_json(record.to_string().as_bytes(), &JsonLimits::default()).unwrap()
}

fn code(quarantine: &Quarantine, digest: &Digest) -> Option<String> {
    Some(quarantine.refuses(digest)?.code().to_owned())
}

#[test]
fn a_digest_is_refused_while_an_order_against_it_is_in_force() {
    let digest = Digest::sha256(b"weights");
    let proposed = incident(&AssetRef::Digest(digest));
    let ordered = signed_off(proposed.clone());
    for (incident, day, refused) in [
        (&proposed, 10, None),
        (&ordered, 2, None),
        (&ordered, 10, Some("audit.quarantine.ordered")),
        (&ordered, 20, None),
    ] {
        let quarantine = Quarantine::of(std::slice::from_ref(incident), at(day));
        assert_eq!(code(&quarantine, &digest).as_deref(), refused, "day {day}");
        assert_eq!(code(&quarantine, &Digest::sha256(b"another")), None);
        assert!(quarantine.undecided().is_empty());
    }
}

#[test]
fn of_a_record_with_parts_withheld_every_digest_is_refused() {
    let digest = Digest::sha256(b"weights");
    for incident in [
        incident(&AssetRef::Digest(digest)),
        signed_off(incident(&AssetRef::Digest(digest))),
    ] {
        // On the last day the order has expired, as far as it can be seen.
        let quarantine = Quarantine::of(&[partial(&incident)], at(25));
        let found = code(&quarantine, &digest);
        assert_eq!(found.as_deref(), Some("audit.quarantine.withheld"));
        assert_eq!(quarantine.undecided().len(), 1);
        assert_eq!(code(&quarantine, &Digest::sha256(b"another")), None);
    }
}

#[test]
fn an_order_that_names_no_digest_is_told_of() {
    let named = AssetRef::purl("pkg:huggingface/example/model@1").unwrap();
    let quarantine = Quarantine::of(&[signed_off(incident(&named))], at(10));
    let [finding] = quarantine.undecided() else {
        panic!("{quarantine:?}");
    };
    assert_eq!(finding.code(), "audit.quarantine.not_by_digest");
    assert_eq!(finding.subject(), Some("pkg:huggingface/example/model@1"));
}

#[test]
fn without_records_nothing_is_refused() {
    let quarantine = Quarantine::of(&[], at(10));
    assert_eq!(quarantine.refuses(&Digest::sha256(b"weights")), None);
}

#[test]
fn a_model_with_a_file_under_quarantine_is_not_opened_in_any_mode() {
    let model = tempfile::tempdir().unwrap();
    std::fs::write(model.path().join("weights.bin"), b"weights").unwrap();
    let hashed = Manifest::hash(model.path(), &HashOptions::default(), &NoControl).unwrap();
    let key = SigningKey::generate();
    let bundle = sign(&hashed, &key).unwrap();
    let file = AssetRef::Digest(Digest::sha256(b"weights"));
    for asset in [file, AssetRef::Digest(hashed.root())] {
        let quarantine = Quarantine::of(&[signed_off(incident(&asset))], at(10));
        let refusal = |digest: &Digest| -> Option<Finding> { quarantine.refuses(digest) };
        for mode in [LoadMode::Eager, LoadMode::Streaming] {
            let policy = VerifyPolicy::key(key.public_key().clone());
            let options = LoadOptions::new(policy).with_mode(mode);
            let open = |options: &LoadOptions<'_>| {
                VerifiedModel::open(model.path(), &bundle, options, &NoControl).unwrap()
            };
            assert!(matches!(open(&options), Verdict::Verified(_)));
            let Verdict::Rejected(findings) = open(&options.with_refusal(&refusal)) else {
                panic!("it is quarantined");
            };
            let found = findings.as_slice()[0].code();
            assert_eq!(found, "audit.quarantine.ordered");
        }
    }
}
