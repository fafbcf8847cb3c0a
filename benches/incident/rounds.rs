//! Measures two ways in turns, so that a busy machine slows both.

use std::io::{self, Write as _};
use std::time::{Duration, Instant};

/// What two ways of one work took, an item, in nanoseconds: the medians, and that of the ratios.
pub(crate) struct Row {
    work: &'static str,
    beside: &'static str,
    ratio: f64,
    ours: f64,
    peer: f64,
}

impl Row {
    /// Takes turns so often, beginning with another each time; a round does so many items.
    ///
    /// Each way measures itself, and so leaves out what it prepares.
    pub(crate) fn measure(
        [work, beside]: [&'static str; 2],
        [rounds, items]: [u32; 2],
        mut ours: impl FnMut() -> Duration,
        mut peer: impl FnMut() -> Duration,
    ) -> Self {
        let each = |took: Duration| took.as_secs_f64() * 1e9 / f64::from(items);
        let (mut mine, mut others, mut ratios) = (vec![], vec![], vec![]);
        for round in 0..rounds {
            let (own, other) = if round % 2 == 0 {
                let own = ours();
                (own, peer())
            } else {
                let other = peer();
                (ours(), other)
            };
            mine.push(each(own));
            others.push(each(other));
            ratios.push(each(own) / each(other));
        }
        Self {
            work,
            beside,
            ratio: median(ratios),
            ours: median(mine),
            peer: median(others),
        }
    }
}

/// Runs something and returns how long it took.
pub(crate) fn timed<T>(run: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let result = std::hint::black_box(run());
    let took = start.elapsed();
    // What is given back afterwards is not part of the work.
    drop(result);
    took
}

/// Prints the rows as the table that `docs/benchmarks.md` has.
pub(crate) fn print(about: &str, rows: &[Row]) {
    let mut out = io::stdout().lock();
    let mut line = |text: String| writeln!(out, "{text}").expect("the output is open");
    line(about.to_owned());
    line("| work | beside | ratio | median | median beside |".to_owned());
    line("|---|---|---|---|---|".to_owned());
    for row in rows {
        let (work, beside, ratio) = (row.work, row.beside, row.ratio);
        let medians = format!("{} | {}", shown(row.ours), shown(row.peer));
        line(format!("| {work} | {beside} | {ratio:.3} | {medians} |"));
    }
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn shown(nanoseconds: f64) -> String {
    match nanoseconds {
        n if n >= 1e9 => format!("{:.2} s", n / 1e9),
        n if n >= 1e6 => format!("{:.2} ms", n / 1e6),
        n if n >= 1e3 => format!("{:.2} µs", n / 1e3),
        n => format!("{n:.0} ns"),
    }
}
