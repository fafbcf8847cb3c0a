//! What reports and vulnerabilities have in common.

use super::affected::affects;
use super::options::AvidOptions;
use super::reference::references;
use super::rest::rest;
use super::rows::Rows;
use crate::export::ExportError;
use crate::format::avid::{
    AtlasStep, AvidRecord, AvidTaxonomy, Cwe, Impact, Problem, SepCategory, Vocabulary as _,
};
use crate::{Incident, IncidentKind, Released, Technique};

pub(super) fn record(
    released: &Released,
    options: &AvidOptions,
    rows: &mut Rows,
) -> Result<AvidRecord, ExportError> {
    let incident = released.incident();
    let title = incident.title().as_str();
    rows.direct("title", "/problemtype/description");
    let problem = Problem::new(options.class(), options.kind(), options.text(title));
    let summary = incident.summary();
    if summary.is_some() {
        rows.direct("summary", "/description");
    }
    let text = summary.map_or(title, |it| it.as_str());
    let mut record = AvidRecord::new(problem)
        .with_description(options.text(text))
        .with_impact(impact(incident, options, rows)?);
    if let Some(affects) = affects(incident, rows) {
        record = record.with_affects(affects);
    }
    let references = references(incident, rows);
    if !references.is_empty() {
        record = record.with_references(references);
    }
    if !options.credit().is_empty() {
        let credit = options.credit().iter();
        record = record.with_credit(credit.map(|it| options.text(it.as_str())).collect());
    }
    rest(released, rows);
    Ok(record)
}

fn impact(
    incident: &Incident,
    options: &AvidOptions,
    rows: &mut Rows,
) -> Result<Impact, ExportError> {
    let sep_view = sep_view(incident, options, rows)?;
    let mut impact = Impact::new(AvidTaxonomy::new(&sep_view, options.lifecycle()));
    let techniques = incident.techniques();
    if !techniques.is_empty() {
        impact = impact.with_atlas(techniques.iter().map(step).collect());
        for index in 0..techniques.len() {
            let note = format!("/impact/atlas/{index}, without the version of ATLAS and the name");
            rows.partial(format!("techniques/{index}"), note);
        }
    }
    let cwes = incident.cwes();
    if !cwes.is_empty() {
        let names = cwes.iter().map(|number| Cwe::new(format!("CWE-{number}")));
        impact = impact.with_cwe(names.collect());
        for (index, number) in cwes.iter().enumerate() {
            rows.direct(format!("cwes/{number}"), format!("/impact/cwe/{index}"));
        }
    }
    Ok(impact)
}

/// Takes the categories of the options, or those that the kinds are nearest to.
fn sep_view(
    incident: &Incident,
    options: &AvidOptions,
    rows: &mut Rows,
) -> Result<Vec<SepCategory>, ExportError> {
    let stated = options.sep_view();
    let mut categories = stated.to_vec();
    for kind in incident.kinds() {
        let field = format!("kinds/{kind}");
        let nearest: Vec<_> = nearest(*kind).collect();
        if !stated.is_empty() {
            rows.approximate(field, "/impact/avid/sep_view, as the options state it");
        } else if nearest.is_empty() {
            rows.unmapped(field, "the taxonomy has no category for it");
        } else {
            let texts: Vec<_> = nearest.iter().map(|it| it.wire()).collect();
            rows.approximate(
                field,
                format!("/impact/avid/sep_view: {}", texts.join(", ")),
            );
            categories.extend(nearest);
        }
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
    Ok(categories)
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
