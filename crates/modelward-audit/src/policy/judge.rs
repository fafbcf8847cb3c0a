//! Which rules are asked, and those over what the files are. Each fact gives reasons of its own, so
//! that another one never takes a reason away.

use std::collections::BTreeSet;

use modelward_artifact::{Digest, Finding, Text, Timestamp};
use modelward_rmf::Phase;

use crate::policy::fact::{PickleFact, PickleState, SignatureFact};
use crate::policy::facts::ReleaseFacts;
use crate::policy::rule::{PolicyAnswer, PolicyRule};
use crate::policy::section::PhaseRules;
use crate::policy::terms::{PickleTerms, SignatureTerms};
use crate::policy::{judge_bom, judge_chain, judge_license, judge_rmf};

pub(super) type Reasons = Vec<(PolicyAnswer, Finding)>;

/// Applies the rules that are asked.
pub(super) fn outcomes(
    (phase, rules): (Phase, &PhaseRules),
    facts: &ReleaseFacts,
    now: Timestamp,
) -> Vec<(PolicyRule, Reasons)> {
    let asked = rules.asked().into_iter();
    asked
        .map(|rule| {
            let reasons = reasons(rule, (phase, rules), facts, now);
            (rule, reasons.unwrap_or_default())
        })
        .collect()
}

/// Returns `None` where the rule is not asked.
fn reasons(
    rule: PolicyRule,
    (phase, rules): (Phase, &PhaseRules),
    facts: &ReleaseFacts,
    now: Timestamp,
) -> Option<Reasons> {
    Some(match rule {
        PolicyRule::Signature => signatures(rules.signature()?, facts),
        PolicyRule::Bom => judge_bom::boms(rules.bom()?, facts),
        PolicyRule::BomProfile => judge_bom::profiles(rules.bom_profile()?, facts),
        PolicyRule::Lineage => judge_chain::lineage(rules.lineage()?, facts),
        PolicyRule::SupplyChain => judge_chain::supply_chain(rules.supply_chain()?, facts),
        PolicyRule::Pickles => pickles(rules.pickles()?, facts),
        PolicyRule::Advisories => judge_chain::advisories(rules.advisories()?, facts),
        PolicyRule::Licenses => judge_license::licenses(rules.licenses()?, facts),
        PolicyRule::Subcategories => judge_rmf::subcategories(rules.subcategories()?, facts, now),
        PolicyRule::ResidualRisk => judge_rmf::risks(rules.residual_risk()?, facts, now),
        PolicyRule::Incidents => judge_rmf::incidents(rules.incidents()?, facts),
        PolicyRule::Quarantine => judge_rmf::quarantine(rules.quarantine()?, facts),
        PolicyRule::PhaseGate => judge_rmf::phase_gate(rules.phase_gate()?, facts, phase),
    })
}

/// Says that no document was given, or that each of these was looked at.
pub(super) fn looked_at<T>(
    facts: Option<&[T]>,
    none: (&'static str, &str),
    seen: (&'static str, &str),
) -> (PolicyAnswer, Finding) {
    match facts {
        None => (PolicyAnswer::CannotTell, Finding::new(none.0, none.1)),
        Some(facts) => {
            let message = format!("{}: {}", seen.1, facts.len());
            (PolicyAnswer::Pass, Finding::new(seen.0, message))
        }
    }
}

pub(super) fn answer(
    answer: impl Into<PolicyAnswer>,
    code: &'static str,
    message: impl Into<String>,
) -> (PolicyAnswer, Finding) {
    (answer.into(), Finding::new(code, message))
}

fn signatures(terms: &SignatureTerms, facts: &ReleaseFacts) -> Reasons {
    let given = facts.signatures.as_deref().filter(|it| !it.is_empty());
    let none = (
        "policy.signature.none",
        "no verification of a signature was given",
    );
    let seen = ("policy.signature.seen", "signatures looked at");
    let mut reasons = vec![looked_at(given, none, seen)];
    for fact in given.unwrap_or_default() {
        match fact {
            SignatureFact::Rejected { findings } => {
                reasons.push(answer(
                    PolicyAnswer::Fail,
                    "policy.signature.rejected",
                    "the signature was refused",
                ));
                let findings = findings.iter().cloned();
                reasons.extend(findings.map(|finding| (PolicyAnswer::Fail, finding)));
            }
            SignatureFact::Verified {
                root,
                signer,
                warnings,
            } => {
                reasons.push(same_files(root, &facts.root));
                reasons.push(trusted(terms, signer));
                let warnings = warnings.iter().cloned();
                reasons.extend(warnings.map(|finding| (terms.warnings.into(), finding)));
            }
        }
    }
    reasons
}

fn same_files(signed: &Digest, root: &Digest) -> (PolicyAnswer, Finding) {
    if signed == root {
        return answer(
            PolicyAnswer::Pass,
            "policy.signature.same",
            "these files are signed",
        );
    }
    let message = format!("other files are signed than these: {signed}");
    answer(PolicyAnswer::Fail, "policy.signature.other_files", message)
}

fn trusted(terms: &SignatureTerms, signer: &BTreeSet<String>) -> (PolicyAnswer, Finding) {
    let names: Vec<&str> = signer.iter().map(String::as_str).collect();
    let names = names.join(", ");
    let named = |name: &Text| signer.contains(name.as_str());
    if terms.signers.is_empty() || terms.signers.iter().any(named) {
        let message = format!("signed by {names}");
        return answer(PolicyAnswer::Pass, "policy.signature.signer", message);
    }
    let message = format!("signed by {names}, whom the policy does not name");
    answer(PolicyAnswer::Fail, "policy.signature.other_signer", message)
}

fn pickles(terms: &PickleTerms, facts: &ReleaseFacts) -> Reasons {
    let given = facts.pickles.as_deref();
    let none = ("policy.pickles.none", "no scan of pickles was given");
    let seen = ("policy.pickles.seen", "pickles looked at");
    let mut reasons = vec![looked_at(given, none, seen)];
    reasons.extend(given.unwrap_or_default().iter().map(|it| pickle(terms, it)));
    reasons
}

fn pickle(terms: &PickleTerms, fact: &PickleFact) -> (PolicyAnswer, Finding) {
    let (verdict, code, message) = match fact.state {
        PickleState::Safe => (
            PolicyAnswer::Pass,
            "policy.pickles.safe",
            "it runs nothing that it should not",
        ),
        PickleState::Suspicious => (
            terms.suspicious.into(),
            "policy.pickles.suspicious",
            "it runs what may be harmless",
        ),
        PickleState::NotScanned => (
            PolicyAnswer::CannotTell,
            "policy.pickles.not_scanned",
            "it was not scanned as a whole",
        ),
        PickleState::Unsafe => (
            PolicyAnswer::Fail,
            "policy.pickles.unsafe",
            "it runs what it must not",
        ),
    };
    (
        verdict,
        Finding::new(code, message).about(fact.path.as_str()),
    )
}
