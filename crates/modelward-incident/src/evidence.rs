use modelward_artifact::{Digest, Party, Text, Timestamp};
use serde::{Deserialize, Serialize};

use crate::Slug;

/// Records a thing that shows what happened: what it is by digest, and who had it when.
///
/// ```
/// use modelward_artifact::{Digest, Party};
/// use modelward_incident::{Custody, CustodyAction, Evidence};
///
/// let found = Custody::new("2026-11-23T10:05:00Z".parse()?, Party::new("Jo Example")?, CustodyAction::Collected);
/// let digest = Digest::sha256(b"the bytes");
/// let shard = Evidence::new("shard-7".parse()?, "poisoned shard".parse()?, (digest, 9), found);
/// assert_eq!(shard.digests().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", try_from = "Wire")]
pub struct Evidence {
    id: Slug,
    title: Text,
    digests: Vec<Digest>,
    size: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    media_type: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Text>,
    custody: Vec<Custody>,
}

impl Evidence {
    /// Records a thing by its digest and size in bytes, and how it came to be held.
    #[must_use]
    pub fn new(id: Slug, title: Text, content: (Digest, u64), collected: Custody) -> Self {
        Self {
            id,
            title,
            digests: vec![content.0],
            size: content.1,
            media_type: None,
            location: None,
            custody: vec![collected],
        }
    }

    /// Adds the digest by another function.
    #[must_use]
    pub fn with_digest(mut self, digest: Digest) -> Self {
        self.digests.push(digest);
        self
    }

    /// Sets the media type, such as `application/vnd.apache.parquet`.
    #[must_use]
    pub fn with_media_type(mut self, media_type: Text) -> Self {
        self.media_type = Some(media_type);
        self
    }

    /// Sets where it lies.
    #[must_use]
    pub fn with_location(mut self, location: Text) -> Self {
        self.location = Some(location);
        self
    }

    /// Returns what the record calls it.
    #[must_use]
    pub const fn id(&self) -> &Slug {
        &self.id
    }

    /// Returns what it is.
    #[must_use]
    pub const fn title(&self) -> &Text {
        &self.title
    }

    /// Returns its digests, at least one.
    #[must_use]
    pub fn digests(&self) -> &[Digest] {
        &self.digests
    }

    /// Returns its size in bytes.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Returns its media type.
    #[must_use]
    pub const fn media_type(&self) -> Option<&Text> {
        self.media_type.as_ref()
    }

    /// Returns where it lies.
    #[must_use]
    pub const fn location(&self) -> Option<&Text> {
        self.location.as_ref()
    }

    /// Returns who had it when, at least one entry, in order of time.
    #[must_use]
    pub fn custody(&self) -> &[Custody] {
        &self.custody
    }

    /// Tells whether it was destroyed.
    #[must_use]
    pub fn is_destroyed(&self) -> bool {
        self.custody
            .last()
            .is_some_and(|last| last.action == CustodyAction::Destroyed)
    }

    pub(crate) fn hand_on(&mut self, custody: Custody) {
        self.custody.push(custody);
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wire {
    id: Slug,
    title: Text,
    digests: Vec<Digest>,
    size: u64,
    media_type: Option<Text>,
    location: Option<Text>,
    custody: Vec<Custody>,
}

impl TryFrom<Wire> for Evidence {
    type Error = &'static str;

    fn try_from(wire: Wire) -> Result<Self, Self::Error> {
        if wire.digests.is_empty() {
            return Err("expected at least one digest of the evidence");
        }
        if wire.custody.is_empty() {
            return Err("expected at least one entry of custody");
        }
        if !wire.custody.is_sorted_by_key(|custody| custody.at) {
            return Err("expected the custody in order of time");
        }
        Ok(Self {
            id: wire.id,
            title: wire.title,
            digests: wire.digests,
            size: wire.size,
            media_type: wire.media_type,
            location: wire.location,
            custody: wire.custody,
        })
    }
}

/// Says what was done with a piece of evidence.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum CustodyAction {
    /// It was looked at or copied.
    Accessed,
    /// It was taken.
    Collected,
    /// It is gone.
    Destroyed,
    /// It was put where nobody can change it.
    Sealed,
    /// Another has it now.
    Transferred {
        /// Who.
        to: Party,
    },
    /// Its digest was computed again.
    Verified {
        /// Whether it is what it was.
        matched: bool,
    },
}

/// Records one step in the custody of a piece of evidence.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Custody {
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub by: Party,
    /// What was done.
    pub action: CustodyAction,
    /// How, or why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

impl Custody {
    /// States what was done, when and by whom.
    #[must_use]
    pub const fn new(at: Timestamp, by: Party, action: CustodyAction) -> Self {
        let note = None;
        Self {
            at,
            by,
            action,
            note,
        }
    }

    /// Sets how, or why.
    #[must_use]
    pub fn with_note(mut self, note: Text) -> Self {
        self.note = Some(note);
        self
    }
}
