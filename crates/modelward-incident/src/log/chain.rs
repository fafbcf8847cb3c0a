use modelward_artifact::json::JsonError;
use modelward_artifact::{Digest, Finding, Timestamp, Verdict};
use thiserror::Error;

use super::checkpoint::{Checkpoint, Origin};
use super::entry::{Context, Draft, Entry};
use super::fault::Defect;
use super::limits::LogLimits;
use super::merkle::{self, ConsistencyProof, Hash, InclusionProof, ProofError, Tree};

/// Holds the hash tree of a log: 64 bytes an entry, whether the entries are in memory or not.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    tree: Tree,
    last: Option<Timestamp>,
}

impl Chain {
    /// Returns how many entries there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.tree.len() as u64
    }

    /// Tells whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tree.len() == 0
    }

    /// Returns the root of the tree (RFC 6962, section 2.1), which stands for every entry.
    #[must_use]
    pub fn root(&self) -> Digest {
        merkle::digest(&self.tree.root())
    }

    /// Returns the root that the log had with `size` entries, or `None` where it has fewer.
    #[must_use]
    pub fn root_at(&self, size: u64) -> Option<Digest> {
        let size = usize::try_from(size).ok()?;
        self.tree.root_at(size).map(|hash| merkle::digest(&hash))
    }

    /// Proves that an entry is in the log.
    ///
    /// # Errors
    ///
    /// [`ProofError::Index`] where there is no such entry.
    pub fn prove_inclusion(&self, seq: u64) -> Result<InclusionProof, ProofError> {
        self.prove_inclusion_at(seq, self.len())
    }

    /// Proves that an entry is among the first `size`, to whoever remembers the checkpoint of that
    /// size.
    ///
    /// # Errors
    ///
    /// [`ProofError::Sizes`] where the log has fewer entries, [`ProofError::Index`] where the entry is
    /// not among them.
    pub fn prove_inclusion_at(&self, seq: u64, size: u64) -> Result<InclusionProof, ProofError> {
        let (old, new) = (size, self.len());
        if old > new {
            return Err(ProofError::Sizes { old, new });
        }
        let numbers = usize::try_from(seq).ok().zip(usize::try_from(size).ok());
        let path = numbers.and_then(|(index, size)| self.tree.inclusion(index, size));
        let path = path.ok_or(ProofError::Index { index: seq, size })?;
        Ok(InclusionProof::new(seq, size, merkle::digests(&path)))
    }

    /// Proves that the log only grew since it had `old_size` entries.
    ///
    /// # Errors
    ///
    /// [`ProofError::Sizes`] where it had none or has fewer.
    pub fn prove_consistency(&self, old_size: u64) -> Result<ConsistencyProof, ProofError> {
        self.prove_consistency_between(old_size, self.len())
    }

    /// Proves that the log only grew from `old` to `new` entries, to whoever remembers the checkpoints
    /// of both sizes.
    ///
    /// # Errors
    ///
    /// [`ProofError::Sizes`] where `old` is none or more than `new`, or the log has fewer than `new`.
    pub fn prove_consistency_between(
        &self,
        old: u64,
        new: u64,
    ) -> Result<ConsistencyProof, ProofError> {
        let sizes = usize::try_from(old).ok().zip(usize::try_from(new).ok());
        let path = sizes.and_then(|(old, new)| self.tree.consistency(old, new));
        let path = path.ok_or(ProofError::Sizes { old, new })?;
        Ok(ConsistencyProof::new(old, new, merkle::digests(&path)))
    }

    /// Says how many entries there are and what their root is, to be remembered elsewhere.
    #[must_use]
    pub fn checkpoint(&self, origin: Origin) -> Checkpoint {
        Checkpoint::of(origin, self.len(), self.root())
    }

    /// Compares with a checkpoint that was remembered.
    ///
    /// Entries that were cut off at the end, and a log that was written anew, show nowhere else.
    /// The codes of what is found:
    ///
    /// - `incident.log.truncated`: the log has fewer entries than it had.
    /// - `incident.log.rewritten`: it has as many or more, but its beginning is another.
    pub fn verify_against(&self, remembered: &Checkpoint) -> Verdict<Continuation> {
        let (old, new) = (remembered.size(), self.len());
        let found = |code: &'static str, message: String| {
            let finding = Finding::new(code, message).about(remembered.origin().as_str());
            Verdict::Rejected(finding.into())
        };
        match self.root_at(old) {
            None => found(
                "incident.log.truncated",
                format!("the log has {new} entries and had {old}"),
            ),
            Some(root) if root == *remembered.root() => Verdict::Verified(Continuation {
                old_size: old,
                new_size: new,
            }),
            Some(_) => found(
                "incident.log.rewritten",
                format!("the first {old} entries of the log are not those that it had"),
            ),
        }
    }

    /// Makes the next entry and its line, with its line break.
    pub(super) fn next(
        &self,
        draft: Draft,
        context: &Context,
        limits: &LogLimits,
    ) -> Result<(Entry, Vec<u8>), AppendError> {
        if let Some(last) = self.last.filter(|last| context.now < *last) {
            let at = context.now;
            return Err(AppendError::Time { at, last });
        }
        let entry = Entry::of(draft, self.len(), self.prev(), context);
        let mut line = Vec::with_capacity(512);
        entry
            .write_line(&mut line)
            .map_err(|source| AppendError::Form { source })?;
        let limit = limits.max_line_bytes();
        if line.len() > limit {
            return Err(AppendError::LineTooLong { limit });
        }
        line.push(b'\n');
        Ok((entry, line))
    }

    /// Reads a line, which has to be the next entry. `again` is room for its canonical form.
    pub(super) fn check(&self, line: &[u8], again: &mut Vec<u8>) -> Result<Entry, Defect> {
        let entry = Entry::parse(line).map_err(|source| Defect::Entry { source })?;
        again.clear();
        entry
            .write_line(again)
            .map_err(|source| Defect::Form { source })?;
        if again != line || !entry.has_sha256_only() {
            return Err(Defect::Canonical);
        }
        let (found, expected) = (entry.seq(), self.len());
        if found > expected {
            return Err(Defect::Gap { found });
        }
        if found < expected {
            return Err(Defect::Repeated { found });
        }
        if entry.prev != self.prev() {
            return Err(Defect::Prev);
        }
        let at = entry.recorded_at();
        match self.last {
            Some(last) if at < last => Err(Defect::Time { at, last }),
            _ => Ok(entry),
        }
    }

    /// Takes an entry that was checked or made; `line` is without its line break.
    pub(super) fn admit(&mut self, recorded_at: Timestamp, line: &[u8]) {
        self.tree.push(merkle::leaf_hash(line));
        self.last = Some(recorded_at);
    }

    /// Gives up the last entry; `last` is when the one before it was recorded.
    pub(super) fn drop_last(&mut self, last: Option<Timestamp>) {
        self.tree.truncate(self.tree.len().saturating_sub(1));
        self.last = last;
    }

    pub(super) const fn last(&self) -> Option<Timestamp> {
        self.last
    }

    pub(super) fn has_leaf(&self, index: usize, leaf: &Hash) -> bool {
        self.tree.leaf(index) == Some(leaf)
    }

    fn prev(&self) -> Option<Digest> {
        let last: &Hash = self.tree.leaf(self.tree.len().checked_sub(1)?)?;
        Some(merkle::digest(last))
    }
}

