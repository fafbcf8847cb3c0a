use std::fmt;

use modelward_artifact::json::JsonError;
use modelward_artifact::{Digest, JsonLimits, Timestamp, Verdict, json};
use serde_json::Value;
use sigstore_verify::trust_root::{
    SIGSTORE_PRODUCTION_TRUSTED_ROOT, SIGSTORE_STAGING_TRUSTED_ROOT, TrustedRoot,
};
use sigstore_verify::types::bundle::SignatureContent;
use sigstore_verify::types::{Artifact, Bundle as SigstoreBundle, Sha256Hash};
use sigstore_verify::{Error as SigstoreError, VerificationPolicy, Verifier};
use thiserror::Error;
use x509_cert::Certificate;
use x509_cert::der::{Decode as _, Encode as _};

use crate::verify::reject;
use crate::{Envelope, PAYLOAD_TYPE, VerifyError, key};

/// The media type of a file that has a trusted root among other settings of a client.
const CLIENT_TRUST: &str = "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json";

/// Holds the authorities and logs of a Sigstore instance, by which signatures are verified offline.
#[derive(Clone)]
pub struct SigstoreTrust {
    root: TrustedRoot,
}

impl SigstoreTrust {
    /// Returns the public instance as it was when the dependency was released.
    ///
    /// # Errors
    ///
    /// [`ReadTrustError`] where what the dependency carries cannot be read.
    pub fn public_good() -> Result<Self, ReadTrustError> {
        Self::of(SIGSTORE_PRODUCTION_TRUSTED_ROOT)
    }

    /// Returns the public instance for tests, whose signatures mean nothing.
    ///
    /// # Errors
    ///
    /// [`ReadTrustError`] where what the dependency carries cannot be read.
    pub fn staging() -> Result<Self, ReadTrustError> {
        Self::of(SIGSTORE_STAGING_TRUSTED_ROOT)
    }

    /// Reads a trusted root, or the settings of a client that have one, as private instances and
    /// closed networks give them out.
    ///
    /// # Errors
    ///
    /// [`ReadTrustError`] where the text is not strict JSON or no trusted root.
    pub fn read(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadTrustError> {
        let value = json::read(bytes, limits).map_err(|source| ReadTrustError::Json { source })?;
        let kind = value.get("mediaType").and_then(Value::as_str);
        let root = match kind == Some(CLIENT_TRUST) {
            true => value.get("trustedRoot").cloned().unwrap_or_default(),
            false => value,
        };
        Self::of(&root.to_string())
    }

    fn of(text: &str) -> Result<Self, ReadTrustError> {
        let root = TrustedRoot::from_json(text).map_err(|source| ReadTrustError::Root {
            source: source.into(),
        })?;
        Ok(Self { root })
    }
}

impl fmt::Debug for SigstoreTrust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigstoreTrust")
            .field("authorities", &self.root.certificate_authorities.len())
            .field("logs", &self.root.tlogs.len())
            .finish_non_exhaustive()
    }
}

/// Says why a text is not a trusted root of a Sigstore instance.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadTrustError {
    /// The text is not strict JSON.
    #[error("trusted root is not strict json")]
    Json {
        /// What is wrong.
        source: JsonError,
    },
    /// The JSON is not a trusted root.
    #[error("json is not a trusted root")]
    Root {
        /// What is wrong.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl ReadTrustError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Json { source } => source.code(),
            Self::Root { .. } => "sign.sigstore.trusted_root",
        }
    }
}

/// States which identity's keyless signatures count: whom Sigstore certified, and who said so.
///
/// - The identity is an e-mail address or URI of the certificate; the issuer is the login
///   provider that vouched for it. Both are required: anyone can have a certificate.
/// - The certificate, its entry in the certificate log, the entry in the transparency log and the
///   time stamps are verified without the network by the crate `sigstore-verify`.
///
/// ```no_run
/// use modelward_sign::{SigstorePolicy, SigstoreTrust, VerifyPolicy};
///
/// let trust = SigstoreTrust::public_good()?;
/// let who = SigstorePolicy::new(trust, "release@example.com", "https://accounts.example.com");
/// let policy = VerifyPolicy::sigstore(who);
/// # Ok::<(), modelward_sign::ReadTrustError>(())
/// ```
#[derive(Clone, Debug)]
pub struct SigstorePolicy {
    trust: SigstoreTrust,
    identity: String,
    issuer: String,
}

impl SigstorePolicy {
    /// Trusts one identity of one issuer.
    #[must_use]
    pub fn new(
        trust: SigstoreTrust,
        identity: impl Into<String>,
        issuer: impl Into<String>,
    ) -> Self {
        Self {
            trust,
            identity: identity.into(),
            issuer: issuer.into(),
        }
    }

