//! Tests of the inventory of many models.

mod document;
mod properties;
mod queries;
mod store;

use modelward_artifact::{Text, Timestamp};
use modelward_audit::inventory::{
    AuditQuestion, Claim, EntryId, Fact, HistoryKind, Inventory, InventoryEntry, InventoryError,
    Standing,
};

pub(crate) fn day(day: u32) -> Timestamp {
    Timestamp::from_unix_seconds(1_767_225_600 + i64::from(day) * 86_400).unwrap()
}

pub(crate) fn id(text: &str) -> EntryId {
    text.parse().unwrap()
}

pub(crate) fn text(text: &str) -> Text {
    text.parse().unwrap()
}

/// Makes an entry of model `m`, whose version is its id.
pub(crate) fn entry(name: &str, at: u32) -> InventoryEntry {
    InventoryEntry::new(id(name), text("m"), text(name), day(at))
}

fn claim(value: &str, source: &str) -> Claim {
    Claim::new(text(value), text(source))
}

pub(crate) fn ids<'a>(entries: impl IntoIterator<Item = &'a InventoryEntry>) -> Vec<&'a str> {
    entries.into_iter().map(|it| it.id().as_str()).collect()
}

/// Three versions: the first was superseded by the second, and the third is a retired stranger.
pub(crate) fn three() -> Inventory {
    let mut inventory = Inventory::default();
    inventory.add(entry("a", 1)).unwrap();
    inventory.new_version(&id("a"), entry("b", 3)).unwrap();
    inventory.add(entry("c", 2)).unwrap();
    let reason = text("never used");
    inventory.retire(&id("c"), reason, day(4)).unwrap();
    inventory
}

#[test]
fn versions_are_superseded_and_retired_and_nothing_is_lost() {
    let mut inventory = three();
    let standing: Vec<_> = inventory.entries().map(InventoryEntry::standing).collect();
    let expected = [Standing::Superseded, Standing::Active, Standing::Retired];
    assert_eq!(standing, expected);
    assert_eq!(ids(inventory.successors(&id("a"))), ["b"]);
    inventory.retire(&id("a"), text("unsafe"), day(5)).unwrap();
    assert_eq!(
        inventory.entry(&id("a")).unwrap().standing(),
        Standing::Retired
    );
    assert_eq!(ids(inventory.successors(&id("a"))), ["b"]);
    assert_eq!(inventory.len(), 3);
    assert_eq!(
        inventory.version(&text("m"), &text("b")).unwrap().id(),
        &id("b")
    );
}

#[test]
fn a_change_that_does_not_hold_is_refused_and_changes_nothing() {
    type Change = fn(&mut Inventory) -> Result<(), InventoryError>;
    let cases: [(&str, Change); 14] = [
        ("already_there", |it| it.add(entry("a", 9))),
        ("same_version", |it| {
            it.add(InventoryEntry::new(id("z"), text("m"), text("a"), day(9)))
        }),
        ("not_active", |it| it.new_version(&id("a"), entry("d", 9))),
        ("not_active", |it| it.new_version(&id("c"), entry("d", 9))),
        ("not_found", |it| it.new_version(&id("q"), entry("d", 9))),
        ("early", |it| it.new_version(&id("b"), entry("d", 2))),
        ("other_model", |it| {
            let other = InventoryEntry::new(id("x"), text("other"), text("1"), day(9));
            it.new_version(&id("b"), other)
        }),
        ("cycle", |it| it.supersede(&id("b"), &id("b"), day(9))),
        ("not_active", |it| it.supersede(&id("b"), &id("a"), day(9))),
        ("not_active", |it| it.supersede(&id("b"), &id("c"), day(9))),
        ("not_found", |it| it.supersede(&id("b"), &id("q"), day(9))),
        ("not_active", |it| {
            it.retire(&id("c"), text("again"), day(9))
        }),
        ("early", |it| it.retire(&id("a"), text("late"), day(2))),
        ("identity", |it| {
            let other = InventoryEntry::new(id("a"), text("m"), text("2"), day(1));
            it.revise(other, text("why"), day(9))
        }),
    ];
    for (code, change) in cases {
        let mut inventory = three();
        let error = change(&mut inventory).unwrap_err();
        assert_eq!(error.code(), format!("audit.inventory.{code}"));
        assert_eq!(inventory, three(), "{code}");
    }
}

#[test]
fn a_revision_keeps_what_happened_and_tells_what_was_before() {
    let mut inventory = three();
    let before = inventory.entry(&id("a")).unwrap().clone();
    let found = before
        .clone()
        .with_claim(AuditQuestion::Owner, claim("Ada", "register"));
    inventory
        .revise(found, text("owner found"), day(6))
        .unwrap();
    let after = inventory.entry(&id("a")).unwrap();
    assert_eq!(after.standing(), Standing::Superseded);
    assert_eq!(after.revisions()[0].before, before.digest().unwrap());
    assert_eq!(after.changed_at(), day(6));
    let early = inventory.revise(before, text("back"), day(5)).unwrap_err();
    assert_eq!(
        early.to_string(),
        "the change of entry `a` lies before what happened to it already"
    );
}

#[test]
fn the_history_stands_by_time() {
    let inventory = three();
    let b = id("b");
    let why = text("never used");
    let events: Vec<_> = inventory.history();
    let seen: Vec<_> = events
        .iter()
        .map(|it| (it.at(), it.id().as_str(), it.kind()))
        .collect();
    let expected = [
        (day(1), "a", HistoryKind::Recorded),
        (day(2), "c", HistoryKind::Recorded),
        (day(3), "a", HistoryKind::Superseded(&b)),
        (day(3), "b", HistoryKind::Recorded),
        (day(4), "c", HistoryKind::Retired(&why)),
    ];
    assert_eq!(seen, expected);
    assert_eq!(inventory.changed_since(day(3)).len(), 3);
    assert_eq!(inventory.changed_since(day(5)).len(), 0);
}

#[test]
fn answers_are_known_unknown_or_contradicted() {
    let cases: [(&[(&str, &str)], &str); 4] = [
        (&[], "unknown"),
        (&[("Ada", "wiki")], "known"),
        (
            &[("Ada", "wiki"), ("Ada", "register"), ("Ada", "wiki")],
            "known",
        ),
        (&[("Ada", "wiki"), ("Bob", "wiki")], "contradicted"),
    ];
    for (claims, expected) in cases {
        let mut fact = Fact::default();
        for (value, source) in claims {
            fact.add(claim(value, source));
        }
        assert_eq!(fact.answer().name(), expected);
        let all: Vec<_> = claims
            .iter()
            .rev()
            .map(|(value, source)| claim(value, source))
            .collect();
        assert_eq!(Fact::from(all), fact, "the order of claims is no matter");
    }
}
