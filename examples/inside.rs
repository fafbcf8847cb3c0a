//! Finds our own files in a model.

use std::fs;
use std::path::Path;

use modelward::artifact::EntryPath;

/// Returns the path of `file` inside of `model`, if it lies there: it is not part of the model.
pub(crate) fn inside(model: &Path, file: &Path) -> Option<EntryPath> {
    let model = fs::canonicalize(model).ok()?;
    let parent = file
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let folder = fs::canonicalize(parent.unwrap_or(Path::new("."))).ok()?;
    let relative = folder.join(file.file_name()?);
    EntryPath::from_relative(relative.strip_prefix(model).ok()?).ok()
}
