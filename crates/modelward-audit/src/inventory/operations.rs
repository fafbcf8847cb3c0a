use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use modelward_artifact::{Text, Timestamp};
use serde_json::{Map, Value};

use super::entry::InventoryEntry;
use super::error::InventoryError;
use super::id::EntryId;
use super::record::{Retirement, Revision, Standing, Supersession};

/// Holds the entries of many models.
///
/// - No two entries have the same id, or the same name and version.
/// - What supersedes an entry is in the inventory, and following it always comes to an end.
/// - No entry is ever taken out: what is out of use is retired.
///
/// A clone is cheap: entries are shared until they change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inventory {
    entries: BTreeMap<EntryId, Arc<InventoryEntry>>,
    versions: BTreeMap<(Text, Text), EntryId>,
    /// Members of the document's frame that this version does not know.
    pub(super) other: Map<String, Value>,
}

impl Inventory {
    /// Makes an inventory of entries, in any order.
    ///
    /// # Errors
    ///
    /// [`InventoryError`] where two are the same, or one is superseded by something that is not there
    /// or by itself through others.
    pub fn of(entries: impl IntoIterator<Item = InventoryEntry>) -> Result<Self, InventoryError> {
        let mut inventory = Self::default();
        for entry in entries {
            inventory.insert(entry)?;
        }
        inventory.check_supersession()?;
        Ok(inventory)
    }

    /// Adds an entry that is in use.
    ///
    /// # Errors
    ///
    /// [`InventoryError`] where the entry is not active, or there is one of its id, or of its name and
    /// version. Nothing is changed then; the same holds for each other change.
    pub fn add(&mut self, entry: InventoryEntry) -> Result<(), InventoryError> {
        check_active(&entry)?;
        self.insert(entry)
    }

    /// Adds a new version of a model, which supersedes the one before from when it was recorded.
    ///
    /// # Errors
    ///
    /// [`InventoryError`] as of [`Inventory::add`] and [`Inventory::supersede`], and where it has
    /// another name.
    pub fn new_version(
        &mut self,
        previous: &EntryId,
        entry: InventoryEntry,
    ) -> Result<(), InventoryError> {
        let before = self.active(previous)?;
        let id = entry.id().clone();
        if before.name() != entry.name() {
            return Err(InventoryError::OtherModel { id });
        }
        let at = entry.recorded_at();
        check_time(before, at)?;
        self.add(entry)?;
        self.supersede(previous, &id, at)
    }

    /// States that an entry takes the place of another one, which both are in use until then.
    ///
    /// # Errors
    ///
    /// [`InventoryError`] where one of them is not there or not active, both are the same, or one
    /// changed later.
    pub fn supersede(
        &mut self,
        id: &EntryId,
        by: &EntryId,
        at: Timestamp,
    ) -> Result<(), InventoryError> {
        if id == by {
            let id = id.clone();
            return Err(InventoryError::Cycle { id });
        }
        // What is active has no successor, so no ring can come about.
        let successor = self.active(by)?;
        if at < successor.recorded_at() {
            let id = by.clone();
            return Err(InventoryError::Early { id });
        }
        check_time(self.active(id)?, at)?;
        let by = by.clone();
        let other = Map::new();
        self.change(id)?.0.superseded = Some(Supersession { by, at, other });
        Ok(())
    }

    /// Takes an entry out of use for good. It stays in the inventory.
    ///
    /// # Errors
    ///
    /// [`InventoryError`] where it is not there, retired already, or changed later.
    pub fn retire(
        &mut self,
        id: &EntryId,
        reason: Text,
        at: Timestamp,
    ) -> Result<(), InventoryError> {
        let entry = self.found(id)?;
        if entry.standing() == Standing::Retired {
            return check_active(entry);
        }
        check_time(entry, at)?;
        let other = Map::new();
        self.change(id)?.0.retired = Some(Retirement { at, reason, other });
        Ok(())
    }

    /// Replaces what an entry says, such as an owner that became known. What happened to it stays.
    ///
    /// # Errors
    ///
    /// [`InventoryError`] where it is not there or changed later, or the revision changes its name,
    /// its version, or a root digest that it has.
    pub fn revise(
        &mut self,
        revised: InventoryEntry,
        reason: Text,
        at: Timestamp,
    ) -> Result<(), InventoryError> {
        let before = self.found(revised.id())?;
        check_same(before, &revised)?;
        check_time(before, at)?;
        let digest = before.digest().map_err(|source| {
            let id = before.id().clone();
            InventoryError::Json { id, source }
        })?;
        let mut revised = revised;
        revised.0.recorded_at = before.0.recorded_at;
        revised.0.superseded.clone_from(&before.0.superseded);
        revised.0.retired.clone_from(&before.0.retired);
        revised.0.revisions.clone_from(&before.0.revisions);
        revised.0.revisions.push(Revision {
            at,
            reason,
            before: digest,
            other: Map::new(),
        });
        let id = revised.id().clone();
        self.entries.insert(id, Arc::new(revised));
        Ok(())
    }

