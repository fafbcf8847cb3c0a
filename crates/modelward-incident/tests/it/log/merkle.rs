use modelward_artifact::Digest;
use modelward_incident::log::{ConsistencyProof, IncidentLog, InclusionProof, ProofError};
use proptest::prelude::*;

use super::log_of;

/// RFC 6962, section 2.1, as it is written there.
fn root(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => Digest::sha256(b""),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            let mut bytes = vec![1];
            bytes.extend_from_slice(root(left).as_bytes());
            bytes.extend_from_slice(root(right).as_bytes());
            Digest::sha256(&bytes)
        }
    }
}

/// Section 2.1.1.
fn path(index: usize, leaves: &[Digest]) -> Vec<Digest> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let middle = split(leaves.len());
    let (left, right) = leaves.split_at(middle);
    let (mut hashes, sibling) = if index < middle {
        (path(index, left), root(right))
    } else {
        (path(index - middle, right), root(left))
    };
    hashes.push(sibling);
    hashes
}

/// Section 2.1.2.
fn subproof(old: usize, leaves: &[Digest], known: bool) -> Vec<Digest> {
    if old == leaves.len() {
        return if known {
            Vec::new()
        } else {
            vec![root(leaves)]
        };
    }
    let middle = split(leaves.len());
    let (left, right) = leaves.split_at(middle);
    let (mut hashes, sibling) = if old <= middle {
        (subproof(old, left, known), root(right))
    } else {
        (subproof(old - middle, right, false), root(left))
    };
    hashes.push(sibling);
    hashes
}

fn split(size: usize) -> usize {
    let mut half = 1;
    while half * 2 < size {
        half *= 2;
    }
    half
}

fn leaves(log: &IncidentLog) -> Vec<Digest> {
    let leaf = |entry: &modelward_incident::log::Entry| {
        let mut bytes = vec![0];
        bytes.extend(entry.to_line().unwrap());
        assert_eq!(entry.leaf().unwrap(), Digest::sha256(&bytes));
        Digest::sha256(&bytes)
    };
    log.entries().iter().map(leaf).collect()
}

#[test]
fn every_root_and_proof_to_size_64_is_that_of_the_definition() {
    let leaves = leaves(&log_of(64));
    for size in 0..=64 {
        let log = log_of(u32::try_from(size).unwrap());
        let now = root(&leaves[..size]);
        assert_eq!(log.root(), now);
        for seq in 0..size {
            let proof = log.prove_inclusion(seq as u64).unwrap();
            assert_eq!(proof.path(), path(seq, &leaves[..size]));
            proof.verify(&leaves[seq], &now).unwrap();
        }
        for old in 1..=size {
            let proof = log.prove_consistency(old as u64).unwrap();
            assert_eq!(proof.path(), subproof(old, &leaves[..size], true));
            let before = root(&leaves[..old]);
            assert_eq!(log.chain().root_at(old as u64), Some(before));
            proof.verify(&before, &now).unwrap();
        }
    }
}

#[test]
fn a_log_proves_what_it_was_before() {
    let log = log_of(20);
    let (leaves, chain) = (leaves(&log), log.chain());
    for size in 1..=20 {
        let then = root(&leaves[..size]);
        for (seq, leaf) in leaves[..size].iter().enumerate() {
            let proof = chain.prove_inclusion_at(seq as u64, size as u64).unwrap();
            assert_eq!(proof.path(), path(seq, &leaves[..size]));
            assert_eq!((proof.index(), proof.size()), (seq as u64, size as u64));
            proof.verify(leaf, &then).unwrap();
        }
        for old in 1..=size {
            let proof = chain.prove_consistency_between(old as u64, size as u64);
            let proof = proof.unwrap();
            assert_eq!(proof.path(), subproof(old, &leaves[..size], true));
            let sizes = (proof.old_size(), proof.new_size());
            assert_eq!(sizes, (old as u64, size as u64));
            proof.verify(&root(&leaves[..old]), &then).unwrap();
            let empty = ConsistencyProof::new(old as u64, size as u64, Vec::new());
            let is_short = empty.verify(&root(&leaves[..old]), &then).is_err();
            assert_eq!(is_short, old < size);
        }
    }
    let size = 10;
    let index = ProofError::Index { index: 10, size };
    assert_eq!(chain.prove_inclusion_at(10, size).unwrap_err(), index);
    for size in [21, u64::MAX] {
        let sizes = ProofError::Sizes { old: size, new: 20 };
        assert_eq!(chain.prove_inclusion_at(1, size).unwrap_err(), sizes);
    }
    for (old, new) in [(0, 20), (11, 10), (1, 21), (1, u64::MAX)] {
        let sizes = ProofError::Sizes { old, new };
        assert_eq!(
            chain.prove_consistency_between(old, new).unwrap_err(),
            sizes
        );
    }
}

#[test]
fn what_is_not_there_is_not_proved() {
    let log = log_of(3);
    assert!(!log.is_empty() && log_of(0).is_empty());
    let index = ProofError::Index { index: 3, size: 3 };
    assert_eq!(log.prove_inclusion(3).unwrap_err(), index);
    assert_eq!(index.to_string(), "entry 3 is not among the 3 of the log");
    for old in [0, 4, u64::MAX] {
        let sizes = ProofError::Sizes { old, new: 3 };
        assert_eq!(log.prove_consistency(old).unwrap_err(), sizes);
    }
    assert_eq!(log.chain().root_at(4), None);
}

#[test]
fn a_proof_with_a_digest_of_another_function_is_refused() {
    let log = log_of(2);
    let other: Digest = format!("blake3:{}", "0".repeat(64)).parse().unwrap();
    let leaf = log.entries()[0].leaf().unwrap();
    let proof = InclusionProof::new(0, 2, vec![other]);
    let error = proof.verify(&leaf, &log.root()).unwrap_err();
    assert_eq!(error.code(), "incident.proof.algorithm");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn random_sizes_are_those_of_the_definition(size in 65u32..700, one: u32, other: u32) {
        let log = log_of(size);
        let leaves = leaves(&log);
        let seq = one % size;
        let old = other % size + 1;
        let now = root(&leaves);
        prop_assert_eq!(log.root(), now);

        let proof = log.prove_inclusion(seq.into()).unwrap();
        let at = usize::try_from(seq).unwrap();
        prop_assert_eq!(proof.path(), path(at, &leaves));
        proof.verify(&leaves[at], &now).unwrap();
        let wrong = InclusionProof::new((u64::from(seq) + 1) % u64::from(size), size.into(), proof.path().to_vec());
        prop_assert!(wrong.verify(&leaves[at], &now).is_err());

        let proof = log.prove_consistency(old.into()).unwrap();
        let before = usize::try_from(old).unwrap();
        prop_assert_eq!(proof.path(), subproof(before, &leaves, true));
        proof.verify(&root(&leaves[..before]), &now).unwrap();
        prop_assert!(proof.verify(&leaves[0], &Digest::sha256(b"another")).is_err());
    }

    #[test]
    fn no_proof_from_outside_makes_verification_panic(
        index: u64, size: u64, new: u64, hashes in prop::collection::vec(any::<[u8; 4]>(), 0..70),
    ) {
        let path: Vec<_> = hashes.iter().map(|bytes| Digest::sha256(bytes)).collect();
        let root = Digest::sha256(b"root");
        let inclusion = InclusionProof::new(index, size, path.clone());
        prop_assert!(inclusion.verify(&root, &root).is_err());
        let consistency = ConsistencyProof::new(size, new, path);
        prop_assert!(consistency.verify(&root, &Digest::sha256(b"new")).is_err());
    }
}
