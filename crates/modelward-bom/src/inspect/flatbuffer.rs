//! Walks tables in the format of `FlatBuffers`, by offsets: each is checked against the file, and what
//! is not asked for is never held, so that a model of gigabytes costs what its structure costs.

use std::collections::BTreeMap;

use crate::inspect::{Input, InspectError, Location};

/// How much is read at once. Tables refer back and forth, so several pages are held.
const PAGE: u64 = 4 << 10;

/// How many pages are held at most.
const PAGES: usize = 256;

/// Reads tables of a file.
pub(super) struct Flat<'i, 'a> {
    input: &'i mut Input<'a>,
    pages: BTreeMap<u64, Vec<u8>>,
    items: u64,
}

/// A table: where it is, and where its fields are listed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Table {
    pub(super) at: u64,
    fields_at: u64,
    fields: u64,
}

/// A vector: where its first item is, and how many it has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Items {
    pub(super) at: u64,
    pub(super) count: u64,
}

impl<'i, 'a> Flat<'i, 'a> {
    pub(super) const fn new(input: &'i mut Input<'a>) -> Self {
        Self {
            input,
            pages: BTreeMap::new(),
            items: 0,
        }
    }

    pub(super) const fn size(&self) -> u64 {
        self.input.size()
    }

    /// Returns the table that the file begins with.
    pub(super) fn root(&mut self) -> Result<Table, InspectError> {
        let at = self.follow(0)?;
        self.table(at)
    }

    /// Returns the table that a field refers to.
    pub(super) fn child(&mut self, of: Table, id: u64) -> Result<Option<Table>, InspectError> {
        let Some(at) = self.field(of, id)? else {
            return Ok(None);
        };
        let at = self.follow(at)?;
        self.table(at).map(Some)
    }

    /// Returns the tables of a vector. An empty vector and none are the same.
    pub(super) fn children(&mut self, of: Table, id: u64) -> Result<Vec<Table>, InspectError> {
        let items = self.vector(of, id, 4)?;
        let mut tables = Vec::new();
        for index in 0..items.count {
            let at = self.follow(items.at + 4 * index)?;
            tables.push(self.table(at)?);
        }
        Ok(tables)
    }

    /// Returns a vector of items of a fixed width, which all lie in the file.
    pub(super) fn vector(&mut self, of: Table, id: u64, width: u64) -> Result<Items, InspectError> {
        let Some(at) = self.field(of, id)? else {
            return Ok(Items { at: 0, count: 0 });
        };
        let at = self.follow(at)?;
        let items = Items {
            at: at + 4,
            count: u64::from(self.u32(at)?),
        };
        // A count of 32 bits times a width that we choose has room.
        self.within(items.at, items.count * width)?;
        if width > 1 {
            self.count(at, items.count)?;
        }
        Ok(items)
    }

    /// Returns the integers of a vector.
    pub(super) fn integers(&mut self, of: Table, id: u64) -> Result<Vec<i32>, InspectError> {
        let items = self.vector(of, id, 4)?;
        let numbers = (0..items.count).map(|index| self.u32(items.at + 4 * index));
        numbers.map(|number| number.map(u32::cast_signed)).collect()
    }

    /// Reads a text, bounded by `max_text`. What is not UTF-8 is replaced.
    pub(super) fn text(
        &mut self,
        of: Table,
        id: u64,
    ) -> Result<Option<(String, u64)>, InspectError> {
        let items = self.vector(of, id, 1)?;
        if items.at == 0 {
            return Ok(None);
        }
        let limit = self.input.limits().max_text();
        if items.count > limit {
            return Err(InspectError::TooLarge {
                what: "text",
                at: Location::Byte(items.at),
                found: items.count,
                limit,
            });
        }
        // Many fields may refer to one text, which is held each time.
        self.count(items.at, items.count / 16)?;
        let bytes = self.input.bytes("text", items.at, items.count)?;
        Ok(Some((
            String::from_utf8_lossy(&bytes).into_owned(),
            items.at,
        )))
    }

    pub(super) fn byte(&mut self, of: Table, id: u64) -> Result<Option<u8>, InspectError> {
        let at = self.field(of, id)?;
        at.map(|at| self.number(at).map(|[byte]| byte)).transpose()
    }

