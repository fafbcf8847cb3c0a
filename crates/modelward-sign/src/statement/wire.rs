use std::num::NonZeroU64;

use modelward_artifact::{Digest, DigestAlgorithm, EntryPath, Layout};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value};

use super::ReadStatementError;

/// What every statement has, whatever its predicate is.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireStatement {
    #[serde(rename = "_type")]
    pub(super) kind: String,
    pub(super) subject: Vec<WireSubject>,
    pub(super) predicate_type: String,
    pub(super) predicate: Value,
    #[serde(flatten)]
    pub(super) other: Map<String, Value>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct WireSubject {
    pub(super) name: String,
    pub(super) digest: WireDigest,
    #[serde(flatten)]
    pub(super) other: Map<String, Value>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct WireDigest {
    #[serde(serialize_with = "bare_hex")]
    pub(super) sha256: Digest,
    #[serde(flatten)]
    pub(super) other: Map<String, Value>,
}

/// OMS writes digests without a prefix: the algorithm stands beside them.
fn bare_hex<S: serde::Serializer>(digest: &Digest, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&digest.to_hex())
}

#[derive(Deserialize, Serialize)]
pub(super) struct WirePredicate {
    pub(super) serialization: WireSerialization,
    pub(super) resources: Vec<WireResource>,
    #[serde(flatten)]
    pub(super) other: Map<String, Value>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct WireSerialization {
    pub(super) method: String,
    pub(super) hash_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) shard_size: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) allow_symlinks: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) ignore_paths: Option<Vec<String>>,
    #[serde(flatten)]
    pub(super) other: Map<String, Value>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct WireResource {
    pub(super) name: String,
    pub(super) algorithm: String,
    pub(super) digest: String,
    #[serde(flatten)]
    pub(super) other: Map<String, Value>,
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

    /// Returns the paths that the signer left out, sorted, or `None` where nothing is said of them.
    pub(super) fn ignored(&self) -> Result<Option<Vec<EntryPath>>, ReadStatementError> {
        let Some(names) = &self.ignore_paths else {
            return Ok(None);
        };
        let paths = names.iter().map(|name| read_path(name));
        let mut ignored: Vec<_> = paths.collect::<Result<_, _>>()?;
        ignored.sort();
        ignored.dedup();
        Ok(Some(ignored))
    }
}

impl WireResource {
    /// Tells whether the resource is a model of one file, or a shard of it, under the name `.`. A file
    /// may well be called `.:x`.
    pub(super) fn is_unnamed(&self, layout: Layout) -> bool {
        match layout {
            Layout::Files => self.name == ".",
            // Two bounds come last.
            Layout::Shards { .. } => self.name.rsplitn(3, ':').nth(2) == Some("."),
        }
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

pub(super) fn read_path(name: &str) -> Result<EntryPath, ReadStatementError> {
    name.parse().map_err(|source| ReadStatementError::Name {
        name: name.to_owned(),
        source,
    })
}

pub(super) fn expect_type(
    member: &'static str,
    found: &str,
    expected: &'static str,
) -> Result<(), ReadStatementError> {
    if found == expected {
        return Ok(());
    }
    Err(ReadStatementError::Type {
        member,
        expected,
        found: found.to_owned(),
    })
}

fn unexpected(member: &'static str, expected: &'static str, found: String) -> ReadStatementError {
    ReadStatementError::Serialization {
        member,
        expected,
        found,
    }
}
