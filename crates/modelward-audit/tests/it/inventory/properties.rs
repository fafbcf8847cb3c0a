use modelward_audit::inventory::{Inventory, InventoryEntry, InventoryLimits};
use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::Index;

use super::{day, entry, id, ids, text};

/// A change by names of which some are there and some are not.
#[derive(Clone, Copy, Debug)]
enum Change {
    Add(u8),
    NewVersion(u8, u8),
    Retire(u8),
    Revise(u8),
    Supersede(u8, u8),
}

fn change() -> impl Strategy<Value = Change> {
    (0..5_u8, 0..12_u8, 0..12_u8).prop_map(|(kind, one, two)| match kind {
        0 => Change::Add(one),
        1 => Change::NewVersion(one, two),
        2 => Change::Retire(one),
        3 => Change::Revise(one),
        _ => Change::Supersede(one, two),
    })
}

fn name(number: u8) -> String {
    format!("e{number}")
}

fn apply(inventory: &mut Inventory, change: Change, at: u32) -> bool {
    let outcome = match change {
        Change::Add(one) => inventory.add(entry(&name(one), at)),
        Change::NewVersion(one, two) => {
            inventory.new_version(&id(&name(one)), entry(&name(two), at))
        }
        Change::Retire(one) => inventory.retire(&id(&name(one)), text("over"), day(at)),
        Change::Revise(one) => inventory.revise(entry(&name(one), at), text("why"), day(at)),
        Change::Supersede(one, two) => {
            inventory.supersede(&id(&name(one)), &id(&name(two)), day(at))
        }
    };
    outcome.is_ok()
}

proptest! {
    #[test]
    fn no_change_makes_a_ring_or_loses_an_entry(
        changes in proptest::collection::vec((change(), 0..3_u32), 0..60),
    ) {
        let (mut inventory, mut at) = (Inventory::default(), 0);
        for (change, later) in changes {
            at += later;
            let before = inventory.clone();
            if !apply(&mut inventory, change, at) {
                prop_assert_eq!(&inventory, &before);
            }
            for old in before.entries() {
                let new = inventory.entry(old.id()).unwrap();
                prop_assert_eq!(old.recorded_at(), new.recorded_at());
                if let Some(supersession) = old.superseded() {
                    prop_assert_eq!(Some(supersession), new.superseded());
                }
                prop_assert!(inventory.successors(old.id()).take(20).count() < 12);
            }
            let bytes = inventory.to_json().unwrap();
            let back = Inventory::read(&bytes, &InventoryLimits::default()).unwrap();
            prop_assert_eq!(&back, &inventory);
        }
        let history = inventory.history();
        prop_assert!(history.is_sorted_by_key(modelward_audit::inventory::HistoryEvent::at));
    }

    #[test]
    fn the_order_of_entries_is_no_matter(places in proptest::collection::vec(any::<Index>(), 8)) {
        let mut inventory = Inventory::default();
        inventory.add(entry("e0", 0)).unwrap();
        for number in 1..8_u8 {
            let at = u32::from(number);
            inventory.new_version(&id(&name(number - 1)), entry(&name(number), at)).unwrap();
        }
        let mut entries: Vec<InventoryEntry> = inventory.entries().cloned().collect();
        for (at, place) in places.iter().enumerate() {
            entries.swap(at, place.index(8));
        }
        prop_assert_eq!(Inventory::of(entries).unwrap().to_json().unwrap(), inventory.to_json().unwrap());
        prop_assert_eq!(ids(inventory.successors(&id("e0"))).len(), 7);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = Inventory::read(&bytes, &InventoryLimits::default());
    }
}
