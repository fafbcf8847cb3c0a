use modelward_artifact::{Digest, Timestamp};
use modelward_rmf::{Function, Polarity};
use serde::Serialize;

use crate::dossier::block::{Block, Cell, Section, Sign, Span, Table, Width};
use crate::dossier::part::{Part, Rows};
use crate::dossier::words::{counted, title};
use crate::{CoverageCounts, CoverageRow, EvidenceCoverage, Observation, Observed};

/// How many observations of a subcategory are listed.
const OBSERVATIONS: usize = 5;

/// Says for each subcategory what was observed, and what no tool can show.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Covered {
    observed_at: Timestamp,
    pub(super) is_of_these_files: bool,
    counts: Counts,
    rows: Vec<Row>,
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
#[serde(rename_all = "camelCase")]
struct Row {
    subcategory: String,
    summary: &'static str,
    possible: &'static str,
    observed: Observed,
    contradicted: bool,
    observations: Rows<Line>,
    #[serde(skip)]
    function: Function,
}

#[derive(Serialize)]
struct Line {
    strength: &'static str,
    polarity: &'static str,
    source: String,
    message: String,
}

impl Covered {
    pub(super) fn of(coverage: Option<&EvidenceCoverage>, root: &Digest) -> Part<Self> {
        let of = |it: &EvidenceCoverage| Self {
            observed_at: it.observed_at(),
            is_of_these_files: it.root() == root,
            counts: Counts::of(it.counts()),
            rows: it.rows().iter().map(Row::of).collect(),
        };
        Part::of(
            coverage.map(of),
            "not given: what the evidence covers of the 72 subcategories",
        )
    }

    fn blocks(&self) -> Vec<Block> {
        let counts = &self.counts;
        let mut lead = format!(
            "Of 72 subcategories, {} have a direct observation, {} supporting ones only. Of {} \
             nothing was observed though tools could show something, and of {} no tool can show \
             anything: people have to.",
            counts.direct, counts.supporting, counts.nothing, counts.no_tool
        );
        if counts.contradicted > 0 {
            let speak = if counts.contradicted == 1 {
                "is"
            } else {
                "are"
            };
            let what = counted(counts.contradicted, "observed outcome");
            lead.push_str(&format!(" {what} {speak} contradicted."));
        }
        let mut blocks = vec![
            Block::text(lead),
            Block::note(
                "An observation is no rating: that stays with the assessor. Which facts bear on \
                 which outcome is our judgement. Summaries are a reading aid in our words; the \
                 wording that counts is in NIST AI 100-1.",
            ),
        ];
        if !self.is_of_these_files {
            let text = "The observations that were given are of other files than these.";
            blocks.push(Block::Missing(text.to_owned()));
        }
        blocks.extend(Function::ALL.map(|function| Block::Table(self.table(function))));
        blocks
    }

    fn table(&self, function: Function) -> Table {
        let columns = [
            ("Outcome", Width::Rest),
            ("Tools can show", Width::Middle),
            ("Observed", Width::Middle),
            ("What was observed", Width::Wide),
        ];
        let name = function.name();
        let id = format!("covered-{}", name.to_lowercase());
        let mut table = Table::new(id, format!("{name}: what was observed"), &columns);
        for row in self.rows.iter().filter(|row| row.function == function) {
            table.row(row.cells());
        }
        table
    }
}

impl Counts {
    const fn of(counts: CoverageCounts) -> Self {
        Self {
            direct: counts.direct(),
            supporting: counts.supporting(),
            nothing: counts.nothing(),
            no_tool: counts.no_tool(),
            contradicted: counts.contradicted(),
        }
    }
}

impl Row {
    fn of(row: &CoverageRow) -> Self {
        let id = row.subcategory();
        Self {
            subcategory: id.to_string(),
            summary: id.summary(),
            possible: row.possible().name(),
            observed: row.observed(),
            contradicted: row.is_contradicted(),
            observations: Rows::of(row.observations(), OBSERVATIONS, Line::of),
            function: id.function(),
        }
    }

    fn cells(&self) -> [Cell; 4] {
        let sign = match (self.contradicted, self.observed) {
            (true, _) => Sign::Bad,
            (false, Observed::Direct | Observed::Supporting) => Sign::Good,
            (false, Observed::Nothing) => Sign::Unknown,
            (false, Observed::NoTool) => Sign::Plain,
        };
        let observed = Cell::chip(sign, self.observed.name());
        let observed = if self.contradicted {
            observed.soft("contradicted")
        } else {
            observed
        };
        let lines = self.observations.shown().iter();
        let lines = lines.fold(Cell::default(), |cell, line| line.below(cell));
        let rest = self.observations.rest();
        [
            Cell::strong(&self.subcategory).soft(self.summary),
            Cell::text(title(self.possible)),
            observed,
            rest.into_iter().fold(lines, Cell::soft),
        ]
    }
}

impl Line {
    fn of(observation: &Observation) -> Self {
        Self {
            strength: observation.strength().name(),
            polarity: match observation.polarity() {
                Polarity::Contradicts => "contradicts",
                Polarity::Supports => "supports",
            },
            source: observation.source().describe(),
            message: observation.message().to_owned(),
        }
    }

    fn below(&self, cell: Cell) -> Cell {
        let sign = match self.polarity {
            "contradicts" => Sign::Bad,
            _ => Sign::Good,
        };
        let how = format!("({}, {})", self.strength, self.source);
        cell.then(Span::Mark(sign, self.polarity))
            .with(Span::Text(self.message.clone()))
            .with(Span::Soft(how))
    }
}

/// Lays out the section on coverage.
pub(super) fn section(covered: &Part<Covered>) -> Section {
    let blocks = match covered {
        Part::Given(covered) => covered.blocks(),
        Part::Missing { text } => vec![Block::Missing((*text).to_owned())],
    };
    Section {
        id: "coverage",
        title: "What the evidence covers",
        blocks,
    }
}
