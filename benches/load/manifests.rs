//! Manifests of very many files: made, written, read, signed and verified.

use std::time::Instant;

use modelward::artifact::{Digest, Entry, JsonLimits, Manifest, Verdict};
use modelward::sign::{Bundle, SigningKey, VerifyPolicy, sign, verify_manifest};

use crate::memory::{peak, reset_peak};

pub(crate) fn run(count: usize) {
    println!("a manifest of {count} resources");
    let limits = JsonLimits::default()
        .with_max_bytes(1 << 30)
        .with_max_values(16 * count);
    let key = SigningKey::generate();
    let policy = VerifyPolicy::key(key.public_key().clone()).with_limits(limits);
    let manifest = step("make", || {
        let entries = (0..count).map(entry).collect();
        Manifest::new("model", entries).expect("no path stands twice")
    });
    let text = step("write", || manifest.to_json());
    let read = step("read", || {
        Manifest::read_json(&text, &limits).expect("it was written")
    });
    assert_eq!(read, manifest);
    drop((read, text));
    let bundle = step("sign", || sign(&manifest, &key).expect("it signs"));
    let text = step("write the bundle", || bundle.to_json());
    println!("  the bundle has {} bytes", text.len());
    drop(bundle);
    let bundle = step("read the bundle", || {
        Bundle::read(&text, &limits).expect("it was written")
    });
    let verdict = step("verify", || {
        verify_manifest(manifest, &bundle, &policy).expect("there is an answer")
    });
    assert!(matches!(verdict, Verdict::Verified(_)));
}

fn entry(number: usize) -> Entry {
    let path = format!("layer-{:04}/part-{number:07}.bin", number / 1000);
    let path = path.parse().expect("a plain path");
    Entry::new(path, 1 << 20, Digest::sha256(&number.to_le_bytes()))
}

fn step<T>(name: &str, work: impl FnOnce() -> T) -> T {
    reset_peak();
    let began = Instant::now();
    let result = work();
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "  {name:<18} {seconds:>8.3} s, peak {:>5} MiB",
        peak() >> 20
    );
    result
}
