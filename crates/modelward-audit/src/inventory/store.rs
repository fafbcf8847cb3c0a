use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use modelward_artifact::json;
use modelward_artifact::{Digest, LockedFile, Text, write_atomically, write_each_atomically};
use serde::{Deserialize, Serialize};

use super::document::InventoryLimits;
use super::entry::InventoryEntry;
use super::error::InventoryError;
use super::id::EntryId;
use super::operations::Inventory;
use super::record::Standing;
use super::store_error::StoreError;
use super::store_files;

const INDEX: &str = "index.json";
const INDEX_SCHEMA: &str = "modelward.inventory-index/1";

/// Keeps an inventory in a folder: one JSON document an entry, an index and a lock.
///
/// - Each file is written under another name and renamed, what supersedes an entry before the entry:
///   a writer that is killed leaves an inventory that is sound and readable.
/// - The lock is advisory: it keeps out other writers that open the folder so, and a process that
///   ends gives it up. Readers need none.
/// - The index is made of the entries and says nothing that they do not. It is not there while entries
///   are written, and opening makes it anew.
///
/// ```
/// use modelward_audit::inventory::{InventoryEntry, InventoryLimits, InventoryStore};
///
/// # let scratch = tempfile::tempdir()?;
/// # let folder = scratch.path().join("inventory");
/// let limits = InventoryLimits::default();
/// let mut store = InventoryStore::open(&folder, limits)?;
/// let entry = InventoryEntry::new("a-1".parse()?, "a".parse()?, "1".parse()?, "2026-01-01T00:00:00Z".parse()?);
/// store.update(|inventory| inventory.add(entry))?;
/// assert_eq!(InventoryStore::open(&folder, limits).unwrap_err().code(), "audit.inventory.store.locked");
/// assert_eq!(&InventoryStore::read(&folder, &limits)?, store.inventory());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct InventoryStore {
    folder: PathBuf,
    limits: InventoryLimits,
    inventory: Inventory,
    broken: bool,
    _lock: LockedFile,
}

impl InventoryStore {
    /// Opens a folder or creates it, locks it, reads and checks every entry, and makes the index anew
    /// where it is not what the entries say.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the folder is locked, an entry is not sound or passes a limit, or the
    /// operating system refuses.
    pub fn open(folder: &Path, limits: InventoryLimits) -> Result<Self, StoreError> {
        store_files::create(folder)?;
        let lock = store_files::lock(folder)?;
        store_files::remove_leftovers(folder)?;
        let store = Self {
            folder: folder.into(),
            limits,
            inventory: store_files::load(folder, &limits)?,
            broken: false,
            _lock: lock,
        };
        let index = index_of(&store.inventory)?;
        let path = folder.join(INDEX);
        let found = store_files::read(&path, limits.document().max_bytes());
        if !matches!(found, Ok(Some(found)) if found == index) {
            write_atomically(&path, &index)?;
        }
        Ok(store)
    }

    /// Reads the inventory of a folder. It takes no lock and changes nothing, so while another writes
    /// it shows some of a change and not yet all of it. How a file system lists a folder in which
    /// files are renamed at that moment is its own matter: who needs every entry opens the folder.
    ///
    /// # Errors
    ///
    /// [`StoreError`] as of [`InventoryStore::open`], but for the lock.
    pub fn read(folder: &Path, limits: &InventoryLimits) -> Result<Inventory, StoreError> {
        store_files::load(folder, limits)
    }

    /// Reads the index of a folder, which takes one file instead of one an entry. `None` where there is
    /// none or it is not understood: then the entries have to be read.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file is too large or cannot be read.
    pub fn read_index(
        folder: &Path,
        limits: &InventoryLimits,
    ) -> Result<Option<Vec<IndexRow>>, StoreError> {
        let path = folder.join(INDEX);
        let Some(bytes) = store_files::read(&path, limits.document().max_bytes())? else {
            return Ok(None);
        };
        let index = json::read_as::<Index>(&bytes, limits.document()).ok();
        let understood = index.filter(|it| it.schema == INDEX_SCHEMA);
        Ok(understood.map(|index| index.entries))
    }

    /// Returns the inventory.
    #[must_use]
    pub const fn inventory(&self) -> &Inventory {
        &self.inventory
    }

