//! What the fuzz targets do with their bytes: read them, ask everything, and hold what always holds.

mod inventory;
mod policy;
mod rollback;

use std::error::Error;

use modelward_artifact::Timestamp;
use modelward_artifact::escape::Terminal;

pub use crate::inventory::{affected_list, inventory, inventory_index};
pub use crate::policy::{release_policy, release_report};
pub use crate::rollback::{release_history, rollback_plan, rollback_policy};

/// The time of every question.
fn now() -> Timestamp {
    "2026-11-26T10:00:00Z".parse().expect("it is a time")
}

/// Holds what holds of every error that is shown: it is one line, and nothing in it acts.
fn refused(error: &dyn Error) {
    let text = error.to_string();
    let escaped = Terminal(&text).to_string().replace("\\\\", "\\");
    assert_eq!(escaped, text, "what is shown is escaped");
}
