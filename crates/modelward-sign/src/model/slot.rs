use std::sync::{Mutex, OnceLock, PoisonError};

use modelward_artifact::{Digest, EntryPath, HeldFile, Holding, ResourceName, TreeFile};

/// A signed file: what is signed of it, and the file itself once it was opened.
#[derive(Debug)]
pub(super) struct Slot {
    listed: Listed,
    /// The name and digest of the file, or of each shard in order.
    signed: Vec<(ResourceName, Digest)>,
    opening: Mutex<()>,
    held: OnceLock<HeldFile>,
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
    pub(super) const fn new(
        file: TreeFile,
        holding: Holding,
        signed: Vec<(ResourceName, Digest)>,
    ) -> Self {
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

    pub(super) fn signed(&self) -> &[(ResourceName, Digest)] {
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
