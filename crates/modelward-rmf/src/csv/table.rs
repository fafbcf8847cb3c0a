use std::borrow::Cow;

use crate::csv::error::{CsvError, Faults};
use crate::csv::fault::CsvFault;
use crate::csv::schema::{Need, Schema};
use crate::csv::token::{Cell, Record, Spot, Tokens, breaks};
use crate::csv::{CsvOptions, Delimiter, unguarded};
use crate::name::kebab;

/// Holds the rows of a table whose header row is in order.
#[derive(Debug)]
pub(crate) struct Table<'t> {
    pub(crate) schema: &'static Schema,
    /// Where each column of the schema stands, if it does.
    places: Vec<Option<usize>>,
    pub(crate) rows: Vec<Record<'t>>,
}

impl<'t> Table<'t> {
    /// Reads a table, or puts into `faults` why there is none. Rows that are wrong are left out.
    pub(crate) fn read(
        bytes: &'t [u8],
        schema: &'static Schema,
        options: &CsvOptions,
        faults: &mut Faults,
    ) -> Option<Self> {
        let mut sink = Sink { schema, faults };
        let opened = open(bytes, options);
        let mut tokens = sink.ok(opened)?;
        let header = loop {
            let record = sink.ok(tokens.record())?;
            match record {
                None => {
                    sink.push(1, 1, CsvFault::MissingHeader);
                    return None;
                }
                Some(record) if is_blank(&record) => {}
                Some(record) => break record,
            }
        };
        let places = sink.header(&header)?;
        let rows = sink.rows(&mut tokens, &header, options.max_rows())?;
        Some(Self {
            schema,
            places,
            rows,
        })
    }

    /// Returns where a column stands, counted from 0.
    pub(crate) fn place(&self, column: &str) -> Option<usize> {
        let at = self.schema.position(column);
        self.places[at.expect("the readers name columns of their schema")]
    }
}

impl<'t> Cell<'t> {
    /// Returns the text without the guard against formulas; `None` where there are only blanks.
    pub(crate) fn said(&self) -> Option<&str> {
        let text = unguarded(&self.text);
        (!text.trim().is_empty()).then_some(text)
    }
}

/// Puts faults of a table into the list.
struct Sink<'a> {
    schema: &'static Schema,
    faults: &'a mut Faults,
}

impl Sink<'_> {
    fn ok<T>(&mut self, outcome: Result<T, Spot>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(spot) => {
                self.faults
                    .push(CsvError::new(self.schema.table, spot, None));
                None
            }
        }
    }

    fn push(&mut self, line: usize, row: usize, fault: CsvFault) {
        let column = None;
        let spot = Spot {
            line,
            row,
            column,
            fault,
        };
        self.ok::<()>(Err(spot));
    }

    /// Finds the columns by their names.
    fn header(&mut self, header: &Record<'_>) -> Option<Vec<Option<usize>>> {
        let columns = self.schema.columns;
        let mut places = vec![None; columns.len()];
        let mut sound = true;
        for (place, cell) in header.cells.iter().enumerate() {
            let name = unguarded(&cell.text);
            let folded = kebab(name).unwrap_or_default();
            let fault = match self.schema.position(&folded) {
                Some(at) if places[at].is_none() => {
                    places[at] = Some(place);
                    continue;
                }
                Some(at) => CsvFault::ColumnTwice {
                    name: columns[at].name,
                },
                None if is_own(name) => continue,
                None => CsvFault::UnknownColumn {
                    found: name.to_owned(),
                },
            };
            sound = false;
            self.ok::<()>(Err(Spot {
                line: cell.line,
                row: header.row,
                column: Some(place + 1),
                fault,
            }));
        }
        sound &= self.has_required(header, &places);
        sound.then_some(places)
    }

    /// Tells whether every column is there that has to be.
    fn has_required(&mut self, header: &Record<'_>, places: &[Option<usize>]) -> bool {
        let mut sound = true;
        for (column, place) in self.schema.columns.iter().zip(places) {
            if column.need == Need::Required && place.is_none() {
                sound = false;
                let column = column.name;
                let fault = CsvFault::MissingColumn { column };
                self.push(header.line, header.row, fault);
            }
        }
        sound
    }

    /// Reads the rows below the header row.
    fn rows<'t>(
        &mut self,
        tokens: &mut Tokens<'t>,
        header: &Record<'_>,
        limit: usize,
    ) -> Option<Vec<Record<'t>>> {
        let mut rows = Vec::new();
        let expected = header.cells.len();
        while let Some(record) = self.ok(tokens.record())? {
            let found = record.cells.len();
            if record.row > header.row.saturating_add(limit) {
                self.push(record.line, record.row, CsvFault::TooManyRows { limit });
                return None;
            }
            if is_blank(&record) {
                continue;
            }
            if found == expected {
                rows.push(record);
            } else {
                let fault = CsvFault::Cells { expected, found };
                self.push(record.line, record.row, fault);
            }
        }
        Some(rows)
    }
}

