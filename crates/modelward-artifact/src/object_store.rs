use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io;
use std::num::{NonZeroU64, NonZeroUsize};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::StreamExt as _;
use object_store::path::Path as StorePath;
use object_store::{GetOptions, GetRange, ObjectMeta, ObjectStore, ObjectStoreExt as _};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task::JoinHandle;

use crate::engine::subtree;
use crate::error::Operation;
use crate::escape::Terminal;
use crate::hash::MAX_SHARDS;
use crate::options::pieces;
use crate::{
    Content, Control, EntryPath, HashError, Sharding, Source, Tree, TreeFile, WalkOptions,
};

/// How much one request asks for, unless the caller sets it.
const RANGE_SIZE: NonZeroU64 = NonZeroU64::new(2 << 20).expect("it is not zero");

/// How many first requests wait for readers, unless the caller sets it.
const PARALLEL: NonZeroUsize = NonZeroUsize::new(16).expect("it is not zero");

/// Holds a model below a prefix of an object store, such as a bucket, hashed without a local copy.
///
/// This file alone speaks of `object_store` and `tokio`, whose types the caller brings: the store
/// with its credentials, and a runtime with several threads. Nothing else goes to the network.
///
/// - An object that is replaced after it was listed is [`HashError::Changed`]: every answer must
///   have the listed entity tag, version and size, or the listed time where there are no tags.
/// - Objects are read by ranges of 2 MiB. What is being hashed has the next range in flight, and so
///   have the 16 files or shards that come next. Each byte is asked for once, if
///   [`with_sharding`](Self::with_sharding) tells how files are cut.
/// - Memory: those 16 ranges, and two for each message that is being hashed, of which a thread has
///   up to 16 for SHA-256 and 1 to 4 for other algorithms. Requests end with their reader or with
///   the source.
/// - Names are the store's keys below the prefix. An empty object in the place of a directory marks
///   it and is no file. Git's own and ignored paths are left out, and limits hold, as in a walk.
///
/// [`Manifest::hash_source`](crate::Manifest::hash_source) waits for the runtime, so it must not be
/// called from an asynchronous task: call it in `tokio::task::spawn_blocking`.
///
/// ```
/// use std::sync::Arc;
///
/// use modelward_artifact::{HashOptions, Manifest, NoControl, ObjectStoreSource, WalkOptions};
/// use object_store::ObjectStoreExt as _;
/// use object_store::memory::InMemory;
///
/// let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build()?;
/// let bucket = Arc::new(InMemory::new());
/// runtime.block_on(bucket.put(&"models/tiny/weights.bin".into(), "abc".into()))?;
///
/// let walk = WalkOptions::default();
/// let handle = runtime.handle().clone();
/// let source = ObjectStoreSource::new(bucket, "models/tiny", handle, walk)?;
/// let manifest = Manifest::hash_source(&source, &HashOptions::default(), &NoControl)?;
/// assert_eq!(manifest.name(), "tiny");
/// assert_eq!(manifest.entries()[0].path().as_str(), "weights.bin");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct ObjectStoreSource {
    store: Arc<dyn ObjectStore>,
    prefix: StorePath,
    runtime: Handle,
    walk: WalkOptions,
    range_size: NonZeroU64,
    ahead: usize,
    parallel: NonZeroUsize,
    sharding: Sharding,
    listing: Mutex<Arc<Listing>>,
}

impl ObjectStoreSource {
    /// Takes a store, the prefix that the model lies below, a runtime, and what counts as the model.
    ///
    /// # Errors
    ///
    /// [`HashError::Io`] where the prefix is none, or the runtime has one thread: nobody would drive
    /// its requests while the caller waits for them.
    pub fn new(
        store: Arc<dyn ObjectStore>,
        prefix: &str,
        runtime: Handle,
        walk: WalkOptions,
    ) -> Result<Self, HashError> {
        let invalid = |source: Box<dyn std::error::Error + Send + Sync>| HashError::Io {
            operation: Operation::Open,
            path: PathBuf::from(prefix),
            source: io::Error::new(io::ErrorKind::InvalidInput, source),
        };
        if runtime.runtime_flavor() == RuntimeFlavor::CurrentThread {
            return Err(invalid(
                "the runtime has one thread, expected several".into(),
            ));
        }
        Ok(Self {
            prefix: StorePath::parse(prefix).map_err(|error| invalid(told(&error).into()))?,
            store,
            runtime,
            walk,
            range_size: RANGE_SIZE,
            ahead: 1,
            parallel: PARALLEL,
            sharding: Sharding::Whole,
            listing: Mutex::default(),
        })
    }

    /// Sets how many bytes one request asks for, 2 MiB at first.
    #[must_use]
    pub const fn with_range_size(mut self, range_size: NonZeroU64) -> Self {
        self.range_size = range_size;
        self
    }

