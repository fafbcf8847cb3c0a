mod entries;
mod error;
mod extension;
mod header;
mod listing;
mod stream;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use self::entries::{Entries, Kind, Skip, location};
use self::listing::{Listing, Model};
use crate::error::Operation;
use crate::open::{Root, bare, read_at};
use crate::stamp::Stamp;
use crate::{
    Content, Control, EntryPath, HashError, NoControl, Source, Tree, TreeFile, WalkOptions,
};

pub use self::error::TarError;

/// Holds a model that lies in an uncompressed tar archive on a local disk, and is not unpacked.
///
/// The headers are read once; then files are read where they lie, by as many threads as there are.
/// [`Manifest::hash_tar`](crate::Manifest::hash_tar) reads an archive that comes as a stream.
///
/// - A model and an archive of it have the same digests: `tar -C model -cf m.tar .` and
///   `tar -cf m.tar model` alike. Where everything lies in one directory, that is the model, and the
///   tree has its name; where there is more, or names begin with `./`, it is the archive itself, and
///   the tree has the archive's name without its extension.
/// - Links, hard links too, are refused, whatever [`WalkOptions`] say of links; so are devices,
///   pipes, sparse files, and two entries of one name. `tar --hard-dereference` writes a file in
///   place of a hard link.
/// - What two readers of the archive could take for two things is refused: sizes or names that
///   contradict each other, bytes of what is no file, more after the end. So is what is cut off.
/// - Limits count entries that are ignored too, since they have to be read past.
///
/// ```
/// use modelward_artifact::{HashOptions, Manifest, NoControl, TarFile, WalkOptions};
///
/// let folder = tempfile::tempdir()?;
/// let archive = folder.path().join("model.tar");
/// let mut header = tar::Header::new_gnu();
/// header.set_size(3);
/// let mut writer = tar::Builder::new(std::fs::File::create(&archive)?);
/// writer.append_data(&mut header, "weights.bin", &b"abc"[..])?;
/// writer.finish()?;
///
/// let source = TarFile::open(&archive, WalkOptions::default())?;
/// let manifest = Manifest::hash_source(&source, &HashOptions::default(), &NoControl)?;
/// assert_eq!(manifest.entries()[0].path().as_str(), "weights.bin");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct TarFile {
    path: PathBuf,
    /// The archive's name without its extension.
    name: String,
    file: File,
    stamp: Stamp,
    length: u64,
    walk: WalkOptions,
    model: OnceLock<Model>,
}

impl TarFile {
    /// Opens an archive. It stays the one that was opened, whatever takes the place of its name.
    ///
    /// # Errors
    ///
    /// [`HashError`] where the path cannot be opened, is no regular file, or is a link that `walk`
    /// does not follow. What is wrong inside is found when the tree is listed.
    pub fn open(path: &Path, walk: WalkOptions) -> Result<Self, HashError> {
        let path = bare(path).to_path_buf();
        let stem = path.file_stem().unwrap_or("model".as_ref());
        let name = EntryPath::from_relative(stem.as_ref()).map_err(|source| HashError::Name {
            path: path.clone(),
            source,
        })?;
        let file = open(&path, &name, &walk)?;
        let metadata = file
            .metadata()
            .map_err(|source| io_error(Operation::Stat, &path, source))?;
        Ok(Self {
            name: name.as_str().to_owned(),
            stamp: Stamp::of(&metadata),
            length: metadata.len(),
            model: OnceLock::new(),
            path,
            file,
            walk,
        })
    }

    /// Returns the model, whose headers are read the first time.
    fn model(&self, control: &dyn Control) -> Result<&Model, HashError> {
        if let Some(model) = self.model.get() {
            return Ok(model);
        }
        let model = self.list(control)?;
        Ok(self.model.get_or_init(|| model))
    }

