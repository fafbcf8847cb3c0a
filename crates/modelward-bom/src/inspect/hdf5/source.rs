//! Reads parts of an HDF5 file by their addresses, within budgets for the file as a whole.

use crate::inspect::{Input, InspectError, Location};

/// The first bytes of the superblock.
pub(super) const SIGNATURE: [u8; 8] = *b"\x89HDF\r\n\x1a\n";

/// An HDF5 file, of which no more is read than the limits allow, however its parts refer to each
/// other: what is read twice counts twice.
pub(super) struct Source<'a, 'b> {
    input: &'a mut Input<'b>,
    sizes: Sizes,
    base: u64,
    bytes: u64,
    items: u64,
}

/// How many bytes addresses and lengths have in this file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    pub(super) offset: usize,
    pub(super) length: usize,
}

/// Where a file begins (specification, II.A).
#[derive(Clone, Copy, Debug)]
pub(super) struct Superblock {
    pub(super) at: u64,
    pub(super) version: u8,
    pub(super) root: u64,
}

impl<'a, 'b> Source<'a, 'b> {
    /// Finds the superblock: at the start, or after a block of the user's of 512 bytes or a larger
    /// power of two.
    pub(super) fn open(input: &'a mut Input<'b>) -> Result<(Self, Superblock), InspectError> {
        let mut at = 0;
        while at == 0 || at < input.size() {
            let signature = input.bytes("signature", at, 8.min(input.size() - at))?;
            if signature == SIGNATURE {
                return Self::open_at(input, at);
            }
            at = if at == 0 { 512 } else { at.saturating_mul(2) };
        }
        Err(InspectError::Malformed {
            what: "signature",
            at: Location::Byte(0),
            found: "something else".to_owned(),
            expected: "the signature of HDF5",
        })
    }

    fn open_at(input: &'a mut Input<'b>, at: u64) -> Result<(Self, Superblock), InspectError> {
        let limits = input.limits();
        let length = 96.min(input.size() - at);
        let bytes = input.bytes("superblock", at, length)?;
        let mut fields = Fields::new(
            "superblock",
            &bytes,
            at,
            Sizes {
                offset: 8,
                length: 8,
            },
        );
        fields.skip(8)?;
        let (version, sizes_after, rest) = layout(&mut fields)?;
        fields.skip(sizes_after)?;
        fields.sizes = Sizes {
            offset: fields.size()?,
            length: fields.size()?,
        };
        fields.skip(rest)?;
        let base = fields.address()?.unwrap_or(0);
        // The space that is free or an extension, the end of the file, then a driver's block and
        // the name of the root, which version 2 has no more.
        fields.skip(fields.sizes.offset * if version < 2 { 4 } else { 2 })?;
        let place = fields.place();
        let root = fields
            .address()?
            .ok_or_else(|| undefined("root group", place))?;
        let source = Self {
            sizes: fields.sizes,
            base,
            bytes: limits.max_header(),
            items: limits.max_items(),
            input,
        };
        Ok((source, Superblock { at, version, root }))
    }

    pub(super) const fn sizes(&self) -> Sizes {
        self.sizes
    }

    pub(super) const fn input(&self) -> &Input<'b> {
        self.input
    }

    /// Returns the place in the file of an address.
    pub(super) const fn place(&self, address: u64) -> u64 {
        self.base.saturating_add(address)
    }

    /// Reads so many bytes from an address.
    pub(super) fn read(
        &mut self,
        what: &'static str,
        address: u64,
        length: u64,
    ) -> Result<Vec<u8>, InspectError> {
        let at = self.place(address);
        self.spend(what, at, length)?;
        self.input.bytes(what, at, length)
    }

    /// Takes bytes that are held from the budget.
    pub(super) fn spend(
        &mut self,
        what: &'static str,
        at: u64,
        length: u64,
    ) -> Result<(), InspectError> {
        let limit = self.input.limits().max_header();
        self.bytes = self
            .bytes
            .checked_sub(length)
            .ok_or(InspectError::TooLarge {
                what,
                at: Location::Byte(at),
                found: length,
                limit,
            })?;
        Ok(())
    }

    /// Takes one item from the budget: a message, an entry, an object of a heap.
    pub(super) fn count(&mut self, what: &'static str, at: u64) -> Result<(), InspectError> {
        let limit = self.input.limits().max_items();
        self.items = self.items.checked_sub(1).ok_or(InspectError::TooLarge {
            what,
            at: Location::Byte(at),
            found: limit.saturating_add(1),
            limit,
        })?;
        Ok(())
    }
}

/// Takes the version of a superblock, and returns how many bytes stand before and behind the sizes
/// of addresses and lengths.
fn layout(fields: &mut Fields<'_>) -> Result<(u8, usize, usize), InspectError> {
    let at = fields.place();
    match fields.byte()? {
        0 => Ok((0, 4, 9)),
        1 => Ok((1, 4, 13)),
        version @ (2 | 3) => Ok((version, 0, 1)),
        version => Err(InspectError::Unsupported {
            what: "version of the superblock",
            at: Location::Byte(at),
            found: version.to_string(),
        }),
    }
}

