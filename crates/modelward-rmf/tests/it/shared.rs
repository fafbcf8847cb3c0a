use std::path::{Path, PathBuf};

use serde_json::Value;

/// Returns a document of the field's data, or nothing where that is not at hand.
pub(crate) fn shared(name: &str) -> Option<Value> {
    let folder = std::env::var_os("MODELWARD_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let path = folder.join("data/rmf").join(name);
    let Ok(text) = std::fs::read(&path) else {
        assert!(
            std::env::var_os("MODELWARD_NO_SKIP").is_none(),
            "{} is not at hand and skipping is forbidden",
            path.display()
        );
        eprintln!("SKIPPED {name}: {} is not at hand", path.display());
        return None;
    };
    Some(serde_json::from_slice(&text).unwrap())
}
