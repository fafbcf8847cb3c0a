use std::collections::BTreeMap;
use std::str::FromStr;

use crate::Text;
use crate::csv::CsvFault;
use crate::csv::error::{CsvError, Faults};
use crate::csv::schema::Need;
use crate::csv::table::Table;
use crate::csv::token::{Record, Spot};

/// Reads the cells of a row and remembers which were read.
#[derive(Debug)]
pub(crate) struct Fields<'a> {
    table: &'a Table<'a>,
    record: &'a Record<'a>,
    faults: &'a mut Faults,
    read: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    pub(crate) const fn new(
        table: &'a Table<'a>,
        record: &'a Record<'a>,
        faults: &'a mut Faults,
    ) -> Self {
        Self {
            table,
            record,
            faults,
            read: Vec::new(),
        }
    }

    /// Returns the line on which the row begins.
    pub(crate) const fn line(&self) -> usize {
        self.record.line
    }

    /// Returns what a cell says, if it says something.
    pub(crate) fn said(&mut self, column: &'static str) -> Option<&'a str> {
        self.read.push(column);
        let place = self.table.place(column)?;
        self.record.cells[place].said()
    }

    /// Reads a cell that may be empty.
    pub(crate) fn read<T>(
        &mut self,
        column: &'static str,
        parse: impl FnOnce(&'a str) -> Result<T, CsvFault>,
    ) -> Option<T> {
        let text = self.said(column)?;
        self.ok(column, parse(text))
    }

    /// Reads a cell that this row needs.
    pub(crate) fn need<T>(
        &mut self,
        column: &'static str,
        parse: impl FnOnce(&'a str) -> Result<T, CsvFault>,
    ) -> Option<T> {
        if let Some(text) = self.said(column) {
            return self.ok(column, parse(text));
        }
        self.fault(column, CsvFault::MissingCell { column });
        None
    }

    /// Reads each item of a list, and goes on after one that is wrong.
    pub(crate) fn each<T, I>(
        &mut self,
        column: &'static str,
        split: impl FnOnce(&'a str) -> I,
        parse: impl Fn(I::Item) -> Result<T, CsvFault>,
    ) -> Vec<T>
    where
        I: Iterator,
    {
        let Some(text) = self.said(column) else {
            return Vec::new();
        };
        let items = split(text);
        items
            .filter_map(|item| self.ok(column, parse(item)))
            .collect()
    }

    /// Returns a value, or notes what is wrong with a cell.
    pub(crate) fn ok<T>(
        &mut self,
        column: &'static str,
        outcome: Result<T, impl Into<CsvFault>>,
    ) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(fault) => {
                self.fault(column, fault.into());
                None
            }
        }
    }

    /// Notes what is wrong with a cell.
    pub(crate) fn fault(&mut self, column: &'static str, fault: CsvFault) {
        let place = self.table.place(column);
        let line = place.map_or(self.record.line, |place| self.record.cells[place].line);
        let spot = Spot {
            line,
            row: self.record.row,
            column: place.map(|place| place + 1),
            fault,
        };
        let name = place.map(|_| column);
        let error = CsvError::new(self.table.schema.table, spot, name);
        self.faults.push(error);
    }

    /// Notes that the row is about what an earlier one is about, if it is.
    pub(crate) fn once<K: Clone + Ord + ToString>(
        &mut self,
        column: &'static str,
        key: &K,
        lines: &mut BTreeMap<K, usize>,
    ) {
        let line = self.line();
        let first = *lines.entry(key.clone()).or_insert(line);
        if first != line {
            let found = key.to_string();
            self.fault(column, CsvFault::RowTwice { found, first });
        }
    }

    /// Passes over cells, which may say anything.
    pub(crate) fn pass(&mut self, columns: &[&'static str]) {
        self.read.extend(columns);
    }

    /// Notes the cells that say something that nothing of the row has read.
    pub(crate) fn unused(&mut self, row: &'static str) {
        for column in self.table.schema.columns {
            if column.need != Need::ForPeople {
                self.unused_of(&[column.name], row);
            }
        }
    }

    /// Does as [`unused`](Self::unused) for some columns.
    pub(crate) fn unused_of(&mut self, columns: &[&'static str], row: &'static str) {
        for &column in columns {
            if !self.read.contains(&column) && self.said(column).is_some() {
                self.fault(column, CsvFault::Unused { column, row });
            }
        }
    }
}

/// Reads a value whose text has no blanks around it.
pub(crate) fn value<T>(text: &str) -> Result<T, CsvFault>
where
    T: FromStr,
    CsvFault: From<T::Err>,
{
    Ok(text.trim().parse()?)
}

/// Reads a text as it stands.
pub(crate) fn text(text: &str) -> Result<Text, CsvFault> {
    Ok(text.parse()?)
}
