//! The engine against the plainest hashing there is, whatever the sizes, threads and sources.

use std::fs;
use std::num::{NonZeroU64, NonZeroUsize};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use modelward_artifact::kernel::{Kernel, Kernels};
use modelward_artifact::{
    Content, Control, Digest, DigestAlgorithm, EntryPath, Event, Folder, HashError, HashOptions,
    Manifest, Memory, NoControl, Reading, Sharding, Source, Tree, TreeFile, WalkOptions,
    shard_size,
};
use proptest::prelude::*;

/// Around what the engine cuts by: blocks, buffers, mapping, quanta.
const SIZES: [usize; 18] = [
    0, 1, 63, 64, 65, 4095, 32_767, 32_768, 32_769, 65_537, 131_071, 131_072, 131_073, 524_289,
    1_048_575, 1_048_576, 1_048_577, 2_500_000,
];

fn painted(seed: usize, length: usize) -> Vec<u8> {
    (0..=250).cycle().skip(seed * 17).take(length).collect()
}

fn files(sizes: &[usize]) -> Vec<(EntryPath, Vec<u8>)> {
    let file = |(index, &size): (usize, &usize)| {
        let path = format!("d{}/f{index:03}", index % 3);
        (path.parse().unwrap(), painted(index, size))
    };
    sizes.iter().enumerate().map(file).collect()
}

/// Every resource by its text with its digest, made one after another.
fn plain(
    files: &[(EntryPath, Vec<u8>)],
    algorithm: DigestAlgorithm,
    shard: Option<usize>,
) -> Vec<(String, Digest)> {
    let mut expected = Vec::new();
    for (path, bytes) in files {
        let Some(size) = shard else {
            expected.push((path.to_string(), Digest::of(algorithm, bytes)));
            continue;
        };
        for (index, piece) in bytes.chunks(size).enumerate() {
            let start = index * size;
            let name = format!("{path}:{start}:{}", start + piece.len());
            expected.push((name, Digest::of(algorithm, piece)));
        }
    }
    expected.sort();
    expected
}

fn listed(manifest: &Manifest) -> Vec<(String, Digest)> {
    let entries = manifest.entries().iter();
    entries
        .map(|entry| (entry.name().to_string(), *entry.digest()))
        .collect()
}

