use modelward_artifact::{Digest, DigestAlgorithm, Message, Signer, SignerError};

use crate::pae::historic_pae;
use crate::{PublicKey, pae};

/// The media type of an in-toto statement, the only payload that OMS signs (OMS v1.0, section 4.3).
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";

/// Holds a payload with its one signature (DSSE v1.0). It is not verified by existing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Envelope {
    payload: Vec<u8>,
    payload_type: String,
    signature: Vec<u8>,
}

impl Envelope {
    /// Signs a payload.
    ///
    /// # Errors
    ///
    /// [`SignerError`] where the signer could not sign.
    pub fn sign(payload: Vec<u8>, signer: &dyn Signer) -> Result<Self, SignerError> {
        let signed = pae(PAYLOAD_TYPE, &payload);
        let signature = signer.sign(&Message::new(signer.algorithm(), &signed))?;
        Ok(Self::new(payload, PAYLOAD_TYPE.to_owned(), signature))
    }

    /// Joins the parts of an envelope that was read.
    #[must_use]
    pub const fn new(payload: Vec<u8>, payload_type: String, signature: Vec<u8>) -> Self {
        Self {
            payload,
            payload_type,
            signature,
        }
    }

    /// Returns the payload, which nothing here has verified.
    #[must_use]
    pub fn unverified_payload(&self) -> &[u8] {
        &self.payload
    }

    /// Returns the payload's media type.
    #[must_use]
    pub fn payload_type(&self) -> &str {
        &self.payload_type
    }

    /// Returns the signature as it stands in the envelope, ASN.1 DER for ECDSA.
    #[must_use]
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// Returns the payload if it is an in-toto statement and the signature is `key`'s.
    pub(crate) fn open(&self, key: &PublicKey) -> Option<&[u8]> {
        let signed = pae(PAYLOAD_TYPE, &self.payload);
        let typed = self.payload_type == PAYLOAD_TYPE;
        (typed && key.verifies(&signed, &self.signature)).then_some(&self.payload)
    }

    /// Does as [`open`](Self::open) for signatures of `model-signing` v0.2, which covered another
    /// text and were made by `hash`.
    pub(crate) fn open_historic(&self, key: &PublicKey, hash: DigestAlgorithm) -> Option<&[u8]> {
        let signed = historic_pae(PAYLOAD_TYPE, &self.payload);
        let digest = Digest::of(hash, signed.as_bytes());
        let typed = self.payload_type == PAYLOAD_TYPE;
        (typed && key.verifies_digest(&digest, &self.signature)).then_some(&self.payload)
    }
}