    fn list(&self, control: &dyn Control) -> Result<Model, HashError> {
        self.check_unchanged()?;
        let mut entries = Entries::new(&self.path, Cursor { tar: self, at: 0 });
        let mut listing = Listing::new(&self.path, &self.walk);
        while let Some(met) = entries.next()? {
            if control.cancelled() {
                return Err(HashError::Cancelled);
            }
            listing.add(&met)?;
            if met.kind == Kind::File {
                entries.skip(met.size)?;
            }
        }
        let model = listing.finish(&self.name)?;
        self.check_unchanged()?;
        Ok(model)
    }

    fn check_unchanged(&self) -> Result<(), HashError> {
        let metadata = self.file.metadata();
        let metadata = metadata.map_err(|source| io_error(Operation::Stat, &self.path, source))?;
        if Stamp::of(&metadata) == self.stamp {
            return Ok(());
        }
        Err(HashError::Changed {
            path: self.path.clone(),
        })
    }
}

impl Source for TarFile {
    fn tree(&self, control: &dyn Control) -> Result<Tree, HashError> {
        self.model(control).map(|model| model.tree.clone())
    }

    fn open(&self, file: &TreeFile) -> Result<Box<dyn Content + '_>, HashError> {
        let model = self.model(&NoControl)?;
        let files = model.tree.files();
        let listed = files
            .binary_search_by(|other| other.path().cmp(file.path()))
            .is_ok_and(|found| files[found] == *file);
        let start = model.starts.get(file.path()).filter(|_| listed);
        let start = *start.ok_or_else(|| HashError::Changed {
            path: location(&self.path, file.path().as_str().as_bytes()),
        })?;
        Ok(Box::new(Part {
            tar: self,
            start,
            size: file.size(),
        }))
    }
}

/// The bytes of one file of the archive.
struct Part<'a> {
    tar: &'a TarFile,
    start: u64,
    size: u64,
}

impl Content for Part<'_> {
    fn read<'a>(&'a mut self, offset: u64, buffer: &'a mut [u8]) -> Result<&'a [u8], HashError> {
        let rest = self.size.saturating_sub(offset);
        let most = usize::try_from(rest).unwrap_or(usize::MAX);
        let most = most.min(buffer.len());
        // Below the size that was checked against the archive's, so the sum is a position in it.
        let at = self.start.saturating_add(offset);
        loop {
            match read_at(&self.tar.file, &mut buffer[..most], at) {
                Ok(count) => return Ok(&buffer[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(source) => return Err(io_error(Operation::Read, &self.tar.path, source)),
            }
        }
    }

    fn finish(&mut self) -> Result<(), HashError> {
        self.tar.check_unchanged()
    }
}

/// Reads an archive from its start on.
struct Cursor<'a> {
    tar: &'a TarFile,
    at: u64,
}

impl Read for Cursor<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = read_at(&self.tar.file, buffer, self.at)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Skip for Cursor<'_> {
    fn skip(&mut self, count: u64) -> Option<()> {
        let at = self.at.checked_add(count)?;
        self.at = Some(at).filter(|at| *at <= self.tar.length)?;
        Some(())
    }
}

fn open(path: &Path, name: &EntryPath, walk: &WalkOptions) -> Result<File, HashError> {
    let refused = |source| {
        let is_link = path.symlink_metadata().is_ok_and(|it| it.is_symlink());
        if is_link && walk.symlinks() == crate::Symlinks::Refuse {
            return HashError::Symlink {
                path: path.to_path_buf(),
            };
        }
        match path.metadata() {
            Ok(metadata) if !metadata.is_file() => HashError::NotRegular {
                path: path.to_path_buf(),
            },
            _ => io_error(Operation::Open, path, source),
        }
    };
    let root = Root::open(path, walk.symlinks()).map_err(refused)?;
    // Only in a directory does a file lie elsewhere than the root itself.
    if root.location(name) != path {
        let path = path.to_path_buf();
        return Err(HashError::NotRegular { path });
    }
    root.open_file(name, walk.symlinks()).map_err(refused)
}

fn io_error(operation: Operation, path: &Path, source: io::Error) -> HashError {
    HashError::Io {
        operation,
        path: path.to_path_buf(),
        source,
    }
}
