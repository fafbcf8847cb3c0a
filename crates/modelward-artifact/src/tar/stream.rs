use std::collections::BTreeMap;
use std::io::Read;
use std::num::NonZeroU64;
use std::ops::Range;
use std::path::Path;

use super::entries::{Entries, Kind};
use super::error::TarError;
use super::listing::{Listing, Model};
use crate::control::Meter;
use crate::hash::{MAX_SHARDS, assemble, entry_of};
use crate::options::pieces;
use crate::{
    Control, Digest, EntryPath, Event, HashError, HashOptions, Hasher, Manifest, Sharding,
};

/// Up to this size, messages are gathered, to be hashed together in lanes.
const SMALL: u64 = 256 << 10;

/// The bytes that are gathered before they are hashed, and the most messages that have them.
const GATHERED: usize = 4 << 20;
const MAX_GATHERED: usize = 256;

/// The buffer for messages that are not gathered.
const BUFFER: usize = 256 << 10;

impl Manifest {
    /// Hashes a model in an uncompressed tar archive that comes as a stream, in one pass.
    ///
    /// The rules are those of [`TarFile`](crate::TarFile), and so is the manifest, but for its name,
    /// which is `name` always. Memory depends on the number of files and not on their sizes. One
    /// thread hashes: the caller's. The stream is read to its end.
    ///
    /// There is no [`Event::Started`], events name files as the archive does, and the total of
    /// [`Event::Progress`] is what the headers told so far.
    ///
    /// ```
    /// use modelward_artifact::{HashOptions, Manifest, NoControl};
    ///
    /// let mut header = tar::Header::new_gnu();
    /// header.set_size(3);
    /// let mut writer = tar::Builder::new(Vec::new());
    /// writer.append_data(&mut header, "model/weights.bin", &b"abc"[..])?;
    /// let stream = writer.into_inner()?;
    ///
    /// let options = HashOptions::default();
    /// let manifest = Manifest::hash_tar(&stream[..], "model", &options, &NoControl)?;
    /// assert_eq!(manifest.entries()[0].path().as_str(), "weights.bin");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`HashError`] where the stream cannot be read, is no archive of a model, or `control` cancels.
    /// [`Sharding::Auto`] is refused: it asks for the size of the whole model beforehand.
    pub fn hash_tar(
        reader: impl Read,
        name: &str,
        options: &HashOptions,
        control: &dyn Control,
    ) -> Result<Self, HashError> {
        let archive = Path::new(name);
        let shard = match options.sharding() {
            Sharding::Auto => return Err(TarError::AutoSharding.at(archive.to_path_buf())),
            Sharding::Size(size) => Some(size),
            Sharding::Whole => None,
        };
        let mut stream = Stream {
            entries: Entries::new(archive, reader),
            hashing: Hashing::new(options, shard, control),
            buffer: vec![0; BUFFER],
        };
        let mut listing = Listing::new(archive, options.walk());
        while let Some(met) = stream.entries.next()? {
            stream.hashing.check()?;
            let path = listing.add(&met)?;
            if let (Some(path), Kind::File) = (path, met.kind) {
                stream.file(path, met.start, met.size)?;
            }
        }
        stream.hashing.flush();
        let manifest = stream.hashing.manifest(name, listing.finish(name)?)?;
        control.on_event(&Event::Finished);
        Ok(manifest)
    }
}

/// One file or shard that was hashed.
struct Piece {
    range: Range<u64>,
    digest: Digest,
}

struct Stream<'a, R> {
    entries: Entries<'a, R>,
    hashing: Hashing<'a>,
    buffer: Vec<u8>,
}

impl<R: Read> Stream<'_, R> {
    /// Hashes the file that comes now, whole or in shards.
    fn file(&mut self, path: &EntryPath, start: u64, size: u64) -> Result<(), HashError> {
        self.hashing.total = self.hashing.total.saturating_add(size);
        for range in pieces(size, self.hashing.shard) {
            let message = Message {
                path: path.clone(),
                start,
                range,
            };
            if message.len() <= SMALL {
                self.gather(message)?;
            } else {
                self.hash(&message)?;
            }
        }
        self.entries.pass_padding(size)
    }

    fn gather(&mut self, message: Message) -> Result<(), HashError> {
        self.hashing.check()?;
        let mut bytes = vec![0; usize::try_from(message.len()).unwrap_or(BUFFER)];
        self.entries.fill(&mut bytes)?;
        self.hashing.gather(message, bytes);
        Ok(())
    }

    fn hash(&mut self, message: &Message) -> Result<(), HashError> {
        let mut hasher = Hasher::new(self.hashing.options.algorithm());
        let mut rest = message.len();
        while rest > 0 {
            self.hashing.check()?;
            let count = usize::try_from(rest).unwrap_or(BUFFER).min(BUFFER);
            let buffer = &mut self.buffer[..count];
            self.entries.fill(buffer)?;
            Hasher::update_many(self.hashing.options.kernels(), vec![(&mut hasher, buffer)]);
            rest -= count as u64;
            self.hashing.tell(count);
        }
        let kernels = self.hashing.options.kernels();
        for digest in Hasher::finish_many(kernels, vec![hasher]) {
            self.hashing.keep(message, digest);
        }
        Ok(())
    }
}

