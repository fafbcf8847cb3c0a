//! Reads the clock, which is the tool's to read and not the library's.

use std::time::{SystemTime, UNIX_EPOCH};

use modelward::Timestamp;

/// Returns the time by the clock of this machine.
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = i64::try_from(since.unwrap_or_default().as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_unix_seconds(seconds).unwrap_or(Timestamp::MAX)
}
