use std::fs::{self, File};
use std::io::{self, Read as _};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::source::entry_location;
use crate::{
    Control, Digest, DigestAlgorithm, EntryPath, Event, HashError, Hasher, Tree, TreeFile,
    WalkOptions, open_entry,
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
    let work = Work::new(root, tree, options.algorithm, control);
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
    root: &'a Path,
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
        root: &'a Path,
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
        let path = file.path();
        let opened =
            open_entry(self.work.root, path).map_err(|source| self.open_error(path, source))?;
        let digest = self.stream(opened, file)?;
        self.work.control.on_event(&Event::FileDone {
            path,
            digest: &digest,
        });
        Ok(digest)
    }

    /// Reads exactly the bytes that the walk saw: one more or one less is a change.
    fn stream(&mut self, mut opened: File, file: &TreeFile) -> Result<Digest, HashError> {
        let before = opened
            .metadata()
            .map_err(|source| self.io(file.path(), source))?;
        if before.len() != file.size() {
            return Err(self.changed(file.path()));
        }
        let mut hasher = Hasher::new(self.work.algorithm);
        let mut read = 0_u64;
        loop {
            if self.work.control.cancelled() {
                return Err(HashError::Cancelled);
            }
            let count = match opened.read(&mut self.buffer) {
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(source) => return Err(self.io(file.path(), source)),
            };
            read += count as u64;
            if read > file.size() {
                return Err(self.changed(file.path()));
            }
            if count == 0 {
                break;
            }
            hasher.update(&self.buffer[..count]);
            self.advance(count as u64);
        }
        let after = opened
            .metadata()
            .map_err(|source| self.io(file.path(), source))?;
        let touched = before.modified().ok() != after.modified().ok();
        if read != file.size() || after.len() != file.size() || touched {
            return Err(self.changed(file.path()));
        }
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

    fn open_error(&self, path: &EntryPath, source: io::Error) -> HashError {
        let location = entry_location(self.work.root, path);
        if let Some(link) = first_link(self.work.root, path) {
            return HashError::Symlink { path: link };
        }
        match fs::symlink_metadata(&location) {
            Ok(metadata) if !metadata.is_file() => HashError::NotRegular { path: location },
            _ => HashError::Io {
                path: location,
                source,
            },
        }
    }

    fn io(&self, path: &EntryPath, source: io::Error) -> HashError {
        HashError::Io {
            path: entry_location(self.work.root, path),
            source,
        }
    }

    fn changed(&self, path: &EntryPath) -> HashError {
        HashError::Changed {
            path: entry_location(self.work.root, path),
        }
    }
}

/// Returns the first link on the way from the root to a file.
fn first_link(root: &Path, path: &EntryPath) -> Option<PathBuf> {
    let is_link = |place: &Path| fs::symlink_metadata(place).is_ok_and(|m| m.is_symlink());
    let mut place = root.to_path_buf();
    let mut segments = path.segments();
    while !is_link(&place) {
        place.push(segments.next()?);
    }
    Some(place)
}
