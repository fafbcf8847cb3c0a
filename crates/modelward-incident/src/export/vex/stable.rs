//! Names that are the same for the same content.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use modelward_artifact::{Digest, DigestAlgorithm};
use uuid::Uuid;

/// The space of all UUIDs that this crate's exporters of advisories make.
const SPACE: &str = "https://modelward.dev/incident/vex";

/// Returns the UUID of some parts. Each part is written with its length, so that no two lists of
/// parts make one text.
pub(crate) fn uuid(parts: &[&str]) -> Uuid {
    let space = Uuid::new_v5(&Uuid::NAMESPACE_URL, SPACE.as_bytes());
    let mut text = String::new();
    for part in parts {
        // Writing to a text cannot fail.
        let _ = write!(text, "{}:{part}", part.len());
    }
    Uuid::new_v5(&space, text.as_bytes())
}

/// Returns the name of a digest as a URI (RFC 6920), where its algorithm is registered for that.
pub(crate) fn digest_uri(digest: &Digest) -> Option<String> {
    let algorithm = match digest.algorithm() {
        DigestAlgorithm::Blake2b => "blake2b-512",
        DigestAlgorithm::Sha256 => "sha-256",
        DigestAlgorithm::Sha384 => "sha-384",
        DigestAlgorithm::Sha512 => "sha-512",
        _ => return None,
    };
    let value = URL_SAFE_NO_PAD.encode(digest.as_bytes());
    Some(format!("ni:///{algorithm};{value}"))
}
