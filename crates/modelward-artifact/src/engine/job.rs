use std::ops::Range;

use super::{Plan, subtree};
use crate::options::pieces;
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
pub(super) fn cut(tree: &Tree, plan: &Plan<'_>) -> Vec<Job> {
    let mut jobs = Vec::with_capacity(tree.files().len());
    for (file, listed) in tree.files().iter().enumerate() {
        let size = listed.size();
        let (step, part) = match plan.shard {
            None if splits(plan, size) => (Some(subtree::SIZE), Part::Subtree),
            shard => (shard, Part::Message),
        };
        jobs.extend(pieces(size, step).map(|range| Job {
            file,
            size,
            range,
            part,
        }));
    }
    jobs
}

/// Tells whether a file is worth splitting into subtrees, which BLAKE3 alone allows.
fn splits(plan: &Plan<'_>, size: u64) -> bool {
    plan.algorithms == [DigestAlgorithm::Blake3]
        && plan.threads > 1
        && size > 2 * subtree::SIZE.get()
}
