//! What much work and hostile texts cost: many threads that verify many bundles, manifests of a
//! million resources, and texts of ten megabytes that every reader has to refuse.
//!
//! With `--test` all of it is small and runs once. Arguments (`bundles`, `manifests`, `hostile`)
//! choose parts; `MODELWARD_LOAD_SECONDS` sets how long bundles are verified.

#![expect(clippy::print_stdout, reason = "a bench prints")]

#[path = "load/bundles.rs"]
mod bundles;
#[path = "load/hostile.rs"]
mod hostile;
#[path = "load/manifests.rs"]
mod manifests;
#[path = "load/memory.rs"]
mod memory;
#[path = "load/readers.rs"]
mod readers;
#[path = "load/texts.rs"]
mod texts;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_test = arguments.iter().any(|it| it == "--test");
    let parts: Vec<_> = arguments.iter().filter(|it| !it.starts_with('-')).collect();
    let is_chosen = |name| parts.is_empty() || parts.iter().any(|it| *it == name);
    let (bundles, threads, seconds) = if is_test {
        (50, 4, 1)
    } else {
        (10_000, 64, 60)
    };
    let seconds = std::env::var("MODELWARD_LOAD_SECONDS").map_or(seconds, |text| {
        text.parse()
            .expect("MODELWARD_LOAD_SECONDS is a number of seconds")
    });
    if is_chosen("bundles") {
        bundles::run(bundles, threads, seconds);
    }
    if is_chosen("manifests") {
        manifests::run(if is_test { 1000 } else { 1_000_000 });
    }
    if is_chosen("hostile") {
        hostile::run(if is_test { 200_000 } else { 10_000_000 });
    }
}
