use std::fmt;

use ecdsa::signature::hazmat::PrehashVerifier as _;
use ecdsa::signature::{Signer as _, Verifier as _};
use modelward_artifact::{Digest, SignatureAlgorithm};
use p256::pkcs8::{
    DecodePrivateKey as _, DecodePublicKey as _, EncodePrivateKey as _, EncodePublicKey as _,
    LineEnding,
};
use x509_cert::der::asn1::ObjectIdentifier;
use zeroize::Zeroizing;

/// Names an elliptic curve that OMS signs with (OMS v1.0, section 7; FIPS 186-5).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Curve {
    /// P-256, with SHA-256.
    P256,
    /// P-384, with SHA-384.
    P384,
    /// P-521, with SHA-512.
    P521,
}

impl Curve {
    /// Lists every curve.
    pub const ALL: [Self; 3] = [Self::P256, Self::P384, Self::P521];

    /// Returns the name, such as `P-256`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::P521 => "P-521",
        }
    }

    /// Returns the signature scheme: every curve has its own hash function.
    #[must_use]
    pub const fn algorithm(self) -> SignatureAlgorithm {
        match self {
            Self::P256 => SignatureAlgorithm::EcdsaP256Sha256,
            Self::P384 => SignatureAlgorithm::EcdsaP384Sha384,
            Self::P521 => SignatureAlgorithm::EcdsaP521Sha512,
        }
    }

    /// Finds the curve of an object identifier (RFC 5480, section 2.1.1.1).
    pub(super) fn of(oid: ObjectIdentifier) -> Option<Self> {
        const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
        const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
        const P521: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");
        match oid {
            P256 => Some(Self::P256),
            P384 => Some(Self::P384),
            P521 => Some(Self::P521),
            _ => None,
        }
    }
}

impl fmt::Display for Curve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Writes what is the same for each curve's own types.
macro_rules! curves {
    ($($curve:ident: $package:ident,)*) => {
        /// A private key on one of the curves, which wipes itself.
        pub(super) enum Secret {
            $($curve($package::ecdsa::SigningKey),)*
        }

        impl Secret {
            #[cfg(feature = "keygen")]
            pub(super) fn generate(curve: Curve) -> Self {
                use p256::elliptic_curve::Generate as _;

                match curve {
                    $(Curve::$curve => Self::$curve($package::ecdsa::SigningKey::generate()),)*
                }
            }

            pub(super) fn from_pkcs8(curve: Curve, der: &[u8]) -> Result<Self, String> {
                match curve {
                    $(Curve::$curve => $package::SecretKey::from_pkcs8_der(der)
                        .map(|key| Self::$curve(key.into()))
                        .map_err(|error| error.to_string()),)*
                }
            }

            pub(super) fn from_sec1(curve: Curve, der: &[u8]) -> Result<Self, String> {
                match curve {
                    $(Curve::$curve => $package::SecretKey::from_sec1_der(der)
                        .map(|key| Self::$curve(key.into()))
                        .map_err(|error| error.to_string()),)*
                }
            }

            pub(super) fn to_pem(&self) -> Zeroizing<String> {
                let pem = match self {
                    $(Self::$curve(key) => key.to_pkcs8_pem(LineEnding::LF),)*
                };
                pem.expect("a key on a known curve has a PKCS#8 form")
            }

            pub(super) fn public(&self) -> Public {
                match self {
                    $(Self::$curve(key) => Public::$curve(*key.verifying_key()),)*
                }
            }

            /// Returns the signature in ASN.1 DER, with the hash function of the curve.
            pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, String> {
                match self {
                    $(Self::$curve(key) => {
                        let signature: Result<$package::ecdsa::DerSignature, _> =
                            key.try_sign(message);
                        signature
                            .map(|signature| signature.as_bytes().to_vec())
                            .map_err(|error| error.to_string())
                    })*
                }
            }
        }

        /// A public key on one of the curves.
        #[derive(Clone, Eq, PartialEq)]
        pub(super) enum Public {
            $($curve($package::ecdsa::VerifyingKey),)*
        }

        impl Curve {
            /// Encodes `r` and `s`, which stand side by side, in ASN.1 DER.
            pub(crate) fn der_signature(self, raw: &[u8]) -> Option<Vec<u8>> {
                match self {
                    $(Self::$curve => {
                        let signature = $package::ecdsa::Signature::from_slice(raw).ok()?;
                        Some(signature.to_der().as_bytes().to_vec())
                    })*
                }
            }
        }

        impl Public {
            pub(super) fn from_der(curve: Curve, der: &[u8]) -> Result<Self, String> {
                match curve {
                    $(Curve::$curve => $package::PublicKey::from_public_key_der(der)
                        .map(|key| Self::$curve(key.into()))
                        .map_err(|error| error.to_string()),)*
                }
            }

            pub(super) const fn curve(&self) -> Curve {
                match self {
                    $(Self::$curve(_) => Curve::$curve,)*
                }
            }

            pub(super) fn to_der(&self) -> Vec<u8> {
                let der = match self {
                    $(Self::$curve(key) => key.to_public_key_der(),)*
                };
                der.expect("a key on a known curve has a DER form").into_vec()
            }

            pub(super) fn to_pem(&self) -> String {
                let pem = match self {
                    $(Self::$curve(key) => key.to_public_key_pem(LineEnding::LF),)*
                };
                pem.expect("a key on a known curve has a PEM form")
            }

            pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
                match self {
                    $(Self::$curve(key) => {
                        $package::ecdsa::DerSignature::from_bytes(signature)
                            .is_ok_and(|signature| key.verify(message, &signature).is_ok())
                    })*
                }
            }

            pub(super) fn verifies_digest(&self, digest: &Digest, signature: &[u8]) -> bool {
                // A digest is a number, so zeros before it change nothing; one that is short for
                // the curve would be refused below.
                let mut padded = [0; 64];
                let bytes = digest.as_bytes();
                padded[64 - bytes.len()..].copy_from_slice(bytes);
                let digest = match self.curve() {
                    Curve::P521 => &padded[..],
                    Curve::P256 | Curve::P384 => bytes,
                };
                match self {
                    $(Self::$curve(key) => {
                        $package::ecdsa::DerSignature::from_bytes(signature)
                            .is_ok_and(|signature| key.verify_prehash(digest, &signature).is_ok())
                    })*
                }
            }
        }
    };
}

curves! {
    P256: p256,
    P384: p384,
    P521: p521,
}
