use modelward_artifact::Digest;
use modelward_artifact::escape::Markdown;

use crate::dossier::block::{Block, Cell, Section, Span, Table};
use crate::dossier::summary::{Point, Standing, Summary};
use crate::dossier::view::View;

/// Writes the document.
pub(super) fn write(view: &View, json: &Digest) -> String {
    let identity = &view.body.identity;
    let mut out = Out::default();
    let version = identity.version().unwrap_or_default();
    let title = [Markdown::line(&identity.name), Markdown::line(version)];
    out.block(&format!("# {}", Markdown::joined(title, " ")));
    let kicker = [
        Markdown::ours("Model dossier as of"),
        Markdown::text(&view.as_of.to_string()),
    ];
    out.block(&Markdown::joined(kicker, " ").to_string());
    first(&mut out, &view.summary);
    for section in view.sections(json) {
        out.section(&section);
    }
    out.text
}

fn first(out: &mut Out, summary: &Summary) {
    let standing = |label: &'static str, it: &Standing| {
        let word = [Markdown::ours(it.sign.mark()), Markdown::bold(&it.word())];
        let word = Markdown::joined(word, " ");
        Markdown::joined(
            [Markdown::ours(label), word, Markdown::text(&it.sentence)],
            " ",
        )
    };
    out.block("## Summary");
    out.list([
        standing("Decision:", &summary.decision),
        standing("Signed by:", &summary.signature),
    ]);
    let lists = [
        ("What does not fit together", &summary.contradictions),
        ("What blocks it", &summary.blocks),
        ("Conditions and waivers", &summary.conditions),
        ("What cannot be judged", &summary.unknown),
        ("What was not given", &summary.missing),
    ];
    for (title, points) in lists {
        out.block(&format!("### {title}"));
        if points.is_empty() && title == "What blocks it" && !summary.is_judged {
            out.block("Not known: no rule was judged.");
        } else if points.is_empty() {
            out.block("Nothing.");
        } else {
            out.list(points.iter().map(point));
        }
    }
}

fn point(point: &Point) -> Markdown {
    Markdown::joined(
        [Markdown::bold(&point.what), Markdown::text(&point.why)],
        ": ",
    )
}

/// Holds the blocks of a Markdown document, with a blank line between them.
#[derive(Default)]
struct Out {
    text: String,
}

impl Out {
    fn section(&mut self, section: &Section) {
        self.block(&format!("## {}", section.title));
        section.blocks.iter().for_each(|block| self.laid(block));
    }

    fn laid(&mut self, block: &Block) {
        match block {
            Block::Code(command) => self.fence("sh", command),
            Block::Facts(facts) => {
                let rows = facts
                    .iter()
                    .map(|(label, cell)| vec![Markdown::bold(label), cell_of(cell, "<br>")]);
                let header = ["Fact", "Value"].map(Markdown::text);
                self.table(header.into(), rows.collect());
            }
            Block::Fence(language, text) => self.fence(language, text),
            Block::Figure(figure) => {
                self.block(&format!("**{}**", Markdown::line(&figure.caption)));
                figure.instead.iter().for_each(|block| self.laid(block));
            }
            Block::Grid(rows) => {
                let row = |cells: &Vec<Cell>| cells.iter().map(|it| cell_of(it, "<br>")).collect();
                let mut rows = rows.iter().map(row);
                let header = rows.next().unwrap_or_default();
                self.table(header, rows.collect());
            }
            Block::Heading(text) => self.block(&format!("### {}", Markdown::line(text))),
            Block::List(cells) => self.list(cells.iter().map(|cell| cell_of(cell, "<br>"))),
            Block::Missing(text) => self.block(&format!("**{}**", Markdown::line(text))),
            Block::Note(cell) | Block::Text(cell) => self.block(&cell_of(cell, " ").to_string()),
            Block::Table(table) => self.captioned(table),
        }
    }

    fn captioned(&mut self, table: &Table) {
        self.block(&format!("**{}**", Markdown::line(&table.caption)));
        let header = table.columns.iter().map(|(label, _)| Markdown::text(label));
        let rows = table.rows.iter().map(|row| {
            let cells = row.cells.iter();
            cells.map(|cell| cell_of(cell, "<br>")).collect()
        });
        self.table(header.collect(), rows.collect());
    }

    fn table(&mut self, header: Vec<Markdown>, rows: Vec<Vec<Markdown>>) {
        let rule = header.iter().map(|_| Markdown::ours("---")).collect();
        let lines = [header, rule].into_iter().chain(rows).map(|cells| {
            let cells: Vec<_> = cells.iter().map(ToString::to_string).collect();
            format!("| {} |", cells.join(" | "))
        });
        let lines: Vec<_> = lines.collect();
        self.block(&lines.join("\n"));
    }

    fn list(&mut self, items: impl IntoIterator<Item = Markdown>) {
        let items: Vec<_> = items.into_iter().map(|item| format!("- {item}")).collect();
        self.block(&items.join("\n"));
    }

    /// Writes a text that is not Markdown, within a fence that nothing in it can close.
    fn fence(&mut self, language: &str, text: &str) {
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        self.block(&format!("{fence}{language}\n{}\n{fence}", text.trim_end()));
    }

    fn block(&mut self, block: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(block);
        self.text.push('\n');
    }
}

/// Writes the parts of a text, with the given mark where it begins a line.
fn cell_of(cell: &Cell, between: &'static str) -> Markdown {
    let mut lines = Vec::new();
    let mut line = Vec::new();
    for span in &cell.0 {
        match span {
            Span::Break => lines.push(Markdown::joined(std::mem::take(&mut line), " ")),
            Span::Chip(sign, text) => {
                line.push(Markdown::ours(sign.mark()));
                line.push(Markdown::bold(text));
            }
            Span::Code(text) => line.push(Markdown::code(text)),
            Span::Mark(sign, answer) => {
                line.push(Markdown::ours(sign.mark()));
                line.push(Markdown::text(&format!("{answer}:")));
            }
            Span::Soft(text) | Span::Text(text) => line.push(Markdown::text(text)),
            Span::Strong(text) => line.push(Markdown::bold(text)),
        }
    }
    lines.push(Markdown::joined(line, " "));
    Markdown::joined(lines, between)
}
