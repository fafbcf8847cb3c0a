use modelward_artifact::escape::Markdown;

/// Writes the blocks of a Markdown document, with a blank line between them.
#[derive(Default)]
pub(super) struct Writer {
    out: String,
}

impl Writer {
    /// Writes a heading of ours.
    pub(super) fn heading(&mut self, level: usize, words: &'static str) {
        self.block(&format!("{} {words}", "#".repeat(level)));
    }

    /// Writes the first heading: what the document is, and of which incident.
    pub(super) fn title(&mut self, words: &'static str, id: &str, title: &str) {
        let (id, title) = (Markdown::line(id), Markdown::line(title));
        self.block(&format!("# {words} {id}: {title}"));
    }

    pub(super) fn paragraph(&mut self, text: &Markdown) {
        self.block(&text.to_string());
    }

    /// Writes words of ours.
    pub(super) fn say(&mut self, words: &'static str) {
        self.block(words);
    }

    pub(super) fn list(&mut self, items: impl IntoIterator<Item = Markdown>) {
        let items = items.into_iter().map(|item| format!("- {item}"));
        let items: Vec<_> = items.collect();
        if !items.is_empty() {
            self.block(&items.join("\n"));
        }
    }

    /// Writes a table, or that there is nothing; the type sees to it that each row has as many cells
    /// as the header.
    pub(super) fn table<const N: usize>(
        &mut self,
        header: [&'static str; N],
        rows: impl IntoIterator<Item = [Markdown; N]>,
    ) {
        let rows = rows.into_iter().map(|cells| row(&cells));
        let rows: Vec<_> = rows.collect();
        if rows.is_empty() {
            return self.say("Nothing is recorded.");
        }
        let head = [
            row(&header.map(Markdown::ours)),
            row(&[(); N].map(|()| "---")),
        ];
        let lines: Vec<_> = head.into_iter().chain(rows).collect();
        self.block(&lines.join("\n"));
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    fn block(&mut self, block: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(block);
        self.out.push('\n');
    }
}

fn row<const N: usize>(cells: &[impl ToString; N]) -> String {
    let cells: Vec<_> = cells.iter().map(ToString::to_string).collect();
    format!("| {} |", cells.join(" | "))
}
