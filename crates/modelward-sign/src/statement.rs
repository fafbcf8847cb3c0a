use std::num::NonZeroU64;

use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{
    Digest, DigestAlgorithm, Entry, EntryPath, JsonLimits, Layout, Manifest, ResourceName,
    root_digest,
};

use self::wire::{
    ResourceReader, WireDigest, WireHead, WirePredicate, WireResource, WireSerialization,
    WireSubject, WrittenStatement, expect_type, read_ignored,
};

pub use self::error::ReadStatementError;

mod error;
mod wire;

/// The `_type` of an in-toto statement v1.
pub const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";

/// The predicate type of OMS v1.0 (section 5.1).
pub const PREDICATE_TYPE: &str = "https://model_signing/signature/v1.0";

/// Names one signed file with its digest.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Resource {
    name: ResourceName,
    digest: Digest,
}

impl Resource {
    /// Returns what the digest is of.
    #[must_use]
    pub const fn name(&self) -> &ResourceName {
        &self.name
    }

    /// Returns the path below the model's root.
    #[must_use]
    pub const fn path(&self) -> &EntryPath {
        self.name.path()
    }

    /// Returns the digest of the file's bytes.
    #[must_use]
    pub const fn digest(&self) -> &Digest {
        &self.digest
    }
}

/// States which files a model has: the in-toto statement that OMS v1.0 signs (section 5).
///
/// - One subject, whose SHA-256 digest is the root digest over the resources in listed order.
/// - At least one resource, no name twice, every name an [`EntryPath`]; a model of one file may
///   have the name `.`, which stands for the file itself.
/// - Serialization `files` or `shards`, with one algorithm for all resources.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Statement {
    name: String,
    root: Digest,
    layout: Layout,
    algorithm: DigestAlgorithm,
    links_followed: bool,
    resources: Vec<Resource>,
    ignored: Vec<EntryPath>,
    single_file: bool,
}

impl Statement {
    /// States the files or shards of a manifest.
    ///
    /// Files without bytes have no shards, so a statement of shards does not cover them (OMS v1.0,
    /// section 6.3); see [`Manifest::empty_files`].
    #[must_use]
    pub fn of(manifest: &Manifest) -> Self {
        let resource = |entry: &Entry| Resource {
            name: entry.name().clone(),
            digest: *entry.digest(),
        };
        Self {
            name: manifest.name().to_owned(),
            root: manifest.root(),
            layout: manifest.layout(),
            algorithm: manifest.algorithm(),
            links_followed: manifest.links_followed(),
            resources: manifest.entries().iter().map(resource).collect(),
            ignored: manifest.ignored().to_vec(),
            single_file: false,
        }
    }

    /// Reads a statement. Nothing is verified by reading.
    ///
    /// # Errors
    ///
    /// [`ReadStatementError`] where the text is not strict JSON or breaks a rule of OMS v1.0.
    pub fn read(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadStatementError> {
        let head: WireHead =
            json::read_as(bytes, limits).map_err(|source| ReadStatementError::Json { source })?;
        expect_type("_type", head.kind, STATEMENT_TYPE)?;
        expect_type("predicateType", head.predicate_type, PREDICATE_TYPE)?;
        let [subject] = &head.subject[..] else {
            return Err(ReadStatementError::Subjects {
                found: head.subject.len(),
            });
        };
        let predicate: WirePredicate =
            serde_json::from_value(head.predicate).map_err(|source| ReadStatementError::Json {
                source: JsonError::Shape { source },
            })?;
        let layout = predicate.serialization.layout()?;
        let algorithm = predicate.serialization.algorithm()?;
        let single_file = predicate.resources.iter().all(WireResource::is_unnamed);
        let reader = ResourceReader {
            subject: single_file.then_some(&subject.name),
            layout,
            algorithm,
        };
        let statement = Self {
            name: subject.name.clone(),
            root: subject.digest.sha256,
            layout,
            algorithm,
            links_followed: predicate.serialization.allow_symlinks.unwrap_or(false),
            resources: reader.read_all(&predicate.resources)?,
            ignored: read_ignored(&predicate.serialization.ignore_paths)?,
            single_file,
        };
        statement.check_root()?;
        Ok(statement)
    }

    /// Writes the statement, the same bytes for the same manifest.
    ///
    /// # Panics
    ///
    /// Never: a statement's members are text.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let wire = WrittenStatement {
            kind: STATEMENT_TYPE,
            subject: [WireSubject {
                name: self.name.clone(),
                digest: WireDigest { sha256: self.root },
            }],
            predicate_type: PREDICATE_TYPE,
            predicate: WirePredicate {
                serialization: WireSerialization {
                    method: self.method().to_owned(),
                    hash_type: self.algorithm.name().to_owned(),
                    shard_size: self.shard_size().map(|size| size.get().into()),
                    allow_symlinks: Some(self.links_followed),
                    ignore_paths: Some(self.ignored.iter().map(ToString::to_string).collect()),
                },
                resources: self.resources.iter().map(WireResource::of).collect(),
            },
        };
        serde_json::to_vec(&wire).expect("text members have a JSON form")
    }

    /// Returns the model's name: the base name of its directory or file when it was signed.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the root digest.
    #[must_use]
    pub const fn root(&self) -> &Digest {
        &self.root
    }

    /// Returns the resources in listed order.
    #[must_use]
    pub fn resources(&self) -> &[Resource] {
        &self.resources
    }

    /// Tells whether the resources are files or shards.
    #[must_use]
    pub const fn layout(&self) -> Layout {
        self.layout
    }

    /// Returns the algorithm of every resource's digest.
    #[must_use]
    pub const fn algorithm(&self) -> DigestAlgorithm {
        self.algorithm
    }

    /// Tells whether the signer followed symbolic links.
    #[must_use]
    pub const fn links_followed(&self) -> bool {
        self.links_followed
    }

    /// Returns the paths that the signer left out.
    #[must_use]
    pub fn ignored(&self) -> &[EntryPath] {
        &self.ignored
    }

    /// Tells whether the model is one file that goes by the name `.`.
    #[must_use]
    pub const fn is_unnamed_file(&self) -> bool {
        self.single_file
    }

    /// Tells whether the resources stand in the order of OMS v1.0, section 5.2.1.
    #[must_use]
    pub fn is_sorted(&self) -> bool {
        self.resources.is_sorted_by(|a, b| a.name < b.name)
    }

    const fn method(&self) -> &'static str {
        match self.layout {
            Layout::Files => "files",
            Layout::Shards { .. } => "shards",
        }
    }

    const fn shard_size(&self) -> Option<NonZeroU64> {
        match self.layout {
            Layout::Files => None,
            Layout::Shards { size } => Some(size),
        }
    }

    fn check_root(&self) -> Result<(), ReadStatementError> {
        let found = root_digest(self.resources.iter().map(Resource::digest));
        if found == self.root {
            Ok(())
        } else {
            Err(ReadStatementError::Root {
                stated: Box::new(self.root),
                found: Box::new(found),
            })
        }
    }
}
