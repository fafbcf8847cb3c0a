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

        let resolve = match symlinks {
            Symlinks::FollowAnywhere => ResolveFlags::empty(),
            Symlinks::FollowWithin => ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS,
            Symlinks::Refuse => {
                ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS | ResolveFlags::NO_SYMLINKS
            }
        };
        if UNKNOWN.load(Ordering::Relaxed) {
            return None;
        }
        let mut tries = 0;
        loop {
            tries += 1;
            let opened = openat2(
                &self.descriptor,
                entry.as_str(),
                flags,
                Mode::empty(),
                resolve,
            );
            match opened {
                Err(rustix::io::Errno::AGAIN | rustix::io::Errno::INTR) if tries < MAX_TRIES => {}
                Err(rustix::io::Errno::NOSYS) => {
                    UNKNOWN.store(true, Ordering::Relaxed);
                    return None;
                }
                // A filter of system calls, such as that of an older container, says so each time.
                Err(rustix::io::Errno::PERM) => return None,
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
