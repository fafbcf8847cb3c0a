//! The edges of one direction in compressed rows: the neighbors of a node lie side by side.

/// Holds, for each node, its neighbors in one direction and the relation to each.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Rows {
    /// Where the row of each node starts, and at the end the number of edges.
    starts: Vec<u32>,
    /// Sorted in each row; a node stands once for each relation.
    neighbors: Vec<u32>,
    /// The number of the relation to each neighbor.
    codes: Vec<u8>,
}

impl Rows {
    /// Takes the three columns, which the caller checked.
    pub(crate) const fn of_parts(starts: Vec<u32>, neighbors: Vec<u32>, codes: Vec<u8>) -> Self {
        Self {
            starts,
            neighbors,
            codes,
        }
    }

    /// Returns the same edges as the other ends see them.
    pub(crate) fn transposed(&self) -> Self {
        let nodes = self.starts.len() - 1;
        let mut next = vec![0_u32; nodes + 1];
        for &neighbor in &self.neighbors {
            next[neighbor as usize + 1] += 1;
        }
        accumulate(&mut next);
        let starts = next.clone();
        let mut neighbors = vec![0; self.neighbors.len()];
        let mut codes = vec![0; self.codes.len()];
        // Rows are visited in order, so that the new rows are sorted.
        for node in 0..crate::graph::ix(nodes) {
            for edge in self.range(node) {
                let place = &mut next[self.neighbors[edge] as usize];
                neighbors[*place as usize] = node;
                codes[*place as usize] = self.codes[edge];
                *place += 1;
            }
        }
        Self::of_parts(starts, neighbors, codes)
    }

    /// Returns the neighbors of a node in order, one for each edge.
    pub(crate) fn neighbors(&self, node: u32) -> &[u32] {
        &self.neighbors[self.range(node)]
    }

    /// Returns the numbers of the relations to the neighbors, in the same order.
    pub(crate) fn codes(&self, node: u32) -> &[u8] {
        &self.codes[self.range(node)]
    }

    /// Returns each neighbor with the number of the relation to it.
    pub(crate) fn edges(&self, node: u32) -> impl Iterator<Item = (u32, u8)> {
        let range = self.range(node);
        let neighbors = self.neighbors[range.clone()].iter().copied();
        neighbors.zip(self.codes[range].iter().copied())
    }

    /// Returns where the row of a node stands.
    pub(crate) fn range(&self, node: u32) -> std::ops::Range<usize> {
        self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize
    }

    /// Returns the number of edges.
    pub(crate) fn len(&self) -> usize {
        self.neighbors.len()
    }

    /// Returns the three columns.
    pub(crate) fn parts(&self) -> (&[u32], &[u32], &[u8]) {
        (&self.starts, &self.neighbors, &self.codes)
    }
}

/// Turns counts, each one place behind, into where each row starts.
pub(crate) fn accumulate(counts: &mut [u32]) {
    let mut sum = 0;
    for count in counts {
        sum += *count;
        *count = sum;
    }
}
