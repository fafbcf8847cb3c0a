use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::num::{NonZeroU64, NonZeroUsize};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use modelward_artifact::{
    DigestAlgorithm, EntryPath, HashError, HashOptions, Manifest, NoControl, ObjectStoreSource,
    Sharding, Source as _, WalkLimits, WalkOptions,
};
use object_store::memory::InMemory;
use object_store::path::Path as StorePath;
use object_store::{
    Attributes, CopyOptions, GetOptions, GetRange, GetResult, GetResultPayload, ListResult,
    MultipartUpload, ObjectMeta, ObjectStore, ObjectStoreExt as _, PutMultipartOptions, PutOptions,
    PutPayload, PutResult,
};
use tokio::runtime::{Builder, Runtime};

const LARGE: usize = 700_001;

fn runtime() -> Runtime {
    let mut builder = Builder::new_multi_thread();
    let built = builder.worker_threads(2).build();
    built.expect("threads can be started")
}

fn bytes(size: usize) -> Vec<u8> {
    (0..size).map(|n| n.to_le_bytes()[n % 3]).collect()
}

fn files() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = (0..20)
        .map(|n| (format!("small/{n}.json"), bytes(n * 100)))
        .collect();
    files.push(("weights.bin".to_owned(), bytes(LARGE)));
    files.push((".gitignore".to_owned(), bytes(5)));
    files
}

fn bucket(runtime: &Runtime, files: &[(String, Vec<u8>)]) -> Arc<InMemory> {
    let store = Arc::new(InMemory::new());
    for (name, bytes) in files {
        let path = format!("models/m/{name}").into();
        let put = store.put(&path, bytes.clone().into());
        runtime.block_on(put).expect("memory takes it");
    }
    store
}

fn source(runtime: &Runtime, store: Arc<dyn ObjectStore>) -> ObjectStoreSource {
    let handle = runtime.handle().clone();
    ObjectStoreSource::new(store, "models/m", handle, WalkOptions::default())
        .expect("the prefix is one")
        .with_range_size(NonZeroU64::new(50_000).expect("not zero"))
}

fn expected(options: &HashOptions) -> Manifest {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    for (name, bytes) in files() {
        let path = folder.path().join("m").join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("the folder is writable");
        fs::write(path, bytes).expect("the folder is writable");
    }
    let root = folder.path().join("m");
    Manifest::hash(&root, options, &NoControl).expect("a plain model")
}

#[test]
fn a_bucket_has_the_manifest_of_the_folder() {
    let runtime = runtime();
    let store = bucket(&runtime, &files());
    let shards = |size| Sharding::Size(NonZeroU64::new(size).expect("not zero"));
    for sharding in [
        Sharding::Whole,
        Sharding::Auto,
        shards(100_000),
        shards(33_333),
    ] {
        for algorithm in [DigestAlgorithm::Sha256, DigestAlgorithm::Blake3] {
            let options = HashOptions::default()
                .with_algorithm(algorithm)
                .with_sharding(sharding)
                .with_threads(3);
            for (told, ahead) in [(sharding, 0), (sharding, 3), (Sharding::Whole, 1)] {
                let source = source(&runtime, Arc::clone(&store) as _)
                    .with_sharding(told)
                    .with_ahead(ahead);
                let manifest = Manifest::hash_source(&source, &options, &NoControl);
                assert_eq!(manifest.expect("a plain model"), expected(&options));
            }
        }
    }
}

#[test]
fn what_happens_to_an_object_after_it_was_listed_is_an_error() {
    let runtime = runtime();
    let path = "models/m/weights.bin".into();
    for (written, code) in [
        (Some(bytes(LARGE)), "artifact.hash.changed"),
        (Some(bytes(LARGE + 1)), "artifact.hash.changed"),
        (Some(bytes(3)), "artifact.hash.changed"),
        (None, "artifact.hash.io"),
    ] {
        let store = bucket(&runtime, &files());
        let source = source(&runtime, Arc::clone(&store) as _);
        let tree = source.tree(&NoControl).expect("a plain model");
        let listed = tree.files().last().expect("there are files");
        assert_eq!(listed.path().as_str(), "weights.bin");
        let mut buffer = vec![0; 1 << 20];
        let mut content = source.open(listed).expect("it is listed");
        let count = content
            .read(0, &mut buffer)
            .expect("nothing happened")
            .len();
        assert_eq!(count, 50_000);
        match written {
            Some(bytes) => drop(runtime.block_on(store.put(&path, bytes.into()))),
            None => runtime.block_on(store.delete(&path)).expect("it is there"),
        }
        let error = content.read(300_000, &mut buffer).expect_err(code);
        assert_eq!(
            (error.code(), error.path()),
            (code, Some("models/m/weights.bin".as_ref()))
        );
        if let HashError::Io { source, .. } = error {
            assert_eq!(source.kind(), io::ErrorKind::NotFound);
        }
    }
}

