use std::fmt;

use modelward_artifact::escape::Terminal;
use modelward_artifact::{Digest, Timestamp, json};
use modelward_rmf::{EvidenceSource, Method, Polarity, Subcategory, ToolEvidence};
use serde::{Serialize, Serializer};

use crate::{CoverageRow, EvidenceCoverage, Observation, Observed, Strength};

const SCHEMA: &str = "modelward.coverage/1";
const FRAMEWORK: &str = "AI RMF 1.0";

impl EvidenceCoverage {
    /// Writes the table as JSON, the same bytes for the same table.
    ///
    /// # Panics
    ///
    /// Never: its members are text and numbers.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        json::pretty(self).expect("text and numbers have a JSON form")
    }
}

impl Serialize for EvidenceCoverage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let counts = self.counts();
        let table = Table {
            schema: SCHEMA,
            framework: FRAMEWORK,
            model: self.model(),
            root: self.root(),
            observed_at: self.observed_at(),
            counts: Counts {
                direct: counts.direct(),
                supporting: counts.supporting(),
                nothing: counts.nothing(),
                no_tool: counts.no_tool(),
                contradicted: counts.contradicted(),
            },
            rows: self.rows().iter().map(Row::of).collect(),
        };
        table.serialize(serializer)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Table<'a> {
    schema: &'static str,
    framework: &'static str,
    model: &'a str,
    root: &'a Digest,
    observed_at: Timestamp,
    counts: Counts,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Counts {
    direct: usize,
    supporting: usize,
    nothing: usize,
    no_tool: usize,
    contradicted: usize,
}

#[derive(Serialize)]
struct Row<'a> {
    subcategory: Subcategory,
    summary: &'static str,
    possible: ToolEvidence,
    observed: Observed,
    observations: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    strength: Strength,
    polarity: Polarity,
    message: &'a str,
    method: Method,
    source: &'a EvidenceSource,
    digest: &'a Digest,
}

impl<'a> Row<'a> {
    fn of(row: &'a CoverageRow) -> Self {
        let observations = row.observations().iter().map(|it| Item {
            strength: it.strength(),
            polarity: it.polarity(),
            message: it.message(),
            method: it.method(),
            source: it.source(),
            digest: it.digest(),
        });
        Self {
            subcategory: row.subcategory(),
            summary: row.subcategory().summary(),
            possible: row.possible(),
            observed: row.observed(),
            observations: observations.collect(),
        }
    }
}

/// Writes the counts, a line for each row, and below it what was observed; safe on a terminal.
impl fmt::Display for EvidenceCoverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.counts();
        write!(
            f,
            "{}: what tools observed of the {} outcomes of {FRAMEWORK}\n  {} direct, {} supporting, \
             {} nothing observed, {} no tool can show; {} contradicted",
            Terminal(self.model()),
            self.rows().len(),
            counts.direct(),
            counts.supporting(),
            counts.nothing(),
            counts.no_tool(),
            counts.contradicted(),
        )?;
        for row in self.rows() {
            let id = row.subcategory().to_string();
            write!(f, "\n{id:<12}  {}", state(row))?;
            for observation in row.observations() {
                write!(f, "\n  {observation}")?;
            }
        }
        Ok(())
    }
}

/// Says what was observed, and where that is nothing, what could have been.
fn state(row: &CoverageRow) -> &'static str {
    match (row.observed(), row.possible()) {
        (Observed::Nothing, ToolEvidence::Direct) => {
            "nothing observed; direct evidence is possible"
        }
        (Observed::Nothing, _) => "nothing observed; supporting evidence is possible",
        (observed, _) => observed.name(),
    }
}

/// Writes one line that is safe on a terminal.
impl fmt::Display for Observation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (polarity, strength) = (self.polarity().name(), self.strength().name());
        let source = self.source().describe();
        write!(
            f,
            "{polarity} ({strength}): {} [{}]",
            Terminal(self.message()),
            Terminal(&source)
        )
    }
}
