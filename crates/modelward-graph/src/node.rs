use std::borrow::{Borrow, Cow};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use modelward_artifact::Digest;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ParseNodeIdError;

/// Names one thing in the supply chain: a package URL, a digest or a `bom-ref`.
///
/// - 1 to 2048 bytes of UTF-8.
/// - No control character, so no line break and no NUL.
///
/// Two ids are the same thing only if they are equal: nothing is normalized. A clone shares the
/// text.
///
/// ```
/// use modelward_graph::NodeId;
///
/// let id: NodeId = "pkg:huggingface/google/bert@1a2b".parse()?;
/// assert_eq!(id.as_str(), "pkg:huggingface/google/bert@1a2b");
///
/// let refused = "two\nlines".parse::<NodeId>().unwrap_err();
/// assert_eq!(refused.to_string(), "node id has a control character at byte 3");
/// # Ok::<(), modelward_graph::ParseNodeIdError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct NodeId(Arc<str>);

impl NodeId {
    /// The longest id in bytes.
    pub const MAX_LEN: usize = 2048;

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for NodeId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for NodeId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// Names a thing by its bytes, such as `sha256:` and 64 digits.
impl From<&Digest> for NodeId {
    fn from(digest: &Digest) -> Self {
        Self(digest.to_string().into())
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for NodeId {
    type Err = ParseNodeIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Err(ParseNodeIdError::Empty);
        }
        if text.len() > Self::MAX_LEN {
            return Err(ParseNodeIdError::TooLong { found: text.len() });
        }
        match text.find(char::is_control) {
            Some(at) => Err(ParseNodeIdError::Control { at }),
            None => Ok(Self(text.into())),
        }
    }
}

impl Serialize for NodeId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for NodeId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Says what a node is.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[non_exhaustive]
#[serde(rename_all = "kebab-case")]
pub enum NodeKind {
    /// Weights that change a base model and are of no use without it, such as a low-rank adapter.
    Adapter,
    /// A container image or the platform inside of one.
    Container,
    /// A data set for training, evaluation or retrieval.
    Dataset,
    /// A model card, data sheet, license text or report.
    Document,
    /// A run of a benchmark or a red-team test with its results.
    Evaluation,
    /// One file, such as a shard of weights.
    File,
    /// A software package or framework.
    Library,
    /// A model with weights of its own.
    Model,
    /// A company, project or person that supplies something.
    Organization,
    /// A running endpoint or a hosted interface.
    Service,
    /// The vocabulary and rules that turn text into tokens.
    Tokenizer,
    /// One execution of training or fine-tuning.
    TrainingRun,
    /// Something whose kind the source did not tell.
    Unknown,
}

impl NodeKind {
    /// Lists every kind that this build knows.
    pub const ALL: [Self; 13] = [
        Self::Adapter,
        Self::Container,
        Self::Dataset,
        Self::Document,
        Self::Evaluation,
        Self::File,
        Self::Library,
        Self::Model,
        Self::Organization,
        Self::Service,
        Self::Tokenizer,
        Self::TrainingRun,
        Self::Unknown,
    ];

    /// Returns the name in words, such as `training run`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Adapter => "adapter",
            Self::Container => "container",
            Self::Dataset => "dataset",
            Self::Document => "document",
            Self::Evaluation => "evaluation",
            Self::File => "file",
            Self::Library => "library",
            Self::Model => "model",
            Self::Organization => "organization",
            Self::Service => "service",
            Self::Tokenizer => "tokenizer",
            Self::TrainingRun => "training run",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for NodeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Describes one thing in the supply chain.
///
/// The name and the version are texts from outside, returned as they were given: escape them
/// where they are shown.
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
    digest: Option<Digest>,
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
            digest: None,
        }
    }

    /// Sets the version, in whatever scheme the thing uses.
    #[must_use]
    pub fn with_version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }

    /// Sets the digest of the thing's bytes.
    #[must_use]
    pub fn with_digest(mut self, digest: Digest) -> Self {
        self.digest = Some(digest);
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

    /// Returns the digest, if it is known.
    #[must_use]
    pub const fn digest(&self) -> Option<&Digest> {
        self.digest.as_ref()
    }
}
