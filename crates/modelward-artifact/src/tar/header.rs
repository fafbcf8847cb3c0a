use super::error::TarError;

/// Headers and the bytes of files fill blocks of this size.
pub(super) const BLOCK: usize = 512;

/// The largest size that the octal digits of a header can state: 8 GiB - 1.
pub(super) const MAX_OCTAL: u64 = 0o77_777_777_777;

/// One block that describes an entry (POSIX.1-2017, pax, "ustar Interchange Format").
pub(super) struct Header<'a> {
    block: &'a [u8; BLOCK],
    /// The position in the archive.
    offset: u64,
}

impl<'a> Header<'a> {
    pub(super) fn new(block: &'a [u8; BLOCK], offset: u64) -> Result<Self, TarError> {
        let plain = |(at, byte): (usize, &u8)| match at {
            148..156 => u64::from(b' '),
            _ => u64::from(*byte),
        };
        let sum = block.iter().enumerate().map(plain).sum();
        if octal(&block[148..156]) == Some(sum) {
            Ok(Self { block, offset })
        } else {
            Err(TarError::Checksum { offset })
        }
    }

    pub(super) const fn kind(&self) -> u8 {
        self.block[156]
    }

    /// Returns the name, with the prefix that only POSIX's format has in its place.
    pub(super) fn name(&self) -> Vec<u8> {
        let name = until_nul(&self.block[..100]);
        let prefix = until_nul(&self.block[345..500]);
        if &self.block[257..263] != b"ustar\0" || prefix.is_empty() {
            return name.to_vec();
        }
        [prefix, b"/", name].concat()
    }

    /// Returns the size: octal digits, or GNU's binary number of which no more than 64 bits are set.
    pub(super) fn size(&self) -> Result<u64, TarError> {
        let field = &self.block[124..136];
        let size = match field.split_first_chunk() {
            Some(([0x80, 0, 0, 0], rest)) => rest.try_into().ok().map(u64::from_be_bytes),
            _ => octal(field),
        };
        size.ok_or(TarError::Header {
            offset: self.offset,
        })
    }
}

/// Returns the number of bytes that fill the last block of so many.
pub(super) const fn padding(size: u64) -> u64 {
    (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64
}

/// Reads octal digits between spaces or NULs. No digits are 0, as old archives have it.
fn octal(field: &[u8]) -> Option<u64> {
    let blank = |byte: &u8| matches!(byte, b' ' | 0);
    let from = field.iter().position(|byte| *byte != b' ');
    let digits = &field[from.unwrap_or(field.len())..];
    let end = digits.iter().position(blank).unwrap_or(digits.len());
    let (digits, rest) = digits.split_at(end);
    let add = |sum: u64, byte: &u8| match byte {
        b'0'..=b'7' => sum.checked_mul(8)?.checked_add(u64::from(byte - b'0')),
        _ => None,
    };
    let sum = digits.iter().try_fold(0, add)?;
    rest.iter().all(blank).then_some(sum)
}

fn until_nul(field: &[u8]) -> &[u8] {
    let end = field.iter().position(|byte| *byte == 0);
    &field[..end.unwrap_or(field.len())]
}
