use std::io::{self, Read, Seek, SeekFrom};

use crate::VerifiedFile;

/// Reads and seeks in a signed file, for what wants a file: readers of archives, of GGUF, of pickles.
///
/// Every byte was verified before it is given out; by shard, what was not is read and verified when it
/// is asked for. An error holds a [`LoadError`](crate::LoadError) where one is the cause, which in
/// [`LoadMode::Streaming`](crate::LoadMode::Streaming) is each read.
#[derive(Clone, Debug)]
pub struct VerifiedCursor<'a> {
    file: VerifiedFile<'a>,
    offset: u64,
}

impl<'a> VerifiedCursor<'a> {
    pub(super) const fn new(file: VerifiedFile<'a>) -> Self {
        Self { file, offset: 0 }
    }
}

impl Read for VerifiedCursor<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read_at(self.offset, buffer);
        let count = read.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        self.offset += count as u64;
        Ok(count)
    }
}

impl Seek for VerifiedCursor<'_> {
    /// Goes to an offset, which may be beyond the end, where there is nothing to read.
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let (from, by) = match to {
            SeekFrom::Start(offset) => (offset, 0),
            SeekFrom::Current(by) => (self.offset, by),
            SeekFrom::End(by) => (self.file.size(), by),
        };
        let before = || io::Error::new(io::ErrorKind::InvalidInput, "no byte is before the first");
        self.offset = from.checked_add_signed(by).ok_or_else(before)?;
        Ok(self.offset)
    }
}
