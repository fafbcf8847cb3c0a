//! SHA-256 over several messages at once.
//!
//! One message alone is bound by the latency of its own chain of rounds: a core does at best half of
//! what it could. Several independent messages, one in each SIMD lane or side by side in the SHA
//! unit, fill it. [`compress`] is the one door: it advances any number of messages by whole blocks
//! with the kernels that a measured table of rates finds the quickest for as many.
//!
//! Most callers want [`Hasher`](crate::Hasher) or [`Manifest`](crate::Manifest), which stand on it.
//!
//! ```
//! use modelward_artifact::kernel::{INITIAL_STATE, Kernels, Lane, compress};
//!
//! let blocks = [[7; 64]; 3];
//! let (mut first, mut second) = (INITIAL_STATE, INITIAL_STATE);
//! let mut lanes = [Lane::new(&mut first, &blocks), Lane::new(&mut second, &blocks[..1])];
//! compress(Kernels::detect(), &mut lanes);
//! assert_ne!(first, second);
//! ```

#![expect(
    unsafe_code,
    reason = "a function that needs a processor's feature is called after it was detected"
)]

use std::fmt;

pub use self::plan::Kernels;

/// Invokes a macro with each number from 0 to 15, so that every index is a constant.
#[cfg(target_arch = "x86_64")]
macro_rules! sixteen {
    ($step:ident) => {
        $step!(0);
        $step!(1);
        $step!(2);
        $step!(3);
        $step!(4);
        $step!(5);
        $step!(6);
        $step!(7);
        $step!(8);
        $step!(9);
        $step!(10);
        $step!(11);
        $step!(12);
        $step!(13);
        $step!(14);
        $step!(15);
    };
}

#[cfg(target_arch = "x86_64")]
#[macro_use]
mod lanes;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512_ymm;
#[cfg(target_arch = "x86_64")]
mod avx512_zmm;
mod plan;
#[cfg(target_arch = "x86_64")]
mod sha_ni;

/// The chaining value of SHA-256: eight words (FIPS 180-4, section 6.2).
pub type State = [u32; 8];

/// What SHA-256 reads at a time.
pub type Block = [u8; 64];

/// The most messages that one kernel advances together.
pub const MAX_LANES: usize = 16;

/// The chaining value before the first block (FIPS 180-4, section 5.3.3).
pub const INITIAL_STATE: State = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

/// The round constants (FIPS 180-4, section 4.2.2), sixteen rounds in a row.
#[cfg(target_arch = "x86_64")]
#[rustfmt::skip]
static ROUND_CONSTANTS: [[u32; 16]; 4] = [
    [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    ],
    [
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    ],
    [
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    ],
    [
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ],
];

/// Names one way to advance messages by a block.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Kernel {
    /// Eight messages in the 32-bit lanes of AVX2.
    Avx2,
    /// Eight messages in the lanes of AVX-512VL's 256-bit registers.
    Avx512Ymm,
    /// Sixteen messages in the lanes of AVX-512.
    Avx512Zmm,
    /// One message by `sha2`, which serves on every processor and uses what it has for one message.
    Portable,
    /// One message in the SHA unit, with the data fetched ahead.
    ShaNi,
    /// Two messages side by side in the SHA unit.
    ShaNi2,
    /// Two messages, the message schedule with AVX-512VL's rotations.
    ShaNi2Vl,
    /// Three messages, the message schedule with AVX-512VL's rotations.
    ShaNi3Vl,
    /// Four messages, the message schedule with AVX-512VL's rotations.
    ShaNi4Vl,
}

impl Kernel {
    /// Lists every kernel, whether this processor has it or not.
    pub const ALL: [Self; 9] = [
        Self::Avx2,
        Self::Avx512Ymm,
        Self::Avx512Zmm,
        Self::Portable,
        Self::ShaNi,
        Self::ShaNi2,
        Self::ShaNi2Vl,
        Self::ShaNi3Vl,
        Self::ShaNi4Vl,
    ];

