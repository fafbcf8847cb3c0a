/// Makes a kernel that holds one message in each 32-bit lane of a vector.
///
/// The module that calls it has `LANES`, the vector's type `V`, and the functions `add`, `splat`,
/// `xor` of three, `rotate` and `shift` to the right, `choose` and `majority` (FIPS 180-4, section
/// 4.1.2), `load_states`, `store_states` and `load_blocks`, all compiled for `$features`.
macro_rules! lanes_kernel {
    ($features:literal) => {
        #[target_feature(enable = $features)]
        pub(super) fn compress(states: &mut [State; LANES], blocks: [&[Block]; LANES]) {
            let mut before = load_states(states);
            for at in 0..blocks[0].len() {
                let mut w = load_blocks(&blocks, at);
                let mut s = before;
                let [first, others @ ..] = &ROUND_CONSTANTS;
                // Working variable `k` of round `i` is `s[(k - i) & 7]`: nothing moves.
                macro_rules! round {
                    ($i:literal, $word:expr, $constant:expr) => {{
                        let [a, b, c, d, e, f, g, h] =
                            [0, 1, 2, 3, 4, 5, 6, 7].map(|k: usize| (k + 16 - $i) & 7);
                        let word = add($word, splat($constant));
                        let chosen = add(choose(s[e], s[f], s[g]), sum_1(s[e]));
                        let t1 = add(add(s[h], word), chosen);
                        let t2 = add(sum_0(s[a]), majority(s[a], s[b], s[c]));
                        s[d] = add(s[d], t1);
                        s[h] = add(t1, t2);
                    }};
                }
                macro_rules! given {
                    ($i:literal) => {
                        round!($i, w[$i], first[$i]);
                    };
                }
                sixteen!(given);
                for constants in others {
                    macro_rules! extended {
                        ($i:literal) => {
                            let early = add(w[$i], sigma_0(w[($i + 1) & 15]));
                            let late = add(w[($i + 9) & 15], sigma_1(w[($i + 14) & 15]));
                            w[$i] = add(early, late);
                            round!($i, w[$i], constants[$i]);
                        };
                    }
                    sixteen!(extended);
                }
                for (sum, word) in before.iter_mut().zip(s) {
                    *sum = add(*sum, word);
                }
            }
            store_states(states, before);
        }

        // The functions of FIPS 180-4, equations 4.4 to 4.7.
        #[inline]
        #[target_feature(enable = $features)]
        fn sum_0(x: V) -> V {
            xor(rotate::<2>(x), rotate::<13>(x), rotate::<22>(x))
        }

        #[inline]
        #[target_feature(enable = $features)]
        fn sum_1(x: V) -> V {
            xor(rotate::<6>(x), rotate::<11>(x), rotate::<25>(x))
        }

        #[inline]
        #[target_feature(enable = $features)]
        fn sigma_0(x: V) -> V {
            xor(rotate::<7>(x), rotate::<18>(x), shift::<3>(x))
        }

        #[inline]
        #[target_feature(enable = $features)]
        fn sigma_1(x: V) -> V {
            xor(rotate::<17>(x), rotate::<19>(x), shift::<10>(x))
        }
    };
}