#[test]
fn keys_are_held_to_the_rules_of_a_walk() {
    let runtime = runtime();
    let object = |name: &str, size| (name.to_owned(), bytes(size));
    let limits = WalkLimits::default();
    let deep = || vec![object("a/b/c", 3), object("d", 3)];
    let cases = [
        (vec![], limits, "artifact.walk.empty"),
        (vec![object(".git/HEAD", 3)], limits, "artifact.walk.empty"),
        (vec![object("C:a", 3)], limits, "artifact.path.drive"),
        (
            vec![object("a", 3), object("a/b", 3)],
            limits,
            "artifact.walk.duplicate",
        ),
        (deep(), limits.with_max_entries(1), "artifact.walk.too_many"),
        (deep(), limits.with_max_depth(2), "artifact.walk.too_deep"),
        (
            deep(),
            limits.with_max_path_bytes(4),
            "artifact.walk.path_too_long",
        ),
        (
            deep(),
            limits.with_max_total_bytes(5),
            "artifact.walk.too_large",
        ),
    ];
    let open = |files: &[_], walk| {
        let store = bucket(&runtime, files);
        ObjectStoreSource::new(store, "models/m", runtime.handle().clone(), walk)
            .expect("the prefix is one")
    };
    for (files, limits, code) in cases {
        let source = open(&files, WalkOptions::default().with_limits(limits));
        assert_eq!(source.tree(&NoControl).expect_err(code).code(), code);
    }
    let marked = [
        object("a", 0),
        object("a/b", 3),
        object("empty", 0),
        object("logs/x", 1),
    ];
    let walk = WalkOptions::default().with_ignored("logs".parse().expect("a path"));
    let source = open(&marked, walk);
    let tree = source.tree(&NoControl).expect("a marker is no file");
    let names: Vec<_> = tree
        .files()
        .iter()
        .map(|file| file.path().as_str())
        .collect();
    assert_eq!(names, ["a/b", "empty"]);
    let excluded: Vec<_> = tree.excluded().iter().map(EntryPath::as_str).collect();
    assert_eq!(excluded, ["logs"]);
    let stop = AtomicBool::new(true);
    assert_eq!(
        source.tree(&stop).expect_err("asked to").code(),
        "artifact.hash.cancelled"
    );
}

#[test]
fn a_runtime_with_one_thread_and_a_prefix_that_is_none_are_refused() {
    let several = runtime();
    let one = Builder::new_current_thread()
        .build()
        .expect("it can be built");
    for (prefix, runtime) in [("m", &one), ("a//b", &several)] {
        let store = Arc::new(InMemory::new());
        let handle = runtime.handle().clone();
        let error = ObjectStoreSource::new(store, prefix, handle, WalkOptions::default());
        let error = error.expect_err(prefix);
        assert_eq!(
            (error.code(), error.path()),
            ("artifact.hash.io", Some(prefix.as_ref()))
        );
    }
}

/// A server that waits with its answers until several requests came.
struct Server {
    files: BTreeMap<String, Vec<u8>>,
    /// How many requests must be there at the same time, once, before any is answered.
    wanted: usize,
    open: Mutex<usize>,
    came: Condvar,
    most: AtomicUsize,
    late: AtomicBool,
    sent: AtomicU64,
}

