//! The rules over assessments, risks, incidents and orders.

use modelward_artifact::{Date, Digest, Finding, Timestamp};
use modelward_rmf::{Attainment, GateAnswer, Phase, PhaseDecision, Subcategory};

use crate::policy::fact::{
    IncidentFact, IncidentState, OrderStanding, PhaseGateFact, RiskFact, SubcategoryFact,
    SubcategoryState,
};
use crate::policy::facts::ReleaseFacts;
use crate::policy::judge::{Reasons, answer, looked_at};
use crate::policy::rule::PolicyAnswer;
use crate::policy::terms::{
    IncidentTerms, PhaseGateTerms, QuarantineTerms, RequiredSubcategory, ResidualRiskTerms,
    SubcategoryTerms,
};

pub(super) fn subcategories(
    terms: &SubcategoryTerms,
    facts: &ReleaseFacts,
    now: Timestamp,
) -> Reasons {
    let mut reasons = Vec::new();
    for required in terms.required() {
        let id = required.subcategory();
        let given = facts.subcategories.iter().flatten();
        let given: Vec<_> = given.filter(|it| it.subcategory == id).collect();
        if given.is_empty() {
            let message = "no assessment that states it was given";
            reasons.push(about(
                id,
                PolicyAnswer::CannotTell,
                ("policy.subcategories.none", message),
            ));
        }
        for fact in given {
            reasons.push(rated(terms, required, fact));
            reasons.extend(bound(fact.subject.as_ref(), &facts.root, &id.to_string()));
            let limit = terms.max_evidence_age_days();
            reasons.extend(limit.map(|limit| recent(fact, limit, now.date())));
        }
    }
    reasons
}

fn rated(
    terms: &SubcategoryTerms,
    required: &RequiredSubcategory,
    fact: &SubcategoryFact,
) -> (PolicyAnswer, Finding) {
    let (verdict, code, message) = match fact.state {
        SubcategoryState::NotApplicable => (
            PolicyAnswer::Condition,
            "policy.subcategories.not_applicable",
            "stated as not applicable, which someone has to accept".to_owned(),
        ),
        SubcategoryState::NotAssessed => (
            PolicyAnswer::CannotTell,
            "policy.subcategories.not_assessed",
            "not assessed".to_owned(),
        ),
        SubcategoryState::Rated(found) if found >= required.at_least() => (
            PolicyAnswer::Pass,
            "policy.subcategories.rated",
            found.to_string(),
        ),
        SubcategoryState::Rated(found @ Attainment::PartiallyMet) => (
            terms.in_part().into(),
            "policy.subcategories.in_part",
            format!("{found}, and {} is required", required.at_least()),
        ),
        SubcategoryState::Rated(found) => (
            PolicyAnswer::Fail,
            "policy.subcategories.below",
            format!("{found}, and at least {} is required", required.at_least()),
        ),
    };
    about(fact.subcategory, verdict, (code, &message))
}

/// What does not apply or was not assessed has no evidence.
fn recent(fact: &SubcategoryFact, limit: u32, today: Date) -> (PolicyAnswer, Finding) {
    let age = fact.evidence.map(|collected| today.days_since(collected));
    let (verdict, code, message) = match (fact.state, age) {
        (SubcategoryState::NotApplicable | SubcategoryState::NotAssessed, None) => (
            PolicyAnswer::Pass,
            "policy.subcategories.no_rating",
            "no rating has to rest on evidence".to_owned(),
        ),
        (SubcategoryState::Rated(_), None) => (
            PolicyAnswer::CannotTell,
            "policy.subcategories.no_evidence",
            "the rating rests on no evidence that counts today".to_owned(),
        ),
        (_, Some(None)) => (
            PolicyAnswer::CannotTell,
            "policy.subcategories.future_evidence",
            "the evidence is dated after today".to_owned(),
        ),
        (_, Some(Some(days))) if days <= limit => (
            PolicyAnswer::Pass,
            "policy.subcategories.recent",
            format!("the newest evidence is {days} days old"),
        ),
        (_, Some(Some(days))) => (
            PolicyAnswer::Fail,
            "policy.subcategories.old_evidence",
            format!("the newest evidence is {days} days old, and may be {limit}"),
        ),
    };
    about(fact.subcategory, verdict, (code, &message))
}

