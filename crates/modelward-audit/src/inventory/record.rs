use std::fmt;

use modelward_artifact::{Digest, Text, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::id::EntryId;

/// Says whether an entry is in use.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Standing {
    /// It is in use.
    Active,
    /// It is out of use for good. What it was superseded by, if it was, is still told.
    Retired,
    /// Another entry takes its place. It can still be deployed somewhere.
    Superseded,
}

impl Standing {
    /// Returns the name, such as `active`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Retired => "retired",
            Self::Superseded => "superseded",
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Says what took the place of an entry, and when.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Supersession {
    /// The entry that takes the place.
    pub by: EntryId,
    /// When.
    pub at: Timestamp,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Says when and why an entry went out of use.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Retirement {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: Text,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Says when and why what an entry says was changed.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Revision {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: Text,
    /// SHA-256 of the canonical document (RFC 8785) as it was before.
    pub before: Digest,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Says where a model runs, since when and until when.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Deployment {
    /// The place: an endpoint, a cluster, a product.
    pub place: Text,
    /// Since when, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// Until when, where it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Deployment {
    /// Names the place.
    #[must_use]
    pub fn new(place: Text) -> Self {
        Self {
            place,
            since: None,
            until: None,
            other: Map::new(),
        }
    }

    /// States since when.
    #[must_use]
    pub const fn since(mut self, since: Timestamp) -> Self {
        self.since = Some(since);
        self
    }

    /// States until when.
    #[must_use]
    pub const fn until(mut self, until: Timestamp) -> Self {
        self.until = Some(until);
        self
    }
}

/// Says how a check of a signature ended.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SignatureOutcome {
    /// It was refused.
    Refused,
    /// It was verified.
    Verified,
}

/// Records how the check of a signature ended. It is a record and no proof: who needs one verifies
/// the model again.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SignatureRecord {
    /// How it ended.
    pub outcome: SignatureOutcome,
    /// When it was checked.
    pub checked_at: Timestamp,
    /// SHA-256 of the bundle.
    pub bundle: Digest,
    /// SHA-256 of the signer's public key in PEM, where it was verified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signer: Option<Digest>,
    /// The root digest of the files that were verified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<Digest>,
    /// The codes of what was found, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<String>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}
