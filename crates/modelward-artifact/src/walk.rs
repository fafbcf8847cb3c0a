mod tree;

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::io;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::thread;

use walkdir::{DirEntry, WalkDir};

use crate::error::Operation;
use crate::open::{Root, bare, link_error};
use crate::{Begun, Control, EntryPath, HashError, Symlinks, WalkLimits};

pub use self::tree::{Tree, TreeFile};

/// Tells whether version control's own files at a model's root count as the model.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "they count or they do not")]
pub enum GitPaths {
    /// `.git`, `.gitattributes`, `.github` and `.gitignore` at the root are left out.
    #[default]
    Ignore,
    /// They are files like others.
    Include,
}

impl GitPaths {
    /// The names at a model's root that OMS clients leave out (OMS v1.0, section 6.2).
    pub const NAMES: [&str; 4] = [".git", ".gitattributes", ".github", ".gitignore"];
}

/// Chooses what of a directory is the model.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct WalkOptions {
    ignore: Vec<EntryPath>,
    only: Option<BTreeSet<EntryPath>>,
    git: GitPaths,
    limits: WalkLimits,
    symlinks: Symlinks,
    threads: usize,
}

impl WalkOptions {
    /// Leaves out a file, or a directory with all that it holds.
    #[must_use]
    pub fn with_ignored(mut self, path: EntryPath) -> Self {
        self.ignore.push(path);
        self
    }

    /// Lets these files alone count, such as those that a signature lists.
    ///
    /// Whatever else is there, links and pipes included, is neither looked at nor an error:
    /// [`Tree::excluded`] names it, a directory without such a file as a whole.
    #[must_use]
    pub fn with_only(mut self, paths: impl IntoIterator<Item = EntryPath>) -> Self {
        self.only = Some(paths.into_iter().collect());
        self
    }

    /// Sets whether version control's own files count.
    #[must_use]
    pub const fn with_git_paths(mut self, git: GitPaths) -> Self {
        self.git = git;
        self
    }

