//! A log of a million entries in a file, made once.

use std::fs;
use std::path::PathBuf;

use modelward::incident::log::{Chain, Durability, FileOptions, LogFile};
use tempfile::TempDir;

use crate::event::{context, draft};

/// Holds the file, the bytes of it, and the tree over its lines.
pub(crate) struct Million {
    path: PathBuf,
    chain: Chain,
    bytes: Vec<u8>,
    size: u32,
    _folder: TempDir,
}

impl Million {
    /// Appends so many entries.
    pub(crate) fn make(size: u32) -> Self {
        let folder = scratch();
        let path = folder.path().join("incidents.jsonl");
        let mut log = buffered(&path);
        for index in 0..size {
            let appended = log.append(draft(index), &context(index));
            appended.expect("the file takes an entry");
        }
        log.sync().expect("the disk takes the entries");
        Self {
            chain: log.chain().clone(),
            bytes: fs::read(&path).expect("the file was written"),
            path,
            size,
            _folder: folder,
        }
    }

    /// Opens the file, which checks every entry.
    pub(crate) fn open(&self) -> LogFile {
        let log = buffered(&self.path);
        assert_eq!(log.chain().len(), u64::from(self.size));
        log
    }

    pub(crate) const fn chain(&self) -> &Chain {
        &self.chain
    }

    pub(crate) const fn path(&self) -> &PathBuf {
        &self.path
    }

    /// Returns the lines without their line breaks.
    pub(crate) fn lines(&self) -> Vec<&[u8]> {
        let lines = self.bytes.split(|byte| *byte == b'\n');
        lines.filter(|line| !line.is_empty()).collect()
    }

    /// Says how large the log is.
    pub(crate) fn describe(&self) -> String {
        let (size, bytes) = (self.size, self.bytes.len());
        format!(
            "a log of {size} entries, {} bytes each",
            bytes / self.lines().len()
        )
    }

    /// Returns an entry's number, another one each time, spread over the log.
    pub(crate) const fn pick(&self, turn: u32) -> u32 {
        // The golden ratio of 2^32, odd, so that the numbers do not repeat soon.
        turn.wrapping_mul(0x9e37_79b1) % self.size
    }
}

/// Makes a folder on the disk that the build is on; the one for scratch may be in memory.
pub(crate) fn scratch() -> TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a scratch folder can be made")
}

pub(crate) fn buffered(path: &std::path::Path) -> LogFile {
    let options = FileOptions::default().with_durability(Durability::Buffered);
    LogFile::open(path, options).expect("a sound log")
}
