use std::fs::File;
use std::io::{self, Read as _};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::Operation;
use crate::open::Root;
use crate::{
    Control, Digest, DigestAlgorithm, Event, HashError, Hasher, Tree, TreeFile, WalkOptions,
};

/// How many bytes are read before the control is asked again.
const QUANTUM: usize = 1 << 20;

/// The shortest time between two progress events of one worker.
const PROGRESS_EVERY: Duration = Duration::from_millis(50);

/// Chooses how a model is hashed.
///
/// ```
/// use std::num::NonZeroUsize;
/// use modelward_artifact::HashOptions;
///
/// let options = HashOptions::default().with_threads(NonZeroUsize::MIN.saturating_add(1));
/// assert_eq!(options.threads().get(), 2);
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HashOptions {
    algorithm: DigestAlgorithm,
    threads: NonZeroUsize,
    walk: WalkOptions,
}

impl HashOptions {
    /// Sets the algorithm.
    #[must_use]
    pub const fn with_algorithm(mut self, algorithm: DigestAlgorithm) -> Self {
        self.algorithm = algorithm;
        self
    }

    /// Sets how many threads read and hash. The result does not depend on it.
    #[must_use]
    pub const fn with_threads(mut self, threads: NonZeroUsize) -> Self {
        self.threads = threads;
        self
    }

    /// Sets what of a directory is the model.
    #[must_use]
    pub fn with_walk(mut self, walk: WalkOptions) -> Self {
        self.walk = walk;
        self
    }

    /// Returns the algorithm.
    #[must_use]
    pub const fn algorithm(&self) -> DigestAlgorithm {
        self.algorithm
    }

    /// Returns the number of threads.
    #[must_use]
    pub const fn threads(&self) -> NonZeroUsize {
        self.threads
    }

    /// Returns what of a directory is the model.
    #[must_use]
    pub const fn walk(&self) -> &WalkOptions {
        &self.walk
    }
}

/// SHA-256, one thread, all files but version control's own.
impl Default for HashOptions {
    fn default() -> Self {
        Self {
            algorithm: DigestAlgorithm::Sha256,
            threads: NonZeroUsize::MIN,
            walk: WalkOptions::default(),
        }
    }
}

/// Hashes every file of a tree. The digests stand in the order of the files.
pub(crate) fn hash_tree(
    root: &Path,
    tree: &Tree,
    options: &HashOptions,
    control: &dyn Control,
) -> Result<Vec<Digest>, HashError> {
    let opened = Root::open(root, options.walk.symlinks()).map_err(|source| HashError::Io {
        operation: Operation::Open,
        path: root.to_path_buf(),
        source,
    })?;
    let work = Work::new(&opened, tree, options.algorithm, control);
    control.on_event(&Event::Started {
        files: tree.files().len() as u64,
        bytes: work.total,
    });
    let workers = options.threads.get().min(tree.files().len());
    let mut outcomes: Vec<(usize, Result<Digest, HashError>)> = if workers == 1 {
        work.run()
    } else {
        thread::scope(|scope| {
            let handles: Vec<_> = (0..workers).map(|_| scope.spawn(|| work.run())).collect();
            handles
                .into_iter()
                .flat_map(|handle| {
                    handle
                        .join()
                        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                })
                .collect()
        })
    };
    outcomes.sort_by_key(|(index, _)| *index);
    let digests: Vec<Digest> = outcomes
        .into_iter()
        .map(|(_, outcome)| outcome)
        .collect::<Result<_, _>>()?;
    if digests.len() != tree.files().len() {
        return Err(HashError::Cancelled);
    }
    control.on_event(&Event::Finished);
    Ok(digests)
}

/// What all workers share.
struct Work<'a> {
    root: &'a Root,
    files: &'a [TreeFile],
    /// The largest file first, so that no worker is left alone with it at the end.
    order: Vec<usize>,
    algorithm: DigestAlgorithm,
    control: &'a dyn Control,
    next: AtomicUsize,
    failed: AtomicBool,
    done: AtomicU64,
    total: u64,
}

impl<'a> Work<'a> {
    fn new(
        root: &'a Root,
        tree: &'a Tree,
        algorithm: DigestAlgorithm,
        control: &'a dyn Control,
    ) -> Self {
        let files = tree.files();
        let mut order: Vec<usize> = (0..files.len()).collect();
        order.sort_by_key(|&index| std::cmp::Reverse(files[index].size()));
        Self {
            root,
            files,
            order,
            algorithm,
            control,
            next: AtomicUsize::new(0),
            failed: AtomicBool::new(false),
            done: AtomicU64::new(0),
            total: files.iter().map(TreeFile::size).sum(),
        }
    }

    fn run(&self) -> Vec<(usize, Result<Digest, HashError>)> {
        let mut outcomes = Vec::new();
        let mut worker = Worker {
            work: self,
            buffer: vec![0; QUANTUM],
            told: Instant::now(),
        };
        while !self.failed.load(Ordering::Relaxed) {
            let turn = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(&index) = self.order.get(turn) else {
                break;
            };
            let outcome = worker.hash(&self.files[index]);
            if outcome.is_err() {
                self.failed.store(true, Ordering::Relaxed);
            }
            outcomes.push((index, outcome));
        }
        outcomes
    }
}

struct Worker<'a> {
    work: &'a Work<'a>,
    buffer: Vec<u8>,
    told: Instant,
}

impl Worker<'_> {
    fn hash(&mut self, file: &TreeFile) -> Result<Digest, HashError> {
        let opened = self.work.root.open_met(file)?;
        let digest = self.stream(opened, file)?;
        self.work.control.on_event(&Event::FileDone {
            path: file.path(),
            digest: &digest,
        });
        Ok(digest)
    }

    /// Reads exactly the bytes that the walk saw: one more or one less is a change.
    fn stream(&mut self, mut opened: File, file: &TreeFile) -> Result<Digest, HashError> {
        let mut hasher = Hasher::new(self.work.algorithm);
        let mut read = 0_u64;
        loop {
            if self.work.control.cancelled() {
                return Err(HashError::Cancelled);
            }
            let count = match opened.read(&mut self.buffer) {
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(source) => return Err(self.read_error(file, source)),
            };
            read += count as u64;
            if read > file.size() {
                return Err(self.changed(file));
            }
            if count == 0 {
                break;
            }
            hasher.update(&self.buffer[..count]);
            self.advance(count as u64);
        }
        if read != file.size() {
            return Err(self.changed(file));
        }
        self.work.root.check_met(file, &opened)?;
        Ok(hasher.finish())
    }

    fn advance(&mut self, count: u64) {
        let done = self.work.done.fetch_add(count, Ordering::Relaxed) + count;
        if self.told.elapsed() >= PROGRESS_EVERY {
            self.told = Instant::now();
            self.work.control.on_event(&Event::Progress {
                done,
                total: self.work.total,
            });
        }
    }

    fn read_error(&self, file: &TreeFile, source: io::Error) -> HashError {
        HashError::Io {
            operation: Operation::Read,
            path: self.work.root.location(file.path()),
            source,
        }
    }

    fn changed(&self, file: &TreeFile) -> HashError {
        HashError::Changed {
            path: self.work.root.location(file.path()),
        }
    }
}
