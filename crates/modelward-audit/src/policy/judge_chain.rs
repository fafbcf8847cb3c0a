//! The rules over what the model is made of.

use modelward_artifact::Finding;
use modelward_rmf::Handling;

use crate::policy::fact::{AdvisoryFact, LineageState, NotEvaluatedFact};
use crate::policy::facts::ReleaseFacts;
use crate::policy::judge::{Reasons, answer, looked_at};
use crate::policy::rule::PolicyAnswer;
use crate::policy::terms::{AdvisoryTerms, LineageTerms, SupplyChainTerms};

pub(super) fn lineage(terms: &LineageTerms, facts: &ReleaseFacts) -> Reasons {
    let given = facts.lineage.as_deref();
    let none = ("policy.lineage.none", "no lineage was given");
    let seen = (
        "policy.lineage.seen",
        "gaps and contradictions in the lineage",
    );
    let mut reasons = vec![looked_at(given, none, seen)];
    reasons.extend(given.unwrap_or_default().iter().map(|fact| {
        let handling = match fact.state {
            LineageState::Unpinned => terms.unpinned,
            LineageState::Gap => terms.gaps,
            LineageState::Contradiction => terms.contradictions,
        };
        (handling.into(), fact.finding.clone())
    }));
    reasons
}

pub(super) fn supply_chain(terms: &SupplyChainTerms, facts: &ReleaseFacts) -> Reasons {
    let given = facts.supply_chain.as_deref();
    let none = (
        "policy.supply_chain.none",
        "no list of affected assets was compared with a lineage",
    );
    let seen = (
        "policy.supply_chain.seen",
        "parts that are known to be affected",
    );
    let mut reasons = vec![looked_at(given, none, seen)];
    reasons.extend(given.unwrap_or_default().iter().map(|fact| {
        let reason = &fact.reason;
        let message = match &fact.path {
            Some(path) => format!("affected ({reason}): {path}"),
            None => format!("affected ({reason})"),
        };
        let (verdict, finding) = answer(terms.affected, "policy.supply_chain.affected", message);
        (verdict, finding.about(fact.component.as_str()))
    }));
    reasons
}

pub(super) fn advisories(terms: &AdvisoryTerms, facts: &ReleaseFacts) -> Reasons {
    let given = facts.advisories.as_deref();
    let none = ("policy.advisories.none", "no advisories were looked up");
    let seen = (
        "policy.advisories.seen",
        "advisories that match a component",
    );
    let mut reasons = vec![looked_at(given, none, seen)];
    let given = given.unwrap_or_default().iter();
    reasons.extend(given.map(|it| advisory(terms, it)));
    reasons.extend(not_evaluated(terms, facts));
    reasons
}

/// That no advisory was found of what was not looked up says nothing.
fn not_evaluated(terms: &AdvisoryTerms, facts: &ReleaseFacts) -> Reasons {
    let Some(given) = facts.not_evaluated.as_deref() else {
        let message = "nobody says which components were not looked up";
        return vec![answer(
            terms.not_evaluated,
            "policy.advisories.no_coverage",
            message,
        )];
    };
    let judge = |fact: &NotEvaluatedFact| {
        let message = format!("not looked up among advisories: {}", fact.reason);
        let code = "policy.advisories.not_evaluated";
        let (verdict, finding) = answer(terms.not_evaluated, code, message);
        (verdict, finding.about(fact.component.as_str()))
    };
    given.iter().map(judge).collect()
}

fn advisory(terms: &AdvisoryTerms, fact: &AdvisoryFact) -> (PolicyAnswer, Finding) {
    let component = &fact.component;
    let cleared = fact.vex.filter(|status| status.clears());
    let (verdict, finding) = match (cleared, fact.severity, terms.max_severity) {
        (Some(status), _, _) if terms.vex != Handling::Block => {
            let message = format!("it matches {component}, which VEX calls {status}");
            answer(terms.vex, "policy.advisories.vex", message)
        }
        (_, Some(severity), Some(max)) if severity <= max => {
            let message = format!("it matches {component}, of severity {severity}");
            answer(PolicyAnswer::Condition, "policy.advisories.minor", message)
        }
        _ if fact.doubt.is_some() => {
            let doubt = fact.doubt.as_deref().unwrap_or_default();
            let message = format!("it may match {component}: {doubt}");
            answer(
                PolicyAnswer::CannotTell,
                "policy.advisories.unknown",
                message,
            )
        }
        (_, None, Some(_)) => {
            let message = format!("it matches {component}, and nobody says how severe it is");
            answer(
                PolicyAnswer::CannotTell,
                "policy.advisories.no_severity",
                message,
            )
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
