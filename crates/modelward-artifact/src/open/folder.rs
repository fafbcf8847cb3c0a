use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
#[cfg(any(target_os = "android", target_os = "linux"))]
use std::sync::atomic::{AtomicBool, Ordering};

#[cfg(unix)]
use rustix::fd::OwnedFd;
#[cfg(unix)]
use rustix::fs::{CWD, Mode, OFlags, openat};
#[cfg(any(target_os = "android", target_os = "linux"))]
use rustix::fs::{ResolveFlags, openat2};
#[cfg(any(target_os = "android", target_os = "linux"))]
use rustix::io::Errno;

use super::Links;
#[cfg(not(unix))]
use super::open;
use crate::{EntryPath, Symlinks};

/// How often the kernel may ask to try again, as it does while others rename directories.
#[cfg(any(target_os = "android", target_os = "linux"))]
const MAX_TRIES: usize = 64;

/// A directory beneath which files are opened. What systems do differently is in this file.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    #[cfg(unix)]
    descriptor: OwnedFd,
}

impl Folder {
    #[cfg(unix)]
    pub(super) fn open(path: &Path, links: Links) -> io::Result<Self> {
        let flags = FOLDER.difference(match links {
            Links::Follow => OFlags::NOFOLLOW,
            Links::Refuse => OFlags::empty(),
        });
        Ok(Self {
            path: path.to_path_buf(),
            descriptor: openat(CWD, path, flags, Mode::empty())?,
        })
    }

    #[cfg(not(unix))]
    pub(super) fn open(path: &Path, _links: Links) -> io::Result<Self> {
        let path = path.to_path_buf();
        Ok(Self { path })
    }

    /// Opens whatever the entry is, without waiting for the other end of a pipe.
    pub(super) fn open_file(&self, entry: &EntryPath, symlinks: Symlinks) -> io::Result<File> {
        #[cfg(any(target_os = "android", target_os = "linux"))]
        if let Some(done) = self.open_at_once(entry, FILE, symlinks) {
            return done;
        }
        self.open_by_steps(entry, symlinks)
    }

    /// Says what a link leads to, without opening that.
    pub(super) fn target(&self, entry: &EntryPath, symlinks: Symlinks) -> io::Result<Metadata> {
        #[cfg(any(target_os = "android", target_os = "linux"))]
        if let Some(done) = self.open_at_once(entry, OFlags::PATH | OFlags::CLOEXEC, symlinks) {
            return done?.metadata();
        }
        self.target_by_steps(entry, symlinks)
    }

    fn target_by_steps(&self, entry: &EntryPath, symlinks: Symlinks) -> io::Result<Metadata> {
        match symlinks {
            Symlinks::FollowAnywhere => fs::metadata(entry.below(&self.path)),
            Symlinks::FollowWithin => {
                fs::symlink_metadata(self.path.join(self.resolve_within(entry)?))
            }
            Symlinks::Refuse => fs::symlink_metadata(entry.below(&self.path)),
        }
    }

    /// Lets the kernel hold the whole way, in one call. `None` where it does not know how.
    #[cfg(any(target_os = "android", target_os = "linux"))]
    fn open_at_once(
        &self,
        entry: &EntryPath,
        flags: OFlags,
        symlinks: Symlinks,
    ) -> Option<io::Result<File>> {
        /// A kernel before 5.6 does not learn it while this program runs.
        static UNKNOWN: AtomicBool = AtomicBool::new(false);

        if UNKNOWN.load(Ordering::Relaxed) {
            return None;
        }
        let path = entry.as_str();
        let resolve = resolve_flags(symlinks);
        let mut tries = 0;
        loop {
            tries += 1;
            let opened = openat2(&self.descriptor, path, flags, Mode::empty(), resolve);
            match opened {
                Err(Errno::AGAIN | Errno::INTR) if tries < MAX_TRIES => {}
                Err(Errno::NOSYS) => {
                    UNKNOWN.store(true, Ordering::Relaxed);
                    return None;
                }
                // A filter of system calls, such as that of an older container, says so each time.
                Err(Errno::PERM) => return None,
                opened => return Some(opened.map(File::from).map_err(io::Error::from)),
            }
        }
    }

    /// Goes down from the directory one step at a time, so that none can be a link.
    #[cfg(unix)]
    fn open_by_steps(&self, entry: &EntryPath, symlinks: Symlinks) -> io::Result<File> {
        let path = match symlinks {
            Symlinks::FollowAnywhere => {
                let opened = openat(&self.descriptor, entry.as_str(), FILE, Mode::empty())?;
                return Ok(File::from(opened));
            }
            Symlinks::FollowWithin => self.resolve_within(entry)?,
            Symlinks::Refuse => PathBuf::from(entry.as_str()),
        };
        let mut held: Option<OwnedFd> = None;
        let mut segments = path.iter().peekable();
        while let Some(segment) = segments.next() {
            let parent = held.as_ref().unwrap_or(&self.descriptor);
            if segments.peek().is_none() {
                let flags = FILE | OFlags::NOFOLLOW;
                return Ok(File::from(openat(parent, segment, flags, Mode::empty())?));
            }
            held = Some(openat(parent, segment, FOLDER, Mode::empty())?);
        }
        Err(super::not_regular())
    }

    #[cfg(not(unix))]
    fn open_by_steps(&self, entry: &EntryPath, symlinks: Symlinks) -> io::Result<File> {
        match symlinks {
            Symlinks::FollowAnywhere => open(&entry.below(&self.path), Links::Follow),
            Symlinks::FollowWithin => {
                let resolved = self.path.join(self.resolve_within(entry)?);
                open(&resolved, Links::Refuse)
            }
            Symlinks::Refuse => open(&entry.below(&self.path), Links::Refuse),
        }
    }

