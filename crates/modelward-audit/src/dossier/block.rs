use modelward_artifact::Finding;

/// Lays out a section, for both the page and the Markdown.
pub(super) struct Section {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) blocks: Vec<Block>,
}

/// Holds what stands below a heading.
pub(super) enum Block {
    /// A command, a line each.
    Code(String),
    Facts(Vec<(&'static str, Cell)>),
    /// A text in another language, for Markdown alone.
    Fence(&'static str, String),
    Figure(Figure),
    /// A table whose number of columns is seen when it is written, for Markdown alone.
    Grid(Vec<Vec<Cell>>),
    Heading(String),
    List(Vec<Cell>),
    /// Says what nobody gave.
    Missing(String),
    Note(Cell),
    Table(Table),
    Text(Cell),
}

/// Holds a picture for the page, and what Markdown has instead.
pub(super) struct Figure {
    pub(super) id: String,
    pub(super) caption: String,
    /// Made by us or by another crate of modelward, which escaped what is from outside.
    pub(super) html: String,
    /// Whether the picture is wider than a page and scrolls.
    pub(super) form: Form,
    pub(super) instead: Vec<Block>,
}

/// Says how much room a figure takes.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Form {
    /// Several stand beside each other.
    Half,
    /// It fits into any width.
    Whole,
    /// It has a width of its own, and scrolls.
    Wide,
}

/// Lays out a table. The first cell of each row heads it.
pub(super) struct Table {
    pub(super) id: String,
    pub(super) caption: String,
    pub(super) columns: Vec<(&'static str, Width)>,
    pub(super) rows: Vec<Row>,
}

/// Holds the cells of a row.
pub(super) struct Row {
    /// Names the row, so that it can be led to; empty for most.
    pub(super) id: String,
    pub(super) cells: Vec<Cell>,
}

/// Says how wide a column is.
#[derive(Clone, Copy)]
pub(super) enum Width {
    Small,
    Middle,
    Rest,
    Time,
    Wide,
}

impl Width {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Small => "c-s",
            Self::Middle => "c-m",
            Self::Rest => "c-r",
            Self::Time => "c-t",
            Self::Wide => "c-w",
        }
    }
}

/// Says how good something is, by a word, a shape and a color.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Sign {
    Bad,
    Good,
    Plain,
    Unknown,
    Warning,
}

impl Sign {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Bad => "bad",
            Self::Good => "good",
            Self::Plain => "plain",
            Self::Unknown => "unknown",
            Self::Warning => "warning",
        }
    }

    /// Returns what stands before the word, so that no color is needed.
    pub(super) const fn mark(self) -> &'static str {
        match self {
            Self::Bad => "✕",
            Self::Good => "✓",
            Self::Plain => "–",
            Self::Unknown => "?",
            Self::Warning => "!",
        }
    }
}

/// Holds a text in parts.
#[derive(Default)]
pub(super) struct Cell(pub(super) Vec<Span>);

/// Holds a part of a text.
pub(super) enum Span {
    Break,
    Chip(Sign, String),
    Code(String),
    /// The sign of an answer before a reason, and the answer for who cannot see it.
    Mark(Sign, &'static str),
    Soft(String),
    Strong(String),
    Text(String),
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self(vec![Span::Text(text.into())])
    }

    pub(super) fn code(text: impl Into<String>) -> Self {
        Self(vec![Span::Code(text.into())])
    }

    pub(super) fn strong(text: impl Into<String>) -> Self {
        Self(vec![Span::Strong(text.into())])
    }

    pub(super) fn chip(sign: Sign, text: impl Into<String>) -> Self {
        Self(vec![Span::Chip(sign, text.into())])
    }

    /// Writes a text, or that nobody stated it.
    pub(super) fn stated(text: Option<&str>) -> Self {
        text.map_or_else(
            || Self(vec![Span::Soft("not stated".to_owned())]),
            Self::text,
        )
    }

    /// Writes texts one below the other, or that nobody stated any.
    pub(super) fn lines(texts: &[String]) -> Self {
        if texts.is_empty() {
            return Self::stated(None);
        }
        texts.iter().fold(Self::default(), |cell, text| {
            cell.then(Span::Text(text.clone()))
        })
    }

    /// Adds a part on a line of its own.
    #[must_use]
    pub(super) fn then(mut self, span: Span) -> Self {
        if !self.0.is_empty() {
            self.0.push(Span::Break);
        }
        self.0.push(span);
        self
    }

    /// Adds a part to the line, after a blank.
    #[must_use]
    pub(super) fn with(mut self, span: Span) -> Self {
        self.0.push(span);
        self
    }

    #[must_use]
    pub(super) fn soft(self, text: impl Into<String>) -> Self {
        self.then(Span::Soft(text.into()))
    }
}

impl Block {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(Cell::text(text))
    }

    pub(super) fn note(text: impl Into<String>) -> Self {
        Self::Note(Cell::text(text))
    }
}

impl Table {
    pub(super) fn new(
        id: impl Into<String>,
        caption: impl Into<String>,
        columns: &[(&'static str, Width)],
    ) -> Self {
        Self {
            id: id.into(),
            caption: caption.into(),
            columns: columns.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub(super) fn row<const N: usize>(&mut self, cells: [Cell; N]) {
        self.named(String::new(), cells);
    }

    /// Adds a row that can be led to.
    pub(super) fn named<const N: usize>(&mut self, id: String, cells: [Cell; N]) {
        debug_assert_eq!(N, self.columns.len(), "{}", self.id);
        let cells = cells.into();
        self.rows.push(Row { id, cells });
    }
}

/// Shows a finding: what it is about, what it says, and its code.
pub(super) fn finding(finding: &Finding) -> Cell {
    let cell = finding.subject().map_or_else(Cell::default, Cell::strong);
    cell.then(Span::Text(finding.message().to_owned()))
        .then(Span::Code(finding.code().to_owned()))
}
