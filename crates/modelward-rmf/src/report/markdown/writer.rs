use modelward_artifact::escape::Markdown;

/// Writes the blocks of a Markdown document, with a blank line between them.
#[derive(Default)]
pub(super) struct Writer {
    out: String,
}

impl Writer {
    pub(super) fn heading(&mut self, level: usize, text: &Markdown) {
        self.block(&format!("{} {text}", "#".repeat(level)));
    }

    pub(super) fn paragraph(&mut self, text: &Markdown) {
        self.block(&text.to_string());
    }

    pub(super) fn list(&mut self, items: impl IntoIterator<Item = Markdown>) {
        let items = items.into_iter().map(|item| format!("- {item}"));
        let items: Vec<_> = items.collect();
        self.block(&items.join("\n"));
    }

    /// Writes a command that is ours.
    pub(super) fn command(&mut self, command: &'static str) {
        self.block(&format!("```sh\n{command}\n```"));
    }

    /// Writes a table; the type sees to it that each row has as many cells as the header.
    pub(super) fn table<const N: usize>(
        &mut self,
        header: [Markdown; N],
        rows: impl IntoIterator<Item = [Markdown; N]>,
    ) {
        let rows = rows.into_iter().map(Vec::from).collect();
        self.columns(header.into(), rows);
    }

    /// Writes a table whose number of columns is seen when it is written.
    pub(super) fn columns(&mut self, header: Vec<Markdown>, rows: Vec<Vec<Markdown>>) {
        let rule = header.iter().map(|_| Markdown::ours("---")).collect();
        let lines = [header, rule].into_iter().chain(rows);
        let lines = lines.map(|cells| {
            let cells: Vec<_> = cells.iter().map(ToString::to_string).collect();
            format!("| {} |", cells.join(" | "))
        });
        let lines: Vec<_> = lines.collect();
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
