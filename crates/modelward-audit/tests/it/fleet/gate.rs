//! One policy over all models of an inventory.

use modelward_artifact::{Digest, JsonLimits, Timestamp};
use modelward_audit::fleet::{FleetBuilder, FleetGate, FleetReport};
use modelward_audit::inventory::{Inventory, InventoryEntry, Material, MaterialRole};
use modelward_audit::{
    AffectedAssets, Decision, PolicyRule, ReleaseFacts, ReleasePolicy, SignatureFact,
};
use modelward_graph::TableFormat;
use modelward_incident::AssetRef;
use modelward_rmf::Phase;
use serde_json::{Value, json};

use super::{BASE, DATA};
use crate::inventory::{day, entry, id, text};

fn policy(rules: &[&str]) -> ReleasePolicy {
    let rules: String = rules
        .iter()
        .map(|rule| format!("[phase.release.{rule}]\n"))
        .collect();
    let head =
        "schema = \"modelward.release-policy/1\"\nid = \"test\"\nversion = \"1\"\ntitle = \"t\"\n";
    ReleasePolicy::from_toml(&format!("{head}{rules}"), &JsonLimits::default()).unwrap()
}

fn now() -> Timestamp {
    day(30)
}

/// Makes an entry about files, of a license, derived from or trained on something.
fn known(name: &str) -> InventoryEntry {
    entry(name, 1)
        .with_root(Digest::sha256(name.as_bytes()))
        .with_license("MIT")
}

fn data() -> Material {
    let data = Material::new(MaterialRole::Dataset, "reviews");
    data.with_purl(DATA).with_license("MIT")
}

fn base() -> Material {
    let base = Material::new(MaterialRole::BaseModel, "m");
    base.with_purl(BASE).with_license("MIT")
}

/// Records the check of a signature, as reading a document does.
fn checked(entry: &InventoryEntry, outcome: &str, more: &Value) -> InventoryEntry {
    let mut document = serde_json::to_value(entry).unwrap();
    let digest = Digest::sha256(b"bundle");
    let mut record = json!({"outcome": outcome, "checkedAt": day(2), "bundle": digest});
    record
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    document["signature"] = record;
    serde_json::from_value(document).unwrap()
}

/// A base model, one derived from it, one that nobody knows the files of, and one out of use.
fn inventory() -> Inventory {
    let entries = [
        known("a").with_purl(BASE).with_material(data()),
        known("b").with_material(base()),
        entry("c", 1),
    ];
    let mut inventory = Inventory::of(entries).unwrap();
    inventory.add(known("d")).unwrap();
    inventory.retire(&id("d"), text("over"), day(2)).unwrap();
    inventory
}

fn judged(inventory: &Inventory, rules: &[&str], affected: Option<&AffectedAssets>) -> FleetReport {
    let mut builder = FleetBuilder::default();
    builder.add_inventory(inventory).unwrap();
    let fleet = builder.build().unwrap();
    let mut gate = FleetGate::new(inventory, &fleet);
    if let Some(affected) = affected {
        gate = gate.with_affected(affected);
    }
    gate.judge(&policy(rules), Phase::Release, now())
}

fn decisions(report: &FleetReport) -> Vec<(&str, Decision)> {
    let models = report.models().iter();
    models
        .map(|it| (it.entry().as_str(), it.decision()))
        .collect()
}

#[test]
fn what_reaches_a_base_model_stops_what_is_derived_from_it() {
    let poisoned = AffectedAssets::new().with(AssetRef::purl(DATA).unwrap(), "poisoned");
    let report = judged(&inventory(), &["supply-chain"], Some(&poisoned));
    let expected = [
        ("a", Decision::NoGo),
        ("b", Decision::NoGo),
        ("c", Decision::CannotTell),
    ];
    assert_eq!(decisions(&report), expected);
    assert_eq!(report.decision(), Decision::NoGo);
    let counts = report.counts();
    assert_eq!((counts.go, counts.cannot_tell, counts.no_go), (0, 1, 2));
    let [reason] = report.model(&id("b")).unwrap().reasons() else {
        panic!("one reason");
    };
    assert_eq!(reason.rule(), Some(PolicyRule::SupplyChain));
    assert_eq!(
        reason.finding().message(),
        format!("affected (poisoned): b#model -derived from-> {BASE} -trained on-> {DATA}"),
    );
    let clean = AffectedAssets::new().with(AssetRef::bom_ref("other").unwrap(), "recalled");
    let report = judged(&inventory(), &["supply-chain"], Some(&clean));
    assert_eq!(
        decisions(&report)[..2],
        [("a", Decision::Go), ("b", Decision::Go)]
    );
}

