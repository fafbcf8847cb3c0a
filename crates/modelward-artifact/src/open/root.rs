use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::folder::Folder;
use super::{Links, not_regular, open, regular};
use crate::error::Operation;
use crate::stamp::Stamp;
use crate::{EntryPath, HashError, Symlinks, TreeFile};

/// A model's directory, held open, or a model that is one file.
///
/// All files are opened beneath the one directory that was found first, whatever takes the place of
/// its name later.
#[derive(Debug)]
pub(crate) struct Root {
    path: PathBuf,
    place: Place,
}

#[derive(Debug)]
enum Place {
    File(Links),
    Folder(Folder),
}

impl Root {
    pub(crate) fn open(path: &Path, symlinks: Symlinks) -> io::Result<Self> {
        let path = bare(path).to_path_buf();
        let links = Links::from(symlinks);
        let metadata = links.metadata(&path)?;
        let place = if metadata.is_dir() {
            Place::Folder(Folder::open(&path, links)?)
        } else if metadata.is_file() {
            Place::File(links)
        } else {
            return Err(not_regular());
        };
        Ok(Self { path, place })
    }

    /// Opens a file of the model, and makes sure that it is one.
    ///
    /// Where the model is one file, `entry` names that file.
    pub(crate) fn open_file(&self, entry: &EntryPath, symlinks: Symlinks) -> io::Result<File> {
        self.open_known(entry, symlinks).map(|(file, _)| file)
    }

    /// Opens a file that the walk has met, and makes sure that it is still the same.
    pub(crate) fn open_met(&self, file: &TreeFile) -> Result<File, HashError> {
        let (opened, metadata) = self
            .open_known(file.path(), file.symlinks())
            .map_err(|source| self.open_error(file, source))?;
        self.compare(file, &metadata)?;
        Ok(opened)
    }

    /// Makes sure that a file did not change since the walk, once its last byte is read.
    pub(crate) fn check_met(&self, file: &TreeFile, opened: &File) -> Result<(), HashError> {
        let metadata = opened.metadata().map_err(|source| HashError::Io {
            operation: Operation::Stat,
            path: self.location(file.path()),
            source,
        })?;
        self.compare(file, &metadata)
    }

    /// Says what a link leads to, without opening it.
    pub(crate) fn target(&self, entry: &EntryPath, symlinks: Symlinks) -> io::Result<Metadata> {
        match &self.place {
            Place::File(links) => links.metadata(&self.path),
            Place::Folder(folder) => folder.target(entry, symlinks),
        }
    }

    /// Returns where an entry lies: the root itself where the model is a single file.
    pub(crate) fn location(&self, entry: &EntryPath) -> PathBuf {
        match self.place {
            Place::File(_) => self.path.clone(),
            Place::Folder(_) => entry.below(&self.path),
        }
    }

    fn open_known(&self, entry: &EntryPath, symlinks: Symlinks) -> io::Result<(File, Metadata)> {
        let file = match &self.place {
            Place::File(links) => open(&self.path, *links)?,
            Place::Folder(folder) => folder.open_file(entry, symlinks)?,
        };
        regular(file)
    }

    fn compare(&self, file: &TreeFile, metadata: &Metadata) -> Result<(), HashError> {
        let same_stamp = |stamp: &Stamp| *stamp == Stamp::of(metadata);
        if metadata.len() == file.size() && file.stamp().is_none_or(same_stamp) {
            return Ok(());
        }
        Err(HashError::Changed {
            path: self.location(file.path()),
        })
    }

    /// Says what stands where the walk met a file.
    fn open_error(&self, file: &TreeFile, source: io::Error) -> HashError {
        let path = self.location(file.path());
        if file.symlinks().follow() {
            return link_error(path, Operation::Open, source);
        }
        if let Some(link) = self.first_link(file.path()) {
            return HashError::Symlink { path: link };
        }
        match fs::symlink_metadata(&path) {
            Ok(metadata) if !metadata.is_file() => HashError::NotRegular { path },
            _ => HashError::Io {
                operation: Operation::Open,
                path,
                source,
            },
        }
    }

    /// Returns the first link on the way from the root to a file.
    fn first_link(&self, entry: &EntryPath) -> Option<PathBuf> {
        let is_link = |place: &Path| fs::symlink_metadata(place).is_ok_and(|m| m.is_symlink());
        let mut place = self.path.clone();
        let mut segments = entry.segments();
        while !is_link(&place) {
            place.push(segments.next()?);
        }
        Some(place)
    }
}

/// Says why a link that may be followed leads to no file of the model.
pub(crate) fn link_error(path: PathBuf, operation: Operation, source: io::Error) -> HashError {
    match source.kind() {
        io::ErrorKind::CrossesDevices => HashError::LinkOutside { path },
        io::ErrorKind::InvalidInput => HashError::NotRegular { path },
        io::ErrorKind::NotADirectory | io::ErrorKind::NotFound => HashError::Dangling { path },
        _ if is_loop(&source) => HashError::Dangling { path },
        _ => HashError::Io {
            operation,
            path,
            source,
        },
    }
}

/// Returns a root without a last `/` or `/.`, through which a link would be followed.
pub(crate) fn bare(root: &Path) -> &Path {
    root.components().as_path()
}

