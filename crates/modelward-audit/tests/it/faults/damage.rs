//! What a store has to be after anything happened to its writer.

use std::fs;
use std::path::Path;

use modelward_audit::inventory::{EntryId, InventoryLimits, InventoryStore, Standing};
use modelward_incident::log::{Draft, FileOptions, LogFile};
use serde_json::json;

use super::Said;
use super::child::at;
use crate::inventory::entry;

/// Opens the log as it was left. Every entry that was acknowledged is there and is the one that was
/// appended, there are not more than `beside` others, and the log goes on.
pub(super) fn check_log(place: &Path, said: &Said, beside: usize, what: &str) {
    let path = place.join("incidents.jsonl");
    let opened = LogFile::open(&path, FileOptions::default());
    let mut log = opened.unwrap_or_else(|error| panic!("{what}: {error:?}"));
    let mut next = 0;
    for words in said.all("acknowledged") {
        let seq: u64 = words[0].parse().unwrap();
        let found = log.entry(seq).unwrap();
        let found = found.unwrap_or_else(|| panic!("{what}: entry {seq} is lost"));
        assert_eq!(found.event()["number"].to_string(), words[1], "{what}");
        next = seq + 1;
    }
    let count = log.chain().len();
    let most = next + beside as u64;
    assert!(next <= count && count <= most, "{what}: {count} entries");
    let second = u32::try_from(count).unwrap();
    let draft = Draft::new(json!({"kind": "note", "number": 0, "at": count})).unwrap();
    log.append(draft, &at(second)).unwrap();
}

/// Reads and opens the inventory as it was left. Every entry that was acknowledged is there, there
/// are not more than `beside` others, nothing is left over, and the inventory goes on.
pub(super) fn check_inventory(place: &Path, said: &Said, beside: usize, what: &str) {
    let folder = place.join("a/inventory");
    let limits = InventoryLimits::default();
    if folder.exists() {
        // Who takes no lock sees a sound inventory too.
        let read = InventoryStore::read(&folder, &limits);
        read.unwrap_or_else(|error| panic!("{what}: {error:?}"));
    }
    let opened = InventoryStore::open(&folder, limits);
    let mut store = opened.unwrap_or_else(|error| panic!("{what}: {error:?}"));
    let mut acknowledged = 0;
    for words in said.all("acknowledged") {
        let id: EntryId = words[0].parse().unwrap();
        assert!(
            store.inventory().entry(&id).is_some(),
            "{what}: {id} is lost"
        );
        acknowledged += 1;
    }
    let count = store.inventory().len();
    assert!(count <= acknowledged + beside, "{what}: {count} entries");
    let active = store.inventory().standing(Standing::Active).count();
    assert!(active <= 1 + beside, "{what}: {active} are active");
    let index = InventoryStore::read_index(&folder, &limits).unwrap();
    assert_eq!(index.unwrap().len(), count, "{what}: the index is another");
    let names = fs::read_dir(&folder).unwrap();
    let names = names.map(|it| it.unwrap().file_name().into_string().unwrap());
    let left: Vec<_> = names.filter(|name| name.starts_with('.')).collect();
    assert!(left.is_empty(), "{what}: {left:?} is left over");
    let newest = store.inventory().entries().last();
    let number = newest.map_or(0, |it| it.id().as_str()[1..].parse::<u32>().unwrap() + 1);
    let next = entry(&format!("e{number:06}"), number);
    store.update(|inventory| inventory.add(next)).unwrap();
}
