//! The rules over what the model is and what it is made of. Each fact gives reasons of its own, so
//! that another one never takes a reason away.

use std::collections::BTreeSet;

use modelward_artifact::{Digest, Finding, Text, Timestamp};
use modelward_rmf::{Handling, Phase};

use crate::policy::fact::{
    AdvisoryFact, BomProfileFact, LicenseFact, LicenseState, PickleFact, PickleState, SignatureFact,
};
use crate::policy::facts::ReleaseFacts;
use crate::policy::judge_rmf;
use crate::policy::rule::{PolicyAnswer, PolicyRule};
use crate::policy::section::PhaseRules;
use crate::policy::terms::{
    AdvisoryTerms, BomProfileTerms, LicenseTerms, LineageTerms, PickleTerms, SignatureTerms,
};

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
        PolicyRule::BomProfile => bom_profiles(rules.bom_profile()?, facts),
        PolicyRule::Lineage => lineage(rules.lineage()?, facts),
        PolicyRule::Pickles => pickles(rules.pickles()?, facts),
        PolicyRule::Advisories => advisories(rules.advisories()?, facts),
        PolicyRule::Licenses => licenses(rules.licenses()?, facts),
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
            let message = format!("{} {}", facts.len(), seen.1);
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
    let seen = ("policy.signature.seen", "signatures were looked at");
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

fn bom_profiles(terms: &BomProfileTerms, facts: &ReleaseFacts) -> Reasons {
    let mut reasons = Vec::new();
    for profile in terms.profiles() {
        let given = facts.bom_profiles.iter().flatten();
        let given: Vec<&BomProfileFact> = given.filter(|it| it.profile == profile).collect();
        let name = profile.name();
        let (verdict, finding) = if given.is_empty() {
            let message = "no ML-BOM was assessed against this standard";
            answer(PolicyAnswer::CannotTell, "policy.bom_profile.none", message)
        } else {
            let message = "an ML-BOM was assessed against this standard";
            answer(PolicyAnswer::Pass, "policy.bom_profile.seen", message)
        };
        reasons.push((verdict, finding.about(name)));
        let missing = given.into_iter().flat_map(|it| it.missing.iter().cloned());
        reasons.extend(missing.map(|finding| (terms.missing().into(), finding)));
    }
    reasons
}

fn lineage(terms: &LineageTerms, facts: &ReleaseFacts) -> Reasons {
    let gaps = facts.lineage.as_deref();
    let none = ("policy.lineage.none", "no lineage was given");
    let seen = ("policy.lineage.seen", "gaps are in the lineage");
    let mut reasons = vec![looked_at(gaps, none, seen)];
    let gaps = gaps.unwrap_or_default().iter().cloned();
    reasons.extend(gaps.map(|finding| (terms.gaps.into(), finding)));
    reasons
}

fn pickles(terms: &PickleTerms, facts: &ReleaseFacts) -> Reasons {
    let given = facts.pickles.as_deref();
    let none = ("policy.pickles.none", "no scan of pickles was given");
    let seen = ("policy.pickles.seen", "pickles were looked at");
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

fn advisories(terms: &AdvisoryTerms, facts: &ReleaseFacts) -> Reasons {
    let given = facts.advisories.as_deref();
    let none = ("policy.advisories.none", "no advisories were looked up");
    let seen = ("policy.advisories.seen", "advisories match a component");
    let mut reasons = vec![looked_at(given, none, seen)];
    let given = given.unwrap_or_default().iter();
    reasons.extend(given.map(|it| advisory(terms, it)));
    reasons
}

fn advisory(terms: &AdvisoryTerms, fact: &AdvisoryFact) -> (PolicyAnswer, Finding) {
    let component = &fact.component;
    let cleared = fact.vex.filter(|status| status.clears());
    let (verdict, finding) = match (cleared, fact.severity, terms.max_severity) {
        (Some(status), _, _) if terms.vex != Handling::Block => {
            let message = format!("it matches {component}, which VEX calls {status}");
            answer(terms.vex, "policy.advisories.vex", message)
        }
        (_, None, Some(_)) => {
            let message = format!("it matches {component}, and nobody says how severe it is");
            answer(
                PolicyAnswer::CannotTell,
                "policy.advisories.no_severity",
                message,
            )
        }
        (_, Some(severity), Some(max)) if severity <= max => {
            let message = format!("it matches {component}, of severity {severity}");
            answer(PolicyAnswer::Condition, "policy.advisories.minor", message)
        }
        (_, Some(severity), _) => {
            let message = format!("it matches {component}, of severity {severity}");
            answer(PolicyAnswer::Fail, "policy.advisories.open", message)
        }
        (_, None, None) => {
            let message = format!("it matches {component}");
            answer(PolicyAnswer::Fail, "policy.advisories.open", message)
        }
    };
    (verdict, finding.about(fact.id.as_str()))
}

fn licenses(terms: &LicenseTerms, facts: &ReleaseFacts) -> Reasons {
    let given = facts.licenses.as_deref();
    let none = ("policy.licenses.none", "no licenses were given");
    let seen = ("policy.licenses.seen", "components were looked at");
    let mut reasons = vec![looked_at(given, none, seen)];
    for fact in given.unwrap_or_default() {
        reasons.extend(license(terms, fact));
    }
    reasons
}

fn license(terms: &LicenseTerms, fact: &LicenseFact) -> Reasons {
    let name = fact.license.as_deref().unwrap_or("no license");
    let mut reasons = Vec::new();
    if terms.deny.iter().any(|it| it.as_str() == name) {
        let message = format!("the policy does not allow {name}");
        reasons.push(answer(
            PolicyAnswer::Fail,
            "policy.licenses.denied",
            message,
        ));
    }
    reasons.push(match (fact.state, &fact.license) {
        (LicenseState::Conflicting, _) => {
            let message = format!("{name} conflicts with the license of the model");
            answer(terms.conflicts, "policy.licenses.conflict", message)
        }
        (LicenseState::Compatible, Some(_)) => {
            answer(PolicyAnswer::Pass, "policy.licenses.compatible", name)
        }
        (LicenseState::Compatible | LicenseState::Unknown, _) => {
            let message = format!("nobody knows what follows from {name}");
            answer(PolicyAnswer::CannotTell, "policy.licenses.unknown", message)
        }
    });
    let reasons = reasons.into_iter();
    reasons
        .map(|(verdict, finding)| (verdict, finding.about(fact.component.as_str())))
        .collect()
}
