//! Case studies of MITRE ATLAS.
//!
//! A case study tells what an adversary did, step by step. It has no place for severity, response,
//! recovery, digests and states.

mod options;
mod step;

use modelward_artifact::Text;

use crate::export::ledger::{Ledger, Told};
use crate::export::{Export, ExportError, LossStatus};
use crate::format::atlas::{
    CaseStudy, CaseStudyId, DateGranularity, Reference, StudyDate, StudyKind,
};
use crate::{Determination, Fidelity, Harm, Incident, Link, LinkRelation, Released};

pub use self::options::AtlasOptions;

/// What is not told for a reason of its own.
const REST: [Told<'_>; 5] = [
    (
        "kinds",
        LossStatus::Unmapped,
        "the techniques stand for them",
    ),
    (
        "techniques/*/atlasVersion",
        LossStatus::Unmapped,
        "a step names no version",
    ),
    (
        "techniques/*/name",
        LossStatus::Unmapped,
        "it follows from the id",
    ),
    (
        "techniques/*/tactic",
        LossStatus::Unmapped,
        "it is no id of a tactic of ATLAS",
    ),
    (
        "tlp",
        LossStatus::Unmapped,
        "a case study has no marking; the label has to go with it",
    ),
];

/// Tells an incident as a case study.
///
/// It is valid by the schema of submissions (`atlas_website_case_study_schema.json`), and by that of
/// the data (`atlas_output_schema.json`) where it has an id: that of the options, or that of a link
/// that says that it is the same in ATLAS. It is an exercise where the harm is
/// [`Harm::Issue`], and else an incident; the options can say otherwise.
///
/// ```
/// use modelward_artifact::Party;
/// use modelward_incident::export::atlas::{AtlasOptions, case_study};
/// use modelward_incident::log::Context;
/// use modelward_incident::{
///     Classification, EventKind, Incident, IncidentKind, NewEvent, Opening, Severity, Technique, Tlp,
/// };
///
/// let now = Context::new("2026-11-26T10:00:00Z".parse()?, Party::new("Jo Example")?);
/// let kind = IncidentKind::AdversarialDataPoisoning;
/// let opening = Opening::new("poisoned scorer".parse()?, kind, Severity::High)
///     .with_summary("Rows were planted.".parse()?);
/// let opening = NewEvent::from(opening).marked(Tlp::Clear);
/// let mut incident = Incident::open("INC-7".parse()?, opening, &now)?;
/// let options = AtlasOptions::new();
/// let refused = case_study(&incident.release(Tlp::Clear)?, &options).unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "the document demands what the record does not have: a technique of MITRE ATLAS",
/// );
///
/// let technique = Technique::new("AML.T0020".parse()?, "5.6.0".parse()?)
///     .with_tactic("AML.TA0006".parse()?);
/// let classified = EventKind::Classified(Classification::new(kind).with_technique(technique));
/// incident.record(NewEvent::new(classified).marked(Tlp::Clear), &now)?;
/// let export = case_study(&incident.release(Tlp::Clear)?, &options)?;
/// assert_eq!(export.document().procedure().len(), 1);
/// assert!(export.lost().any(|loss| loss.field == "severity"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`ExportError::Missing`] where there is no technique, no summary, or a technique without a tactic
/// that the options cannot find either; each is listed. [`ExportError::Form`] of an incident that did
/// not happen.
pub fn case_study(
    released: &Released,
    options: &AtlasOptions<'_>,
) -> Result<Export<CaseStudy>, ExportError> {
    let incident = released.incident();
    let mut ledger = Ledger::of(released);
    let mut missing = Vec::new();
    let kind = kind(incident, options, &mut ledger)?;
    let steps = step::procedure(incident, options, &mut ledger, &mut missing);
    let summary = incident.summary().map(Text::as_str);
    if summary.is_none() {
        missing.push("a summary".to_owned());
    }
    if !missing.is_empty() {
        return Err(ExportError::Missing { missing });
    }
    let date = date(incident, &mut ledger);
    ledger.direct("title", "name");
    ledger.direct("summary", "summary");
    let name = incident.title().as_str();
    let mut study = CaseStudy::new(name, summary.unwrap_or_default(), date, steps).with_kind(kind);
    if let Some(target) = target(incident, &mut ledger) {
        study = study.with_target(&target);
    }
    if let Some(actor) = &options.actor {
        study = study.with_actor(actor.as_str());
    }
    if let Some(reporter) = &options.reporter {
        study = study.with_reporter(reporter.as_str());
    }
    let study = linked(study, incident, options, &mut ledger);
    ledger.rest(&REST);
    let losses = ledger.into_losses("a case study has no place for it");
    Ok(Export::new(study, losses))
}

