use modelward_artifact::{Digest, Finding, Signer, Verdict};
use modelward_sign::{
    Attestation, Bundle, SignOptions, Subject, VerifyPolicy, attest, verify_attestation,
};

use super::AttestPlanError;
use super::plan::RollbackPlan;

/// Signs a plan as an attestation: an in-toto statement about what is left, what is gone back to and
/// what is restored with it, whose predicate is the plan.
///
/// # Errors
///
/// [`AttestPlanError`] where the signer fails.
pub fn attest_plan(
    plan: &RollbackPlan,
    signer: &dyn Signer,
    options: &SignOptions,
) -> Result<Bundle, AttestPlanError> {
    let ends = [Some(plan.from()), plan.to()].into_iter().flatten();
    let ends = ends.map(|root| Subject::new(plan.asset().as_str(), *root));
    let members = plan.restorations().iter();
    let members = members.filter(|member| Some(&member.root) != plan.to());
    let members = members.map(|member| Subject::new(member.node.as_str(), member.root));
    let subjects: Vec<Subject> = ends.chain(members).collect();
    let attestation =
        Attestation::new(RollbackPlan::PREDICATE_TYPE, subjects, plan.to_predicate())?;
    Ok(attest(&attestation, signer, options)?)
}

/// Checks that a trusted signer signed a plan, and returns the plan. That it is still good is proved by
/// [`verify_plan`](super::verify_plan) alone.
///
/// A plan whose statement is not about what it goes back to is refused with the code
/// `audit.rollback.plan.subject`.
///
/// # Errors
///
/// [`AttestPlanError`] where what was signed is not understood.
pub fn verify_attested_plan(
    bundle: &Bundle,
    policy: &VerifyPolicy,
) -> Result<Verdict<RollbackPlan>, AttestPlanError> {
    let attestation = match verify_attestation(bundle, policy, RollbackPlan::PREDICATE_TYPE)? {
        Verdict::Verified(attestation) => attestation,
        Verdict::Rejected(findings) => return Ok(Verdict::Rejected(findings)),
    };
    let attestation = attestation.attestation();
    let plan = RollbackPlan::from_value(attestation.predicate().clone())?;
    let is_about = |root: &Digest| attestation.is_about(root);
    let mut restored = plan.restorations().iter().map(|it| &it.root);
    let ends = is_about(plan.from()) && plan.to().is_none_or(is_about);
    if !ends || !restored.all(is_about) {
        let message = "the statement is not about what the plan leaves, goes back to and restores";
        let finding = Finding::new("audit.rollback.plan.subject", message);
        return Ok(Verdict::Rejected(finding.into()));
    }
    Ok(Verdict::Verified(plan))
}
