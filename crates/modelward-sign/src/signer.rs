use std::thread;

use modelward_artifact::{Digest, DigestAlgorithm, Message, Signer, SignerError};
use thiserror::Error;

use crate::{Curve, PublicKey, ReadKeyError};

/// Makes sure that an implementation of [`Signer`] does what one has to: for the tests of clients of
/// cloud key services, tokens and the like.
///
/// It signs about ten messages, of none to a million bytes, some of them from two threads at once.
///
/// ```
/// # #[cfg(feature = "keygen")] {
/// use modelward_sign::{SigningKey, check_signer};
///
/// check_signer(&SigningKey::generate())?;
/// # }
/// # Ok::<(), modelward_sign::SignerFault>(())
/// ```
///
/// # Errors
///
/// [`SignerFault`] says what is wrong, in words of the signer's author.
pub fn check_signer(signer: &dyn Signer) -> Result<(), SignerFault> {
    let public = signer.public_key_der().to_vec();
    let key = PublicKey::from_der(&public);
    let key = key.map_err(|source| SignerFault::PublicKey { source })?;
    let (expected, found) = (key.curve().algorithm(), signer.algorithm());
    if expected != found {
        return Err(SignerFault::Algorithm {
            expected: expected.name(),
            found: found.name(),
        });
    }
    if signer.key_name().trim().is_empty() {
        return Err(SignerFault::KeyName);
    }
    let large = vec![0xa5; 1 << 20];
    let messages: [&[u8]; 4] = [
        b"",
        b"a",
        b"a longer message than one block of any hash function, \
        which is what most messages are, and then some more of it to be sure of that",
        &large,
    ];
    for message in messages {
        check_message(signer, &key, message)?;
    }
    check_beside(signer, &key)?;
    if signer.public_key_der() != public {
        return Err(SignerFault::Unsteady);
    }
    Ok(())
}

/// Says what an implementation of [`Signer`] gets wrong.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SignerFault {
    /// The scheme is not that of the public key.
    #[error("`algorithm` is {found}, the public key needs {expected}")]
    Algorithm {
        /// The scheme of the key.
        expected: &'static str,
        /// The scheme that the signer names.
        found: &'static str,
    },
    /// Signing from two threads at once gives wrong signatures.
    #[error("signatures made from two threads at once are wrong")]
    Concurrency,
    /// The signature is right and by another hash function.
    #[error("the signature is by {found}, the curve needs {expected}")]
    Hash {
        /// The hash function of the curve.
        expected: DigestAlgorithm,
        /// The hash function of the signature.
        found: DigestAlgorithm,
    },
    /// The signature is of the bytes hashed twice.
    #[error("the signature is of the digest of the digest: hand over the digest as it is")]
    HashedTwice,
    /// The key has no name.
    #[error("`key_name` is empty")]
    KeyName,
    /// The public key cannot be read.
    #[error("`public_key_der` is not a SubjectPublicKeyInfo of a known curve")]
    PublicKey {
        /// What is wrong.
        source: ReadKeyError,
    },
    /// The signature is right and in another encoding.
    #[error("the signature is `r` and `s` side by side: encode it as ASN.1 DER")]
    Raw,
    /// The signer failed.
    #[error("the signer failed")]
    Signer {
        /// What it said.
        source: SignerError,
    },
    /// The public key changes from call to call.
    #[error("`public_key_der` changes")]
    Unsteady,
    /// The signature is none of the key over the message.
    #[error("the signature of a message of {length} bytes is not that of the public key")]
    Wrong {
        /// The length of the message in bytes.
        length: usize,
    },
}

impl SignerFault {
    /// Returns the stable code of this fault.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Algorithm { .. } => "sign.signer.algorithm",
            Self::Concurrency => "sign.signer.concurrency",
            Self::Hash { .. } => "sign.signer.hash",
            Self::HashedTwice => "sign.signer.hashed_twice",
            Self::KeyName => "sign.signer.key_name",
            Self::PublicKey { .. } => "sign.signer.public_key",
            Self::Raw => "sign.signer.raw",
            Self::Signer { .. } => "sign.signer.failed",
            Self::Unsteady => "sign.signer.unsteady",
            Self::Wrong { .. } => "sign.signer.wrong",
        }
    }
}

fn check_message(signer: &dyn Signer, key: &PublicKey, bytes: &[u8]) -> Result<(), SignerFault> {
    let message = Message::new(signer.algorithm(), bytes);
    let signature = signer.sign(&message);
    let signature = signature.map_err(|source| SignerFault::Signer { source })?;
    if key.verifies(bytes, &signature) {
        return Ok(());
    }
    if is_raw(key, bytes, &signature) {
        return Err(SignerFault::Raw);
    }
    if key.verifies(message.digest().as_bytes(), &signature) {
        return Err(SignerFault::HashedTwice);
    }
    let other = [
        DigestAlgorithm::Sha256,
        DigestAlgorithm::Sha384,
        DigestAlgorithm::Sha512,
    ]
    .into_iter()
    .find(|hash| key.verifies_digest(&Digest::of(*hash, bytes), &signature));
    Err(match other {
        Some(found) => SignerFault::Hash {
            expected: signer.algorithm().digest_algorithm(),
            found,
        },
        None => SignerFault::Wrong {
            length: bytes.len(),
        },
    })
}

/// Tells whether a signature would be right in the encoding of DER.
fn is_raw(key: &PublicKey, bytes: &[u8], signature: &[u8]) -> bool {
    let curve: Curve = key.curve();
    let der = curve.der_signature(signature);
    der.is_some_and(|der| key.verifies(bytes, &der))
}

/// Signs from two threads at once. What goes wrong only then is a fault of its own.
fn check_beside(signer: &dyn Signer, key: &PublicKey) -> Result<(), SignerFault> {
    let sign = |name: &str| {
        (0..3).try_for_each(|number| {
            let message = format!("{name} {number}");
            check_message(signer, key, message.as_bytes())
        })
    };
    let outcomes = thread::scope(|scope| {
        let first = scope.spawn(|| sign("first"));
        let second = sign("second");
        [
            first.join().unwrap_or(Err(SignerFault::Concurrency)),
            second,
        ]
    });
    outcomes
        .into_iter()
        .find(Result::is_err)
        .map_or(Ok(()), |outcome| {
            outcome.map_err(|fault| match fault {
                SignerFault::Signer { source } => SignerFault::Signer { source },
                _ => SignerFault::Concurrency,
            })
        })
}
