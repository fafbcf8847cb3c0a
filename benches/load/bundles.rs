//! Many threads that verify many models by their bundles, for a while.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use modelward::artifact::{HashOptions, JsonLimits, Manifest, NoControl, Verdict};
use modelward::sign::{Bundle, SigningKey, VerifyPolicy, sign, verify_model};

use crate::memory::resident;

/// How often the memory is looked at.
const EVERY: Duration = Duration::from_secs(10);

/// Of so many models one has a file that is not the signed one.
const CHANGED: usize = 16;

struct Signed {
    root: PathBuf,
    bundle: Vec<u8>,
    is_changed: bool,
}

pub(crate) fn run(count: usize, threads: usize, seconds: u64) {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    let key = SigningKey::generate();
    let make = |number| make(folder.path(), number, &key);
    let models: Vec<Signed> = (0..count).map(make).collect();
    let policy = VerifyPolicy::key(key.public_key().clone());
    let (done, stop) = (AtomicU64::new(0), AtomicBool::new(false));
    let began = Instant::now();
    let mut seen = Vec::new();
    thread::scope(|scope| {
        for first in 0..threads {
            let (models, policy, done, stop) = (&models, &policy, &done, &stop);
            scope.spawn(move || {
                // Each thread begins elsewhere and comes by every model.
                let order = models.iter().cycle().skip(first * models.len() / threads);
                for model in order.take_while(|_| !stop.load(Ordering::Relaxed)) {
                    verify(model, policy);
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let end = Duration::from_secs(seconds);
        while began.elapsed() < end {
            thread::sleep(EVERY.min(end.saturating_sub(began.elapsed())));
            seen.push((began.elapsed().as_secs(), resident() >> 10));
        }
        stop.store(true, Ordering::Relaxed);
    });
    let took = began.elapsed().as_secs_f64();
    let done = done.load(Ordering::Relaxed);
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    let rate = done as f64 / took;
    println!(
        "{threads} threads, {count} bundles: {done} verified in {took:.1} s, {rate:.0} a second"
    );
    for (second, kibi) in &seen {
        println!("  resident memory after {second:>3} s: {kibi} KiB");
    }
}

fn make(folder: &Path, number: usize, key: &SigningKey) -> Signed {
    let root = folder.join(format!("m{number}"));
    fs::create_dir(&root).expect("the folder is writable");
    for (name, times) in [("config.json", 10), ("weights.bin", 1000)] {
        let bytes = format!("{name} {number}\n").repeat(times);
        fs::write(root.join(name), bytes).expect("the folder is writable");
    }
    let options = HashOptions::default().with_threads(1);
    let manifest = Manifest::hash(&root, &options, &NoControl).expect("it can be hashed");
    let bundle = sign(&manifest, key).expect("it signs").to_json();
    let is_changed = number % CHANGED == CHANGED - 1;
    if is_changed {
        fs::write(root.join("config.json"), "another").expect("the folder is writable");
    }
    Signed {
        root,
        bundle,
        is_changed,
    }
}

fn verify(model: &Signed, policy: &VerifyPolicy) {
    let bundle = Bundle::read(&model.bundle, &JsonLimits::default()).expect("it is a bundle");
    let verdict = verify_model(&model.root, &bundle, policy, &NoControl);
    let is_verified = matches!(verdict.expect("it can be read"), Verdict::Verified(_));
    assert_eq!(is_verified, !model.is_changed, "{}", model.root.display());
}