/// Proves that a log begins with what it was at a checkpoint. Only a comparison makes it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Continuation {
    old_size: u64,
    new_size: u64,
}

impl Continuation {
    /// Returns how many entries the log had.
    #[must_use]
    pub const fn old_size(&self) -> u64 {
        self.old_size
    }

    /// Returns how many entries came since.
    #[must_use]
    pub const fn added(&self) -> u64 {
        self.new_size - self.old_size
    }
}

/// Says why something cannot be appended. The log stays as it was.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AppendError {
    /// The event has no canonical form.
    #[error("the event has no canonical form")]
    Form {
        /// Why.
        source: JsonError,
    },
    /// The line would be too long.
    #[error("the entry is longer than {limit} bytes")]
    LineTooLong {
        /// The limit.
        limit: usize,
    },
    /// The time lies before that of the last entry.
    #[error("the entry is recorded at {at}, before the last one at {last}")]
    Time {
        /// The time of the entry.
        at: Timestamp,
        /// The time of the last entry.
        last: Timestamp,
    },
    /// The log would be too large.
    #[error("the log would be larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
}

impl AppendError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Form { .. } => "incident.log.append.form",
            Self::LineTooLong { .. } => "incident.log.append.line_too_long",
            Self::Time { .. } => "incident.log.append.time",
            Self::TooLarge { .. } => "incident.log.append.too_large",
        }
    }
}
