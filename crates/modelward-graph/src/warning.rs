use std::fmt;

use modelward_artifact::escape::Terminal;
use serde::{Deserialize, Serialize};

use crate::{NodeId, Relation};

/// Tells what of a source is not in the graph as it was stated, or contradicts something else.
///
/// Warnings travel with the graph, sorted by source and place.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub struct GraphWarning {
    source: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pointer: String,
    #[serde(flatten)]
    kind: WarningKind,
}

impl GraphWarning {
    /// States a warning about a place in a source: a JSON Pointer (RFC 6901), or empty where there
    /// is none.
    #[must_use]
    pub fn new(source: impl Into<String>, pointer: impl Into<String>, kind: WarningKind) -> Self {
        Self {
            source: source.into(),
            pointer: pointer.into(),
            kind,
        }
    }

    /// Returns the name of the source.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Returns the place in the source as a JSON Pointer. It is empty where there is none.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Returns what it is about.
    #[must_use]
    pub const fn kind(&self) -> &WarningKind {
        &self.kind
    }

    /// Returns the stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.kind.code()
    }
}

/// Shows source, place and what it is about, such as `sbom.json#/dependencies/3: ..`.
impl fmt::Display for GraphWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.source.is_empty() || !self.pointer.is_empty() {
            write!(f, "{}", Terminal(&self.source))?;
            if !self.pointer.is_empty() {
                write!(f, "#{}", Terminal(&self.pointer))?;
            }
            f.write_str(": ")?;
        }
        write!(f, "{}", self.kind)
    }
}

/// Says what a [`GraphWarning`] is about.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[non_exhaustive]
#[serde(rename_all = "kebab-case", tag = "warning")]
pub enum WarningKind {
    /// Several nodes have one digest, by which alone another source names a thing. It stays a node
    /// of its own.
    AmbiguousDigest {
        /// The digest.
        digest: NodeId,
        /// The nodes that have it, sorted.
        ids: Vec<NodeId>,
    },
    /// A relation names something that its source does not describe. It is a node of unknown kind.
    Dangling {
        /// The name.
        name: String,
    },
    /// Sources, or two places of one, differ in what they say of a node. All of it is kept, and the
    /// first source by name counts.
    Differing {
        /// The node.
        id: NodeId,
        /// What they differ in: `kind`, `name`, `version`, `license`, `signature` or the algorithm
        /// of a digest.
        field: String,
        /// What is said, sorted.
        values: Vec<String>,
    },
    /// Two things have one name in their source.
    Duplicate {
        /// The name.
        name: String,
    },
    /// A member has another shape than its format says, or a value that cannot be used.
    Malformed {
        /// What is wrong, in words.
        reason: String,
    },
    /// A text in the place of a package URL is none. The thing goes by another name.
    MalformedPurl {
        /// The text.
        text: String,
    },
    /// Something is related to itself. A graph has no such edge.
    SelfRelation {
        /// The node.
        id: NodeId,
        /// The relation.
        relation: Relation,
    },
    /// There were more warnings than the limit allows.
    TooMany {
        /// How many were left out.
        left_out: u64,
    },
    /// A relation names a node that no source describes, by a name that does not tell what it is.
    Undescribed {
        /// The node.
        id: NodeId,
    },
}

impl WarningKind {
    /// Returns the stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AmbiguousDigest { .. } => "graph.warning.ambiguous_digest",
            Self::Dangling { .. } => "graph.warning.dangling",
            Self::Differing { .. } => "graph.warning.differing",
            Self::Duplicate { .. } => "graph.warning.duplicate",
            Self::Malformed { .. } => "graph.warning.malformed",
            Self::MalformedPurl { .. } => "graph.warning.malformed_purl",
            Self::SelfRelation { .. } => "graph.warning.self_relation",
            Self::TooMany { .. } => "graph.warning.too_many",
            Self::Undescribed { .. } => "graph.warning.undescribed",
        }
    }
}

impl fmt::Display for WarningKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AmbiguousDigest { digest, ids } => {
                write!(f, "`{}` is the digest of several nodes: ", shown(digest))?;
                list(f, ids.iter().map(NodeId::as_str))
            }
            Self::Dangling { name } => {
                write!(f, "`{}` is related and not described", Terminal(name))
            }
            Self::Differing { id, field, values } => {
                write!(
                    f,
                    "node `{}` differs in its {}: ",
                    shown(id),
                    Terminal(field)
                )?;
                list(f, values.iter().map(String::as_str))
            }
            Self::Duplicate { name } => write!(f, "two things are named `{}`", Terminal(name)),
            Self::Malformed { reason } => write!(f, "{}", Terminal(reason)),
            Self::MalformedPurl { text } => {
                write!(f, "`{}` is not a package url", Terminal(text))
            }
            Self::SelfRelation { id, relation } => {
                write!(
                    f,
                    "node `{}` is related to itself by `{relation}`",
                    shown(id)
                )
            }
            Self::TooMany { left_out } => write!(f, "{left_out} more warnings were left out"),
            Self::Undescribed { id } => {
                write!(f, "node `{}` is related and nowhere described", shown(id))
            }
        }
    }
}

fn shown(id: &NodeId) -> Terminal<'_> {
    Terminal(id.as_str())
}

fn list<'a>(f: &mut fmt::Formatter<'_>, texts: impl Iterator<Item = &'a str>) -> fmt::Result {
    for (index, text) in texts.enumerate() {
        let between = if index == 0 { "" } else { ", " };
        write!(f, "{between}`{}`", Terminal(text))?;
    }
    Ok(())
}
