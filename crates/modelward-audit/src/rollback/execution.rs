//! What was found in place after a plan was carried out.

use modelward_artifact::{
    Control, Digest, Finding, Findings, HashError, HashOptions, Manifest, Source, Verdict,
};
use modelward_incident::{Incident, RecoveryReceipt, Slug};

use super::members::Restoration;
use super::verify::{VerifiedPlan, speaking_against};
use super::{RollbackRequest, plan_rollback};

/// Proves that what a verified plan restores was found in place, and that nothing that became known
/// since speaks against it.
#[derive(Clone, Debug)]
pub struct RestoredModel {
    plan: Slug,
    root: Digest,
}

impl RestoredModel {
    /// Returns what the record calls the plan.
    #[must_use]
    pub const fn plan(&self) -> &Slug {
        &self.plan
    }

    /// Returns the root digest of what is in place.
    #[must_use]
    pub const fn root(&self) -> &Digest {
        &self.root
    }

    /// Makes the receipt that the incident records.
    #[must_use]
    pub fn receipt(&self) -> RecoveryReceipt {
        RecoveryReceipt::new(self.plan.clone(), self.root)
    }
}

/// Reads every byte at the destination, and says what is in place there.
///
/// Hash as the release was hashed when it was signed: by the same algorithm and layout.
///
/// # Errors
///
/// [`HashError`] where the bytes cannot be read, or `control` cancels.
pub fn observe(
    release: &Restoration,
    destination: &dyn Source,
    options: &HashOptions,
    control: &dyn Control,
) -> Result<Restoration, HashError> {
    let manifest = Manifest::hash_source(destination, options, control)?;
    Ok(Restoration::new(release.node.clone(), manifest.root()))
}

impl VerifiedPlan {
    /// Checks what was found in place after the plan was carried out, and judges the choice anew by what
    /// is known now. That the plan is no longer good by its own time does not matter any more, nor how
    /// long ago the backup was verified.
    ///
    /// | code | what is refused |
    /// |---|---|
    /// | `audit.rollback.plan.incident` | a record of another incident |
    /// | `audit.rollback.plan.stale` | a release that is tainted, or known to be bad, by now |
    /// | `audit.rollback.receipt.missing` | something that was to be restored and that nobody observed |
    /// | `audit.rollback.receipt.observed` | other bytes in place than those of the plan |
    /// | `audit.rollback.receipt.surplus` | something in place that the plan does not restore |
    pub fn check_observed(
        &self,
        observed: &[Restoration],
        request: &RollbackRequest<'_>,
    ) -> Verdict<RestoredModel> {
        let mut findings = self.compare(observed);
        let fresh = plan_rollback(request);
        if fresh.incident() != self.plan().incident() {
            let message = "the record is of another incident";
            findings.push(Finding::new("audit.rollback.plan.incident", message));
        }
        let against = speaking_against(self.to(), &fresh);
        let against = against.filter(|reason| !reason.is_repairable() || reason.is_of_taint());
        findings.extend(against.map(|reason| {
            let finding = Finding::new("audit.rollback.plan.stale", reason.to_string());
            finding.about(self.to().to_string())
        }));
        match Findings::new(findings) {
            Some(findings) => Verdict::Rejected(findings),
            None => Verdict::Verified(RestoredModel {
                plan: self.id(),
                root: *self.to(),
            }),
        }
    }

    fn compare(&self, observed: &[Restoration]) -> Vec<Finding> {
        let planned = self.plan().restorations();
        let mut findings = Vec::new();
        for expected in planned {
            let mut found = observed
                .iter()
                .filter(|it| it.node == expected.node)
                .peekable();
            if found.peek().is_none() {
                let message = format!("nobody observed {}", expected.root);
                let finding = Finding::new("audit.rollback.receipt.missing", message);
                findings.push(finding.about(expected.node.as_str()));
            }
            for other in found.filter(|it| it.root != expected.root) {
                let message = format!("{} is in place, expected {}", other.root, expected.root);
                let finding = Finding::new("audit.rollback.receipt.observed", message);
                findings.push(finding.about(expected.node.as_str()));
            }
        }
        let unplanned = |it: &&Restoration| !planned.iter().any(|known| known.node == it.node);
        findings.extend(observed.iter().filter(unplanned).map(|it| {
            let message = format!("{} is in place and the plan does not restore it", it.root);
            Finding::new("audit.rollback.receipt.surplus", message).about(it.node.as_str())
        }));
        findings
    }

    /// Tells whether a record has this plan, with the digest of all of it, as the one for its asset.
    #[must_use]
    pub fn is_recorded(&self, incident: &Incident) -> bool {
        let recorded = incident.recoveries().get(&self.plan().asset);
        let own = self.recovery_plan();
        incident.id() == self.plan().incident()
            && recorded.is_some_and(|state| {
                let plan = state.plan();
                let ends = (&plan.id, plan.from, plan.to) == (&own.id, own.from, own.to);
                ends && plan.steps.first() == own.steps.first()
            })
    }
}