/// Checks size and encoding, passes over what stands before the header row, and finds the delimiter.
fn open<'t>(bytes: &'t [u8], options: &CsvOptions) -> Result<Tokens<'t>, Spot> {
    let (limit, found) = (options.max_bytes(), bytes.len());
    if found > limit {
        return Err(Spot {
            line: 1,
            row: 1,
            column: None,
            fault: CsvFault::TooLarge { limit, found },
        });
    }
    let valid = match str::from_utf8(bytes) {
        Ok(text) => return Ok(begin(text, options)),
        Err(error) => error.valid_up_to(),
    };
    let before = str::from_utf8(&bytes[..valid]).expect("the bytes before the fault are UTF-8");
    Err(garbled(before, options))
}

fn begin<'t>(text: &'t str, options: &CsvOptions) -> Tokens<'t> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (text, line, named) = named_delimiter(text);
    let delimiter = options.delimiter().or(named);
    let delimiter = delimiter.unwrap_or_else(|| first_delimiter(text));
    let delimiter = u8::try_from(delimiter.as_char()).expect("the delimiters are ASCII");
    Tokens::new(text, line, delimiter, options.max_cell_bytes())
}

/// Reads a first line such as `sep=;`, which spreadsheets take for no row.
fn named_delimiter(text: &str) -> (&str, usize, Option<Delimiter>) {
    let named = text.strip_prefix("sep=").and_then(|rest| {
        let delimiter = Delimiter::of(*rest.as_bytes().first()?)?;
        let rest = &rest[1..];
        let breaks = ["\r\n", "\n", "\r"];
        let rest = breaks.iter().find_map(|it| rest.strip_prefix(it))?;
        Some((rest, delimiter))
    });
    named.map_or((text, 1, None), |(rest, it)| (rest, 2, Some(it)))
}

/// Finds the first delimiter of the header row that stands outside quotes.
fn first_delimiter(text: &str) -> Delimiter {
    let mut quoted = false;
    let mut begun = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            // Blank lines may come before the header row.
            b'\r' | b'\n' if !quoted && begun => break,
            b'\r' | b'\n' => continue,
            _ if quoted => {}
            byte => {
                if let Some(delimiter) = Delimiter::of(byte) {
                    return delimiter;
                }
            }
        }
        begun = true;
    }
    Delimiter::default()
}

/// Says where a table stops being UTF-8, unless something is wrong before.
fn garbled(before: &str, options: &CsvOptions) -> Spot {
    let at = before.len();
    let mut spot = Spot {
        line: 1 + breaks(before),
        row: 1,
        column: Some(1),
        fault: CsvFault::Encoding { at },
    };
    let mut tokens = begin(before, options);
    loop {
        match tokens.record() {
            Ok(Some(record)) => {
                spot.row = record.row;
                spot.column = Some(record.cells.len());
            }
            Ok(None) => break,
            Err(Spot {
                fault: CsvFault::QuoteOpen,
                row,
                column,
                ..
            }) => {
                spot.row = row;
                spot.column = column;
                return spot;
            }
            Err(earlier) => return earlier,
        }
    }
    if before.ends_with(['\r', '\n']) {
        spot.row += 1;
        spot.column = Some(1);
    }
    spot
}

fn is_own(name: &str) -> bool {
    let prefix = name.trim_start().get(..2);
    prefix.is_some_and(|prefix| prefix.eq_ignore_ascii_case("x-"))
}

fn is_blank(record: &Record<'_>) -> bool {
    let blank = |text: &Cow<'_, str>| text.trim().is_empty();
    record.cells.iter().all(|cell| blank(&cell.text))
}
