//! A key for checkpoints: ours signs, `p256` verifies.

use modelward::artifact::Signer as _;
use modelward::incident::log::{Checkpoint, NoteVerifier, Origin, SignedCheckpoint};
use modelward::sign::SigningKey;
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::pkcs8::DecodePublicKey as _;

pub(crate) struct Key {
    name: Origin,
    signing: SigningKey,
    verifying: VerifyingKey,
}

impl Key {
    pub(crate) fn new() -> Self {
        let signing = SigningKey::generate();
        let verifying = VerifyingKey::from_public_key_der(signing.public_key_der());
        Self {
            name: origin(),
            verifying: verifying.expect("our own key is one"),
            signing,
        }
    }

    pub(crate) fn sign(&self, checkpoint: Checkpoint) -> SignedCheckpoint {
        let signed = SignedCheckpoint::sign(checkpoint, self.name.clone(), &self.signing);
        signed.expect("a key in memory signs")
    }

    /// Reads a note and believes it.
    pub(crate) fn read(&self, note: &str) -> Checkpoint {
        let note: SignedCheckpoint = note.parse().expect("our own note");
        note.verify(self).into_result().expect("our own signature")
    }
}

impl NoteVerifier for Key {
    fn key_name(&self) -> &Origin {
        &self.name
    }

    fn public_key_der(&self) -> &[u8] {
        self.signing.public_key_der()
    }

    fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_der(signature)
            .is_ok_and(|signature| self.verifying.verify(message, &signature).is_ok())
    }
}

pub(crate) fn origin() -> Origin {
    "example.org/incidents".parse().expect("a name")
}