fn is_loop(error: &io::Error) -> bool {
    #[cfg(unix)]
    let code = Some(rustix::io::Errno::LOOP.raw_os_error());
    #[cfg(not(unix))]
    let code = Some(1921); // ERROR_CANT_RESOLVE_FILENAME
    error.raw_os_error() == code
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::io::Read as _;
    use std::os::unix::fs::symlink;
    use std::path::Path;

    use super::Root;
    use crate::{HashError, NoControl, Symlinks, Tree, WalkOptions, walk};

    const FOLLOW: Symlinks = Symlinks::FollowAnywhere;

    fn scratch() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a scratch folder can be made");
        for (file, text) in [("model/sub/w.bin", "ours"), ("elsewhere/w.bin", "evil")] {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("writable");
            fs::write(path, text).expect("writable");
        }
        folder
    }

    fn walked(model: &Path, symlinks: Symlinks) -> (Root, Tree) {
        let options = WalkOptions::default().with_symlinks(symlinks);
        let tree = walk(model, &options, &NoControl).expect("a plain tree");
        let root = Root::open(model, symlinks).expect("the model is a directory");
        (root, tree)
    }

    fn opened(root: &Root, tree: &Tree) -> Result<String, HashError> {
        let mut text = String::new();
        let mut file = root.open_met(&tree.files()[0])?;
        file.read_to_string(&mut text)
            .expect("an opened file can be read");
        Ok(text)
    }

    #[test]
    fn a_directory_swapped_for_a_link_is_not_followed() {
        for symlinks in [FOLLOW, Symlinks::FollowWithin, Symlinks::Refuse] {
            let scratch = scratch();
            let model = scratch.path().join("model");
            let (root, tree) = walked(&model, symlinks);
            assert_eq!(opened(&root, &tree).expect("nothing happened yet"), "ours");
            fs::rename(model.join("sub"), scratch.path().join("old")).expect("writable");
            symlink("../elsewhere", model.join("sub")).expect("links can be made");
            let error = opened(&root, &tree).expect_err("a link");
            assert_eq!(error.code(), "artifact.walk.symlink", "{symlinks:?}");
            assert_eq!(error.path(), Some(model.join("sub").as_path()));
        }
    }

    #[test]
    fn a_link_that_leads_elsewhere_meanwhile_is_a_change() {
        let scratch = scratch();
        let model = scratch.path().join("model");
        fs::remove_dir_all(model.join("sub")).expect("writable");
        fs::write(scratch.path().join("blob"), "ours").expect("writable");
        symlink("../blob", model.join("w.bin")).expect("links can be made");
        let (root, tree) = walked(&model, FOLLOW);
        assert_eq!(opened(&root, &tree).expect("nothing happened yet"), "ours");
        assert!(tree.files()[0].is_link());

        fs::remove_file(model.join("w.bin")).expect("writable");
        symlink("../elsewhere/w.bin", model.join("w.bin")).expect("links can be made");
        let error = opened(&root, &tree).expect_err("another file of the same size");
        assert_eq!(error.code(), "artifact.hash.changed");

        fs::remove_file(scratch.path().join("elsewhere/w.bin")).expect("writable");
        let error = opened(&root, &tree).expect_err("no file");
        assert_eq!(error.code(), "artifact.walk.dangling");
    }

    #[test]
    fn a_file_replaced_by_one_of_the_same_size_and_time_is_a_change() {
        let scratch = scratch();
        let model = scratch.path().join("model");
        let (root, tree) = walked(&model, Symlinks::Refuse);
        let file = model.join("sub/w.bin");
        let time = fs::metadata(&file)
            .and_then(|m| m.modified())
            .expect("has a time");
        let twin = scratch.path().join("elsewhere/w.bin");
        let writer = fs::File::options()
            .write(true)
            .open(&twin)
            .expect("writable");
        writer.set_modified(time).expect("the owner may set it");
        fs::rename(twin, file).expect("writable");
        let error = opened(&root, &tree).expect_err("another file");
        assert_eq!(error.code(), "artifact.hash.changed");
    }

    #[test]
    fn a_file_written_to_while_it_is_open_is_a_change() {
        let scratch = scratch();
        let model = scratch.path().join("model");
        let (root, tree) = walked(&model, Symlinks::Refuse);
        let met = &tree.files()[0];
        let open = root.open_met(met).expect("nothing happened yet");
        root.check_met(met, &open).expect("nothing happened yet");
        fs::write(model.join("sub/w.bin"), "longer").expect("writable");
        let error = root.check_met(met, &open).expect_err("it grew");
        assert_eq!(error.code(), "artifact.hash.changed");
    }

    #[test]
    fn what_takes_the_name_of_the_root_is_not_opened() {
        let scratch = scratch();
        let model = scratch.path().join("model");
        let (root, tree) = walked(&model, Symlinks::Refuse);
        fs::rename(&model, scratch.path().join("moved")).expect("writable");
        symlink("elsewhere", &model).expect("links can be made");
        assert_eq!(opened(&root, &tree).expect("the root is held open"), "ours");
        Root::open(&model, Symlinks::Refuse).expect_err("the name is a link now");
    }
}
