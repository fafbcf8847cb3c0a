use std::fmt;
use std::sync::OnceLock;

use super::{Kernel, MAX_LANES};

/// Gives a kernel's cycles for one block of each of its lanes, measured with data in the cache.
///
/// Only the ratios within a column count. `benches/hashing.rs` measures them.
struct Rate {
    kernel: Kernel,
    /// Golden Cove: one SHA unit, `sha256msg1` every four cycles, two ports of 512 bits.
    intel: u32,
    /// Zen 5: a SHA unit that takes an instruction every two cycles, four pipes of 512 bits.
    amd: u32,
}

const fn rate(kernel: Kernel, intel: u32, amd: u32) -> Rate {
    Rate { kernel, intel, amd }
}

const RATES: [Rate; 9] = [
    rate(Kernel::Avx2, 1200, 1117),
    rate(Kernel::Avx512Ymm, 608, 851),
    rate(Kernel::Avx512Zmm, 922, 862),
    // Without a SHA unit, or `sha2` would use it as `ShaNi` does.
    rate(Kernel::Portable, 480, 480),
    rate(Kernel::ShaNi, 129, 133),
    rate(Kernel::ShaNi2, 202, 171),
    rate(Kernel::ShaNi2Vl, 196, 181),
    rate(Kernel::ShaNi3Vl, 288, 237),
    rate(Kernel::ShaNi4Vl, 392, 306),
];

/// Holds the kernels that this processor has, and which to use for how many messages.
///
/// It can be made by [`detect`](Self::detect) and [`only`](Self::only) alone, so it never names a
/// kernel that the processor lacks.
#[derive(Clone, Eq, PartialEq)]
pub struct Kernels {
    available: Vec<Kernel>,
    /// For each number of live messages, the kernel to begin with.
    choice: [Kernel; MAX_LANES + 1],
    /// For each number of live messages, the cycles for one block of each.
    cycles: [u32; MAX_LANES + 1],
}

impl Kernels {
    /// Returns all kernels of this processor. It is asked once.
    #[must_use]
    pub fn detect() -> &'static Self {
        static DETECTED: OnceLock<Kernels> = OnceLock::new();
        DETECTED.get_or_init(|| Self::plan(detected()))
    }

    /// Returns the kernels of this processor that are among `kernels`, so that one can be forced;
    /// `None` where it has none of them.
    #[must_use]
    pub fn only(kernels: &[Kernel]) -> Option<Self> {
        let wanted = |kernel: &Kernel| kernels.contains(kernel);
        let available: Vec<_> = detected().into_iter().filter(wanted).collect();
        (!available.is_empty()).then(|| Self::plan(available))
    }

    /// Lists the kernels.
    #[must_use]
    pub fn available(&self) -> &[Kernel] {
        &self.available
    }

    /// Tells whether a kernel is among these.
    #[must_use]
    pub fn has(&self, kernel: Kernel) -> bool {
        self.available.contains(&kernel)
    }

    /// Returns the kernel that the first of so many live messages go to.
    #[must_use]
    pub fn choose(&self, live: usize) -> Kernel {
        self.choice[live.min(MAX_LANES)]
    }

    /// Returns about how many bytes a thousand cycles take in, for so many live messages.
    pub(crate) fn speed(&self, live: usize) -> u64 {
        let live = live.clamp(1, MAX_LANES);
        live as u64 * 64_000 / u64::from(self.cycles[live])
    }

    /// Finds, for each number of messages, the kernels that take the fewest cycles together.
    fn plan(available: Vec<Kernel>) -> Self {
        let mut choice = [available[0]; MAX_LANES + 1];
        let mut cycles = [0; MAX_LANES + 1];
        for live in 1..=MAX_LANES {
            let cost = |kernel: Kernel| {
                // Spare lanes are allowed, so every kernel serves every number.
                let rest = live.saturating_sub(kernel.lanes());
                kernel_cycles(kernel) + cycles[rest]
            };
            let options = available.iter().map(|&kernel| (cost(kernel), kernel));
            if let Some(best) = options.min() {
                (cycles[live], choice[live]) = best;
            }
        }
        Self {
            available,
            choice,
            cycles,
        }
    }
}

impl fmt::Debug for Kernels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.available).finish()
    }
}

fn kernel_cycles(kernel: Kernel) -> u32 {
    let found = RATES.iter().find(|rate| rate.kernel == kernel);
    found.map_or(
        u32::MAX / 2,
        |rate| {
            if is_amd() { rate.amd } else { rate.intel }
        },
    )
}

#[cfg(target_arch = "x86_64")]
fn detected() -> Vec<Kernel> {
    let sha = is_x86_feature_detected!("sha")
        && is_x86_feature_detected!("sse4.1")
        && is_x86_feature_detected!("ssse3");
    let vl = is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vl");
    let has = |kernel: &Kernel| match kernel {
        Kernel::Portable => true,
        Kernel::Avx2 => is_x86_feature_detected!("avx2"),
        Kernel::Avx512Ymm | Kernel::Avx512Zmm => vl,
        Kernel::ShaNi | Kernel::ShaNi2 => sha,
        Kernel::ShaNi2Vl | Kernel::ShaNi3Vl | Kernel::ShaNi4Vl => sha && vl,
    };
    Kernel::ALL.into_iter().filter(has).collect()
}

#[cfg(not(target_arch = "x86_64"))]
fn detected() -> Vec<Kernel> {
    vec![Kernel::Portable]
}

#[cfg(target_arch = "x86_64")]
fn is_amd() -> bool {
    #[allow(unused_unsafe, reason = "it is unsafe up to some version after 1.89")]
    // SAFETY: every processor of this architecture has the instruction and this leaf of it.
    let vendor = unsafe { std::arch::x86_64::__cpuid(0) };
    [vendor.ebx, vendor.edx, vendor.ecx].map(u32::to_le_bytes) == [*b"Auth", *b"enti", *b"cAMD"]
}

#[cfg(not(target_arch = "x86_64"))]
const fn is_amd() -> bool {
    false
}
