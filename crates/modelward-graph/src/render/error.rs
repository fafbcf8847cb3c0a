use modelward_artifact::escape::Terminal;
use thiserror::Error;

/// Says why a [`Drawing`](crate::Drawing) cannot be made.
///
/// A picture is whole or there is none: ask for a smaller set, or raise the limit.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum DrawError {
    /// A node is to be highlighted that is not in the picture.
    #[error("node `{}` is not in the picture", Terminal(id))]
    NotDrawn {
        /// The node.
        id: String,
    },
    /// Lines that pass by other nodes take too many turns.
    #[error("picture has {found} bends in its lines, expected at most {limit}")]
    TooManyBends {
        /// How many turns there would be.
        found: usize,
        /// The limit, which is fixed.
        limit: usize,
    },
    /// There are too many lines.
    #[error("picture has {found} lines, expected at most {limit}")]
    TooManyLines {
        /// How many pairs of nodes are joined.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// There are too many nodes.
    #[error("picture has {found} nodes, expected at most {limit}")]
    TooManyNodes {
        /// How many nodes were to be drawn.
        found: usize,
        /// The limit.
        limit: usize,
    },
}

impl DrawError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotDrawn { .. } => "graph.draw.not_drawn",
            Self::TooManyBends { .. } => "graph.draw.too_many_bends",
            Self::TooManyLines { .. } => "graph.draw.too_many_lines",
            Self::TooManyNodes { .. } => "graph.draw.too_many_nodes",
        }
    }
}
