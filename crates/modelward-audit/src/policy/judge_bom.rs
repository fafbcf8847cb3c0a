//! The rules over the ML-BOM.

use modelward_artifact::{Digest, Finding};

use crate::policy::fact::{BomFact, BomProfileFact};
use crate::policy::facts::ReleaseFacts;
use crate::policy::judge::{Reasons, answer, looked_at};
use crate::policy::rule::PolicyAnswer;
use crate::policy::terms::{BomProfileTerms, BomTerms};

pub(super) fn boms(terms: &BomTerms, facts: &ReleaseFacts) -> Reasons {
    let given = facts.boms.as_deref().filter(|it| !it.is_empty());
    let none = ("policy.bom.none", "no ML-BOM was given");
    let seen = ("policy.bom.seen", "ML-BOMs looked at");
    let mut reasons = vec![looked_at(given, none, seen)];
    for fact in given.unwrap_or_default() {
        reasons.extend(bound(terms, fact, &facts.root));
        reasons.extend(listed(fact));
        reasons.extend(fact.foreign.iter().map(|part| {
            let message = "the ML-BOM describes a part that is none of these files";
            let (verdict, finding) = answer(terms.foreign, "policy.bom.foreign", message);
            (verdict, finding.about(part.as_str()))
        }));
        let unknown = fact.unknown.iter().cloned();
        reasons.extend(unknown.map(|finding| (terms.unknown.into(), finding)));
    }
    reasons
}

/// An ML-BOM of another version may list the same file and say other things of the model.
fn bound(terms: &BomTerms, fact: &BomFact, root: &Digest) -> Reasons {
    let root = root.to_string();
    if fact.roots.is_empty() {
        let message = "the ML-BOM does not say of which files it is";
        return vec![answer(terms.unbound, "policy.bom.unbound", message)];
    }
    let judge = |stated: &String| {
        if *stated == root {
            let message = "the ML-BOM is of these files";
            return answer(PolicyAnswer::Pass, "policy.bom.same", message);
        }
        let message = format!("the ML-BOM is of other files than these: {stated}");
        answer(PolicyAnswer::Fail, "policy.bom.other_files", message)
    };
    fact.roots.iter().map(judge).collect()
}

fn listed(fact: &BomFact) -> Reasons {
    let Some(unlisted) = &fact.unlisted else {
        let message = "there are no files with which the ML-BOM could be compared";
        return vec![answer(
            PolicyAnswer::CannotTell,
            "policy.bom.no_files",
            message,
        )];
    };
    if unlisted.is_empty() {
        let message = "the ML-BOM lists the digest of every file";
        return vec![answer(PolicyAnswer::Pass, "policy.bom.listed", message)];
    }
    let judge = |path: &String| {
        let message = "the ML-BOM lists no component with the digest of this file";
        let finding = Finding::new("policy.bom.unlisted", message);
        (PolicyAnswer::Fail, finding.about(path.as_str()))
    };
    unlisted.iter().map(judge).collect()
}

pub(super) fn profiles(terms: &BomProfileTerms, facts: &ReleaseFacts) -> Reasons {
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
