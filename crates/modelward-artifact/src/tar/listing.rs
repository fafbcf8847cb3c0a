use std::collections::BTreeMap;
use std::path::Path;

use super::entries::{Kind, Met, location};
use super::error::TarError;
use crate::{EntryPath, HashError, ParseEntryPathError, Tree, TreeFile, WalkOptions};

/// Holds the entries of an archive to the rules of a model, for files and streams alike.
///
/// Which directory is the model's root is known only after the last entry, and so is what lies at
/// the root and is ignored. What cannot be ignored in either case is refused at once.
pub(super) struct Listing<'a> {
    archive: &'a Path,
    walk: &'a WalkOptions,
    ignored: Vec<EntryPath>,
    entries: Vec<Listed>,
    total: u64,
    /// Tells whether a name began with `./`, so that the archive's root is the model's.
    dotted: bool,
}

struct Listed {
    path: EntryPath,
    kind: Kind,
    size: u64,
    start: u64,
}

/// The model in an archive.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) tree: Tree,
    /// Where the bytes of each file start.
    pub(super) starts: BTreeMap<EntryPath, u64>,
}

impl<'a> Listing<'a> {
    pub(super) fn new(archive: &'a Path, walk: &'a WalkOptions) -> Self {
        Self {
            archive,
            walk,
            ignored: walk.ignored(),
            entries: Vec::new(),
            total: 0,
            dotted: false,
        }
    }

    /// Takes an entry and returns its path in the archive, but for the archive's own root.
    pub(super) fn add(&mut self, met: &Met) -> Result<Option<&EntryPath>, HashError> {
        let named = |source| HashError::Name {
            path: location(self.archive, &met.name),
            source,
        };
        let (dotted, path) = name(met).map_err(named)?;
        self.dotted |= dotted;
        let Some(path) = path else {
            return Ok(None);
        };
        if !self.may_be_ignored(&path) {
            self.check_kind(&path, met.kind)?;
        }
        self.total = self.total.saturating_add(met.size);
        let archive = || self.archive.to_path_buf();
        self.walk.limits().check_total(self.total, archive)?;
        // One of the directories may turn out to be the root, which does not count.
        let count = self.entries.len();
        self.walk.limits().check_entries(count, archive)?;
        self.entries.push(Listed {
            path,
            kind: met.kind,
            size: met.size,
            start: met.start,
        });
        Ok(self.entries.last().map(|listed| &listed.path))
    }

    /// Makes the model of all entries. `name` is its name where no directory has it.
    pub(super) fn finish(self, name: &str) -> Result<Model, HashError> {
        let top = self.top().map(str::to_owned);
        let mut model = Found::default();
        let limits = self.walk.limits();
        let mut count = 0;
        for listed in &self.entries {
            let path = below(&listed.path, top.as_deref());
            let path = path.map_err(|source| HashError::Name {
                path: location(self.archive, listed.path.as_str().as_bytes()),
                source,
            })?;
            if let Some(path) = path {
                count += 1;
                limits.check_entries(count, || self.archive.to_path_buf())?;
                self.place(listed, path, &mut model)?;
            }
        }
        model.check_parents()?;
        if model.files.is_empty() {
            let path = self.archive.to_path_buf();
            return Err(HashError::Empty { path });
        }
        let name = top.unwrap_or_else(|| name.to_owned());
        let tree = Tree::new(name, model.files)?;
        model.excluded.sort();
        model.excluded.dedup();
        Ok(Model {
            tree: tree.with_left_out(self.ignored, model.excluded),
            starts: model.starts,
        })
    }

