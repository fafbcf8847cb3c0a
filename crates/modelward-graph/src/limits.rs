/// Bounds how large a graph may grow.
///
/// More than 4,294,967,295 nodes or edges are treated as that many.
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
    max_sources: u32,
    max_warnings: u32,
}

impl GraphLimits {
    /// The largest number of sources that a graph can keep apart.
    pub const SOURCES: usize = (1 << 24) - 1;

    /// Sets how many nodes there may be, those that a relation only names included.
    #[must_use]
    pub fn with_max_nodes(mut self, max_nodes: usize) -> Self {
        self.max_nodes = bounded(max_nodes);
        self
    }

    /// Sets how many relations may be stated, repeated ones included.
    #[must_use]
    pub fn with_max_edges(mut self, max_edges: usize) -> Self {
        self.max_edges = bounded(max_edges);
        self
    }

    /// Sets how many sources there may be, at most [`SOURCES`](Self::SOURCES).
    #[must_use]
    pub fn with_max_sources(mut self, max_sources: usize) -> Self {
        self.max_sources = bounded(max_sources.min(Self::SOURCES));
        self
    }

    /// Sets how many warnings are kept. Of more, the number is kept.
    #[must_use]
    pub fn with_max_warnings(mut self, max_warnings: usize) -> Self {
        self.max_warnings = bounded(max_warnings);
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

    /// Returns the largest number of sources.
    #[must_use]
    pub const fn max_sources(&self) -> usize {
        self.max_sources as usize
    }

    /// Returns how many warnings are kept.
    #[must_use]
    pub const fn max_warnings(&self) -> usize {
        self.max_warnings as usize
    }
}

/// 5,000,000 nodes, 50,000,000 edges, 1,000,000 sources, 100,000 warnings.
impl Default for GraphLimits {
    fn default() -> Self {
        Self {
            max_nodes: 5_000_000,
            max_edges: 50_000_000,
            max_sources: 1_000_000,
            max_warnings: 100_000,
        }
    }
}

fn bounded(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
