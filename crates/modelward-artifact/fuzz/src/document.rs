//! Manifests, lists of checksum tools, and digests that were kept.

use modelward_artifact::{
    DigestAlgorithm, DigestCache, Entry, JsonLimits, Layout, Manifest, Sums, SumsFormat,
    SumsLimits, Timestamp,
};

use crate::refused;

/// Reads a manifest, which is written as it was read but for blanks.
pub fn manifest(bytes: &[u8]) {
    let limits = JsonLimits::default();
    let manifest = match Manifest::read_json(bytes, &limits) {
        Ok(manifest) => manifest,
        Err(error) => return refused(&error),
    };
    let written = manifest.to_json();
    let again = Manifest::read_json(&written, &limits).expect("what we wrote is read");
    assert_eq!(again, manifest);
    assert_eq!(again.to_json(), written);
    let entries = manifest.entries();
    assert!(
        entries
            .windows(2)
            .all(|pair| pair[0].name() < pair[1].name())
    );
    let sizes = entries.iter().map(Entry::size);
    assert_eq!(sizes.sum::<u64>(), manifest.total_size());
    for entry in entries {
        let path = entry.path().as_str();
        match entry.name().shard() {
            None => assert_eq!(manifest.entry(path), Some(entry)),
            Some(_) => assert!(manifest.shards_of(path).contains(&entry)),
        }
    }
    listed(&manifest);
}

/// Writes a manifest of files as the lists of both kinds, which are read as the same files.
fn listed(manifest: &Manifest) {
    for format in [SumsFormat::Bsd, SumsFormat::Gnu] {
        let Ok(text) = manifest.to_sums(format) else {
            assert_ne!(manifest.layout(), Layout::Files, "files have a list");
            continue;
        };
        let limits = SumsLimits::default();
        let sums = Sums::read(text.as_bytes(), manifest.algorithm(), &limits);
        let sums = sums.expect("what we wrote is read");
        assert!(sums.resources().eq(manifest.resources()));
    }
}

/// Reads a list of each algorithm, which is a manifest that is written and read as the same list.
pub fn sums(bytes: &[u8]) {
    for algorithm in DigestAlgorithm::ALL {
        let sums = match Sums::read(bytes, algorithm, &SumsLimits::default()) {
            Ok(sums) => sums,
            Err(error) => {
                refused(&error);
                continue;
            }
        };
        assert_eq!(sums.algorithm(), algorithm);
        let entry = |(name, digest): (&modelward_artifact::ResourceName, _)| {
            assert_eq!(sums.digest(name.path().as_str()), Some(digest));
            Entry::new(name.path().clone(), 0, *digest)
        };
        let entries = sums.resources().map(entry).collect();
        let manifest = Manifest::new("model", entries).expect("no path stands twice");
        assert!(sums.resources().eq(manifest.resources()));
        listed(&manifest);
    }
}

/// Reads digests that were kept, which are written and read as the same.
pub fn digest_cache(bytes: &[u8]) {
    let (limits, now) = (JsonLimits::default(), Timestamp::MAX);
    match DigestCache::read_json(bytes, &limits, now) {
        Ok(cache) => {
            let written = cache.to_json();
            let again = DigestCache::read_json(&written, &limits, now);
            assert_eq!(again.expect("what we wrote is read"), cache);
        }
        Err(error) => refused(&error),
    }
}
