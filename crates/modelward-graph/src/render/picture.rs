//! What is drawn, whatever the language.

use std::collections::BTreeMap;

use super::Highlight;
use super::line::Line;
use crate::{NodeRef, NodeSet, RelationSet};

/// What the caller knows of a node.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) highlight: Highlight,
    pub(super) label: Option<String>,
}

/// Nodes by their place in the set, and one line for each pair, however many relations join it.
pub(super) struct Picture<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) nodes: Vec<Drawn<'a>>,
    pub(super) lines: Vec<Line>,
}

/// A node, and what is known of it.
pub(super) struct Drawn<'a> {
    pub(super) node: NodeRef<'a>,
    pub(super) mark: Option<&'a Mark>,
}

impl<'a> Picture<'a> {
    pub(super) fn of(
        set: &NodeSet<'a>,
        title: Option<&'a str>,
        marks: &'a BTreeMap<u32, Mark>,
    ) -> Self {
        let drawn = |node: NodeRef<'a>| Drawn {
            node,
            mark: marks.get(&node.index()),
        };
        let mut picture = Self {
            title,
            nodes: set.iter().map(drawn).collect(),
            lines: Vec::new(),
        };
        for edge in set.edges() {
            let (from, to) = (picture.place(edge.from()), picture.place(edge.to()));
            let relation = RelationSet::from(edge.relation());
            match picture.lines.last_mut() {
                Some(last) if (last.from, last.to) == (from, to) => {
                    last.relations = last.relations.union(relation);
                }
                _ => picture.lines.push(Line::new(from, to, relation)),
            }
        }
        picture
    }

    fn place(&self, node: NodeRef<'_>) -> usize {
        let index = node.index();
        self.nodes
            .partition_point(|drawn| drawn.node.index() < index)
    }

    /// Returns the states that some node has, in order.
    pub(super) fn highlights(&self) -> Vec<Highlight> {
        let used = |state: &Highlight| {
            self.nodes
                .iter()
                .any(|drawn| drawn.highlight() == Some(*state))
        };
        Highlight::ALL.into_iter().filter(used).collect()
    }
}

impl<'a> Drawn<'a> {
    pub(super) fn highlight(&self) -> Option<Highlight> {
        self.mark.map(|mark| mark.highlight)
    }

    pub(super) fn label(&self) -> Option<&'a str> {
        self.mark.and_then(|mark| mark.label.as_deref())
    }
}
