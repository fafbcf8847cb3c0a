use std::io::{self, Read};

use modelward_artifact::{Hasher, Shard};

use crate::{LoadError, LoadMode, VerifiedFile};

/// Reads a signed file from beginning to end.
///
/// The last read, which returns no bytes, or the one that ends a shard fails where the bytes so far
/// are not the signed ones. Every read after that fails too. The error holds a [`LoadError`].
///
/// In [`LoadMode::Streaming`] **bytes that were read must not be used before the end was reached
/// without an error**: an attacker chose them otherwise.
#[derive(Debug)]
pub struct VerifiedReader<'a> {
    file: VerifiedFile<'a>,
    offset: u64,
    /// The shard, or the whole file, that is being read, and what was read of it.
    piece: usize,
    hasher: Option<Hasher>,
    left: u64,
    state: State,
}

#[derive(Debug, Eq, PartialEq)]
enum State {
    Failed,
    Finished,
    Reading,
}

impl<'a> VerifiedReader<'a> {
    pub(super) const fn new(file: VerifiedFile<'a>) -> Self {
        Self {
            file,
            offset: 0,
            piece: 0,
            hasher: None,
            left: 0,
            state: State::Reading,
        }
    }

    /// Tells whether the end was reached and all bytes were the signed ones.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.state == State::Finished
    }

    fn next(&mut self, buffer: &mut [u8]) -> Result<usize, LoadError> {
        match self.file.mode() {
            LoadMode::Streaming => self.stream(buffer),
            LoadMode::ByShard | LoadMode::Eager => {
                let count = self.file.read_at(self.offset, buffer)?;
                self.offset += count as u64;
                if self.offset == self.file.size() {
                    self.state = State::Finished;
                }
                Ok(count)
            }
        }
    }

    /// Reads as the file stands now. All that was met of it when the model was opened has to be there,
    /// and nothing more.
    fn stream(&mut self, buffer: &mut [u8]) -> Result<usize, LoadError> {
        if self.hasher.is_none() && !self.begin() {
            return self.end();
        }
        let most = usize::try_from(self.left).map_or(buffer.len(), |left| buffer.len().min(left));
        let count = if most == 0 {
            0
        } else {
            let read = self
                .file
                .held()
                .read_unchecked(self.offset, &mut buffer[..most])?;
            if read == 0 {
                // It was cut short: what is there has another digest.
                self.left = 0;
            }
            read
        };
        self.offset += count as u64;
        self.left = self.left.saturating_sub(count as u64);
        if let Some(hasher) = &mut self.hasher {
            hasher.update(&buffer[..count]);
        }
        if self.left == 0 {
            self.check()?;
            if count == 0 {
                return self.stream(buffer);
            }
        }
        Ok(count)
    }

    /// Begins with the next shard, or with the file. Tells whether there is one.
    fn begin(&mut self) -> bool {
        let Some(signed) = self.file.slot().signed().get(self.piece) else {
            return false;
        };
        self.left = signed.shard().map_or(self.file.size(), Shard::size);
        self.hasher = Some(signed.hasher());
        true
    }

    fn check(&mut self) -> Result<(), LoadError> {
        let signed = self.file.slot().signed().get(self.piece);
        let (Some(signed), Some(hasher)) = (signed, self.hasher.take()) else {
            return Ok(());
        };
        self.piece += 1;
        signed.check(hasher)
    }

    /// A file that has grown since is another one.
    fn end(&mut self) -> Result<usize, LoadError> {
        if self.file.held().read_unchecked(self.offset, &mut [0])? > 0 {
            let size = self.file.size();
            return Err(LoadError::Range {
                path: self.file.path().to_string(),
                start: size,
                end: size.saturating_add(1),
                size,
            });
        }
        self.state = State::Finished;
        Ok(0)
    }
}

impl Read for VerifiedReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.state == State::Failed {
            let message = "the file is not the signed one: nothing of it may be used";
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        if buffer.is_empty() {
            return Ok(0);
        }
        self.next(buffer).map_err(|error| {
            self.state = State::Failed;
            io::Error::new(io::ErrorKind::InvalidData, error)
        })
    }
}
