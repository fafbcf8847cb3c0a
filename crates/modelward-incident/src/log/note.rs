use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use modelward_artifact::{
    Digest, Finding, Message, SignatureAlgorithm, Signer, SignerError, Verdict,
};
use thiserror::Error;

use super::checkpoint::{Checkpoint, Origin, ParseCheckpointError};

/// The largest note in bytes.
const MAX_BYTES: usize = 64 << 10;

/// How many signatures are read.
const MAX_SIGNATURES: usize = 32;

/// Checks signatures of notes by one ECDSA key on P-256. The caller brings the cryptography.
pub trait NoteVerifier {
    /// Returns the key's name, which stands in the signature line.
    fn key_name(&self) -> &Origin;

    /// Returns the public key as DER of a `SubjectPublicKeyInfo` (RFC 5280, section 4.1).
    fn public_key_der(&self) -> &[u8];

    /// Tells whether `signature`, ASN.1 DER of ECDSA with SHA-256, is one of the message.
    fn verifies(&self, message: &[u8], signature: &[u8]) -> bool;
}

/// Holds a checkpoint with signatures below it (C2SP `signed-note`), none of which is believed yet.
///
/// A signature is one of type 0x02: ECDSA on P-256 with SHA-256. The key's id is the first four bytes
/// of SHA-256 of its DER. Signatures of other keys are kept and pass unread.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    signatures: Vec<NoteSignature>,
}

impl SignedCheckpoint {
    /// Signs a checkpoint.
    ///
    /// # Errors
    ///
    /// [`SignCheckpointError`] where the key is none on P-256 or could not be used.
    pub fn sign(
        checkpoint: Checkpoint,
        key_name: Origin,
        signer: &dyn Signer,
    ) -> Result<Self, SignCheckpointError> {
        let unsigned = Self {
            checkpoint,
            signatures: Vec::new(),
        };
        unsigned.and_sign(key_name, signer)
    }

    /// Adds a signature of another key.
    ///
    /// # Errors
    ///
    /// As of [`SignedCheckpoint::sign`].
    pub fn and_sign(
        mut self,
        key_name: Origin,
        signer: &dyn Signer,
    ) -> Result<Self, SignCheckpointError> {
        let algorithm = signer.algorithm();
        if algorithm != SignatureAlgorithm::EcdsaP256Sha256 {
            return Err(SignCheckpointError::Algorithm { found: algorithm });
        }
        if self.signatures.len() >= MAX_SIGNATURES {
            return Err(SignCheckpointError::TooMany);
        }
        let text = self.checkpoint.to_string();
        let signature = signer
            .sign(&Message::new(algorithm, text.as_bytes()))
            .map_err(|source| SignCheckpointError::Signer { source })?;
        self.signatures.push(NoteSignature {
            name: key_name,
            key_id: key_id(signer.public_key_der()),
            signature,
        });
        Ok(self)
    }

    /// Returns the checkpoint, which nobody vouched for yet.
    #[must_use]
    pub const fn unverified(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// Checks the signature of one key and returns the checkpoint that it vouches for.
    ///
    /// The codes of what is found: `incident.checkpoint.unsigned` where the key did not sign, and
    /// `incident.checkpoint.forged` where a signature in its name is none of it.
    pub fn verify(&self, verifier: &dyn NoteVerifier) -> Verdict<Checkpoint> {
        let name = verifier.key_name();
        let key_id = key_id(verifier.public_key_der());
        let text = self.checkpoint.to_string();
        let found = |code: &'static str, message: &str| {
            Verdict::Rejected(Finding::new(code, message).about(name.as_str()).into())
        };
        let named = |line: &&NoteSignature| line.name == *name && line.key_id == key_id;
        let mut ours = self.signatures.iter().filter(named).peekable();
        if ours.peek().is_none() {
            return found("incident.checkpoint.unsigned", "the key did not sign");
        }
        if ours.all(|line| verifier.verifies(text.as_bytes(), &line.signature)) {
            return Verdict::Verified(self.checkpoint.clone());
        }
        found(
            "incident.checkpoint.forged",
            "a signature in the key's name is none of it",
        )
    }
}

/// Writes the note: the checkpoint, a blank line, a line for each signature.
impl fmt::Display for SignedCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.checkpoint)?;
        for line in &self.signatures {
            let mut bytes = line.key_id.to_vec();
            bytes.extend_from_slice(&line.signature);
            writeln!(f, "\u{2014} {} {}", line.name, STANDARD.encode(bytes))?;
        }
        Ok(())
    }
}

impl FromStr for SignedCheckpoint {
    type Err = ParseCheckpointError;

    fn from_str(note: &str) -> Result<Self, Self::Err> {
        let limit = MAX_BYTES;
        if note.len() > limit {
            return Err(ParseCheckpointError::TooLarge { limit });
        }
        let (text, below) = note
            .split_once("\n\n")
            .ok_or(ParseCheckpointError::Unsigned)?;
        let checkpoint = format!("{text}\n").parse()?;
        let lines = below
            .strip_suffix('\n')
            .ok_or(ParseCheckpointError::Unsigned)?;
        let mut signatures = Vec::new();
        for (index, line) in lines.split('\n').enumerate() {
            if index == MAX_SIGNATURES {
                return Err(ParseCheckpointError::TooLarge { limit });
            }
            let line_error = ParseCheckpointError::Signature { line: index + 1 };
            signatures.push(NoteSignature::parse(line).ok_or(line_error)?);
        }
        Ok(Self {
            checkpoint,
            signatures,
        })
    }
}

#[derive(Clone, Debug, Eq, PartialEq)]
struct NoteSignature {
    name: Origin,
    key_id: [u8; 4],
    signature: Vec<u8>,
}

impl NoteSignature {
    fn parse(line: &str) -> Option<Self> {
        let (name, bytes) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
        let bytes = STANDARD.decode(bytes).ok()?;
        let (key_id, signature) = bytes.split_first_chunk()?;
        if signature.is_empty() {
            return None;
        }
        Some(Self {
            name: name.parse().ok()?,
            key_id: *key_id,
            signature: signature.to_vec(),
        })
    }
}

/// Says why a checkpoint could not be signed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SignCheckpointError {
    /// The key is of another kind.
    #[error("a key of {found} cannot sign a checkpoint, expected ecdsa-p256-sha256")]
    Algorithm {
        /// The scheme of the key.
        found: SignatureAlgorithm,
    },
    /// The key could not be used.
    #[error("the checkpoint could not be signed")]
    Signer {
        /// Why.
        source: SignerError,
    },
    /// There are as many signatures as are read.
    #[error("the checkpoint has {MAX_SIGNATURES} signatures already")]
    TooMany,
}

impl SignCheckpointError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Algorithm { .. } => "incident.checkpoint.algorithm",
            Self::Signer { source } => source.code(),
            Self::TooMany => "incident.checkpoint.too_many",
        }
    }
}

/// C2SP `signed-note` derives the id of ECDSA keys from the key alone.
fn key_id(public_key_der: &[u8]) -> [u8; 4] {
    let digest = Digest::sha256(public_key_der);
    let mut id = [0; 4];
    id.copy_from_slice(&digest.as_bytes()[..4]);
    id
}
