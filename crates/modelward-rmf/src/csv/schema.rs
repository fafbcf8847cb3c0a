use crate::csv::error::CsvTable;

/// Lists the columns of a table in the order in which they are written.
#[derive(Debug)]
pub(crate) struct Schema {
    pub(crate) table: CsvTable,
    pub(crate) columns: &'static [Column],
}

/// Names a column.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) need: Need,
}

/// Says whether a column has to be there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Need {
    /// It is written for people and not read.
    ForPeople,
    /// It may be left out, which is the same as empty.
    Optional,
    /// It has to be there.
    Required,
}

impl Schema {
    /// Returns the position of a column of ours.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

pub(crate) const fn optional(name: &'static str) -> Column {
    let need = Need::Optional;
    Column { name, need }
}

pub(crate) const fn required(name: &'static str) -> Column {
    let need = Need::Required;
    Column { name, need }
}

pub(crate) const fn for_people(name: &'static str) -> Column {
    let need = Need::ForPeople;
    Column { name, need }
}
