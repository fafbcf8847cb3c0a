use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use modelward_artifact::escape::TerminalPath;
use modelward_artifact::{LockedFile, sync_parent};
use thiserror::Error;

use super::chain::{AppendError, Chain};
use super::entry::{Context, Draft, Entry};
use super::fault::{Defect, Fault};
use super::limits::LogLimits;
use super::memory::{IncidentLog, Reading};
use super::scan::scan;

/// Says when an entry counts as appended.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Durability {
    /// When the operating system has it: it outlives the process but not the machine, until
    /// [`LogFile::sync`].
    Buffered,
    /// When it is on the disk.
    #[default]
    Synced,
}

/// Says how a log file is opened: with which [`Durability`], within which [`LogLimits`].
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct FileOptions {
    durability: Durability,
    limits: LogLimits,
}

impl FileOptions {
    /// Sets when an entry counts as appended.
    #[must_use]
    pub const fn with_durability(mut self, durability: Durability) -> Self {
        self.durability = durability;
        self
    }

    /// Sets the limits.
    #[must_use]
    pub const fn with_limits(mut self, limits: LogLimits) -> Self {
        self.limits = limits;
        self
    }
}

/// Tells what was cut off the end of a file: a line that was not written whole, so that it never
/// counted as appended.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Repair {
    offset: u64,
    bytes: Vec<u8>,
}

impl Repair {
    /// Returns where it was cut, in bytes.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        self.offset
    }

    /// Returns what was cut.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// Keeps a log in one file of JSON lines, which it holds alone as long as it lives.
///
/// The lock is advisory: it keeps out other writers that open the file so, and a process that ends
/// gives it up. Memory holds 72 bytes an entry, and no entry.
///
/// ```
/// use modelward_artifact::Party;
/// use modelward_incident::log::{Context, Draft, FileOptions, LogFile};
/// use serde_json::json;
///
/// # let folder = tempfile::tempdir()?;
/// let path = folder.path().join("incidents.jsonl");
/// let mut log = LogFile::open(&path, FileOptions::default())?;
/// let context = Context::new("2026-11-23T10:00:00Z".parse()?, Party::new("Jo Example")?);
/// log.append(Draft::new(json!({"kind": "detected"}))?, &context)?;
/// let second = LogFile::open(&path, FileOptions::default()).unwrap_err();
/// assert_eq!(second.code(), "incident.log.file.locked");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct LogFile {
    path: PathBuf,
    file: LockedFile,
    options: FileOptions,
    chain: Chain,
    /// Where each line begins.
    starts: Vec<u64>,
    /// Where the last line ends, which is the size of the file.
    end: u64,
    repair: Option<Repair>,
    /// A write failed and may have left what cannot be told.
    broken: bool,
    line: Vec<u8>,
}

impl LogFile {
    /// Opens a file or creates it, locks it, and checks every entry.
    ///
    /// A last line that was not written whole is cut off; [`LogFile::repair`] tells what it was.
    /// A line counts as such where it has no line break, or has bytes 0, which a file system leaves
    /// where a machine stopped. Anything else that is wrong is refused and left as it is.
    ///
    /// # Errors
    ///
    /// [`LogFileError`] where the file is locked, not sound, too large, or the operating system
    /// refuses. [`LogFile::read`] reads up to a fault.
    pub fn open(path: &Path, options: FileOptions) -> Result<Self, LogFileError> {
        let failed = |source| LogFileError::io(path, source);
        let mut file = LockedFile::open(path)
            .map_err(failed)?
            .ok_or_else(|| LogFileError::Locked { path: path.into() })?;
        check_size(path, &file, &options.limits)?;
        let mut starts = Vec::new();
        let reader = BufReader::with_capacity(1 << 16, &mut *file);
        let scan =
            scan(reader, &options.limits, &mut |start, _| starts.push(start)).map_err(failed)?;
        let repair = match scan.fault {
            Some(fault) if matches!(fault.defect(), Defect::Torn) => {
                Some(cut(&mut file, scan.end, &options.limits).map_err(failed)?)
            }
            Some(fault) => {
                let path = path.into();
                return Err(LogFileError::Fault { path, fault });
            }
            None => None,
        };
        if scan.end == 0 {
            // The name of a new file outlives the machine.
            sync_parent(path).map_err(failed)?;
        }
        Ok(Self {
            path: path.into(),
            file,
            options,
            chain: scan.chain,
            starts,
            end: scan.end,
            repair,
            broken: false,
            line: Vec::new(),
        })
    }

