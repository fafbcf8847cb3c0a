use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{Digest, Finding, Findings, JsonLimits, Signer, Verdict};
use serde_json::Value;

use self::wire::{WireAttestation, WireSubject};
use crate::sign::seal;
use crate::verify::{SignedBy, check_signature, reject};
use crate::{Bundle, PREDICATE_TYPE, Profile, SignError, SignOptions, VerifyError, VerifyPolicy};

pub use self::error::AttestationError;

mod error;
mod wire;

/// The predicate type of a CycloneDX document, such as an ML-BOM (in-toto attestation, predicates).
pub const CYCLONEDX_PREDICATE_TYPE: &str = "https://cyclonedx.org/bom";

/// The predicate type of a statement about another bundle: who signs it vouches for that signature.
pub const COUNTERSIGNATURE_PREDICATE_TYPE: &str =
    "https://github.com/modelward/modelward/countersignature/v1";

/// Names what an attestation is about: a model by its root digest, or a file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Subject {
    name: String,
    digests: Vec<Digest>,
}

impl Subject {
    /// Names something by one digest.
    #[must_use]
    pub fn new(name: impl Into<String>, digest: Digest) -> Self {
        Self {
            name: name.into(),
            digests: vec![digest],
        }
    }

    /// Returns the name, which proves nothing.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the digests, at least one. Those of algorithms that are not known are not among them.
    #[must_use]
    pub fn digests(&self) -> &[Digest] {
        &self.digests
    }
}

/// States something about models or files: an in-toto statement v1 of any predicate type but OMS's.
///
/// A gate report, a rollback plan or an ML-BOM becomes evidence when its maker signs it together
/// with the digest of the model that it is about.
///
/// ```
/// # #[cfg(feature = "keygen")] {
/// use modelward_artifact::Digest;
/// use modelward_sign::{Attestation, SigningKey, Subject, VerifyPolicy};
/// use modelward_sign::{attest, verify_attestation};
///
/// let model = Subject::new("model", Digest::sha256(b"its root digest"));
/// let report = serde_json::json!({"decision": "go"});
/// let kind = "https://example.com/gate-report/v1";
/// let key = SigningKey::generate();
/// let bundle = attest(&Attestation::new(kind, vec![model], report)?, &key, &Default::default())?;
///
/// let policy = VerifyPolicy::key(key.public_key().clone());
/// let verified = verify_attestation(&bundle, &policy, kind)?;
/// let verified = verified.verified().expect("nothing was changed");
/// assert_eq!(verified.attestation().predicate()["decision"], "go");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Attestation {
    predicate_type: String,
    subjects: Vec<Subject>,
    predicate: Value,
}

impl Attestation {
    /// States a predicate about subjects.
    ///
    /// # Errors
    ///
    /// [`AttestationError`] where there is no subject, or the predicate type is empty or OMS's.
    pub fn new(
        predicate_type: impl Into<String>,
        subjects: Vec<Subject>,
        predicate: Value,
    ) -> Result<Self, AttestationError> {
        let predicate_type = predicate_type.into();
        if predicate_type.is_empty() || predicate_type == PREDICATE_TYPE {
            return Err(AttestationError::PredicateType {
                found: predicate_type,
            });
        }
        if subjects.is_empty() {
            return Err(AttestationError::NoSubject);
        }
        Ok(Self {
            predicate_type,
            subjects,
            predicate,
        })
    }

    /// States that the signer vouches for another bundle, given as the bytes of its file.
    #[must_use]
    pub fn countersignature(name: impl Into<String>, bundle: &[u8]) -> Self {
        Self {
            predicate_type: COUNTERSIGNATURE_PREDICATE_TYPE.to_owned(),
            subjects: vec![Subject::new(name, Digest::sha256(bundle))],
            predicate: Value::Object(serde_json::Map::new()),
        }
    }

    /// Reads an attestation. Nothing is verified by reading.
    ///
    /// # Errors
    ///
    /// [`AttestationError`] where the text is not strict JSON or no in-toto statement v1.
    pub fn read(bytes: &[u8], limits: &JsonLimits) -> Result<Self, AttestationError> {
        let value =
            json::read(bytes, limits).map_err(|source| AttestationError::Json { source })?;
        let wire: WireAttestation =
            json::shaped(value).map_err(|source| AttestationError::Json {
                source: JsonError::Shape { source },
            })?;
        wire.expect_type()?;
        let subjects = wire.subject.into_iter().map(WireSubject::read);
        let subjects = subjects.collect::<Result<_, _>>()?;
        Self::new(wire.predicate_type, subjects, wire.predicate)
    }

