use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{
    Digest, DigestAlgorithm, Entry, EntryPath, Finding, GitPaths, JsonLimits, Layout, Manifest,
    ResourceName, root_digest,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use self::deviation::Deviations;
use self::resources::ResourceReader;
use self::wire::{WirePredicate, WireStatement, expect_type};
use crate::Profile;

pub use self::error::ReadStatementError;

mod deviation;
mod error;
mod historic;
mod resources;
mod wire;
mod write;

/// The `_type` of an in-toto statement v1.
pub const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";

/// The predicate type of OMS v1.0 (section 5.1).
pub const PREDICATE_TYPE: &str = "https://model_signing/signature/v1.0";

/// Names one signed file with its digest.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Resource {
    name: ResourceName,
    digest: Digest,
    /// Members that are not known. Few resources have any.
    other: Option<Box<Map<String, Value>>>,
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
///
/// Members that are not known survive a read and a write.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Statement {
    name: String,
    root: Digest,
    layout: Layout,
    algorithm: DigestAlgorithm,
    links_followed: bool,
    resources: Vec<Resource>,
    /// What was left out, or `None` where the signer does not say.
    ignored: Option<Vec<EntryPath>>,
    /// The resources go by a dot.
    unnamed_file: bool,
    /// The manifest was of one file.
    single_file: bool,
    deviations: Vec<Finding>,
    unknown: Unknown,
}

/// Holds the members that are not known, by the object that has them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct Unknown {
    statement: Map<String, Value>,
    subject: Map<String, Value>,
    digest: Map<String, Value>,
    predicate: Map<String, Value>,
    serialization: Map<String, Value>,
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
            other: None,
        };
        Self {
            name: manifest.name().to_owned(),
            root: manifest.root(),
            layout: manifest.layout(),
            algorithm: manifest.algorithm(),
            links_followed: manifest.links_followed(),
            resources: manifest.entries().iter().map(resource).collect(),
            ignored: Some(manifest.ignored().to_vec()),
            unnamed_file: false,
            single_file: manifest.is_single_file(),
            deviations: Vec::new(),
            unknown: Unknown::default(),
        }
    }

    /// Reads a statement. Nothing is verified by reading.
    ///
    /// # Errors
    ///
    /// [`ReadStatementError`] where the text is not strict JSON or breaks a rule of OMS v1.0.
    pub fn read(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadStatementError> {
        Self::of_value(read_json(bytes, limits)?)
    }

    /// Reads a statement of the forms that a profile takes.
    ///
    /// # Errors
    ///
    /// [`ReadStatementError`] as [`read`](Self::read).
    pub(crate) fn read_as(
        bytes: &[u8],
        limits: &JsonLimits,
        profile: Profile,
    ) -> Result<Self, ReadStatementError> {
        let value = read_json(bytes, limits)?;
        if profile == Profile::Historic && historic::is_historic(&value) {
            return historic::read(value);
        }
        Self::of_value(value)
    }

    /// Returns the model's name: the base name of its directory or file when it was signed.
    ///
    /// It is empty where a statement of v0.2 names no model; see [`Profile::Historic`].
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
        self.ignored.as_deref().unwrap_or_default()
    }

    /// Tells what the signer did with version control's own files: clients that did not write down
    /// what they left out left those out.
    pub(crate) const fn git_paths(&self) -> GitPaths {
        match self.ignored {
            Some(_) => GitPaths::Include,
            None => GitPaths::Ignore,
        }
    }

    /// Lists where the text that was read is not that of OMS v1.0, though it is understood.
    #[must_use]
    pub fn deviations(&self) -> &[Finding] {
        &self.deviations
    }

    /// Tells whether the model is one file that goes by the name `.`.
    #[must_use]
    pub const fn is_unnamed_file(&self) -> bool {
        self.unnamed_file
    }

    /// Tells whether the resources stand in the order of OMS v1.0, section 5.2.1.
    #[must_use]
    pub fn is_sorted(&self) -> bool {
        self.resources.is_sorted_by(|a, b| a.name < b.name)
    }

    fn of_value(value: Value) -> Result<Self, ReadStatementError> {
        let mut wire: WireStatement = shaped(value)?;
        expect_type("_type", &wire.kind, STATEMENT_TYPE)?;
        expect_type("predicateType", &wire.predicate_type, PREDICATE_TYPE)?;
        let predicate: WirePredicate = shaped(wire.predicate.take())?;
        let deviations = Deviations::of(&wire, &predicate);
        let mut statement = Self::from_wire(wire, predicate)?;
        statement.check_root()?;
        statement.deviations = deviations.and_of(&statement);
        Ok(statement)
    }

    fn from_wire(
        wire: WireStatement,
        predicate: WirePredicate,
    ) -> Result<Self, ReadStatementError> {
        let found = wire.subject.len();
        let [subject] =
            <[_; 1]>::try_from(wire.subject).map_err(|_| ReadStatementError::Subjects { found })?;
        if subject.name.is_empty() {
            return Err(ReadStatementError::NoName);
        }
        let serialization = predicate.serialization;
        let layout = serialization.layout()?;
        let algorithm = serialization.algorithm()?;
        let unnamed_file = predicate.resources.iter().all(|it| it.is_unnamed(layout));
        let reader = ResourceReader {
            subject: unnamed_file.then_some(&subject.name),
            layout,
            algorithm,
        };
        Ok(Self {
            root: subject.digest.sha256,
            layout,
            algorithm,
            links_followed: serialization.allow_symlinks.unwrap_or(false),
            resources: reader.read_all(predicate.resources)?,
            ignored: serialization.ignored()?,
            unnamed_file,
            single_file: false,
            deviations: Vec::new(),
            name: subject.name,
            unknown: Unknown {
                statement: wire.other,
                subject: subject.other,
                digest: subject.digest.other,
                predicate: predicate.other,
                serialization: serialization.other,
            },
        })
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

fn read_json(bytes: &[u8], limits: &JsonLimits) -> Result<Value, ReadStatementError> {
    json::read(bytes, limits).map_err(|source| ReadStatementError::Json { source })
}

/// Reads what the members of a statement have to be.
fn shaped<T: DeserializeOwned>(value: Value) -> Result<T, ReadStatementError> {
    json::shaped(value).map_err(|source| ReadStatementError::Json {
        source: JsonError::Shape { source },
    })
}
