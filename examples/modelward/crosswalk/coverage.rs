use std::path::Path;

use modelward::rmf::crosswalk::{Coverage, Extent, KnownIds, TargetCoverage};
use modelward::rmf::{Attainment, Crosswalk};
use serde_json::json;

use super::head_of;
use crate::Answer;
use crate::failure::Failure;
use crate::rmf::{or_dash, read_assessment, table};

/// The answer is yes: it is a list and no judgment.
pub(super) fn run(assessment: &Path, crosswalk: &Crosswalk) -> Result<Answer, Failure> {
    let assessment = read_assessment(assessment)?;
    let stated = assessment.determinations().map(|(id, _)| id);
    let met: Vec<_> = stated
        .filter(|id| assessment.attainment(*id) == Some(Attainment::Met))
        .map(|id| id.to_string())
        .collect();
    let coverage = crosswalk.coverage(met.iter().map(String::as_str));
    let known = KnownIds::of(crosswalk.target());
    let without: Vec<_> = known
        .iter()
        .flat_map(|known| coverage.without_source(known))
        .collect();
    let lines = [
        head_of(crosswalk),
        targets(&coverage, known.as_ref()),
        format!("outcomes that are met: {}; {} of them correspond to nothing there", met.len(), coverage.unused().len()),
        format!("{} ids there correspond to no outcome, and an assessment against AI RMF 1.0 says nothing about them", without.len()),
        "Outcomes that are met are a reason to look there, and do not show that what stands there is fulfilled.".to_owned(),
    ];
    Ok(Answer {
        yes: true,
        text: lines.join("\n"),
        json: json!({
            "title": crosswalk.title(),
            "draft": crosswalk.is_draft(),
            "met": met,
            "coverage": coverage,
            "withoutOutcome": without,
        }),
    })
}

fn targets(coverage: &Coverage, known: Option<&KnownIds>) -> String {
    let row = |target: &TargetCoverage| {
        let extent = match target.extent() {
            Extent::None => "none",
            Extent::Some => "some",
            Extent::All => "all",
        };
        let id = target.target();
        [
            id.to_owned(),
            extent.to_owned(),
            target.reached().len().to_string(),
            target.missing().join(", "),
            target.confidence().to_string(),
            or_dash(known.and_then(|known| known.label(id))),
        ]
    };
    let rows: Vec<_> = coverage.targets().iter().map(row).collect();
    let head = ["id", "reached", "met", "not met", "confidence", "what"];
    table(head, &rows)
}
