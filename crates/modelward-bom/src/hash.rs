use modelward_artifact::{Digest, DigestAlgorithm};

use crate::model::{Hash, HashAlgorithm, HashContent};

/// The hash functions that both sides name.
const NAMES: [(DigestAlgorithm, HashAlgorithm); 5] = [
    (DigestAlgorithm::Blake2b, HashAlgorithm::Blake2b512),
    (DigestAlgorithm::Blake3, HashAlgorithm::Blake3),
    (DigestAlgorithm::Sha256, HashAlgorithm::Sha256),
    (DigestAlgorithm::Sha384, HashAlgorithm::Sha384),
    (DigestAlgorithm::Sha512, HashAlgorithm::Sha512),
];

/// Writes a digest as a member of `hashes`; `None` where CycloneDX does not name its algorithm.
pub(crate) fn write_hash(digest: &Digest) -> Option<Hash> {
    let (_, name) = NAMES
        .iter()
        .find(|(algorithm, _)| *algorithm == digest.algorithm())?;
    Some(Hash::new(*name, HashContent::new(digest.to_hex()).ok()?))
}

/// Reads a member of `hashes`; `None` where its algorithm is none that a digest can have here, or
/// its length is not that of its algorithm.
pub(crate) fn read_hash(hash: &Hash) -> Option<Digest> {
    let (algorithm, _) = NAMES.iter().find(|(_, known)| *known == hash.algorithm())?;
    // The schema takes uppercase digits too; the value is the same.
    Digest::from_hex(*algorithm, &hash.content().to_ascii_lowercase()).ok()
}
