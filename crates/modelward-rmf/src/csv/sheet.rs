use std::fmt;

use crate::csv::schema::Schema;
use crate::csv::{Dialect, guarded};

/// Writes a table row by row.
#[derive(Debug)]
pub(crate) struct Sheet {
    schema: &'static Schema,
    delimiter: char,
    out: String,
}

impl Sheet {
    /// Begins a table with its header row.
    pub(crate) fn new(schema: &'static Schema, dialect: Dialect) -> Self {
        let mut sheet = Self {
            schema,
            delimiter: dialect.delimiter().as_char(),
            out: String::new(),
        };
        if dialect.has_byte_order_mark() {
            sheet.out.push('\u{feff}');
        }
        let names = schema.columns.iter().map(|column| column.name);
        sheet.line(names);
        sheet
    }

    /// Adds a row, which `fill` fills.
    pub(crate) fn row(&mut self, fill: impl FnOnce(&mut SheetRow)) {
        let mut row = SheetRow {
            schema: self.schema,
            cells: vec![String::new(); self.schema.columns.len()],
        };
        fill(&mut row);
        self.line(row.cells.iter().map(String::as_str));
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }

    fn line<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        for (at, cell) in cells.enumerate() {
            if at > 0 {
                self.out.push(self.delimiter);
            }
            self.cell(cell);
        }
        self.out.push_str("\r\n");
    }

    fn cell(&mut self, text: &str) {
        let text = guarded(text);
        // Every delimiter is quoted, and not this table's alone, so that less goes wrong where a
        // reader guesses another one.
        let marks = ['"', ',', ';', '\t', '\r', '\n'];
        if !text.contains(marks) && text.trim() == text {
            self.out.push_str(&text);
            return;
        }
        self.out.push('"');
        self.out.push_str(&text.replace('"', "\"\""));
        self.out.push('"');
    }
}

/// Holds the cells of one row until it is written; what is not set is empty.
#[derive(Debug)]
pub(crate) struct SheetRow {
    schema: &'static Schema,
    cells: Vec<String>,
}

impl SheetRow {
    /// Sets a cell.
    pub(crate) fn set(&mut self, column: &str, value: impl fmt::Display) {
        let at = self.schema.position(column);
        let at = at.expect("the writers name columns of their schema");
        self.cells[at] = value.to_string();
    }

    /// Sets a cell where there is something.
    pub(crate) fn set_some(&mut self, column: &str, value: Option<impl fmt::Display>) {
        if let Some(value) = value {
            self.set(column, value);
        }
    }
}
