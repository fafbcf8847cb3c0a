/// Bounds how large a graph may grow.
///
/// More than 4,294,967,295 of either is treated as that.
///
/// ```
/// use modelward_graph::GraphLimits;
///
/// let limits = GraphLimits::default().with_max_nodes(1_000);
/// assert_eq!(limits.max_nodes(), 1_000);
/// assert_eq!(limits.max_edges(), 50_000_000);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct GraphLimits {
    max_nodes: u32,
    max_edges: u32,
}

impl GraphLimits {
    /// Sets how many nodes there may be, those that a relation only names included.
    #[must_use]
    pub fn with_max_nodes(mut self, max_nodes: usize) -> Self {
        self.max_nodes = u32::try_from(max_nodes).unwrap_or(u32::MAX);
        self
    }

    /// Sets how many relations may be stated, repeated ones included.
    #[must_use]
    pub fn with_max_edges(mut self, max_edges: usize) -> Self {
        self.max_edges = u32::try_from(max_edges).unwrap_or(u32::MAX);
        self
    }

    /// Returns the largest number of nodes.
    #[must_use]
    pub const fn max_nodes(&self) -> usize {
        self.max_nodes as usize
    }

    /// Returns the largest number of relations.
    #[must_use]
    pub const fn max_edges(&self) -> usize {
        self.max_edges as usize
    }
}

/// 5,000,000 nodes, 50,000,000 edges.
impl Default for GraphLimits {
    fn default() -> Self {
        Self {
            max_nodes: 5_000_000,
            max_edges: 50_000_000,
        }
    }
}
