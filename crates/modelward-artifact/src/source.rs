use crate::{Control, HashError, Tree, TreeFile};

/// Gives the files of a model, wherever they lie.
///
/// [`Folder`](crate::Folder), [`Memory`](crate::Memory) and [`TarFile`](crate::TarFile) are sources;
/// what else can list files and read them by ranges can be one.
///
/// ```
/// use modelward_artifact::{HashOptions, Manifest, Memory, NoControl};
///
/// let files = [("weights.bin".parse()?, b"abc".to_vec())];
/// let source = Memory::new("model", files)?;
/// let manifest = Manifest::hash_source(&source, &HashOptions::default(), &NoControl)?;
/// assert_eq!(manifest.entries()[0].size(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Source: Sync {
    /// Lists the files that are the model, with their sizes.
    ///
    /// # Errors
    ///
    /// [`HashError`] where they cannot be listed, a name cannot stand in a manifest, a limit is
    /// passed, there is no file, or `control` cancels.
    fn tree(&self, control: &dyn Control) -> Result<Tree, HashError>;

    /// Opens a file of the tree. It may be opened more than once, and from several threads.
    ///
    /// # Errors
    ///
    /// [`HashError`] where it cannot be opened or is not the file that the tree listed.
    fn open(&self, file: &TreeFile) -> Result<Box<dyn Content + '_>, HashError>;
}

/// Gives the bytes of one open file.
pub trait Content: Send {
    /// Returns bytes from `offset` on, at most as many as `buffer` has: in `buffer`, or in memory of
    /// its own. No bytes mean that the file ends there.
    ///
    /// It is called with growing offsets, each where the last bytes ended.
    ///
    /// # Errors
    ///
    /// [`HashError`] where the bytes cannot be had.
    fn read<'a>(&'a mut self, offset: u64, buffer: &'a mut [u8]) -> Result<&'a [u8], HashError>;

    /// Makes sure, after the last byte, that the file is still the one that the tree listed.
    ///
    /// # Errors
    ///
    /// [`HashError::Changed`] where it is not.
    fn finish(&mut self) -> Result<(), HashError> {
        Ok(())
    }
}
