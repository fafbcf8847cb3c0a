//! The rule over licenses.

use crate::policy::fact::{LicenseFact, LicenseState};
use crate::policy::facts::ReleaseFacts;
use crate::policy::judge::{Reasons, answer, looked_at};
use crate::policy::rule::PolicyAnswer;
use crate::policy::terms::LicenseTerms;

pub(super) fn licenses(terms: &LicenseTerms, facts: &ReleaseFacts) -> Reasons {
    let given = facts.licenses.as_deref();
    let none = ("policy.licenses.none", "no licenses were given");
    let seen = ("policy.licenses.seen", "components looked at");
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
        (LicenseState::Advice | LicenseState::Compatible | LicenseState::Unknown, None) => {
            let verdict = terms
                .unlicensed
                .map_or(PolicyAnswer::CannotTell, Into::into);
            let message = "nobody says under which license it stands";
            answer(verdict, "policy.licenses.none_stated", message)
        }
        (LicenseState::Conflicting, _) => {
            let message = format!("{name} conflicts with the license of the model");
            answer(terms.conflicts, "policy.licenses.conflict", message)
        }
        (LicenseState::Advice, Some(_)) => {
            let message = format!("{name} asks for something that somebody should look at");
            answer(terms.advice, "policy.licenses.advice", message)
        }
        (LicenseState::Compatible, Some(_)) => {
            answer(PolicyAnswer::Pass, "policy.licenses.compatible", name)
        }
        (LicenseState::Unknown, Some(_)) => {
            let message = format!("nobody knows what follows from {name}");
            answer(PolicyAnswer::CannotTell, "policy.licenses.unknown", message)
        }
    });
    let reasons = reasons.into_iter();
    reasons
        .map(|(verdict, finding)| (verdict, finding.about(fact.component.as_str())))
        .collect()
}
