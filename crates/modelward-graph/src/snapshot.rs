//! One file for one graph, of which nothing is believed when it is read.

mod check;
mod error;
mod read;
mod write;

use std::num::NonZero;

use crate::{GraphLimits, SupplyGraph};

pub use self::error::SnapshotError;

/// Begins every snapshot.
const MAGIC: [u8; 8] = *b"mwgraph\n";

/// The version of the format. A reader knows its own alone.
const VERSION: u32 = 1;

impl SupplyGraph {
    /// Writes the graph with its sources and warnings: one sequence of bytes for one graph.
    ///
    /// The columns stand as they are in memory, each with its length, so that reading takes a small
    /// part of the time of building. A checksum (CRC-32) at the end tells damage, not malice: sign
    /// the file where others could change it.
    ///
    /// ```
    /// use modelward_graph::{GraphLimits, Relation, SupplyGraph, SupplyGraphBuilder};
    ///
    /// let mut builder = SupplyGraphBuilder::default();
    /// builder.relate_all(&[("pkg:oci/shop", Relation::Contains, "pkg:pypi/torch")])?;
    /// let graph = builder.build()?;
    /// let bytes = graph.to_snapshot();
    /// assert_eq!(SupplyGraph::from_snapshot(&bytes, &GraphLimits::default())?, graph);
    ///
    /// let refused = SupplyGraph::from_snapshot(&bytes[..40], &GraphLimits::default()).unwrap_err();
    /// assert_eq!(refused.code(), "graph.snapshot.checksum");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_snapshot(&self) -> Vec<u8> {
        write::write(self.parts())
    }

    /// Reads what [`to_snapshot`](Self::to_snapshot) wrote.
    ///
    /// Every number is checked before it is used, and the two directions of the edges against each
    /// other, so that a snapshot that somebody made up is an error or a graph of which all answers
    /// are true.
    ///
    /// # Errors
    ///
    /// [`SnapshotError`] where the bytes are not a snapshot, are damaged, pass a limit, or do not
    /// describe a graph.
    pub fn from_snapshot(bytes: &[u8], limits: &GraphLimits) -> Result<Self, SnapshotError> {
        Self::from_snapshot_with(bytes, limits, NonZero::<usize>::MIN)
    }

    /// Reads a snapshot as [`from_snapshot`](Self::from_snapshot) does, on up to so many threads.
    ///
    /// # Errors
    ///
    /// As of [`from_snapshot`](Self::from_snapshot).
    pub fn from_snapshot_with(
        bytes: &[u8],
        limits: &GraphLimits,
        threads: NonZero<usize>,
    ) -> Result<Self, SnapshotError> {
        let parts = read::read(bytes, limits, threads)?;
        check::check(&parts, threads)?;
        Ok(Self::of_parts(parts))
    }
}
