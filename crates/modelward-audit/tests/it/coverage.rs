//! What tooling observed of a model, row by row.

mod given;
mod table;
mod to_evidence;

use modelward_audit::{CoverageRow, EvidenceCoverage, ModelEvidence, Observed, Strength};
use modelward_rmf::{Polarity, Subcategory, ToolEvidence};

use crate::road::{Road, now};

/// Gives everything that the road has.
fn evidence(road: &Road) -> ModelEvidence<'_> {
    let evidence = ModelEvidence::of(&road.manifest)
        .with_verification(&road.verdict)
        .with_bom(&road.bom)
        .with_lineage(&road.lineage)
        .with_affected(&road.affected)
        .with_incidents(&road.incidents);
    match &road.assessment {
        Some(assessment) => evidence.with_assessment(assessment),
        None => evidence,
    }
}

fn cover(evidence: &ModelEvidence<'_>) -> EvidenceCoverage {
    EvidenceCoverage::of(evidence, now())
}

fn id(subcategory: &str) -> Subcategory {
    subcategory.parse().unwrap()
}

/// Says what was observed of a subcategory by things of one kind, strongest case first.
fn seen(coverage: &EvidenceCoverage, subcategory: &str, kind: &str) -> Vec<(Strength, Polarity)> {
    let observations = coverage.row(id(subcategory)).observations().iter();
    observations
        .filter(|it| it.source().kind() == kind)
        .map(|it| (it.strength(), it.polarity()))
        .collect()
}

const FOR: (Strength, Polarity) = (Strength::Direct, Polarity::Supports);
const AGAINST: (Strength, Polarity) = (Strength::Direct, Polarity::Contradicts);
const HELPS: (Strength, Polarity) = (Strength::Supporting, Polarity::Supports);
const HURTS: (Strength, Polarity) = (Strength::Supporting, Polarity::Contradicts);

#[test]
fn every_subcategory_has_a_row_in_the_order_of_the_framework() {
    let road = Road::good();
    let coverage = cover(&evidence(&road));
    let ids: Vec<_> = coverage
        .rows()
        .iter()
        .map(CoverageRow::subcategory)
        .collect();
    assert_eq!(ids, Subcategory::ALL);
    let counts = coverage.counts();
    let all = counts.direct() + counts.supporting() + counts.nothing() + counts.no_tool();
    assert_eq!((all, counts.no_tool()), (72, 11));
    assert!(counts.direct() >= 5, "{coverage}");
}

#[test]
fn what_is_not_given_is_not_observed() {
    let evidence = ModelEvidence::new("model", modelward_artifact::Digest::sha256(b"files"));
    let coverage = cover(&evidence);
    for row in coverage.rows() {
        let none = row.possible() == ToolEvidence::None;
        let expected = if none {
            Observed::NoTool
        } else {
            Observed::Nothing
        };
        assert_eq!(row.observed(), expected, "{}", row.subcategory());
        assert!(!row.is_contradicted());
    }
}
