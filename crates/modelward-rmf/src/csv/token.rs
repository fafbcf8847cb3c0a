use std::borrow::Cow;

use crate::csv::fault::CsvFault;

/// The most cells that a row may have; the widest table has 41 columns.
const MAX_CELLS: usize = 128;

/// Holds a cell and the line on which it begins, counted from 1.
#[derive(Debug)]
pub(crate) struct Cell<'t> {
    pub(crate) text: Cow<'t, str>,
    pub(crate) line: usize,
}

/// Holds a row with its number, as spreadsheets count it, and the line on which it begins.
#[derive(Debug)]
pub(crate) struct Record<'t> {
    pub(crate) row: usize,
    pub(crate) line: usize,
    pub(crate) cells: Vec<Cell<'t>>,
}

/// Says where something is wrong; `column` is counted from 1.
#[derive(Debug)]
pub(crate) struct Spot {
    pub(crate) line: usize,
    pub(crate) row: usize,
    pub(crate) column: Option<usize>,
    pub(crate) fault: CsvFault,
}

/// Cuts a text into rows and cells by RFC 4180.
///
/// This is our own since the `csv` crate by design takes every text: it has no errors for stray or
/// unclosed quotes, and counts lines by LF alone.
#[derive(Debug)]
pub(crate) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    line: usize,
    row: usize,
    delimiter: u8,
    max_cell_bytes: usize,
}

impl<'t> Tokens<'t> {
    /// Begins at the first line, which is `line`.
    pub(crate) const fn new(text: &'t str, line: usize, delimiter: u8, max_cell: usize) -> Self {
        Self {
            text,
            at: 0,
            line,
            row: 0,
            delimiter,
            max_cell_bytes: max_cell,
        }
    }

    /// Returns the next row, or `None` at the end.
    pub(crate) fn record(&mut self) -> Result<Option<Record<'t>>, Spot> {
        if self.at == self.text.len() {
            return Ok(None);
        }
        self.row += 1;
        let line = self.line;
        let mut cells = Vec::new();
        loop {
            let column = cells.len() + 1;
            if column > MAX_CELLS {
                let limit = MAX_CELLS;
                return Err(self.spot(self.line, column, CsvFault::TooManyColumns { limit }));
            }
            cells.push(self.cell(column)?);
            if self.peek() != Some(self.delimiter) {
                break;
            }
            self.at += 1;
        }
        self.end_line();
        let row = self.row;
        Ok(Some(Record { row, line, cells }))
    }

    fn cell(&mut self, column: usize) -> Result<Cell<'t>, Spot> {
        let line = self.line;
        let text = if self.peek() == Some(b'"') {
            Cow::Owned(self.quoted(column)?)
        } else {
            Cow::Borrowed(self.plain(column)?)
        };
        Ok(Cell { text, line })
    }

    fn plain(&mut self, column: usize) -> Result<&'t str, Spot> {
        let rest = &self.text[self.at..];
        let ends = |byte: &u8| *byte == self.delimiter || matches!(byte, b'"' | b'\r' | b'\n');
        let end = rest.as_bytes().iter().position(ends);
        let end = end.unwrap_or(rest.len());
        self.fits(end, self.line, column)?;
        self.at += end;
        if self.peek() == Some(b'"') {
            return Err(self.spot(self.line, column, CsvFault::QuoteInside));
        }
        Ok(&rest[..end])
    }

    fn quoted(&mut self, column: usize) -> Result<String, Spot> {
        let begin = self.line;
        let mut text = String::new();
        self.at += 1;
        loop {
            let rest = &self.text[self.at..];
            let Some(end) = rest.find('"') else {
                return Err(self.spot(begin, column, CsvFault::QuoteOpen));
            };
            self.fits(text.len() + end, begin, column)?;
            text.push_str(&rest[..end]);
            self.line += breaks(&rest[..end]);
            self.at += end + 1;
            if self.peek() != Some(b'"') {
                break;
            }
            text.push('"');
            self.at += 1;
        }
        match self.peek() {
            None | Some(b'\r' | b'\n') => Ok(text),
            Some(byte) if byte == self.delimiter => Ok(text),
            Some(_) => Err(self.spot(self.line, column, CsvFault::QuoteAfter)),
        }
    }

    fn fits(&self, bytes: usize, line: usize, column: usize) -> Result<(), Spot> {
        let limit = self.max_cell_bytes;
        if bytes > limit {
            return Err(self.spot(line, column, CsvFault::CellTooLarge { limit }));
        }
        Ok(())
    }

    fn end_line(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let ended = match rest {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => return,
        };
        self.at += ended;
        self.line += 1;
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    const fn spot(&self, line: usize, column: usize, fault: CsvFault) -> Spot {
        Spot {
            line,
            row: self.row,
            column: Some(column),
            fault,
        }
    }
}

/// Counts line breaks as editors do: CR LF, LF and CR are one each.
pub(crate) fn breaks(text: &str) -> usize {
    let bytes = text.as_bytes();
    let ends = |at: usize| match bytes[at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    (0..bytes.len()).filter(|at| ends(*at)).count()
}
