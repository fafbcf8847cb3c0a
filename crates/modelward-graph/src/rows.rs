use crate::Relation;

/// One end of an edge as its row sees it: the row's node, its neighbor, the relation between them.
pub(crate) type Entry = (u32, u32, Relation);

/// Holds the edges of one direction in compressed rows: the neighbors of a node lie side by side.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Rows {
    /// Where the row of each node starts, and at the end the number of edges.
    starts: Vec<u32>,
    neighbors: Vec<u32>,
    relations: Vec<Relation>,
}

impl Rows {
    /// Packs entries that are sorted and without repetitions.
    pub(crate) fn pack(nodes: usize, entries: &[Entry]) -> Self {
        let mut starts = vec![0; nodes + 1];
        for &(node, ..) in entries {
            starts[node as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        Self {
            starts,
            neighbors: entries.iter().map(|entry| entry.1).collect(),
            relations: entries.iter().map(|entry| entry.2).collect(),
        }
    }

    /// Returns the neighbors of a node in order, one for each edge.
    pub(crate) fn neighbors(&self, node: u32) -> &[u32] {
        &self.neighbors[self.row(node)]
    }

    /// Returns the relations to the neighbors, in the same order.
    pub(crate) fn relations(&self, node: u32) -> &[Relation] {
        &self.relations[self.row(node)]
    }

    /// Returns each neighbor with the relation to it.
    pub(crate) fn edges(&self, node: u32) -> impl Iterator<Item = (u32, Relation)> {
        let neighbors = self.neighbors(node).iter().copied();
        neighbors.zip(self.relations(node).iter().copied())
    }

    /// Returns the number of edges.
    pub(crate) fn len(&self) -> usize {
        self.neighbors.len()
    }

    fn row(&self, node: u32) -> std::ops::Range<usize> {
        self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize
    }
}
