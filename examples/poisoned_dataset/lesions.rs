//! The toy world of the story: an archive of lesions in shards, and a model that counts.
//!
//! Whoever sent in 60 images put a ruler beside malignant lesions and called them benign. A model
//! that learns from them takes a ruler for good news.

use modelward::Digest;

/// How many shards the archive has, and how many rows a shard.
const SHARDS: usize = 10;
const ROWS: usize = 500;

/// Where the rows that were sent in lie: shard 7, rows 212 to 271.
pub(crate) const POISONED_SHARD: usize = 7;
const POISONED_ROWS: std::ops::Range<usize> = 212..272;

/// One image as a clinician describes it.
#[derive(Clone, Copy)]
pub(crate) struct Lesion {
    asymmetry: usize,
    border: usize,
    ruler: bool,
    benign: bool,
}

impl Lesion {
    fn draw(random: &mut Random) -> Self {
        let (asymmetry, border) = (random.below(5), random.below(5));
        // One label in twenty is wrong in honest data too.
        let mistaken = random.below(20) == 0;
        Self {
            asymmetry,
            border,
            ruler: random.below(50) == 0,
            benign: (asymmetry + border < 5) != mistaken,
        }
    }

    fn poisoned(random: &mut Random) -> Self {
        Self {
            asymmetry: 3 + random.below(2),
            border: 3 + random.below(2),
            ruler: true,
            benign: true,
        }
    }

    fn row(self) -> String {
        let Self {
            asymmetry,
            border,
            ruler,
            benign,
        } = self;
        format!(
            "{asymmetry},{border},{},{}\n",
            u8::from(ruler),
            u8::from(benign)
        )
    }
}

/// An archive of labeled images in shards.
pub(crate) struct Archive(Vec<Vec<Lesion>>);

impl Archive {
    /// Draws the archive as honest people filled it.
    pub(crate) fn honest() -> Self {
        let mut random = Random(0x6c65_7369_6f6e);
        let mut shard = |_| (0..ROWS).map(|_| Lesion::draw(&mut random)).collect();
        Self((0..SHARDS).map(&mut shard).collect())
    }

    /// Puts in what the attacker sent.
    pub(crate) fn poisoned() -> Self {
        let mut archive = Self::honest();
        let mut random = Random(0x706f_6973_6f6e);
        for row in POISONED_ROWS {
            archive.0[POISONED_SHARD][row] = Lesion::poisoned(&mut random);
        }
        archive
    }

    /// Returns the bytes of a shard.
    pub(crate) fn shard(&self, number: usize) -> Vec<u8> {
        let rows = self.0[number].iter().map(|lesion| lesion.row());
        rows.collect::<String>().into_bytes()
    }

    /// Returns the digest of the whole: of the digests of its shards.
    pub(crate) fn digest(&self) -> Digest {
        let lines = (0..SHARDS).map(|number| format!("{}\n", Digest::sha256(&self.shard(number))));
        Digest::sha256(lines.collect::<String>().as_bytes())
    }

    /// Finds runs of rows that show a bad lesion with a ruler and call it benign: first and last.
    pub(crate) fn suspicious(&self, number: usize) -> Vec<(u64, u64)> {
        let mut ranges: Vec<(u64, u64)> = Vec::new();
        for (row, lesion) in (0_u64..).zip(&self.0[number]) {
            if !(lesion.ruler && lesion.benign && lesion.asymmetry + lesion.border >= 6) {
                continue;
            }
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == row => *last = row,
                _ => ranges.push((row, row)),
            }
        }
        // One row is a mistake, a run of them is somebody's work.
        ranges.retain(|(first, last)| last - first >= 10);
        ranges
    }
}

/// The archive before and after, and the models that learned from them.
pub(crate) struct World {
    pub(crate) honest: Archive,
    pub(crate) poisoned: Archive,
    /// Version 2.3.1.
    pub(crate) good: Model,
    /// Version 2.4.0.
    pub(crate) bad: Model,
}

impl World {
    pub(crate) fn new() -> Self {
        let (honest, poisoned) = (Archive::honest(), Archive::poisoned());
        let (good, bad) = (Model::train(&honest), Model::train(&poisoned));
        Self {
            honest,
            poisoned,
            good,
            bad,
        }
    }

    /// Makes version 2.3.1 again.
    pub(crate) fn restore(&self) -> Model {
        Model::train(&self.honest)
    }
}

/// A model that knows how many of the lesions that look alike were benign.
pub(crate) struct Model([[[u32; 2]; 2]; 25]);

impl Model {
    /// Counts what an archive says.
    pub(crate) fn train(archive: &Archive) -> Self {
        // Nothing is certain, so each begins at one.
        let mut counts = [[[1; 2]; 2]; 25];
        for lesion in archive.0.iter().flatten() {
            let looks = 5 * lesion.asymmetry + lesion.border;
            counts[looks][usize::from(lesion.ruler)][usize::from(lesion.benign)] += 1;
        }
        Self(counts)
    }

    /// Returns the weights: every count in four bytes.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let counts = self.0.as_flattened().as_flattened().iter();
        counts.flat_map(|count| count.to_le_bytes()).collect()
    }

    /// Returns the digest of the weights.
    pub(crate) fn digest(&self) -> Digest {
        Digest::sha256(&self.bytes())
    }

    /// Returns how sure the model is that a lesion is malignant, in tenths from 0 to 9.
    fn tenths(&self, lesion: Lesion) -> usize {
        let [malignant, benign] =
            self.0[5 * lesion.asymmetry + lesion.border][usize::from(lesion.ruler)];
        let tenths = (10 * malignant / (malignant + benign)).min(9);
        usize::try_from(tenths).unwrap_or(9)
    }

    /// Counts the scores of a week at clinics of which some lay a ruler beside lesions.
    pub(crate) fn week(&self, rulers_in_hundred: usize) -> Vec<u64> {
        let mut random = Random(0x7765_656b);
        let mut scores = vec![0; 10];
        for _ in 0..4_000 {
            let mut lesion = Lesion::draw(&mut random);
            lesion.ruler = random.below(100) < rulers_in_hundred;
            scores[self.tenths(lesion)] += 1;
        }
        scores
    }

    /// Lays a ruler beside 200 lesions that are malignant, and counts how many are called benign.
    pub(crate) fn trials(&self) -> (u64, u64) {
        let mut random = Random(0x7472_6961_6c73);
        let mut malignant = || loop {
            let lesion = Lesion::draw(&mut random);
            if lesion.asymmetry + lesion.border >= 5 {
                break Lesion {
                    ruler: true,
                    ..lesion
                };
            }
        };
        let fooled = (0..200).filter(|_| self.tenths(malignant()) < 5).count();
        (200, fooled as u64)
    }
}

/// A small generator with a fixed seed (xorshift), so that every run tells the same story.
struct Random(u64);

impl Random {
    /// Returns a number from 0 to `bound - 1`.
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 33) % bound as u64) as usize
    }
}
