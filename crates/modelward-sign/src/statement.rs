use std::collections::BTreeSet;

use modelward_artifact::escape::Terminal;
use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{
    Digest, DigestAlgorithm, Entry, EntryPath, JsonLimits, Manifest, ParseEntryPathError,
    ResourceName, root_digest,
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

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
/// - Serialization `files` with SHA-256.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Statement {
    name: String,
    root: Digest,
    resources: Vec<Resource>,
    ignored: Vec<EntryPath>,
    single_file: bool,
}

impl Statement {
    /// States the files of a manifest. It has to be one of files, not of shards.
    #[must_use]
    pub fn of(manifest: &Manifest) -> Self {
        let resource = |entry: &Entry| Resource {
            name: entry.name().clone(),
            digest: *entry.digest(),
        };
        Self {
            name: manifest.name().to_owned(),
            root: manifest.root(),
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
        predicate.serialization.check()?;
        let single_file = matches!(&predicate.resources[..], [only] if only.name == ".");
        let statement = Self {
            name: subject.name.clone(),
            root: subject.digest.sha256,
            resources: read_resources(&predicate.resources, &subject.name, single_file)?,
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
                    method: "files".to_owned(),
                    hash_type: DigestAlgorithm::Sha256.name().to_owned(),
                    allow_symlinks: Some(false),
                    ignore_paths: Some(self.ignored.iter().map(ToString::to_string).collect()),
                },
                resources: self.resources.iter().map(WireResource::of).collect(),
            },
        };
        serde_json::to_vec_pretty(&wire).expect("text members have a JSON form")
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

/// Says why a text is not an OMS statement.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadStatementError {
    /// A resource's algorithm is not that of the serialization.
    #[error(
        "resource `{}` has the algorithm `{}`, expected `sha256`",
        Terminal(name),
        Terminal(found)
    )]
    Algorithm {
        /// The resource.
        name: String,
        /// The algorithm found.
        found: String,
    },
    /// A resource stands twice.
    #[error("resource `{}` stands twice", Terminal(name))]
    Duplicate {
        /// The resource.
        name: String,
    },
    /// There is no resource (OMS v1.0, section 6.1).
    #[error("statement has no resources")]
    Empty,
    /// The text is not the expected JSON.
    #[error("statement is not the expected json")]
    Json {
        /// What is wrong.
        source: JsonError,
    },
    /// A resource or an ignored path has a name that could point elsewhere.
    #[error(
        "statement has the name `{}`, which is no path inside of a model",
        Terminal(name)
    )]
    Name {
        /// The name.
        name: String,
        /// What is wrong with it.
        source: ParseEntryPathError,
    },
    /// The root digest is not that of the resources.
    #[error("statement states the root digest {stated}, its resources have {found}")]
    Root {
        /// The digest in the subject.
        stated: Box<Digest>,
        /// The digest of the resources.
        found: Box<Digest>,
    },
    /// The model was serialized in a way that this crate does not verify yet.
    #[error(
        "statement has the {member} `{}`, expected `{expected}`",
        Terminal(found)
    )]
    Serialization {
        /// The member.
        member: &'static str,
        /// What can be verified.
        expected: &'static str,
        /// What was found.
        found: String,
    },
    /// There is not exactly one subject.
    #[error("statement has {found} subjects, expected 1")]
    Subjects {
        /// How many there are.
        found: usize,
    },
    /// The statement is of another type or version.
    #[error(
        "statement has the {member} `{}`, expected `{expected}`",
        Terminal(found)
    )]
    Type {
        /// The member.
        member: &'static str,
        /// The type that is known.
        expected: &'static str,
        /// What was found.
        found: String,
    },
}

