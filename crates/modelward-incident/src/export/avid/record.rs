//! What reports and vulnerabilities have in common.

use super::affected::affects;
use super::options::AvidOptions;
use super::reference::references;
use crate::export::ExportError;
use crate::export::ledger::Ledger;
use crate::format::avid::{
    AtlasStep, AvidRecord, AvidTaxonomy, Cwe, Impact, Problem, SepCategory, Vocabulary as _,
};
use crate::{Incident, IncidentKind, Released, Technique};

pub(super) fn record(
    released: &Released,
    options: &AvidOptions,
    ledger: &mut Ledger,
) -> Result<AvidRecord, ExportError> {
    let incident = released.incident();
    let title = incident.title().as_str();
    ledger.direct("title", "/problemtype/description");
    let problem = Problem::new(options.class(), options.kind(), options.text(title));
    let summary = incident.summary();
    if summary.is_some() {
        ledger.direct("summary", "/description");
    }
    let text = summary.map_or(title, |it| it.as_str());
    let mut record = AvidRecord::new(problem)
        .with_description(options.text(text))
        .with_impact(impact(incident, options, ledger)?);
    if let Some(affects) = affects(incident, ledger) {
        record = record.with_affects(affects);
    }
    let references = references(incident, ledger);
    if !references.is_empty() {
        record = record.with_references(references);
    }
    if !options.credit().is_empty() {
        let credit = options.credit().iter();
        record = record.with_credit(credit.map(|it| options.text(it.as_str())).collect());
    }
    ledger.unmapped("id", "the database gives ids of its own");
    ledger.unmapped(
        "severity",
        "the format has CVSS alone, which is not made up",
    );
    ledger.unmapped("timeline", "the format has one day, that of the options");
    let level = released.level();
    ledger.unmapped(
        "tlp",
        format!("the format has no marking; released at {level}"),
    );
    Ok(record)
}

fn impact(
    incident: &Incident,
    options: &AvidOptions,
    ledger: &mut Ledger,
) -> Result<Impact, ExportError> {
    let sep_view = sep_view(incident, options, ledger)?;
    let mut impact = Impact::new(AvidTaxonomy::new(&sep_view, options.lifecycle()));
    let techniques = incident.techniques();
    if !techniques.is_empty() {
        impact = impact.with_atlas(techniques.iter().map(step).collect());
        for index in 0..techniques.len() {
            let (field, place) = (
                format!("techniques/{index}"),
                format!("/impact/atlas/{index}"),
            );
            ledger.direct(format!("{field}/id"), format!("{place}/technique"));
            for member in ["tactic", "description"] {
                ledger.direct(format!("{field}/{member}"), format!("{place}/{member}"));
            }
        }
        let why = "a step of the format has neither a name nor a version of ATLAS";
        ledger.unmapped("techniques", why);
    }
    let cwes = incident.cwes();
    if !cwes.is_empty() {
        let names = cwes.iter().map(|number| Cwe::new(format!("CWE-{number}")));
        impact = impact.with_cwe(names.collect());
        ledger.direct("cwes", "/impact/cwe");
    }
    Ok(impact)
}

/// Takes the categories of the options, or those that the kinds are nearest to.
fn sep_view(
    incident: &Incident,
    options: &AvidOptions,
    ledger: &mut Ledger,
) -> Result<Vec<SepCategory>, ExportError> {
    let stated = options.sep_view();
    let mut categories = stated.to_vec();
    if stated.is_empty() {
        let kinds = incident.kinds().iter();
        categories.extend(kinds.flat_map(|kind| nearest(*kind)));
    }
    let mut seen = Vec::new();
    categories.retain(|category| {
        let fresh = !seen.contains(category);
        seen.push(*category);
        fresh
    });
    if categories.is_empty() {
        let kinds: Vec<_> = incident.kinds().iter().map(|kind| kind.name()).collect();
        let missing = format!("a category of the SEP view for {}", kinds.join(", "));
        let missing = vec![missing];
        return Err(ExportError::Missing { missing });
    }
    if stated.is_empty() {
        told(incident, &categories, ledger);
    } else {
        let note = "/impact/avid/sep_view, as the options state it";
        ledger.approximate("kinds", note);
    }
    Ok(categories)
}

/// States which categories the kinds became, and which kinds became none.
fn told(incident: &Incident, categories: &[SepCategory], ledger: &mut Ledger) {
    let texts: Vec<_> = categories.iter().map(|it| it.wire()).collect();
    let place = format!("/impact/avid/sep_view: {}", texts.join(", "));
    let kinds = incident.kinds().iter();
    let lost = kinds.filter(|kind| nearest(**kind).next().is_none());
    let lost: Vec<_> = lost.map(|kind| kind.name()).collect();
    if lost.is_empty() {
        ledger.approximate("kinds", place);
    } else {
        let lost = lost.join(", ");
        ledger.partial(
            "kinds",
            format!("{place}; the taxonomy has no category for {lost}"),
        );
    }
}

fn nearest(kind: IncidentKind) -> impl Iterator<Item = SepCategory> {
    let codes = kind.mapping().avid.iter();
    codes.filter_map(|code| SepCategory::find(code))
}

fn step(technique: &Technique) -> AtlasStep {
    let mut step = AtlasStep::new(technique.id.to_string());
    if let Some(tactic) = &technique.tactic {
        step = step.with_tactic(tactic.as_str());
    }
    if let Some(description) = &technique.description {
        step = step.with_description(description.as_str());
    }
    step
}
