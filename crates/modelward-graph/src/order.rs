//! The order of nodes in a graph: dependencies before their dependents, cycles side by side.

use crate::bits::Bits;
use crate::components::{Adjacency, components};
use crate::rows::accumulate;

/// Where each node goes, and where a group of nodes on common cycles goes on.
pub(crate) struct Order {
    /// The new number of each node, or `u32::MAX` for one that was not ranked.
    pub(crate) place: Vec<u32>,
    /// The nodes, by their new numbers, that are on a cycle with the one before.
    pub(crate) joined: Bits,
}

/// How far each node is above what needs nothing, and which nodes are on common cycles.
///
/// The level of a node is the length of the longest chain of dependencies below it, where nodes
/// that need one another count as one.
pub(crate) struct Levels {
    levels: Vec<u32>,
    groups: Groups,
}

impl Levels {
    /// Finds the levels of nodes from 0 on. An edge from a node to itself is passed over.
    pub(crate) fn of(edges: &[(u32, u32)], nodes: usize) -> Self {
        let dependents = Dependents::of(edges, nodes);
        let (mut levels, open) = peel(&dependents, edges, nodes);
        let groups = if open.is_empty() {
            Groups::default()
        } else {
            Groups::of(edges, &open, &mut levels)
        };
        Self { levels, groups }
    }

    /// Orders the nodes that are ranked by level, and within a level by rank, the lowest one of a
    /// cycle for all of it. So the order depends on the edges and the ranks alone.
    pub(crate) fn place(&self, ranked: &[u32]) -> Order {
        place(&self.levels, ranked, &self.groups)
    }
}

/// The dependents of each node, in no order.
struct Dependents {
    starts: Vec<u32>,
    nodes: Vec<u32>,
}

impl Dependents {
    fn of(edges: &[(u32, u32)], nodes: usize) -> Self {
        let mut starts = vec![0; nodes + 2];
        for &(_, to) in edges.iter().filter(|edge| edge.0 != edge.1) {
            starts[to as usize + 2] += 1;
        }
        accumulate(&mut starts);
        let mut dependents = vec![0; edges.len()];
        // The second place of each count turns from where a row starts into where it ends.
        for &(from, to) in edges.iter().filter(|edge| edge.0 != edge.1) {
            let place = &mut starts[to as usize + 1];
            dependents[*place as usize] = from;
            *place += 1;
        }
        Self {
            starts,
            nodes: dependents,
        }
    }

    fn row(&self, node: u32) -> &[u32] {
        let (start, end) = (self.starts[node as usize], self.starts[node as usize + 1]);
        &self.nodes[start as usize..end as usize]
    }
}

/// Takes off nodes all of whose dependencies were taken off, until only cycles are left and what
/// depends on them. Returns the levels and the nodes that are left.
fn peel(dependents: &Dependents, edges: &[(u32, u32)], nodes: usize) -> (Vec<u32>, Vec<u32>) {
    let mut waiting = vec![0_u32; nodes];
    for &(from, _) in edges.iter().filter(|edge| edge.0 != edge.1) {
        waiting[from as usize] += 1;
    }
    let all = 0..crate::graph::ix(nodes);
    let mut levels = vec![0; nodes];
    let mut done: Vec<u32> = Vec::with_capacity(nodes);
    done.extend(all.clone().filter(|node| waiting[*node as usize] == 0));
    let mut at = 0;
    while let Some(&node) = done.get(at) {
        at += 1;
        let above = levels[node as usize] + 1;
        for &dependent in dependents.row(node) {
            let level = &mut levels[dependent as usize];
            *level = above.max(*level);
            let waiting = &mut waiting[dependent as usize];
            *waiting -= 1;
            if *waiting == 0 {
                done.push(dependent);
            }
        }
    }
    let open = all.filter(|node| waiting[*node as usize] > 0);
    (levels, open.collect())
}

/// The components of more than one node among those that could not be taken off.
#[derive(Default)]
struct Groups {
    /// The group of a node, or `NONE`. Empty where there is no group.
    of_node: Vec<u32>,
    count: usize,
}

/// Marks a node that is in no group.
const NONE: u32 = u32::MAX;

