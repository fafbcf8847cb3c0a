use modelward_artifact::{JsonLimits, json};
use modelward_audit::rollback::{
    Flaw, GateStanding, MemberRecord, Outcome, Release, ReleaseHistory, ReleaseRecord,
    RollbackRequest, StoredFile, plan_rollback,
};
use serde_json::{Value, json};

use super::{
    MODELS, backup, codes, day, now, present, request, selected, toy_graph, toy_incident,
    toy_releases,
};

/// A history of which every member is there.
pub(crate) fn full() -> Value {
    let root = |number: usize| MODELS[number].root.to_string();
    json!({
        "schema": "modelward.release-history/1",
        "asset": "model",
        "present": root(4),
        "flaws": [{"node": "raw1", "reference": "CVE-2026-1", "published": "2026-01-01T00:00:00Z"}],
        "produced": {"m1": "2026-01-01T00:00:00Z"},
        "revoked": [{"key": MODELS[3].key.to_string(), "from": "2026-01-02T00:00:00Z"}],
        "members": [{"node": "d1", "root": root(5), "bundle": {"path": "d1.sig"}, "backup": "d1"}],
        "releases": [{
            "node": "m1",
            "root": root(1),
            "version": "1.1.0",
            "deployedFrom": "2026-01-02T00:00:00Z",
            "deployedUntil": "2026-01-03T00:00:00Z",
            "produced": "2026-01-01T00:00:00Z",
            "gate": "passed",
            "formats": [],
            "knownBad": ["a lawsuit"],
            "manifest": {"path": "1.1.0/manifest.json"},
            "bundle": {"path": "1.1.0/model.sig", "digest": root(0)},
            "backup": "1.1.0/model",
        }],
    })
}

fn read(value: &Value) -> Result<ReleaseHistory, &'static str> {
    let bytes = serde_json::to_vec(value).unwrap();
    ReleaseHistory::from_json(&bytes, &JsonLimits::default()).map_err(|error| error.code())
}

/// Release `number` as a history states it.
fn record(number: usize) -> ReleaseRecord {
    let id = format!("m{number}").parse().unwrap();
    let version = format!("1.{number}.0").parse().unwrap();
    let mut record = ReleaseRecord::new(id, MODELS[number].root, version);
    record.deployed_from = Some(day(number as u64));
    record.gate = Some(GateStanding::Passed);
    record.formats = Some(Vec::new());
    record
}

/// What somebody who verified its files makes of a record.
fn proven(record: &ReleaseRecord, number: usize) -> Release {
    let release = record.to_release().with_signature(&MODELS[number].good);
    release.with_backup(&backup(number, now()))
}

#[test]
fn a_history_survives_a_write_and_a_read() {
    let history = read(&full()).unwrap();
    let bytes = history.to_json();
    let again = ReleaseHistory::from_json(&bytes, &JsonLimits::default()).unwrap();
    assert_eq!((&again, again.digest()), (&history, history.digest()));
    assert_eq!(bytes, json::canonical(&full()).unwrap());
    assert_eq!(history.present(), present());
    let stored = StoredFile::new("1.1.0/manifest.json".parse().unwrap());
    assert_eq!(history.releases()[0].manifest, Some(stored));
    let mut member = MemberRecord::new("d1".parse().unwrap(), MODELS[5].root);
    member.bundle = Some(StoredFile::new("d1.sig".parse().unwrap()));
    member.backup = Some("d1".parse().unwrap());
    assert_eq!(history.members(), [member]);
}

#[test]
fn what_is_no_history_is_refused_with_its_code() {
    let shape = "artifact.json.shape";
    let until = "2026-01-01T00:00:00Z";
    for (pointer, value, code) in [
        ("/schema", json!("modelward.release-history/2"), shape),
        ("/surprise", json!(1), shape),
        ("/asset", json!("No Slug"), shape),
        ("/present", json!("sha256:12"), shape),
        ("/flaws/0/surprise", json!(1), shape),
        ("/revoked/0/surprise", json!(1), shape),
        ("/members/0/surprise", json!(1), shape),
        ("/members/0/signature", json!("verified"), shape),
        ("/releases/0/signature", json!("verified"), shape),
        ("/releases/0/signedBefore", json!(until), shape),
        ("/releases/0/gate", json!("maybe"), shape),
        ("/releases/0/version", json!(""), shape),
        ("/releases/0/backup", json!("../elsewhere"), shape),
        ("/releases/0/backup", json!("/elsewhere"), shape),
        ("/releases/0/bundle/path", json!("a/../../b"), shape),
        ("/releases/0/bundle/surprise", json!(1), shape),
        (
            "/releases/0/deployedUntil",
            json!(until),
            "audit.rollback.history.period",
        ),
        (
            "/releases/1",
            full()["releases"][0].clone(),
            "audit.rollback.history.twice",
        ),
    ] {
        let mut history = full();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        match history.pointer_mut(parent).unwrap() {
            Value::Array(list) => list.push(value),
            object => object[name] = value,
        }
        assert_eq!(read(&history), Err(code), "{pointer}");
    }
    let mut begun = full();
    begun["releases"][0]["deployedFrom"] = Value::Null;
    assert_eq!(read(&begun), Err("audit.rollback.history.period"));
    let mut missing = full();
    missing.as_object_mut().unwrap().remove("present");
    assert_eq!(read(&missing), Err(shape));
    let twice = br#"{"asset": "a", "asset": "b"}"#;
    let error = ReleaseHistory::from_json(twice, &JsonLimits::default()).unwrap_err();
    assert_eq!(error.code(), "artifact.json.duplicate");
}