    /// Reads a file into memory up to its first bad entry. It takes no lock and changes nothing, so
    /// a line that another is writing at that moment shows as torn.
    ///
    /// # Errors
    ///
    /// [`LogFileError`] where the file is too large or cannot be read.
    pub fn read(path: &Path, limits: LogLimits) -> Result<Reading, LogFileError> {
        let failed = |source| LogFileError::io(path, source);
        let file = File::open(path).map_err(failed)?;
        let size = check_size(path, &file, &limits)?;
        let mut bytes = Vec::new();
        file.take(size).read_to_end(&mut bytes).map_err(failed)?;
        Ok(IncidentLog::verify_within(&bytes, limits))
    }

    /// Appends an entry, and returns it when it counts as the [`Durability`] says.
    ///
    /// # Errors
    ///
    /// [`LogFileError::Append`] where nothing was written; [`LogFileError::Io`] where it may have
    /// been, after which the file has to be opened anew: whether the entry is there shows then, for
    /// what was written is taken back only as far as the system lets it.
    pub fn append(&mut self, draft: Draft, context: &Context) -> Result<Entry, LogFileError> {
        let refused = |source| LogFileError::Append { source };
        let limits = self.options.limits;
        self.check_untouched()?;
        let (entry, line) = self.chain.next(draft, context, &limits).map_err(refused)?;
        let end = self.end.saturating_add(line.len() as u64);
        let limit = limits.max_bytes();
        if end > limit {
            return Err(refused(AppendError::TooLarge { limit }));
        }
        // Where the file stands is not known after a read that failed.
        let at_end = self.file.seek(SeekFrom::Start(self.end));
        let written = at_end
            .and_then(|_| self.file.write_all(&line))
            .and_then(|()| self.settle());
        if let Err(source) = written {
            // After a failed sync nobody can tell what is on the disk: opening will see.
            self.broken = true;
            let _ = self.file.set_len(self.end);
            return Err(LogFileError::io(&self.path, source));
        }
        self.chain
            .admit(entry.recorded_at(), &line[..line.len() - 1]);
        self.starts.push(self.end);
        self.end = end;
        Ok(entry)
    }

    /// Reads an entry back, or `None` where there is no such.
    ///
    /// # Errors
    ///
    /// [`LogFileError::Touched`] where it does not stand there any more; [`LogFileError::Io`].
    pub fn entry(&mut self, seq: u64) -> Result<Option<Entry>, LogFileError> {
        let index = usize::try_from(seq).unwrap_or(usize::MAX);
        let Some(&start) = self.starts.get(index) else {
            return Ok(None);
        };
        let next = index.checked_add(1).and_then(|next| self.starts.get(next));
        let length = next.copied().unwrap_or(self.end) - start - 1;
        let outcome = self.read_line(start, length);
        outcome.map_err(|source| LogFileError::io(&self.path, source))?;
        let leaf = super::merkle::leaf_hash(&self.line);
        match Entry::parse(&self.line) {
            Ok(entry) if self.chain.has_leaf(index, &leaf) => Ok(Some(entry)),
            _ => Err(self.touched()),
        }
    }

    /// Waits until every entry is on the disk.
    ///
    /// # Errors
    ///
    /// [`LogFileError::Io`], after which the file has to be opened anew.
    pub fn sync(&mut self) -> Result<(), LogFileError> {
        self.file.sync_data().map_err(|source| {
            self.broken = true;
            LogFileError::io(&self.path, source)
        })
    }

    /// Returns the hash tree, which has the root and makes the proofs.
    #[must_use]
    pub const fn chain(&self) -> &Chain {
        &self.chain
    }

    /// Returns what was cut off when the file was opened.
    #[must_use]
    pub const fn repair(&self) -> Option<&Repair> {
        self.repair.as_ref()
    }

