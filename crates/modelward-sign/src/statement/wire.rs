use std::borrow::Cow;
use std::collections::BTreeSet;
use std::num::NonZeroU64;

use modelward_artifact::{
    Digest, DigestAlgorithm, EntryPath, Layout, ResourceName, ResourceNameError,
};
use serde::{Deserialize, Serialize};
use serde_json::Number;

use super::{ReadStatementError, Resource};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireHead {
    #[serde(rename = "_type")]
    pub(super) kind: String,
    pub(super) subject: Vec<WireSubject>,
    pub(super) predicate_type: String,
    pub(super) predicate: serde_json::Value,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WrittenStatement {
    #[serde(rename = "_type")]
    pub(super) kind: &'static str,
    pub(super) subject: [WireSubject; 1],
    pub(super) predicate_type: &'static str,
    pub(super) predicate: WirePredicate,
}

#[derive(Deserialize, Serialize)]
pub(super) struct WireSubject {
    pub(super) name: String,
    pub(super) digest: WireDigest,
}

#[derive(Deserialize, Serialize)]
pub(super) struct WireDigest {
    #[serde(serialize_with = "bare_hex")]
    pub(super) sha256: Digest,
}

#[derive(Deserialize, Serialize)]
pub(super) struct WirePredicate {
    pub(super) serialization: WireSerialization,
    pub(super) resources: Vec<WireResource>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct WireSerialization {
    pub(super) method: String,
    pub(super) hash_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) shard_size: Option<Number>,
    #[serde(default)]
    pub(super) allow_symlinks: Option<bool>,
    #[serde(default)]
    pub(super) ignore_paths: Option<Vec<String>>,
}

impl WireSerialization {
    pub(super) fn layout(&self) -> Result<Layout, ReadStatementError> {
        match (self.method.as_str(), &self.shard_size) {
            ("files", None) => Ok(Layout::Files),
            ("files", Some(size)) => Err(unexpected("shard size", "no", size.to_string())),
            ("shards", Some(size)) => whole_number(size)
                .map(|size| Layout::Shards { size })
                .ok_or_else(|| unexpected("shard size", "a whole number", size.to_string())),
            ("shards", None) => {
                let found = "none".to_owned();
                Err(unexpected("shard size", "a whole number", found))
            }
            _ => {
                let found = self.method.clone();
                Err(unexpected("serialization method", "files or shards", found))
            }
        }
    }

    pub(super) fn algorithm(&self) -> Result<DigestAlgorithm, ReadStatementError> {
        let expected = "a registered hash function";
        let unknown = |_| unexpected("hash type", expected, self.hash_type.clone());
        self.hash_type.parse().map_err(unknown)
    }
}

fn unexpected(member: &'static str, expected: &'static str, found: String) -> ReadStatementError {
    ReadStatementError::Serialization {
        member,
        expected,
        found,
    }
}

/// Reads the size of shards, which the Python client writes as `16.0`.
fn whole_number(number: &Number) -> Option<NonZeroU64> {
    let whole = number.as_u64().or_else(|| {
        let text = number.to_string();
        text.strip_suffix(".0")?.parse().ok()
    });
    whole.and_then(NonZeroU64::new)
}

#[derive(Deserialize, Serialize)]
pub(super) struct WireResource {
    name: String,
    algorithm: String,
    digest: String,
}

impl WireResource {
    pub(super) fn of(resource: &Resource) -> Self {
        Self {
            name: resource.name.to_string(),
            algorithm: resource.digest.algorithm().name().to_owned(),
            digest: resource.digest.to_hex(),
        }
    }

    /// Tells whether the resource is a model of one file, or a shard of it, under the name `.`.
    pub(super) fn is_unnamed(&self) -> bool {
        self.name == "." || self.name.starts_with(".:")
    }
}

/// OMS writes digests without a prefix: the algorithm stands beside them.
fn bare_hex<S: serde::Serializer>(digest: &Digest, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&digest.to_hex())
}

pub(super) fn expect_type(
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

/// Reads resources as their serialization says.
pub(super) struct ResourceReader<'a> {
    /// The name to put in the place of `.`, where all resources go by that.
    pub(super) subject: Option<&'a str>,
    pub(super) layout: Layout,
    pub(super) algorithm: DigestAlgorithm,
}

impl ResourceReader<'_> {
    pub(super) fn read_all(
        &self,
        wire: &[WireResource],
    ) -> Result<Vec<Resource>, ReadStatementError> {
        if wire.is_empty() {
            return Err(ReadStatementError::Empty);
        }
        let mut seen = BTreeSet::new();
        let read = |wire: &WireResource| {
            let resource = self.read(wire)?;
            if seen.insert(resource.name.clone()) {
                return Ok(resource);
            }
            let name = wire.name.clone();
            Err(ReadStatementError::Duplicate { name })
        };
        wire.iter().map(read).collect()
    }

    fn read(&self, wire: &WireResource) -> Result<Resource, ReadStatementError> {
        if !self.is_algorithm(&wire.algorithm) {
            return Err(ReadStatementError::Algorithm {
                name: wire.name.clone(),
                expected: self.algorithm,
                found: wire.algorithm.clone(),
            });
        }
        let digest = Digest::from_hex(self.algorithm, &wire.digest);
        let digest = digest.map_err(|source| ReadStatementError::Digest {
            name: wire.name.clone(),
            source,
        })?;
        let name = self.read_name(&wire.name)?;
        Ok(Resource { name, digest })
    }

    fn read_name(&self, name: &str) -> Result<ResourceName, ReadStatementError> {
        let named = match (self.subject, name.strip_prefix('.')) {
            (Some(subject), Some(bounds)) => Cow::Owned(format!("{subject}{bounds}")),
            _ => Cow::Borrowed(name),
        };
        if self.layout == Layout::Files {
            return read_path(&named).map(ResourceName::file);
        }
        ResourceName::parse_shard(&named).map_err(|source| match source {
            ResourceNameError::Path { source } => ReadStatementError::Name {
                name: name.to_owned(),
                source,
            },
            source => ReadStatementError::Shard {
                name: name.to_owned(),
                source,
            },
        })
    }

    /// The Python client writes `sha256-sharded-16` where the specification has `sha256`.
    fn is_algorithm(&self, found: &str) -> bool {
        let plain = self.algorithm.name();
        match self.layout {
            Layout::Files => found == plain,
            Layout::Shards { size } => found == plain || found == format!("{plain}-sharded-{size}"),
        }
    }
}

pub(super) fn read_ignored(
    wire: &Option<Vec<String>>,
) -> Result<Vec<EntryPath>, ReadStatementError> {
    let names = wire.as_deref().unwrap_or_default();
    let mut ignored: Vec<_> = names
        .iter()
        .map(|name| read_path(name))
        .collect::<Result<_, _>>()?;
    ignored.sort();
    Ok(ignored)
}

fn read_path(name: &str) -> Result<EntryPath, ReadStatementError> {
    name.parse().map_err(|source| ReadStatementError::Name {
        name: name.to_owned(),
        source,
    })
}