impl Groups {
    fn of(edges: &[(u32, u32)], open: &[u32], levels: &mut [u32]) -> Self {
        let mut local = vec![NONE; levels.len()];
        for (index, &node) in (0..).zip(open) {
            local[node as usize] = index;
        }
        let rest = Rest::of(edges, &local, open.len());
        let (component, count) = components(&rest);
        let mut sizes = vec![0_u32; count as usize];
        for &component in &component {
            sizes[component as usize] += 1;
        }
        rest.raise(&component, open, &sizes, levels);
        let mut of_node = vec![NONE; levels.len()];
        for (&node, &component) in open.iter().zip(&component) {
            if sizes[component as usize] > 1 {
                of_node[node as usize] = component;
            }
        }
        Self {
            of_node,
            count: count as usize,
        }
    }

    fn group(&self, node: u32) -> Option<usize> {
        let group = self.of_node.get(node as usize);
        group
            .filter(|group| **group != NONE)
            .map(|group| *group as usize)
    }
}

/// The edges between nodes that could not be taken off, by numbers of their own.
struct Rest {
    starts: Vec<u32>,
    nodes: Vec<u32>,
}

impl Rest {
    fn of(edges: &[(u32, u32)], local: &[u32], nodes: usize) -> Self {
        let inner: Vec<(u32, u32)> = edges
            .iter()
            .map(|&(from, to)| (local[to as usize], local[from as usize]))
            .filter(|&(to, from)| to != NONE && from != NONE)
            .collect();
        let Dependents { starts, nodes } = Dependents::of(&inner, nodes);
        Self { starts, nodes }
    }

    /// Sets the level of each component above those of its dependencies, which have lower numbers.
    fn raise(&self, component: &[u32], open: &[u32], sizes: &[u32], levels: &mut [u32]) {
        let mut starts = vec![0; sizes.len() + 1];
        starts[1..].copy_from_slice(sizes);
        accumulate(&mut starts);
        let mut members = vec![0; component.len()];
        for (node, &component) in (0..).zip(component) {
            let place = &mut starts[component as usize];
            members[*place as usize] = node;
            *place += 1;
        }
        let mut members = members.as_slice();
        for &size in sizes {
            let (group, rest) = members.split_at(size as usize);
            members = rest;
            let mut level = 0;
            for &node in group {
                level = level.max(levels[open[node as usize] as usize]);
                for at in 0..self.len(node) {
                    let other = self.nodes[self.starts[node as usize] as usize + at];
                    if component[other as usize] != component[node as usize] {
                        level = level.max(levels[open[other as usize] as usize] + 1);
                    }
                }
            }
            for &node in group {
                levels[open[node as usize] as usize] = level;
            }
        }
    }
}

impl Adjacency for Rest {
    fn nodes(&self) -> usize {
        self.starts.len() - 2
    }

    fn len(&self, node: u32) -> usize {
        (self.starts[node as usize + 1] - self.starts[node as usize]) as usize
    }

    fn neighbor(&self, node: u32, at: usize) -> Option<u32> {
        Some(self.nodes[self.starts[node as usize] as usize + at])
    }
}

fn place(levels: &[u32], ranked: &[u32], groups: &Groups) -> Order {
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); groups.count];
    for &node in ranked {
        if let Some(group) = groups.group(node) {
            members[group].push(node);
        }
    }
    let highest = levels.iter().copied().max().unwrap_or(0) as usize;
    let mut next = vec![0; highest + 2];
    for node in ranked {
        next[levels[*node as usize] as usize + 1] += 1;
    }
    accumulate(&mut next);
    let mut order = Order {
        place: vec![NONE; levels.len()],
        joined: Bits::new(ranked.len()),
    };
    for &node in ranked {
        let next = &mut next[levels[node as usize] as usize];
        let Some(group) = groups.group(node) else {
            order.place[node as usize] = *next;
            *next += 1;
            continue;
        };
        // The member of the lowest rank brings the others along.
        for (index, member) in std::mem::take(&mut members[group]).into_iter().enumerate() {
            order.place[member as usize] = *next;
            if index > 0 {
                order.joined.insert(*next);
            }
            *next += 1;
        }
    }
    order
}