    /// Returns the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn settle(&mut self) -> io::Result<()> {
        self.file.flush()?;
        match self.options.durability {
            Durability::Buffered => Ok(()),
            Durability::Synced => self.file.sync_data(),
        }
    }

    /// The lock is advisory, so one who does not ask for it may have written.
    fn check_untouched(&self) -> Result<(), LogFileError> {
        if self.broken {
            let path = self.path.clone();
            return Err(LogFileError::Broken { path });
        }
        match self.file.metadata() {
            Ok(metadata) if metadata.len() == self.end => Ok(()),
            Ok(_) => Err(self.touched()),
            Err(source) => Err(LogFileError::io(&self.path, source)),
        }
    }

    fn touched(&self) -> LogFileError {
        let path = self.path.clone();
        LogFileError::Touched { path }
    }

    fn read_line(&mut self, start: u64, length: u64) -> io::Result<()> {
        self.line.clear();
        self.file.seek(SeekFrom::Start(start))?;
        let read = (&mut *self.file).take(length).read_to_end(&mut self.line);
        read.map(|_| ())
    }
}

/// Says why a log file cannot be opened, read or appended to.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LogFileError {
    /// The entry cannot be appended. The file stays as it was.
    #[error("the entry cannot be appended")]
    Append {
        /// Why.
        source: AppendError,
    },
    /// An earlier write failed.
    #[error(
        "a write to `{}` failed before, it has to be opened anew",
        TerminalPath(path)
    )]
    Broken {
        /// The file.
        path: PathBuf,
    },
    /// The log is not sound.
    #[error("the log in `{}` is not sound", TerminalPath(path))]
    Fault {
        /// The file.
        path: PathBuf,
        /// The first bad entry.
        #[source]
        fault: Fault,
    },
    /// The operating system refuses.
    #[error("cannot use `{}`", TerminalPath(path))]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another writer has the file.
    #[error("`{}` is locked by another writer", TerminalPath(path))]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// It is a folder, a device or the like.
    #[error("`{}` is not a regular file", TerminalPath(path))]
    NotFile {
        /// What it is not.
        path: PathBuf,
    },
    /// The file is too large.
    #[error("`{}` is larger than {limit} bytes", TerminalPath(path))]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit.
        limit: u64,
    },
    /// Another wrote to the file in spite of the lock.
    #[error("`{}` was changed by another while it was open", TerminalPath(path))]
    Touched {
        /// The file.
        path: PathBuf,
    },
}

impl LogFileError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Append { source } => source.code(),
            Self::Broken { .. } => "incident.log.file.broken",
            Self::Fault { fault, .. } => fault.code(),
            Self::Io { .. } => "incident.log.file.io",
            Self::Locked { .. } => "incident.log.file.locked",
            Self::NotFile { .. } => "incident.log.file.kind",
            Self::TooLarge { .. } => "incident.log.file.too_large",
            Self::Touched { .. } => "incident.log.file.touched",
        }
    }

    fn io(path: &Path, source: io::Error) -> Self {
        let path = path.into();
        Self::Io { path, source }
    }
}

fn check_size(path: &Path, file: &File, limits: &LogLimits) -> Result<u64, LogFileError> {
    let metadata = file
        .metadata()
        .map_err(|source| LogFileError::io(path, source))?;
    let path = || path.into();
    if !metadata.is_file() {
        return Err(LogFileError::NotFile { path: path() });
    }
    let limit = limits.max_bytes();
    if metadata.len() > limit {
        return Err(LogFileError::TooLarge {
            path: path(),
            limit,
        });
    }
    Ok(metadata.len())
}

/// Cuts the file and returns what stood beyond, which is one line and so within its limit.
fn cut(file: &mut File, offset: u64, limits: &LogLimits) -> io::Result<Repair> {
    let mut bytes = Vec::new();
    let most = (limits.max_line_bytes() as u64).saturating_add(1);
    file.seek(SeekFrom::Start(offset))?;
    file.take(most).read_to_end(&mut bytes)?;
    file.set_len(offset)?;
    file.sync_all()?;
    Ok(Repair { offset, bytes })
}
