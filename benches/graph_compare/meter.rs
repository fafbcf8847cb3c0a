//! Clocks and counters.

use std::alloc::System;
use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use cap::Cap;
use rustix::time::{ClockId, clock_gettime};

/// Counts what is on the heap, at the cost of an atomic addition for each allocation.
#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, usize::MAX);

/// What takes less is repeated, since one run would tell of the clock.
const SHORT: Duration = Duration::from_micros(100);
const REPEATED: u32 = 500;

/// What one run took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    pub(crate) wall: Duration,
    /// That of all threads.
    pub(crate) cpu: Duration,
}

/// Runs something and tells what it took. What it returns is dropped by the caller, unmeasured.
pub(crate) fn measure<T>(work: impl FnOnce() -> T) -> (T, Taken) {
    let (began, cpu) = (Instant::now(), cpu_time());
    let result = black_box(work());
    let wall = began.elapsed();
    let cpu = cpu_time().saturating_sub(cpu);
    (result, Taken { wall, cpu })
}

/// Runs something, many times if it is short, and tells the mean.
pub(crate) fn measure_often<T>(work: impl Fn() -> T) -> (T, Taken) {
    let (result, once) = measure(&work);
    if once.wall > SHORT {
        return (result, once);
    }
    let ((), many) = measure(|| {
        for _ in 0..REPEATED {
            drop(black_box(work()));
        }
    });
    let taken = Taken {
        wall: many.wall / REPEATED,
        cpu: many.cpu / REPEATED,
    };
    (result, taken)
}

/// Returns how many bytes are on the heap now.
pub(crate) fn live() -> usize {
    HEAP.allocated()
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

fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::try_from(time).unwrap_or_default()
}