fn kind(
    incident: &Incident,
    options: &AtlasOptions<'_>,
    ledger: &mut Ledger,
) -> Result<StudyKind, ExportError> {
    if incident.determination() == Determination::FalsePositive {
        return Err(ExportError::Form {
            field: "determination".to_owned(),
            why: "what did not happen is no case study".to_owned(),
        });
    }
    if let Some(kind) = &options.kind {
        return Ok(kind.clone());
    }
    let kind = match incident.harm() {
        Harm::Issue => StudyKind::Exercise,
        _ => StudyKind::Incident,
    };
    ledger.approximate("harm", "case-study-type: an exercise where it is `issue`");
    if incident.determination() == Determination::Confirmed {
        ledger.approximate("determination", "case-study-type: it happened");
    }
    Ok(kind)
}

/// Takes when it began, or else the day on which it was opened.
fn date(incident: &Incident, ledger: &mut Ledger) -> StudyDate {
    let Some(began) = incident.began() else {
        ledger.approximate("timeline", "incident-date: the day of the opening");
        return StudyDate::new(incident.opened_at().date(), DateGranularity::Day);
    };
    let granularity = match began.fidelity() {
        Fidelity::Year => DateGranularity::Year,
        Fidelity::Month => DateGranularity::Month,
        _ => DateGranularity::Day,
    };
    if began.fidelity() > Fidelity::Day {
        ledger.partial("began", "incident-date, without the time of day");
    } else {
        ledger.direct("began", "incident-date and its granularity");
    }
    StudyDate::new(began.at().date(), granularity)
}

/// Names the systems, or else what is affected.
fn target(incident: &Incident, ledger: &mut Ledger) -> Option<String> {
    let systems = incident.systems();
    let names: Vec<_> = systems.iter().map(|it| it.name.as_str()).collect();
    if let [_, ..] = names.as_slice() {
        for index in 0..names.len() {
            let field = format!("systems/{index}/name");
            if names.len() == 1 {
                ledger.direct(field, "target");
            } else {
                ledger.partial(field, "target, all names in one text");
            }
        }
        return Some(names.join(", "));
    }
    let assets = incident.assets();
    ledger.approximate("assets/*/name", "target");
    let names: Vec<_> = assets.values().map(|it| it.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// Adds the id and the references.
fn linked(
    study: CaseStudy,
    incident: &Incident,
    options: &AtlasOptions<'_>,
    ledger: &mut Ledger,
) -> CaseStudy {
    let mut id = options.id.clone();
    let mut references = Vec::new();
    for (index, link) in incident.links().iter().enumerate() {
        let field = format!("links/{index}");
        if let Some(same) = same(link) {
            if id.is_none() || id.as_ref() == Some(&same) {
                ledger.direct(&field, "id");
                id = Some(same);
            }
            continue;
        }
        let Some(reference) = reference(link) else {
            continue;
        };
        references.push(reference);
        if link.relation == LinkRelation::Source && link.system.is_none() {
            ledger.direct(&field, "references");
        } else {
            ledger.partial(
                &field,
                "references, without whose id it is and the relation",
            );
        }
    }
    let study = study.with_references(references);
    match id {
        Some(id) => study.with_id(id),
        None => study,
    }
}

/// Returns the case study that the incident is in ATLAS.
fn same(link: &Link) -> Option<CaseStudyId> {
    let is_same = link.relation == LinkRelation::SameAs
        && link.system.as_ref().map(Text::as_str) == Some("ATLAS");
    is_same.then(|| link.target.as_str().parse().ok())?
}

/// Returns what can be looked up: an address, or a source by its title.
fn reference(link: &Link) -> Option<Reference> {
    let target = link.target.as_str();
    let title = link.title.as_ref().map(Text::as_str);
    if target.contains("://") {
        return Some(Reference::new(title, Some(target)));
    }
    if link.relation != LinkRelation::Source {
        return None;
    }
    match (&link.system, title) {
        (None, None) => Some(Reference::new(Some(target), None)),
        (system, title) => {
            let parts = [system.as_ref().map(Text::as_str), Some(target), title];
            let named: Vec<_> = parts.into_iter().flatten().collect();
            Some(Reference::new(Some(&named.join(" ")), None))
        }
    }
}
