use std::fmt::{self, Write as _};

use modelward_artifact::escape::{Markup, Terminal};

use crate::graph::ix;
use crate::{Node, NodeKind, SupplyGraph};

impl SupplyGraph {
    /// Draws the graph in the DOT language of Graphviz, one statement a line, sorted by id.
    ///
    /// Names from outside stand in quoted strings, in which they cannot end the string, start a
    /// line, become markup or act on a terminal. The shape of a node tells its kind and its tooltip
    /// the id.
    ///
    /// ```
    /// use modelward_graph::{Node, NodeKind, SupplyGraphBuilder};
    ///
    /// let mut builder = SupplyGraphBuilder::default();
    /// builder.add_node(Node::new("m".parse()?, NodeKind::Model, r#"a"]; <b>"#))?;
    /// let dot = builder.build()?.to_dot();
    /// assert!(dot.contains(r#"label="a&quot;]; &lt;b&gt;""#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_dot(&self) -> String {
        Dot(self).to_string()
    }
}

struct Dot<'g>(&'g SupplyGraph);

impl fmt::Display for Dot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("digraph supply_chain {\n  charset=\"UTF-8\";\n  rankdir=\"LR\";\n")?;
        for (index, node) in self.0.nodes().enumerate() {
            write_node(f, index, node)?;
        }
        for from in 0..ix(self.0.node_count()) {
            for (to, relation) in self.0.outgoing().edges(from) {
                writeln!(f, "  n{from} -> n{to} [label=\"{relation}\"];")?;
            }
        }
        f.write_str("}\n")
    }
}

fn write_node(f: &mut fmt::Formatter<'_>, index: usize, node: &Node) -> fmt::Result {
    write!(f, "  n{index} [shape={}, label=\"", shape(node.kind()))?;
    write_escaped(f, node.name())?;
    if let Some(version) = node.version() {
        // The line break of a DOT label.
        f.write_str("\\n")?;
        write_escaped(f, version)?;
    }
    f.write_str("\", tooltip=\"")?;
    write_escaped(f, node.id().as_str())?;
    f.write_str("\"];\n")
}

/// Escapes in three steps: for terminals, so that nothing invisible is left; for markup, since
/// Graphviz decodes entities in labels; and the backslashes for DOT, which would read `\N` or `\n`.
fn write_escaped(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let visible = Terminal(text).to_string();
    let markup = Markup(&visible).to_string();
    markup.chars().try_for_each(|c| match c {
        '\\' => f.write_str("\\\\"),
        _ => f.write_char(c),
    })
}

/// Returns a Graphviz shape that no other kind has.
const fn shape(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Adapter => "component",
        NodeKind::Container => "folder",
        NodeKind::Dataset => "cylinder",
        NodeKind::Document => "note",
        NodeKind::Evaluation => "diamond",
        NodeKind::File => "tab",
        NodeKind::Library => "box",
        NodeKind::Model => "box3d",
        NodeKind::Organization => "house",
        NodeKind::Service => "ellipse",
        NodeKind::Tokenizer => "hexagon",
        NodeKind::TrainingRun => "cds",
        NodeKind::Unknown => "octagon",
    }
}
