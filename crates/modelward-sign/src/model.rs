use std::collections::BTreeMap;
use std::path::Path;

use modelward_artifact::{Control, EntryPath, Finding, Folder, HeldFile, Layout, Verdict};

use crate::verify::VerifiedModel;
use crate::{Bundle, SignedBy, Statement, VerifiedStatement};

mod budget;
mod cursor;
mod error;
mod file;
mod open;
mod options;
mod reader;
mod slot;
#[cfg(feature = "safetensors")]
mod tensors;

pub use self::cursor::VerifiedCursor;
pub use self::error::LoadError;
pub use self::file::VerifiedFile;
pub use self::options::{LoadMode, LoadOptions};
pub use self::reader::VerifiedReader;
#[cfg(feature = "safetensors")]
pub use self::tensors::{TensorError, VerifiedTensors};

use self::budget::Budget;
use self::slot::Slot;

/// Holds a signed model open, and gives out no byte of it that was not verified.
///
/// [`VerifiedModel::open`] is the only way to get one: a trusted signer signed the statement, and the
/// files that are there are those that it names.
/// - A file is opened at most once, beneath the directory that was opened first, without following
///   links; what takes the place of a name later does not matter.
/// - What [`VerifiedFile`] gives out has the digest that was signed.
///
/// How far that goes is the matter of the [`LoadMode`] and of [`Holding`](modelward_artifact::Holding).
#[derive(Debug)]
pub struct HeldModel {
    statement: VerifiedStatement,
    folder: Folder,
    slots: BTreeMap<EntryPath, Slot>,
    mode: LoadMode,
    layout: Layout,
    threads: usize,
    budget: Budget,
}

impl VerifiedModel {
    /// Opens a model to be loaded: checks signature and statement, and that the signed files and no
    /// others are there. When the bytes are verified is the matter of the [`LoadMode`].
    ///
    #[cfg_attr(feature = "keygen", doc = "```")]
    #[cfg_attr(not(feature = "keygen"), doc = "```ignore")]
    /// use modelward_artifact::{HashOptions, Manifest, NoControl, Verdict};
    /// use modelward_sign::{LoadOptions, SigningKey, VerifiedModel, VerifyPolicy, sign};
    ///
    /// let key = SigningKey::generate();
    /// let model = tempfile::tempdir()?;
    /// std::fs::write(model.path().join("weights.bin"), b"weights")?;
    /// let manifest = Manifest::hash(model.path(), &HashOptions::default(), &NoControl)?;
    /// let bundle = sign(&manifest, &key)?;
    ///
    /// let options = LoadOptions::new(VerifyPolicy::key(key.public_key().clone()));
    /// let Verdict::Verified(held) =
    ///     VerifiedModel::open(model.path(), &bundle, &options, &NoControl)?
    /// else {
    ///     return Err("refused".into());
    /// };
    /// // Whoever writes to the file now changes nothing.
    /// std::fs::write(model.path().join("weights.bin"), b"evil!!!")?;
    /// assert_eq!(held.file("weights.bin")?.all()?, b"weights");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`LoadError`] where there is no answer: the statement is not understood, a file cannot be read
    /// or changes while it is read, `control` cancels, or [`LoadMode::ByShard`] is asked of a bundle
    /// with digests of whole files.
    pub fn open(
        root: &Path,
        bundle: &Bundle,
        options: &LoadOptions<'_>,
        control: &dyn Control,
    ) -> Result<Verdict<HeldModel>, LoadError> {
        open::open(root, bundle, options, control)
    }
}

impl HeldModel {
    /// Returns the signed statement.
    #[must_use]
    pub const fn statement(&self) -> &Statement {
        self.statement.statement()
    }

    /// Returns who signed.
    #[must_use]
    pub const fn signed_by(&self) -> &SignedBy {
        self.statement.signed_by()
    }

    /// Returns what deserves attention, such as files that are there and are not signed.
    #[must_use]
    pub fn warnings(&self) -> &[Finding] {
        self.statement.warnings()
    }

    /// Returns when bytes are verified.
    #[must_use]
    pub const fn mode(&self) -> LoadMode {
        self.mode
    }

    /// Returns the paths of the signed files, sorted.
    #[must_use]
    pub fn paths(&self) -> impl ExactSizeIterator<Item = &EntryPath> {
        self.slots.keys()
    }

    /// Returns a signed file. It is opened when it is asked for the first time, and closed when all of
    /// it was copied; else it stays open as long as the model.
    ///
    /// # Errors
    ///
    /// [`LoadError::NotSigned`] where no such file is signed, and [`LoadError::Verify`] where it
    /// cannot be opened or something else has taken its place,
    /// [`LoadError::TooLarge`] where its copy would pass the limit.
    pub fn file(&self, path: &str) -> Result<VerifiedFile<'_>, LoadError> {
        let not_signed = || LoadError::NotSigned {
            path: path.to_owned(),
        };
        let path: EntryPath = path.parse().map_err(|_| not_signed())?;
        let slot = self.slots.get(&path).ok_or_else(not_signed)?;
        let held = slot.held(|file| self.hold(file))?;
        Ok(VerifiedFile::new(self, slot, held))
    }

    fn hold(&self, file: &slot::Listed) -> Result<HeldFile, LoadError> {
        let listed = file.tree_file();
        if self.mode == LoadMode::Streaming {
            return Ok(self.folder.keep_open(listed)?);
        }
        self.budget.take(listed.path(), listed.size())?;
        let piece = match self.layout {
            Layout::Shards { size } => Some(size),
            Layout::Files => None,
        };
        let held = self.folder.hold(listed, piece, file.holding());
        held.map_err(|error| {
            self.budget.give_back(listed.size());
            error.into()
        })
    }
}
