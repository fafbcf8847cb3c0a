use std::num::NonZeroU64;

use crate::{Digest, EntryPath, ResourceName, Shard};

/// Names one file of a model, or one shard of a file, with its size and digest.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    name: ResourceName,
    size: u64,
    digest: Digest,
}

impl Entry {
    /// Joins the path of a whole file, its size in bytes and its digest.
    #[must_use]
    pub const fn new(path: EntryPath, size: u64, digest: Digest) -> Self {
        let name = ResourceName::file(path);
        Self { name, size, digest }
    }

    /// Joins the path of a file, one of its shards and the digest of the shard's bytes.
    #[must_use]
    pub const fn shard(path: EntryPath, shard: Shard, digest: Digest) -> Self {
        Self {
            name: ResourceName::shard_of(path, shard),
            size: shard.size(),
            digest,
        }
    }

    /// Returns what the digest is of.
    #[must_use]
    pub const fn name(&self) -> &ResourceName {
        &self.name
    }

    /// Returns the path of the file below the model's root.
    #[must_use]
    pub const fn path(&self) -> &EntryPath {
        self.name.path()
    }

    /// Returns the size of the file or shard in bytes.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Returns the digest of the bytes.
    #[must_use]
    pub const fn digest(&self) -> &Digest {
        &self.digest
    }
}

/// Tells what a manifest has digests of (OMS v1.0, section 6.3).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "OMS v1.0 registers these two serialization methods"
)]
pub enum Layout {
    /// One digest for every file, `files` in OMS.
    Files,
    /// One digest for every piece of a file, `shards` in OMS.
    Shards {
        /// The size of every shard in bytes, but for the last of a file, which may be shorter.
        size: NonZeroU64,
    },
}