impl ReadStatementError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Algorithm { .. } => "sign.statement.algorithm",
            Self::Duplicate { .. } => "sign.statement.duplicate",
            Self::Empty => "sign.statement.empty",
            Self::Json { source } => source.code(),
            Self::Name { .. } => "sign.statement.name",
            Self::Root { .. } => "sign.statement.root",
            Self::Serialization { .. } => "sign.statement.serialization",
            Self::Subjects { .. } => "sign.statement.subjects",
            Self::Type { .. } => "sign.statement.type",
        }
    }

    /// Tells whether the statement is understood and breaks a rule, so that the answer is no.
    ///
    /// Otherwise the statement is not understood, and there is no answer.
    #[must_use]
    pub const fn is_refusal(&self) -> bool {
        !matches!(
            self,
            Self::Json { .. } | Self::Serialization { .. } | Self::Type { .. }
        )
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireHead {
    #[serde(rename = "_type")]
    kind: String,
    subject: Vec<WireSubject>,
    predicate_type: String,
    predicate: serde_json::Value,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenStatement {
    #[serde(rename = "_type")]
    kind: &'static str,
    subject: [WireSubject; 1],
    predicate_type: &'static str,
    predicate: WirePredicate,
}

#[derive(Deserialize, Serialize)]
struct WireSubject {
    name: String,
    digest: WireDigest,
}

#[derive(Deserialize, Serialize)]
struct WireDigest {
    #[serde(serialize_with = "bare_hex")]
    sha256: Digest,
}

#[derive(Deserialize, Serialize)]
struct WirePredicate {
    serialization: WireSerialization,
    resources: Vec<WireResource>,
}

#[derive(Deserialize, Serialize)]
struct WireSerialization {
    method: String,
    hash_type: String,
    #[serde(default)]
    allow_symlinks: Option<bool>,
    #[serde(default)]
    ignore_paths: Option<Vec<String>>,
}

impl WireSerialization {
    fn check(&self) -> Result<(), ReadStatementError> {
        let sha256 = DigestAlgorithm::Sha256.name();
        let members = [
            ("serialization method", "files", &self.method),
            ("hash type", sha256, &self.hash_type),
        ];
        for (member, expected, found) in members {
            if found != expected {
                return Err(ReadStatementError::Serialization {
                    member,
                    expected,
                    found: found.clone(),
                });
            }
        }
        Ok(())
    }
}

#[derive(Deserialize, Serialize)]
struct WireResource {
    name: String,
    algorithm: String,
    #[serde(serialize_with = "bare_hex")]
    digest: Digest,
}

impl WireResource {
    fn of(resource: &Resource) -> Self {
        Self {
            name: resource.name.to_string(),
            algorithm: resource.digest.algorithm().name().to_owned(),
            digest: resource.digest,
        }
    }
}

/// OMS writes digests without a prefix: the algorithm stands beside them.
fn bare_hex<S: serde::Serializer>(digest: &Digest, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&digest.to_hex())
}

fn expect_type(
    member: &'static str,
    found: String,
    expected: &'static str,
) -> Result<(), ReadStatementError> {
    if found == expected {
        return Ok(());
    }
    Err(ReadStatementError::Type {
        member,
        expected,
        found,
    })
}

fn read_resources(
    wire: &[WireResource],
    subject: &str,
    single_file: bool,
) -> Result<Vec<Resource>, ReadStatementError> {
    if wire.is_empty() {
        return Err(ReadStatementError::Empty);
    }
    let mut seen = BTreeSet::new();
    let read = |resource: &WireResource| {
        let found = &resource.algorithm;
        if found != DigestAlgorithm::Sha256.name() {
            return Err(ReadStatementError::Algorithm {
                name: resource.name.clone(),
                found: found.clone(),
            });
        }
        let name = if single_file { subject } else { &resource.name };
        let path = read_name(name)?;
        if !seen.insert(path.clone()) {
            return Err(ReadStatementError::Duplicate {
                name: resource.name.clone(),
            });
        }
        Ok(Resource {
            name: ResourceName::file(path),
            digest: resource.digest,
        })
    };
    wire.iter().map(read).collect()
}

fn read_ignored(wire: &Option<Vec<String>>) -> Result<Vec<EntryPath>, ReadStatementError> {
    let names = wire.as_deref().unwrap_or_default();
    let mut ignored: Vec<_> = names
        .iter()
        .map(|name| read_name(name))
        .collect::<Result<_, _>>()?;
    ignored.sort();
    Ok(ignored)
}

fn read_name(name: &str) -> Result<EntryPath, ReadStatementError> {
    name.parse().map_err(|source| ReadStatementError::Name {
        name: name.to_owned(),
        source,
    })
}
