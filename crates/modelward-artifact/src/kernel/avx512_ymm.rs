//! Eight messages in the lanes of AVX-512VL's 256-bit registers.

use std::arch::x86_64::{
    __m256i, _mm256_add_epi32, _mm256_ror_epi32 as rotate, _mm256_set1_epi32,
    _mm256_srli_epi32 as shift, _mm256_ternarylogic_epi32,
};

use super::avx2::{load_blocks, load_states, store_states};
use super::{Block, ROUND_CONSTANTS, State};

type V = __m256i;

const LANES: usize = 8;

lanes_kernel!("avx512f,avx512vl,avx2");

#[inline]
#[target_feature(enable = "avx512f,avx512vl")]
fn add(x: V, y: V) -> V {
    _mm256_add_epi32(x, y)
}

#[inline]
#[target_feature(enable = "avx512f,avx512vl")]
fn splat(word: u32) -> V {
    _mm256_set1_epi32(word.cast_signed())
}

#[inline]
#[target_feature(enable = "avx512f,avx512vl")]
fn choose(x: V, y: V, z: V) -> V {
    _mm256_ternarylogic_epi32::<0xca>(x, y, z)
}

#[inline]
#[target_feature(enable = "avx512f,avx512vl")]
fn majority(x: V, y: V, z: V) -> V {
    _mm256_ternarylogic_epi32::<0xe8>(x, y, z)
}

#[inline]
#[target_feature(enable = "avx512f,avx512vl")]
fn xor(x: V, y: V, z: V) -> V {
    _mm256_ternarylogic_epi32::<0x96>(x, y, z)
}
