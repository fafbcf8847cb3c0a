//! How much memory the process has.

use std::fs;

/// Returns the resident memory in bytes, or 0 where the system does not tell.
pub(crate) fn resident() -> u64 {
    status("VmRSS:")
}

/// Lets the largest resident memory begin anew, where the system can.
pub(crate) fn reset_peak() {
    // Without the right to do so the peak is that of the whole process, which is no error.
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// Returns the largest resident memory in bytes, or 0 where the system does not tell.
pub(crate) fn peak() -> u64 {
    status("VmHWM:")
}

fn status(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kibi = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    kibi.unwrap_or_default() * 1024
}
