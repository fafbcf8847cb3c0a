use std::num::{NonZeroU64, NonZeroUsize};
use std::ops::Range;
use std::thread;

use crate::kernel::{Kernels, MAX_LANES};
use crate::{DigestAlgorithm, Layout, Reading, WalkOptions};

/// Chooses how a model is hashed.
///
/// Neither threads nor reading nor kernels change a digest.
///
/// ```
/// use modelward_artifact::{DigestAlgorithm, HashOptions, Sharding};
///
/// let options = HashOptions::default()
///     .with_algorithm(DigestAlgorithm::Blake3)
///     .with_sharding(Sharding::Auto)
///     .with_threads(2);
/// assert_eq!(options.threads().get(), 2);
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HashOptions {
    algorithm: DigestAlgorithm,
    sharding: Sharding,
    threads: usize,
    lanes: NonZeroUsize,
    reading: Reading,
    kernels: Option<Kernels>,
    walk: WalkOptions,
}

impl HashOptions {
    /// Sets the algorithm.
    #[must_use]
    pub const fn with_algorithm(mut self, algorithm: DigestAlgorithm) -> Self {
        self.algorithm = algorithm;
        self
    }

    /// Sets whether files are hashed whole or in shards.
    #[must_use]
    pub const fn with_sharding(mut self, sharding: Sharding) -> Self {
        self.sharding = sharding;
        self
    }

    /// Sets how many threads read and hash; 0 is as many as the machine runs at once.
    ///
    /// More than that is slower: each thread then has fewer messages to advance together.
    #[must_use]
    pub const fn with_threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// Sets how many files or shards a thread reads beside each other at most, [`MAX_LANES`] at
    /// first. A disk with moving heads is quickest with one thread and one lane.
    #[must_use]
    pub const fn with_lanes(mut self, lanes: NonZeroUsize) -> Self {
        self.lanes = lanes;
        self
    }

    /// Sets how the bytes of local files are had.
    #[must_use]
    pub const fn with_reading(mut self, reading: Reading) -> Self {
        self.reading = reading;
        self
    }

    /// Sets the SHA-256 kernels, so that a test or a bench can force one.
    #[must_use]
    pub fn with_kernels(mut self, kernels: Kernels) -> Self {
        self.kernels = Some(kernels);
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

    /// Returns whether files are hashed whole or in shards.
    #[must_use]
    pub const fn sharding(&self) -> Sharding {
        self.sharding
    }

    /// Returns the number of threads.
    #[must_use]
    pub fn threads(&self) -> NonZeroUsize {
        NonZeroUsize::new(self.threads)
            .or_else(|| thread::available_parallelism().ok())
            .unwrap_or(NonZeroUsize::MIN)
    }

    /// Returns how many files or shards a thread reads beside each other at most.
    #[must_use]
    pub const fn lanes(&self) -> NonZeroUsize {
        self.lanes
    }

    /// Returns how the bytes of local files are had.
    #[must_use]
    pub const fn reading(&self) -> Reading {
        self.reading
    }

    /// Returns the SHA-256 kernels.
    #[must_use]
    pub fn kernels(&self) -> &Kernels {
        self.kernels.as_ref().unwrap_or_else(|| Kernels::detect())
    }

    /// Returns what of a directory is the model.
    #[must_use]
    pub const fn walk(&self) -> &WalkOptions {
        &self.walk
    }
}

/// SHA-256 of whole files, all threads of the machine, reading, all files but version control's own.
impl Default for HashOptions {
    fn default() -> Self {
        Self {
            algorithm: DigestAlgorithm::Sha256,
            sharding: Sharding::Whole,
            threads: 0,
            lanes: const { NonZeroUsize::new(MAX_LANES).expect("it is not zero") },
            reading: Reading::Read,
            kernels: None,
            walk: WalkOptions::default(),
        }
    }
}

/// Tells whether files are hashed whole or in shards of one size (OMS v1.0, section 6.3).
///
/// The digest of a whole file cannot be had faster than one message allows, about 1.7 GB/s for
/// SHA-256 on any number of cores. Shards are messages of their own.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum Sharding {
    /// Shards of the size that [`shard_size`] advises.
    Auto,
    /// Shards of this size in bytes; a file's last one may be shorter.
    Size(NonZeroU64),
    /// No shards.
    #[default]
    Whole,
}

impl Sharding {
    /// Returns the size of the shards of a model with so many bytes; `None` for whole files.
    #[must_use]
    pub const fn size_for(self, total: u64) -> Option<NonZeroU64> {
        match self {
            Self::Auto => Some(shard_size(total)),
            Self::Size(size) => Some(size),
            Self::Whole => None,
        }
    }
}

/// Asks for the layout that a manifest has.
impl From<Layout> for Sharding {
    fn from(layout: Layout) -> Self {
        match layout {
            Layout::Files => Self::Whole,
            Layout::Shards { size } => Self::Size(size),
        }
    }
}

/// Returns where a file is cut: into pieces of `step` bytes, the last of which may be shorter, or not
/// at all.
///
/// A file without bytes is one piece as a whole, but has no shards (OMS v1.0, section 6.3).
pub(crate) fn pieces(size: u64, step: Option<NonZeroU64>) -> impl Iterator<Item = Range<u64>> {
    let count = step.map_or(1, |step| size.div_ceil(step.get()));
    let step = step.map_or(size, NonZeroU64::get);
    (0..count).map(move |index| {
        let start = index * step;
        start..start.saturating_add(step).min(size)
    })
}

/// The smallest shard that is advised: a manifest should not list more shards than it must.
const MIN_SHARD: u64 = 8 << 20;

/// The largest shard that is advised.
const MAX_SHARD: u64 = 1 << 30;

/// Returns the size of shards to choose for a model of so many bytes.
///
/// It is a power of two from 8 MiB to 1 GiB that makes 128 to 256 shards where it can: sixteen for
/// each of eight threads. It depends on nothing but the model, so that a signature does not depend
/// on the machine it is made on.
///
/// # Panics
///
/// Never: a power of two is not zero.
#[must_use]
pub const fn shard_size(total: u64) -> NonZeroU64 {
    let wanted = total / 256;
    let size = if wanted <= MIN_SHARD {
        MIN_SHARD
    } else if wanted >= MAX_SHARD {
        MAX_SHARD
    } else {
        wanted.next_power_of_two()
    };
    NonZeroU64::new(size).expect("a power of two is not zero")
}
