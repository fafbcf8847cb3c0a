use std::fmt;

use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use thiserror::Error;

use crate::{NodeId, Relation};

/// How many ids an error's text lists. Its field lists all.
const SHOWN: usize = 10;

/// Says why a text is not a [`NodeId`].
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParseNodeIdError {
    /// It has a control character.
    #[error("node id has a control character at byte {at}")]
    Control {
        /// The position of the character, counted in bytes from 0.
        at: usize,
    },
    /// It is empty.
    #[error("node id is empty")]
    Empty,
    /// It is longer than 2048 bytes.
    #[error("node id has {found} bytes, expected at most {}", NodeId::MAX_LEN)]
    TooLong {
        /// Its length in bytes.
        found: usize,
    },
}

impl ParseNodeIdError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Control { .. } => "graph.node_id.control",
            Self::Empty => "graph.node_id.empty",
            Self::TooLong { .. } => "graph.node_id.too_long",
        }
    }
}

/// Says why nodes and relations do not make a graph.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum BuildGraphError {
    /// Two nodes have one id and differ.
    #[error("node `{}` is described twice and differs", Terminal(id.as_str()))]
    DifferingNode {
        /// The id.
        id: NodeId,
    },
    /// A node is related to itself.
    #[error("node `{}` is related to itself by `{relation}`", Terminal(id.as_str()))]
    SelfRelation {
        /// The node.
        id: NodeId,
        /// The relation.
        relation: Relation,
    },
    /// There are too many relations.
    #[error("graph has more than {limit} edges")]
    TooManyEdges {
        /// The limit.
        limit: usize,
    },
    /// There are too many nodes.
    #[error("graph has more than {limit} nodes")]
    TooManyNodes {
        /// The limit.
        limit: usize,
    },
    /// Relations name nodes that were never added.
    #[error("nodes are related but never described: {}", Listed(ids))]
    UnknownNodes {
        /// Every such id, sorted.
        ids: Vec<NodeId>,
    },
}

impl BuildGraphError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::DifferingNode { .. } => "graph.build.differing_node",
            Self::SelfRelation { .. } => "graph.build.self_relation",
            Self::TooManyEdges { .. } => "graph.build.too_many_edges",
            Self::TooManyNodes { .. } => "graph.build.too_many_nodes",
            Self::UnknownNodes { .. } => "graph.build.unknown_node",
        }
    }
}

/// Says that a question names a node that the graph does not have.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("graph has no node `{}`", Terminal(id.as_str()))]
#[non_exhaustive]
pub struct UnknownNode {
    /// The id that was asked for.
    pub id: NodeId,
}

impl UnknownNode {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "graph.query.unknown_node"
    }
}

/// Says why a snapshot could not be read or written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// Its nodes and relations do not make a graph.
    #[error("snapshot does not describe a graph")]
    Build {
        /// Why not.
        source: BuildGraphError,
    },
    /// It names another format, or a version of this one that this build does not know.
    #[error(
        "expected the snapshot format `{expected}`, found `{}`",
        Terminal(found)
    )]
    Format {
        /// The format that this build reads.
        expected: &'static str,
        /// The format that the text names.
        found: String,
    },
    /// It is not the strict JSON of a snapshot, or too large.
    #[error("snapshot is not the expected json")]
    Json {
        /// What is wrong.
        source: JsonError,
    },
}

impl SnapshotError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Build { .. } => "graph.snapshot.build",
            Self::Format { .. } => "graph.snapshot.format",
            Self::Json { .. } => "graph.snapshot.json",
        }
    }
}

/// Lists the first ids between backticks and counts the rest.
struct Listed<'a>(&'a [NodeId]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, id) in self.0.iter().take(SHOWN).enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}`{}`", Terminal(id.as_str()))?;
        }
        match self.0.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}
