//! Eight messages in the lanes of AVX2, for processors without a SHA unit.

use std::arch::x86_64::{
    __m256i, _MM_HINT_T0, _mm_prefetch, _mm256_add_epi32, _mm256_and_si256, _mm256_loadu_si256,
    _mm256_or_si256, _mm256_permute2x128_si256, _mm256_set_epi64x, _mm256_set1_epi32,
    _mm256_setzero_si256, _mm256_shuffle_epi8, _mm256_sllv_epi32, _mm256_srli_epi32 as shift,
    _mm256_storeu_si256, _mm256_unpackhi_epi32, _mm256_unpackhi_epi64, _mm256_unpacklo_epi32,
    _mm256_unpacklo_epi64, _mm256_xor_si256,
};

use super::{Block, ROUND_CONSTANTS, State};

type V = __m256i;

const LANES: usize = 8;

/// How far ahead data is fetched, in blocks of each lane.
const AHEAD: usize = 8;

lanes_kernel!("avx2");

#[inline]
#[target_feature(enable = "avx2")]
fn add(x: V, y: V) -> V {
    _mm256_add_epi32(x, y)
}

#[inline]
#[target_feature(enable = "avx2")]
fn splat(word: u32) -> V {
    _mm256_set1_epi32(word.cast_signed())
}

#[inline]
#[target_feature(enable = "avx2")]
fn choose(x: V, y: V, z: V) -> V {
    _mm256_xor_si256(z, _mm256_and_si256(x, _mm256_xor_si256(y, z)))
}

#[inline]
#[target_feature(enable = "avx2")]
fn majority(x: V, y: V, z: V) -> V {
    _mm256_or_si256(
        _mm256_and_si256(x, y),
        _mm256_and_si256(z, _mm256_or_si256(x, y)),
    )
}

#[inline]
#[target_feature(enable = "avx2")]
fn xor(x: V, y: V, z: V) -> V {
    _mm256_xor_si256(x, _mm256_xor_si256(y, z))
}

/// Rotates to the right by `R` bits. The count to the left is a constant as well, so that what stands
/// here as a shift by lanes is compiled to a plain one.
#[inline]
#[target_feature(enable = "avx2")]
fn rotate<const R: i32>(x: V) -> V {
    let left = _mm256_sllv_epi32(x, _mm256_set1_epi32(32 - R));
    _mm256_or_si256(shift::<R>(x), left)
}

#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn load_states(states: &[State; LANES]) -> [V; 8] {
    let mut vectors = [_mm256_setzero_si256(); 8];
    for (word, vector) in vectors.iter_mut().enumerate() {
        let lanes = states.map(|state| state[word]);
        // SAFETY: the unaligned load reads the eight words of `lanes`.
        *vector = unsafe { _mm256_loadu_si256(lanes.as_ptr().cast()) };
    }
    vectors
}

#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn store_states(states: &mut [State; LANES], vectors: [V; 8]) {
    for (word, vector) in vectors.into_iter().enumerate() {
        let mut lanes = [0_u32; LANES];
        // SAFETY: the unaligned store writes the eight words of `lanes`.
        unsafe { _mm256_storeu_si256(lanes.as_mut_ptr().cast(), vector) };
        for (state, value) in states.iter_mut().zip(lanes) {
            state[word] = value;
        }
    }
}

/// Returns the sixteen words of block `at` of every lane, transposed: vector `i` holds word `i` of
/// each.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn load_blocks(blocks: &[&[Block]; LANES], at: usize) -> [V; 16] {
    let mut words = [_mm256_setzero_si256(); 16];
    for (half, words) in words.as_chunks_mut::<8>().0.iter_mut().enumerate() {
        let mut rows = [_mm256_setzero_si256(); 8];
        for (row, blocks) in rows.iter_mut().zip(blocks) {
            *row = load_half(&blocks[at], half);
        }
        *words = transpose(rows);
    }
    words
}

/// Returns eight words of a block: its first or its last.
#[inline]
#[target_feature(enable = "avx2")]
fn load_half(block: &Block, half: usize) -> V {
    let bytes: &[u8; 32] = &block.as_chunks().0[half];
    let ahead = std::ptr::from_ref(block).wrapping_add(AHEAD);
    // SAFETY: a prefetch is a hint and never faults; the unaligned load reads the 32 bytes.
    let loaded = unsafe {
        if half == 0 {
            _mm_prefetch::<_MM_HINT_T0>(ahead.cast());
        }
        _mm256_loadu_si256(bytes.as_ptr().cast())
    };
    let (high, low) = (0x0c0d_0e0f_0809_0a0b, 0x0405_0607_0001_0203);
    _mm256_shuffle_epi8(loaded, _mm256_set_epi64x(high, low, high, low))
}

/// Transposes eight rows of eight words: within halves of 128 bits, then the halves.
#[inline]
#[target_feature(enable = "avx2")]
fn transpose(rows: [V; 8]) -> [V; 8] {
    // `quads[4 i + j]`: of rows `4 i` to `4 i + 3`, word `j` of each half.
    let mut quads = [_mm256_setzero_si256(); 8];
    for (four, quad) in rows
        .as_chunks::<4>()
        .0
        .iter()
        .zip(quads.as_chunks_mut::<4>().0)
    {
        let low = _mm256_unpacklo_epi32(four[0], four[1]);
        let high = _mm256_unpackhi_epi32(four[0], four[1]);
        let low_next = _mm256_unpacklo_epi32(four[2], four[3]);
        let high_next = _mm256_unpackhi_epi32(four[2], four[3]);
        quad[0] = _mm256_unpacklo_epi64(low, low_next);
        quad[1] = _mm256_unpackhi_epi64(low, low_next);
        quad[2] = _mm256_unpacklo_epi64(high, high_next);
        quad[3] = _mm256_unpackhi_epi64(high, high_next);
    }
    let mut words = [_mm256_setzero_si256(); 8];
    for j in 0..4 {
        words[j] = _mm256_permute2x128_si256::<0x20>(quads[j], quads[4 + j]);
        words[4 + j] = _mm256_permute2x128_si256::<0x31>(quads[j], quads[4 + j]);
    }
    words
}
