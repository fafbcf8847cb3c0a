use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::error::TarError;
use super::extension::Extension;
use super::header::{BLOCK, Header, MAX_OCTAL, padding};
use crate::HashError;
use crate::error::Operation;

/// The largest text that may extend a header: a path and a few attributes are far smaller.
const MAX_EXTENSION: u64 = 1 << 20;

/// The most empty bytes after an archive's end: the largest records that tapes were written in.
const MAX_TRAILING: u64 = 1 << 20;

/// What an entry is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Directory,
    File,
    HardLink,
    /// A device or a pipe.
    Special,
    Symlink,
}

/// One entry as the archive has it.
#[derive(Debug)]
pub(super) struct Met {
    pub(super) name: Vec<u8>,
    pub(super) kind: Kind,
    pub(super) size: u64,
    /// The position of its first byte in the archive, which no other entry has.
    pub(super) start: u64,
}

/// Reads the headers of an archive. Between two of them the caller passes the bytes of the file.
pub(super) struct Entries<'a, R> {
    archive: &'a Path,
    input: R,
    at: u64,
}

impl<'a, R: Read> Entries<'a, R> {
    pub(super) const fn new(archive: &'a Path, input: R) -> Self {
        Self {
            archive,
            input,
            at: 0,
        }
    }

    /// Returns the next entry, or `None` at the end, after which nothing but empty blocks may stand.
    pub(super) fn next(&mut self) -> Result<Option<Met>, HashError> {
        let mut extension = Extension::default();
        loop {
            let offset = self.at;
            let mut block = [0; BLOCK];
            self.fill(&mut block)?;
            if block == [0; BLOCK] {
                return match extension.is_empty() {
                    true => self.end().map(|()| None),
                    false => Err(self.refuse(TarError::Truncated)),
                };
            }
            let header = Header::new(&block, offset).map_err(|error| self.refuse(error))?;
            let size = header.size().map_err(|error| self.refuse(error))?;
            if !matches!(header.kind(), b'K' | b'L' | b'g' | b'x') {
                return self.entry(&header, size, extension).map(Some);
            }
            let text = self.text(size, offset)?;
            extension
                .take(header.kind(), &text, offset)
                .map_err(|error| self.refuse(error))?;
        }
    }

    /// Reads bytes of the archive; that there are fewer is an error.
    pub(super) fn fill(&mut self, mut buffer: &mut [u8]) -> Result<(), HashError> {
        while !buffer.is_empty() {
            match self.read(buffer)? {
                0 => return Err(self.refuse(TarError::Truncated)),
                count => buffer = &mut buffer[count..],
            }
        }
        Ok(())
    }

    /// Passes what fills the last block of a file.
    pub(super) fn pass_padding(&mut self, size: u64) -> Result<(), HashError> {
        let mut block = [0; BLOCK];
        let padding = usize::try_from(padding(size)).unwrap_or(BLOCK);
        self.fill(&mut block[..padding])
    }

    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, HashError> {
        loop {
            match self.input.read(buffer) {
                Ok(count) => {
                    self.at += count as u64;
                    return Ok(count);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(source) => {
                    return Err(HashError::Io {
                        operation: Operation::Read,
                        path: self.archive.to_path_buf(),
                        source,
                    });
                }
            }
        }
    }

    fn text(&mut self, size: u64, offset: u64) -> Result<Vec<u8>, HashError> {
        let length = usize::try_from(size)
            .ok()
            .filter(|_| size <= MAX_EXTENSION)
            .ok_or_else(|| {
                self.refuse(TarError::LongExtension {
                    offset,
                    found: size,
                    limit: MAX_EXTENSION,
                })
            })?;
        let mut text = vec![0; length];
        self.fill(&mut text)?;
        self.pass_padding(size)?;
        Ok(text)
    }

    fn entry(
        &self,
        header: &Header<'_>,
        size: u64,
        extension: Extension,
    ) -> Result<Met, HashError> {
        let name = extension.name.unwrap_or_else(|| header.name());
        let refuse = |error: TarError| error.at(location(self.archive, &name));
        let kind = kind(header.kind(), &name).map_err(refuse)?;
        let size = joined(size, extension.size).map_err(refuse)?;
        if kind != Kind::File && size > 0 {
            return Err(refuse(TarError::Unexpected { found: size }));
        }
        Ok(Met {
            name,
            kind,
            size,
            start: self.at,
        })
    }

    /// Reads to the end of the archive, whose first empty block was read.
    fn end(&mut self) -> Result<(), HashError> {
        let mut second = [0; BLOCK];
        self.fill(&mut second)?;
        let mut passed = second.iter().any(|byte| *byte != 0);
        let mut rest = 0;
        let mut buffer = [0; 16 * BLOCK];
        while !passed {
            match self.read(&mut buffer)? {
                0 => return Ok(()),
                count => {
                    rest += count as u64;
                    passed = rest > MAX_TRAILING || buffer[..count].iter().any(|byte| *byte != 0);
                }
            }
        }
        Err(self.refuse(TarError::Trailing))
    }

    fn refuse(&self, error: TarError) -> HashError {
        error.at(self.archive.to_path_buf())
    }
}

/// Passes over the bytes of files without reading them.
pub(super) trait Skip {
    /// Goes forward; `None` where the archive ends before.
    fn skip(&mut self, count: u64) -> Option<()>;
}

impl<R: Read + Skip> Entries<'_, R> {
    /// Passes a file with what fills its last block.
    pub(super) fn skip(&mut self, size: u64) -> Result<(), HashError> {
        let whole = size.checked_add(padding(size));
        let skipped = whole.and_then(|whole| self.input.skip(whole).map(|()| whole));
        let whole = skipped.ok_or_else(|| self.refuse(TarError::Truncated))?;
        self.at += whole;
        Ok(())
    }
}

/// Returns the path of an entry below its archive, for errors alone.
pub(super) fn location(archive: &Path, name: &[u8]) -> PathBuf {
    let mut path = archive.as_os_str().to_owned();
    path.push("/");
    path.push(&*String::from_utf8_lossy(name));
    path.into()
}

fn kind(kind: u8, name: &[u8]) -> Result<Kind, TarError> {
    match kind {
        // Before POSIX, a directory was a file whose name ends so.
        0 if name.ends_with(b"/") => Ok(Kind::Directory),
        // 7 is a file that lies in one piece on its disk.
        0 | b'0' | b'7' => Ok(Kind::File),
        b'1' => Ok(Kind::HardLink),
        b'2' => Ok(Kind::Symlink),
        b'3' | b'4' | b'6' => Ok(Kind::Special),
        b'5' => Ok(Kind::Directory),
        b'S' => Err(TarError::Sparse),
        found => Err(TarError::Type { found }),
    }
}

/// Joins the two sizes of an entry. They may differ only where the header has no room.
fn joined(header: u64, extension: Option<u64>) -> Result<u64, TarError> {
    match extension {
        None => Ok(header),
        Some(size) if size == header => Ok(size),
        Some(size) if size > MAX_OCTAL && matches!(header, 0 | MAX_OCTAL) => Ok(size),
        Some(extension) => Err(TarError::Size { header, extension }),
    }
}