    /// Sets how many ranges of one file or shard are asked for ahead of the one that is hashed, 1 at
    /// first. More are quicker where one large file is hashed whole.
    #[must_use]
    pub const fn with_ahead(mut self, ranges: usize) -> Self {
        self.ahead = ranges;
        self
    }

    /// Sets of how many files or shards the first range is asked for before their turn, 16 at first.
    #[must_use]
    pub const fn with_parallel(mut self, parts: NonZeroUsize) -> Self {
        self.parallel = parts;
        self
    }

    /// Tells how files will be cut, so that no request goes beyond the end of a shard.
    ///
    /// It should be that of the [`HashOptions`](crate::HashOptions). Digests do not depend on it, but
    /// with another one bytes beside a shard's are asked for in vain.
    #[must_use]
    pub const fn with_sharding(mut self, sharding: Sharding) -> Self {
        self.sharding = sharding;
        self
    }

    fn list(&self, control: &dyn Control) -> Result<Vec<ObjectMeta>, HashError> {
        let mut found = Vec::new();
        let mut stream = self.store.list(Some(&self.prefix));
        while let Some(meta) = self.runtime.block_on(stream.next()) {
            if control.cancelled() {
                return Err(HashError::Cancelled);
            }
            found.push(meta.map_err(|error| store_error(Operation::List, &self.prefix, &error))?);
            let limits = self.walk.limits();
            limits.check_entries(found.len(), || place(&self.prefix))?;
        }
        Ok(found)
    }

    /// Returns the path of an object below the prefix, `None` for the prefix itself.
    fn name(&self, location: &StorePath) -> Result<Option<EntryPath>, HashError> {
        let prefix = self.prefix.as_ref();
        let rest = location.as_ref().strip_prefix(prefix);
        let rest = match rest {
            Some(rest) if prefix.is_empty() => rest,
            Some(rest) => rest.strip_prefix('/').unwrap_or_default(),
            None => "",
        };
        if rest.is_empty() {
            return Ok(None);
        }
        let path: EntryPath = rest.parse().map_err(|source| HashError::Name {
            path: place(location),
            source,
        })?;
        let (limits, segments) = (self.walk.limits(), path.segments().count());
        limits.check_path(segments, rest.len(), || place(location))?;
        Ok(Some(path))
    }

    /// Sorts out which objects are the model's files, and which ignored paths there are.
    fn sort(&self, found: Vec<ObjectMeta>) -> Result<(Objects, Vec<EntryPath>), HashError> {
        let ignored = self.walk.ignored();
        let mut objects = Objects::new();
        let mut excluded = BTreeSet::new();
        for meta in found {
            let Some(path) = self.name(&meta.location)? else {
                continue;
            };
            // An ancestor sorts before what lies below it.
            if let Some(ignored) = ignored.iter().find(|other| path.is_within(other)) {
                excluded.insert(ignored.clone());
            } else if objects.insert(path.clone(), meta).is_some() {
                return Err(HashError::Duplicate { path });
            }
        }
        for parent in parents(&objects) {
            // A key may be both an object and the beginning of others; a file is no directory.
            match objects.remove(&parent) {
                Some(object) if object.size > 0 => {
                    return Err(HashError::Duplicate { path: parent });
                }
                _ => {}
            }
        }
        Ok((objects, excluded.into_iter().collect()))
    }

    fn check_total(&self, objects: &Objects) -> Result<u64, HashError> {
        let path = || place(&self.prefix);
        if objects.is_empty() {
            return Err(HashError::Empty { path: path() });
        }
        let add = |total: u64, object: &ObjectMeta| total.saturating_add(object.size);
        let total = objects.values().fold(0, add);
        self.walk.limits().check_total(total, path)?;
        Ok(total)
    }

    /// Sends the first requests of the parts that come next, as many as may wait for readers.
    ///
    /// The engine opens and reads what is small one after another, which alone would be one request
    /// at a time.
    fn begin(&self, listing: &Listing) {
        let mut queue = listing.queue();
        while queue.begun.len() < self.parallel.get()
            && let Some(part) = listing.parts.get(queue.next)
        {
            queue.next += 1;
            if !queue.taken.remove(part)
                && let Some(object) = listing.objects.get(&part.path)
            {
                let request = self.request(object, listing.step, part.start);
                queue.begun.insert(part.clone(), request);
            }
        }
    }

    /// Sends a request for the range of an object from `start` on, which ends with its part.
    fn request(&self, object: &ObjectMeta, step: u64, start: u64) -> Request {
        let step_end = (start / step + 1).saturating_mul(step);
        let end = start
            .saturating_add(self.range_size.get())
            .min(step_end)
            .min(object.size);
        let task = fetch(Arc::clone(&self.store), object.clone(), start..end);
        Request {
            range: start..end,
            task: self.runtime.spawn(task),
        }
    }