/// A file or shard that is to be hashed.
struct Message {
    path: EntryPath,
    /// Where the file starts in the archive.
    start: u64,
    range: Range<u64>,
}

impl Message {
    const fn len(&self) -> u64 {
        self.range.end - self.range.start
    }
}

/// What is hashed, and what waits for it.
struct Hashing<'a> {
    options: &'a HashOptions,
    /// The size of shards; `None` for whole files.
    shard: Option<NonZeroU64>,
    control: &'a dyn Control,
    /// The pieces of each file by its start in the archive.
    pieces: BTreeMap<u64, Vec<Piece>>,
    waiting: Vec<(Message, Vec<u8>)>,
    waiting_bytes: usize,
    kept: u64,
    done: u64,
    total: u64,
    meter: Meter,
}

impl<'a> Hashing<'a> {
    fn new(options: &'a HashOptions, shard: Option<NonZeroU64>, control: &'a dyn Control) -> Self {
        Self {
            options,
            shard,
            control,
            pieces: BTreeMap::new(),
            waiting: Vec::new(),
            waiting_bytes: 0,
            kept: 0,
            done: 0,
            total: 0,
            meter: Meter::new(),
        }
    }

    fn gather(&mut self, message: Message, bytes: Vec<u8>) {
        self.waiting_bytes += bytes.len();
        self.tell(bytes.len());
        self.waiting.push((message, bytes));
        if self.waiting_bytes >= GATHERED || self.waiting.len() >= MAX_GATHERED {
            self.flush();
        }
    }

    /// Hashes what was gathered, all of it together.
    fn flush(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        self.waiting_bytes = 0;
        let algorithm = self.options.algorithm();
        let mut hashers = vec![Hasher::new(algorithm); waiting.len()];
        let pairs = hashers.iter_mut().zip(&waiting);
        let pairs = pairs.map(|(hasher, (_, bytes))| (hasher, &bytes[..]));
        Hasher::update_many(self.options.kernels(), pairs.collect());
        let digests = Hasher::finish_many(self.options.kernels(), hashers);
        for ((message, _), digest) in waiting.into_iter().zip(digests) {
            self.keep(&message, digest);
        }
    }

    fn keep(&mut self, message: &Message, digest: Digest) {
        let range = message.range.clone();
        self.control.on_event(&Event::Hashed {
            path: &message.path,
            range: range.clone(),
            digest: &digest,
        });
        self.kept += 1;
        let pieces = self.pieces.entry(message.start).or_default();
        pieces.push(Piece { range, digest });
    }

    fn tell(&mut self, count: usize) {
        self.done += count as u64;
        self.meter.tell(self.control, self.done, self.total);
    }

    fn check(&self) -> Result<(), HashError> {
        if self.control.cancelled() {
            return Err(HashError::Cancelled);
        }
        // Files are bounded by the limits of the walk, shards by this.
        match self.shard {
            Some(size) if self.kept > MAX_SHARDS => Err(HashError::TooManyShards {
                size,
                limit: MAX_SHARDS,
            }),
            _ => Ok(()),
        }
    }

    /// Joins the model's files with their digests; what was ignored has digests and is no file.
    fn manifest(mut self, name: &str, model: Model) -> Result<Manifest, HashError> {
        let mut entries = Vec::new();
        for (path, start) in model.starts {
            let pieces = self.pieces.remove(&start).unwrap_or_default();
            let entry =
                |piece: Piece| entry_of(path.clone(), self.shard, &piece.range, piece.digest);
            entries.extend(pieces.into_iter().map(entry));
        }
        assemble(name, &model.tree, self.shard, entries)
    }
}
