//! The engine that hashes many files: messages in a pool, advanced together.
//!
//! A model is cut into jobs: files, shards, or subtrees of BLAKE3. Each worker takes as many of the
//! longest ones as the kernels like to have, advances them by a quantum, and puts back what is
//! unfinished. So both one large file in shards and thousands of small files fill every core, with
//! memory that depends on neither.

use std::num::NonZeroU64;
use std::ops::Range;
use std::sync::atomic::AtomicU64;
use std::thread;

use self::job::{Job, Outcome, cut};
use self::pool::Pool;
use self::worker::Worker;
use crate::kernel::Kernels;
use crate::{Control, Digest, DigestAlgorithm, Event, HashError, Source, Tree, TreeFile};

mod job;
mod pool;
pub(crate) mod subtree;
mod worker;

/// How many bytes make another thread worth its start.
const BYTES_PER_THREAD: u64 = 1 << 20;

/// How many jobs make another thread worth its start.
const JOBS_PER_THREAD: usize = 64;

/// Says how to hash.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    /// At least one; every digest is made in the same pass.
    pub(crate) algorithms: &'a [DigestAlgorithm],
    /// The size of shards; `None` for whole files.
    pub(crate) shard: Option<NonZeroU64>,
    pub(crate) threads: usize,
    /// The most messages that a thread advances together.
    pub(crate) lanes: usize,
    pub(crate) kernels: &'a Kernels,
}

/// Gives the digests of one file or shard, one for each algorithm.
#[derive(Debug)]
pub(crate) struct Hashed {
    /// The position in the tree.
    pub(crate) file: usize,
    /// The bytes of the file that were hashed.
    pub(crate) range: Range<u64>,
    pub(crate) digests: Vec<Digest>,
}

/// Hashes every file of a tree. The results stand in the order of the files, then of the shards.
pub(crate) fn hash_tree(
    source: &dyn Source,
    tree: &Tree,
    plan: &Plan<'_>,
    control: &dyn Control,
) -> Result<Vec<Hashed>, HashError> {
    let jobs = cut(tree, plan);
    let total = tree.files().iter().map(TreeFile::size).sum();
    control.on_event(&Event::Started {
        files: tree.files().len() as u64,
        bytes: total,
    });
    let threads = worth_starting(plan.threads, jobs.len(), total);
    let pool = Pool::new(&jobs, threads, plan);
    let work = Work {
        source,
        tree,
        plan,
        control,
        jobs: &jobs,
        pool: &pool,
        total,
        done: AtomicU64::new(0),
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            // Where the system gives no thread, those that there are do all the work.
            let begun = thread::Builder::new().spawn_scoped(scope, || Worker::new(&work).run());
            if begun.is_err() {
                break;
            }
        }
        Worker::new(&work).run();
    });
    let outcomes = pool.into_outcomes()?;
    control.on_event(&Event::Finished);
    Ok(join(jobs, outcomes))
}

/// What all workers share.
struct Work<'a, 's> {
    source: &'s dyn Source,
    tree: &'a Tree,
    plan: &'a Plan<'a>,
    control: &'a dyn Control,
    jobs: &'a [Job],
    pool: &'a Pool<'a, 's>,
    total: u64,
    done: AtomicU64,
}

fn worth_starting(threads: usize, jobs: usize, bytes: u64) -> usize {
    let by_bytes = usize::try_from(bytes / BYTES_PER_THREAD).unwrap_or(usize::MAX);
    let worth = by_bytes.saturating_add(jobs / JOBS_PER_THREAD);
    threads.min(jobs).min(worth).max(1)
}

/// Puts subtrees together; all other jobs have their digests already.
fn join(jobs: Vec<Job>, outcomes: Vec<Outcome>) -> Vec<Hashed> {
    let mut hashed: Vec<Hashed> = Vec::with_capacity(jobs.len());
    let mut subtrees = Vec::new();
    for (job, outcome) in jobs.into_iter().zip(outcomes) {
        let (file, end) = (job.file, job.range.end);
        let (range, digests) = match outcome {
            Outcome::Digests(digests) => (job.range, digests),
            Outcome::Subtree(value) => {
                subtrees.push(value);
                if end < job.size {
                    continue;
                }
                let digest = subtree::root(&subtrees, job.size);
                subtrees.clear();
                (0..end, vec![digest])
            }
        };
        hashed.push(Hashed {
            file,
            range,
            digests,
        });
    }
    hashed
}