    fn listing(&self) -> MutexGuard<'_, Arc<Listing>> {
        // It is replaced as a whole, so a panic elsewhere leaves it valid.
        self.listing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Source for ObjectStoreSource {
    fn tree(&self, control: &dyn Control) -> Result<Tree, HashError> {
        let (objects, excluded) = self.sort(self.list(control)?)?;
        let total = self.check_total(&objects)?;
        let files = objects.iter();
        let files = files.map(|(path, object)| TreeFile::new(path.clone(), object.size));
        let name = self.prefix.as_ref().rsplit('/').next();
        let name = name.filter(|name| !name.is_empty()).unwrap_or("model");
        let tree = Tree::new(name, files.collect())?;
        // The engine hashes large whole files in subtrees, if it cuts them at all.
        let step = self.sharding.size_for(total).unwrap_or(subtree::SIZE);
        // Shards beyond the engine's limit are its error; what is planned here stays bounded.
        let least = NonZeroU64::new(total / MAX_SHARDS).unwrap_or(NonZeroU64::MIN);
        let step = step.max(least);
        *self.listing() = Arc::new(Listing::new(objects, step));
        Ok(tree.with_left_out(self.walk.ignored(), excluded))
    }

    fn open(&self, file: &TreeFile) -> Result<Box<dyn Content + '_>, HashError> {
        let listing = Arc::clone(&self.listing());
        let object = listing.objects.get(file.path()).cloned();
        let object = object.filter(|object| object.size == file.size());
        let object = object.ok_or_else(|| HashError::Changed {
            path: PathBuf::from(file.path().as_str()),
        })?;
        self.begin(&listing);
        Ok(Box::new(Ranges {
            source: self,
            listing,
            path: file.path().clone(),
            object,
            current: Vec::new(),
            start: 0,
            ahead: VecDeque::new(),
        }))
    }
}

type Objects = BTreeMap<EntryPath, ObjectMeta>;

/// What was listed, and where files are cut.
#[derive(Debug, Default)]
struct Listing {
    objects: Objects,
    step: u64,
    /// The parts that the objects are cut into, the longest first: the engine's own order.
    parts: Vec<Part>,
    queue: Mutex<Queue>,
}

/// The start of a part of an object: the whole, a shard or a subtree.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Part {
    path: EntryPath,
    start: u64,
}

/// The first requests of parts that are sent before somebody reads them.
#[derive(Debug, Default)]
struct Queue {
    /// How many parts were asked for in their order.
    next: usize,
    /// The parts that were asked for before their turn.
    taken: BTreeSet<Part>,
    begun: BTreeMap<Part, Request>,
}

impl Listing {
    fn new(objects: Objects, step: NonZeroU64) -> Self {
        let mut parts = Vec::new();
        for (path, object) in &objects {
            parts.extend(pieces(object.size, Some(step)).map(|Range { start, end }| {
                let path = path.clone();
                (end - start, Part { path, start })
            }));
        }
        parts.sort_by_key(|(length, _)| Reverse(*length));
        Self {
            objects,
            step: step.get(),
            parts: parts.into_iter().map(|(_, part)| part).collect(),
            queue: Mutex::default(),
        }
    }

    /// Returns the request for a part that is read now, if it was sent.
    fn take(&self, part: Part) -> Option<Request> {
        let mut queue = self.queue();
        let request = queue.begun.remove(&part);
        let is_start = part.start.is_multiple_of(self.step);
        if request.is_none() && is_start && queue.next < self.parts.len() {
            queue.taken.insert(part);
        }
        request
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request in flight, which ends when nobody waits for it any more.
#[derive(Debug)]
struct Request {
    range: Range<u64>,
    task: JoinHandle<Result<Vec<u8>, HashError>>,
}

impl Drop for Request {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Reads an object, or a part of it, by ranges.
struct Ranges<'a> {
    source: &'a ObjectStoreSource,
    listing: Arc<Listing>,
    path: EntryPath,
    object: ObjectMeta,
    current: Vec<u8>,
    /// The position of `current` in the object.
    start: u64,
    /// The requests that follow `current`, in order.
    ahead: VecDeque<Request>,
}

impl Content for Ranges<'_> {
    fn read<'a>(&'a mut self, offset: u64, buffer: &'a mut [u8]) -> Result<&'a [u8], HashError> {
        if offset >= self.object.size {
            return Ok(&[]);
        }
        if self.at(offset).is_empty() {
            self.advance(offset)?;
        }
        let bytes = self.at(offset);
        Ok(&bytes[..bytes.len().min(buffer.len())])
    }
}

impl Ranges<'_> {
    /// Gets the range from `offset` on, and sends for those that follow before it waits.
    fn advance(&mut self, offset: u64) -> Result<(), HashError> {
        self.current = Vec::new();
        self.ahead.retain(|request| request.range.start >= offset);
        let ready = self
            .ahead
            .front()
            .is_some_and(|it| it.range.start == offset);
        let request = if ready { self.ahead.pop_front() } else { None };
        let mut request = request
            .or_else(|| self.take(offset))
            .unwrap_or_else(|| self.request(offset));
        self.source.begin(&self.listing);
        while self.ahead.len() < self.source.ahead {
            let last = self.ahead.back().unwrap_or(&request);
            let next = last.range.end;
            // What lies beyond may be another's part.
            if next >= self.object.size || next.is_multiple_of(self.listing.step) {
                break;
            }
            self.ahead.push_back(self.request(next));
        }
        let answer = self.source.runtime.block_on(&mut request.task);
        let location = &self.object.location;
        self.current = answer.map_err(|error| HashError::Io {
            operation: Operation::Read,
            path: place(location),
            source: io::Error::other(error),
        })??;
        self.start = offset;
        Ok(())
    }