fn write(files: &[(EntryPath, Vec<u8>)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = path.below(folder.path());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

#[test]
fn no_choice_but_algorithm_and_shards_changes_a_digest() {
    let files = files(&SIZES);
    let folder = write(&files);
    for algorithm in DigestAlgorithm::ALL {
        for shard in [None, Some(100_000)] {
            let expected = plain(&files, algorithm, shard);
            let sharding = shard.map_or(Sharding::Whole, |size| {
                Sharding::Size(NonZeroU64::new(size as u64).unwrap())
            });
            for (threads, reading) in [1, 2, 5]
                .into_iter()
                .flat_map(|n| [(n, Reading::Read), (n, Reading::Mapped)])
            {
                let options = HashOptions::default()
                    .with_algorithm(algorithm)
                    .with_sharding(sharding)
                    .with_reading(reading)
                    .with_threads(threads);
                let manifest = Manifest::hash(folder.path(), &options, &NoControl).unwrap();
                let case = format!("{algorithm}, {shard:?}, {threads} threads, {reading:?}");
                assert_eq!(listed(&manifest), expected, "{case}");
            }
        }
    }
}

#[test]
fn every_kernel_of_the_machine_gives_the_same_manifest() {
    let files = files(&SIZES);
    let source = Memory::new("m", files.clone()).unwrap();
    let expected = plain(&files, DigestAlgorithm::Sha256, None);
    for kernels in Kernel::ALL
        .iter()
        .filter_map(|&kernel| Kernels::only(&[kernel]))
    {
        let options = HashOptions::default()
            .with_threads(2)
            .with_kernels(kernels.clone());
        let manifest = Manifest::hash_source(&source, &options, &NoControl).unwrap();
        assert_eq!(listed(&manifest), expected, "{kernels:?}");
    }
}

#[test]
fn large_blake3_files_are_split_and_joined() {
    let mebibyte = 1 << 20;
    for length in [
        32 * mebibyte,
        32 * mebibyte + 1,
        48 * mebibyte,
        81 * mebibyte + 77_777,
    ] {
        let files = [("f".parse().unwrap(), painted(1, length))];
        let source = Memory::new("m", files.clone()).unwrap();
        let options = HashOptions::default()
            .with_algorithm(DigestAlgorithm::Blake3)
            .with_threads(3);
        let manifest = Manifest::hash_source(&source, &options, &NoControl).unwrap();
        let expected = *blake3::hash(&files[0].1).as_bytes();
        assert_eq!(
            manifest.entries()[0].digest().as_bytes(),
            expected,
            "{length} bytes"
        );
    }
}

#[test]
fn several_digests_in_one_pass_are_those_of_several_passes() {
    let files = files(&SIZES);
    let source = Memory::new("m", files.clone()).unwrap();
    let algorithms = [
        DigestAlgorithm::Sha512,
        DigestAlgorithm::Sha256,
        DigestAlgorithm::Blake3,
        DigestAlgorithm::Sha256,
    ];
    let options = HashOptions::default().with_threads(2);
    let counted = Counted::default();
    let manifests = Manifest::hash_each(&source, &algorithms, &options, &counted).unwrap();
    for (manifest, algorithm) in manifests.iter().zip(algorithms) {
        assert_eq!(
            listed(manifest),
            plain(&files, algorithm, None),
            "{algorithm}"
        );
    }
    let bytes: usize = SIZES.iter().sum();
    assert_eq!(
        counted.announced.into_inner(),
        bytes as u64,
        "each byte is read once"
    );
    assert!(
        Manifest::hash_each(&source, &[], &options, &NoControl)
            .unwrap()
            .is_empty()
    );
}

#[derive(Default)]
struct Counted {
    announced: AtomicU64,
}

impl Control for Counted {
    fn on_event(&self, event: &Event<'_>) {
        if let Event::Started { bytes, .. } = event {
            self.announced.fetch_add(*bytes, Ordering::Relaxed);
        }
    }
}

#[test]
fn the_size_of_shards_follows_from_the_model_alone() {
    let mebi = 1_u64 << 20;
    for (total, expected) in [
        (0, 8),
        (1 << 30, 8),
        (2 << 30, 8),
        (4 << 30, 16),
        ((4 << 30) + 1, 16),
        (5 << 30, 32),
        (100 << 30, 512),
        (1 << 40, 1024),
        (u64::MAX, 1024),
    ] {
        assert_eq!(shard_size(total).get(), expected * mebi, "{total} bytes");
    }
    let files = files(&[10, 20]);
    let source = Memory::new("m", files.clone()).unwrap();
    let options = HashOptions::default().with_sharding(Sharding::Auto);
    let manifest = Manifest::hash_source(&source, &options, &NoControl).unwrap();
    let expected = plain(&files, DigestAlgorithm::Sha256, Some(8 << 20));
    assert_eq!(listed(&manifest), expected);
}

#[test]
fn files_without_bytes_are_told_of_beside_shards() {
    let source = Memory::new("m", files(&[0, 5, 0])).unwrap();
    let options = HashOptions::default().with_sharding(Sharding::Auto);
    let manifest = Manifest::hash_source(&source, &options, &NoControl).unwrap();
    let empty: Vec<_> = manifest
        .empty_files()
        .iter()
        .map(EntryPath::as_str)
        .collect();
    assert_eq!(empty, ["d0/f000", "d2/f002"]);
}

/// A source without bytes in memory, which behaves as it is told.
struct Odd {
    sizes: Vec<u64>,
    behavior: Behavior,
    open: AtomicUsize,
    most_open: AtomicUsize,
    reads: AtomicUsize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Behavior {
    EndsEarly,
    FailsInTheMiddle,
    FailsToOpen,
    GivesMoreThanAsked,
    Honest,
    SaysEmptyAndIsNot,
    SmallPieces,
}

impl Odd {
    fn new(behavior: Behavior, sizes: &[u64]) -> Self {
        Self {
            sizes: sizes.to_vec(),
            behavior,
            open: AtomicUsize::new(0),
            most_open: AtomicUsize::new(0),
            reads: AtomicUsize::new(0),
        }
    }
}

impl Source for Odd {
    fn tree(&self, _: &dyn Control) -> Result<Tree, HashError> {
        let file = |(index, &size)| TreeFile::new(format!("f{index:04}").parse().unwrap(), size);
        Tree::new("odd", self.sizes.iter().enumerate().map(file).collect())
    }

    fn open(&self, file: &TreeFile) -> Result<Box<dyn Content + '_>, HashError> {
        if self.behavior == Behavior::FailsToOpen {
            return Err(HashError::NotRegular {
                path: PathBuf::from(file.path().as_str()),
            });
        }
        let open = self.open.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_open.fetch_max(open, Ordering::SeqCst);
        Ok(Box::new(OddContent {
            source: self,
            size: file.size(),
            zeros: vec![0; 1 << 20],
        }))
    }
}

struct OddContent<'a> {
    source: &'a Odd,
    size: u64,
    zeros: Vec<u8>,
}

impl Drop for OddContent<'_> {
    fn drop(&mut self) {
        self.source.open.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Content for OddContent<'_> {
    fn read<'a>(&'a mut self, offset: u64, buffer: &'a mut [u8]) -> Result<&'a [u8], HashError> {
        self.source.reads.fetch_add(1, Ordering::SeqCst);
        let rest = usize::try_from(self.size - offset).unwrap_or(usize::MAX);
        let most = buffer.len().min(rest);
        match self.source.behavior {
            Behavior::EndsEarly if offset + most as u64 == self.size => Ok(&[]),
            Behavior::FailsInTheMiddle if offset >= self.size / 2 => Err(HashError::NotRegular {
                path: PathBuf::from("f0000"),
            }),
            Behavior::GivesMoreThanAsked => Ok(&self.zeros),
            Behavior::SaysEmptyAndIsNot => Ok(&self.zeros[..1]),
            Behavior::SmallPieces => {
                let count = most.min(1 + usize::try_from(offset % 97).unwrap());
                buffer[..count].fill(0);
                Ok(&buffer[..count])
            }
            _ => Ok(&self.zeros[..most]),
        }
    }
}

fn hash_odd(source: &Odd, threads: usize) -> Result<Manifest, HashError> {
    let options = HashOptions::default().with_threads(threads);
    Manifest::hash_source(source, &options, &NoControl)
}

#[test]
fn a_source_may_give_pieces_of_any_size() {
    let sizes = [0, 1, 64, 5000, 70_000_u64];
    let expected: Vec<_> = sizes
        .iter()
        .map(|&n| Digest::sha256(&vec![0; usize::try_from(n).unwrap()]))
        .collect();
    for behavior in [
        Behavior::Honest,
        Behavior::SmallPieces,
        Behavior::GivesMoreThanAsked,
    ] {
        let sizes = if behavior == Behavior::GivesMoreThanAsked {
            &sizes[1..]
        } else {
            &sizes
        };
        let manifest = hash_odd(&Odd::new(behavior, sizes), 2).unwrap();
        let digests: Vec<_> = manifest
            .entries()
            .iter()
            .map(|entry| *entry.digest())
            .collect();
        assert_eq!(
            digests,
            expected[expected.len() - sizes.len()..],
            "{behavior:?}"
        );
    }
}

#[test]
fn what_a_source_does_wrong_is_an_error_and_leaves_nothing_open() {
    let cases = [
        (Behavior::EndsEarly, "artifact.hash.changed"),
        (Behavior::SaysEmptyAndIsNot, "artifact.hash.changed"),
        (Behavior::FailsInTheMiddle, "artifact.walk.not_regular"),
        (Behavior::FailsToOpen, "artifact.walk.not_regular"),
    ];
    for (behavior, code) in cases {
        for threads in [1, 4] {
            let size = if behavior == Behavior::SaysEmptyAndIsNot {
                0
            } else {
                5 << 20
            };
            let source = Odd::new(behavior, &[size; 40]);
            let error = hash_odd(&source, threads).unwrap_err();
            assert_eq!(error.code(), code, "{behavior:?}: {error}");
            assert_eq!(source.open.into_inner(), 0, "{behavior:?}");
        }
    }
}

#[test]
fn however_many_shards_there_are_few_are_open() {
    let source = Odd::new(Behavior::Honest, &[300 << 20, 212 << 20]);
    let size = NonZeroU64::new(512 << 10).unwrap();
    let options = HashOptions::default()
        .with_sharding(Sharding::Size(size))
        .with_threads(2);
    let manifest = Manifest::hash_source(&source, &options, &NoControl).unwrap();
    assert_eq!(manifest.entries().len(), 1024);
    let most = source.most_open.into_inner();
    assert!(most <= 32, "{most} files were open at a time");
}

#[test]
fn as_many_files_are_read_beside_each_other_as_lanes_allow() {
    for (threads, lanes) in [(1, 1), (1, 3), (2, 2)] {
        let source = Odd::new(Behavior::Honest, &[3 << 20; 40]);
        let options = HashOptions::default()
            .with_threads(threads)
            .with_lanes(NonZeroUsize::new(lanes).unwrap());
        Manifest::hash_source(&source, &options, &NoControl).unwrap();
        let most = source.most_open.into_inner();
        assert!(most <= threads * lanes, "{most} files were open at a time");
    }
}

/// Cancels after so many questions, and counts them.
struct After {
    left: AtomicUsize,
}

impl Control for After {
    fn cancelled(&self) -> bool {
        let left = self.left.load(Ordering::SeqCst);
        self.left.store(left.saturating_sub(1), Ordering::SeqCst);
        left == 0
    }
}

#[test]
fn cancelling_is_noticed_after_a_piece_of_every_message_at_most() {
    for threads in [1, 2] {
        let source = Odd::new(Behavior::Honest, &[1 << 40; 50]);
        let control = After {
            left: AtomicUsize::new(10),
        };
        let options = HashOptions::default().with_threads(threads);
        let error = Manifest::hash_source(&source, &options, &control).unwrap_err();
        assert_eq!(error.code(), "artifact.hash.cancelled");
        assert_eq!(source.open.into_inner(), 0);
        // Sixteen pieces of at most 512 KiB for each question of each worker.
        let reads = source.reads.into_inner();
        assert!(reads <= 16 * (10 + threads), "{reads} reads");
    }
}

struct Panics;

impl Control for Panics {
    fn on_event(&self, event: &Event<'_>) {
        assert!(
            !matches!(event, Event::Hashed { .. }),
            "the caller's own panic"
        );
    }
}

#[test]
fn a_panic_of_the_control_reaches_the_caller_and_hangs_nobody() {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let source = Odd::new(Behavior::Honest, &[2 << 20; 40]);
        let options = HashOptions::default().with_threads(4);
        let hash = std::panic::AssertUnwindSafe(|| {
            Manifest::hash_source(&source, &options, &Panics).is_ok()
        });
        sender.send(std::panic::catch_unwind(hash).is_err())
    });
    assert_eq!(receiver.recv_timeout(Duration::from_secs(60)), Ok(true));
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_says_it_is_empty_and_is_not_is_refused() {
    let folder = Folder::open("/proc/self/status".as_ref(), WalkOptions::default()).unwrap();
    let error = Manifest::hash_source(&folder, &HashOptions::default(), &NoControl).unwrap_err();
    assert_eq!(error.code(), "artifact.hash.changed", "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_model_is_hashed_as_one_file_after_another(
        sizes in prop::collection::vec(0_usize..300_000, 1..30),
        shard in prop::option::of(1_u64..200_000),
        threads in 1_usize..5,
        algorithm in prop::sample::select(DigestAlgorithm::ALL.to_vec()),
    ) {
        prop_assume!(shard.is_none() || sizes.iter().any(|&size| size > 0));
        let files = files(&sizes);
        let source = Memory::new("m", files.clone()).unwrap();
        // Smaller shards are as right and take long.
        let shard = shard.map(|size| size.max(5_000));
        let sharding = shard.map_or(Sharding::Whole, |n| Sharding::Size(NonZeroU64::new(n).unwrap()));
        let options = HashOptions::default()
            .with_algorithm(algorithm)
            .with_sharding(sharding)
            .with_threads(threads);
        let manifest = Manifest::hash_source(&source, &options, &NoControl).unwrap();
        let shard = shard.map(|size| usize::try_from(size).unwrap());
        prop_assert_eq!(listed(&manifest), plain(&files, algorithm, shard));
    }
}
