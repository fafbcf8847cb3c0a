//! A source of which one operation goes wrong.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use modelward_artifact::{
    Content, Control, EntryPath, HashError, Operation, Source, Tree, TreeFile,
};

/// What goes wrong with one operation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Fault {
    /// It cancels the work, and goes on.
    Cancels,
    /// It fails.
    Fails,
    /// The file has more bytes than it was listed with, or a read gives more than it was asked for.
    Grows,
    /// It is interrupted.
    Interrupted,
    /// One bit is another.
    Lies,
    /// The file ends there.
    Shortens,
    /// It gives a part of what it could.
    Slow,
    /// It takes a while.
    Stalls,
}

impl Fault {
    pub(crate) const ALL: [Self; 8] = [
        Self::Cancels,
        Self::Fails,
        Self::Grows,
        Self::Interrupted,
        Self::Lies,
        Self::Shortens,
        Self::Slow,
        Self::Stalls,
    ];

    /// Tells whether the job may end with another manifest: the bytes were others.
    pub(crate) const fn gives_other_bytes(self) -> bool {
        matches!(self, Self::Lies)
    }

    /// Returns the code of the error that the job may end with.
    pub(crate) const fn code(self) -> Option<&'static str> {
        match self {
            Self::Cancels => Some("artifact.hash.cancelled"),
            Self::Fails | Self::Interrupted => Some("artifact.hash.io"),
            Self::Grows | Self::Shortens => Some("artifact.hash.changed"),
            Self::Lies | Self::Slow | Self::Stalls => None,
        }
    }
}

/// Files in memory. The operation with the number `at` goes wrong: listing the files, opening one,
/// reading from it, or looking whether it changed.
pub(crate) struct Faulty {
    files: Vec<(EntryPath, Vec<u8>)>,
    fault: Option<Fault>,
    at: usize,
    count: AtomicUsize,
    lied: AtomicBool,
    pub(crate) control: AtomicBool,
}

impl Faulty {
    pub(crate) fn new(sizes: &[usize], fault: Fault, at: usize) -> Self {
        Self {
            fault: Some(fault),
            at,
            ..Self::honest(sizes)
        }
    }

    pub(crate) fn honest(sizes: &[usize]) -> Self {
        let file = |(index, &size): (usize, &usize)| {
            let path = format!("d{}/f{index:02}", index % 2);
            let bytes = (0..=250).cycle().skip(index * 17).take(size).collect();
            (path.parse().expect("a plain path"), bytes)
        };
        Self {
            files: sizes.iter().enumerate().map(file).collect(),
            fault: None,
            at: 0,
            count: AtomicUsize::new(0),
            lied: AtomicBool::new(false),
            control: AtomicBool::new(false),
        }
    }

    /// Returns how many operations there were.
    pub(crate) fn operations(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }

    /// Ends the fault, also where several threads needed fewer operations than its number.
    pub(crate) fn end_fault(&self) {
        self.count.store(self.at + 1, Ordering::SeqCst);
        self.control.store(false, Ordering::SeqCst);
    }

    pub(crate) fn fault(&self) -> Fault {
        self.fault.expect("it is not the honest one")
    }

    /// Tells whether bytes were given that are not those of the file.
    pub(crate) fn has_lied(&self) -> bool {
        self.lied.load(Ordering::SeqCst)
    }

    /// Counts an operation, and returns the fault where it is its turn. What fails fails here.
    fn next(&self, operation: Operation) -> Result<Option<Fault>, HashError> {
        let turn = self.count.fetch_add(1, Ordering::SeqCst) == self.at;
        let fault = self.fault.filter(|_| turn);
        let failed = |source| HashError::Io {
            operation,
            path: PathBuf::from("f"),
            source,
        };
        match fault {
            Some(Fault::Fails) => return Err(failed(io::Error::other("a fault"))),
            Some(Fault::Interrupted) => return Err(failed(io::ErrorKind::Interrupted.into())),
            Some(Fault::Cancels) => self.control.store(true, Ordering::SeqCst),
            Some(Fault::Stalls) => std::thread::sleep(Duration::from_millis(2)),
            _ => {}
        }
        Ok(fault)
    }
}

impl fmt::Display for Faulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files = self.files.len();
        write!(f, "{:?} at {} of {files} files", self.fault, self.at)
    }
}

impl Source for Faulty {
    fn tree(&self, _: &dyn Control) -> Result<Tree, HashError> {
        let fault = self.next(Operation::List)?;
        let listed = self.files.iter().map(|(path, bytes)| {
            let size = bytes.len() as u64;
            let size = match fault {
                Some(Fault::Grows) => size + 1,
                Some(Fault::Shortens) => size.saturating_sub(1),
                _ => size,
            };
            TreeFile::new(path.clone(), size)
        });
        Tree::new("model", listed.collect())
    }

    fn open(&self, file: &TreeFile) -> Result<Box<dyn Content + '_>, HashError> {
        let fault = self.next(Operation::Open)?;
        let found = self.files.iter().find(|(path, _)| path == file.path());
        let (path, bytes) = found.expect("it was listed");
        let is_other = matches!(fault, Some(Fault::Grows | Fault::Shortens));
        if is_other || bytes.len() as u64 != file.size() {
            return Err(changed(file.path()));
        }
        Ok(Box::new(Bytes {
            source: self,
            path,
            bytes,
            other: Vec::new(),
        }))
    }
}

struct Bytes<'a> {
    source: &'a Faulty,
    path: &'a EntryPath,
    bytes: &'a [u8],
    /// What it gives instead of the file's bytes.
    other: Vec<u8>,
}

impl Content for Bytes<'_> {
    fn read<'a>(&'a mut self, offset: u64, buffer: &'a mut [u8]) -> Result<&'a [u8], HashError> {
        let fault = self.source.next(Operation::Read)?;
        let from = usize::try_from(offset).expect("it is within the file");
        let rest = self.bytes.get(from..).unwrap_or_default();
        let most = rest.len().min(buffer.len());
        Ok(match fault {
            Some(Fault::Grows) => rest,
            Some(Fault::Shortens) => &[],
            Some(Fault::Slow) => &rest[..most.min(1)],
            Some(Fault::Lies) if most > 0 => {
                self.source.lied.store(true, Ordering::SeqCst);
                self.other = rest[..most].to_vec();
                self.other[most / 2] ^= 1;
                &self.other
            }
            _ => &rest[..most],
        })
    }

    fn finish(&mut self) -> Result<(), HashError> {
        match self.source.next(Operation::Stat)? {
            Some(Fault::Grows | Fault::Shortens) => Err(changed(self.path)),
            _ => Ok(()),
        }
    }
}

fn changed(path: &EntryPath) -> HashError {
    HashError::Changed {
        path: PathBuf::from(path.as_str()),
    }
}