    pub(super) fn word(&mut self, of: Table, id: u64) -> Result<Option<u32>, InspectError> {
        let at = self.field(of, id)?;
        at.map(|at| self.u32(at)).transpose()
    }

    pub(super) fn long(&mut self, of: Table, id: u64) -> Result<Option<u64>, InspectError> {
        let at = self.field(of, id)?;
        at.map(|at| self.number(at).map(u64::from_le_bytes))
            .transpose()
    }

    /// Refuses what does not lie in the file.
    fn within(&self, at: u64, length: u64) -> Result<(), InspectError> {
        let available = self.input.size().saturating_sub(at);
        if length <= available {
            return Ok(());
        }
        Err(InspectError::Truncated {
            what: "vector",
            at: Location::Byte(at),
            needed: length,
            available,
        })
    }

    /// Counts what is read: tables may be referred to again and again.
    fn count(&mut self, at: u64, items: u64) -> Result<(), InspectError> {
        self.items = self.items.saturating_add(items);
        let limit = self.input.limits().max_items();
        if self.items <= limit {
            return Ok(());
        }
        Err(InspectError::TooLarge {
            what: "number of items",
            at: Location::Byte(at),
            found: self.items,
            limit,
        })
    }

    fn table(&mut self, at: u64) -> Result<Table, InspectError> {
        self.count(at, 1)?;
        let back = i64::from(self.u32(at)?.cast_signed());
        let fields_at = at
            .checked_add_signed(-back)
            .filter(|fields_at| *fields_at < self.input.size());
        let Some(fields_at) = fields_at else {
            return Err(malformed("table", at, "outside of the file"));
        };
        let length = u64::from(self.number(fields_at).map(u16::from_le_bytes)?);
        // The list begins with its own length and the table's.
        let Some(entries) = length.checked_sub(4).filter(|length| length % 2 == 0) else {
            return Err(malformed("list of fields", fields_at, "too short or odd"));
        };
        self.within(fields_at, length)?;
        Ok(Table {
            at,
            fields_at: fields_at + 4,
            fields: entries / 2,
        })
    }

    /// Returns where a field stands; `None` where it has its default.
    fn field(&mut self, of: Table, id: u64) -> Result<Option<u64>, InspectError> {
        if id >= of.fields {
            return Ok(None);
        }
        let offset = u64::from(self.number(of.fields_at + 2 * id).map(u16::from_le_bytes)?);
        Ok((offset > 0).then_some(of.at + offset))
    }

    /// Returns the place that an offset refers to. Offsets go forward alone.
    fn follow(&mut self, at: u64) -> Result<u64, InspectError> {
        let offset = u64::from(self.u32(at)?);
        let target = at + offset;
        if offset == 0 || target >= self.input.size() {
            return Err(malformed("offset", at, "outside of the file"));
        }
        Ok(target)
    }

    fn u32(&mut self, at: u64) -> Result<u32, InspectError> {
        self.number(at).map(u32::from_le_bytes)
    }

    fn number<const WIDTH: usize>(&mut self, at: u64) -> Result<[u8; WIDTH], InspectError> {
        let mut number = [0; WIDTH];
        for (index, byte) in (0..).zip(&mut number) {
            *byte = self.byte_at(at + index)?;
        }
        Ok(number)
    }

    fn byte_at(&mut self, at: u64) -> Result<u8, InspectError> {
        let (page, inside) = (at / PAGE, usize::try_from(at % PAGE).ok());
        if !self.pages.contains_key(&page) {
            if self.pages.len() >= PAGES {
                self.pages.clear();
            }
            let available = self.input.size().saturating_sub(page * PAGE);
            let bytes = self
                .input
                .bytes("table", page * PAGE, PAGE.min(available))?;
            self.pages.insert(page, bytes);
        }
        let held = self.pages.get(&page);
        let byte = held.and_then(|bytes| bytes.get(inside?)).copied();
        byte.ok_or(InspectError::Truncated {
            what: "table",
            at: Location::Byte(at),
            needed: 1,
            available: 0,
        })
    }
}

fn malformed(what: &'static str, at: u64, found: &str) -> InspectError {
    InspectError::Malformed {
        what,
        at: Location::Byte(at),
        found: found.to_owned(),
        expected: "a table of a flatbuffer",
    }
}