    /// Puts an entry that lies at `path` below the root among the files or what is left out.
    fn place(&self, listed: &Listed, path: EntryPath, model: &mut Found) -> Result<(), HashError> {
        // An ancestor sorts before what lies below it.
        if let Some(ignored) = self.ignored.iter().find(|ignored| path.is_within(ignored)) {
            model.excluded.push(ignored.clone());
            return Ok(());
        }
        self.check_kind(&listed.path, listed.kind)?;
        let (segments, text) = (path.segments().count(), path.as_str());
        let at = || location(self.archive, text.as_bytes());
        self.walk.limits().check_path(segments, text.len(), at)?;
        if listed.kind == Kind::Directory {
            model.directories.push(path);
            return Ok(());
        }
        model.starts.insert(path.clone(), listed.start);
        model.files.push(TreeFile::new(path, listed.size));
        Ok(())
    }

    /// Returns the one directory that everything lies in, unless names began with `./`.
    fn top(&self) -> Option<&str> {
        let first = self.entries.first()?.path.segments().next()?;
        let lies_in = |listed: &Listed| {
            let mut segments = listed.path.segments();
            segments.next() == Some(first)
                && (segments.next().is_some() || listed.kind == Kind::Directory)
        };
        (!self.dotted && self.entries.iter().all(lies_in)).then_some(first)
    }

    fn may_be_ignored(&self, path: &EntryPath) -> bool {
        let ignored = |path: &EntryPath| self.ignored.iter().any(|other| path.is_within(other));
        let first = path.segments().next();
        ignored(path) || matches!(below(path, first), Ok(Some(path)) if ignored(&path))
    }

    fn check_kind(&self, path: &EntryPath, kind: Kind) -> Result<(), HashError> {
        let path = location(self.archive, path.as_str().as_bytes());
        match kind {
            Kind::Directory | Kind::File => Ok(()),
            Kind::HardLink => Err(TarError::HardLink.at(path)),
            Kind::Special => Err(HashError::NotRegular { path }),
            Kind::Symlink => Err(HashError::Symlink { path }),
        }
    }
}

/// What was found below the root.
#[derive(Default)]
struct Found {
    files: Vec<TreeFile>,
    directories: Vec<EntryPath>,
    excluded: Vec<EntryPath>,
    starts: BTreeMap<EntryPath, u64>,
}

impl Found {
    /// Makes sure that no file is also a directory: that depends on who unpacks the archive.
    fn check_parents(&self) -> Result<(), HashError> {
        let files = self.files.iter().map(|file| (file.path(), false));
        let directories = self.directories.iter().map(|path| (path, true));
        for (path, itself) in files.chain(directories) {
            let itself = itself.then_some(path.as_str());
            for parent in path.directories().chain(itself) {
                if let Some((path, _)) = self.starts.get_key_value(parent) {
                    let path = path.clone();
                    return Err(HashError::Duplicate { path });
                }
            }
        }
        Ok(())
    }
}

/// Returns the name of an entry, `None` for the archive's root, and whether it began with `./`.
fn name(met: &Met) -> Result<(bool, Option<EntryPath>), ParseEntryPathError> {
    let name = std::str::from_utf8(&met.name).map_err(|_| ParseEntryPathError::Encoding)?;
    if met.kind != Kind::Directory {
        let rest = name.strip_prefix("./");
        return Ok((rest.is_some(), Some(rest.unwrap_or(name).parse()?)));
    }
    let name = name.strip_suffix('/').unwrap_or(name);
    if name == "." {
        return Ok((true, None));
    }
    let rest = name.strip_prefix("./");
    Ok((rest.is_some(), Some(rest.unwrap_or(name).parse()?)))
}

/// Returns a path below the directory `top`, `None` for that directory itself.
///
/// What was a path need not be one without its first segment: `a/C:b` is, and `C:b` names a drive.
fn below(path: &EntryPath, top: Option<&str>) -> Result<Option<EntryPath>, ParseEntryPathError> {
    let Some(top) = top else {
        return Ok(Some(path.clone()));
    };
    let rest = path.as_str().strip_prefix(top);
    let rest = rest.and_then(|rest| rest.strip_prefix('/'));
    rest.map(str::parse).transpose()
}
