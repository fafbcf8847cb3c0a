use std::fmt;

use modelward_artifact::escape::Terminal;
use serde::Serialize;

use crate::reach::Follow;
use crate::{Direction, NodeId, Relation, RelationSet, SupplyGraph, UnknownNode};

impl SupplyGraph {
    /// Finds a shortest chain of relations by which `dependent` needs `dependency`.
    ///
    /// Of several shortest chains it is always the same one. The chain from a node to itself has no
    /// hops.
    ///
    /// # Errors
    ///
    /// [`UnknownNode`] where the graph lacks one of the two.
    pub fn path(
        &self,
        dependent: impl AsRef<str>,
        dependency: impl AsRef<str>,
    ) -> Result<Option<Path>, UnknownNode> {
        self.path_along(dependent, dependency, RelationSet::ALL)
    }

    /// Finds a shortest chain as [`path`](Self::path) does, of these relations alone.
    ///
    /// # Errors
    ///
    /// [`UnknownNode`] where the graph lacks one of the two.
    pub fn path_along(
        &self,
        dependent: impl AsRef<str>,
        dependency: impl AsRef<str>,
        relations: impl Into<RelationSet>,
    ) -> Result<Option<Path>, UnknownNode> {
        let (from, to) = (
            self.find(dependent.as_ref())?,
            self.find(dependency.as_ref())?,
        );
        let follow = Follow::along(Direction::Dependencies, relations.into());
        let chain = self.shortest(from, to, &follow);
        Ok(chain.map(|chain| Path::along(self, &chain, &follow)))
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
    /// Explains a chain of nodes from a dependent on, each of which has an edge to the next that
    /// counts.
    pub(crate) fn along(graph: &SupplyGraph, chain: &[u32], follow: &Follow) -> Self {
        let id = |node: u32| graph.at(node).to_id();
        let hops = chain.windows(2).map(|pair| {
            let (from, to) = (pair[0], pair[1]);
            let edges = graph.parts().outgoing.edges(from);
            let mut codes = edges.filter(|(neighbor, code)| {
                *neighbor == to
                    && match follow.direction {
                        Direction::Dependencies => follow.passes(graph, from, to, *code),
                        Direction::Dependents => follow.passes(graph, to, from, *code),
                    }
            });
            let (_, code) = codes.next().expect("a chain goes along edges");
            Hop {
                from: id(from),
                relation: Relation::of_code(code),
                to: id(to),
            }
        });
        Self {
            start: id(chain[0]),
            hops: hops.collect(),
        }
    }
    /// Goes on along a path that starts where this one ends.
    pub(crate) fn then(mut self, other: Self) -> Self {
        self.hops.extend(other.hops);
        self
    }

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