#[test]
fn a_history_is_limited_before_it_is_read() {
    let bytes = serde_json::to_vec(&full()).unwrap();
    for limits in [
        JsonLimits::default().with_max_bytes(100),
        JsonLimits::default().with_max_values(10),
    ] {
        ReleaseHistory::from_json(&bytes, &limits).expect_err("it is too large");
    }
    let many = |count: usize| {
        let releases = (0..count).map(|number| {
            let version = number.to_string().parse().unwrap();
            ReleaseRecord::new("m1".parse().unwrap(), MODELS[1].root, version)
        });
        ReleaseHistory::new(present(), releases.collect())
    };
    many(ReleaseHistory::MAX_RECORDS).expect("as many as may be");
    let error = many(ReleaseHistory::MAX_RECORDS + 1).unwrap_err();
    assert_eq!(error.code(), "audit.rollback.history.too_many");
}

#[test]
fn a_plan_of_a_history_is_that_of_the_releases_that_it_states() {
    let (graph, incident) = (toy_graph(), toy_incident());
    let records: Vec<_> = (1..5).map(record).collect();
    let mut stated = full();
    stated["flaws"] = json!([]);
    for name in ["members", "produced", "revoked"] {
        stated.as_object_mut().unwrap().remove(name);
    }
    stated["releases"] = serde_json::to_value(&records).unwrap();
    let history = read(&stated).unwrap();
    let begun = history.to_request(&incident, &graph, now());
    let begun = begun.with_incidents(&[]);
    let bare = records.iter().map(ReleaseRecord::to_release);
    let bare = bare.fold(begun.clone(), RollbackRequest::with_release);
    let plan = plan_rollback(&bare);
    // A document proves neither a signature nor a backup.
    assert!(matches!(plan.outcome(), Outcome::NoSafeVersion { .. }));
    let missing = [
        "audit.rollback.backup.missing",
        "audit.rollback.signature.none",
    ];
    assert_eq!(codes(&plan, "1.1.0"), missing);

    let numbered = records.iter().zip(1..);
    let proven = numbered.map(|(record, number)| match number {
        2 => toy_releases()[1].clone(),
        _ => proven(record, number),
    });
    let proven = proven.fold(begun, RollbackRequest::with_release);
    let known = toy_releases();
    let known = known
        .into_iter()
        .fold(request(&incident, &graph), RollbackRequest::with_release);
    assert_eq!(plan_rollback(&proven), plan_rollback(&known));
    assert_eq!(selected(&plan_rollback(&proven)), ["1.1.0"]);
}

#[test]
fn what_a_history_says_against_a_release_counts() {
    let (graph, incident) = (toy_graph(), toy_incident());
    let finding = json!({"code": "bom.pickle", "message": "runs code", "subject": "a.pkl"});
    for (pointer, value, code) in [
        (
            "/releases/0/gate",
            json!("failed"),
            "audit.rollback.known_bad",
        ),
        (
            "/releases/0/knownBad",
            json!(["a lawsuit"]),
            "audit.rollback.known_bad",
        ),
        (
            "/releases/0/formats",
            json!([finding]),
            "audit.rollback.format.unsafe",
        ),
        (
            "/releases/0/formats",
            Value::Null,
            "audit.rollback.format.unknown",
        ),
        (
            "/releases/0/gate",
            Value::Null,
            "audit.rollback.health_unknown",
        ),
        ("/flaws", Value::Null, "audit.rollback.health_unknown"),
        (
            "/flaws",
            json!([{"node": "raw1", "reference": "CVE-2026-1"}]),
            "audit.rollback.known_bad",
        ),
        (
            "/revoked",
            json!([{"key": MODELS[1].key.to_string(), "from": "2025-01-01T00:00:00Z"}]),
            "audit.rollback.signer_revoked",
        ),
    ] {
        let mut stated = full();
        stated["releases"][0]["knownBad"] = json!([]);
        let plan = |stated: &Value| {
            let history = read(stated).unwrap();
            let release = proven(&history.releases()[0], 1);
            let begun = history.to_request(&incident, &graph, now());
            plan_rollback(&begun.with_incidents(&[]).with_release(release))
        };
        assert_eq!(codes(&plan(&stated), "1.1.0"), [""; 0], "{pointer}");
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        stated.pointer_mut(parent).unwrap()[name] = value;
        let codes = codes(&plan(&stated), "1.1.0");
        assert!(codes.contains(&code), "{pointer}: {codes:?}");
    }
}

#[test]
fn a_stored_file_is_known_by_its_digest() {
    let any = StoredFile::new("a".parse().unwrap());
    let one = any
        .clone()
        .with_digest(modelward_artifact::Digest::sha256(b"one"));
    assert_eq!((any.is(b"one"), any.is(b"two")), (true, true));
    assert_eq!((one.is(b"one"), one.is(b"two")), (true, false));
    let flaw = Flaw::new("a".parse().unwrap(), "CVE-2026-1".parse().unwrap());
    let text = serde_json::to_string(&flaw).unwrap();
    assert_eq!(serde_json::from_str::<Flaw>(&text).unwrap(), flaw);
}
