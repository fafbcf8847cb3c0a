use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::{Content, Control, EntryPath, HashError, Source, Tree, TreeFile};

/// Holds a model's files in memory: what was downloaded or made and lies on no disk.
#[derive(Clone, Debug)]
pub struct Memory {
    tree: Tree,
    files: BTreeMap<EntryPath, Vec<u8>>,
}

impl Memory {
    /// Takes the model's name and its files.
    ///
    /// # Errors
    ///
    /// [`HashError::Duplicate`] where a path stands twice, [`HashError::Empty`] where there is none.
    pub fn new(
        name: impl Into<String>,
        files: impl IntoIterator<Item = (EntryPath, Vec<u8>)>,
    ) -> Result<Self, HashError> {
        let files: Vec<_> = files.into_iter().collect();
        let listed = files
            .iter()
            .map(|(path, bytes)| TreeFile::new(path.clone(), bytes.len() as u64));
        Ok(Self {
            tree: Tree::new(name, listed.collect())?,
            files: files.into_iter().collect(),
        })
    }
}

impl Source for Memory {
    fn tree(&self, _: &dyn Control) -> Result<Tree, HashError> {
        Ok(self.tree.clone())
    }

    fn open(&self, file: &TreeFile) -> Result<Box<dyn Content + '_>, HashError> {
        let bytes = self
            .files
            .get(file.path())
            .filter(|bytes| bytes.len() as u64 == file.size());
        let bytes = bytes.ok_or_else(|| HashError::Changed {
            path: PathBuf::from(file.path().as_str()),
        })?;
        Ok(Box::new(Bytes(bytes)))
    }
}

struct Bytes<'a>(&'a [u8]);

impl Content for Bytes<'_> {
    fn read<'a>(&'a mut self, offset: u64, buffer: &'a mut [u8]) -> Result<&'a [u8], HashError> {
        let from = usize::try_from(offset).unwrap_or(usize::MAX);
        let rest = self.0.get(from..).unwrap_or_default();
        Ok(&rest[..rest.len().min(buffer.len())])
    }
}
