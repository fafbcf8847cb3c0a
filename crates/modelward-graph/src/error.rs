use std::fmt;

use modelward_artifact::escape::Terminal;
use thiserror::Error;

use crate::{GraphWarning, NodeId};

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

/// Says that a text is not the key of a [`Relation`](crate::Relation).
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("there is no relation `{}`", Terminal(text))]
#[non_exhaustive]
pub struct ParseRelationError {
    /// The text.
    pub text: String,
}

impl ParseRelationError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "graph.relation.unknown"
    }
}

/// Says that a text is not the key of a [`NodeKind`](crate::NodeKind).
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("there is no kind of node `{}`", Terminal(text))]
#[non_exhaustive]
pub struct ParseNodeKindError {
    /// The text.
    pub text: String,
}

impl ParseNodeKindError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "graph.node_kind.unknown"
    }
}

/// Says why nodes and relations do not make a graph.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum BuildGraphError {
    /// An edge of a list names something that is not a node id.
    #[error("edge {index} of the list names no node")]
    Edge {
        /// Which edge, counted from 0.
        index: usize,
        /// What is wrong with the name.
        source: ParseNodeIdError,
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
    /// There are too many sources.
    #[error("graph has more than {limit} sources")]
    TooManySources {
        /// The limit.
        limit: usize,
    },
    /// All ids or all other texts together have more than 4 GiB.
    #[error("texts of the graph have more than 4294967295 bytes")]
    TooMuchText,
    /// There are warnings, and the graph was to be built without any.
    #[error("graph has {} warnings, of which the first is: {}", warnings.len(), First(warnings))]
    Warned {
        /// All of them, at least one.
        warnings: Vec<GraphWarning>,
    },
}

impl BuildGraphError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Edge { .. } => "graph.build.edge",
            Self::TooManyEdges { .. } => "graph.build.too_many_edges",
            Self::TooManyNodes { .. } => "graph.build.too_many_nodes",
            Self::TooManySources { .. } => "graph.build.too_many_sources",
            Self::TooMuchText => "graph.build.too_much_text",
            Self::Warned { .. } => "graph.build.warned",
        }
    }
}

/// Says that a question names a node that the graph does not have.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("graph has no node `{}`", Terminal(id))]
#[non_exhaustive]
pub struct UnknownNode {
    /// The id that was asked for.
    pub id: String,
}

impl UnknownNode {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "graph.query.unknown_node"
    }
}

/// Shows the first of some warnings.
struct First<'a>(&'a [GraphWarning]);

impl fmt::Display for First<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.0.first();
        first.map_or(Ok(()), |warning| write!(f, "{warning}"))
    }
}
