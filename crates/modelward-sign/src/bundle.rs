use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::prelude::BASE64_STANDARD;
use modelward_artifact::escape::Terminal;
use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{Digest, JsonLimits};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::Envelope;

/// The media type of a Sigstore bundle v0.3, which OMS v1.0 prescribes (section 4.1).
pub const BUNDLE_MEDIA_TYPE: &str = "application/vnd.dev.sigstore.bundle.v0.3+json";

/// Holds a detached signature of a model: an OMS v1.0 bundle of the method `key`.
///
/// A bundle that was read is not verified: see [`verify_model`](crate::verify_model).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Bundle {
    hint: Option<Digest>,
    envelope: Envelope,
}

impl Bundle {
    pub(crate) const fn new(hint: Digest, envelope: Envelope) -> Self {
        Self {
            hint: Some(hint),
            envelope,
        }
    }

    /// Reads a bundle.
    ///
    /// Absent and `null` members count as the same; both base64 alphabets are read.
    ///
    /// # Errors
    ///
    /// [`ReadBundleError`] where the text is not strict JSON, not a bundle v0.3, has not exactly
    /// one signature, or is of a method that this crate does not verify yet.
    pub fn read(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadBundleError> {
        let wire: WireBundle =
            json::read_as(bytes, limits).map_err(|source| ReadBundleError::Json { source })?;
        if wire.media_type != BUNDLE_MEDIA_TYPE {
            return Err(ReadBundleError::MediaType {
                found: wire.media_type,
            });
        }
        let hint = wire.verification_material.hint()?;
        let envelope = wire.dsse_envelope.read()?;
        Ok(Self { hint, envelope })
    }

    /// Writes the bundle: one line, no line break at the end.
    ///
    /// # Panics
    ///
    /// Never: a bundle's members are text.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let wire = WrittenBundle {
            media_type: BUNDLE_MEDIA_TYPE,
            verification_material: WrittenMaterial {
                public_key: WrittenKey {
                    hint: self.hint.map(|hint| hint.to_hex()).unwrap_or_default(),
                },
                tlog_entries: [],
            },
            dsse_envelope: WrittenEnvelope {
                payload: BASE64_STANDARD.encode(self.envelope.unverified_payload()),
                payload_type: self.envelope.payload_type(),
                signatures: [WrittenSignature {
                    sig: BASE64_STANDARD.encode(self.envelope.signature()),
                    keyid: "",
                }],
            },
        };
        serde_json::to_vec(&wire).expect("text members have a JSON form")
    }

    /// Returns the SHA-256 of the signer's public key in PEM, if the bundle names one.
    ///
    /// The signature does not cover it: it helps to find the key and proves nothing.
    #[must_use]
    pub const fn hint(&self) -> Option<&Digest> {
        self.hint.as_ref()
    }

    /// Returns the envelope.
    #[must_use]
    pub const fn envelope(&self) -> &Envelope {
        &self.envelope
    }
}

/// Says why a text is not a bundle that can be verified here.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadBundleError {
    /// A member is not base64.
    #[error("bundle member `{member}` is not base64")]
    Base64 {
        /// The member.
        member: &'static str,
    },
    /// The key's hint is not a SHA-256 digest.
    #[error("bundle names its key by something that is no SHA-256 digest")]
    Hint,
    /// The text is not the expected JSON.
    #[error("bundle is not the expected json")]
    Json {
        /// What is wrong.
        source: JsonError,
    },
    /// The bundle is of another kind or version.
    #[error(
        "bundle has the media type `{}`, expected `{BUNDLE_MEDIA_TYPE}`",
        Terminal(found)
    )]
    MediaType {
        /// The media type found.
        found: String,
    },
    /// The bundle carries no public key, so it is of the method `certificate` or `sigstore`.
    #[error("bundle is of the method `{found}`, expected `key`")]
    Method {
        /// The method found.
        found: &'static str,
    },
    /// There is not exactly one signature.
    #[error("bundle has {found} signatures, expected 1")]
    Signatures {
        /// How many there are.
        found: usize,
    },
}

impl ReadBundleError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Base64 { .. } => "sign.bundle.base64",
            Self::Hint => "sign.bundle.hint",
            Self::Json { source } => source.code(),
            Self::MediaType { .. } => "sign.bundle.media_type",
            Self::Method { .. } => "sign.bundle.method",
            Self::Signatures { .. } => "sign.bundle.signatures",
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireBundle {
    media_type: String,
    verification_material: WireMaterial,
    dsse_envelope: WireEnvelope,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireMaterial {
    #[serde(default)]
    public_key: Option<WireKey>,
    #[serde(default)]
    x509_certificate_chain: Option<serde_json::Value>,
    #[serde(default)]
    certificate: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct WireKey {
    #[serde(default)]
    hint: Option<String>,
}

impl WireMaterial {
    fn hint(self) -> Result<Option<Digest>, ReadBundleError> {
        let found = match (
            &self.public_key,
            &self.x509_certificate_chain,
            &self.certificate,
        ) {
            (Some(_), None, None) => "key",
            (None, Some(_), None) => "certificate",
            (None, None, Some(_)) => "sigstore",
            (None, None, None) => "none",
            _ => "more than one",
        };
        let Some(key) = self.public_key.filter(|_| found == "key") else {
            return Err(ReadBundleError::Method { found });
        };
        let hint = key.hint.filter(|hint| !hint.is_empty());
        hint.map(|hint| hint.parse().map_err(|_| ReadBundleError::Hint))
            .transpose()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireEnvelope {
    payload: String,
    payload_type: String,
    #[serde(default)]
    signatures: Option<Vec<WireSignature>>,
}

#[derive(Deserialize)]
struct WireSignature {
    sig: String,
}

impl WireEnvelope {
    fn read(self) -> Result<Envelope, ReadBundleError> {
        let signatures = self.signatures.unwrap_or_default();
        let [signature] = &signatures[..] else {
            return Err(ReadBundleError::Signatures {
                found: signatures.len(),
            });
        };
        let signature = decode(&signature.sig, "sig")?;
        let payload = decode(&self.payload, "payload")?;
        Ok(Envelope::new(payload, self.payload_type, signature))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenBundle<'a> {
    media_type: &'static str,
    verification_material: WrittenMaterial,
    dsse_envelope: WrittenEnvelope<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenMaterial {
    public_key: WrittenKey,
    tlog_entries: [(); 0],
}

#[derive(Serialize)]
struct WrittenKey {
    hint: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenEnvelope<'a> {
    payload: String,
    payload_type: &'a str,
    signatures: [WrittenSignature; 1],
}

#[derive(Serialize)]
struct WrittenSignature {
    sig: String,
    keyid: &'static str,
}

/// Reads base64 of either alphabet, as protobuf's JSON mapping asks of readers.
fn decode(text: &str, member: &'static str) -> Result<Vec<u8>, ReadBundleError> {
    let lenient =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let alphabet = if text.contains(['-', '_']) {
        alphabet::URL_SAFE
    } else {
        alphabet::STANDARD
    };
    GeneralPurpose::new(&alphabet, lenient)
        .decode(text)
        .map_err(|_| ReadBundleError::Base64 { member })
}
