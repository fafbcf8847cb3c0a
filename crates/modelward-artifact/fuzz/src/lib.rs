//! What the fuzz targets do with their bytes: read them, ask everything, and hold what always holds.

mod document;
mod escape;
mod json;
mod name;
mod tar;

use std::error::Error;

use modelward_artifact::escape::Terminal;

pub use crate::document::{digest_cache, manifest, sums};
pub use crate::escape::escape;
pub use crate::json::json;
pub use crate::name::name;
pub use crate::tar::tar;

/// Holds what holds of every error that is shown: it is one line, and nothing in it acts.
fn refused(error: &dyn Error) {
    let text = error.to_string();
    let escaped = Terminal(&text).to_string().replace("\\\\", "\\");
    assert_eq!(escaped, text, "what is shown is escaped");
}
