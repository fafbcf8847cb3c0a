use std::cell::RefCell;
use std::io;

use rawzip::ReaderAt;

use crate::inspect::{Input, InspectError};

/// Lets the zip reader read a file at offsets through the one reader that the file has.
#[derive(Debug)]
pub(super) struct Window<'z, 'i>(RefCell<&'z mut Input<'i>>);

impl<'z, 'i> Window<'z, 'i> {
    pub(super) const fn new(input: &'z mut Input<'i>) -> Self {
        Self(RefCell::new(input))
    }
}

impl ReaderAt for Window<'_, '_> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut input = self.0.borrow_mut();
        if offset >= input.size() {
            return Ok(0);
        }
        let reader = input.reader_at(offset).map_err(|error| match error {
            InspectError::Io { source } => source,
            other => io::Error::other(other),
        })?;
        reader.read(buffer)
    }
}
