//! Which lines lead back, so that the others have no cycle.

use super::line::Line;
use crate::components::{Adjacency, components};

/// Tells of each line whether it leads back.
///
/// Only lines inside of a strongly connected component can. In each the nodes are put in a row by the
/// heuristic of Eades, Lin and Smyth (1993), which leaves few lines that lead back in it.
pub(super) fn backward(nodes: usize, lines: &[Line]) -> Vec<bool> {
    let rows = Rows::of(nodes, lines);
    let (component, count) = components(&rows);
    let mut members = vec![Vec::new(); count as usize];
    for (node, component) in component.iter().enumerate() {
        members[*component as usize].push(node);
    }
    let mut place = vec![0; nodes];
    for group in members.iter().filter(|group| group.len() > 1) {
        let row = in_row(group, |from, to| rows.0[from].contains(&to));
        for (at, node) in row.into_iter().enumerate() {
            place[node] = at;
        }
    }
    let leads_back = |line: &Line| {
        component[line.from] == component[line.to] && place[line.from] > place[line.to]
    };
    lines.iter().map(leads_back).collect()
}

struct Rows(Vec<Vec<usize>>);

impl Rows {
    fn of(nodes: usize, lines: &[Line]) -> Self {
        let mut rows = vec![Vec::new(); nodes];
        for line in lines {
            rows[line.from].push(line.to);
        }
        Self(rows)
    }
}

impl Adjacency for Rows {
    fn nodes(&self) -> usize {
        self.0.len()
    }

    fn len(&self, node: u32) -> usize {
        self.0[node as usize].len()
    }

    fn neighbor(&self, node: u32, at: usize) -> Option<u32> {
        u32::try_from(self.0[node as usize][at]).ok()
    }
}

/// Puts nodes in a row: what nothing needs to the front, what needs nothing to the end, and of the
/// rest the one that needs the most more than is needed of it to the front.
fn in_row(group: &[usize], is_joined: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut left = group.to_vec();
    let (mut front, mut end) = (Vec::new(), Vec::new());
    while !left.is_empty() {
        let count = |node: usize| {
            let out = left.iter().filter(|other| is_joined(node, **other)).count();
            let into = left.iter().filter(|other| is_joined(**other, node)).count();
            (out, into)
        };
        let counts: Vec<_> = left.iter().map(|node| count(*node)).collect();
        if let Some(at) = counts.iter().position(|(out, _)| *out == 0) {
            end.push(left.remove(at));
            continue;
        }
        let places = 0..left.len();
        let surplus = |at: &usize| {
            (
                counts[*at].1 == 0,
                counts[*at].0 + left.len() - counts[*at].1,
            )
        };
        let best = places.rev().max_by_key(surplus);
        front.push(left.remove(best.unwrap_or(0)));
    }
    front.extend(end.into_iter().rev());
    front
}
