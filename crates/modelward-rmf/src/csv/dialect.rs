/// Stands between the cells of a row.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Delimiter {
    /// `,`, as RFC 4180 has it.
    #[default]
    Comma,
    /// `;`, as spreadsheets have it where the comma is the decimal sign.
    Semicolon,
    /// A tab.
    Tab,
}

impl Delimiter {
    /// Lists the delimiters.
    pub const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    /// Returns the character.
    #[must_use]
    pub const fn as_char(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Semicolon => ';',
            Self::Tab => '\t',
        }
    }

    pub(crate) fn of(byte: u8) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|it| it.as_char() == char::from(byte))
    }
}

/// Says how a table is written: by default with commas and without a byte order mark, as RFC 4180
/// has it.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Dialect {
    delimiter: Delimiter,
    byte_order_mark: bool,
}

impl Dialect {
    /// Sets what stands between cells.
    #[must_use]
    pub const fn delimited_by(mut self, delimiter: Delimiter) -> Self {
        self.delimiter = delimiter;
        self
    }

    /// Begins the table with a byte order mark, without which Excel does not read it as UTF-8.
    #[must_use]
    pub const fn with_byte_order_mark(mut self) -> Self {
        self.byte_order_mark = true;
        self
    }

    /// Returns what stands between cells.
    #[must_use]
    pub const fn delimiter(self) -> Delimiter {
        self.delimiter
    }

    /// Tells whether the table begins with a byte order mark.
    #[must_use]
    pub const fn has_byte_order_mark(self) -> bool {
        self.byte_order_mark
    }
}
