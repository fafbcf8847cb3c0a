use super::super::LossStatus::{Approximate, Direct, Partial};
use super::super::ledger::Ledger;
use super::AiidOptions;
use crate::format::aiid::{AiidAttribute, AiidClassification, AiidError, AiidField, AiidTaxonomy};
use crate::{Category, Harm, ImpactKind, Incident, IncidentKind};

/// Says what CSET and MIT make of an incident; what a person said comes first.
pub(super) fn classifications(
    incident: &Incident,
    options: &AiidOptions,
    ledger: &mut Ledger,
) -> Result<Vec<AiidClassification>, AiidError> {
    let mut derived = harm(incident, ledger);
    derived.extend(risk(incident, ledger));
    let mut classifications = Vec::new();
    for taxonomy in [AiidTaxonomy::CsetV1, AiidTaxonomy::Mit] {
        let theirs = |field: AiidField| field.taxonomy() == taxonomy;
        let stated = options.attributes.iter();
        let mut attributes: Vec<AiidAttribute> = stated
            .filter(|it| it.field().is_some_and(theirs))
            .cloned()
            .collect();
        for (field, value) in derived.iter().filter(|(field, _)| theirs(*field)) {
            if attributes.iter().all(|it| it.field() != Some(*field)) {
                attributes.push(AiidAttribute::new(*field, &[value])?);
            }
        }
        if !attributes.is_empty() {
            classifications.push(AiidClassification::new(taxonomy, attributes)?);
        }
    }
    Ok(classifications)
}

/// Says in CSET's words whether there was harm. CSET counts as harm what is tangible alone.
fn harm(incident: &Incident, ledger: &mut Ledger) -> Vec<(AiidField, &'static str)> {
    let mut impacts = incident.impacts().values();
    let tangible = |kind| {
        matches!(
            kind,
            ImpactKind::Economic | ImpactKind::Environmental | ImpactKind::Physical
        )
    };
    let is_intangible = impacts.len() > 0 && impacts.all(|impact| !tangible(impact.kind));
    let (tangible, level) = match incident.harm() {
        Harm::Occurred if !is_intangible => (
            "tangible harm definitively occurred",
            "AI tangible harm event",
        ),
        Harm::NearMiss => (
            "imminent risk of tangible harm (near miss) did occur",
            "AI tangible harm near-miss",
        ),
        Harm::Issue => (
            "non-imminent risk of tangible harm (an issue) occurred",
            "AI tangible harm issue",
        ),
        Harm::None => ("no tangible harm, near-miss, or issue", "none"),
        _ => ("unclear", "unclear"),
    };
    let note = "CSETv1 3.1 Tangible Harm and 3.5 AI Harm Level, which count tangible harm alone";
    let status = match incident.harm() {
        Harm::None | Harm::Unclear => Direct,
        _ => Approximate,
    };
    ledger.say("harm", status, note);
    vec![
        (AiidField::TangibleHarm, tangible),
        (AiidField::AiHarmLevel, level),
    ]
}

/// Says in MIT's words which risk it was. MIT has one answer, so the first kind gives it.
fn risk(incident: &Incident, ledger: &mut Ledger) -> Vec<(AiidField, &'static str)> {
    let kinds = incident.kinds();
    let Some((kind, code)) = kinds.iter().find_map(|it| Some((*it, subdomain(*it)?))) else {
        return Vec::new();
    };
    let listed = |field: AiidField, code: &str| {
        let mut values = field.values().iter().copied();
        values.find(|value| value.starts_with(code))
    };
    let answers = [
        (
            AiidField::RiskSubdomain,
            listed(AiidField::RiskSubdomain, code),
        ),
        (
            AiidField::RiskDomain,
            listed(AiidField::RiskDomain, &code[..2]),
        ),
        (AiidField::Entity, entity(kind)),
        (AiidField::Intent, intent(kind)),
        (AiidField::Timing, timing(incident)),
    ];
    say_risk(incident, ledger);
    let answers = answers.into_iter();
    answers
        .filter_map(|(field, value)| Some((field, value?)))
        .collect()
}

fn say_risk(incident: &Incident, ledger: &mut Ledger) {
    if timing(incident).is_some() {
        let note = "MIT Timing";
        ledger.approximate("assets/*/inProduction", note);
    }
    let (status, note) = match incident.kinds().len() {
        1 => (
            Approximate,
            "MIT Risk Domain, Subdomain, Entity and Intent by our reading",
        ),
        _ => (
            Partial,
            "MIT has one risk, by our reading of the first kind that has one",
        ),
    };
    ledger.say("kinds", status, note);
}

/// Finds the subdomain of MIT's risks by its number.
fn subdomain(kind: IncidentKind) -> Option<&'static str> {
    Some(match kind {
        IncidentKind::FairnessPerformance => "1.3.",
        IncidentKind::HarmfulOutputFalseInformation => "3.1.",
        IncidentKind::HarmfulOutputToxicity | IncidentKind::HarmfulOutputDangerousAdvice => "1.2.",
        IncidentKind::HarmfulOutputRightsInfringement => "6.3.",
        IncidentKind::MisuseOverreliance => "5.1.",
        IncidentKind::ModelFailureSpecification | IncidentKind::AgentActionGoalDeviation => "7.1.",
        IncidentKind::InfrastructureOutage => "7.3.",
        // What someone used the model for is for a person to say.
        IncidentKind::MisuseMalicious | IncidentKind::MisuseOutOfScope => return None,
        _ => match kind.category() {
            Category::Adversarial | Category::SupplyChain | Category::Infrastructure => "2.2.",
            Category::Privacy => "2.1.",
            Category::Fairness => "1.1.",
            Category::Drift | Category::ModelFailure | Category::DataIncident => "7.3.",
            _ => return None,
        },
    })
}

fn entity(kind: IncidentKind) -> Option<&'static str> {
    match kind.category() {
        Category::Adversarial | Category::Misuse | Category::SupplyChain => Some("Human"),
        Category::AgentAction | Category::HarmfulOutput | Category::ModelFailure => Some("AI"),
        _ => None,
    }
}

fn intent(kind: IncidentKind) -> Option<&'static str> {
    match kind.category() {
        Category::Adversarial | Category::SupplyChain => Some("Intentional"),
        Category::DataIncident | Category::Drift | Category::ModelFailure => Some("Unintentional"),
        _ => None,
    }
}

/// Says when it was, where the record knows of every asset whether it was in use.
fn timing(incident: &Incident) -> Option<&'static str> {
    let in_use: Vec<_> = incident
        .assets()
        .values()
        .map(|it| it.in_production)
        .collect();
    if in_use.contains(&Some(true)) {
        return Some("Post-deployment");
    }
    let none = !in_use.is_empty() && in_use.iter().all(|it| *it == Some(false));
    none.then_some("Pre-deployment")
}
