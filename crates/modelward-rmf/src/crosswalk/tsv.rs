use crate::Crosswalk;
use crate::crosswalk::table::{Form, Table, date};
use crate::crosswalk::{
    BuildCrosswalkError, Confidence, FrameworkRef, LineError, NewRow, Provenance, ReadTsvError,
    Status, UnknownTerm,
};

const COLUMNS: [&str; 6] = [
    "source",
    "target",
    "relation",
    "confidence",
    "note",
    "status",
];

const FORM: Form<'_> = Form {
    columns: &COLUMNS,
    named: 5,
    filled: 3,
};

impl Crosswalk {
    /// Reads a crosswalk from tab-separated text, which is easy to review line by line.
    ///
    /// - Head lines `# key: value` have the keys source and target (ids of frameworks), author,
    ///   method, rationale, status, confidence, date, license and basis. Method, rationale, status,
    ///   confidence, license and basis may be missing, and stand as in [`Provenance::new`]. A
    ///   framework that the crate does not know has `source-title` and `source-edition` (`target-`
    ///   likewise); `derived-from` may stand more than once.
    /// - A line names the columns: source, target, relation, confidence, note, and perhaps status.
    /// - A row has two ids and a relation; a blank cell inherits what the head says.
    /// - Lines end with LF or CR LF. At most 16 MiB and 200,000 lines are read.
    ///
    /// ```
    /// use modelward_rmf::Crosswalk;
    ///
    /// let text = [
    ///     "# source: ai-rmf-1.0",
    ///     "# target: nist-csf-2.0",
    ///     "# author: Ada Example",
    ///     "# date: 2026-11-26",
    ///     "source\ttarget\trelation\tconfidence\tnote",
    ///     "GOVERN 1.6\tID.AM-02\tsuperset-of\tmedium",
    /// ]
    /// .join("\n");
    /// let crosswalk = Crosswalk::from_tsv(text.as_bytes())?;
    /// assert_eq!(crosswalk.rows().len(), 1);
    ///
    /// let refused = Crosswalk::from_tsv(text.replace("superset-of", "same").as_bytes()).unwrap_err();
    /// assert_eq!(refused.to_string(), "line 6 has a word that is not allowed there");
    /// # Ok::<(), modelward_rmf::crosswalk::ReadTsvError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ReadTsvError`], which names the line.
    pub fn from_tsv(bytes: &[u8]) -> Result<Self, ReadTsvError> {
        let mut table = Table::read(bytes, &FORM)?;
        let source = framework(&mut table, "source", ["source-title", "source-edition"])?;
        let target = framework(&mut table, "target", ["target-title", "target-edition"])?;
        let provenance = provenance(&mut table)?;
        let mut numbers = Vec::new();
        let mut rows = Vec::new();
        for (line, cells) in table.rows()? {
            numbers.push(line);
            rows.push(row(&cells).map_err(|source| ReadTsvError::Term { line, source })?);
        }
        Self::new(source, target, provenance, rows).map_err(|error| refused(&error, &numbers))
    }

    /// Returns the tab-separated text, the same bytes for the same crosswalk.
    #[must_use]
    pub fn to_tsv(&self) -> String {
        let mut text = String::new();
        put_head(self, &mut |key, value| {
            text.extend(["# ", key, ": ", value, "\n"]);
        });
        let from = self.provenance();
        let own_status = self.rows.iter().any(|row| row.status != from.status());
        let columns = &COLUMNS[..COLUMNS.len() - usize::from(!own_status)];
        text.push_str(&columns.join("\t"));
        for row in &self.rows {
            let confidence = Some(row.confidence).filter(|it| *it != from.confidence());
            let status = Some(row.status).filter(|it| *it != from.status());
            let cells = [
                row.source(),
                row.target(),
                row.relation.name(),
                confidence.map_or("", Confidence::name),
                row.note().unwrap_or_default(),
                status.map_or("", Status::name),
            ];
            text.push('\n');
            text.push_str(&cells[..columns.len()].join("\t"));
        }
        text.push('\n');
        text
    }
}

