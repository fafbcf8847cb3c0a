use modelward_artifact::{Digest, DigestAlgorithm};
use serde_json::{Value, json};

/// The names of hash functions in CycloneDX 1.6 (`hash-alg`).
const NAMES: [(DigestAlgorithm, &str); 5] = [
    (DigestAlgorithm::Blake2b, "BLAKE2b-512"),
    (DigestAlgorithm::Blake3, "BLAKE3"),
    (DigestAlgorithm::Sha256, "SHA-256"),
    (DigestAlgorithm::Sha384, "SHA-384"),
    (DigestAlgorithm::Sha512, "SHA-512"),
];

/// Writes a digest as a member of `hashes`; `None` where CycloneDX does not name its algorithm.
pub(crate) fn write_hash(digest: &Digest) -> Option<Value> {
    let (_, name) = NAMES
        .iter()
        .find(|(algorithm, _)| *algorithm == digest.algorithm())?;
    Some(json!({"alg": name, "content": digest.to_hex()}))
}

/// Reads a member of `hashes`; `None` where its algorithm is none that a digest can have here.
pub(crate) fn read_hash(hash: &Value) -> Option<Result<Digest, ()>> {
    let name = hash.get("alg").and_then(Value::as_str)?;
    let (algorithm, _) = NAMES.iter().find(|(_, known)| *known == name)?;
    let content = hash.get("content").and_then(Value::as_str);
    // The schema takes uppercase digits too; the value is the same.
    let content = content.map(str::to_ascii_lowercase).unwrap_or_default();
    Some(Digest::from_hex(*algorithm, &content).map_err(|_| ()))
}
