#![expect(
    unsafe_code,
    reason = "mapping a file is unsafe: another process can change it"
)]

mod region;

use std::fs::File;
use std::io;

use memmap2::{Mmap, MmapOptions};

pub(crate) use self::region::Region;

/// A part of a file, mapped into memory.
pub(crate) struct Window {
    map: Mmap,
    start: u64,
}

impl Window {
    /// Maps `length` bytes from `offset` on.
    pub(crate) fn open(file: &File, offset: u64, length: u64) -> io::Result<Self> {
        let too_large = |_| io::Error::from(io::ErrorKind::OutOfMemory);
        let length = usize::try_from(length).map_err(too_large)?;
        let mut options = MmapOptions::new();
        options.offset(offset).len(length);
        // SAFETY: the map is private to this type and only read, byte by byte, by code that is
        // right for any bytes. That nobody truncates or writes the file meanwhile is what the
        // caller took upon itself by `Reading::Mapped`, whose documentation names the risk.
        let map = unsafe { options.map(file) }?;
        Ok(Self { map, start: offset })
    }

    /// Tells whether the byte at `offset` is mapped.
    pub(crate) fn holds(&self, offset: u64) -> bool {
        offset >= self.start && offset - self.start < self.map.len() as u64
    }

    /// Returns bytes from `offset` on, at most `most`.
    pub(crate) fn bytes(&self, offset: u64, most: usize) -> &[u8] {
        let from = offset
            .checked_sub(self.start)
            .and_then(|from| usize::try_from(from).ok());
        let rest = from
            .and_then(|from| self.map.get(from..))
            .unwrap_or_default();
        &rest[..rest.len().min(most)]
    }
}
