//! What is measured.

use std::fmt;
use std::str::FromStr;

/// One piece of work. The check value, on which all engines have to agree, is in parentheses.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Task {
    /// Makes a graph that can be asked, of ids and relations in memory (nodes and edges).
    Build,
    /// Counts the bytes on the heap that the graph holds, which `live` tells (nodes and edges).
    Memory,
    /// Everything that needs the node that most others need (how many, without itself).
    ClosurePopular,
    /// The same for a node at the 99th percentile of direct dependents.
    ClosureP99,
    /// The same for a median node.
    ClosureMedian,
    /// Everything that needs one of the flawed nodes (how many, without those).
    Union,
    /// The closure of each flawed node by itself (how many in all, each without itself).
    Separate,
    /// Which root needs which flawed node (pairs among the first [`SOME_ROOTS`](Self::SOME_ROOTS)).
    Matrix,
    /// The same on two threads.
    MatrixTwoThreads,
    /// How many pairs there are among all roots. Only to check the two above.
    Pairs,
    /// The strongly connected components (how many).
    Components,
    /// The same by Kosaraju's algorithm, which does not recurse.
    ComponentsKosaraju,
    /// An order in which everything comes after all that needs it, or the reverse (nodes, if it is).
    Order,
    /// A shortest chain from a root to a node that is as far from it as any (hops).
    Why,
    /// The graph as bytes (edges).
    SnapshotSave,
    /// The graph of these bytes (nodes and edges).
    SnapshotLoad,
}

impl Task {
    /// The order in which they can run in a first round.
    pub(crate) const ALL: [Self; 16] = [
        Self::Build,
        Self::Memory,
        Self::ClosurePopular,
        Self::ClosureP99,
        Self::ClosureMedian,
        Self::Union,
        Self::Separate,
        Self::Matrix,
        Self::MatrixTwoThreads,
        Self::Pairs,
        Self::Components,
        Self::ComponentsKosaraju,
        Self::Order,
        Self::Why,
        Self::SnapshotSave,
        Self::SnapshotLoad,
    ];

    /// From how many roots an engine without a matrix searches; `graph.py` scales that.
    pub(crate) const SOME_ROOTS: usize = 100;

    const fn name(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::Memory => "memory",
            Self::ClosurePopular => "closure-popular",
            Self::ClosureP99 => "closure-p99",
            Self::ClosureMedian => "closure-median",
            Self::Union => "union-1000",
            Self::Separate => "separate-1000",
            Self::Matrix => "matrix",
            Self::MatrixTwoThreads => "matrix-2-threads",
            Self::Pairs => "pairs",
            Self::Components => "scc",
            Self::ComponentsKosaraju => "scc-kosaraju",
            Self::Order => "toposort",
            Self::Why => "why",
            Self::SnapshotSave => "snapshot-save",
            Self::SnapshotLoad => "snapshot-load",
        }
    }
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Task {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|known| known.name() == text);
        known.ok_or_else(|| format!("there is no task {text}"))
    }
}
