use std::collections::BTreeSet;

use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{Digest, JsonLimits, Timestamp};
use serde::{Serialize, Serializer};

use crate::gate::judge::evaluate;
use crate::gate::read::read;
use crate::{
    EvidenceDemand, FindingCode, GateInputs, GatePolicyBuilder, GatePolicyError, Handling,
    Independence, Phase, PhaseGateReport, PolicyId, ReadGatePolicyError, Requirement, RiskTerms,
    SubjectBinding, Text,
};

pub(crate) mod builder;
pub(crate) mod inputs;
mod judge;
pub(crate) mod outcome;
pub(crate) mod read;
mod recommended;
pub(crate) mod report;
pub(crate) mod requirement;
pub(crate) mod terms;

pub(crate) const SCHEMA: &str = "modelward.gate-policy/1";

/// Says what has to be the case for a system to leave a phase of its life.
///
/// - It requires one subcategory of AI RMF 1.0 or more. The framework itself requires nothing: what
///   a policy asks is the organization's choice.
/// - It judges an assessment, a risk register and findings about them, and nothing else.
/// - Its document is JSON with `"schema": "modelward.gate-policy/1"` in which every member has to
///   stand, `null` where nothing is asked. A member that this version does not know is refused:
///   it may be a rule, and a rule that is passed over leaves a gate open.
///
/// ```
/// use modelward_artifact::JsonLimits;
/// use modelward_rmf::{
///     Assessment, Attainment, EvidenceDemand, GateInputs, GatePolicy, Party, Phase, PhaseDecision,
///     Rated, Requirement, Subject,
/// };
///
/// let title = "End of scoping".parse()?;
/// let policy = GatePolicy::builder("org.scoping".parse()?, "1".parse()?, title, Phase::Scoping)
///     .require(Requirement::attainment("MAP 1.1".parse()?, Attainment::Met))
///     .require(Requirement::level("MAP 1.5".parse()?, "partially-met".parse()?))
///     .evidence(EvidenceDemand::NotAsked)
///     .without_risks()
///     .build()?;
/// let subject = Subject::new("sentiment-small")?;
/// let now = "2026-11-26T10:00:00Z".parse()?;
/// let assessment = Assessment::builder(subject.clone(), Party::new("Ada Example")?, now)
///     .rate("MAP 1.1".parse()?, Rated::new("met", "The intended use is written down.")?)
///     .build()?;
/// let inputs = GateInputs::new(&subject).with_assessment(&assessment);
/// let report = policy.evaluate(&inputs, now);
/// assert_eq!(report.decision(), PhaseDecision::CannotTell);
/// assert!(report.reasons().any(|reason| reason.code() == "rmf.gate.not_assessed"));
///
/// let refused = GatePolicy::from_json(br#"{"schema": "modelward.gate-policy/1"}"#, &JsonLimits::default());
/// assert_eq!(refused.unwrap_err().code(), "rmf.read.missing");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct GatePolicy {
    parts: Parts,
    digest: Digest,
}

/// Holds everything that the digest of a policy covers.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Parts {
    schema: &'static str,
    framework: &'static str,
    id: PolicyId,
    version: Text,
    title: Text,
    phase: Phase,
    require: BTreeSet<Requirement>,
    subject: SubjectBinding,
    max_assessment_age_days: Option<u32>,
    min_independence: Option<Independence>,
    evidence: EvidenceDemand,
    not_applicable: Handling,
    risks: Option<RiskTerms>,
    forbid: BTreeSet<FindingCode>,
}

impl GatePolicy {
    /// Starts a policy that is strict in what is not set: the assessment is of the same bytes,
    /// ratings rest on evidence that has not expired, what is stated not to apply is a condition,
    /// and risks are judged by [`RiskTerms::within`] the tolerance.
    pub fn builder(id: PolicyId, version: Text, title: Text, phase: Phase) -> GatePolicyBuilder {
        GatePolicyBuilder::new(id, version, title, phase)
    }