    /// Returns an entry.
    #[must_use]
    pub fn entry(&self, id: &EntryId) -> Option<&InventoryEntry> {
        self.entries.get(id).map(Arc::as_ref)
    }

    /// Returns the entry of a version of a model.
    #[must_use]
    pub fn version(&self, name: &Text, version: &Text) -> Option<&InventoryEntry> {
        let key = (name.clone(), version.clone());
        self.versions.get(&key).and_then(|id| self.entry(id))
    }

    /// Returns the entries, sorted by id.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = &InventoryEntry> {
        self.entries.values().map(Arc::as_ref)
    }

    /// Returns the number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Tells whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns what took the place of an entry, and of that, up to what nothing took the place of.
    pub fn successors(&self, id: &EntryId) -> impl Iterator<Item = &InventoryEntry> {
        let next = |entry: &&InventoryEntry| self.entry(&entry.superseded()?.by);
        std::iter::successors(self.entry(id), move |entry| next(entry)).skip(1)
    }

    pub(super) fn shared(&self) -> &BTreeMap<EntryId, Arc<InventoryEntry>> {
        &self.entries
    }

    fn insert(&mut self, entry: InventoryEntry) -> Result<(), InventoryError> {
        let id = entry.id().clone();
        if self.entries.contains_key(&id) {
            return Err(InventoryError::AlreadyThere { id });
        }
        let key = (entry.name().clone(), entry.version().clone());
        if let Some(first) = self.versions.get(&key) {
            let first = first.clone();
            return Err(InventoryError::SameVersion { first, second: id });
        }
        self.versions.insert(key, id.clone());
        self.entries.insert(id, Arc::new(entry));
        Ok(())
    }

    fn found(&self, id: &EntryId) -> Result<&InventoryEntry, InventoryError> {
        let not_found = || InventoryError::NotFound { id: id.clone() };
        self.entry(id).ok_or_else(not_found)
    }

    fn active(&self, id: &EntryId) -> Result<&InventoryEntry, InventoryError> {
        let entry = self.found(id)?;
        check_active(entry)?;
        Ok(entry)
    }

    fn change(&mut self, id: &EntryId) -> Result<&mut InventoryEntry, InventoryError> {
        let not_found = || InventoryError::NotFound { id: id.clone() };
        let shared = self.entries.get_mut(id).ok_or_else(not_found)?;
        Ok(Arc::make_mut(shared))
    }

    /// Follows each chain once, up to what was followed before.
    fn check_supersession(&self) -> Result<(), InventoryError> {
        let mut done: BTreeSet<&EntryId> = BTreeSet::new();
        for start in self.entries() {
            let mut chain = BTreeSet::new();
            let mut entry = start;
            while !done.contains(entry.id()) {
                if !chain.insert(entry.id()) {
                    let id = entry.id().clone();
                    return Err(InventoryError::Cycle { id });
                }
                let Some(next) = entry.superseded() else {
                    break;
                };
                let (id, by) = (entry.id().clone(), next.by.clone());
                let next_entry = self.entry(&by).ok_or(InventoryError::Dangling { id, by })?;
                if next.at < next_entry.recorded_at() {
                    let id = next_entry.id().clone();
                    return Err(InventoryError::Early { id });
                }
                entry = next_entry;
            }
            done.extend(chain);
        }
        Ok(())
    }
}

fn check_active(entry: &InventoryEntry) -> Result<(), InventoryError> {
    match entry.standing() {
        Standing::Active => Ok(()),
        standing => {
            let id = entry.id().clone();
            Err(InventoryError::NotActive { id, standing })
        }
    }
}

fn check_same(before: &InventoryEntry, revised: &InventoryEntry) -> Result<(), InventoryError> {
    let member = if before.name() != revised.name() {
        "name"
    } else if before.version() != revised.version() {
        "version"
    } else if before.0.root.is_some() && before.0.root != revised.0.root {
        "root digest"
    } else {
        return Ok(());
    };
    let id = before.id().clone();
    Err(InventoryError::Identity { id, member })
}

/// Nothing happens before what happened already.
fn check_time(entry: &InventoryEntry, at: Timestamp) -> Result<(), InventoryError> {
    if at < entry.changed_at() {
        let id = entry.id().clone();
        return Err(InventoryError::Early { id });
    }
    Ok(())
}
