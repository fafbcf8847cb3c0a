use modelward_rmf::{Polarity, Subcategory, ToolEvidence};

use super::CoverageRow;
use super::bearing::Bearing;
use super::origin::Fact;
use crate::{Observation, Strength};

/// Gathers observations row by row.
pub(super) struct Notes(Vec<CoverageRow>);

impl Notes {
    pub(super) fn new() -> Self {
        let rows = Subcategory::ALL.into_iter().map(|subcategory| CoverageRow {
            subcategory,
            observations: Vec::new(),
        });
        Self(rows.collect())
    }

    pub(super) const fn of(rows: Vec<CoverageRow>) -> Self {
        Self(rows)
    }

    /// Notes a fact for each subcategory that it bears on, at most as far as tooling can show it.
    pub(super) fn add(&mut self, bearings: &[Bearing], fact: &Fact<'_>) {
        for Bearing(subcategory, strength) in bearings {
            let strength = match subcategory.tool_evidence() {
                ToolEvidence::Direct => *strength,
                ToolEvidence::Supporting => Strength::Supporting,
                ToolEvidence::None => continue,
            };
            self.0[subcategory.index()].observations.push(Observation {
                strength,
                polarity: fact.polarity,
                source: fact.origin.source.clone(),
                method: fact.origin.method,
                digest: fact.origin.digest,
                message: fact.message.clone(),
            });
        }
    }

    pub(super) fn into_rows(mut self) -> Vec<CoverageRow> {
        for row in &mut self.0 {
            // The sort is stable: what is alike stays in the order in which it was looked at.
            row.observations.sort_by_key(|it| {
                let against = it.polarity == Polarity::Contradicts;
                (!against, std::cmp::Reverse(it.strength))
            });
        }
        self.0
    }
}