/// Says that a thing that is needed has no address.
pub(super) fn undefined(what: &'static str, at: u64) -> InspectError {
    InspectError::Malformed {
        what,
        at: Location::Byte(at),
        found: "undefined".to_owned(),
        expected: "an address",
    }
}

/// Takes one field after the other from a part of the file. Numbers are little-endian.
#[derive(Clone, Debug)]
pub(super) struct Fields<'a> {
    what: &'static str,
    bytes: &'a [u8],
    at: u64,
    sizes: Sizes,
}

impl<'a> Fields<'a> {
    pub(super) const fn new(what: &'static str, bytes: &'a [u8], at: u64, sizes: Sizes) -> Self {
        Self {
            what,
            bytes,
            at,
            sizes,
        }
    }

    /// Returns the place of the next field.
    pub(super) const fn place(&self) -> u64 {
        self.at
    }

    pub(super) const fn left(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn take(&mut self, length: usize) -> Result<&'a [u8], InspectError> {
        let Some((taken, rest)) = self.bytes.split_at_checked(length) else {
            let number = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
            return Err(InspectError::Truncated {
                what: self.what,
                at: Location::Byte(self.at),
                needed: number(length),
                available: number(self.bytes.len()),
            });
        };
        self.bytes = rest;
        self.at = self
            .at
            .saturating_add(u64::try_from(length).unwrap_or(u64::MAX));
        Ok(taken)
    }

    /// Takes a part that has fields of its own.
    pub(super) fn part(&mut self, what: &'static str, length: usize) -> Result<Self, InspectError> {
        let at = self.at;
        let bytes = self.take(length)?;
        Ok(Self {
            what,
            bytes,
            at,
            sizes: self.sizes,
        })
    }

    pub(super) fn skip(&mut self, length: usize) -> Result<(), InspectError> {
        self.take(length).map(|_| ())
    }

    pub(super) fn byte(&mut self) -> Result<u8, InspectError> {
        Ok(self.take(1)?[0])
    }

    pub(super) fn short(&mut self) -> Result<usize, InspectError> {
        let bytes = self.take(2)?;
        Ok(usize::from(u16::from_le_bytes([bytes[0], bytes[1]])))
    }

    pub(super) fn word(&mut self) -> Result<u32, InspectError> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// Takes a number of at most 8 bytes.
    pub(super) fn number(&mut self, size: usize) -> Result<u64, InspectError> {
        let bytes = self.take(size.min(8))?;
        let digits = bytes.iter().rev();
        Ok(digits.fold(0, |number, byte| (number << 8) | u64::from(*byte)))
    }

    pub(super) fn length(&mut self) -> Result<u64, InspectError> {
        self.number(self.sizes.length)
    }

    /// Takes an address. All bits set mean that there is none.
    pub(super) fn address(&mut self) -> Result<Option<u64>, InspectError> {
        let address = self.number(self.sizes.offset)?;
        let undefined = u64::MAX >> (64 - 8 * self.sizes.offset);
        Ok((address != undefined).then_some(address))
    }

    /// Takes a signature of four letters.
    pub(super) fn signature(&mut self, expected: &'static str) -> Result<(), InspectError> {
        let at = self.at;
        let found = self.take(4)?;
        if found == expected.as_bytes() {
            return Ok(());
        }
        Err(InspectError::Malformed {
            what: self.what,
            at: Location::Byte(at),
            found: found.escape_ascii().to_string(),
            expected,
        })
    }

    /// Takes a version, which has to be one of those that are read.
    pub(super) fn version(&mut self, known: &[u8]) -> Result<u8, InspectError> {
        let at = self.at;
        let version = self.byte()?;
        if known.contains(&version) {
            return Ok(version);
        }
        Err(InspectError::Unsupported {
            what: self.what,
            at: Location::Byte(at),
            found: format!("version {version}"),
        })
    }

    /// Takes a text that ends at a zero, or with the part.
    pub(super) fn text(&mut self) -> Result<String, InspectError> {
        let end = self.bytes.iter().position(|byte| *byte == 0);
        let text = self.take(end.unwrap_or(self.bytes.len()))?;
        self.skip(usize::from(end.is_some()))?;
        Ok(String::from_utf8_lossy(text).into_owned())
    }

    /// Takes the number of bytes of addresses or lengths.
    fn size(&mut self) -> Result<usize, InspectError> {
        let at = self.at;
        match self.byte()? {
            size @ (2 | 4 | 8) => Ok(usize::from(size)),
            size => Err(InspectError::Unsupported {
                what: "size of addresses or lengths",
                at: Location::Byte(at),
                found: format!("{size} bytes"),
            }),
        }
    }
}
