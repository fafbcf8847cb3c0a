use modelward_artifact::Digest;

use crate::Evidence;

/// Looks up whether evidence is still there and still the same.
///
/// The caller knows where ML-BOMs, bundles, reports and incidents are kept; this crate opens nothing.
/// An answer is about the bytes that the evidence's [`digest`](Evidence::digest) covers.
pub trait EvidenceResolver {
    /// Looks up one piece of evidence.
    fn resolve(&self, evidence: &Evidence) -> Resolution;
}

/// Says what an [`EvidenceResolver`] found.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "whoever checks must answer to each case, so another one is a breaking change"
)]
pub enum Resolution {
    /// It is there.
    Found {
        /// The digest of what is there.
        digest: Digest,
    },
    /// Whoever keeps it says that it is not there.
    Missing,
    /// It could not be looked up, so nothing is known.
    Unknown {
        /// Why not, such as `no access to the archive`.
        reason: String,
    },
}
