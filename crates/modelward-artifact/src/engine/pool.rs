use std::cmp::Reverse;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::Plan;
use super::job::{Job, Outcome};
use super::worker::Stream;
use crate::kernel::{Kernels, MAX_LANES};
use crate::{DigestAlgorithm, HashError};

/// Up to this size, several batches of jobs are taken at a time, to lock less often.
const SMALL: u64 = 64 << 10;

/// How many small jobs are taken at a time.
const SMALL_BATCH: usize = 256;

/// The messages that nobody works on just now, and what became of the others.
pub(super) struct Pool<'a, 's> {
    jobs: &'a [Job],
    /// The jobs' positions, the longest first, so that no worker is left alone with it at the end.
    order: Vec<usize>,
    threads: usize,
    kernels: &'a Kernels,
    /// The most messages that are worth advancing together.
    lanes: usize,
    inner: Mutex<Inner<'s>>,
    failed: AtomicBool,
    changed: Condvar,
}

struct Inner<'s> {
    /// Messages that were begun, the longest last.
    begun: Vec<Stream<'s>>,
    /// How many of `order` were taken.
    taken: usize,
    /// How many messages are being worked on.
    busy: usize,
    /// The bytes that are left of all messages, as far as it was told.
    left: u64,
    outcomes: Vec<Option<Outcome>>,
    failure: Option<Failure>,
}

struct Failure {
    /// The file's position, or the end where it is about none.
    file: usize,
    error: HashError,
}

/// What a worker got: messages to go on with, jobs to begin, and how many to advance together.
pub(super) struct Batch<'s> {
    pub(super) begun: Vec<Stream<'s>>,
    pub(super) jobs: Vec<usize>,
    pub(super) width: usize,
}

impl<'a, 's> Pool<'a, 's> {
    pub(super) fn new(jobs: &'a [Job], threads: usize, plan: &'a Plan<'a>) -> Self {
        let mut order: Vec<usize> = (0..jobs.len()).collect();
        order.sort_by_key(|&job| Reverse(jobs[job].len()));
        Self {
            jobs,
            order,
            threads,
            kernels: plan.kernels,
            lanes: lanes(plan.algorithms).min(plan.lanes),
            inner: Mutex::new(Inner {
                begun: Vec::new(),
                taken: 0,
                busy: 0,
                left: jobs.iter().map(Job::len).sum(),
                outcomes: jobs.iter().map(|_| None).collect(),
                failure: None,
            }),
            failed: AtomicBool::new(false),
            changed: Condvar::new(),
        }
    }

    /// Takes messages, the longest first, and waits for them while other workers have them all. `None`
    /// once all work is done or has failed.
    pub(super) fn take(&self) -> Option<Batch<'s>> {
        let mut inner = self.lock();
        loop {
            if inner.failure.is_some() {
                return None;
            }
            let idle = inner.begun.len() + self.order.len() - inner.taken;
            if idle > 0 {
                return Some(self.fill(&mut inner, idle));
            }
            if inner.busy == 0 {
                return None;
            }
            inner = self
                .changed
                .wait(inner)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Puts back messages that are unfinished and the outcomes of those that are finished, after
    /// `count` bytes of them all.
    pub(super) fn put(&self, begun: Vec<Stream<'s>>, outcomes: Vec<(usize, Outcome)>, count: u64) {
        let mut inner = self.lock();
        inner.busy -= begun.len() + outcomes.len();
        inner.left = inner.left.saturating_sub(count);
        for stream in begun {
            let rest = stream.rest();
            let at = inner.begun.partition_point(|other| other.rest() < rest);
            inner.begun.insert(at, stream);
        }
        for (job, outcome) in outcomes {
            inner.outcomes[job] = Some(outcome);
        }
        drop(inner);
        self.changed.notify_all();
    }

    /// Stops all work. Of several failures that of the first file is kept.
    pub(super) fn fail(&self, file: Option<usize>, error: HashError) {
        let file = file.unwrap_or(usize::MAX);
        self.failed.store(true, Ordering::Relaxed);
        let mut inner = self.lock();
        if inner.failure.as_ref().is_none_or(|first| file < first.file) {
            inner.failure = Some(Failure { file, error });
        }
        drop(inner);
        self.changed.notify_all();
    }

    pub(super) fn has_failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }

    pub(super) fn into_outcomes(self) -> Result<Vec<Outcome>, HashError> {
        let inner = self
            .inner
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(failure) = inner.failure {
            return Err(failure.error);
        }
        let outcomes: Option<Vec<_>> = inner.outcomes.into_iter().collect();
        // Work ends without a failure only when every job has its outcome.
        outcomes.ok_or(HashError::Cancelled)
    }

    fn fill(&self, inner: &mut Inner<'s>, idle: usize) -> Batch<'s> {
        let width = self.width(inner, idle);
        let share = idle.div_ceil(self.threads).min(SMALL_BATCH).max(width);
        let mut batch = Batch {
            begun: Vec::new(),
            jobs: Vec::new(),
            width,
        };
        for taken in 0..share {
            // What was begun goes on first, or every file of the model would come to be open.
            if let Some(stream) = inner.begun.pop() {
                batch.begun.push(stream);
            } else if let Some(&job) = self.order.get(inner.taken)
                && (taken < width || self.jobs[job].len() <= SMALL)
            {
                batch.jobs.push(job);
                inner.taken += 1;
            } else {
                break;
            }
            if taken + 1 >= width && !inner.begun.is_empty() {
                break;
            }
        }
        inner.busy += batch.begun.len() + batch.jobs.len();
        batch
    }

    /// Chooses how many messages to advance together.
    ///
    /// More are quicker in all, but each of them is slower, and the longest must not be what all
    /// others wait for. So it is the number with which the later of two ends comes first: that of
    /// the longest message in its lane, and that of all bytes on all threads.
    fn width(&self, inner: &Inner<'_>, idle: usize) -> usize {
        let fair = (idle + inner.busy).div_ceil(self.threads);
        let fair = fair.clamp(1, self.lanes).min(idle);
        let next = self.order.get(inner.taken).map(|&job| self.jobs[job].len());
        let longest = inner.begun.last().map(Stream::rest).max(next).unwrap_or(0);
        let others = self.kernels.speed(fair) * (self.threads as u64 - 1);
        let end = |width: usize| {
            let speed = self.kernels.speed(width);
            let alone = u128::from(longest) * width as u128 / u128::from(speed);
            let all = u128::from(inner.left) / u128::from(speed + others);
            (alone.max(all), Reverse(width))
        };
        (1..=fair).min_by_key(|&width| end(width)).unwrap_or(fair)
    }

    fn lock(&self) -> MutexGuard<'_, Inner<'s>> {
        // A worker that panicked has failed the pool; what it left is not used.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns how many messages are worth advancing together.
fn lanes(algorithms: &[DigestAlgorithm]) -> usize {
    let lanes = algorithms.iter().map(|algorithm| match algorithm {
        DigestAlgorithm::Sha256 => MAX_LANES,
        DigestAlgorithm::Blake2b => blake2b_simd::many::MAX_DEGREE,
        _ => 1,
    });
    lanes.max().unwrap_or(1)
}