    /// Returns the folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Changes the inventory and writes the entries that changed. Many changes at once take much less
    /// time than each alone: the index is written once, and files are flushed in groups.
    ///
    /// # Errors
    ///
    /// [`StoreError::Change`] where a change is refused: nothing is written then and the inventory is
    /// as it was. Any other error leaves some of the changed entries written, and the folder has to
    /// be opened anew.
    pub fn update<T>(
        &mut self,
        change: impl FnOnce(&mut Inventory) -> Result<T, InventoryError>,
    ) -> Result<T, StoreError> {
        if self.broken {
            let folder = self.folder.clone();
            return Err(StoreError::Broken { folder });
        }
        let mut changed = self.inventory.clone();
        let outcome = change(&mut changed).map_err(|source| StoreError::Change { source })?;
        let documents = self.documents(&changed)?;
        if !documents.is_empty() {
            self.broken = true;
            self.write(&documents, &index_of(&changed)?)?;
            self.broken = false;
        }
        self.inventory = changed;
        Ok(outcome)
    }

    /// Makes the documents of what changed, in the order in which they are written. Nothing that could
    /// not be read back is written.
    fn documents(&self, changed: &Inventory) -> Result<Vec<(PathBuf, Vec<u8>)>, StoreError> {
        let limit = self.limits.max_entries();
        let folder = || self.folder.clone();
        if changed.len() > limit {
            let folder = folder();
            return Err(StoreError::TooMany { folder, limit });
        }
        // A change could put another inventory in the place of this one.
        let mut old = self.inventory.entries();
        if let Some(lost) = old.find(|entry| changed.entry(entry.id()).is_none()) {
            let id = lost.id().clone();
            let source = InventoryError::NotFound { id };
            return Err(StoreError::Change { source });
        }
        let mut documents = Vec::new();
        for entry in in_writing_order(&self.inventory, changed) {
            let path = store_files::path_of(&self.folder, entry.id());
            let bytes = entry.to_json()?;
            match InventoryEntry::read(&bytes, self.limits.entry()) {
                Ok(_) => documents.push((path, bytes)),
                Err(source) => return Err(StoreError::Entry { path, source }),
            }
        }
        Ok(documents)
    }

    fn write(&self, documents: &[(PathBuf, Vec<u8>)], index: &[u8]) -> Result<(), StoreError> {
        let path = self.folder.join(INDEX);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::io(&path, error));
            }
            _ => {}
        }
        write_each_atomically(documents)?;
        write_atomically(&path, index)?;
        Ok(())
    }
}

/// Says of an entry what lists show.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct IndexRow {
    /// The entry.
    pub id: EntryId,
    /// The model's name.
    pub name: Text,
    /// The model's version.
    pub version: Text,
    /// Whether it is in use.
    pub standing: Standing,
    /// The root digest, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<Digest>,
}

#[derive(Deserialize, Serialize)]
struct Index {
    schema: String,
    entries: Vec<IndexRow>,
}

fn index_of(inventory: &Inventory) -> Result<Vec<u8>, StoreError> {
    let rows = inventory.entries().map(|entry| IndexRow {
        id: entry.id().clone(),
        name: entry.name().clone(),
        version: entry.version().clone(),
        standing: entry.standing(),
        root: entry.root().copied(),
    });
    let index = Index {
        schema: INDEX_SCHEMA.to_owned(),
        entries: rows.collect(),
    };
    Ok(json::pretty(&index)?)
}

/// Returns what changed, each after what supersedes it.
fn in_writing_order<'a>(old: &Inventory, new: &'a Inventory) -> Vec<&'a InventoryEntry> {
    let is_changed = |entry: &Arc<InventoryEntry>| {
        let before = old.shared().get(entry.id());
        !before.is_some_and(|before| Arc::ptr_eq(before, entry) || before == entry)
    };
    let changed: Vec<_> = new.shared().values().filter(|it| is_changed(it)).collect();
    let mut left: BTreeSet<_> = changed.iter().map(|it| it.id()).collect();
    let mut order = Vec::with_capacity(changed.len());
    for start in changed {
        let mut chain = Vec::new();
        let mut next = Some(start.as_ref());
        while let Some(entry) = next.filter(|entry| left.remove(entry.id())) {
            chain.push(entry);
            next = entry.superseded().and_then(|it| new.entry(&it.by));
        }
        order.extend(chain.into_iter().rev());
    }
    order
}
