mod id;
mod kind;

use modelward_artifact::Digest;
use serde::{Deserialize, Serialize};

pub use self::id::NodeId;
pub use self::kind::{KindSet, NodeKind};

/// Describes one thing in the supply chain, as one source sees it.
///
/// All texts are from outside and returned as they were given: escape them where they are shown.
///
/// ```
/// use modelward_artifact::Digest;
/// use modelward_graph::{Node, NodeKind};
///
/// let node = Node::new("weights".parse()?, NodeKind::File, "model.safetensors")
///     .with_version("2")
///     .with_digest(Digest::sha256(b"weights"));
/// assert_eq!(node.version(), Some("2"));
/// # Ok::<(), modelward_graph::ParseNodeIdError>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    id: NodeId,
    kind: NodeKind,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    license: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    digests: Vec<Digest>,
    #[serde(default, skip_serializing_if = "SignatureState::is_unknown")]
    signature: SignatureState,
}

/// Says what somebody who looked for a signature of a thing found.
///
/// The graph verifies nothing: the state is what its source says.
#[derive(
    Clone, Copy, Debug, Default, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize,
)]
#[non_exhaustive]
#[serde(rename_all = "kebab-case")]
pub enum SignatureState {
    /// There is none, or none that could be verified.
    Missing,
    /// Nobody looked.
    #[default]
    Unknown,
    /// There is one, and it was verified.
    Verified,
}

impl SignatureState {
    /// Returns the name, such as `verified`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unknown => "unknown",
            Self::Verified => "verified",
        }
    }

    /// Returns the number under which snapshots keep the state.
    pub(crate) const fn code(self) -> u8 {
        self as u8
    }

    /// Returns the state of a number that [`code`](Self::code) gave.
    pub(crate) const fn of_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Missing),
            1 => Some(Self::Unknown),
            2 => Some(Self::Verified),
            _ => None,
        }
    }

    const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }
}

impl Node {
    /// Describes a thing by its id, its kind and the name that people call it by.
    #[must_use]
    pub fn new(id: NodeId, kind: NodeKind, name: impl Into<String>) -> Self {
        Self {
            id,
            kind,
            name: name.into(),
            version: None,
            license: None,
            digests: Vec::new(),
            signature: SignatureState::Unknown,
        }
    }

    /// Sets the version, in whatever scheme the thing uses.
    #[must_use]
    pub fn with_version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }

    /// Sets what the source says of the license: an SPDX expression, an id or free text.
    #[must_use]
    pub fn with_license(mut self, license: impl Into<String>) -> Self {
        self.license = Some(license.into());
        self
    }

    /// Adds a digest of the thing's bytes.
    #[must_use]
    pub fn with_digest(mut self, digest: Digest) -> Self {
        self.digests.push(digest);
        self
    }

    /// Sets what was found of a signature.
    #[must_use]
    pub const fn with_signature(mut self, signature: SignatureState) -> Self {
        self.signature = signature;
        self
    }

    /// Returns the id, which no other node of a graph has.
    #[must_use]
    pub const fn id(&self) -> &NodeId {
        &self.id
    }

    /// Returns the kind.
    #[must_use]
    pub const fn kind(&self) -> NodeKind {
        self.kind
    }

    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the version, if it is known.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Returns what is said of the license, if anything is.
    #[must_use]
    pub fn license(&self) -> Option<&str> {
        self.license.as_deref()
    }

    /// Returns the digests, of one or several algorithms.
    #[must_use]
    pub fn digests(&self) -> &[Digest] {
        &self.digests
    }

    /// Returns what was found of a signature.
    #[must_use]
    pub const fn signature(&self) -> SignatureState {
        self.signature
    }
}
