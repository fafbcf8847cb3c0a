//! The SHA unit with one to four messages side by side: while one waits for its round, another
//! takes its place.

use std::arch::x86_64::{
    __m128i, _MM_HINT_T0, _mm_add_epi32, _mm_alignr_epi8, _mm_blend_epi16, _mm_loadu_si128,
    _mm_prefetch, _mm_ror_epi32, _mm_set_epi64x, _mm_setzero_si128, _mm_sha256msg1_epu32,
    _mm_sha256msg2_epu32, _mm_sha256rnds2_epu32, _mm_shuffle_epi8, _mm_shuffle_epi32,
    _mm_srli_epi32, _mm_storeu_si128, _mm_ternarylogic_epi32,
};

use super::{Block, ROUND_CONSTANTS, State};

/// How far ahead data is fetched, in blocks. The processor alone looks ahead too little in data that
/// is not in its cache: without this, one message takes half as long again.
const AHEAD: usize = 16;

/// Makes a kernel. `$features` is what it is compiled for, `$extend` computes the first half of the
/// next four words of the message schedule.
macro_rules! kernel {
    ($name:ident, $features:literal, $extend:ident) => {
        #[target_feature(enable = $features)]
        pub(super) fn $name<const N: usize>(states: &mut [State; N], blocks: [&[Block]; N]) {
            // The SHA unit wants the words of a state as ABEF and CDGH.
            let mut abef = [_mm_setzero_si128(); N];
            let mut cdgh = [_mm_setzero_si128(); N];
            for lane in 0..N {
                (abef[lane], cdgh[lane]) = gather(&states[lane]);
            }
            for at in 0..blocks[0].len() {
                let (abef_before, cdgh_before) = (abef, cdgh);
                let mut w = [[_mm_setzero_si128(); 4]; N];
                for lane in 0..N {
                    fetch_ahead(&blocks[lane][at]);
                }
                // Group `g` does rounds 4 g to 4 g + 3. `w` holds the sixteen latest words.
                macro_rules! group {
                    ($g:literal) => {
                        for lane in 0..N {
                            let (now, next, last) = ($g & 3, ($g + 1) & 3, ($g + 3) & 3);
                            if $g < 4 {
                                w[lane][now] = load_words(&blocks[lane][at], $g);
                            }
                            let sum = _mm_add_epi32(w[lane][now], load_constants($g));
                            cdgh[lane] = _mm_sha256rnds2_epu32(cdgh[lane], abef[lane], sum);
                            if $g >= 3 && $g <= 14 {
                                let middle = _mm_alignr_epi8::<4>(w[lane][now], w[lane][last]);
                                let half = _mm_add_epi32(w[lane][next], middle);
                                w[lane][next] = _mm_sha256msg2_epu32(half, w[lane][now]);
                            }
                            let upper = _mm_shuffle_epi32::<0x0e>(sum);
                            abef[lane] = _mm_sha256rnds2_epu32(abef[lane], cdgh[lane], upper);
                            if $g >= 1 && $g <= 12 {
                                w[lane][last] = $extend(w[lane][last], w[lane][now]);
                            }
                        }
                    };
                }
                sixteen!(group);
                for lane in 0..N {
                    abef[lane] = _mm_add_epi32(abef[lane], abef_before[lane]);
                    cdgh[lane] = _mm_add_epi32(cdgh[lane], cdgh_before[lane]);
                }
            }
            for lane in 0..N {
                scatter(&mut states[lane], abef[lane], cdgh[lane]);
            }
        }
    };
}

kernel!(compress, "sha,sse4.1,ssse3", extend);
kernel!(compress_vl, "sha,sse4.1,ssse3,avx512f,avx512vl", extend_vl);

/// Adds sigma 0 of the following words to the words of sixteen rounds ago.
#[inline]
#[target_feature(enable = "sha,sse4.1,ssse3")]
fn extend(old: __m128i, following: __m128i) -> __m128i {
    _mm_sha256msg1_epu32(old, following)
}

/// Does the same with rotations: `sha256msg1` keeps the SHA unit, which is what the messages wait
/// for, busy for four cycles on Intel's Golden Cove.
#[inline]
#[target_feature(enable = "sha,sse4.1,ssse3,avx512f,avx512vl")]
fn extend_vl(old: __m128i, following: __m128i) -> __m128i {
    let x = _mm_alignr_epi8::<4>(following, old);
    let (seven, eighteen) = (_mm_ror_epi32::<7>(x), _mm_ror_epi32::<18>(x));
    let sigma = _mm_ternarylogic_epi32::<0x96>(seven, eighteen, _mm_srli_epi32::<3>(x));
    _mm_add_epi32(old, sigma)
}

#[inline]
#[target_feature(enable = "sse4.1,ssse3")]
fn gather(state: &State) -> (__m128i, __m128i) {
    // SAFETY: the two unaligned loads read words 0 to 3 and 4 to 7 of eight.
    let (low, high) = unsafe {
        let words = state.as_ptr().cast::<__m128i>();
        (_mm_loadu_si128(words), _mm_loadu_si128(words.add(1)))
    };
    let badc = _mm_shuffle_epi32::<0xb1>(low);
    let hgfe = _mm_shuffle_epi32::<0x1b>(high);
    let abef = _mm_alignr_epi8::<8>(badc, hgfe);
    let cdgh = _mm_blend_epi16::<0xf0>(hgfe, badc);
    (abef, cdgh)
}

#[inline]
#[target_feature(enable = "sse4.1,ssse3")]
fn scatter(state: &mut State, abef: __m128i, cdgh: __m128i) {
    let feba = _mm_shuffle_epi32::<0x1b>(abef);
    let dchg = _mm_shuffle_epi32::<0xb1>(cdgh);
    let low = _mm_blend_epi16::<0xf0>(feba, dchg);
    let high = _mm_alignr_epi8::<8>(dchg, feba);
    // SAFETY: the two unaligned stores write words 0 to 3 and 4 to 7 of eight.
    unsafe {
        let words = state.as_mut_ptr().cast::<__m128i>();
        _mm_storeu_si128(words, low);
        _mm_storeu_si128(words.add(1), high);
    }
}

/// Returns words `4 * group` to `4 * group + 3` of a block.
#[inline]
#[target_feature(enable = "ssse3")]
fn load_words(block: &Block, group: usize) -> __m128i {
    let quarter: &[u8; 16] = &block.as_chunks().0[group];
    // SAFETY: the unaligned load reads the 16 bytes of `quarter`.
    let bytes = unsafe { _mm_loadu_si128(quarter.as_ptr().cast()) };
    let big_endian = _mm_set_epi64x(0x0c0d_0e0f_0809_0a0b, 0x0405_0607_0001_0203);
    _mm_shuffle_epi8(bytes, big_endian)
}

#[inline]
#[target_feature(enable = "sse2")]
fn load_constants(group: usize) -> __m128i {
    let four: &[u32; 4] = &ROUND_CONSTANTS.as_flattened().as_chunks().0[group];
    // SAFETY: the unaligned load reads the 16 bytes of `four`.
    unsafe { _mm_loadu_si128(four.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "sse")]
fn fetch_ahead(block: &Block) {
    let ahead = std::ptr::from_ref(block).wrapping_add(AHEAD);
    #[allow(unused_unsafe, reason = "it is unsafe up to some version after 1.89")]
    // SAFETY: a prefetch is a hint and never faults, wherever it points.
    unsafe {
        _mm_prefetch::<_MM_HINT_T0>(ahead.cast());
    }
}