impl Server {
    /// Starts it on a free port of this machine, for as long as the tests run.
    fn start(wanted: usize) -> (Arc<Self>, SocketAddr) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let named = |(name, bytes)| (format!("/models/m/{name}"), bytes);
        let server = Arc::new(Self {
            files: files().into_iter().map(named).collect(),
            wanted,
            open: Mutex::new(0),
            came: Condvar::new(),
            most: AtomicUsize::new(0),
            late: AtomicBool::new(false),
            sent: AtomicU64::new(0),
        });
        let serving = Arc::clone(&server);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = Arc::clone(&serving);
                thread::spawn(move || server.serve(&stream));
            }
        });
        (server, address)
    }

    fn serve(&self, stream: &TcpStream) -> Option<()> {
        let mut lines = BufReader::new(stream).lines();
        loop {
            let first = lines.next()?.ok()?;
            let mut range = None;
            for line in lines.by_ref() {
                let line = line.ok()?.to_ascii_lowercase();
                if line.is_empty() {
                    break;
                }
                if let Some(bounds) = line.strip_prefix("range: bytes=") {
                    let (from, to) = bounds.split_once('-')?;
                    range = Some((from.parse::<usize>().ok()?, to.parse::<usize>().ok()?));
                }
            }
            let path = first.split(' ').nth(1)?;
            let answer = match range {
                Some(range) => self.part(path, range)?,
                None => self.listing(),
            };
            let mut out = stream;
            out.write_all(&answer).ok()?;
        }
    }

    fn part(&self, path: &str, (from, to): (usize, usize)) -> Option<Vec<u8>> {
        self.wait_for_others();
        let file = self.files.get(path)?;
        let bytes = file.get(from..=to)?;
        self.sent.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        let head = format!(
            "HTTP/1.1 206 Partial Content\r\ncontent-length: {}\r\n\
             content-range: bytes {from}-{to}/{}\r\netag: \"1\"\r\n\
             last-modified: Mon, 01 Jan 2024 00:00:00 GMT\r\n\r\n",
            bytes.len(),
            file.len()
        );
        Some([head.as_bytes(), bytes].concat())
    }

    fn wait_for_others(&self) {
        let mut open = self.open.lock().expect("nobody panicked");
        *open += 1;
        self.most.fetch_max(*open, Ordering::Relaxed);
        self.came.notify_all();
        let few = |_: &mut usize| {
            self.most.load(Ordering::Relaxed) < self.wanted && !self.late.load(Ordering::Relaxed)
        };
        let wait = Duration::from_secs(10);
        let waited = self.came.wait_timeout_while(open, wait, few);
        let (mut open, waited) = waited.expect("nobody panicked");
        if waited.timed_out() {
            // Nobody else waits then; the count at the end tells that too few came.
            self.late.store(true, Ordering::Relaxed);
            self.came.notify_all();
        }
        *open -= 1;
    }

    /// Lists paths and sizes, a line each: every vendor has a form of its own.
    fn listing(&self) -> Vec<u8> {
        let mut text = String::new();
        for (path, bytes) in &self.files {
            writeln!(text, "{} {path}", bytes.len()).expect("a text can be written to");
        }
        let length = text.len();
        format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{text}").into_bytes()
    }
}

/// A store that speaks to the server: the clients of `object_store` itself need TLS to be built.
#[derive(Clone, Debug)]
struct Client(SocketAddr);

impl Client {
    /// Sends a request and returns the body of the answer.
    fn get(&self, path: &str, range: Option<Range<u64>>) -> io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(self.0)?;
        let range = range.map(|it| format!("Range: bytes={}-{}\r\n", it.start, it.end - 1));
        let range = range.unwrap_or_default();
        write!(
            stream,
            "GET /{path} HTTP/1.1\r\nHost: {}\r\n{range}\r\n",
            self.0
        )?;
        stream.shutdown(Shutdown::Write)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
        let body = end.map(|end| answer.split_off(end + 4));
        body.ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))
    }

    fn meta(location: StorePath, size: u64) -> ObjectMeta {
        ObjectMeta {
            location,
            last_modified: SystemTime::UNIX_EPOCH.into(),
            size,
            e_tag: Some("\"1\"".to_owned()),
            version: None,
        }
    }
}

impl fmt::Display for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

fn other(error: impl std::error::Error + Send + Sync + 'static) -> object_store::Error {
    object_store::Error::Generic {
        store: "test",
        source: Box::new(error),
    }
}

