use modelward_artifact::{Digest, Finding, Findings, Signer, Verdict};
use modelward_rmf::{Phase, PhaseDecision};
use modelward_sign::{
    Attestation, Bundle, SignOptions, SignedBy, Subject, VerifiedAttestation, VerifyPolicy, attest,
    verify_attestation,
};
use serde_json::Value;

use crate::policy::error::AttestReportError;
use crate::policy::report::ReleaseReport;

impl ReleaseReport {
    /// The type of an in-toto predicate that is a report of a release gate.
    pub const PREDICATE_TYPE: &'static str =
        "https://github.com/modelward/modelward/release-report/v1";

    /// Returns the report as the predicate of an in-toto statement.
    ///
    /// # Panics
    ///
    /// Never: a report's members are text.
    #[must_use]
    pub fn to_predicate(&self) -> Value {
        serde_json::to_value(self).expect("text members have a JSON form")
    }
}

/// Signs a report as an attestation: an in-toto statement v1 about the root digest of the model's
/// files, whose predicate is the report, whatever was decided.
///
/// # Errors
///
/// [`AttestReportError`] where the signer fails.
pub fn attest_report(
    report: &ReleaseReport,
    signer: &dyn Signer,
    options: &SignOptions,
) -> Result<Bundle, AttestReportError> {
    let subject = Subject::new(report.model(), *report.root());
    let kind = ReleaseReport::PREDICATE_TYPE;
    let attestation = Attestation::new(kind, vec![subject], report.to_predicate())?;
    Ok(attest(&attestation, signer, options)?)
}

/// Says which report is asked for: one on files with this root digest, and where it is named, by this
/// policy and on leaving this phase.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ExpectedReport {
    root: Digest,
    policy: Option<Digest>,
    phase: Option<Phase>,
}

impl ExpectedReport {
    /// Asks for a report on files with this root digest.
    #[must_use]
    pub const fn on(root: Digest) -> Self {
        Self {
            root,
            policy: None,
            phase: None,
        }
    }

    /// Asks for a report by the policy with this digest. A signer may judge by any policy, a lax one
    /// too, as long as nobody asks.
    #[must_use]
    pub const fn by_policy(mut self, digest: Digest) -> Self {
        self.policy = Some(digest);
        self
    }

    /// Asks for a report on leaving this phase.
    #[must_use]
    pub const fn in_phase(mut self, phase: Phase) -> Self {
        self.phase = Some(phase);
        self
    }

    /// Lists what another report was signed than is asked for.
    fn refusals(&self, attestation: &Attestation, report: &ReleaseReport) -> Vec<Finding> {
        let other_policy = self.policy.is_some_and(|it| it != *report.policy_digest());
        let other_phase = self.phase.is_some_and(|it| it != report.phase());
        let cases = [
            (
                !attestation.is_about(report.root()),
                "audit.report.subject",
                "the statement is not about the files that the report is on",
            ),
            (
                self.root != *report.root(),
                "audit.report.other_files",
                "the report is on other files",
            ),
            (
                other_policy,
                "audit.report.other_policy",
                "the report is by another policy",
            ),
            (
                other_phase,
                "audit.report.other_phase",
                "the report is on leaving another phase",
            ),
        ];
        let refused = cases.into_iter().filter(|(is_refused, ..)| *is_refused);
        refused
            .map(|(_, code, message)| Finding::new(code, message))
            .collect()
    }
}

/// Proves that a trusted signer signed a report of a release gate on the files that were asked for.
///
/// It proves neither that the decision is go nor that it still holds: look at
/// [`decision`](Self::decision), and at [`ReleaseReport::decided_at`] for how old it may be.
#[derive(Clone, Debug)]
pub struct VerifiedReport {
    report: ReleaseReport,
    attestation: VerifiedAttestation,
}

impl VerifiedReport {
    /// Returns the report.
    pub const fn report(&self) -> &ReleaseReport {
        &self.report
    }

    /// Returns what was decided.
    #[must_use]
    pub const fn decision(&self) -> PhaseDecision {
        self.report.decision()
    }

    /// Returns who signed.
    #[must_use]
    pub const fn signed_by(&self) -> &SignedBy {
        self.attestation.signed_by()
    }

    /// Returns what deserves attention and did not lead to a refusal.
    #[must_use]
    pub fn warnings(&self) -> &[Finding] {
        self.attestation.warnings()
    }
}

/// Checks that a trusted signer signed a report of a release gate, and that it is the one that is
/// asked for.
///
/// | code | what is refused |
/// |---|---|
/// | `audit.report.subject` | a statement about other files than its report is on |
/// | `audit.report.other_files` | a report on other files than are asked for |
/// | `audit.report.other_policy` | a report by another policy |
/// | `audit.report.other_phase` | a report on leaving another phase |
/// | `sign.attestation.predicate_type` | a statement of another kind |
///
/// Other findings are those of [`verify_attestation`].
///
/// ```
/// use modelward_artifact::{Digest, JsonLimits};
/// use modelward_audit::{
///     Decision, ExpectedReport, ReleaseFacts, ReleasePolicy, attest_report, verify_report,
/// };
/// use modelward_rmf::Phase;
/// use modelward_sign::{SignOptions, SigningKey, VerifyPolicy};
///
/// let text = r#"
/// schema = "modelward.release-policy/1"
/// id = "acme.release"
/// version = "3"
/// title = "What Acme releases"
/// [phase.release.pickles]
/// "#;
/// let policy = ReleasePolicy::from_toml(text, &JsonLimits::default())?;
/// let root = Digest::sha256(b"files");
/// let facts = ReleaseFacts::new("my-model", root).with_pickles([]);
/// let report = policy.evaluate(Phase::Release, &facts, "2026-11-26T10:00:00Z".parse()?);
///
/// let key = SigningKey::generate();
/// let bundle = attest_report(&report, &key, &SignOptions::default())?;
///
/// let trust = VerifyPolicy::key(key.public_key().clone());
/// let expected = ExpectedReport::on(root).by_policy(policy.digest());
/// let verdict = verify_report(&bundle, &trust, &expected)?;
/// let verified = verdict.verified().expect("nothing was changed");
/// assert_eq!(verified.decision(), Decision::Go);
///
/// let other = ExpectedReport::on(Digest::sha256(b"other files"));
/// let refused = verify_report(&bundle, &trust, &other)?;
/// assert!(refused.rejected().expect("it is on other files").has("audit.report.other_files"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`AttestReportError`] where what was signed is not understood, or contradicts itself.
pub fn verify_report(
    bundle: &Bundle,
    trust: &VerifyPolicy,
    expected: &ExpectedReport,
) -> Result<Verdict<VerifiedReport>, AttestReportError> {
    let attestation = match verify_attestation(bundle, trust, ReleaseReport::PREDICATE_TYPE)? {
        Verdict::Verified(attestation) => attestation,
        Verdict::Rejected(findings) => return Ok(Verdict::Rejected(findings)),
    };
    let report = ReleaseReport::from_value(attestation.attestation().predicate())?;
    let refusals = expected.refusals(attestation.attestation(), &report);
    Ok(match Findings::new(refusals) {
        Some(findings) => Verdict::Rejected(findings),
        None => Verdict::Verified(VerifiedReport {
            report,
            attestation,
        }),
    })
}
