use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::thread;

use super::Work;
use super::job::{Job, Outcome, Part};
use crate::control::Meter;
use crate::{Content, Event, HashError, Hasher};

/// How far a message is advanced before it goes back into the pool.
const QUANTUM: u64 = 1 << 20;

/// The memory of a worker's buffers together: they stay in the second-level cache.
const BUFFERS: usize = 512 << 10;

/// A cache line: a block that lies on two costs a second access.
const LINE: usize = 64;

/// The largest buffer of one message.
const MAX_BUFFER: usize = 512 << 10;

/// A message that was begun.
pub(super) struct Stream<'s> {
    job: usize,
    content: Box<dyn Content + 's>,
    /// One for each algorithm.
    hashers: Vec<Hasher>,
    /// The offset in the file up to which it is hashed.
    at: u64,
    end: u64,
    /// The offset at which this turn ends.
    stop: u64,
}

impl Stream<'_> {
    pub(super) const fn rest(&self) -> u64 {
        self.end - self.at
    }
}

/// One thread's part of the work.
pub(super) struct Worker<'a, 's> {
    work: &'a Work<'a, 's>,
    buffers: Vec<u8>,
    meter: Meter,
}

impl<'a, 's> Worker<'a, 's> {
    pub(super) fn new(work: &'a Work<'a, 's>) -> Self {
        Self {
            work,
            buffers: vec![0; BUFFERS + LINE],
            meter: Meter::new(),
        }
    }

    pub(super) fn run(mut self) {
        let _alarm = Alarm(self.work);
        while let Some(batch) = self.work.pool.take() {
            let mut turn = Turn {
                waiting: batch.jobs.into_iter().rev().collect(),
                live: batch.begun,
                spent: Vec::new(),
                outcomes: Vec::new(),
                width: batch.width,
                count: 0,
            };
            for stream in &mut turn.live {
                stream.stop = stream.at.saturating_add(QUANTUM);
            }
            if let Err((file, error)) = self.advance(&mut turn) {
                self.work.pool.fail(file, error);
                return;
            }
            self.work.pool.put(turn.spent, turn.outcomes, turn.count);
        }
    }

    /// Advances every message of a turn by a quantum or to its end.
    fn advance(&mut self, turn: &mut Turn<'s>) -> Result<(), (Option<usize>, HashError)> {
        loop {
            if self.work.control.cancelled() || self.work.pool.has_failed() {
                return Err((None, HashError::Cancelled));
            }
            while turn.live.len() < turn.width
                && let Some(job) = turn.waiting.pop()
            {
                let file = self.work.jobs[job].file;
                let stream = self.begin(job).map_err(|error| (Some(file), error))?;
                turn.live.push(stream);
            }
            if turn.live.is_empty() {
                return Ok(());
            }
            let count = self.step(&mut turn.live)?;
            turn.count += count;
            self.retire(turn)?;
            self.tell(count);
        }
    }

