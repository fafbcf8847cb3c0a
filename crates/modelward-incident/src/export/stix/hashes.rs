use modelward_artifact::{Digest, DigestAlgorithm};
use serde_json::{Map, Value};

/// Names an algorithm as `hash-algorithm-ov` does; those that it lacks get the prefix `x_`.
fn name(algorithm: DigestAlgorithm) -> String {
    match algorithm {
        DigestAlgorithm::Sha256 => "SHA-256".to_owned(),
        DigestAlgorithm::Sha512 => "SHA-512".to_owned(),
        other => format!("x_{}", other.name()),
    }
}

/// Returns the property `hashes`. Of two digests by one algorithm it keeps the first.
pub(super) fn of<'a>(digests: impl IntoIterator<Item = &'a Digest>) -> Map<String, Value> {
    let mut hashes = Map::new();
    for digest in digests {
        let algorithm = name(digest.algorithm());
        hashes
            .entry(algorithm)
            .or_insert_with(|| digest.to_hex().into());
    }
    hashes
}

#[cfg(test)]
mod tests {
    use modelward_artifact::{Digest, DigestAlgorithm};

    use super::of;

    #[test]
    fn every_algorithm_has_a_name_that_stix_allows() {
        let digests = DigestAlgorithm::ALL.map(|algorithm| Digest::of(algorithm, b""));
        let hashes = of(&digests);
        let names: Vec<_> = hashes.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            ["SHA-256", "SHA-512", "x_blake2b", "x_blake3", "x_sha384"]
        );
        assert_eq!(hashes["SHA-256"], digests[2].to_hex());
        assert!(of([&digests[2], &Digest::sha256(b"x")])["SHA-256"] == digests[2].to_hex());
    }
}
