use std::fs;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::{Control, EntryPath, HashError, WalkLimits};

/// The names at a model's root that OMS clients leave out (OMS v1.0, section 6.2).
const GIT_PATHS: [&str; 4] = [".git", ".gitattributes", ".github", ".gitignore"];

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

/// Chooses what of a directory is the model.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct WalkOptions {
    ignore: Vec<EntryPath>,
    git: GitPaths,
    limits: WalkLimits,
}

impl WalkOptions {
    /// Leaves out a file, or a directory with all that it holds.
    #[must_use]
    pub fn with_ignored(mut self, path: EntryPath) -> Self {
        self.ignore.push(path);
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

    /// Lists all paths that are left out, sorted, whether they exist or not.
    ///
    /// # Panics
    ///
    /// Never: the names of version control's files are valid paths.
    #[must_use]
    pub fn ignored(&self) -> Vec<EntryPath> {
        let mut ignored = self.ignore.clone();
        if self.git == GitPaths::Ignore {
            let git = GIT_PATHS.iter().map(|name| name.parse());
            ignored.extend(git.map(|path| path.expect("the names have one plain segment")));
        }
        ignored.sort();
        ignored.dedup();
        ignored
    }
}

/// Names one file of a model and its size when it was met.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TreeFile {
    path: EntryPath,
    size: u64,
}

impl TreeFile {
    /// Returns the path below the model's root.
    #[must_use]
    pub const fn path(&self) -> &EntryPath {
        &self.path
    }

    /// Returns the size in bytes.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }
}

/// Lists the files of a model, sorted by path in code point order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Tree {
    name: String,
    files: Vec<TreeFile>,
    excluded: Vec<EntryPath>,
}

impl Tree {
    /// Returns the base name of the model's directory or file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the files.
    #[must_use]
    pub fn files(&self) -> &[TreeFile] {
        &self.files
    }

    /// Returns the ignored paths that exist: what is there and is not the model.
    #[must_use]
    pub fn excluded(&self) -> &[EntryPath] {
        &self.excluded
    }
}

/// Lists the files below `root`, or `root` alone where it is a file, by the rules of OMS v1.0.
///
/// Hidden files count. Empty directories do not. Links are refused and never followed.
///
/// # Errors
///
/// [`HashError`] for a link, a pipe, socket or device, a name that is no [`EntryPath`], a limit
/// passed, a model without files, or what the operating system refuses.
pub fn walk(root: &Path, options: &WalkOptions, control: &dyn Control) -> Result<Tree, HashError> {
    let io = |source| HashError::Io {
        path: root.to_path_buf(),
        source,
    };
    let metadata = fs::symlink_metadata(root).map_err(io)?;
    let name = base_name(root)?;
    if metadata.is_symlink() {
        return Err(HashError::Symlink {
            path: root.to_path_buf(),
        });
    }
    let mut tree = Tree {
        name: name.as_str().to_owned(),
        files: Vec::new(),
        excluded: Vec::new(),
    };
    if metadata.is_dir() {
        collect(root, options, control, &mut tree)?;
    } else if metadata.is_file() {
        let size = metadata.len();
        tree.files.push(TreeFile { path: name, size });
    } else {
        return Err(HashError::NotRegular {
            path: root.to_path_buf(),
        });
    }
    if tree.files.is_empty() {
        return Err(HashError::Empty {
            path: root.to_path_buf(),
        });
    }
    tree.files.sort_by(|a, b| a.path.cmp(&b.path));
    tree.excluded.sort();
    Ok(tree)
}

fn collect(
    root: &Path,
    options: &WalkOptions,
    control: &dyn Control,
    tree: &mut Tree,
) -> Result<(), HashError> {
    let ignored = options.ignored();
    let limits = &options.limits;
    let mut met = 0_usize;
    let mut entries = WalkDir::new(root)
        .follow_links(false)
        .min_depth(1)
        .into_iter();
    while let Some(entry) = entries.next() {
        let entry = entry.map_err(|error| walk_error(root, error))?;
        if control.cancelled() {
            return Err(HashError::Cancelled);
        }
        met += 1;
        if met > limits.max_entries() {
            return Err(HashError::TooMany {
                path: root.to_path_buf(),
                limit: limits.max_entries(),
            });
        }
        if entry.depth() > limits.max_depth() {
            return Err(HashError::TooDeep {
                path: entry.into_path(),
                limit: limits.max_depth(),
            });
        }
        let path = entry_path(root, &entry)?;
        if ignored.binary_search(&path).is_ok() {
            tree.excluded.push(path);
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
            continue;
        }
        visit(&entry, path, tree)?;
    }
    Ok(())
}

fn visit(entry: &DirEntry, path: EntryPath, tree: &mut Tree) -> Result<(), HashError> {
    let kind = entry.file_type();
    let at = || entry.path().to_path_buf();
    if kind.is_symlink() {
        return Err(HashError::Symlink { path: at() });
    }
    if kind.is_file() {
        let metadata = entry
            .metadata()
            .map_err(|error| walk_error(entry.path(), error))?;
        let size = metadata.len();
        tree.files.push(TreeFile { path, size });
    } else if !kind.is_dir() {
        return Err(HashError::NotRegular { path: at() });
    }
    Ok(())
}

fn entry_path(root: &Path, entry: &DirEntry) -> Result<EntryPath, HashError> {
    let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
    EntryPath::from_relative(relative).map_err(|source| HashError::Name {
        path: entry.path().to_path_buf(),
        source,
    })
}

/// Returns the name of a model: `.` and `..` have one only once they are resolved.
fn base_name(root: &Path) -> Result<EntryPath, HashError> {
    let resolved: PathBuf = match root.file_name() {
        Some(name) => name.into(),
        None => {
            let absolute = fs::canonicalize(root).map_err(|source| HashError::Io {
                path: root.to_path_buf(),
                source,
            })?;
            absolute.file_name().unwrap_or("model".as_ref()).into()
        }
    };
    EntryPath::from_relative(&resolved).map_err(|source| HashError::Name {
        path: root.to_path_buf(),
        source,
    })
}

fn walk_error(root: &Path, error: walkdir::Error) -> HashError {
    let path = error.path().unwrap_or(root).to_path_buf();
    let source = error
        .into_io_error()
        .unwrap_or_else(|| std::io::Error::other("directories form a loop"));
    HashError::Io { path, source }
}