    fn begin(&self, job: usize) -> Result<Stream<'s>, HashError> {
        let work = self.work;
        let Job { file, range, .. } = &work.jobs[job];
        Ok(Stream {
            job,
            content: work.source.open(&work.tree.files()[*file])?,
            hashers: work.jobs[job].hashers(work.plan.algorithms),
            at: range.start,
            end: range.end,
            stop: range.start.saturating_add(QUANTUM),
        })
    }

    /// Reads a piece of every message and hashes all pieces together.
    fn step(&mut self, live: &mut [Stream<'s>]) -> Result<u64, (Option<usize>, HashError)> {
        let size = (BUFFERS / live.len()).min(MAX_BUFFER) / LINE * LINE;
        let start = self.buffers.as_ptr().align_offset(LINE);
        let mut pairs = Vec::with_capacity(live.len() * self.work.plan.algorithms.len());
        let mut total = 0;
        for (stream, buffer) in live.iter_mut().zip(self.buffers[start..].chunks_mut(size)) {
            let file = self.work.jobs[stream.job].file;
            let rest = usize::try_from(stream.end - stream.at)
                .unwrap_or(size)
                .min(size);
            if rest == 0 {
                continue;
            }
            let read = stream.content.read(stream.at, &mut buffer[..rest]);
            let bytes = read.map_err(|error| (Some(file), error))?;
            let bytes = &bytes[..bytes.len().min(rest)];
            if bytes.is_empty() {
                return Err((Some(file), self.changed(stream)));
            }
            stream.at += bytes.len() as u64;
            total += bytes.len() as u64;
            pairs.extend(stream.hashers.iter_mut().map(|hasher| (hasher, bytes)));
        }
        Hasher::update_many(self.work.plan.kernels, pairs);
        Ok(total)
    }

    /// The source knows best how to name a file that has another size than it said.
    fn changed(&self, stream: &mut Stream<'s>) -> HashError {
        let file = self.work.jobs[stream.job].file;
        let path = self.work.tree.files()[file].path();
        stream
            .content
            .finish()
            .err()
            .unwrap_or_else(|| HashError::Changed {
                path: PathBuf::from(path.as_str()),
            })
    }

    /// Takes the messages that are finished, and those that had their turn, out of the live ones.
    fn retire(&self, turn: &mut Turn<'s>) -> Result<(), (Option<usize>, HashError)> {
        let (done, live) = std::mem::take(&mut turn.live)
            .into_iter()
            .partition::<Vec<_>, _>(|stream| stream.at == stream.end);
        let (spent, live) = live
            .into_iter()
            .partition::<Vec<_>, _>(|stream| stream.at >= stream.stop);
        turn.live = live;
        turn.spent.extend(spent);
        if !done.is_empty() {
            self.finish(done, &mut turn.outcomes)?;
        }
        Ok(())
    }

    fn finish(
        &self,
        done: Vec<Stream<'s>>,
        outcomes: &mut Vec<(usize, Outcome)>,
    ) -> Result<(), (Option<usize>, HashError)> {
        let mut messages = Vec::with_capacity(done.len());
        let mut hashers = Vec::with_capacity(done.len() * self.work.plan.algorithms.len());
        for mut stream in done {
            let job = &self.work.jobs[stream.job];
            let unchanged = self.check_end(&mut stream);
            unchanged.map_err(|error| (Some(job.file), error))?;
            if job.part == Part::Subtree {
                let values = stream.hashers.iter().filter_map(Hasher::subtree_value);
                outcomes.extend(values.map(|value| (stream.job, Outcome::Subtree(value))));
            } else {
                messages.push(stream.job);
                hashers.extend(stream.hashers);
            }
        }
        let digests = Hasher::finish_many(self.work.plan.kernels, hashers);
        let each = digests.chunks(self.work.plan.algorithms.len());
        for (job, digests) in messages.into_iter().zip(each) {
            let at = &self.work.jobs[job];
            self.work.control.on_event(&Event::Hashed {
                path: self.work.tree.files()[at.file].path(),
                range: at.range.clone(),
                digest: &digests[0],
            });
            outcomes.push((job, Outcome::Digests(digests.to_vec())));
        }
        Ok(())
    }

    /// Makes sure that a message is as long as it was said to be.
    fn check_end(&self, stream: &mut Stream<'s>) -> Result<(), HashError> {
        // Some files say that they are empty and are not, those of `/proc` for instance.
        let is_empty = self.work.jobs[stream.job].size == 0;
        if is_empty && !stream.content.read(0, &mut [0])?.is_empty() {
            return Err(self.changed(stream));
        }
        stream.content.finish()
    }

    fn tell(&mut self, count: u64) {
        let done = self.work.done.fetch_add(count, Ordering::Relaxed) + count;
        self.meter.tell(self.work.control, done, self.work.total);
    }
}

/// What a worker has in hands between two visits to the pool.
struct Turn<'s> {
    /// Jobs to begin, the longest last.
    waiting: Vec<usize>,
    live: Vec<Stream<'s>>,
    spent: Vec<Stream<'s>>,
    outcomes: Vec<(usize, Outcome)>,
    width: usize,
    /// The bytes that all messages advanced by.
    count: u64,
}

/// Ends the other workers' waiting where this one panics, in the caller's code for instance.
struct Alarm<'a, 's>(&'a Work<'a, 's>);

impl Drop for Alarm<'_, '_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.pool.fail(None, HashError::Cancelled);
        }
    }
}