#[test]
fn what_nobody_gives_is_never_a_pass() {
    for rule in [
        "signature",
        "bom",
        "supply-chain",
        "pickles",
        "incidents",
        "quarantine",
    ] {
        let report = judged(&inventory(), &[rule], None);
        let is_told = |(_, decision): &(&str, Decision)| *decision != Decision::CannotTell;
        assert!(!decisions(&report).iter().any(is_told), "{rule}");
        assert_eq!(report.decision().exit_code(), 2);
    }
    let empty = Inventory::default();
    assert_eq!(
        judged(&empty, &["signature"], None).decision(),
        Decision::CannotTell
    );
    let none: &[&str] = &["licenses"];
    let model = known("x");
    let apart = Inventory::of([model]).unwrap();
    // An entry of which the fleet has no document: nothing is known of its lineage.
    let fleet = FleetBuilder::default().build().unwrap();
    let gate = FleetGate::new(&apart, &fleet);
    let report = gate.judge(&policy(&["lineage"]), Phase::Release, now());
    assert_eq!(decisions(&report), [("x", Decision::CannotTell)]);
    assert_eq!(
        decisions(&judged(&apart, none, None)),
        [("x", Decision::Go)]
    );
}

#[test]
fn the_record_of_a_signature_counts_for_the_files_that_it_is_of() {
    let signer = Digest::sha256(b"key");
    let root = Digest::sha256(b"x");
    let whole = json!({"root": root, "signer": signer});
    let other = json!({"root": Digest::sha256(b"other"), "signer": signer});
    let cases = [
        ("verified", whole.clone(), Decision::Go),
        ("verified", other, Decision::NoGo),
        ("verified", json!({"root": root}), Decision::CannotTell),
        ("verified", json!({"signer": signer}), Decision::CannotTell),
        ("refused", whole.clone(), Decision::NoGo),
    ];
    for (outcome, record, decision) in cases {
        let inventory = Inventory::of([checked(&known("x"), outcome, &record)]).unwrap();
        let report = judged(&inventory, &["signature"], None);
        assert_eq!(decisions(&report), [("x", decision)], "{outcome} {record}");
    }
    let findings = json!({"root": root, "signer": signer, "findings": ["sign.warning"]});
    let inventory = Inventory::of([checked(&known("x"), "verified", &findings)]).unwrap();
    let report = judged(&inventory, &["signature"], None);
    assert_eq!(decisions(&report), [("x", Decision::GoWithConditions)]);
}

#[test]
fn what_the_caller_knows_comes_before_the_record_and_only_of_the_same_files() {
    let signer = Digest::sha256(b"key");
    let root = Digest::sha256(b"x");
    let refused = checked(&known("x"), "refused", &json!({}));
    let inventory = Inventory::of([refused]).unwrap();
    let fleet = FleetBuilder::default().build().unwrap();
    let gate = FleetGate::new(&inventory, &fleet);
    let verified = |root: Digest| {
        let fact = SignatureFact::Verified {
            root,
            signer: [signer.to_string()].into(),
            warnings: Vec::new(),
        };
        ReleaseFacts::new("x", root).with_signatures([fact])
    };
    let policy = policy(&["signature"]);
    let judge = |facts: &ReleaseFacts| {
        let report = gate.judge_with(&policy, (Phase::Release, now()), |_| Some(facts.clone()));
        report.models()[0].decision()
    };
    assert_eq!(judge(&verified(root)), Decision::Go);
    assert_eq!(judge(&verified(Digest::sha256(b"other"))), Decision::NoGo);
}

