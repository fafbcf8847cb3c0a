use std::collections::BTreeSet;

use modelward_artifact::{Digest, Finding, Findings, Text, Verdict};
use modelward_incident::{RecoveryPlan, Slug};

use super::cause::Tainted;
use super::plan::{Outcome, RollbackPlan};
use super::reason::Reason;
use super::step::{Readiness, Step};
use super::{RollbackRequest, plan_rollback};

/// Proves that a plan was still good when it was verified: what it goes back to is what the incident,
/// the graph and the policy of that moment select.
#[derive(Clone, Debug)]
pub struct VerifiedPlan {
    plan: RollbackPlan,
    to: (Digest, Text),
    steps: Vec<Step>,
    grown: Vec<Tainted>,
}

impl VerifiedPlan {
    /// Returns the plan.
    pub const fn plan(&self) -> &RollbackPlan {
        &self.plan
    }

    /// Returns the root digest of what is gone back to.
    #[must_use]
    pub const fn to(&self) -> &Digest {
        &self.to.0
    }

    /// Returns what to do, with the holds of the moment when the plan was verified.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Tells whether a step is held.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.steps.iter().any(|it| it.readiness == Readiness::Held)
    }

    /// Returns what is tainted now and was not when the plan was made: the order of quarantine has to
    /// name it too.
    #[must_use]
    pub fn newly_tainted(&self) -> &[Tainted] {
        &self.grown
    }

    /// Returns what the record calls the plan: `rollback-` and the first 16 digits of its digest.
    ///
    /// # Panics
    ///
    /// Never: hexadecimal digits make a slug.
    #[must_use]
    pub fn id(&self) -> Slug {
        let digest = self.plan.digest().to_hex();
        let id = format!("rollback-{}", digest.get(..16).unwrap_or(&digest));
        id.parse().expect("hexadecimal digits make a slug")
    }

    /// Makes the plan of recovery that the incident records. Its first step names the digest of this
    /// plan, so that the log proves what was planned, and when. Set until when it is watched with
    /// [`RecoveryPlan::monitored_until`].
    #[must_use]
    pub fn recovery_plan(&self) -> RecoveryPlan {
        let (to, version) = self.to.clone();
        let plan = RecoveryPlan::new(self.id(), self.plan.asset.clone(), self.plan.from, to);
        let first = format!("carry out the plan {}", self.plan.digest());
        let steps = self.steps.iter().map(|step| step.kind.action().to_owned());
        let steps = std::iter::once(first).chain(steps);
        let steps = steps.filter_map(|step| step.parse().ok());
        steps.fold(plan.with_version(version), RecoveryPlan::with_step)
    }
}

/// Checks a plan by what is known now: just before it is carried out, and after.
///
/// Everything is judged anew, so that nothing that the plan says of itself is believed.
///
/// | code | what is refused |
/// |---|---|
/// | `audit.rollback.plan.asset` | a plan for another asset |
/// | `audit.rollback.plan.choice` | a choice that something else speaks against now |
/// | `audit.rollback.plan.expired` | a plan that is too old |
/// | `audit.rollback.plan.future` | a plan of a time that is still to come |
/// | `audit.rollback.plan.incident` | a plan for another incident |
/// | `audit.rollback.plan.no_choice` | a plan that goes back to nothing |
/// | `audit.rollback.plan.other_choice` | a choice that is not the one of now |
/// | `audit.rollback.plan.policy` | a plan by another policy |
/// | `audit.rollback.plan.present` | a plan that leaves something else than what is in production |
/// | `audit.rollback.plan.restorations` | a plan that restores something else, or in another order |
/// | `audit.rollback.plan.stale` | a choice that is tainted now |
/// | `audit.rollback.plan.steps` | a plan with other steps |
/// | `audit.rollback.plan.validity` | a plan that is good for longer than the policy allows |
///
/// # Examples
///
/// ```no_run
/// use modelward_artifact::Verdict;
/// use modelward_audit::rollback::{RollbackPlan, RollbackRequest, verify_plan};
///
/// fn carry_out(plan: &RollbackPlan, request: &RollbackRequest<'_>) {
///     match verify_plan(plan, request) {
///         Verdict::Rejected(findings) => eprintln!("plan anew: {findings}"),
///         Verdict::Verified(plan) => {
///             for step in plan.steps() {
///                 println!("{}", step.kind);
///             }
///         }
///     }
/// }
/// ```
pub fn verify_plan(plan: &RollbackPlan, request: &RollbackRequest<'_>) -> Verdict<VerifiedPlan> {
    let fresh = plan_rollback(request);
    let mut findings = identity(plan, &fresh);
    findings.extend(time(plan, request));
    let Outcome::Selected { root, version } = &plan.outcome else {
        let message = "the plan goes back to nothing";
        findings.push(Finding::new("audit.rollback.plan.no_choice", message));
        return reject(findings);
    };
    findings.extend(choice(root, &fresh));
    if findings.is_empty() {
        findings.extend(steps(plan, &fresh));
    }
    if !findings.is_empty() {
        return reject(findings);
    }
    let known: BTreeSet<_> = plan.taint.iter().map(|it| &it.node).collect();
    let mut grown = fresh.taint;
    grown.retain(|tainted| !known.contains(&tainted.node));
    Verdict::Verified(VerifiedPlan {
        plan: plan.clone(),
        to: (*root, version.clone()),
        steps: fresh.steps,
        grown,
    })
}

