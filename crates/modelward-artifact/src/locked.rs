use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::ops::{Deref, DerefMut};
use std::path::Path;

/// Holds a file that is open to read and write, and the advisory lock on it.
///
/// Dropping it gives the lock up. Closing alone would not do: a child process that another thread
/// starts at that moment has the file too until it runs its own program, and the lock with it. A
/// process that ends gives it up as well.
///
/// ```
/// use modelward_artifact::LockedFile;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("lock");
/// let held = LockedFile::open(&path)?.ok_or("nobody else has it")?;
/// assert!(LockedFile::open(&path)?.is_none());
/// drop(held);
/// assert!(LockedFile::open(&path)?.is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct LockedFile(File);

impl LockedFile {
    /// Opens a file or creates it, and locks it. `None` stands for one that another holds.
    ///
    /// # Errors
    ///
    /// What the operating system says where the file cannot be opened or locked.
    pub fn open(path: &Path) -> io::Result<Option<Self>> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(source),
        }
    }
}

impl Deref for LockedFile {
    type Target = File;

    fn deref(&self) -> &File {
        &self.0
    }
}

impl DerefMut for LockedFile {
    fn deref_mut(&mut self) -> &mut File {
        &mut self.0
    }
}

impl Drop for LockedFile {
    fn drop(&mut self) {
        // Where this fails, the lock goes with the last one who has the file.
        let _ = self.0.unlock();
    }
}
