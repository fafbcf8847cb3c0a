use modelward_artifact::JsonLimits;
use modelward_audit::inventory::{EntryId, Inventory, InventoryEntry, InventoryLimits};
use serde_json::{Value, json};

use super::three;

fn read(document: &Value) -> Result<Inventory, String> {
    let limits = InventoryLimits::default().with_max_entries(4);
    let read = Inventory::read(document.to_string().as_bytes(), &limits);
    read.map_err(|error| error.code().to_owned())
}

fn row(id: &str) -> Value {
    json!({"schema": "modelward.inventory-entry/1", "id": id, "name": "m", "version": id,
        "recordedAt": "2026-01-01T00:00:00Z"})
}

fn by(id: &str, by: &str) -> Value {
    let mut row = row(id);
    row["superseded"] = json!({"by": by, "at": "2026-01-02T00:00:00Z"});
    row
}

fn with(member: &str, value: Value) -> Value {
    let mut row = row("a");
    row[member] = value;
    row
}

#[test]
fn a_document_is_read_back_as_it_was_written() {
    let inventory = three();
    let bytes = inventory.to_json().unwrap();
    let back = Inventory::read(&bytes, &InventoryLimits::default()).unwrap();
    assert_eq!(back, inventory);
    assert_eq!(back.to_json().unwrap(), bytes);
}

#[test]
fn members_that_are_unknown_survive() {
    let mut one = by("a", "b");
    one["extra"] = json!({"deep": [1, 2]});
    one["superseded"]["extra"] = json!(1);
    one["answers"] =
        json!({"owner": [{"value": "Ada", "source": "wiki", "extra": 2}], "later": []});
    one["materials"] = json!([{"role": "dataset", "name": "d", "extra": 3}]);
    one["deployments"] = json!([{"place": "eu", "extra": 4}]);
    let mut two = row("b");
    two["answers"] = json!({});
    let document = json!({"schema": "modelward.inventory/1", "entries": [one, two], "extra": true});
    let written = read(&document).unwrap().to_json().unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&written).unwrap(), document);
}

#[test]
fn documents_that_do_not_hold_are_refused() {
    let late = json!({"at": "2025-01-01T00:00:00Z", "reason": "x"});
    let cases = [
        (vec![row("a"), row("a")], "audit.inventory.already_there"),
        (vec![by("a", "b")], "audit.inventory.dangling"),
        (vec![by("a", "a")], "audit.inventory.read.item"),
        (vec![by("a", "b"), by("b", "a")], "audit.inventory.cycle"),
        (
            vec![by("a", "b"), by("b", "c"), by("c", "b")],
            "audit.inventory.cycle",
        ),
        (vec![row("A")], "audit.inventory.read.item"),
        (vec![row("../a")], "audit.inventory.read.item"),
        (
            vec![with("schema", json!("x/1"))],
            "audit.inventory.read.item",
        ),
        (vec![with("name", json!(" "))], "audit.inventory.read.item"),
        (
            vec![with("version", json!("a\u{1b}[2J"))],
            "audit.inventory.read.item",
        ),
        (
            vec![with("root", json!("sha256:00"))],
            "audit.inventory.read.item",
        ),
        (vec![with("retired", late)], "audit.inventory.read.item"),
        (vec![json!(null)], "audit.inventory.read.item"),
        (
            "abcde".chars().map(|c| row(&c.to_string())).collect(),
            "audit.inventory.read.too_many",
        ),
    ];
    for (entries, code) in cases {
        let document = json!({"schema": "modelward.inventory/1", "entries": entries});
        assert_eq!(read(&document).unwrap_err(), code, "{document}");
    }
    let mut same = row("b");
    same["version"] = json!("a");
    let document = json!({"schema": "modelward.inventory/1", "entries": [row("a"), same]});
    assert_eq!(read(&document).unwrap_err(), "audit.inventory.same_version");
}

#[test]
fn frames_that_do_not_hold_are_refused() {
    let cases = [
        ("", "artifact.json.syntax"),
        ("[]", "audit.inventory.read.entries"),
        ("{}", "audit.inventory.read.schema"),
        (
            r#"{"schema":"modelward.inventory/2","entries":[]}"#,
            "audit.inventory.read.schema",
        ),
        (
            r#"{"schema":"modelward.inventory/1"}"#,
            "audit.inventory.read.entries",
        ),
        (
            r#"{"schema":"modelward.inventory/1","entries":{}}"#,
            "audit.inventory.read.entries",
        ),
        (r#"{"schema":"a","schema":"b"}"#, "artifact.json.duplicate"),
    ];
    for (text, code) in cases {
        let error = Inventory::read(text.as_bytes(), &InventoryLimits::default()).unwrap_err();
        assert_eq!(error.code(), code, "{text}");
    }
    let small = InventoryLimits::default().with_document(JsonLimits::default().with_max_bytes(10));
    let error = Inventory::read(&three().to_json().unwrap(), &small).unwrap_err();
    assert_eq!(error.code(), "artifact.json.too_large");
}

#[test]
fn entries_are_read_one_by_one_too() {
    let limits = JsonLimits::default();
    let entry = InventoryEntry::read(row("a").to_string().as_bytes(), &limits).unwrap();
    assert_eq!(entry.findings(), []);
    let own = by("a", "a").to_string();
    let error = InventoryEntry::read(own.as_bytes(), &limits).unwrap_err();
    assert_eq!(error.code(), "audit.inventory.entry.by_self");
}

#[test]
fn ids_are_file_names_on_every_system() {
    for good in ["a", "0", "a.b-c_d", "con", &"a".repeat(120)] {
        assert!(good.parse::<EntryId>().is_ok(), "{good}");
    }
    for bad in [
        "",
        ".",
        "a.",
        "-a",
        "A",
        "a/b",
        "a\\b",
        "a b",
        "ä",
        "a\0",
        &"a".repeat(121),
    ] {
        assert!(bad.parse::<EntryId>().is_err(), "{bad}");
    }
}
