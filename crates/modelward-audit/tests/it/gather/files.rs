use std::fs;

use modelward_artifact::{HashOptions, Manifest, NoControl, Sharding};
use modelward_audit::{
    ModelEvidence, PickleFact, PickleState, PolicyAnswer, PolicyRule, ReleaseFacts,
    ScanPicklesError, scan_held_pickles, scan_pickles,
};
use modelward_bom::inspect::InspectLimits;
use modelward_bom::model::Property;
use modelward_bom::{Component, MlBom};
use modelward_sign::{
    Bundle, LoadMode, LoadOptions, SigningKey, VerifiedModel, VerifyPolicy, sign,
};

use super::{by, finds, never};
use crate::road::{Road, hash, now};

fn facts(road: &Road, bom: &MlBom) -> ReleaseFacts {
    ReleaseFacts::of(&road.nothing().with_bom(bom), now())
}

/// Changes what the document is about.
fn with_model(bom: &MlBom, change: impl FnOnce(Component) -> Component) -> MlBom {
    let metadata = bom.metadata().unwrap().clone();
    let model = change(metadata.component().unwrap().clone());
    bom.clone().with_metadata(metadata.with_component(model))
}

#[test]
fn an_ml_bom_of_these_files_is_told_from_one_of_others() {
    let road = Road::good();
    let rule = PolicyRule::Bom;
    let good = by("bom", &facts(&road, &road.bom));
    assert_eq!(
        good.rule(rule).unwrap().answer(),
        PolicyAnswer::Pass,
        "{good}"
    );

    let fewer = with_model(&road.bom, |model| {
        let files: Vec<Component> = model.components()[1..].to_vec();
        model.with_components(files)
    });
    let lost = road.bom.model().unwrap().files()[0].name().to_owned();
    finds(
        "bom",
        rule,
        &facts(&road, &fewer),
        &[("policy.bom.unlisted", &lost)],
    );

    let unbound = with_model(&road.bom, |model| {
        model.with_properties(Vec::<Property>::new())
    });
    finds(
        "bom",
        rule,
        &facts(&road, &unbound),
        &[("policy.bom.unbound", "")],
    );

    let twice = with_model(&road.bom, |model| {
        let mut properties = model.properties().to_vec();
        properties.push(Property::new("modelward:manifest:root").with_value("sha256:00"));
        model.with_properties(properties)
    });
    let expected = [("policy.bom.other_files", ""), ("policy.bom.same", "")];
    finds("bom", rule, &facts(&road, &twice), &expected);
}

#[test]
fn a_part_of_the_ml_bom_that_is_no_file_is_foreign() {
    let road = Road::good();
    fs::remove_file(road.folder.path().join("config.json")).unwrap();
    let fewer = hash(road.folder.path());
    let evidence = ModelEvidence::of(&fewer).with_bom(&road.bom);
    let facts = ReleaseFacts::of(&evidence, now());
    let expected = [
        ("policy.bom.foreign", "config.json"),
        ("policy.bom.other_files", ""),
    ];
    finds("bom", PolicyRule::Bom, &facts, &expected);
    never("bom", PolicyRule::Bom, &facts, "policy.bom.unlisted");
}

#[test]
fn without_files_an_ml_bom_is_compared_with_those_that_were_verified() {
    let road = Road::good();
    let bare = ModelEvidence::new("model", road.manifest.root()).with_bom(&road.bom);
    let blind = ReleaseFacts::of(&bare, now());
    finds(
        "bom",
        PolicyRule::Bom,
        &blind,
        &[("policy.bom.no_files", "")],
    );
    let verified = ReleaseFacts::of(&bare.with_verification(&road.verdict), now());
    let report = by("bom", &verified);
    let answer = report.rule(PolicyRule::Bom).unwrap().answer();
    assert_eq!(answer, PolicyAnswer::Pass, "{report}");
}

/// Loading it calls a function of `os`.
const CALLS_SYSTEM: &[u8] = b"cos\nsystem\n(S'id'\ntR.";

/// Loading it makes an object of a package that nobody knows.
const UNKNOWN_CLASS: &[u8] = b"cacme.models\nModel\n(tR.";

fn scan(files: &[(&str, &[u8])]) -> Vec<(String, PickleState)> {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let manifest = hash(folder.path());
    let found = scan_pickles(folder.path(), &manifest, &InspectLimits::default()).unwrap();
    found.into_iter().map(|it| (it.path, it.state)).collect()
}