    /// Sets the limits.
    #[must_use]
    pub const fn with_limits(mut self, limits: WalkLimits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets whether links to files are followed.
    #[must_use]
    pub const fn with_symlinks(mut self, symlinks: Symlinks) -> Self {
        self.symlinks = symlinks;
        self
    }

    /// Sets how many threads ask the file system about files, once they are listed; at least one
    /// does. The result does not depend on it.
    #[must_use]
    pub const fn with_threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// Tells whether a path is to be left out.
    fn leaves_out(&self, path: &EntryPath, is_dir: bool) -> bool {
        let Some(only) = &self.only else {
            return false;
        };
        if !is_dir {
            return !only.contains(path);
        }
        let prefix = format!("{path}/");
        let mut below = only.range::<str, _>((Bound::Included(prefix.as_str()), Bound::Unbounded));
        !below
            .next()
            .is_some_and(|first| first.as_str().starts_with(&prefix))
    }

    /// Returns whether links to files are followed.
    #[must_use]
    pub const fn symlinks(&self) -> Symlinks {
        self.symlinks
    }

    /// Returns the limits.
    pub(crate) const fn limits(&self) -> &WalkLimits {
        &self.limits
    }

    /// Lists all paths that are left out, sorted, whether they exist or not.
    ///
    /// # Panics
    ///
    /// Never: the names of version control's files are valid paths.
    #[must_use]
    pub fn ignored(&self) -> Vec<EntryPath> {
        let mut ignored = self.ignore.clone();
        if self.git == GitPaths::Ignore {
            let git = GitPaths::NAMES.iter().map(|name| name.parse());
            ignored.extend(git.map(|path| path.expect("the names have one plain segment")));
        }
        ignored.sort();
        ignored.dedup();
        ignored
    }
}

/// Lists the files below `root`, or `root` alone where it is a file, by the rules of OMS v1.0.
///
/// Hidden files count. Empty directories do not. Links are refused, unless
/// [`WalkOptions::with_symlinks`] says that links to files are followed.
///
/// # Errors
///
/// [`HashError`] for a link that is not followed, a pipe, socket or device, a name that is no
/// [`EntryPath`], a limit passed, a model without files, or what the operating system refuses.
pub fn walk(root: &Path, options: &WalkOptions, control: &dyn Control) -> Result<Tree, HashError> {
    let root = bare(root);
    let metadata = fs::symlink_metadata(root).map_err(|source| stat_error(root, source))?;
    let name = base_name(root)?;
    let (metadata, symlinks) = if metadata.is_symlink() {
        (linked_root(root, options)?, options.symlinks)
    } else {
        (metadata, Symlinks::Refuse)
    };
    if metadata.is_dir() {
        let found = Walk::new(root, options, control)?.run()?;
        check_size(root, &found.files, &options.limits)?;
        let tree = Tree::new(name.as_str(), found.files)?;
        return Ok(tree.with_left_out(options.ignored(), found.excluded));
    }
    if !metadata.is_file() {
        return Err(HashError::NotRegular {
            path: root.to_path_buf(),
        });
    }
    let tree = Tree::of_file(TreeFile::met(name, &metadata, symlinks));
    check_size(root, tree.files(), &options.limits)?;
    Ok(tree.with_left_out(options.ignored(), Vec::new()))
}

/// Makes sure that there are files, and no more of them than a model can have.
fn check_size(root: &Path, files: &[TreeFile], limits: &WalkLimits) -> Result<(), HashError> {
    let path = || root.to_path_buf();
    if files.is_empty() {
        return Err(HashError::Empty { path: path() });
    }
    let add = |total: u64, file: &TreeFile| total.saturating_add(file.size());
    limits.check_total(files.iter().fold(0, add), path)
}

/// What a walk has met so far.
#[derive(Default)]
struct Found {
    files: Vec<TreeFile>,
    /// Files of which size and times are not known yet.
    named: Vec<Named>,
    excluded: Vec<EntryPath>,
}

/// A file that was listed as one.
struct Named {
    place: PathBuf,
    path: EntryPath,
}

impl Named {
    /// Asks for size and times, and whether it is a file still.
    fn ask(self) -> Result<TreeFile, HashError> {
        let metadata = fs::symlink_metadata(&self.place);
        let metadata = metadata.map_err(|source| stat_error(&self.place, source))?;
        if metadata.is_symlink() {
            return Err(HashError::Symlink { path: self.place });
        }
        if !metadata.is_file() {
            return Err(HashError::NotRegular { path: self.place });
        }
        Ok(TreeFile::met(self.path, &metadata, Symlinks::Refuse))
    }
}

/// How many files make another thread worth its start.
const FILES_PER_THREAD: usize = 1024;

/// Asks the file system about every file; of several errors that of the first file is told.
fn ask_all(named: Vec<Named>, threads: usize) -> Result<Vec<TreeFile>, HashError> {
    let threads = threads.min(named.len() / FILES_PER_THREAD);
    if threads < 2 {
        return named.into_iter().map(Named::ask).collect();
    }
    let each = named.len().div_ceil(threads);
    let mut named = named.into_iter();
    let parts: Vec<Vec<Named>> = (0..threads)
        .map(|_| named.by_ref().take(each).collect())
        .collect();
    let ask = |part: Vec<Named>| {
        part.into_iter()
            .map(Named::ask)
            .collect::<Result<Vec<_>, _>>()
    };
    let files = thread::scope(|scope| {
        let parts = parts.into_iter();
        let asked: Vec<_> = parts
            .map(|part| Begun::on_thread(scope, move || ask(part)))
            .collect();
        asked
            .into_iter()
            .map(Begun::join)
            .collect::<Result<Vec<_>, _>>()
    })?;
    Ok(files.into_iter().flatten().collect())
}

struct Walk<'a> {
    root: &'a Path,
    opened: Root,
    ignored: Vec<EntryPath>,
    options: &'a WalkOptions,
    control: &'a dyn Control,
    found: Found,
    met: usize,
}

impl<'a> Walk<'a> {
    fn new(
        root: &'a Path,
        options: &'a WalkOptions,
        control: &'a dyn Control,
    ) -> Result<Self, HashError> {
        let opened = Root::open(root, options.symlinks).map_err(|source| HashError::Io {
            operation: Operation::Open,
            path: root.to_path_buf(),
            source,
        })?;
        Ok(Self {
            root,
            opened,
            ignored: options.ignored(),
            options,
            control,
            found: Found::default(),
            met: 0,
        })
    }

