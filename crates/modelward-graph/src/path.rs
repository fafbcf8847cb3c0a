use std::collections::VecDeque;
use std::fmt;

use modelward_artifact::escape::Terminal;
use serde::Serialize;

use crate::{NodeId, Relation, SupplyGraph, UnknownNode};

/// Marks a node that no hop leads to.
const NONE: u32 = u32::MAX;

impl SupplyGraph {
    /// Finds a shortest chain of relations by which `dependent` needs `dependency`.
    ///
    /// Of several shortest chains it is the one whose ids come first, compared hop by hop, and
    /// where two nodes have several relations the first of these. The chain from a node to itself
    /// has no hops.
    ///
    /// # Errors
    ///
    /// [`UnknownNode`] where the graph lacks one of the two.
    pub fn path(
        &self,
        dependent: &NodeId,
        dependency: &NodeId,
    ) -> Result<Option<Path>, UnknownNode> {
        let (start, goal) = (self.find(dependent)?, self.find(dependency)?);
        let came_from = self.search(start, goal);
        if start != goal && came_from[goal as usize].0 == NONE {
            return Ok(None);
        }
        let mut hops = Vec::new();
        let mut to = goal;
        while to != start {
            let (from, relation) = came_from[to as usize];
            hops.push(Hop {
                from: self.at(from).id().clone(),
                relation,
                to: self.at(to).id().clone(),
            });
            to = from;
        }
        hops.reverse();
        Ok(Some(Path {
            start: self.at(start).id().clone(),
            hops,
        }))
    }

    /// Returns the edge by which each node was first reached, breadth first, up to `goal`.
    fn search(&self, start: u32, goal: u32) -> Vec<(u32, Relation)> {
        let mut came_from = vec![(NONE, Relation::Contains); self.node_count()];
        let mut pending = VecDeque::from([start]);
        while let Some(node) = pending.pop_front() {
            if node == goal {
                break;
            }
            // Rows are sorted, so the first way to a node is the one that comes first in order.
            for (next, relation) in self.outgoing().edges(node) {
                if next != start && came_from[next as usize].0 == NONE {
                    came_from[next as usize] = (node, relation);
                    pending.push_back(next);
                }
            }
        }
        came_from
    }
}

/// Explains how one thing needs another, hop by hop.
///
/// Its text is one line that is safe to print: `model -trained on-> data -contains-> file`. Blanks
/// inside an id are escaped, so that no id can pretend to be a hop.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
pub struct Path {
    start: NodeId,
    hops: Vec<Hop>,
}

impl Path {
    /// Returns the dependent, where the chain starts.
    #[must_use]
    pub const fn start(&self) -> &NodeId {
        &self.start
    }

    /// Returns the dependency, where the chain ends.
    #[must_use]
    pub fn end(&self) -> &NodeId {
        self.hops.last().map_or(&self.start, Hop::to)
    }

    /// Returns the hops in order, each of which starts where the one before it ended.
    #[must_use]
    pub fn hops(&self) -> &[Hop] {
        &self.hops
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_id(f, &self.start)?;
        self.hops.iter().try_for_each(|hop| {
            write!(f, " -{}-> ", hop.relation)?;
            write_id(f, &hop.to)
        })
    }
}

/// Holds one step of a [`Path`]: an edge of the graph.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
pub struct Hop {
    from: NodeId,
    relation: Relation,
    to: NodeId,
}

impl Hop {
    /// Returns the dependent.
    #[must_use]
    pub const fn from(&self) -> &NodeId {
        &self.from
    }

    /// Returns how the dependent needs the dependency.
    #[must_use]
    pub const fn relation(&self) -> Relation {
        self.relation
    }

    /// Returns the dependency.
    #[must_use]
    pub const fn to(&self) -> &NodeId {
        &self.to
    }
}

fn write_id(f: &mut fmt::Formatter<'_>, id: &NodeId) -> fmt::Result {
    id.as_str()
        .split_inclusive(char::is_whitespace)
        .try_for_each(|part| {
            let text = part.trim_end_matches(char::is_whitespace);
            write!(f, "{}", Terminal(text))?;
            let blanks = part[text.len()..].chars();
            blanks
                .map(u32::from)
                .try_for_each(|blank| write!(f, "\\u{{{blank:x}}}"))
        })
}
