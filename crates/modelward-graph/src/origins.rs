//! Which sources state what.

use std::collections::HashMap;

use crate::Source;

/// Holds the sources and the sets of them that state something.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Origins {
    /// Sorted by name.
    pub(crate) sources: Vec<Source>,
    /// Sets of two or more sources, sorted. Their numbers follow those of the sources, each of which
    /// is a set by itself.
    pub(crate) sets: Vec<Box<[u32]>>,
    /// The set of each edge in the order of the outgoing rows. Empty where there is one source only.
    pub(crate) edges: Vec<u32>,
}

impl Origins {
    /// Returns the sources of a set.
    pub(crate) fn members(&self, set: u32) -> impl Iterator<Item = &Source> {
        let single = self.sources.get(set as usize);
        let several = self
            .sets
            .get((set as usize).wrapping_sub(self.sources.len()))
            .filter(|_| single.is_none());
        let numbers = several.into_iter().flat_map(|set| set.iter());
        single
            .into_iter()
            .chain(numbers.map(|number| &self.sources[*number as usize]))
    }

    /// Returns the set of an edge, by its place in the outgoing rows.
    pub(crate) fn of_edge(&self, place: usize) -> u32 {
        self.edges.get(place).copied().unwrap_or(0)
    }
}

/// Numbers sets of sources.
#[derive(Debug)]
pub(crate) struct Sets {
    sources: u32,
    known: HashMap<Box<[u32]>, u32>,
    sets: Vec<Box<[u32]>>,
}

impl Sets {
    pub(crate) fn new(sources: usize) -> Self {
        Self {
            sources: crate::graph::ix(sources),
            known: HashMap::new(),
            sets: Vec::new(),
        }
    }

    /// Returns the number of a set, given its sorted members, of which there is at least one.
    pub(crate) fn number(&mut self, members: &[u32]) -> u32 {
        if let [single] = members {
            return *single;
        }
        if let Some(known) = self.known.get(members) {
            return *known;
        }
        let number = self.sources + crate::graph::ix(self.sets.len());
        self.known.insert(members.into(), number);
        self.sets.push(members.into());
        number
    }

    pub(crate) fn into_sets(self) -> Vec<Box<[u32]>> {
        self.sets
    }
}
