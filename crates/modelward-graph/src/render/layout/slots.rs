//! The places in columns: one for each node, and one for each line in each column that it passes.

/// All slots. Those of nodes come first and have their numbers.
pub(super) struct Slots {
    pub(super) nodes: usize,
    pub(super) layer: Vec<usize>,
    /// The slots of each column from the top.
    pub(super) columns: Vec<Vec<usize>>,
    /// The neighbors of each slot in the column to the left.
    pub(super) left: Vec<Vec<usize>>,
    /// And to the right.
    pub(super) right: Vec<Vec<usize>>,
    /// The slots of each line from the left to the right.
    pub(super) chains: Vec<Vec<usize>>,
}

impl Slots {
    pub(super) fn of(layer: &[usize], ends: &[(usize, usize)]) -> Self {
        let mut slots = Self {
            nodes: layer.len(),
            layer: layer.to_vec(),
            columns: Vec::new(),
            left: vec![Vec::new(); layer.len()],
            right: vec![Vec::new(); layer.len()],
            chains: Vec::with_capacity(ends.len()),
        };
        for &(from, to) in ends {
            slots.join(from, to);
        }
        slots.fill_columns();
        slots
    }

    /// Tells whether the slot is of a line that passes.
    pub(super) const fn is_bend(&self, slot: usize) -> bool {
        slot >= self.nodes
    }

    /// Returns the place of each slot in its column.
    pub(super) fn ranks(&self) -> Vec<usize> {
        let mut ranks = vec![0; self.layer.len()];
        for column in &self.columns {
            for (rank, slot) in column.iter().enumerate() {
                ranks[*slot] = rank;
            }
        }
        ranks
    }

    fn join(&mut self, from: usize, to: usize) {
        let mut chain = vec![from];
        let mut last = from;
        for layer in self.layer[from] + 1..self.layer[to] {
            let bend = self.layer.len();
            self.layer.push(layer);
            self.left.push(Vec::new());
            self.right.push(Vec::new());
            self.connect(last, bend);
            chain.push(bend);
            last = bend;
        }
        self.connect(last, to);
        chain.push(to);
        self.chains.push(chain);
    }

    fn connect(&mut self, from: usize, to: usize) {
        self.right[from].push(to);
        self.left[to].push(from);
    }

    /// Fills the columns in the order in which a walk from the left comes by, so that what belongs
    /// together begins side by side. Nodes without lines go below all others.
    fn fill_columns(&mut self) {
        let columns = self.layer.iter().max().map_or(0, |last| last + 1);
        self.columns = vec![Vec::new(); columns];
        let mut seen = vec![false; self.layer.len()];
        let is_alone = |slot: &usize| self.left[*slot].is_empty() && self.right[*slot].is_empty();
        let (alone, joined): (Vec<usize>, Vec<usize>) = (0..self.layer.len()).partition(is_alone);
        let roots = joined
            .into_iter()
            .filter(|slot| self.left[*slot].is_empty());
        let mut open: Vec<usize> = roots.collect();
        open.sort_by_key(|slot| std::cmp::Reverse(self.layer[*slot]));
        while let Some(slot) = open.pop() {
            if std::mem::replace(&mut seen[slot], true) {
                continue;
            }
            self.columns[self.layer[slot]].push(slot);
            open.extend(self.right[slot].iter().rev());
        }
        for slot in alone {
            self.columns[self.layer[slot]].push(slot);
        }
    }
}