#[test]
fn every_pickle_is_scanned_and_what_cannot_be_is_said() {
    let cut = [CALLS_SYSTEM, b"\x80"].concat();
    let cases: [(&str, &[u8], Option<PickleState>); 10] = [
        ("a.pkl", CALLS_SYSTEM, Some(PickleState::Unsafe)),
        ("cut.pkl", &cut, Some(PickleState::Unsafe)),
        ("weights.pt", CALLS_SYSTEM, Some(PickleState::Unsafe)),
        ("b.pkl", UNKNOWN_CLASS, Some(PickleState::Suspicious)),
        ("c.pkl", b"\x80\x04K\x01.", Some(PickleState::Safe)),
        // By its first bytes a pickle, whatever it is called.
        ("d.dat", b"\x80\x04K\x01.", Some(PickleState::Safe)),
        ("e.pkl", b"no pickle", Some(PickleState::NotScanned)),
        (
            "f.joblib",
            b"\xfd7zXZ\0\0\0\0\0\0\0",
            Some(PickleState::NotScanned),
        ),
        (
            "g.zip",
            b"PK\x03\x04 an archive",
            Some(PickleState::NotScanned),
        ),
        ("notes.txt", b"nothing runs", None),
    ];
    for (name, bytes, state) in cases {
        let expected: Vec<_> = state.map(|it| (name.to_owned(), it)).into_iter().collect();
        assert_eq!(scan(&[(name, bytes)]), expected, "{name}");
    }
    let config = br#"{"auto_map": {"AutoModel": "modeling.Model"}}"#;
    let found = scan(&[("config.json", config)]);
    assert_eq!(found, [("config.json".to_owned(), PickleState::Suspicious)]);
}

#[test]
fn a_file_that_changed_since_it_was_hashed_is_not_scanned() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.pkl");
    fs::write(&path, b"\x80\x04K\x01.").unwrap();
    let manifest: Manifest = hash(folder.path());
    fs::write(&path, CALLS_SYSTEM).unwrap();
    let limits = InspectLimits::default();
    let error = scan_pickles(folder.path(), &manifest, &limits).unwrap_err();
    assert!(matches!(error, ScanPicklesError::Changed { .. }));
    assert_eq!(error.code(), "audit.pickles.changed");
    let text = "file `a.pkl` is not the one that was hashed";
    assert_eq!(error.to_string(), text);
    fs::remove_file(&path).unwrap();
    let error = scan_pickles(folder.path(), &manifest, &limits).unwrap_err();
    assert!(matches!(error, ScanPicklesError::Read(_)));
}

#[test]
fn what_is_scanned_of_a_held_model_is_what_was_signed() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.pkl"), CALLS_SYSTEM).unwrap();
    fs::write(path("b.pkl"), [UNKNOWN_CLASS, &[0; 200]].concat()).unwrap();
    fs::write(path("notes.txt"), "nothing runs").unwrap();
    let key = SigningKey::generate();
    let whole = sign(&hash(folder.path()), &key).unwrap();
    let shards = Sharding::Size(64.try_into().unwrap());
    let sharded = HashOptions::default().with_sharding(shards);
    let sharded = Manifest::hash(folder.path(), &sharded, &NoControl).unwrap();
    let sharded = sign(&sharded, &key).unwrap();
    let limits = InspectLimits::default();
    let open = |bundle: &Bundle, mode| {
        let options = LoadOptions::new(VerifyPolicy::key(key.public_key().clone()));
        let options = options.with_mode(mode);
        let held = VerifiedModel::open(folder.path(), bundle, &options, &NoControl).unwrap();
        held.into_result().unwrap()
    };
    let eager = open(&whole, LoadMode::Eager);
    let by_shard = open(&sharded, LoadMode::ByShard);
    by_shard.file("a.pkl").unwrap();
    let scanned = scan_held_pickles(&open(&sharded, LoadMode::ByShard), &limits).unwrap();
    // Whoever hides it now is too late.
    fs::write(
        path("a.pkl"),
        &b"\x80\x04K\x01.                "[..CALLS_SYSTEM.len()],
    )
    .unwrap();
    let expected = [
        ("a.pkl", PickleState::Unsafe),
        ("b.pkl", PickleState::Suspicious),
    ];
    let expected = expected.map(|(path, state)| PickleFact::new(path.to_owned(), state));
    assert_eq!(scanned, expected);
    assert_eq!(scan_held_pickles(&eager, &limits).unwrap(), expected);
    let folder_says = scan_pickles(folder.path(), &hash(folder.path()), &limits).unwrap();
    assert_ne!(folder_says, expected);

    let error = scan_held_pickles(&by_shard, &limits).unwrap_err();
    assert_eq!(error.code(), "sign.load.digest");
    let text = "`a.pkl:0:21` has the digest";
    assert!(error.to_string().starts_with(text), "{error}");
    fs::write(path("a.pkl"), CALLS_SYSTEM).unwrap();
    let error = scan_held_pickles(&open(&whole, LoadMode::Streaming), &limits).unwrap_err();
    assert_eq!(error.code(), "sign.load.mode");
}

#[test]
fn scans_that_were_given_are_facts_and_none_is_not_an_empty_list() {
    let road = Road::good();
    let none = by("pickles", &ReleaseFacts::of(&road.nothing(), now()));
    let answer = |report: &modelward_audit::ReleaseReport| {
        report.rule(PolicyRule::Pickles).unwrap().answer()
    };
    assert_eq!(answer(&none), PolicyAnswer::CannotTell);
    let empty = ReleaseFacts::of(&road.nothing().with_pickles(&[]), now());
    assert_eq!(answer(&by("pickles", &empty)), PolicyAnswer::Pass);
    let bad = [PickleFact::new("a.pkl".to_owned(), PickleState::Unsafe)];
    let bad = ReleaseFacts::of(&road.nothing().with_pickles(&bad), now());
    assert_eq!(answer(&by("pickles", &bad)), PolicyAnswer::Fail);
}
