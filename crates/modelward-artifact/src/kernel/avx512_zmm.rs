//! Sixteen messages in the lanes of AVX-512.

use std::arch::x86_64::{
    __m512i, _MM_HINT_T0, _mm_prefetch, _mm512_add_epi32, _mm512_loadu_si512,
    _mm512_ror_epi32 as rotate, _mm512_set1_epi32, _mm512_set4_epi32, _mm512_setzero_si512,
    _mm512_shuffle_epi8, _mm512_shuffle_i32x4, _mm512_srli_epi32 as shift, _mm512_storeu_si512,
    _mm512_ternarylogic_epi32, _mm512_unpackhi_epi32, _mm512_unpackhi_epi64, _mm512_unpacklo_epi32,
    _mm512_unpacklo_epi64,
};

use super::{Block, ROUND_CONSTANTS, State};

type V = __m512i;

const LANES: usize = 16;

/// How far ahead data is fetched, in blocks of each lane.
const AHEAD: usize = 8;

lanes_kernel!("avx512f,avx512bw,avx512vl");

#[inline]
#[target_feature(enable = "avx512f")]
fn add(x: V, y: V) -> V {
    _mm512_add_epi32(x, y)
}

#[inline]
#[target_feature(enable = "avx512f")]
fn splat(word: u32) -> V {
    _mm512_set1_epi32(word.cast_signed())
}

#[inline]
#[target_feature(enable = "avx512f")]
fn choose(x: V, y: V, z: V) -> V {
    _mm512_ternarylogic_epi32::<0xca>(x, y, z)
}

#[inline]
#[target_feature(enable = "avx512f")]
fn majority(x: V, y: V, z: V) -> V {
    _mm512_ternarylogic_epi32::<0xe8>(x, y, z)
}

#[inline]
#[target_feature(enable = "avx512f")]
fn xor(x: V, y: V, z: V) -> V {
    _mm512_ternarylogic_epi32::<0x96>(x, y, z)
}

#[inline]
#[target_feature(enable = "avx512f")]
fn load_states(states: &[State; LANES]) -> [V; 8] {
    let mut vectors = [_mm512_setzero_si512(); 8];
    for (word, vector) in vectors.iter_mut().enumerate() {
        let lanes = states.map(|state| state[word]);
        // SAFETY: the unaligned load reads the sixteen words of `lanes`.
        *vector = unsafe { _mm512_loadu_si512(lanes.as_ptr().cast()) };
    }
    vectors
}

#[inline]
#[target_feature(enable = "avx512f")]
fn store_states(states: &mut [State; LANES], vectors: [V; 8]) {
    for (word, vector) in vectors.into_iter().enumerate() {
        let mut lanes = [0_u32; LANES];
        // SAFETY: the unaligned store writes the sixteen words of `lanes`.
        unsafe { _mm512_storeu_si512(lanes.as_mut_ptr().cast(), vector) };
        for (state, value) in states.iter_mut().zip(lanes) {
            state[word] = value;
        }
    }
}

/// Returns the sixteen words of block `at` of every lane, transposed: vector `i` holds word `i` of
/// each.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn load_blocks(blocks: &[&[Block]; LANES], at: usize) -> [V; 16] {
    let big_endian = _mm512_set4_epi32(0x0c0d_0e0f, 0x0809_0a0b, 0x0405_0607, 0x0001_0203);
    let mut rows = [_mm512_setzero_si512(); 16];
    macro_rules! load {
        ($lane:literal) => {
            let block = &blocks[$lane][at];
            let ahead = std::ptr::from_ref(block).wrapping_add(AHEAD);
            // SAFETY: a prefetch is a hint and never faults; the unaligned load reads the block.
            let bytes = unsafe {
                _mm_prefetch::<_MM_HINT_T0>(ahead.cast());
                _mm512_loadu_si512(block.as_ptr().cast())
            };
            rows[$lane] = _mm512_shuffle_epi8(bytes, big_endian);
        };
    }
    sixteen!(load);
    transpose(rows)
}

/// Transposes sixteen rows of sixteen words: within quarters of 128 bits, then the quarters.
#[inline]
#[target_feature(enable = "avx512f")]
fn transpose(rows: [V; 16]) -> [V; 16] {
    // `quads[4 i + j]`: of rows `4 i` to `4 i + 3`, word `j` of each quarter.
    let mut quads = [_mm512_setzero_si512(); 16];
    for (four, quad) in rows
        .as_chunks::<4>()
        .0
        .iter()
        .zip(quads.as_chunks_mut::<4>().0)
    {
        let low = _mm512_unpacklo_epi32(four[0], four[1]);
        let high = _mm512_unpackhi_epi32(four[0], four[1]);
        let low_next = _mm512_unpacklo_epi32(four[2], four[3]);
        let high_next = _mm512_unpackhi_epi32(four[2], four[3]);
        quad[0] = _mm512_unpacklo_epi64(low, low_next);
        quad[1] = _mm512_unpackhi_epi64(low, low_next);
        quad[2] = _mm512_unpacklo_epi64(high, high_next);
        quad[3] = _mm512_unpackhi_epi64(high, high_next);
    }
    let mut words = [_mm512_setzero_si512(); 16];
    for j in 0..4 {
        let [a, b, c, d] = [quads[j], quads[4 + j], quads[8 + j], quads[12 + j]];
        // Even and odd quarters of the first and of the last eight rows.
        let even = _mm512_shuffle_i32x4::<0x88>(a, b);
        let odd = _mm512_shuffle_i32x4::<0xdd>(a, b);
        let even_last = _mm512_shuffle_i32x4::<0x88>(c, d);
        let odd_last = _mm512_shuffle_i32x4::<0xdd>(c, d);
        words[j] = _mm512_shuffle_i32x4::<0x88>(even, even_last);
        words[4 + j] = _mm512_shuffle_i32x4::<0x88>(odd, odd_last);
        words[8 + j] = _mm512_shuffle_i32x4::<0xdd>(even, even_last);
        words[12 + j] = _mm512_shuffle_i32x4::<0xdd>(odd, odd_last);
    }
    words
}