    /// Follows all links and returns where they end, relative to the directory.
    fn resolve_within(&self, entry: &EntryPath) -> io::Result<PathBuf> {
        let root = fs::canonicalize(&self.path)?;
        let resolved = fs::canonicalize(entry.below(&root))?;
        match resolved.strip_prefix(&root) {
            Ok(relative) => Ok(relative.to_path_buf()),
            Err(_) => Err(io::Error::from(io::ErrorKind::CrossesDevices)),
        }
    }
}

#[cfg(any(target_os = "android", target_os = "linux"))]
fn resolve_flags(symlinks: Symlinks) -> ResolveFlags {
    let within = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
    match symlinks {
        Symlinks::FollowAnywhere => ResolveFlags::empty(),
        Symlinks::FollowWithin => within,
        Symlinks::Refuse => within | ResolveFlags::NO_SYMLINKS,
    }
}

#[cfg(unix)]
const FILE: OFlags = OFlags::RDONLY
    .union(OFlags::CLOEXEC)
    .union(OFlags::NONBLOCK)
    .union(OFlags::NOCTTY);

#[cfg(unix)]
const FOLDER: OFlags = OFlags::RDONLY
    .union(OFlags::CLOEXEC)
    .union(OFlags::DIRECTORY)
    .union(OFlags::NOFOLLOW);

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::io::{self, Read as _};
    use std::os::unix::fs::symlink;
    use std::path::Path;

    use super::{Folder, Links};
    use crate::{EntryPath, Symlinks};

    const ALL: [Symlinks; 3] = [
        Symlinks::FollowAnywhere,
        Symlinks::FollowWithin,
        Symlinks::Refuse,
    ];

    /// A model beside a file that is none of it, with links of every kind.
    fn scratch() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a scratch folder can be made");
        let model = folder.path().join("model");
        fs::create_dir_all(model.join("sub/deep")).expect("the folder is writable");
        fs::write(folder.path().join("secret"), "outside").expect("the folder is writable");
        fs::write(model.join("plain"), "plain").expect("the folder is writable");
        fs::write(model.join("sub/deep/plain"), "deep").expect("the folder is writable");
        let links = [
            ("plain", "inside"),
            ("inside", "twice"),
            ("../../plain", "sub/deep/up"),
            ("../secret", "outside"),
            ("nothing", "dangling"),
            ("itself", "itself"),
            ("sub", "folder"),
        ];
        for (target, link) in links {
            symlink(target, model.join(link)).expect("links can be made");
        }
        folder
    }

    fn folder(model: &Path) -> Folder {
        Folder::open(model, Links::Refuse).expect("the model is a directory")
    }

    fn text(opened: io::Result<fs::File>) -> Option<String> {
        let mut text = String::new();
        opened.ok()?.read_to_string(&mut text).ok()?;
        Some(text)
    }

    #[test]
    fn one_call_and_single_steps_open_the_same() {
        let scratch = scratch();
        let folder = folder(&scratch.path().join("model"));
        // What each of `ALL` reads.
        let cases: [(&str, [Option<&str>; 3]); 10] = [
            ("plain", [Some("plain"), Some("plain"), Some("plain")]),
            ("sub/deep/plain", [Some("deep"), Some("deep"), Some("deep")]),
            ("inside", [Some("plain"), Some("plain"), None]),
            ("twice", [Some("plain"), Some("plain"), None]),
            ("sub/deep/up", [Some("plain"), Some("plain"), None]),
            ("outside", [Some("outside"), None, None]),
            ("dangling", [None, None, None]),
            ("itself", [None, None, None]),
            ("missing", [None, None, None]),
            ("folder/deep/plain", [Some("deep"), Some("deep"), None]),
        ];
        for (path, expected) in cases {
            let entry: EntryPath = path.parse().expect("a plain path");
            for (symlinks, expected) in ALL.into_iter().zip(expected) {
                let what = format!("{path} under {symlinks:?}");
                let opened = text(folder.open_file(&entry, symlinks));
                assert_eq!(opened.as_deref(), expected, "{what}");
                let opened = text(folder.open_by_steps(&entry, symlinks));
                assert_eq!(opened.as_deref(), expected, "{what}, by steps");
            }
        }
    }

    #[test]
    fn one_call_and_single_steps_say_the_same_of_a_target() {
        let scratch = scratch();
        let folder = folder(&scratch.path().join("model"));
        for path in ["inside", "twice", "outside", "dangling", "itself", "folder"] {
            let entry: EntryPath = path.parse().expect("a plain path");
            for symlinks in [Symlinks::FollowAnywhere, Symlinks::FollowWithin] {
                let told = |told: io::Result<fs::Metadata>| match told {
                    Ok(metadata) => Ok((metadata.len(), metadata.is_file())),
                    Err(error) => Err(error.kind()),
                };
                let at_once = told(folder.target(&entry, symlinks));
                let by_steps = told(folder.target_by_steps(&entry, symlinks));
                assert_eq!(at_once, by_steps, "{path} under {symlinks:?}");
            }
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_leaves_the_root_on_its_way_is_refused_by_the_kernel() {
        let scratch = scratch();
        let model = scratch.path().join("model");
        symlink(model.join("plain"), model.join("absolute")).expect("links can be made");
        symlink("../model/plain", model.join("around")).expect("links can be made");
        for path in ["absolute", "around"] {
            let entry: EntryPath = path.parse().expect("a plain path");
            let error = folder(&model)
                .open_file(&entry, Symlinks::FollowWithin)
                .expect_err("it leaves the root");
            assert_eq!(error.kind(), io::ErrorKind::CrossesDevices, "{path}");
        }
    }
}