    /// Returns the name, such as `avx512-zmm`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Avx2 => "avx2",
            Self::Avx512Ymm => "avx512-ymm",
            Self::Avx512Zmm => "avx512-zmm",
            Self::Portable => "portable",
            Self::ShaNi => "sha-ni",
            Self::ShaNi2 => "sha-ni-2",
            Self::ShaNi2Vl => "sha-ni-2-vl",
            Self::ShaNi3Vl => "sha-ni-3-vl",
            Self::ShaNi4Vl => "sha-ni-4-vl",
        }
    }

    /// Returns how many messages it advances together, from 1 to [`MAX_LANES`].
    #[must_use]
    pub const fn lanes(self) -> usize {
        match self {
            Self::Portable | Self::ShaNi => 1,
            Self::ShaNi2 | Self::ShaNi2Vl => 2,
            Self::ShaNi3Vl => 3,
            Self::ShaNi4Vl => 4,
            Self::Avx2 | Self::Avx512Ymm => 8,
            Self::Avx512Zmm => 16,
        }
    }
}

impl fmt::Display for Kernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Holds one message: its chaining value and the blocks to advance it by.
#[derive(Debug)]
pub struct Lane<'a> {
    state: &'a mut State,
    blocks: &'a [Block],
}

impl<'a> Lane<'a> {
    /// Joins a chaining value and blocks.
    #[must_use]
    pub const fn new(state: &'a mut State, blocks: &'a [Block]) -> Self {
        Self { state, blocks }
    }
}

/// Advances every message by all of its blocks, whatever their numbers. The order of `lanes`
/// changes.
pub fn compress(kernels: &Kernels, lanes: &mut [Lane<'_>]) {
    lanes.sort_unstable_by_key(|lane| std::cmp::Reverse(lane.blocks.len()));
    let mut live = lanes.partition_point(|lane| !lane.blocks.is_empty());
    while live > 0 {
        let run = lanes[live - 1].blocks.len();
        advance(kernels, &mut lanes[..live], run);
        live = lanes[..live].partition_point(|lane| !lane.blocks.is_empty());
    }
}

/// Advances every message by `run` blocks, which all of them have.
fn advance(kernels: &Kernels, mut lanes: &mut [Lane<'_>], run: usize) {
    while !lanes.is_empty() {
        let kernel = kernels.choose(lanes.len());
        let (group, rest) = lanes.split_at_mut(kernel.lanes().min(lanes.len()));
        call(kernel, kernels, group, run);
        lanes = rest;
    }
}

#[cfg(target_arch = "x86_64")]
fn call(kernel: Kernel, kernels: &Kernels, group: &mut [Lane<'_>], run: usize) {
    assert!(kernels.has(kernel), "a kernel was chosen that is missing");
    macro_rules! featured {
        ($function:expr) => {
            together(group, run, |states, blocks| {
                // SAFETY: the function is safe but for the features that it is compiled for. Those
                // of every kernel that `Kernels` holds were detected on this processor, and the
                // assertion says that it holds this one.
                unsafe { $function(states, blocks) }
            })
        };
    }
    match kernel {
        Kernel::Avx2 => featured!(avx2::compress),
        Kernel::Avx512Ymm => featured!(avx512_ymm::compress),
        Kernel::Avx512Zmm => featured!(avx512_zmm::compress),
        Kernel::Portable => together(group, run, portable),
        Kernel::ShaNi => featured!(sha_ni::compress::<1>),
        Kernel::ShaNi2 => featured!(sha_ni::compress::<2>),
        Kernel::ShaNi2Vl => featured!(sha_ni::compress_vl::<2>),
        Kernel::ShaNi3Vl => featured!(sha_ni::compress_vl::<3>),
        Kernel::ShaNi4Vl => featured!(sha_ni::compress_vl::<4>),
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn call(_: Kernel, _: &Kernels, group: &mut [Lane<'_>], run: usize) {
    for lane in group {
        together(std::slice::from_mut(lane), run, portable);
    }
}

fn portable([state]: &mut [State; 1], [blocks]: [&[Block]; 1]) {
    sha2::block_api::compress256(state, blocks);
}

/// Runs a kernel of `N` lanes on a group of at most `N`. A spare lane does the first one's work and
/// forgets it.
fn together<const N: usize>(
    group: &mut [Lane<'_>],
    run: usize,
    kernel: impl FnOnce(&mut [State; N], [&[Block]; N]),
) {
    let mut states = [*group[0].state; N];
    let mut blocks = [&group[0].blocks[..run]; N];
    for (index, lane) in group.iter().enumerate() {
        states[index] = *lane.state;
        blocks[index] = &lane.blocks[..run];
    }
    kernel(&mut states, blocks);
    for (lane, state) in group.iter_mut().zip(states) {
        *lane.state = state;
        lane.blocks = &lane.blocks[run..];
    }
}
