//! Every kernel against `sha2`: a wrong digest is what would ruin everything else.

use std::io::{self, Write as _};

use modelward_artifact::kernel::{
    Block, INITIAL_STATE, Kernel, Kernels, Lane, MAX_LANES, State, compress,
};
use modelward_artifact::{Digest, DigestAlgorithm, Hasher};
use proptest::prelude::*;
use sha2::Digest as _;

/// Bytes that differ at every position, lane and period a kernel could confuse.
fn painted(lane: usize, length: usize) -> Vec<u8> {
    (0..=250_u8).cycle().skip(lane * 17).take(length).collect()
}

fn expected(data: &[u8]) -> Digest {
    Digest::from_bytes(DigestAlgorithm::Sha256, &sha2::Sha256::digest(data)).unwrap()
}

/// Each kernel of this machine alone, then all together.
fn selections() -> Vec<Kernels> {
    let alone = Kernel::ALL
        .iter()
        .filter_map(|&kernel| Kernels::only(&[kernel]));
    alone.chain([Kernels::detect().clone()]).collect()
}

fn hash_many(kernels: &Kernels, messages: &[Vec<u8>], piece: usize) -> Vec<Digest> {
    let mut hashers = vec![Hasher::new(DigestAlgorithm::Sha256); messages.len()];
    let longest = messages.iter().map(Vec::len).max().unwrap_or(0);
    for from in (0..longest).step_by(piece) {
        let part =
            |message: &'_ Vec<u8>| from.min(message.len())..(from + piece).min(message.len());
        let pairs = hashers.iter_mut().zip(messages);
        let pairs = pairs.map(|(hasher, message)| (hasher, &message[part(message)]));
        Hasher::update_many(kernels, pairs.collect());
    }
    Hasher::finish_many(kernels, hashers)
}

#[test]
fn every_kernel_gives_every_length_up_to_four_blocks_its_digest() {
    for kernels in selections() {
        // Past the runner's capture, so that a log tells what this machine could test.
        writeln!(io::stderr(), "kernels tested: {kernels:?}").unwrap();
        for length in 0..=256 {
            let messages: Vec<_> = (0..MAX_LANES).map(|lane| painted(lane, length)).collect();
            let digests = hash_many(&kernels, &messages, usize::MAX / 2);
            for (message, digest) in messages.iter().zip(digests) {
                assert_eq!(digest, expected(message), "{kernels:?}, {length} bytes");
            }
        }
    }
}

#[test]
fn every_kernel_serves_every_number_of_messages() {
    for kernels in selections() {
        for count in 1..=2 * MAX_LANES + 1 {
            let messages: Vec<_> = (0..count)
                .map(|lane| painted(lane, 64 * 5 + lane))
                .collect();
            let digests = hash_many(&kernels, &messages, 4096);
            for (message, digest) in messages.iter().zip(digests) {
                assert_eq!(digest, expected(message), "{kernels:?}, {count} messages");
            }
        }
    }
}

#[test]
fn pieces_around_block_and_buffer_boundaries_do_not_matter() {
    let lengths = [
        0, 1, 55, 56, 63, 64, 65, 119, 120, 127, 128, 129, 32_767, 32_768, 32_769,
    ];
    let messages: Vec<_> = lengths
        .iter()
        .enumerate()
        .map(|(lane, &n)| painted(lane, n))
        .collect();
    for kernels in selections() {
        for piece in [1, 63, 64, 65, 127, 128, 1000, 32_767, 32_768, 32_769] {
            if piece == 1 && kernels != *Kernels::detect() {
                continue;
            }
            for (message, digest) in messages.iter().zip(hash_many(&kernels, &messages, piece)) {
                assert_eq!(digest, expected(message), "{kernels:?}, pieces of {piece}");
            }
        }
    }
}

#[test]
fn lanes_advance_from_any_state_and_by_any_number_of_blocks() {
    let blocks: Vec<Block> = (0..20)
        .map(|n| painted(n, 64).try_into().unwrap())
        .collect();
    for kernels in selections() {
        let mut states: Vec<State> = (0..20).map(|n| [n * 0x0101_0101; 8]).collect();
        let mut reference = states.clone();
        let mut lanes: Vec<_> = states
            .iter_mut()
            .enumerate()
            .map(|(n, state)| Lane::new(state, &blocks[..n]))
            .collect();
        compress(&kernels, &mut lanes);
        for (n, state) in reference.iter_mut().enumerate() {
            sha2::block_api::compress256(state, &blocks[..n]);
        }
        assert_eq!(states, reference, "{kernels:?}");
    }
}

#[test]
fn a_selection_holds_what_was_asked_for_and_what_the_machine_has() {
    let all = Kernels::detect();
    assert!(all.has(Kernel::Portable));
    for kernel in Kernel::ALL {
        assert_eq!(
            Kernels::only(&[kernel]).is_some(),
            all.has(kernel),
            "{kernel}"
        );
        assert!((1..=MAX_LANES).contains(&kernel.lanes()));
        if let Some(only) = Kernels::only(&[kernel]) {
            assert_eq!(only.available(), [kernel]);
            assert!((0..=99).all(|live| only.choose(live) == kernel));
        }
    }
    assert!(Kernels::only(&[]).is_none());
}

#[test]
fn no_block_leaves_the_state_alone() {
    let mut state = INITIAL_STATE;
    compress(Kernels::detect(), &mut [Lane::new(&mut state, &[])]);
    compress(Kernels::detect(), &mut []);
    assert_eq!(state, INITIAL_STATE);
}

proptest! {
    #[test]
    fn any_mixture_of_lengths_gives_the_same_as_one_after_another(
        lengths in prop::collection::vec(0_usize..2000, 0..40),
        piece in 1_usize..700,
        selection in any::<prop::sample::Index>(),
    ) {
        let selections = selections();
        let kernels = selection.get(&selections);
        let messages: Vec<_> = lengths.iter().enumerate().map(|(n, &len)| painted(n, len)).collect();
        let digests = hash_many(kernels, &messages, piece);
        for (message, digest) in messages.iter().zip(digests) {
            prop_assert_eq!(digest, expected(message));
        }
    }
}
