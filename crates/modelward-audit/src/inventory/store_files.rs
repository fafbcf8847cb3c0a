use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use modelward_artifact::{LockedFile, sync_parent};

use super::document::InventoryLimits;
use super::entry::InventoryEntry;
use super::id::EntryId;
use super::operations::Inventory;
use super::store_error::StoreError;

const PREFIX: &str = "entry-";
const SUFFIX: &str = ".json";

/// Returns the file of an entry. The prefix keeps ids such as `con` from being devices.
pub(super) fn path_of(folder: &Path, id: &EntryId) -> PathBuf {
    folder.join(format!("{PREFIX}{id}{SUFFIX}"))
}

/// Makes a folder where there is none.
pub(super) fn create(folder: &Path) -> Result<(), StoreError> {
    let failed = |source| StoreError::io(folder, source);
    let is_missing = |path: &&Path| !path.as_os_str().is_empty() && !path.exists();
    let missing: Vec<_> = folder.ancestors().take_while(is_missing).collect();
    fs::create_dir_all(folder).map_err(failed)?;
    // What is written into a folder is lost with the folder, where its name is not on the disk.
    missing
        .into_iter()
        .try_for_each(sync_parent)
        .map_err(failed)
}

/// Takes the lock on a folder.
pub(super) fn lock(folder: &Path) -> Result<LockedFile, StoreError> {
    let path = folder.join("lock");
    let held = LockedFile::open(&path).map_err(|source| StoreError::io(&path, source))?;
    held.ok_or_else(|| StoreError::Locked {
        folder: folder.into(),
    })
}

/// Reads every entry of a folder. What supersedes an entry was written before it was, so one that
/// came after the folder was listed is there to be read.
pub(super) fn load(folder: &Path, limits: &InventoryLimits) -> Result<Inventory, StoreError> {
    let mut entries: BTreeMap<EntryId, InventoryEntry> = BTreeMap::new();
    let mut pending = list(folder, limits)?;
    while let Some(id) = pending.pop() {
        if entries.contains_key(&id) {
            continue;
        }
        let limit = limits.max_entries();
        if entries.len() >= limit {
            let folder = folder.into();
            return Err(StoreError::TooMany { folder, limit });
        }
        let entry = read_entry(folder, &id, limits)?;
        let next = entry.superseded().map(|it| &it.by);
        let is_new = |id: &&EntryId| !entries.contains_key(id) && path_of(folder, id).exists();
        pending.extend(next.filter(is_new).cloned());
        entries.insert(id, entry);
    }
    Inventory::of(entries.into_values()).map_err(|source| {
        let folder = folder.into();
        StoreError::Sound { folder, source }
    })
}

/// Removes what writers left that were killed while they wrote. Only who has the lock may do so.
pub(super) fn remove_leftovers(folder: &Path) -> Result<(), StoreError> {
    let failed = |source| StoreError::io(folder, source);
    for item in fs::read_dir(folder).map_err(failed)? {
        let name = item.map_err(failed)?.file_name();
        let is_ours = |name: &str| {
            let begins = name.starts_with(".entry-") || name.starts_with(".index.json.");
            begins && name.strip_suffix(".tmp").is_some()
        };
        if name.to_str().is_some_and(is_ours) {
            let path = folder.join(name);
            fs::remove_file(&path).map_err(|source| StoreError::io(&path, source))?;
        }
    }
    Ok(())
}

/// Reads a regular file whole, if it is there.
pub(super) fn read(path: &Path, limit: usize) -> Result<Option<Vec<u8>>, StoreError> {
    let failed = |source| StoreError::io(path, source);
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    if !metadata.is_file() {
        return Err(StoreError::NotFile { path: path.into() });
    }
    let mut bytes = Vec::new();
    let most = (limit as u64).saturating_add(1);
    let file = File::open(path).map_err(failed)?;
    file.take(most).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > limit {
        let path = path.into();
        return Err(StoreError::TooLarge { path, limit });
    }
    Ok(Some(bytes))
}

fn list(folder: &Path, limits: &InventoryLimits) -> Result<Vec<EntryId>, StoreError> {
    let failed = |source| StoreError::io(folder, source);
    let mut found = Vec::new();
    for item in fs::read_dir(folder).map_err(failed)? {
        let name = item.map_err(failed)?.file_name();
        let id = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
        let Some(id) = id.and_then(|name| name.strip_suffix(SUFFIX)) else {
            continue;
        };
        let limit = limits.max_entries();
        if found.len() >= limit {
            let folder = folder.into();
            return Err(StoreError::TooMany { folder, limit });
        }
        let misplaced = |_| StoreError::Misplaced {
            path: folder.join(&name),
        };
        found.push(id.parse().map_err(misplaced)?);
    }
    Ok(found)
}

fn read_entry(
    folder: &Path,
    id: &EntryId,
    limits: &InventoryLimits,
) -> Result<InventoryEntry, StoreError> {
    let path = path_of(folder, id);
    let bytes = read(&path, limits.entry().max_bytes())?;
    let bytes = bytes.ok_or_else(|| StoreError::io(&path, io::ErrorKind::NotFound.into()))?;
    match InventoryEntry::read(&bytes, limits.entry()) {
        Ok(entry) if entry.id() == id => Ok(entry),
        Ok(_) => Err(StoreError::Misplaced { path }),
        Err(source) => Err(StoreError::Entry { path, source }),
    }
}
