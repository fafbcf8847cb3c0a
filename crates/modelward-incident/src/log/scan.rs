use std::io::{self, BufRead, Read as _};

use super::chain::Chain;
use super::entry::Entry;
use super::fault::{Defect, Fault};
use super::limits::LogLimits;
use super::merkle;

/// What reading a log came to.
#[derive(Debug)]
pub(super) struct Scan {
    /// The entries before the fault.
    pub(super) chain: Chain,
    /// Where the last of them ends, in bytes.
    pub(super) end: u64,
    pub(super) fault: Option<Fault>,
}

/// Reads lines up to the first bad one, and gives each entry to `keep` with where its line begins.
///
/// The last entry that `keep` got may turn out bad by the next one: those beyond the chain's length
/// are not to be used.
pub(super) fn scan(
    reader: impl BufRead,
    limits: &LogLimits,
    keep: &mut dyn FnMut(u64, Entry),
) -> io::Result<Scan> {
    let mut lines = Lines {
        reader,
        limits: *limits,
        line: Vec::new(),
    };
    let mut chain = Chain::default();
    let mut again = Vec::new();
    // Where the last entry begins, and when the one before it was recorded.
    let mut before = (0, None);
    let mut end = 0;
    loop {
        let defect = match lines.next(end)? {
            Next::End => None,
            Next::Bad(defect) => Some(defect),
            Next::Line => match chain.check(&lines.line, &mut again) {
                Ok(entry) => {
                    before = (end, chain.last());
                    chain.admit(entry.recorded_at(), &lines.line);
                    keep(end, entry);
                    end += lines.line.len() as u64 + 1;
                    continue;
                }
                Err(Defect::Prev) if chain.is_empty() => Some(Defect::Prev),
                // Who is right, the entry or the one before it? The next one has the answer.
                Err(Defect::Prev) => Some(if lines.next_vouches()? {
                    chain.drop_last(before.1);
                    end = before.0;
                    Defect::Changed
                } else {
                    Defect::Prev
                }),
                Err(_) if lines.was_torn()? => Some(Defect::Torn),
                Err(defect) => Some(defect),
            },
        };
        let fault = defect.map(|defect| Fault {
            seq: chain.len(),
            offset: end,
            defect,
        });
        return Ok(Scan { chain, end, fault });
    }
}

enum Next {
    Bad(Defect),
    End,
    Line,
}

struct Lines<R> {
    reader: R,
    limits: LogLimits,
    /// The line read last, without its line break.
    line: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    /// Reads the line that begins `at` so many bytes.
    fn next(&mut self, at: u64) -> io::Result<Next> {
        let limit = self.limits.max_line_bytes();
        self.line.clear();
        let most = (limit as u64).saturating_add(1);
        let read = (&mut self.reader)
            .take(most)
            .read_until(b'\n', &mut self.line)?;
        if read == 0 {
            return Ok(Next::End);
        }
        if (read as u64).saturating_add(at) > self.limits.max_bytes() {
            let limit = self.limits.max_bytes();
            return Ok(Next::Bad(Defect::TooLarge { limit }));
        }
        Ok(match self.line.pop_if(|byte| *byte == b'\n') {
            Some(_) => Next::Line,
            None if self.line.len() > limit => Next::Bad(Defect::LineTooLong { limit }),
            None => Next::Bad(Defect::Torn),
        })
    }

    /// Tells whether the next line follows the present one, so that the one before was changed.
    fn next_vouches(&mut self) -> io::Result<bool> {
        let leaf = merkle::digest(&merkle::leaf_hash(&self.line));
        let next = self.next(0)?;
        let entry = Entry::parse(&self.line);
        Ok(matches!(next, Next::Line) && entry.is_ok_and(|entry| entry.prev == Some(leaf)))
    }

    /// Tells whether the present line is the last one and has a byte 0, which no log writes: a file
    /// system leaves such where a machine stopped before the bytes were on the disk.
    fn was_torn(&mut self) -> io::Result<bool> {
        Ok(self.line.contains(&0) && self.reader.fill_buf()?.is_empty())
    }
}
