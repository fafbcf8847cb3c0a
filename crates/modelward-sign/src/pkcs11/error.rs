use thiserror::Error;

use crate::ReadKeyError;

/// Says why a key on a token cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Pkcs11Error {
    /// The library cannot be loaded or begun.
    #[error("the library of the token cannot be loaded")]
    Load {
        /// What is wrong.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The private key is none on an elliptic curve.
    #[error("the key on the token is no elliptic curve key")]
    KeyType,
    /// The token refuses the login for another reason than the PIN.
    #[error("the token refuses the login")]
    Login {
        /// What the token said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// There were too many wrong PINs. Another try makes it worse.
    #[error("the token is locked after too many wrong pins")]
    PinLocked,
    /// The PIN is wrong. The token counts such tries.
    #[error("the token refuses the pin")]
    PinWrong,
    /// The URI names no private key, or more than one.
    #[error("{found} private keys on the token are named, expected 1")]
    PrivateKeys {
        /// How many there are.
        found: usize,
    },
    /// The token has no public key for the private key, or one that is none.
    #[error("the token has no public key that belongs to the private key")]
    PublicKey,
    /// The key is on no curve that models are signed with.
    #[error("the key on the token is not one that models are signed with")]
    Curve {
        /// What it is.
        source: ReadKeyError,
    },
    /// What the token signed is not its public key's.
    #[error("the token made a signature that its public key does not verify")]
    Signature,
    /// The token failed.
    #[error("the token failed to {operation}")]
    Token {
        /// What it was asked for.
        operation: &'static str,
        /// What it said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The URI names no token, or more than one.
    #[error("{found} tokens are named, expected 1")]
    Tokens {
        /// How many there are.
        found: usize,
    },
    /// A thread that used the token ended in the middle of it.
    #[error("the token was left in the middle of an operation")]
    Unfinished,
}

impl Pkcs11Error {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Curve { source } => source.code(),
            Self::KeyType => "sign.pkcs11.key_type",
            Self::Load { .. } => "sign.pkcs11.load",
            Self::Login { .. } => "sign.pkcs11.login",
            Self::PinLocked => "sign.pkcs11.pin_locked",
            Self::PinWrong => "sign.pkcs11.pin_wrong",
            Self::PrivateKeys { .. } => "sign.pkcs11.private_keys",
            Self::PublicKey => "sign.pkcs11.public_key",
            Self::Signature => "sign.pkcs11.signature",
            Self::Token { .. } => "sign.pkcs11.token",
            Self::Tokens { .. } => "sign.pkcs11.tokens",
            Self::Unfinished => "sign.pkcs11.unfinished",
        }
    }
}

/// Says what the token was asked for when it failed.
pub(super) fn failed(
    operation: &'static str,
) -> impl FnOnce(cryptoki::error::Error) -> Pkcs11Error {
    move |source| Pkcs11Error::Token {
        operation,
        source: source.into(),
    }
}
