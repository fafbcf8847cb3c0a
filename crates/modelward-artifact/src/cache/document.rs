use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::cache::{DigestCache, Known, ReadCacheError};
use crate::json::{self, JsonError};
use crate::stamp::Stamp;
use crate::{Digest, DigestAlgorithm, EntryPath, JsonLimits, Timestamp};

/// The `schema` of the documents that this version writes and reads.
pub(super) const SCHEMA: &str = "modelward.digest-cache/1";

/// The operating system that this was built for: what inodes and times mean is its matter.
pub(super) const PLATFORM: &str = std::env::consts::OS;

impl DigestCache {
    /// Reads what [`to_json`](Self::to_json) wrote, for work that begins at `now`; see
    /// [`new`](Self::new).
    ///
    /// The default limits are enough for about 45 000 files.
    ///
    /// # Errors
    ///
    /// [`ReadCacheError`] where the text is not strict JSON, has another schema or a member that is
    /// not known, was written on another operating system, or names a file twice.
    pub fn read_json(
        bytes: &[u8],
        limits: &JsonLimits,
        now: Timestamp,
    ) -> Result<Self, ReadCacheError> {
        let refused = |source| ReadCacheError::Json { source };
        let value = json::read(bytes, limits).map_err(refused)?;
        let member = |name| value.get(name).and_then(Value::as_str);
        let owned = |text: Option<&str>| text.map(ToOwned::to_owned);
        let (schema, platform) = (member("schema"), member("platform"));
        if schema != Some(SCHEMA) {
            let found = owned(schema);
            return Err(ReadCacheError::Schema { found });
        }
        if platform != Some(PLATFORM) {
            let found = owned(platform);
            return Err(ReadCacheError::Platform { found });
        }
        let document: ReadDocument =
            json::shaped(value).map_err(|source| refused(JsonError::Shape { source }))?;
        Ok(Self {
            known: document.into_known()?,
            ..Self::new(now)
        })
    }

    /// Writes the digests as a JSON document, the same bytes for the same cache.
    ///
    /// Inodes and devices are written in full, which can be more than 2^53: readers that keep
    /// numbers as floating point would round them.
    ///
    /// # Panics
    ///
    /// Never: a cache's members are text and numbers.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let file = |((path, _), known): (&(EntryPath, _), &Known)| File {
            path: path.clone(),
            digest: known.digest,
            stamp: known.stamp,
        };
        let document = WrittenDocument {
            schema: SCHEMA,
            platform: PLATFORM,
            files: self.known.iter().map(file).collect(),
        };
        let mut text = serde_json::to_vec(&document).expect("text and numbers have a JSON form");
        text.push(b'\n');
        text
    }
}

#[derive(Serialize)]
struct WrittenDocument {
    schema: &'static str,
    platform: &'static str,
    files: Vec<File>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadDocument {
    #[serde(rename = "schema")]
    _schema: String,
    #[serde(rename = "platform")]
    _platform: String,
    files: Vec<File>,
}

impl ReadDocument {
    fn into_known(self) -> Result<BTreeMap<(EntryPath, DigestAlgorithm), Known>, ReadCacheError> {
        let mut known = BTreeMap::new();
        for file in self.files {
            let File {
                path,
                digest,
                stamp,
            } = file;
            let key = (path.clone(), digest.algorithm());
            if known.insert(key, Known { stamp, digest }).is_some() {
                return Err(ReadCacheError::Duplicate { path });
            }
        }
        Ok(known)
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    path: EntryPath,
    digest: Digest,
    stamp: Stamp,
}
