use std::fmt::{self, Write as _};

use super::line::Family;
use super::picture::{Drawn, Picture};
use super::text::Visible;
use crate::NodeKind;

/// Writes a picture in the DOT language of Graphviz.
pub(super) fn write(picture: &Picture<'_>) -> String {
    Dot(picture).to_string()
}

struct Dot<'a>(&'a Picture<'a>);

impl fmt::Display for Dot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("digraph supply_chain {\n  charset=\"UTF-8\";\n  rankdir=\"LR\";\n")?;
        if let Some(title) = self.0.title {
            writeln!(f, "  label=\"{}\";\n  labelloc=\"t\";", Quoted(title))?;
        }
        for (place, drawn) in self.0.nodes.iter().enumerate() {
            write_node(f, place, drawn)?;
        }
        for line in &self.0.lines {
            for relation in line.relations.iter() {
                let (family, from, to) = (Family::of(relation), line.from, line.to);
                let (style, color) = (family.dot(), family.color());
                write!(f, "  n{from} -> n{to} [label=\"{relation}\", style={style}")?;
                writeln!(f, ", color=\"{color}\"];")?;
            }
        }
        f.write_str("}\n")
    }
}

fn write_node(f: &mut fmt::Formatter<'_>, place: usize, drawn: &Drawn<'_>) -> fmt::Result {
    let node = drawn.node;
    write!(f, "  n{place} [shape={}, ", shape(node.kind()))?;
    if let Some(state) = drawn.highlight() {
        let (fill, frame) = (state.fill(), state.frame());
        write!(
            f,
            "style=filled, fillcolor=\"{fill}\", color=\"{frame}\", penwidth=2, "
        )?;
    }
    write!(f, "label=\"{}", Quoted(node.name()))?;
    // `\n` is the line break of a DOT label.
    if let Some(version) = node.version() {
        write!(f, "\\n{}", Quoted(version))?;
    }
    if let Some(state) = drawn.highlight() {
        write!(f, "\\n{}", state.name())?;
    }
    if let Some(label) = drawn.label() {
        write!(f, ": {}", Quoted(label))?;
    }
    writeln!(f, "\", tooltip=\"{}\"];", Quoted(node.id()))
}

/// Displays a text for a quoted string of DOT.
///
/// Markup is escaped, since Graphviz decodes entities in labels, and so are the backslashes that are
/// left, since it would read `\N` or `\n`.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = Visible(self.0).markup();
        shown.chars().try_for_each(|c| match c {
            '\\' => f.write_str("\\\\"),
            _ => f.write_char(c),
        })
    }
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
