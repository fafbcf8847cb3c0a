//! The lines of a difference.

use std::fmt;

use modelward_artifact::escape::Terminal;

use crate::NodeId;
use crate::diff::{EdgeChange, GraphDiff};

impl fmt::Display for GraphDiff<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for replaced in self.replaced_content() {
            let id = shown(&replaced.id);
            writeln!(f, "replaced the content of {id}")?;
        }
        for version in self.versions() {
            let (from, to) = (shown(&version.from), shown(&version.to));
            write!(f, "{} {from}", version.step.name())?;
            if version.from == version.to {
                let before = version.from_version.as_deref().unwrap_or("nothing");
                let now = version.to_version.as_deref().unwrap_or("nothing");
                writeln!(f, " from {} to {}", Terminal(before), Terminal(now))?;
            } else {
                writeln!(f, " to {to}")?;
            }
        }
        write_nodes(f, "added", self.nodes_added())?;
        write_nodes(f, "removed", self.nodes_removed())?;
        write_edges(f, "added", self.edges_added())?;
        write_edges(f, "removed", self.edges_removed())?;
        for node in self.reparented() {
            write!(f, "{} is needed", shown(&node.id))?;
            write_list(f, " also by ", &node.gained)?;
            let before = if node.gained.is_empty() {
                " no more by "
            } else {
                ", no more by "
            };
            write_list(f, before, &node.lost)?;
            writeln!(f)?;
        }
        for change in self.facts() {
            let (id, fact) = (shown(&change.id), change.fact.name());
            write!(f, "{fact} of {id} changed from {}", Values(&change.from))?;
            writeln!(f, " to {}", Values(&change.to))?;
        }
        Ok(())
    }
}

fn write_nodes(f: &mut fmt::Formatter<'_>, word: &str, ids: &[NodeId]) -> fmt::Result {
    ids.iter()
        .try_for_each(|id| writeln!(f, "{word} {}", shown(id)))
}

fn write_edges(f: &mut fmt::Formatter<'_>, word: &str, edges: &[EdgeChange]) -> fmt::Result {
    edges.iter().try_for_each(|edge| {
        let (from, to) = (shown(&edge.from), shown(&edge.to));
        writeln!(f, "{word} {from} -{}-> {to}", edge.relation)
    })
}

fn write_list(f: &mut fmt::Formatter<'_>, before: &str, ids: &[NodeId]) -> fmt::Result {
    for (index, id) in ids.iter().enumerate() {
        let before = if index == 0 { before } else { ", " };
        write!(f, "{before}{}", shown(id))?;
    }
    Ok(())
}

fn shown(id: &NodeId) -> Terminal<'_> {
    Terminal(id.as_str())
}

struct Values<'a>(&'a [String]);

impl fmt::Display for Values<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("nothing");
        }
        for (index, value) in self.0.iter().enumerate() {
            let before = if index == 0 { "" } else { ", " };
            write!(f, "{before}`{}`", Terminal(value))?;
        }
        Ok(())
    }
}
