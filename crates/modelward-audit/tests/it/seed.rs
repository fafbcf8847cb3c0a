//! Keeps what the readers are made for, for the fuzzer to begin with.

use std::path::PathBuf;
use std::{env, fs};

use modelward_artifact::{Digest, JsonLimits};
use modelward_audit::AffectedAssets;
use modelward_audit::inventory::{InventoryLimits, InventoryStore};
use modelward_audit::rollback::{ReleaseHistory, RollbackPolicy, RollbackRequest, plan_rollback};
use serde_json::json;

use crate::inventory::{entry, three};
use crate::policy::attest::report;
use crate::policy::{EVERY_RULE, HEAD, every_rule};
use crate::rollback::history::full;
use crate::rollback::{request, toy_graph, toy_incident, toy_releases};

/// Keeps a file for a target, in the folder that `MODELWARD_SEEDS` names. Without it nothing is kept.
fn keep(target: &str, bytes: &[u8]) {
    if let Some(folder) = env::var_os("MODELWARD_SEEDS") {
        let folder = PathBuf::from(folder).join(target);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(Digest::sha256(bytes).to_hex()), bytes).unwrap();
    }
}

#[test]
fn the_fuzzer_begins_with_policies_and_reports() {
    keep("release-policy", format!("{HEAD}{EVERY_RULE}").as_bytes());
    keep("release-policy", &every_rule().to_json().unwrap());
    let baseline = modelward_audit::ReleasePolicy::BASELINE;
    keep("release-policy", baseline.as_bytes());
    let waived = "[phase.release.pickles]\n[[waivers]]\nrule = 'pickles'\nsubject = 'a.pkl'\n\
        approver = { name = 'Jo' }\nreason = 'looked at by hand'\nexpires = '2026-12-31'\n";
    keep("release-policy", format!("{HEAD}{waived}").as_bytes());
    keep("release-report", &report().to_json());
}

#[test]
fn the_fuzzer_begins_with_histories_and_plans() {
    let history = serde_json::to_vec(&full()).unwrap();
    ReleaseHistory::from_json(&history, &JsonLimits::default()).unwrap();
    keep("release-history", &history);
    keep("rollback-policy", &RollbackPolicy::default().to_json());
    let (incident, graph) = (toy_incident(), toy_graph());
    let request = request(&incident, &graph);
    let releases = toy_releases().into_iter();
    let plan = plan_rollback(&releases.fold(request, RollbackRequest::with_release));
    assert!(!plan.taint().is_empty());
    keep("rollback-plan", &plan.to_json());
}

#[test]
fn the_fuzzer_begins_with_inventories() {
    let inventory = three();
    keep("inventory", &inventory.to_json().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let mut store = InventoryStore::open(folder.path(), InventoryLimits::default()).unwrap();
    for kept in inventory.entries() {
        keep("inventory", &kept.to_json().unwrap());
    }
    store.update(|kept| kept.add(entry("a", 1))).unwrap();
    let index = fs::read(folder.path().join("index.json")).unwrap();
    keep("inventory-index", &index);
}

#[test]
fn the_fuzzer_begins_with_lists_of_affected_assets() {
    let digest = Digest::sha256(b"files").to_string();
    let list = json!({"schema": "modelward.affected/1", "assets": [
        {"asset": {"digest": digest}, "reason": "recalled"},
        {"asset": {"purl": "pkg:pypi/torch@2.0.0"}, "reason": "CVE-2026-1"},
    ]});
    let bytes = serde_json::to_vec(&list).unwrap();
    let read = AffectedAssets::from_json(&bytes, &JsonLimits::default()).unwrap();
    assert_eq!(read.len(), 2);
    keep("affected-list", &bytes);
}