    /// Writes the statement that is signed.
    ///
    /// # Panics
    ///
    /// Never: an attestation's members have a JSON form.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let wire = WireAttestation::of(self);
        serde_json::to_vec(&wire).expect("text and values have a JSON form")
    }

    /// Returns the predicate type.
    #[must_use]
    pub fn predicate_type(&self) -> &str {
        &self.predicate_type
    }

    /// Returns what it is about.
    #[must_use]
    pub fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    /// Returns what is stated.
    #[must_use]
    pub const fn predicate(&self) -> &Value {
        &self.predicate
    }

    /// Tells whether it is about something with this digest.
    #[must_use]
    pub fn is_about(&self, digest: &Digest) -> bool {
        let mut subjects = self.subjects.iter();
        subjects.any(|subject| subject.digests.contains(digest))
    }
}

/// Signs an attestation by the same envelope and bundle as a model.
///
/// # Errors
///
/// [`SignError`] as [`sign`](crate::sign).
pub fn attest(
    attestation: &Attestation,
    signer: &dyn Signer,
    options: &SignOptions,
) -> Result<Bundle, SignError> {
    seal(attestation.to_json(), signer, options)
}

/// Proves that a trusted signer signed an attestation. What it is about was not looked at.
#[derive(Clone, Debug)]
pub struct VerifiedAttestation {
    attestation: Attestation,
    signed_by: SignedBy,
    warnings: Vec<Finding>,
}

impl VerifiedAttestation {
    /// Returns the attestation.
    #[must_use]
    pub const fn attestation(&self) -> &Attestation {
        &self.attestation
    }

    /// Returns who signed.
    #[must_use]
    pub const fn signed_by(&self) -> &SignedBy {
        &self.signed_by
    }

    /// Returns what deserves attention and did not lead to a refusal.
    #[must_use]
    pub fn warnings(&self) -> &[Finding] {
        &self.warnings
    }
}

/// Checks the signature of an attestation of one predicate type.
///
/// An expected root digest of the policy must be one of a subject, an expected name that of a
/// subject.
///
/// # Errors
///
/// [`VerifyError::Attestation`] where the signed text is not understood.
pub fn verify_attestation(
    bundle: &Bundle,
    policy: &VerifyPolicy,
    predicate_type: &str,
) -> Result<Verdict<VerifiedAttestation>, VerifyError> {
    let signature = match check_signature(bundle, policy)? {
        Verdict::Verified(signature) => signature,
        Verdict::Rejected(findings) => return Ok(Verdict::Rejected(findings)),
    };
    let mut warnings = bundle.deviations().to_vec();
    if policy.profile() == Profile::Strict
        && let Some(findings) = Findings::new(std::mem::take(&mut warnings))
    {
        return Ok(Verdict::Rejected(findings));
    }
    warnings.extend(signature.warnings);
    let payload = bundle.envelope().unverified_payload();
    let attestation = Attestation::read(payload, policy.limits())
        .map_err(|source| VerifyError::Attestation { source })?;
    let found = attestation.predicate_type();
    if found != predicate_type {
        let message = format!("the attestation is of the type `{found}`, not `{predicate_type}`");
        return Ok(reject("sign.attestation.predicate_type", message));
    }
    let named = |name: &str| {
        attestation
            .subjects
            .iter()
            .any(|subject| subject.name == name)
    };
    if policy.expected_name().is_some_and(|name| !named(name)) {
        let message = "the attestation is about nothing of the expected name";
        return Ok(reject("sign.subject.name", message));
    }
    if let Some(root) = policy.expected_root()
        && !attestation.is_about(root)
    {
        let message = "the attestation is about nothing with the expected digest";
        return Ok(reject("sign.subject.root", message));
    }
    Ok(Verdict::Verified(VerifiedAttestation {
        attestation,
        signed_by: signature.signed_by,
        warnings,
    }))
}
