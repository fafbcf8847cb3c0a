//! Reads a GGUF header from front to back, a window at a time.

use crate::inspect::{Input, InspectError, Location};

/// How much is read at once.
const WINDOW: u64 = 64 << 10;

const MAGIC: &[u8] = b"GGUF";

/// A place in the header, with the version and byte order by which it is read.
pub(super) struct Cursor<'i, 'a> {
    input: &'i mut Input<'a>,
    position: u64,
    window: Vec<u8>,
    window_at: u64,
    version: u32,
    is_big: bool,
    items: u64,
}

impl<'i, 'a> Cursor<'i, 'a> {
    pub(super) fn new(input: &'i mut Input<'a>) -> Result<Self, InspectError> {
        let mut cursor = Self {
            input,
            position: 0,
            window: Vec::new(),
            window_at: 0,
            version: 0,
            is_big: false,
            items: 0,
        };
        let magic = cursor.take("magic", 4)?;
        if magic != MAGIC {
            return Err(InspectError::Malformed {
                what: "magic",
                at: Location::Byte(0),
                found: format!("{magic:02x?}"),
                expected: "`GGUF`",
            });
        }
        let version = cursor.u32("version")?;
        // A file in the other byte order shows its version in the high byte.
        cursor.is_big = version > 0xffff;
        cursor.version = if cursor.is_big {
            version.swap_bytes()
        } else {
            version
        };
        if !(1..=3).contains(&cursor.version) {
            return Err(InspectError::Unsupported {
                what: "version",
                at: Location::Byte(4),
                found: cursor.version.to_string(),
            });
        }
        Ok(cursor)
    }

    pub(super) const fn version(&self) -> u32 {
        self.version
    }

    pub(super) const fn position(&self) -> u64 {
        self.position
    }

    pub(super) const fn size(&self) -> u64 {
        self.input.size()
    }

    pub(super) const fn max_depth(&self) -> usize {
        self.input.limits().max_depth()
    }

    /// Reads how many tensors and metadata there are. Each takes bytes, so the file bounds them.
    pub(super) fn counts(&mut self) -> Result<(u64, u64), InspectError> {
        let tensors = self.length("number of tensors")?;
        self.count("number of tensors", tensors)?;
        let entries = self.length("number of metadata")?;
        self.count("number of metadata", entries)?;
        Ok((tensors, entries))
    }

    /// Adds items to the count of all lists and tables, and refuses when there are too many.
    pub(super) fn count(&mut self, what: &'static str, items: u64) -> Result<(), InspectError> {
        self.items = self.items.saturating_add(items);
        let limit = self.input.limits().max_items();
        if self.items <= limit {
            return Ok(());
        }
        Err(InspectError::TooLarge {
            what,
            at: Location::Byte(self.position),
            found: self.items,
            limit,
        })
    }

    /// Reads a length or count, which is shorter in version 1.
    pub(super) fn length(&mut self, what: &'static str) -> Result<u64, InspectError> {
        if self.version == 1 {
            return self.u32(what).map(u64::from);
        }
        self.u64(what)
    }

    pub(super) fn u32(&mut self, what: &'static str) -> Result<u32, InspectError> {
        let bytes = self.array(what)?;
        Ok(if self.is_big {
            u32::from_be_bytes(bytes)
        } else {
            u32::from_le_bytes(bytes)
        })
    }

    pub(super) fn u64(&mut self, what: &'static str) -> Result<u64, InspectError> {
        let bytes = self.array(what)?;
        Ok(if self.is_big {
            u64::from_be_bytes(bytes)
        } else {
            u64::from_le_bytes(bytes)
        })
    }

    /// Reads a number of one, two, four or eight bytes into the low bytes of eight.
    pub(super) fn number(&mut self, what: &'static str, width: u64) -> Result<u64, InspectError> {
        let is_big = self.is_big;
        let bytes = self.take(what, width)?;
        let shift = |all: u64, byte: &u8| (all << 8) | u64::from(*byte);
        Ok(if is_big {
            bytes.iter().fold(0, shift)
        } else {
            bytes.iter().rev().fold(0, shift)
        })
    }

    /// Reads a text with its length before it.
    pub(super) fn text(&mut self, what: &'static str) -> Result<String, InspectError> {
        let length = self.length(what)?;
        let at = self.position;
        let limit = self.input.limits().max_text();
        if length > limit {
            return Err(InspectError::TooLarge {
                what,
                at: Location::Byte(at),
                found: length,
                limit,
            });
        }
        let bytes = self.take(what, length)?.to_vec();
        String::from_utf8(bytes).map_err(|_| InspectError::Malformed {
            what,
            at: Location::Byte(at),
            found: "no utf-8".to_owned(),
            expected: "utf-8",
        })
    }

    /// Passes over bytes, which have to be there.
    pub(super) fn skip(&mut self, what: &'static str, length: u64) -> Result<(), InspectError> {
        let available = self.input.size().saturating_sub(self.position);
        if length > available {
            return Err(InspectError::Truncated {
                what,
                at: Location::Byte(self.position),
                needed: length,
                available,
            });
        }
        self.position += length;
        Ok(())
    }

    fn array<const N: usize>(&mut self, what: &'static str) -> Result<[u8; N], InspectError> {
        let mut array = [0; N];
        let length = u64::try_from(N).unwrap_or(u64::MAX);
        array.copy_from_slice(self.take(what, length)?);
        Ok(array)
    }

    fn take(&mut self, what: &'static str, length: u64) -> Result<&[u8], InspectError> {
        let begin = self.position.checked_sub(self.window_at);
        let held = u64::try_from(self.window.len()).unwrap_or(u64::MAX);
        let inside = begin.and_then(|begin| begin.checked_add(length));
        if inside.is_none_or(|end| end > held) {
            let available = self.input.size().saturating_sub(self.position);
            let wanted = length.max(WINDOW.min(available));
            self.window = self.input.bytes(what, self.position, wanted)?;
            self.window_at = self.position;
        }
        let begin = usize::try_from(self.position - self.window_at).unwrap_or(usize::MAX);
        let end = begin.saturating_add(usize::try_from(length).unwrap_or(usize::MAX));
        self.position += length;
        // The window was just filled to hold what is asked for.
        Ok(self.window.get(begin..end).unwrap_or_default())
    }
}
