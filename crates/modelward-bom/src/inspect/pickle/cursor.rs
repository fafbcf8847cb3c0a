use crate::inspect::{Input, InspectError, Location};

/// How many bytes are fetched at a time.
const WINDOW: u64 = 64 << 10;

/// Reads a file forward, a window at a time. Long payloads are passed over without being read.
#[derive(Debug)]
pub(crate) struct Cursor<'c, 'i> {
    input: &'c mut Input<'i>,
    window: Vec<u8>,
    window_at: u64,
    at: u64,
}

/// The head of a payload, which is whole unless it is longer than was asked for.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) bytes: Vec<u8>,
    pub(super) whole: bool,
}

impl<'c, 'i> Cursor<'c, 'i> {
    pub(crate) fn new(input: &'c mut Input<'i>, at: u64) -> Self {
        Self {
            input,
            window: Vec::new(),
            window_at: 0,
            at,
        }
    }

    pub(crate) const fn position(&self) -> u64 {
        self.at
    }

    pub(crate) fn remaining(&self) -> u64 {
        self.input.size().saturating_sub(self.at)
    }

    /// Passes over bytes that the file must have.
    pub(super) fn skip(&mut self, what: &'static str, length: u64) -> Result<(), InspectError> {
        if length > self.remaining() {
            return Err(self.truncated(what, length));
        }
        self.at += length;
        Ok(())
    }

    pub(super) fn byte(&mut self, what: &'static str) -> Result<u8, InspectError> {
        self.fill(what)?;
        let byte = *self.rest().first().ok_or_else(|| self.truncated(what, 1))?;
        self.at += 1;
        Ok(byte)
    }

    pub(super) fn array<const N: usize>(
        &mut self,
        what: &'static str,
    ) -> Result<[u8; N], InspectError> {
        let mut bytes = [0; N];
        for byte in &mut bytes {
            *byte = self.byte(what)?;
        }
        Ok(bytes)
    }

    /// Reads the first `keep` bytes of a payload and passes over what follows of it.
    pub(super) fn held(
        &mut self,
        what: &'static str,
        length: u64,
        keep: usize,
    ) -> Result<Held, InspectError> {
        if length > self.remaining() {
            return Err(self.truncated(what, length));
        }
        let end = self.at + length;
        let mut bytes = Vec::new();
        while self.at < end && bytes.len() < keep {
            bytes.push(self.byte(what)?);
        }
        let whole = self.at == end;
        self.at = end;
        Ok(Held { bytes, whole })
    }

    /// Reads to the next line feed, which is consumed and not returned.
    pub(super) fn line(&mut self, what: &'static str, keep: usize) -> Result<Held, InspectError> {
        let mut bytes = Vec::new();
        let mut whole = true;
        loop {
            let byte = self.byte(what)?;
            if byte == b'\n' {
                return Ok(Held { bytes, whole });
            }
            if bytes.len() < keep {
                bytes.push(byte);
            } else {
                whole = false;
            }
        }
    }

    fn truncated(&self, what: &'static str, needed: u64) -> InspectError {
        InspectError::Truncated {
            what,
            at: Location::Byte(self.at),
            needed,
            available: self.remaining(),
        }
    }

    /// Returns what the window has from the current place.
    fn rest(&self) -> &[u8] {
        let skipped = self.at.checked_sub(self.window_at);
        let skipped = skipped.and_then(|skipped| usize::try_from(skipped).ok());
        skipped
            .and_then(|skipped| self.window.get(skipped..))
            .unwrap_or_default()
    }

    fn fill(&mut self, what: &'static str) -> Result<(), InspectError> {
        if self.rest().is_empty() && self.remaining() > 0 {
            let length = WINDOW
                .min(self.remaining())
                .min(self.input.limits().max_header());
            self.window = self.input.bytes(what, self.at, length)?;
            self.window_at = self.at;
        }
        Ok(())
    }
}
