use super::error::TarError;

/// What stands before an entry's header and says more than it can.
#[derive(Debug, Default)]
pub(super) struct Extension {
    pub(super) name: Option<Vec<u8>>,
    pub(super) size: Option<u64>,
    /// The types of the headers that came, each at most once.
    seen: Vec<u8>,
}

impl Extension {
    /// Takes the text of a header of the type `kind`, which stands at `offset`.
    pub(super) fn take(&mut self, kind: u8, text: &[u8], offset: u64) -> Result<(), TarError> {
        if self.seen.contains(&kind) {
            return Err(TarError::Repeated { offset });
        }
        self.seen.push(kind);
        match kind {
            // The target of a link does not matter, for links are refused.
            b'K' => Ok(()),
            b'L' => self.name(text.strip_suffix(b"\0").unwrap_or(text), offset),
            _ => self.records(kind, text, offset),
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// Reads records of the form `length key=value\n` (POSIX.1-2017, "pax Extended Header").
    fn records(&mut self, kind: u8, mut text: &[u8], offset: u64) -> Result<(), TarError> {
        while !text.is_empty() {
            let (key, value, rest) = record(text).ok_or(TarError::Header { offset })?;
            text = rest;
            if key.starts_with(b"GNU.sparse.") || key == b"SCHILY.realsize" {
                return Err(TarError::Sparse);
            }
            match key {
                // One name or size for all entries that follow has no use.
                b"path" | b"size" if kind == b'g' => return Err(TarError::Header { offset }),
                b"path" => self.name(value, offset)?,
                b"size" => self.size(value, offset)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn name(&mut self, name: &[u8], offset: u64) -> Result<(), TarError> {
        match self.name.replace(name.to_vec()) {
            None => Ok(()),
            Some(_) => Err(TarError::Repeated { offset }),
        }
    }

    fn size(&mut self, value: &[u8], offset: u64) -> Result<(), TarError> {
        let size = decimal(value).ok_or(TarError::Header { offset })?;
        match self.size.replace(size) {
            None => Ok(()),
            Some(_) => Err(TarError::Repeated { offset }),
        }
    }
}

/// Splits the first record off: its key, its value, and what follows.
///
/// The length decides where it ends, for a value may have line breaks.
fn record(text: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let space = text.iter().position(|byte| *byte == b' ')?;
    let length = usize::try_from(decimal(&text[..space])?).ok()?;
    let (record, rest) = text.split_at_checked(length)?;
    let pair = record.get(space + 1..)?.strip_suffix(b"\n")?;
    let equals = pair.iter().position(|byte| *byte == b'=')?;
    Some((&pair[..equals], &pair[equals + 1..], rest))
}

fn decimal(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(digits).ok()?.parse().ok()
}