    /// Checks who signed the envelope of a bundle, whatever the payload says.
    pub(crate) fn check(
        &self,
        envelope: &Envelope,
        leaf: &[u8],
        text: &str,
    ) -> Result<Verdict<SigstoreSigner>, VerifyError> {
        let bundle = SigstoreBundle::from_json(text).map_err(unsupported)?;
        if !signs(&bundle, envelope) {
            let message = "the bundle signs no in-toto statement";
            return Ok(reject("sign.sigstore.bundle", message));
        }
        // Sigstore asks whether the statement is about an artifact. Which model it is about is
        // found out by comparing files, so the artifact is whatever the statement names.
        let Some(subject) = subject(envelope.unverified_payload()) else {
            let message = "the payload is no statement about something with a SHA-256 digest";
            return Ok(reject("sign.sigstore.subject", message));
        };
        let verifier = Verifier::new(&self.trust.root).map_err(unsupported)?;
        let policy = VerificationPolicy::new(self.identity.as_str(), self.issuer.as_str());
        let result = match verifier.verify(Artifact::from_digest(subject), &bundle, &policy) {
            Ok(result) => result,
            Err(error) => {
                let code = refusal(&error).ok_or_else(|| unsupported(error.to_string()))?;
                return Ok(reject(code, error.to_string()));
            }
        };
        let times = result.verified_timestamps().iter();
        let seconds = times.map(|time| time.as_second()).min();
        Ok(Verdict::Verified(SigstoreSigner {
            identity: self.identity.clone(),
            issuer: self.issuer.clone(),
            key_digest: key_digest(leaf)?,
            signed_at: seconds.and_then(|seconds| Timestamp::from_unix_seconds(seconds).ok()),
        }))
    }
}

/// Tells whether two readers of one text saw the same statement.
fn signs(bundle: &SigstoreBundle, envelope: &Envelope) -> bool {
    match &bundle.content {
        SignatureContent::DsseEnvelope(seen) => {
            seen.payload.as_bytes() == envelope.unverified_payload()
                && seen.payload_type == PAYLOAD_TYPE
        }
        _ => false,
    }
}

fn unsupported(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> VerifyError {
    VerifyError::Sigstore {
        source: source.into(),
    }
}

/// Says who signed without a key of its own, as Sigstore certified.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SigstoreSigner {
    identity: String,
    issuer: String,
    key_digest: Digest,
    signed_at: Option<Timestamp>,
}

impl SigstoreSigner {
    /// Returns the e-mail address or URI.
    #[must_use]
    pub fn identity(&self) -> &str {
        &self.identity
    }

    /// Returns the provider that vouched for the identity.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Returns SHA-256 of the public key in PEM, which lived for this one signature.
    #[must_use]
    pub const fn key_digest(&self) -> &Digest {
        &self.key_digest
    }

    /// Returns the earliest time at which a log or time stamp authority saw the signature.
    #[must_use]
    pub const fn signed_at(&self) -> Option<Timestamp> {
        self.signed_at
    }
}

/// Returns the digest of the first subject.
fn subject(payload: &[u8]) -> Option<Sha256Hash> {
    let limits = JsonLimits::default().with_max_bytes(payload.len());
    let value = json::read(payload, &limits).ok()?;
    let hex = value.pointer("/subject/0/digest/sha256")?.as_str()?;
    let digest = Digest::from_hex(modelward_artifact::DigestAlgorithm::Sha256, hex).ok()?;
    let bytes: [u8; 32] = digest.as_bytes().try_into().ok()?;
    Some(Sha256Hash::new(bytes))
}

fn key_digest(leaf: &[u8]) -> Result<Digest, VerifyError> {
    let certificate =
        Certificate::from_der(leaf).map_err(|error| unsupported(error.to_string()))?;
    let key = certificate.tbs_certificate().subject_public_key_info();
    let der = key
        .to_der()
        .map_err(|error| unsupported(error.to_string()))?;
    key::pem_digest(&der).map_err(unsupported)
}

/// Names the refusal of a signature; `None` where there is no answer.
const fn refusal(error: &SigstoreError) -> Option<&'static str> {
    match error {
        SigstoreError::ArtifactMismatch(_) => Some("sign.sigstore.subject"),
        SigstoreError::Certificate(_) => Some("sign.sigstore.certificate"),
        SigstoreError::IdentityMismatch { .. } => Some("sign.sigstore.identity"),
        SigstoreError::InvalidBundle(_) => Some("sign.sigstore.bundle"),
        SigstoreError::IssuerMismatch { .. } => Some("sign.sigstore.issuer"),
        SigstoreError::SignatureInvalid(_) => Some("sign.signature.invalid"),
        SigstoreError::Timestamp(_) => Some("sign.sigstore.timestamp"),
        SigstoreError::TransparencyLog(_) => Some("sign.sigstore.log"),
        _ => None,
    }
}
