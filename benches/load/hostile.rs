//! Every reader against every hostile text of its format.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::memory::{peak, reset_peak};
use crate::readers::{CSV, JSON, Reader, TOML, XML, YAML};
use crate::texts::{self, Text};

/// How long a reader may take to refuse.
const TARGET: Duration = Duration::from_millis(100);

/// How often each reader has its turn: the best time counts, for other work of the machine only adds.
const ROUNDS: usize = 3;

pub(crate) fn run(size: usize) {
    println!("hostile texts of {size} bytes: processor time, the best of {ROUNDS} times");
    let formats: [(&str, &[Reader], Vec<Text>); 5] = [
        ("json", JSON, texts::json(size)),
        ("toml", TOML, texts::toml(size)),
        ("yaml", YAML, texts::yaml(size)),
        ("xml", XML, texts::xml(size)),
        ("csv", CSV, texts::csv(size)),
    ];
    let (mut pairs, mut slow) = (0, 0);
    for (format, readers, texts) in formats {
        for (reader, read) in readers {
            let mut worst = (Duration::ZERO, "");
            for (name, text) in &texts {
                let (took, refused) = time(*read, text);
                pairs += 1;
                if !refused {
                    println!("  {format} {reader}: takes `{name}`");
                }
                if took > TARGET {
                    slow += 1;
                    println!("  {format} {reader}: `{name}` took {} ms", took.as_millis());
                }
                worst = worst.max((took, name));
            }
            let milliseconds = worst.0.as_secs_f64() * 1e3;
            println!(
                "  {format} {reader:<28} worst {milliseconds:>7.1} ms: {}",
                worst.1
            );
        }
    }
    println!(
        "{pairs} pairs of reader and text, {slow} beyond {} ms",
        TARGET.as_millis()
    );
    println!("largest resident memory: {} MiB", peak() >> 20);
}

fn time(read: fn(&[u8]) -> bool, text: &[u8]) -> (Duration, bool) {
    let mut best = Duration::MAX;
    let mut refused = true;
    reset_peak();
    for _ in 0..ROUNDS {
        let began = processor_time();
        refused = read(text);
        best = best.min(processor_time().saturating_sub(began));
    }
    (best, refused)
}

/// Returns the time of the processor that this thread took, which other work of the machine does not
/// add to.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let seconds = u64::try_from(time.tv_sec).expect("it is not negative");
    let nanoseconds = u32::try_from(time.tv_nsec).expect("it is below a second");
    Duration::new(seconds, nanoseconds)
}