/// Only called with findings.
fn reject(findings: Vec<Finding>) -> Verdict<VerifiedPlan> {
    let none = || Finding::new("audit.rollback.plan.no_choice", "the plan is refused").into();
    Verdict::Rejected(Findings::new(findings).unwrap_or_else(none))
}

fn identity(plan: &RollbackPlan, fresh: &RollbackPlan) -> Vec<Finding> {
    let rows = [
        (
            "audit.rollback.plan.incident",
            plan.incident != fresh.incident,
            "the plan is for another incident",
        ),
        (
            "audit.rollback.plan.asset",
            plan.asset != fresh.asset,
            "the plan is for another asset",
        ),
        (
            "audit.rollback.plan.present",
            plan.from != fresh.from,
            "the plan leaves something else than what is in production",
        ),
        (
            "audit.rollback.plan.policy",
            plan.policy != fresh.policy,
            "the plan was made by another policy",
        ),
    ];
    differing(rows)
}

fn time(plan: &RollbackPlan, request: &RollbackRequest<'_>) -> Vec<Finding> {
    let now = request.now;
    let mut findings = Vec::new();
    if plan.expires <= now {
        let message = format!("the plan was good until {}, it is {now}", plan.expires);
        findings.push(Finding::new("audit.rollback.plan.expired", message));
    }
    if plan.planned_at > now {
        let message = format!("the plan is of {}, it is {now}", plan.planned_at);
        findings.push(Finding::new("audit.rollback.plan.future", message));
    }
    let good_for = plan.expires.since(plan.planned_at);
    if good_for.is_none_or(|good_for| good_for > request.policy.validity()) {
        let message = "the plan is good for longer than the policy allows";
        findings.push(Finding::new("audit.rollback.plan.validity", message));
    }
    findings
}

fn choice(root: &Digest, fresh: &RollbackPlan) -> Vec<Finding> {
    let mut findings: Vec<Finding> = speaking_against(root, fresh)
        .map(|reason| {
            let code = if reason.is_of_taint() {
                "audit.rollback.plan.stale"
            } else {
                "audit.rollback.plan.choice"
            };
            Finding::new(code, reason.to_string()).about(root.to_string())
        })
        .collect();
    if findings.is_empty() && fresh.to() != Some(root) {
        let message = match fresh.to() {
            None => "nothing is gone back to now".to_owned(),
            Some(other) => format!("{other} is gone back to now"),
        };
        let finding = Finding::new("audit.rollback.plan.other_choice", message);
        findings.push(finding.about(root.to_string()));
    }
    findings
}

/// Lists what speaks against a release.
pub(crate) fn speaking_against<'p>(
    root: &Digest,
    plan: &'p RollbackPlan,
) -> impl Iterator<Item = &'p Reason> {
    let same = plan.candidates.iter().filter(move |it| it.root == *root);
    same.flat_map(|candidate| &candidate.reasons)
}

/// A hold may have begun or ended; what is done and in which order stays the same.
fn steps(plan: &RollbackPlan, fresh: &RollbackPlan) -> Vec<Finding> {
    let plain = |steps: &[Step]| {
        let steps = steps.iter().cloned().map(|step| Step {
            readiness: Readiness::Ready,
            ..step
        });
        steps.collect::<Vec<_>>()
    };
    let rows = [
        (
            "audit.rollback.plan.steps",
            plain(&plan.steps) != plain(&fresh.steps),
            "the plan has other steps than a plan of now",
        ),
        (
            "audit.rollback.plan.restorations",
            plan.restorations != fresh.restorations,
            "the plan restores something else than a plan of now, or in another order",
        ),
    ];
    differing(rows)
}

fn differing<const N: usize>(rows: [(&'static str, bool, &str); N]) -> Vec<Finding> {
    let differ = rows.into_iter().filter(|(_, differs, _)| *differs);
    differ
        .map(|(code, _, message)| Finding::new(code, message))
        .collect()
}
