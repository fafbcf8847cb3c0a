//! Times, and the most memory that was in use.

use std::fs;
use std::hint::black_box;
use std::io::{self, Write as _};
use std::time::{Duration, Instant};

use crate::world::Sizes;

/// What one work took, each time.
pub(crate) struct Row {
    work: &'static str,
    took: Vec<Duration>,
}

impl Row {
    pub(crate) const fn new(work: &'static str, took: Vec<Duration>) -> Self {
        Self { work, took }
    }

    fn median(&self) -> Duration {
        let mut sorted = self.took.clone();
        sorted.sort_unstable();
        sorted[sorted.len() / 2]
    }
}

/// Runs something and tells how long it took.
pub(crate) fn measured<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let began = Instant::now();
    let result = black_box(work());
    (began.elapsed(), result)
}

/// Prints the table that `docs/benchmarks.md` has.
pub(crate) fn print(sizes: Sizes, rows: &[Row], peak: u64) {
    let mut out = io::stdout().lock();
    let mut line = |text: String| writeln!(out, "{text}").expect("the output is open");
    let (models, edges) = (sizes.models, sizes.models * sizes.materials);
    line(format!(
        "{models} models, {edges} relations, medians of {} runs",
        sizes.rounds
    ));
    line("| work | median |".to_owned());
    line("|---|---|".to_owned());
    for row in rows {
        line(format!(
            "| {} | {:.3} s |",
            row.work,
            row.median().as_secs_f64()
        ));
    }
    line(format!("largest resident memory: {} MiB", peak >> 20));
}

/// Lets the largest resident memory begin anew, where the system can.
pub(crate) fn reset_peak() {
    // Without the right to do so the peak is that of the whole process, which is no error.
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// Returns the largest resident memory in bytes, or 0 where the system does not tell.
pub(crate) fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibi = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    kibi.unwrap_or_default() * 1024
}
