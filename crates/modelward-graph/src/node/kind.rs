use std::fmt;
use std::ops::BitOr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ParseNodeKindError;

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

    /// Returns the name for machines, such as `training-run`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::TrainingRun => "training-run",
            other => other.name(),
        }
    }

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

impl NodeKind {
    /// Returns what a package URL tells of the kind of its thing. A name that tells nothing is of
    /// something unknown.
    pub(crate) fn of_id(id: &str) -> Self {
        let package = id.strip_prefix("pkg:");
        let kind = package.and_then(|package| package.split(['/', '@']).next());
        match kind.unwrap_or_default() {
            "huggingface" if id.starts_with("pkg:huggingface/datasets/") => Self::Dataset,
            "huggingface" | "mlflow" => Self::Model,
            "docker" | "oci" => Self::Container,
            "cargo" | "composer" | "conan" | "conda" | "deb" | "gem" | "golang" | "hex"
            | "maven" | "npm" | "nuget" | "pypi" | "rpm" | "swift" => Self::Library,
            _ => Self::Unknown,
        }
    }

    /// Returns the number under which columns and snapshots keep the kind: its place in
    /// [`ALL`](Self::ALL), which only grows at the end.
    pub(crate) const fn code(self) -> u8 {
        self as u8
    }

    /// Returns the kind of a number that [`code`](Self::code) gave.
    pub(crate) const fn of_code(code: u8) -> Self {
        Self::ALL[code as usize]
    }
}

impl fmt::Display for NodeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for NodeKind {
    type Err = ParseNodeKindError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|known| known.key() == text);
        known.ok_or_else(|| ParseNodeKindError { text: text.into() })
    }
}

/// Holds some kinds of nodes, such as those that a query asks for.
///
/// ```
/// use modelward_graph::{KindSet, NodeKind};
///
/// let kinds = KindSet::from(NodeKind::Model) | NodeKind::Adapter;
/// assert!(kinds.contains(NodeKind::Adapter) && !kinds.contains(NodeKind::File));
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct KindSet(u32);

impl KindSet {
    /// Every kind, those of later versions too.
    pub const ALL: Self = Self(u32::MAX);

    /// Makes the set of these kinds.
    #[must_use]
    pub const fn of(kinds: &[NodeKind]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < kinds.len() {
            bits |= 1 << kinds[at].code();
            at += 1;
        }
        Self(bits)
    }

    /// Tells whether a kind is in the set.
    #[must_use]
    pub const fn contains(self, kind: NodeKind) -> bool {
        self.has(kind.code())
    }

    /// Tells whether the kind of a number is in the set.
    pub(crate) const fn has(self, code: u8) -> bool {
        self.0 >> code & 1 == 1
    }
}

impl From<NodeKind> for KindSet {
    fn from(kind: NodeKind) -> Self {
        Self::of(&[kind])
    }
}

impl FromIterator<NodeKind> for KindSet {
    fn from_iter<T: IntoIterator<Item = NodeKind>>(kinds: T) -> Self {
        let bits = kinds.into_iter().map(|kind| 1 << kind.code());
        Self(bits.fold(0, BitOr::bitor))
    }
}

impl<T: Into<Self>> BitOr<T> for KindSet {
    type Output = Self;

    fn bitor(self, other: T) -> Self {
        Self(self.0 | other.into().0)
    }
}
