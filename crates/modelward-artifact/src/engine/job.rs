use std::ops::Range;

use super::{Plan, subtree};
use crate::{Digest, DigestAlgorithm, Hasher, Tree};

/// One message, or one subtree of a BLAKE3 message.
#[derive(Debug)]
pub(super) struct Job {
    /// The position of the file in the tree.
    pub(super) file: usize,
    /// The size of that file in bytes.
    pub(super) size: u64,
    /// The bytes of the file that this job hashes.
    pub(super) range: Range<u64>,
    pub(super) part: Part,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Part {
    Message,
    Subtree,
}

/// What a job gave.
#[derive(Debug)]
pub(super) enum Outcome {
    /// One digest for each algorithm.
    Digests(Vec<Digest>),
    /// The chaining value of a subtree.
    Subtree(subtree::Value),
}

impl Job {
    pub(super) const fn len(&self) -> u64 {
        self.range.end - self.range.start
    }

    pub(super) fn hashers(&self, algorithms: &[DigestAlgorithm]) -> Vec<Hasher> {
        match self.part {
            Part::Message => algorithms.iter().map(|&name| Hasher::new(name)).collect(),
            Part::Subtree => vec![Hasher::blake3_subtree(self.range.start)],
        }
    }
}

/// Cuts a tree into jobs, in the order of the files and of their parts.
///
/// An empty file is a message, but has no shards (OMS v1.0, section 6.3).
pub(super) fn cut(tree: &Tree, plan: &Plan<'_>) -> Vec<Job> {
    let mut jobs = Vec::with_capacity(tree.files().len());
    for (file, listed) in tree.files().iter().enumerate() {
        let size = listed.size();
        let (step, part) = match plan.shard {
            Some(shard) => (shard.get(), Part::Message),
            None if splits(plan, size) => (subtree::SIZE, Part::Subtree),
            None => (size.max(1), Part::Message),
        };
        let job = |range| Job {
            file,
            size,
            range,
            part,
        };
        if size == 0 && plan.shard.is_none() {
            jobs.push(job(0..0));
        }
        let mut start = 0;
        while start < size {
            let end = size.min(start.saturating_add(step));
            jobs.push(job(start..end));
            start = end;
        }
    }
    jobs
}

/// Tells whether a file is worth splitting into subtrees, which BLAKE3 alone allows.
fn splits(plan: &Plan<'_>, size: u64) -> bool {
    plan.algorithms == [DigestAlgorithm::Blake3] && plan.threads > 1 && size > 2 * subtree::SIZE
}
