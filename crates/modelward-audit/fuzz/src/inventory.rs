//! The inventory, its entries and its index, and lists of affected assets.

use std::fs;
use std::sync::LazyLock;

use modelward_artifact::JsonLimits;
use modelward_audit::AffectedAssets;
use modelward_audit::inventory::{
    AuditQuestion, Inventory, InventoryEntry, InventoryLimits, InventoryStore,
};
use tempfile::TempDir;

use crate::refused;

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("there is room"));

/// Reads an inventory and an entry, each of which is written and read as the same.
pub fn inventory(bytes: &[u8]) {
    let limits = InventoryLimits::default().with_max_entries(64);
    match Inventory::read(bytes, &limits) {
        Ok(inventory) => ask(&inventory, &limits),
        Err(error) => refused(&error),
    }
    match InventoryEntry::read(bytes, &JsonLimits::default()) {
        Ok(entry) => {
            let written = entry.to_json().expect("it has a form");
            let again = InventoryEntry::read(&written, &JsonLimits::default());
            let again = again.expect("what we wrote is read");
            assert_eq!(again, entry);
            assert_eq!(again.digest().ok(), entry.digest().ok());
            let _ = (entry.findings(), entry.is_signed(), entry.root());
        }
        Err(error) => refused(&error),
    }
}

fn ask(inventory: &Inventory, limits: &InventoryLimits) {
    let written = inventory.to_json().expect("it has a form");
    let again = Inventory::read(&written, limits).expect("what we wrote is read");
    assert_eq!(again, *inventory);
    assert_eq!(again.to_json().ok(), Some(written));
    for entry in inventory.entries() {
        assert_eq!(inventory.entry(entry.id()), Some(entry));
        assert_eq!(
            inventory.version(entry.name(), entry.version()),
            Some(entry)
        );
        for next in inventory.successors(entry.id()) {
            assert_ne!(next.id(), entry.id(), "nothing supersedes itself");
        }
    }
    assert!(inventory.in_use().count() <= inventory.len());
    let report = inventory.audit_questions();
    let asked = report.known() + report.unknown() + report.contradicted();
    assert_eq!(
        asked,
        report.rows().len(),
        "every question has an answer or none"
    );
    for question in AuditQuestion::ALL {
        assert!(inventory.unanswered(question).count() <= inventory.len());
        assert!(inventory.contradicted(question).count() <= inventory.len());
    }
    let mut twice = inventory.clone();
    for entry in inventory.entries() {
        assert!(twice.add(entry.clone()).is_err(), "it is there already");
    }
    assert_eq!(twice, *inventory, "what is refused changes nothing");
}

/// Reads an index that lies in a folder, which is understood or is as if there were none.
pub fn inventory_index(bytes: &[u8]) {
    let folder = FOLDER.path();
    fs::write(folder.join("index.json"), bytes).expect("there is room");
    let limits = InventoryLimits::default();
    let once = InventoryStore::read_index(folder, &limits).expect("it is small");
    let again = InventoryStore::read_index(folder, &limits).expect("it is small");
    assert_eq!(once.map(|rows| rows.len()), again.map(|rows| rows.len()));
}

/// Reads a list of affected assets.
pub fn affected_list(bytes: &[u8]) {
    match AffectedAssets::from_json(bytes, &JsonLimits::default()) {
        Ok(list) => {
            assert_eq!(list.iter().len(), list.len());
            assert_eq!(list.is_empty(), list.len() == 0);
            let again = list
                .iter()
                .fold(AffectedAssets::new(), |all, (asset, reason)| {
                    all.with(asset.clone(), reason)
                });
            assert_eq!(again, list);
        }
        Err(error) => refused(&error),
    }
}