/// Reads a framework, which one that the crate knows needs no title for.
fn framework(
    table: &mut Table<'_>,
    key: &'static str,
    [title, edition]: [&'static str; 2],
) -> Result<FrameworkRef, ReadTsvError> {
    let (line, id) = table.require(key)?;
    let title = table.take(title);
    let edition = table.take(edition);
    let known = FrameworkRef::known(id).filter(|_| title.is_none() && edition.is_none());
    if let Some(known) = known {
        return Ok(known);
    }
    let (title_line, title) = title.unwrap_or((line, id));
    let framework = FrameworkRef::new(id, title).map_err(|source| ReadTsvError::Framework {
        line: title_line,
        source,
    })?;
    match edition {
        None => Ok(framework),
        Some((line, edition)) => framework
            .with_edition(edition)
            .map_err(|source| ReadTsvError::Framework { line, source }),
    }
}

fn provenance(table: &mut Table<'_>) -> Result<Provenance, ReadTsvError> {
    let (line, author) = table.require("author")?;
    let text = |line| move |source: LineError| ReadTsvError::Text { line, source };
    let term = |line| move |source: UnknownTerm| ReadTsvError::Term { line, source };
    let date = date(table.require("date")?)?;
    let mut made = Provenance::new(author, date).map_err(text(line))?;
    if let Some((line, word)) = table.take("method") {
        made = made.with_method(word.parse().map_err(term(line))?);
    }
    if let Some((line, word)) = table.take("rationale") {
        made = made.with_rationale(word.parse().map_err(term(line))?);
    }
    if let Some((line, word)) = table.take("status") {
        made = made.with_status(word.parse().map_err(term(line))?);
    }
    if let Some((line, word)) = table.take("confidence") {
        made = made.with_confidence(word.parse().map_err(term(line))?);
    }
    if let Some((line, license)) = table.take("license") {
        made = made.with_license(license).map_err(text(line))?;
    }
    if let Some((line, basis)) = table.take("basis") {
        made = made.with_basis(basis).map_err(text(line))?;
    }
    while let Some((line, crosswalk)) = table.take("derived-from") {
        made = made.with_derived_from(crosswalk).map_err(text(line))?;
    }
    Ok(made)
}

/// Makes a row of cells, of which a table has as many as there are columns.
fn row(cells: &[&str]) -> Result<NewRow, UnknownTerm> {
    let mut row = NewRow::new(cells[0], cells[1], cells[2].parse()?);
    if !cells[3].is_empty() {
        row = row.with_confidence(cells[3].parse()?);
    }
    if !cells[4].is_empty() {
        row = row.with_note(cells[4]);
    }
    if !cells[5].is_empty() {
        row = row.with_status(cells[5].parse()?);
    }
    Ok(row)
}

/// Counts lines where the error counts rows, since that is what an editor shows.
fn refused(error: &BuildCrosswalkError, lines: &[usize]) -> ReadTsvError {
    match *error {
        BuildCrosswalkError::Duplicate { row, first } => ReadTsvError::Duplicate {
            line: lines[row - 1],
            first: lines[first - 1],
        },
        BuildCrosswalkError::Text { row, source, .. } => ReadTsvError::Text {
            line: lines[row - 1],
            source,
        },
        BuildCrosswalkError::TooMany { limit } => ReadTsvError::TooMany { limit },
    }
}

fn put_head(crosswalk: &Crosswalk, put: &mut dyn FnMut(&str, &str)) {
    put_framework(put, "source", &crosswalk.source);
    put_framework(put, "target", &crosswalk.target);
    let from = crosswalk.provenance();
    put("author", from.author());
    put("method", from.method().name());
    put("rationale", from.rationale().name());
    put("status", from.status().name());
    put("confidence", from.confidence().name());
    put("date", &from.date().to_string());
    if let Some(license) = from.license() {
        put("license", license);
    }
    if let Some(basis) = from.basis() {
        put("basis", basis);
    }
    from.derived_from().for_each(|it| put("derived-from", it));
}

fn put_framework(put: &mut dyn FnMut(&str, &str), key: &str, framework: &FrameworkRef) {
    put(key, framework.id());
    if FrameworkRef::known(framework.id()).as_ref() == Some(framework) {
        return;
    }
    put(&format!("{key}-title"), framework.title());
    if let Some(edition) = framework.edition() {
        put(&format!("{key}-edition"), edition);
    }
}
