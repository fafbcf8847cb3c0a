use std::fmt::{self, Write as _};

use super::picture::{Drawn, Picture};
use super::text::Visible;
use crate::NodeKind;

/// Writes a picture as a flowchart of Mermaid.
pub(super) fn write(picture: &Picture<'_>) -> String {
    Mermaid(picture).to_string()
}

struct Mermaid<'a>(&'a Picture<'a>);

impl fmt::Display for Mermaid<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The head is YAML. Nothing in the entities of Mermaid is special in its quoted strings.
        if let Some(title) = self.0.title {
            writeln!(f, "---\ntitle: \"{}\"\n---", Label(title))?;
        }
        f.write_str("flowchart LR\n")?;
        for (place, drawn) in self.0.nodes.iter().enumerate() {
            write_node(f, place, drawn)?;
        }
        for line in &self.0.lines {
            for relation in line.relations.iter() {
                let arrow = super::line::Family::of(relation).mermaid();
                let (from, to, words) = (line.from, line.to, Label(relation.name()));
                writeln!(f, "  n{from} {arrow}|\"{words}\"| n{to}")?;
            }
        }
        for state in self.0.highlights() {
            let (name, fill, frame) = (state.name(), state.fill(), state.frame());
            write!(
                f,
                "  classDef {name} fill:{fill},stroke:{frame},stroke-width:2px"
            )?;
            f.write_str(",color:#111827\n")?;
        }
        Ok(())
    }
}

fn write_node(f: &mut fmt::Formatter<'_>, place: usize, drawn: &Drawn<'_>) -> fmt::Result {
    let (open, close) = brackets(drawn.node.kind());
    write!(f, "  n{place}{open}\"{}", Label(drawn.node.name()))?;
    if let Some(version) = drawn.node.version() {
        write!(f, "<br/>{}", Label(version))?;
    }
    let Some(state) = drawn.highlight() else {
        return writeln!(f, "\"{close}");
    };
    write!(f, "<br/>{}", state.name())?;
    if let Some(label) = drawn.label() {
        write!(f, "#58; {}", Label(label))?;
    }
    writeln!(f, "\"{close}:::{}", state.name())
}

/// Displays a text for a quoted label of Mermaid.
///
/// Mermaid reads labels as HTML, some as Markdown, and has its own entities without an ampersand.
/// Letters, digits and blanks stand for themselves, and so do dots, hyphens and underscores inside
/// of a word. All else of ASCII is such an entity.
struct Label<'a>(&'a str);

impl fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = Visible(self.0).text();
        let mut before = ' ';
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let after = chars.peek().copied().unwrap_or(' ');
            let inside = before.is_alphanumeric() && after.is_alphanumeric();
            match c {
                '-' | '.' | '_' if inside => f.write_char(c)?,
                '"' => f.write_str("#quot;")?,
                '&' => f.write_str("#amp;")?,
                '<' => f.write_str("#lt;")?,
                '>' => f.write_str("#gt;")?,
                ' ' => f.write_char(c)?,
                _ if c.is_ascii() && !c.is_ascii_alphanumeric() => {
                    write!(f, "#{};", u32::from(c))?;
                }
                _ => f.write_char(c)?,
            }
            before = c;
        }
        Ok(())
    }
}

/// Returns what stands around the label of a kind, as for no other kind.
const fn brackets(kind: NodeKind) -> (&'static str, &'static str) {
    match kind {
        NodeKind::Adapter => (">", "]"),
        NodeKind::Container => ("[[", "]]"),
        NodeKind::Dataset => ("[(", ")]"),
        NodeKind::Document => ("[/", "/]"),
        NodeKind::Evaluation => ("{", "}"),
        NodeKind::File => ("[\\", "\\]"),
        NodeKind::Library => ("[", "]"),
        NodeKind::Model => ("(", ")"),
        NodeKind::Organization => ("[/", "\\]"),
        NodeKind::Service => ("([", "])"),
        NodeKind::Tokenizer => ("{{", "}}"),
        NodeKind::TrainingRun => ("((", "))"),
        NodeKind::Unknown => ("[\\", "/]"),
    }
}
