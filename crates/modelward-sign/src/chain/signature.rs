use modelward_artifact::{Digest, DigestAlgorithm};
#[cfg(feature = "rsa")]
use x509_cert::der::Any;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::spki::AlgorithmIdentifierOwned;

use crate::PublicKey;

#[cfg(test)]
mod wycheproof;

/// Names how a certificate or a revocation list was signed (RFC 5758, RFC 8410, RFC 8017).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Scheme {
    Ecdsa(DigestAlgorithm),
    #[cfg(feature = "ed25519")]
    Ed25519,
    #[cfg(feature = "rsa")]
    Rsa(DigestAlgorithm),
}

const ECDSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const ECDSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");
const ECDSA_SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.4");
#[cfg(feature = "ed25519")]
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
#[cfg(feature = "rsa")]
const RSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
#[cfg(feature = "rsa")]
const RSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12");
#[cfg(feature = "rsa")]
const RSA_SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13");

/// What is to be verified by an issuer's key.
pub(crate) struct Signed<'a> {
    pub(crate) algorithm: &'a AlgorithmIdentifierOwned,
    pub(crate) bytes: &'a [u8],
    pub(crate) signature: &'a [u8],
}

/// What verifying came to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Answer {
    /// The key made the signature.
    Genuine,
    /// It did not.
    Wrong,
    /// The algorithm is not taken, or is none of the key's.
    Algorithm,
}

impl Signed<'_> {
    /// Verifies the signature by a `SubjectPublicKeyInfo`.
    pub(crate) fn verify(&self, key: &[u8]) -> Answer {
        let genuine = match self.scheme() {
            Some(Scheme::Ecdsa(hash)) => {
                let Ok(key) = PublicKey::from_der(key) else {
                    return Answer::Algorithm;
                };
                key.verifies_digest(&Digest::of(hash, self.bytes), self.signature)
            }
            #[cfg(feature = "ed25519")]
            Some(Scheme::Ed25519) => return self.by_ed25519(key),
            #[cfg(feature = "rsa")]
            Some(Scheme::Rsa(hash)) => return self.by_rsa(key, hash),
            None => return Answer::Algorithm,
        };
        if genuine {
            Answer::Genuine
        } else {
            Answer::Wrong
        }
    }

    fn scheme(&self) -> Option<Scheme> {
        let parameters = self.algorithm.parameters.as_ref();
        #[cfg(feature = "rsa")]
        {
            // PKCS #1 has a null here, and old signers leave it out (RFC 4055, section 5).
            let null_or_absent = parameters.is_none_or(Any::is_null);
            let hash = match self.algorithm.oid {
                RSA_SHA256 => Some(DigestAlgorithm::Sha256),
                RSA_SHA384 => Some(DigestAlgorithm::Sha384),
                RSA_SHA512 => Some(DigestAlgorithm::Sha512),
                _ => None,
            };
            if let Some(hash) = hash {
                return null_or_absent.then_some(Scheme::Rsa(hash));
            }
        }
        if parameters.is_some() {
            return None;
        }
        match self.algorithm.oid {
            ECDSA_SHA256 => Some(Scheme::Ecdsa(DigestAlgorithm::Sha256)),
            ECDSA_SHA384 => Some(Scheme::Ecdsa(DigestAlgorithm::Sha384)),
            ECDSA_SHA512 => Some(Scheme::Ecdsa(DigestAlgorithm::Sha512)),
            #[cfg(feature = "ed25519")]
            ED25519 => Some(Scheme::Ed25519),
            _ => None,
        }
    }

    #[cfg(feature = "ed25519")]
    fn by_ed25519(&self, key: &[u8]) -> Answer {
        use ed25519_dalek::pkcs8::DecodePublicKey as _;
        use ed25519_dalek::{Signature, VerifyingKey};

        let Ok(key) = VerifyingKey::from_public_key_der(key) else {
            return Answer::Algorithm;
        };
        // Strict: no point of small order, no second encoding.
        let genuine = Signature::from_slice(self.signature)
            .is_ok_and(|signature| key.verify_strict(self.bytes, &signature).is_ok());
        if genuine {
            Answer::Genuine
        } else {
            Answer::Wrong
        }
    }

    #[cfg(feature = "rsa")]
    fn by_rsa(&self, key: &[u8], hash: DigestAlgorithm) -> Answer {
        use rsa::pkcs1v15::{Signature, VerifyingKey};
        use rsa::pkcs8::DecodePublicKey as _;
        use rsa::signature::Verifier as _;
        use rsa::traits::PublicKeyParts as _;

        let Ok(key) = rsa::RsaPublicKey::from_public_key_der(key) else {
            return Answer::Algorithm;
        };
        if !(2048..=8192).contains(&key.n().bit_width()) {
            return Answer::Algorithm;
        }
        let Ok(signature) = Signature::try_from(self.signature) else {
            return Answer::Wrong;
        };
        let genuine = match hash {
            DigestAlgorithm::Sha384 => VerifyingKey::<sha2::Sha384>::new(key)
                .verify(self.bytes, &signature)
                .is_ok(),
            DigestAlgorithm::Sha512 => VerifyingKey::<sha2::Sha512>::new(key)
                .verify(self.bytes, &signature)
                .is_ok(),
            _ => VerifyingKey::<sha2::Sha256>::new(key)
                .verify(self.bytes, &signature)
                .is_ok(),
        };
        if genuine {
            Answer::Genuine
        } else {
            Answer::Wrong
        }
    }
}