fn about(
    id: Subcategory,
    verdict: PolicyAnswer,
    (code, message): (&'static str, &str),
) -> (PolicyAnswer, Finding) {
    (verdict, Finding::new(code, message).about(id.to_string()))
}

/// An assessment of another version says nothing about this one.
fn bound(subject: Option<&Digest>, root: &Digest, place: &str) -> Option<(PolicyAnswer, Finding)> {
    let (verdict, finding) = match subject {
        Some(subject) if subject == root => return None,
        Some(subject) => {
            let message = format!("it is about other files than these: {subject}");
            answer(PolicyAnswer::CannotTell, "policy.subject.other", message)
        }
        None => answer(
            PolicyAnswer::Condition,
            "policy.subject.unbound",
            "it does not say about which files it is",
        ),
    };
    Some((verdict, finding.about(place)))
}

pub(super) fn risks(terms: &ResidualRiskTerms, facts: &ReleaseFacts, now: Timestamp) -> Reasons {
    let given = facts.risks.as_deref();
    let none = (
        "policy.residual_risk.none",
        "no register of risks was given",
    );
    let seen = ("policy.residual_risk.seen", "risks looked at");
    let mut reasons = vec![looked_at(given, none, seen)];
    let given = given.unwrap_or_default().iter();
    reasons.extend(given.map(|fact| risk(terms, fact, now)));
    reasons
}

fn risk(terms: &ResidualRiskTerms, fact: &RiskFact, now: Timestamp) -> (PolicyAnswer, Finding) {
    let accepted = fact.accepted_until.filter(|until| !until.is_over(now));
    let (verdict, finding) = match (fact.standing, accepted) {
        (None, _) => answer(
            PolicyAnswer::CannotTell,
            "policy.residual_risk.not_rated",
            "nobody has rated what remains of it",
        ),
        (Some(standing), _) if standing <= terms.max => answer(
            PolicyAnswer::Pass,
            "policy.residual_risk.within",
            "what remains of it is within the limit",
        ),
        (Some(_), Some(until)) => {
            let message = format!("above the limit, and accepted until {until}");
            answer(terms.accepted, "policy.residual_risk.accepted", message)
        }
        (Some(_), None) => answer(
            PolicyAnswer::Fail,
            "policy.residual_risk.above",
            "above the limit, and nobody validly accepts it",
        ),
    };
    (verdict, finding.about(fact.id.as_str()))
}

pub(super) fn incidents(terms: &IncidentTerms, facts: &ReleaseFacts) -> Reasons {
    let given = facts.incidents.as_deref();
    let none = ("policy.incidents.none", "no incident records were given");
    let seen = ("policy.incidents.seen", "incidents that touch the model");
    let mut reasons = vec![looked_at(given, none, seen)];
    if given.is_some() && facts.incidents_of_files_only {
        let message = "records were compared with the files alone, since no lineage was given";
        let code = "policy.incidents.no_lineage";
        reasons.push(answer(PolicyAnswer::Condition, code, message));
    }
    let given = given.unwrap_or_default().iter();
    reasons.extend(given.map(|fact| incident(terms, fact)));
    reasons
}

fn incident(terms: &IncidentTerms, fact: &IncidentFact) -> (PolicyAnswer, Finding) {
    let IncidentFact {
        severity, touches, ..
    } = fact;
    let (verdict, finding) = match fact.state {
        IncidentState::Closed => answer(PolicyAnswer::Pass, "policy.incidents.closed", touches),
        IncidentState::Partial => {
            let message = format!("closed as far as its record is at hand: {touches}");
            answer(
                PolicyAnswer::CannotTell,
                "policy.incidents.partial",
                message,
            )
        }
        IncidentState::Open if terms.max_severity.is_some_and(|max| *severity <= max) => {
            let message = format!("open, of severity {severity}: {touches}");
            answer(PolicyAnswer::Condition, "policy.incidents.minor", message)
        }
        IncidentState::Open => {
            let message = format!("open, of severity {severity}: {touches}");
            answer(PolicyAnswer::Fail, "policy.incidents.open", message)
        }
    };
    (verdict, finding.about(fact.id.as_str()))
}

pub(super) fn quarantine(terms: &QuarantineTerms, facts: &ReleaseFacts) -> Reasons {
    let given = facts.quarantine.as_deref();
    let none = (
        "policy.quarantine.none",
        "no orders of quarantine were given",
    );
    let seen = (
        "policy.quarantine.seen",
        "orders that name the model or its parts",
    );
    let mut reasons = vec![looked_at(given, none, seen)];
    reasons.extend(given.unwrap_or_default().iter().map(|fact| {
        let target = &fact.target;
        let (verdict, finding) = match fact.state {
            OrderStanding::Over => answer(PolicyAnswer::Pass, "policy.quarantine.over", target),
            OrderStanding::Proposed => {
                let message = format!("proposed, and nobody has signed it off: {target}");
                answer(terms.proposed, "policy.quarantine.proposed", message)
            }
            OrderStanding::Withheld => {
                let message = format!("a part of the record is withheld: {target}");
                let code = "policy.quarantine.withheld";
                answer(PolicyAnswer::CannotTell, code, message)
            }
            OrderStanding::InForce => {
                let message = format!("in force: {target}");
                answer(PolicyAnswer::Fail, "policy.quarantine.in_force", message)
            }
        };
        (verdict, finding.about(fact.id.as_str()))
    }));
    reasons
}

pub(super) fn phase_gate(terms: &PhaseGateTerms, facts: &ReleaseFacts, phase: Phase) -> Reasons {
    let given = facts.phase_gate.as_deref().filter(|it| !it.is_empty());
    let none = (
        "policy.phase_gate.none",
        "no report of a phase gate was given",
    );
    let seen = ("policy.phase_gate.seen", "reports of phase gates looked at");
    let mut reasons = vec![looked_at(given, none, seen)];
    for fact in given.unwrap_or_default() {
        reasons.push(opened(terms, fact));
        let own = fact.reasons.iter().cloned();
        reasons.extend(own.map(|(verdict, finding)| (taken(terms, verdict), finding)));
        reasons.extend(same_assessment(fact, facts));
        reasons.extend(bound(fact.subject.as_ref(), &facts.root, fact.phase.name()));
        if fact.phase != phase {
            let message = format!(
                "the gate stands at the end of {}, not of {phase}",
                fact.phase
            );
            let code = "policy.phase_gate.other_phase";
            reasons.push(answer(PolicyAnswer::CannotTell, code, message));
        }
        if terms.policy.is_some() && terms.policy != fact.policy {
            let message = "the gate judged by another policy than the one asked for";
            let code = "policy.phase_gate.other_policy";
            reasons.push(answer(PolicyAnswer::CannotTell, code, message));
        }
    }
    reasons
}

/// Says what follows from a reason of a phase gate.
fn taken(terms: &PhaseGateTerms, verdict: GateAnswer) -> PolicyAnswer {
    match verdict {
        GateAnswer::Condition => terms.conditions.into(),
        other => other.into(),
    }
}

/// What a gate says of another assessment says nothing of this one.
fn same_assessment(fact: &PhaseGateFact, facts: &ReleaseFacts) -> Reasons {
    let judged = fact.assessment.as_ref();
    let given = facts.assessments.iter();
    let others = given.filter(|assessment| judged != Some(assessment));
    let judge = |assessment: &Digest| {
        let message = format!("the gate judged another assessment than {assessment}");
        let code = "policy.phase_gate.other_assessment";
        answer(PolicyAnswer::CannotTell, code, message)
    };
    others.map(judge).collect()
}

fn opened(terms: &PhaseGateTerms, fact: &PhaseGateFact) -> (PolicyAnswer, Finding) {
    let verdict = taken(
        terms,
        match fact.decision {
            PhaseDecision::Go => GateAnswer::Pass,
            PhaseDecision::GoWithConditions => GateAnswer::Condition,
            PhaseDecision::CannotTell => GateAnswer::Unknown,
            PhaseDecision::NoGo => GateAnswer::Fail,
        },
    );
    let message = format!("it decided: {}", fact.decision);
    let (verdict, finding) = answer(verdict, "policy.phase_gate.decided", message);
    (verdict, finding.about(fact.phase.name()))
}