    /// Returns our policy for a phase, to start from.
    ///
    /// It is our choice and not the framework's, made from [`Subcategory::phases`]:
    /// - What the phase is about has to be met. So has what earlier phases are about, but for the
    ///   end of the system's life, which no unfinished test shall hold up.
    /// - The system's other outcomes of the phase have to be met in part, and where they are not
    ///   met as a whole, that is a condition. Those of the organization are conditions, since no
    ///   team can reach them alone.
    /// - Risks within tolerance pass, those above it only where they are validly accepted.
    /// - From model development on the assessment is of the same bytes; for release and operation
    ///   the assessor is none of those who built the system.
    /// - It forbids findings of [`Checks`], so [`GateInputs`] without any cannot pass.
    ///
    /// [`Subcategory::phases`]: crate::Subcategory::phases
    /// [`Checks`]: crate::Checks
    ///
    /// ```
    /// use modelward_rmf::{GatePolicy, Phase};
    ///
    /// let release = GatePolicy::recommended(Phase::Release);
    /// let decided = "MANAGE 1.1".parse()?;
    /// assert!(release.requirements().any(|it| it.subcategory() == decided && it.is_blocking()));
    /// # Ok::<(), modelward_rmf::ParseIdError>(())
    /// ```
    #[must_use]
    pub fn recommended(phase: Phase) -> Self {
        recommended::recommended(phase)
    }

    /// Reads a policy from its JSON document.
    ///
    /// # Errors
    ///
    /// [`ReadGatePolicyError`] where the text is not strict JSON, passes a limit, is of another
    /// schema or framework, lacks a member or has one that is unknown, or is no policy.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadGatePolicyError> {
        read(bytes, limits)
    }

    /// Returns the JSON document, the same bytes for the same policy.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where the policy has no JSON form.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(self)
    }

    /// Returns the SHA-256 digest of the canonical document (RFC 8785).
    #[must_use]
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// Judges, and lists every reason of every rule.
    ///
    /// It is pure: the same policy, input and time give the same bytes. What is missing is never a
    /// pass. More requirements never make the decision better.
    pub fn evaluate(&self, inputs: &GateInputs<'_>, now: Timestamp) -> PhaseGateReport {
        evaluate(self, inputs, now)
    }

    /// Returns the id.
    #[must_use]
    pub const fn id(&self) -> &PolicyId {
        &self.parts.id
    }

    /// Returns the version.
    #[must_use]
    pub const fn version(&self) -> &Text {
        &self.parts.version
    }

    /// Returns what people read.
    #[must_use]
    pub const fn title(&self) -> &Text {
        &self.parts.title
    }

    /// Returns the phase at whose end the gate stands.
    #[must_use]
    pub const fn phase(&self) -> Phase {
        self.parts.phase
    }

    /// Returns what is required, in the order of the framework.
    #[must_use]
    pub fn requirements(&self) -> impl ExactSizeIterator<Item = &Requirement> {
        self.parts.require.iter()
    }

    /// Returns how the assessment has to be bound to the subject.
    #[must_use]
    pub const fn subject(&self) -> SubjectBinding {
        self.parts.subject
    }

    /// Returns how many days old the assessment may be.
    #[must_use]
    pub const fn max_assessment_age_days(&self) -> Option<u32> {
        self.parts.max_assessment_age_days
    }

    /// Returns how far the assessor has to stand from those whose work it is.
    #[must_use]
    pub const fn min_independence(&self) -> Option<Independence> {
        self.parts.min_independence
    }

    /// Returns what required ratings have to rest on.
    #[must_use]
    pub const fn evidence(&self) -> EvidenceDemand {
        self.parts.evidence
    }

    /// Returns what follows where a required subcategory is stated not to apply.
    #[must_use]
    pub const fn not_applicable(&self) -> Handling {
        self.parts.not_applicable
    }

    /// Returns how risks are judged; `None` where they are not.
    #[must_use]
    pub const fn risks(&self) -> Option<&RiskTerms> {
        self.parts.risks.as_ref()
    }

    /// Returns the codes of the findings that shut the gate, sorted.
    #[must_use]
    pub fn forbidden(&self) -> impl ExactSizeIterator<Item = &FindingCode> {
        self.parts.forbid.iter()
    }

    pub(crate) fn forbids(&self, code: &str) -> bool {
        self.forbidden().any(|forbidden| forbidden.as_str() == code)
    }

    fn seal(parts: Parts) -> Result<Self, GatePolicyError> {
        if parts.require.is_empty() {
            return Err(GatePolicyError::NoRequirement);
        }
        let canonical = json::canonical(&parts);
        let canonical = canonical.map_err(|source| GatePolicyError::Canonical { source })?;
        let digest = Digest::sha256(&canonical);
        Ok(Self { parts, digest })
    }
}

impl Serialize for GatePolicy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.parts.serialize(serializer)
    }
}
