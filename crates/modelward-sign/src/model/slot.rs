use std::sync::{Mutex, OnceLock, PoisonError};

use modelward_artifact::{
    Digest, EntryPath, Hasher, HeldFile, Holding, ResourceName, Shard, TreeFile,
};

use crate::LoadError;

/// A signed file: what is signed of it, and the file itself once it was opened.
#[derive(Debug)]
pub(super) struct Slot {
    listed: Listed,
    /// What is signed of the file, or of each shard in order.
    signed: Vec<Signed>,
    opening: Mutex<()>,
    held: OnceLock<HeldFile>,
}

/// What is signed of a file or of one of its shards.
#[derive(Debug)]
pub(super) struct Signed {
    pub(super) name: ResourceName,
    pub(super) digest: Digest,
}

impl Signed {
    pub(super) const fn shard(&self) -> Option<Shard> {
        self.name.shard()
    }

    pub(super) fn hasher(&self) -> Hasher {
        Hasher::new(self.digest.algorithm())
    }

    /// Compares what was read with what was signed.
    pub(super) fn check(&self, read: Hasher) -> Result<(), LoadError> {
        let found = read.finish();
        if found == self.digest {
            return Ok(());
        }
        Err(LoadError::Digest {
            name: self.name.clone(),
            expected: Box::new(self.digest),
            found: Box::new(found),
        })
    }
}

/// A file as it was met, and how it is to be held.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    file: TreeFile,
    holding: Holding,
}

impl Listed {
    pub(super) const fn tree_file(&self) -> &TreeFile {
        &self.file
    }

    pub(super) const fn holding(&self) -> Holding {
        self.holding
    }
}

impl Slot {
    pub(super) const fn new(file: TreeFile, holding: Holding, signed: Vec<Signed>) -> Self {
        Self {
            listed: Listed { file, holding },
            signed,
            opening: Mutex::new(()),
            held: OnceLock::new(),
        }
    }

    pub(super) const fn path(&self) -> &EntryPath {
        self.listed.file.path()
    }

    pub(super) const fn size(&self) -> u64 {
        self.listed.file.size()
    }

    pub(super) fn signed(&self) -> &[Signed] {
        &self.signed
    }

    /// Returns the file, which `open` opens the first time.
    pub(super) fn held<E>(
        &self,
        open: impl FnOnce(&Listed) -> Result<HeldFile, E>,
    ) -> Result<&HeldFile, E> {
        if let Some(held) = self.held.get() {
            return Ok(held);
        }
        // Of several threads one opens it, so that there are no two of one file.
        let _alone = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = self.held.get() {
            return Ok(held);
        }
        let held = open(&self.listed)?;
        Ok(self.held.get_or_init(|| held))
    }
}
