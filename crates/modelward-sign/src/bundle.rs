use std::fmt;

use modelward_artifact::json;
use modelward_artifact::{Digest, Finding, JsonLimits};
use serde_json::{Map, Value};

use self::wire::{Beside, WireBundle, WireEnvelope, deviations};
use crate::Envelope;

pub use self::error::ReadBundleError;

mod error;
mod wire;

/// The media type of a Sigstore bundle v0.3, which OMS v1.0 prescribes (section 4.1).
pub const BUNDLE_MEDIA_TYPE: &str = "application/vnd.dev.sigstore.bundle.v0.3+json";

/// The most certificates that a bundle may carry.
pub(crate) const MAX_CERTIFICATES: usize = 32;

/// Holds a detached signature of a model: a Sigstore bundle v0.3 with a DSSE envelope.
///
/// - One signature, of one [`Method`].
/// - A bundle that was read is not verified: see [`verify_model`](crate::verify_model).
/// - Members that are not known survive a read and a write, so that a bundle with its entries of a
///   transparency log stays whole.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Bundle {
    material: Material,
    /// The members of `verificationMaterial`, of which `material` is what is understood here.
    members: Map<String, Value>,
    envelope: Envelope,
    beside: Beside,
    other: Map<String, Value>,
    deviations: Vec<Finding>,
}

/// By what a bundle is verified.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Material {
    /// Certificates in DER, the signer's first.
    Certificate { chain: Vec<Vec<u8>> },
    /// A key, which the bundle may name.
    Key { hint: Option<Digest> },
    /// A certificate in DER that was made for this one signature, and the bundle as it was read: a
    /// transparency log holds a digest of its envelope.
    Sigstore { leaf: Vec<u8>, text: String },
}

/// Names a way to sign (OMS v1.0, section 4.1).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Method {
    /// A private key whose certificate comes from an authority that the verifier trusts.
    Certificate,
    /// A private key whose public key the verifier has.
    Key,
    /// A key that lives for one signature, certified by Sigstore for an identity.
    Sigstore,
}

impl Method {
    /// Returns the name in OMS, such as `key`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::Key => "key",
            Self::Sigstore => "sigstore",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Bundle {
    pub(crate) fn new(material: Material, envelope: Envelope) -> Self {
        Self {
            members: material.members(),
            material,
            envelope,
            beside: Beside::default(),
            other: Map::new(),
            deviations: Vec::new(),
        }
    }

    /// Reads a bundle.
    ///
    /// Absent and `null` members count as the same; both base64 alphabets are read; a key may be
    /// named by its hint, carried as clients before v1.1 did, or not named at all.
    /// [`Bundle::deviations`] lists what is not as OMS v1.0 has it.
    ///
    /// # Errors
    ///
    /// [`ReadBundleError`] where the text is not strict JSON, not a bundle v0.3, or has not exactly
    /// one signature and one method.
    pub fn read(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadBundleError> {
        let wire: WireBundle =
            json::read_as(bytes, limits).map_err(|source| ReadBundleError::Json { source })?;
        if wire.media_type != BUNDLE_MEDIA_TYPE {
            return Err(ReadBundleError::MediaType {
                found: wire.media_type,
            });
        }
        let deviations = deviations(&wire);
        let material = Material::read(&wire.verification_material, bytes)?;
        let (envelope, beside) = wire.dsse_envelope.read()?;
        Ok(Self {
            material,
            members: wire.verification_material,
            envelope,
            beside,
            other: wire.other,
            deviations,
        })
    }

    /// Writes the bundle: one line, no line break at the end.
    ///
    /// One of the method `sigstore` is written as it was read, byte by byte.
    ///
    /// # Panics
    ///
    /// Never: a bundle's members are text.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        if let Material::Sigstore { text, .. } = &self.material {
            return text.clone().into_bytes();
        }
        let wire = WireBundle {
            media_type: BUNDLE_MEDIA_TYPE.to_owned(),
            verification_material: self.members.clone(),
            dsse_envelope: WireEnvelope::of(&self.envelope, &self.beside),
            other: self.other.clone(),
        };
        serde_json::to_vec(&wire).expect("text members have a JSON form")
    }

    /// Returns the method by which the bundle wants to be verified.
    #[must_use]
    pub const fn method(&self) -> Method {
        match self.material {
            Material::Certificate { .. } => Method::Certificate,
            Material::Key { .. } => Method::Key,
            Material::Sigstore { .. } => Method::Sigstore,
        }
    }

    /// Returns the SHA-256 of the signer's public key in PEM, if the bundle names one.
    ///
    /// The signature does not cover it: it helps to find the key and proves nothing.
    #[must_use]
    pub const fn hint(&self) -> Option<&Digest> {
        match &self.material {
            Material::Key { hint } => hint.as_ref(),
            Material::Certificate { .. } | Material::Sigstore { .. } => None,
        }
    }

    /// Returns the certificates in DER that the bundle carries, the signer's first.
    ///
    /// Nothing here has verified them.
    pub fn unverified_certificates(&self) -> impl Iterator<Item = &[u8]> {
        let certificates = match &self.material {
            Material::Certificate { chain } => chain.as_slice(),
            Material::Key { .. } => &[],
            Material::Sigstore { leaf, .. } => std::slice::from_ref(leaf),
        };
        certificates.iter().map(Vec::as_slice)
    }

    /// Returns the envelope.
    #[must_use]
    pub const fn envelope(&self) -> &Envelope {
        &self.envelope
    }

    /// Lists where the text that was read is not that of OMS v1.0, though it is understood.
    #[must_use]
    pub fn deviations(&self) -> &[Finding] {
        &self.deviations
    }

    pub(crate) const fn material(&self) -> &Material {
        &self.material
    }
}
