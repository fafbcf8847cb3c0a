use std::collections::BTreeMap;

use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{Digest, DigestAlgorithm, Party, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value};
use thiserror::Error;

use super::canonical;
use super::disclosure::{Disclosed, Field};
use super::merkle;

/// Holds what is to be appended: an event, and commitments to what is kept beside the log.
///
/// The event is a JSON object: its kind and the fields that every reader of the log may see.
///
/// ```
/// use modelward_incident::log::{Disclosed, Draft, Salt};
/// use serde_json::json;
///
/// let salt = Salt::new(b"sixteen bytes or more")?;
/// let reporter = Disclosed::new("reporter".parse()?, salt, json!("jo@example.org"))?;
/// let draft = Draft::new(json!({"kind": "detected", "by": "canary"}))?.with_secret(&reporter)?;
/// assert_eq!(draft.event()["kind"], "detected");
/// assert!(Draft::new(json!("a text")).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    event: Map<String, Value>,
    commitments: BTreeMap<Field, Digest>,
}

impl Draft {
    /// Takes an event. Its numbers are those of the line that it becomes: 1.0 is 1, and -0.0 is 0.
    ///
    /// # Errors
    ///
    /// [`DraftError::NotObject`] where it is not an object with members.
    pub fn new(event: Value) -> Result<Self, DraftError> {
        match event {
            Value::Object(mut event) if !event.is_empty() => {
                canonical::as_read(&mut event);
                Ok(Self {
                    event,
                    commitments: BTreeMap::new(),
                })
            }
            _ => Err(DraftError::NotObject),
        }
    }

    /// Commits to a value without telling it.
    ///
    /// # Errors
    ///
    /// [`DraftError::Repeated`] where there is a commitment for the field.
    pub fn with_secret(mut self, secret: &Disclosed) -> Result<Self, DraftError> {
        let field = secret.field();
        if self.commitments.contains_key(field) {
            let field = field.clone();
            return Err(DraftError::Repeated { field });
        }
        self.commitments.insert(field.clone(), secret.commitment());
        Ok(self)
    }

    /// Returns the event.
    #[must_use]
    pub const fn event(&self) -> &Map<String, Value> {
        &self.event
    }
}

/// Says why something cannot become an entry.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum DraftError {
    /// The event is not an object with members.
    #[error("the event is not a json object with members")]
    NotObject,
    /// There are two secrets for one field.
    #[error("there are two secrets for the field `{field}`")]
    Repeated {
        /// The field.
        field: Field,
    },
}

impl DraftError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotObject => "incident.log.draft.event",
            Self::Repeated { .. } => "incident.log.draft.repeated",
        }
    }
}

/// Holds one entry of a log. Entries are only made by a log.
///
/// Its line is canonical JSON (RFC 8785), and the line is a leaf of the log's hash tree. `prev` is
/// the leaf hash of the entry before: SHA-256 of the byte 0 and its line without the line break.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub(super) seq: u64,
    pub(super) recorded_at: Timestamp,
    pub(super) actor: Party,
    pub(super) event: Map<String, Value>,
    pub(super) commitments: BTreeMap<Field, Digest>,
    pub(super) prev: Option<Digest>,
}

impl Entry {
    /// Returns the number of the entry, from 0 without gaps.
    #[must_use]
    pub const fn seq(&self) -> u64 {
        self.seq
    }

    /// Returns when it was recorded, which may be long after it happened.
    #[must_use]
    pub const fn recorded_at(&self) -> Timestamp {
        self.recorded_at
    }

    /// Returns who recorded it.
    #[must_use]
    pub const fn actor(&self) -> &Party {
        &self.actor
    }

    /// Returns the event.
    #[must_use]
    pub const fn event(&self) -> &Map<String, Value> {
        &self.event
    }

    /// Returns the event's kind, where it has a member `kind` that is a text.
    #[must_use]
    pub fn kind(&self) -> Option<&str> {
        self.event.get("kind")?.as_str()
    }

    /// Returns the commitments to what is kept beside the log.
    #[must_use]
    pub const fn commitments(&self) -> &BTreeMap<Field, Digest> {
        &self.commitments
    }

    /// Returns the leaf hash of the entry before, or `None` for the first.
    #[must_use]
    pub const fn prev(&self) -> Option<&Digest> {
        self.prev.as_ref()
    }

    /// Returns the line without the line break.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where the event has no canonical form, which every event of a log has.
    pub fn to_line(&self) -> Result<Vec<u8>, JsonError> {
        let mut line = Vec::new();
        self.write_line(&mut line)?;
        Ok(line)
    }

    /// Returns the leaf hash, for [`InclusionProof::verify`](super::InclusionProof::verify).
    ///
    /// # Errors
    ///
    /// As of [`Entry::to_line`].
    pub fn leaf(&self) -> Result<Digest, JsonError> {
        Ok(merkle::digest(&merkle::leaf_hash(&self.to_line()?)))
    }

    pub(super) fn of(draft: Draft, seq: u64, prev: Option<Digest>, context: &Context) -> Self {
        Self {
            seq,
            recorded_at: context.now,
            actor: context.actor.clone(),
            event: draft.event,
            commitments: draft.commitments,
            prev,
        }
    }

    /// Reads a line leniently: whoever calls writes it again and compares, which finds whatever is
    /// not canonical, a member that stands there twice included.
    pub(super) fn parse(line: &[u8]) -> Result<Self, serde_json::Error> {
        let wire: Wire = serde_json::from_slice(line).map_err(json::harmless)?;
        Ok(Self {
            seq: wire.seq,
            recorded_at: wire.recorded_at,
            actor: wire.actor,
            event: wire.event,
            commitments: wire.commitments,
            prev: wire.prev,
        })
    }

    /// Tells whether every digest is one that a log makes.
    pub(super) fn has_sha256_only(&self) -> bool {
        let digests = self.commitments.values().chain(&self.prev);
        digests
            .into_iter()
            .all(|digest| digest.algorithm() == DigestAlgorithm::Sha256)
    }

    pub(super) fn write_line(&self, out: &mut Vec<u8>) -> Result<(), JsonError> {
        out.extend_from_slice(b"{\"actor\":");
        canonical::write_plain(out, &self.actor)?;
        out.extend_from_slice(b",\"commitments\":");
        canonical::write_plain(out, &self.commitments)?;
        out.extend_from_slice(b",\"event\":");
        canonical::write_object(out, &self.event)?;
        out.extend_from_slice(b",\"prev\":");
        canonical::write_plain(out, &self.prev)?;
        out.extend_from_slice(b",\"recordedAt\":");
        canonical::write_plain(out, &self.recorded_at)?;
        out.extend_from_slice(b",\"seq\":");
        canonical::write_plain(out, &self.seq)?;
        out.push(b'}');
        Ok(())
    }
}

/// Says when and by whom something is recorded. No log reads a clock.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Context {
    pub(super) now: Timestamp,
    pub(super) actor: Party,
}

impl Context {
    /// Joins the time and who records.
    #[must_use]
    pub const fn new(now: Timestamp, actor: Party) -> Self {
        Self { now, actor }
    }

    /// Returns the time.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// Returns who records.
    #[must_use]
    pub const fn actor(&self) -> &Party {
        &self.actor
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wire {
    actor: Party,
    commitments: BTreeMap<Field, Digest>,
    event: Map<String, Value>,
    prev: Option<Digest>,
    recorded_at: Timestamp,
    seq: u64,
}
