#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod escape;
pub mod json;
pub mod kernel;

mod algorithm;
mod atlas;
mod cache;
mod collision;
mod control;
mod date;
mod difference;
mod digest;
mod document;
mod engine;
mod error;
mod folder;
mod hash;
mod hasher;
mod limits;
mod manifest;
mod map;
mod memory;
#[cfg(feature = "object-store")]
mod object_store;
mod open;
mod options;
mod party;
mod path;
mod rehash;
mod resource;
mod signer;
mod source;
mod stamp;
mod sums;
mod symlinks;
mod tar;
mod text;
mod timestamp;
mod verdict;
mod walk;
mod write;

pub use crate::algorithm::{DigestAlgorithm, UnknownAlgorithm};
pub use crate::atlas::{AtlasTechnique, ParseAtlasTechniqueError};
pub use crate::cache::{DigestCache, ReadCacheError};
pub use crate::collision::{Collision, collisions};
pub use crate::control::{Control, Event, NoControl};
pub use crate::date::{Date, ParseDateError};
pub use crate::difference::Difference;
pub use crate::digest::{Digest, ParseDigestError};
pub use crate::document::ReadManifestError;
pub use crate::error::{HashError, Operation};
pub use crate::folder::{Folder, Reading};
pub use crate::hasher::Hasher;
pub use crate::limits::{JsonLimits, WalkLimits};
pub use crate::manifest::{Entry, Layout, Manifest, ManifestError, root_digest};
pub use crate::memory::Memory;
#[cfg(feature = "object-store")]
pub use crate::object_store::ObjectStoreSource;
pub use crate::open::{ReadError, open_entry, read_entry, read_file};
pub use crate::options::{HashOptions, Sharding, shard_size};
pub use crate::party::Party;
pub use crate::path::{EntryPath, ParseEntryPathError};
pub use crate::rehash::Rehashed;
pub use crate::resource::{ResourceName, ResourceNameError, Shard};
pub use crate::signer::{Message, SignatureAlgorithm, Signer, SignerError};
pub use crate::source::{Content, Source};
pub use crate::sums::{Sums, SumsError, SumsFormat, SumsLimits};
pub use crate::symlinks::Symlinks;
pub use crate::tar::{TarError, TarFile};
pub use crate::text::{ParseTextError, Text};
pub use crate::timestamp::{ParseTimestampError, Timestamp};
pub use crate::verdict::{Finding, Findings, Verdict};
pub use crate::walk::{GitPaths, Tree, TreeFile, WalkOptions, walk};
pub use crate::write::{WriteError, write_atomically};
