//! Faults of a source at every operation of hashing, signing and verifying: the answer is the true
//! one, a refusal or an error, and a fault that is over is forgotten.

mod source;

use std::num::NonZeroU64;
use std::sync::atomic::AtomicBool;

use modelward_artifact::{
    DigestAlgorithm, HashError, HashOptions, Manifest, NoControl, Sharding, Verdict,
};
use modelward_sign::{Bundle, sign, verify_manifest};

use self::source::{Fault, Faulty};
use crate::fixture::{key, policy};

/// Several files of no byte, one, a block and more, buffers and more, and enough bytes for threads.
const SMALL: [usize; 6] = [0, 1, 64, 4097, 70_000, 530_000];
const LARGE: [usize; 3] = [0, 5, 2_200_000];

/// Ways to hash: by files and by shards, by one thread and by several.
fn ways() -> Vec<(&'static [usize], HashOptions)> {
    let shards = |size| Sharding::Size(NonZeroU64::new(size).expect("it is not zero"));
    let options = |threads: usize| HashOptions::default().with_threads(threads);
    let blake = options(4).with_algorithm(DigestAlgorithm::Blake3);
    vec![
        (&SMALL, options(1)),
        (&SMALL, options(1).with_sharding(shards(100_000))),
        (&LARGE, options(4)),
        (&LARGE, options(3).with_sharding(shards(500_000))),
        (&LARGE, blake),
    ]
}

/// What a job that met a fault came to.
fn hash(source: &Faulty, options: &HashOptions) -> Result<Manifest, HashError> {
    Manifest::hash_source(source, options, &source.control)
}

fn is_verified(manifest: Manifest, bundle: &Bundle) -> bool {
    let verdict = verify_manifest(manifest, bundle, &policy()).expect("it is of the same form");
    matches!(verdict, Verdict::Verified(_))
}

/// Looks at what hashing came to amid a fault, and at what it comes to when the fault is over.
fn check(source: &Faulty, options: &HashOptions, honest: &(Manifest, Bundle)) {
    let what = source.to_string();
    let (honest, bundle) = honest;
    match hash(source, options) {
        Ok(manifest) => {
            let is_true = manifest == *honest;
            let allowed = is_true || source.fault().gives_other_bytes();
            assert!(allowed, "{what} was not noticed");
            // What was signed is what is verified, and nothing else: neither are other bytes taken
            // for the signed ones, nor the true ones for others that were signed.
            assert_eq!(is_verified(manifest.clone(), bundle), is_true, "{what}");
            if !is_true {
                let other = sign(&manifest, &key()).expect("a key in memory signs");
                assert!(!is_verified(honest.clone(), &other), "{what}");
            }
        }
        Err(error) => assert_eq!(Some(error.code()), source.fault().code(), "{what}: {error}"),
    }
    source.end_fault();
    let again = hash(source, options);
    assert_eq!(again.ok().as_ref(), Some(honest), "after {what}");
}

#[test]
fn a_fault_at_any_operation_gives_no_wrong_verdict_and_is_forgotten_when_it_is_over() {
    let mut runs = 0;
    for (sizes, options) in ways() {
        let source = Faulty::honest(sizes);
        let manifest = hash(&source, &options).expect("nothing fails");
        let bundle = sign(&manifest, &key()).expect("a key in memory signs");
        let honest = (manifest, bundle);
        let operations = source.operations();
        assert!(operations > 2 * sizes.len(), "{operations} operations");
        for fault in Fault::ALL {
            for at in 0..operations {
                check(&Faulty::new(sizes, fault, at), &options, &honest);
                runs += 1;
            }
        }
    }
    assert!(runs > 500, "{runs} runs");
    println!("{runs} runs, each with a fault");
}

#[test]
fn a_source_that_lies_when_it_is_read_again_is_refused_then() {
    let shards = Sharding::Size(NonZeroU64::new(100_000).expect("it is not zero"));
    // Of one thread the operations have an order.
    let options = HashOptions::default().with_threads(1);
    for options in [options.clone(), options.with_sharding(shards)] {
        let honest = Faulty::honest(&SMALL);
        let manifest = hash(&honest, &options).expect("nothing fails");
        let once = honest.operations();
        for at in once..2 * once {
            let source = Faulty::new(&SMALL, Fault::Lies, at);
            let first = hash(&source, &options).expect("it lies later");
            assert_eq!(first, manifest);
            let bundle = sign(&first, &key()).expect("a key in memory signs");
            let second = hash(&source, &options).expect("a lie is no error");
            assert_eq!(is_verified(second.clone(), &bundle), second == manifest);
            assert_eq!(second != manifest, source.has_lied(), "{source}");
        }
    }
}

#[test]
fn a_control_that_cancels_from_the_beginning_reads_nothing() {
    let source = Faulty::honest(&LARGE);
    let stopped = AtomicBool::new(true);
    let hashed = Manifest::hash_source(&source, &HashOptions::default(), &stopped);
    assert_eq!(hashed.unwrap_err().code(), "artifact.hash.cancelled");
    // The list of files was asked for.
    assert_eq!(source.operations(), 1);
    let again = Manifest::hash_source(&source, &HashOptions::default(), &NoControl);
    assert!(again.is_ok());
}