    fn take(&self, start: u64) -> Option<Request> {
        let path = self.path.clone();
        self.listing.take(Part { path, start })
    }

    fn request(&self, start: u64) -> Request {
        self.source.request(&self.object, self.listing.step, start)
    }

    /// Returns the bytes from `offset` on that are here.
    fn at(&self, offset: u64) -> &[u8] {
        let from = offset.checked_sub(self.start);
        let from = from.and_then(|from| usize::try_from(from).ok());
        from.and_then(|from| self.current.get(from..))
            .unwrap_or_default()
    }
}

/// Gets a range of an object that is still the one that was listed.
async fn fetch(
    store: Arc<dyn ObjectStore>,
    listed: ObjectMeta,
    range: Range<u64>,
) -> Result<Vec<u8>, HashError> {
    let path = &listed.location;
    let failed = |error: object_store::Error| store_error(Operation::Read, path, &error);
    let changed = || HashError::Changed { path: place(path) };
    let options = GetOptions {
        range: Some(GetRange::Bounded(range.clone())),
        ..GetOptions::default()
    };
    let answer = match store.get_opts(path, options).await {
        Ok(answer) => answer,
        // A range beyond the end of what took the object's place is an error of the store.
        Err(error) => match store.head(path).await {
            Ok(found) if !is_same(&listed, &found) => return Err(changed()),
            _ => return Err(failed(error)),
        },
    };
    if !is_same(&listed, &answer.meta) || answer.range != range {
        return Err(changed());
    }
    let length = usize::try_from(range.end - range.start).map_err(|_| changed())?;
    let mut bytes = Vec::with_capacity(length);
    let mut stream = answer.into_stream();
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(failed)?;
        if piece.len() > length - bytes.len() {
            return Err(changed());
        }
        bytes.extend_from_slice(&piece);
    }
    if bytes.len() < length {
        return Err(changed());
    }
    Ok(bytes)
}

/// Tells whether an object is the one that was listed.
///
/// Listings of some stores write entity tags without quotes, and times with parts of a second that
/// the answers to requests leave out.
fn is_same(listed: &ObjectMeta, found: &ObjectMeta) -> bool {
    let bare = |tag: &Option<String>| tag.as_deref().map(|tag| tag.trim_matches('"').to_owned());
    let differ = |a: Option<String>, b: Option<String>| a.is_some() && b.is_some() && a != b;
    let tags = [bare(&listed.e_tag), bare(&found.e_tag)];
    let known = tags.iter().all(Option::is_some);
    let [listed_tag, found_tag] = tags;
    let same_time = listed.last_modified.timestamp() == found.last_modified.timestamp();
    listed.size == found.size
        && !differ(listed_tag, found_tag)
        && !differ(listed.version.clone(), found.version.clone())
        && (known || same_time)
}

/// Returns every path that another one lies below.
fn parents(objects: &Objects) -> BTreeSet<EntryPath> {
    let parents = objects.keys().flat_map(EntryPath::directories);
    let known = parents.filter_map(|parent| objects.get_key_value(parent));
    known.map(|(path, _)| path.clone()).collect()
}

fn store_error(operation: Operation, path: &StorePath, error: &object_store::Error) -> HashError {
    let path = place(path);
    let kind = match error {
        object_store::Error::NotFound { .. } => io::ErrorKind::NotFound,
        object_store::Error::PermissionDenied { .. } => io::ErrorKind::PermissionDenied,
        object_store::Error::Precondition { .. } => return HashError::Changed { path },
        _ => io::ErrorKind::Other,
    };
    HashError::Io {
        operation,
        path,
        source: io::Error::new(kind, told(error)),
    }
}

/// Returns what a store said, with its reasons. It repeats the names of its objects as they are.
fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    Terminal(&text).to_string()
}

fn place(path: &StorePath) -> PathBuf {
    PathBuf::from(path.as_ref())
}