#[test]
fn contradictions_in_the_fleet_are_reasons_for_whoever_is_in_them() {
    let other = base().with_license("MIT");
    let mut other = other;
    other.version = Some("2".to_owned());
    let entries = [
        known("a").with_purl(BASE).with_material(data()),
        known("b").with_material(other),
        known("x").with_material(data()),
    ];
    let report = judged(&Inventory::of(entries).unwrap(), &["lineage"], None);
    let expected = [
        ("a", Decision::NoGo),
        ("b", Decision::NoGo),
        ("x", Decision::Go),
    ];
    assert_eq!(decisions(&report), expected);
    let codes: Vec<_> = report.models()[0]
        .reasons()
        .iter()
        .map(|it| it.finding().code())
        .collect();
    assert!(codes.contains(&"audit.fleet.version"), "{codes:?}");
}

#[test]
fn licenses_of_an_entry_are_judged() {
    let with = |own: Option<&str>, role: MaterialRole, of_data: &str| {
        let entry = entry("x", 1).with_root(Digest::sha256(b"x"));
        let entry = own.map_or_else(|| entry.clone(), |own| entry.clone().with_license(own));
        let data = Material::new(role, "d").with_purl(DATA);
        let data = if of_data.is_empty() {
            data
        } else {
            data.with_license(of_data)
        };
        let inventory = Inventory::of([entry.with_material(data)]).unwrap();
        judged(&inventory, &["licenses"], None).decision()
    };
    let (base, data) = (MaterialRole::BaseModel, MaterialRole::Dataset);
    let cases = [
        (Some("MIT"), data, "MIT", Decision::Go),
        (Some("MIT"), data, "", Decision::CannotTell),
        (None, data, "MIT", Decision::CannotTell),
        (Some("MIT"), data, "no such license", Decision::CannotTell),
        // What training passes on is disputed; what a derived model passes on is not.
        (
            Some("MIT"),
            data,
            "CC-BY-NC-4.0",
            Decision::GoWithConditions,
        ),
        (Some("MIT"), base, "CC-BY-NC-4.0", Decision::NoGo),
        (Some("MIT"), MaterialRole::Component, "", Decision::Go),
    ];
    for (own, role, of_data, decision) in cases {
        assert_eq!(
            with(own, role, of_data),
            decision,
            "{own:?} {role:?} {of_data}"
        );
    }
}

#[test]
fn a_report_is_the_same_bytes_and_tells_itself_in_every_form() {
    let poisoned = AffectedAssets::new().with(AssetRef::purl(DATA).unwrap(), "\u{1b}[31mbad,\"x\"");
    let report = judged(&inventory(), &["supply-chain"], Some(&poisoned));
    let again = judged(&inventory(), &["supply-chain"], Some(&poisoned));
    assert_eq!(report.to_json(), again.to_json());
    let json: Value = serde_json::from_slice(&report.to_json()).unwrap();
    assert_eq!(json["schema"], "modelward.fleet-report/1");
    assert_eq!(
        json["counts"],
        json!({"go": 0, "goWithConditions": 0, "cannotTell": 1, "noGo": 2})
    );
    assert_eq!(
        json["models"][2]["reasons"][0]["code"],
        "audit.fleet.no_root"
    );
    let shown = report.to_string();
    assert!(!shown.contains('\u{1b}'));
    let first = shown.lines().next().unwrap();
    assert_eq!(
        first,
        "3 models (release): 0 go, 0 go with conditions, 1 cannot tell, 2 no go"
    );
    let mut csv = Vec::new();
    report.write_models(&mut csv, TableFormat::Csv).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    let head = "entry,name,version,standing,decision,rule,answer,code,subject,message\r\n";
    assert!(csv.starts_with(head));
    assert_eq!(csv.matches("\r\n").count(), 4);
    let mut lines = Vec::new();
    report
        .write_models(&mut lines, TableFormat::JsonLines)
        .unwrap();
    assert_eq!(lines.iter().filter(|it| **it == b'\n').count(), 3);
}
