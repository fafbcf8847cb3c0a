use modelward_artifact::{Text, Timestamp};

use super::entry::InventoryEntry;
use super::id::EntryId;
use super::operations::Inventory;

/// Says what happened to an entry.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum HistoryKind<'a> {
    /// It was added.
    Recorded,
    /// What it says was changed, for this reason.
    Revised(&'a Text),
    /// Another entry took its place.
    Superseded(&'a EntryId),
    /// It went out of use, for this reason.
    Retired(&'a Text),
}

/// Says what happened to which entry, and when.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct HistoryEvent<'a> {
    at: Timestamp,
    id: &'a EntryId,
    kind: HistoryKind<'a>,
}

impl<'a> HistoryEvent<'a> {
    /// Returns when.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// Returns to which entry.
    #[must_use]
    pub const fn id(&self) -> &'a EntryId {
        self.id
    }

    /// Returns what.
    #[must_use]
    pub const fn kind(&self) -> HistoryKind<'a> {
        self.kind
    }
}

impl InventoryEntry {
    /// Returns when something last happened to it. Deployments do not count.
    #[must_use]
    pub fn changed_at(&self) -> Timestamp {
        let last = self.history().map(|event| event.at).max();
        last.unwrap_or(self.recorded_at())
    }

    /// Returns what happened to it, in no order.
    fn history(&self) -> impl Iterator<Item = HistoryEvent<'_>> {
        let superseded = self
            .superseded()
            .map(|it| (it.at, HistoryKind::Superseded(&it.by)));
        let retired = self
            .retired()
            .map(|it| (it.at, HistoryKind::Retired(&it.reason)));
        let revisions = self.revisions().iter();
        let id = self.id();
        std::iter::once((self.recorded_at(), HistoryKind::Recorded))
            .chain(revisions.map(|it| (it.at, HistoryKind::Revised(&it.reason))))
            .chain(superseded)
            .chain(retired)
            .map(move |(at, kind)| HistoryEvent { at, id, kind })
    }
}

impl Inventory {
    /// Returns what happened, by time, then id.
    #[must_use]
    pub fn history(&self) -> Vec<HistoryEvent<'_>> {
        let mut events: Vec<_> = self.entries().flat_map(InventoryEntry::history).collect();
        events.sort_unstable();
        events
    }

    /// Returns what happened at or after a time, by time, then id.
    #[must_use]
    pub fn changed_since(&self, since: Timestamp) -> Vec<HistoryEvent<'_>> {
        let mut events = self.history();
        events.retain(|event| event.at >= since);
        events
    }
}
