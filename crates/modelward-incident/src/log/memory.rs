use modelward_artifact::json::JsonError;
use modelward_artifact::{Digest, Verdict};

use super::chain::{AppendError, Chain};
use super::entry::{Context, Draft, Entry};
use super::fault::Fault;
use super::limits::LogLimits;
use super::merkle::{ConsistencyProof, InclusionProof, ProofError};
use super::scan::{Scan, scan};

/// Holds a log and all its entries in memory. It only grows, and its time never goes back.
#[derive(Clone, Debug, Default)]
pub struct IncidentLog {
    chain: Chain,
    entries: Vec<Entry>,
    bytes: u64,
    limits: LogLimits,
}

impl IncidentLog {
    /// Starts an empty log.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Starts an empty log with other limits.
    #[must_use]
    pub fn with_limits(limits: LogLimits) -> Self {
        Self {
            limits,
            ..Self::default()
        }
    }

    /// Reads a log from JSON lines and checks every entry, with the default limits.
    ///
    /// What it says of a log is in the module's text: the end needs a remembered checkpoint.
    pub fn verify(lines: &[u8]) -> Reading {
        Self::verify_within(lines, LogLimits::default())
    }

    /// Reads a log as [`IncidentLog::verify`] does, within other limits.
    pub fn verify_within(lines: &[u8], limits: LogLimits) -> Reading {
        let mut entries = Vec::new();
        let scan = scan_bytes(lines, &limits, &mut |_, entry| entries.push(entry));
        entries.truncate(usize::try_from(scan.chain.len()).unwrap_or(usize::MAX));
        let log = Self {
            chain: scan.chain,
            entries,
            bytes: scan.end,
            limits,
        };
        let fault = scan.fault;
        Reading { log, fault }
    }

    /// Appends an entry.
    ///
    /// # Errors
    ///
    /// [`AppendError`] where the time goes back, the event has no canonical form or a limit is
    /// passed.
    pub fn append(&mut self, draft: Draft, context: &Context) -> Result<&Entry, AppendError> {
        let (entry, line) = self.chain.next(draft, context, &self.limits)?;
        let bytes = self.bytes.saturating_add(line.len() as u64);
        let limit = self.limits.max_bytes();
        if bytes > limit {
            return Err(AppendError::TooLarge { limit });
        }
        self.bytes = bytes;
        self.chain
            .admit(entry.recorded_at(), &line[..line.len() - 1]);
        self.entries.push(entry);
        Ok(&self.entries[self.entries.len() - 1])
    }

    /// Returns the hash tree, which has the root and makes the proofs.
    #[must_use]
    pub const fn chain(&self) -> &Chain {
        &self.chain
    }

    /// Returns the entries in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns how many entries there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.chain.len()
    }

    /// Tells whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chain.is_empty()
    }

    /// Returns the root, as [`Chain::root`].
    #[must_use]
    pub fn root(&self) -> Digest {
        self.chain.root()
    }

    /// Proves that an entry is in the log.
    ///
    /// # Errors
    ///
    /// As of [`Chain::prove_inclusion`].
    pub fn prove_inclusion(&self, seq: u64) -> Result<InclusionProof, ProofError> {
        self.chain.prove_inclusion(seq)
    }

    /// Proves that the log only grew.
    ///
    /// # Errors
    ///
    /// As of [`Chain::prove_consistency`].
    pub fn prove_consistency(&self, old_size: u64) -> Result<ConsistencyProof, ProofError> {
        self.chain.prove_consistency(old_size)
    }

    /// Writes the log as JSON lines, which [`IncidentLog::verify`] reads.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where an entry has no canonical form, which every entry of a log has.
    pub fn to_lines(&self) -> Result<Vec<u8>, JsonError> {
        let mut lines = Vec::new();
        for entry in &self.entries {
            entry.write_line(&mut lines)?;
            lines.push(b'\n');
        }
        Ok(lines)
    }
}

/// Holds what was read of a log: all of it, or what stands before its first bad entry.
#[derive(Debug)]
#[must_use = "an unread fault protects nothing"]
pub struct Reading {
    pub(super) log: IncidentLog,
    pub(super) fault: Option<Fault>,
}

impl Reading {
    /// Returns the first bad entry, if there is one.
    #[must_use]
    pub const fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    /// Returns the entries before it, which are readable, and sound as far as the log itself shows:
    /// with [`Defect::Prev`](super::Defect::Prev) the last of them may be the one that was changed.
    #[must_use]
    pub const fn readable(&self) -> &IncidentLog {
        &self.log
    }

    /// Returns the log where all of it is sound, else the fault as a finding.
    pub fn into_verdict(self) -> Verdict<IncidentLog> {
        match self.fault {
            None => Verdict::Verified(self.log),
            Some(fault) => Verdict::Rejected(fault.to_finding().into()),
        }
    }
}

fn scan_bytes(lines: &[u8], limits: &LogLimits, keep: &mut dyn FnMut(u64, Entry)) -> Scan {
    scan(lines, limits, keep).expect("bytes in memory are always readable")
}