#[async_trait]
impl ObjectStore for Client {
    async fn get_opts(
        &self,
        location: &StorePath,
        options: GetOptions,
    ) -> object_store::Result<GetResult> {
        let Some(GetRange::Bounded(range)) = options.range else {
            panic!("only ranges are asked for");
        };
        let (client, path, wanted) = (self.clone(), location.to_string(), range.clone());
        let answer = tokio::task::spawn_blocking(move || client.get(&path, Some(wanted)));
        let body = answer.await.map_err(other)?.map_err(other)?;
        let size = files()
            .iter()
            .find(|(name, _)| location.as_ref().ends_with(&format!("/m/{name}")))
            .map(|(_, bytes)| bytes.len() as u64);
        let body = stream::once(async move { Ok(body.into()) });
        Ok(GetResult {
            payload: GetResultPayload::Stream(body.boxed()),
            meta: Self::meta(location.clone(), size.expect("it is listed")),
            range,
            attributes: Attributes::default(),
            extensions: options.extensions,
        })
    }

    fn list(
        &self,
        prefix: Option<&StorePath>,
    ) -> BoxStream<'static, object_store::Result<ObjectMeta>> {
        assert_eq!(prefix.map(StorePath::as_ref), Some("models/m"));
        let text = self.get("", None).expect("the server answers");
        let text = String::from_utf8(text).expect("it is text");
        let meta = |line: &str| {
            let (size, path) = line.split_once(' ').expect("two words");
            let path = StorePath::parse(path).expect("a path");
            Ok(Self::meta(path, size.parse().expect("a number")))
        };
        let listed: Vec<_> = text.lines().map(meta).collect();
        stream::iter(listed).boxed()
    }

    async fn put_opts(
        &self,
        _: &StorePath,
        _: PutPayload,
        _: PutOptions,
    ) -> object_store::Result<PutResult> {
        unreachable!("nothing is written")
    }

    async fn put_multipart_opts(
        &self,
        _: &StorePath,
        _: PutMultipartOptions,
    ) -> object_store::Result<Box<dyn MultipartUpload>> {
        unreachable!("nothing is written")
    }

    fn delete_stream(
        &self,
        _: BoxStream<'static, object_store::Result<StorePath>>,
    ) -> BoxStream<'static, object_store::Result<StorePath>> {
        unreachable!("nothing is deleted")
    }

    async fn list_with_delimiter(&self, _: Option<&StorePath>) -> object_store::Result<ListResult> {
        unreachable!("all is listed")
    }

    async fn copy_opts(
        &self,
        _: &StorePath,
        _: &StorePath,
        _: CopyOptions,
    ) -> object_store::Result<()> {
        unreachable!("nothing is copied")
    }
}

#[test]
fn requests_to_a_server_run_in_parallel_and_ask_for_each_byte_once() {
    let runtime = runtime();
    let shards = Sharding::Size(NonZeroU64::new(120_000).expect("not zero"));
    // Several files are asked for together, and so are the shards of one and ranges ahead.
    for (sharding, parts, ahead, wanted) in [
        (Sharding::Whole, 1, 1, 2),
        (Sharding::Whole, 1, 5, 6),
        (Sharding::Whole, 8, 0, 8),
        (shards, 8, 1, 8),
    ] {
        let (server, address) = Server::start(wanted);
        let options = HashOptions::default()
            .with_sharding(sharding)
            .with_threads(1);
        let source = source(&runtime, Arc::new(Client(address)))
            .with_sharding(sharding)
            .with_ahead(ahead)
            .with_parallel(NonZeroUsize::new(parts).expect("not zero"));
        let manifest = Manifest::hash_source(&source, &options, &NoControl);
        assert_eq!(manifest.expect("a plain model"), expected(&options));
        let most = server.most.load(Ordering::Relaxed);
        assert!(most >= wanted, "{most} requests together, {wanted} wanted");
        let total: usize = files().iter().map(|(_, bytes)| bytes.len()).sum();
        // Git's own file is not read.
        assert_eq!(server.sent.load(Ordering::Relaxed), total as u64 - 5);
    }
}