    fn run(mut self) -> Result<Found, HashError> {
        let mut entries = WalkDir::new(self.root)
            .follow_links(false)
            .follow_root_links(self.options.symlinks.follow())
            .min_depth(1)
            .into_iter();
        while let Some(entry) = entries.next() {
            let entry = entry.map_err(|error| walk_error(self.root, error))?;
            if self.control.cancelled() {
                return Err(HashError::Cancelled);
            }
            self.met += 1;
            let path = self.check(&entry)?;
            let is_dir = entry.file_type().is_dir();
            let ignored = self.ignored.binary_search(&path).is_ok();
            if !ignored && !self.options.leaves_out(&path, is_dir) {
                self.visit(&entry, path)?;
                continue;
            }
            self.found.excluded.push(path);
            if is_dir {
                entries.skip_current_dir();
            }
        }
        let named = std::mem::take(&mut self.found.named);
        self.found
            .files
            .extend(ask_all(named, self.options.threads)?);
        Ok(self.found)
    }

    /// Holds an entry to the limits and returns its path below the root.
    fn check(&self, entry: &DirEntry) -> Result<EntryPath, HashError> {
        let limits = &self.options.limits;
        let path = || entry.path().to_path_buf();
        limits.check_entries(self.met, || self.root.to_path_buf())?;
        let relative = entry.path().strip_prefix(self.root);
        let relative = relative.unwrap_or(entry.path());
        limits.check_path(entry.depth(), relative.as_os_str().len(), path)?;
        EntryPath::from_relative(relative).map_err(|source| HashError::Name {
            path: path(),
            source,
        })
    }

    fn visit(&mut self, entry: &DirEntry, path: EntryPath) -> Result<(), HashError> {
        let kind = entry.file_type();
        let at = || entry.path().to_path_buf();
        if kind.is_symlink() {
            let file = self.follow(entry, path)?;
            self.found.files.push(file);
        } else if kind.is_file() {
            let place = at();
            self.found.named.push(Named { place, path });
        } else if !kind.is_dir() {
            return Err(HashError::NotRegular { path: at() });
        }
        Ok(())
    }

    fn follow(&self, entry: &DirEntry, path: EntryPath) -> Result<TreeFile, HashError> {
        let at = || entry.path().to_path_buf();
        let symlinks = self.options.symlinks;
        if !symlinks.follow() {
            return Err(HashError::Symlink { path: at() });
        }
        let metadata = self
            .opened
            .target(&path, symlinks)
            .map_err(|source| link_error(at(), Operation::Stat, source))?;
        if metadata.is_dir() {
            return Err(HashError::LinkedDirectory { path: at() });
        }
        if !metadata.is_file() {
            return Err(HashError::NotRegular { path: at() });
        }
        Ok(TreeFile::met(path, &metadata, symlinks))
    }
}

/// Says what a root that is a link leads to, if links are followed at all.
fn linked_root(root: &Path, options: &WalkOptions) -> Result<Metadata, HashError> {
    let path = || root.to_path_buf();
    if !options.symlinks.follow() {
        return Err(HashError::Symlink { path: path() });
    }
    fs::metadata(root).map_err(|source| link_error(path(), Operation::Stat, source))
}

/// Returns the name of a model: `.` and `..` have one only once they are resolved.
fn base_name(root: &Path) -> Result<EntryPath, HashError> {
    let resolved: PathBuf = match root.file_name() {
        Some(name) => name.into(),
        None => {
            let absolute = fs::canonicalize(root).map_err(|source| stat_error(root, source))?;
            absolute.file_name().unwrap_or("model".as_ref()).into()
        }
    };
    EntryPath::from_relative(&resolved).map_err(|source| HashError::Name {
        path: root.to_path_buf(),
        source,
    })
}

fn stat_error(path: &Path, source: io::Error) -> HashError {
    HashError::Io {
        operation: Operation::Stat,
        path: path.to_path_buf(),
        source,
    }
}

fn walk_error(root: &Path, error: walkdir::Error) -> HashError {
    HashError::Io {
        operation: Operation::List,
        path: error.path().unwrap_or(root).to_path_buf(),
        source: io_error(error),
    }
}

fn io_error(error: walkdir::Error) -> io::Error {
    error
        .into_io_error()
        .unwrap_or_else(|| io::Error::other("directories form a loop"))
}
