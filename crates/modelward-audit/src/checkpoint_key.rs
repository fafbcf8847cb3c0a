use modelward_incident::log::{NoteVerifier, Origin};
use modelward_sign::{Curve, PublicKey};
use thiserror::Error;

/// Checks signatures of checkpoints of incident logs by a key on P-256.
///
/// ```
/// use modelward_audit::CheckpointKey;
/// use modelward_incident::log::{IncidentLog, SignedCheckpoint};
/// use modelward_sign::SigningKey;
///
/// let key = SigningKey::generate();
/// let checkpoint = IncidentLog::new().chain().checkpoint("acme.example/incidents".parse()?);
/// let signed = SignedCheckpoint::sign(checkpoint, "acme-response".parse()?, &key)?;
/// let trusted = CheckpointKey::new("acme-response".parse()?, key.public_key().clone())?;
/// assert!(signed.verify(&trusted).verified().is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct CheckpointKey {
    name: Origin,
    key: PublicKey,
}

impl CheckpointKey {
    /// Joins a key and the name that it has in signature lines.
    ///
    /// # Errors
    ///
    /// [`CheckpointKeyError::Curve`] where the key is on another curve than P-256.
    pub fn new(name: Origin, key: PublicKey) -> Result<Self, CheckpointKeyError> {
        match key.curve() {
            Curve::P256 => Ok(Self { name, key }),
            found => Err(CheckpointKeyError::Curve { found }),
        }
    }
}

impl NoteVerifier for CheckpointKey {
    fn key_name(&self) -> &Origin {
        &self.name
    }

    fn public_key_der(&self) -> &[u8] {
        self.key.as_der()
    }

    fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.key.verify(message, signature).verified().is_some()
    }
}

/// Says why a key does not check checkpoints.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum CheckpointKeyError {
    /// It is on another curve.
    #[error("key is on {}, expected P-256", found.name())]
    Curve {
        /// The curve.
        found: Curve,
    },
}

impl CheckpointKeyError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Curve { .. } => "audit.checkpoint_key.curve",
        }
    }
}
