use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};

use crate::inspect::{InspectError, InspectLimits, Location};

/// Reads a file at offsets: never beyond its end, never more than the limits allow.
pub struct Input<'a> {
    reader: &'a mut dyn ReadSeek,
    size: u64,
    limits: &'a InspectLimits,
}

/// What can be read and has places.
trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

impl<'a> Input<'a> {
    /// Takes something to read, from its first byte to its last.
    ///
    /// ```
    /// use std::io::Cursor;
    ///
    /// use modelward_bom::inspect::{Input, InspectLimits};
    ///
    /// let mut bytes = Cursor::new(b"GGUF");
    /// let limits = InspectLimits::default();
    /// let input = Input::new(&mut bytes, &limits)?;
    /// assert_eq!(input.size(), 4);
    /// # Ok::<(), modelward_bom::inspect::InspectError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InspectError::Io`] where the size cannot be told.
    pub fn new(
        reader: &'a mut (impl Read + Seek),
        limits: &'a InspectLimits,
    ) -> Result<Self, InspectError> {
        let size = reader.seek(SeekFrom::End(0)).map_err(io_error)?;
        Ok(Self {
            reader,
            size,
            limits,
        })
    }

    /// Returns the size in bytes.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Returns the limits.
    #[must_use]
    pub const fn limits(&self) -> &'a InspectLimits {
        self.limits
    }

    /// Reads so many bytes from an offset. What is asked for is checked before it is allocated.
    pub(crate) fn bytes(
        &mut self,
        what: &'static str,
        at: u64,
        length: u64,
    ) -> Result<Vec<u8>, InspectError> {
        self.bounded(what, at, length, self.limits.max_header())
    }

    /// Reads the whole file as a text of at most `max_text` bytes.
    pub(crate) fn text(&mut self, what: &'static str) -> Result<Vec<u8>, InspectError> {
        self.text_within(what, u64::MAX)
    }

    /// Reads the whole file as a text of at most `limit` bytes, and of no more than `max_text`.
    pub(crate) fn text_within(
        &mut self,
        what: &'static str,
        limit: u64,
    ) -> Result<Vec<u8>, InspectError> {
        self.bounded(what, 0, self.size, self.limits.max_text().min(limit))
    }

    /// Reads the first bytes of the file, fewer where it is shorter.
    pub(crate) fn head(&mut self, length: u64) -> Result<Vec<u8>, InspectError> {
        self.bytes("head", 0, length.min(self.size))
    }

    /// Returns a reader from an offset, which the caller has to bound.
    pub(crate) fn reader_at(&mut self, at: u64) -> Result<&mut (dyn Read + '_), InspectError> {
        self.reader.seek(SeekFrom::Start(at)).map_err(io_error)?;
        Ok(&mut self.reader)
    }

    fn bounded(
        &mut self,
        what: &'static str,
        at: u64,
        length: u64,
        limit: u64,
    ) -> Result<Vec<u8>, InspectError> {
        let available = self.size.saturating_sub(at);
        if length > available {
            return Err(InspectError::Truncated {
                what,
                at: Location::Byte(at),
                needed: length,
                available,
            });
        }
        let too_large = InspectError::TooLarge {
            what,
            at: Location::Byte(at),
            found: length,
            limit,
        };
        let Some(capacity) = usize::try_from(length).ok().filter(|_| length <= limit) else {
            return Err(too_large);
        };
        let mut bytes = vec![0; capacity];
        self.reader_at(at)?
            .read_exact(&mut bytes)
            .map_err(io_error)?;
        Ok(bytes)
    }
}

/// The reader shows as nothing.
impl fmt::Debug for Input<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Input")
            .field("size", &self.size)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

pub(crate) fn io_error(source: io::Error) -> InspectError {
    InspectError::Io { source }
}
