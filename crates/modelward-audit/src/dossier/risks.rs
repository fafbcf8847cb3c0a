use std::cmp::Reverse;

use modelward_artifact::{Digest, Timestamp};
use modelward_rmf::{
    AcceptanceState, Basis, Risk, RiskKind, RiskMap, RiskRating, RiskRegister, Standing,
};
use serde::Serialize;

use crate::ModelEvidence;
use crate::dossier::block::{Block, Cell, Figure, Form, Section, Sign, Span, Table, Width};
use crate::dossier::part::{Part, Rows};
use crate::dossier::words::title;

/// How many of the worst threats are listed.
const WORST: usize = 15;

/// Shows the risk register.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Risks {
    title: String,
    owner: String,
    /// The seal of the document.
    pub(super) digest: Digest,
    open: usize,
    above_tolerance: usize,
    maps: Vec<RiskMap>,
    worst: Rows<Row>,
}

/// Describes a threat that is not closed.
#[derive(Clone, Serialize)]
struct Row {
    id: String,
    event: String,
    consequence: String,
    current: Level,
    residual: Option<Level>,
    treatment: String,
    note: Option<String>,
    owner: Option<String>,
}

#[derive(Clone, Serialize)]
struct Level {
    label: String,
    #[serde(skip)]
    sign: Sign,
}

impl Risks {
    pub(super) fn of(evidence: &ModelEvidence<'_>, now: Timestamp) -> Part<Self> {
        let register = evidence.register();
        Part::of(
            register.map(|register| Self::of_register(register, now)),
            "not given: no risk register",
        )
    }

    fn of_register(register: &RiskRegister, now: Timestamp) -> Self {
        let open = register.risks();
        let open = open.filter(|it| it.kind() == RiskKind::Threat && !it.status().is_closed());
        let mut open: Vec<_> = open.collect();
        let weight = |rating: Option<&RiskRating>| {
            let level = rating.and_then(|rating| register.matrix().level_of(rating));
            level.and_then(|level| register.matrix().ordinal(level.name()))
        };
        open.sort_by_cached_key(|risk| {
            let (current, residual) = (Some(risk.current()), risk.residual());
            (
                Reverse((weight(current), weight(residual))),
                risk.id().clone(),
            )
        });
        Self {
            title: register.title().to_string(),
            owner: register.owner().to_string(),
            digest: register.digest(),
            open: open.len(),
            above_tolerance: register.above_tolerance(Basis::Current).count(),
            maps: [Basis::Current, Basis::Residual]
                .map(|basis| RiskMap::of(register, basis))
                .into(),
            worst: Rows::of(&open, WORST, |risk| Row::of(register, risk, now)),
        }
    }

    fn blocks(&self) -> Vec<Block> {
        let above = match self.above_tolerance {
            0 => Cell::chip(Sign::Good, "none above the tolerance"),
            count => Cell::chip(Sign::Bad, format!("{count} above the tolerance")),
        };
        let mut blocks = vec![Block::Facts(vec![
            ("Register", Cell::text(&self.title)),
            ("Owner", Cell::text(&self.owner)),
            ("Open threats", Cell::text(self.open.to_string())),
            ("By current rating", above),
        ])];
        blocks.extend(self.maps.iter().map(map));
        if self.worst.total() == 0 {
            blocks.push(Block::text("No threat of the register is open."));
            return blocks;
        }
        let columns = [
            ("Risk", Width::Small),
            ("What may happen", Width::Rest),
            ("Current", Width::Middle),
            ("Residual", Width::Middle),
            ("Treatment", Width::Middle),
            ("Owner", Width::Middle),
        ];
        let mut table = Table::new("worst-risks", "Open threats, the worst first", &columns);
        for row in self.worst.shown() {
            table.row(row.cells());
        }
        blocks.push(Block::Table(table));
        blocks.extend(self.worst.rest().map(Block::note));
        blocks
    }
}

impl Row {
    fn of(register: &RiskRegister, risk: &Risk, now: Timestamp) -> Self {
        let acceptance = risk.treatment().acceptance();
        let note = acceptance.map(|it| match it.state(now) {
            AcceptanceState::Valid => format!("accepted until {}", it.expires()),
            AcceptanceState::Revoked => "the acceptance is revoked".to_owned(),
            _ => format!(
                "the acceptance does not count; its last day is {}",
                it.expires()
            ),
        });
        Self {
            id: risk.id().to_string(),
            event: risk.statement().event().to_string(),
            consequence: risk.statement().consequence().to_string(),
            current: Level::of(register, risk.current()),
            residual: risk.residual().map(|rating| Level::of(register, rating)),
            treatment: title(risk.treatment().kind()),
            note,
            owner: risk.owner().map(ToString::to_string),
        }
    }

    fn cells(&self) -> [Cell; 6] {
        let treatment = Cell::text(&self.treatment);
        let residual = self.residual.as_ref();
        [
            Cell::strong(&self.id),
            Cell::text(&self.event).soft(&self.consequence),
            Cell::chip(self.current.sign, &self.current.label),
            residual.map_or_else(|| Cell::stated(None), |it| Cell::chip(it.sign, &it.label)),
            self.note
                .iter()
                .fold(treatment, |cell, note| cell.then(Span::Soft(note.clone()))),
            Cell::stated(self.owner.as_deref()),
        ]
    }
}

impl Level {
    fn of(register: &RiskRegister, rating: &RiskRating) -> Self {
        let level = register.matrix().level_of(rating);
        Self {
            label: level.map_or_else(|| "not rated".to_owned(), |it| it.label().to_string()),
            sign: match register.matrix().standing(rating) {
                Some(Standing::WithinAppetite) => Sign::Good,
                Some(Standing::WithinTolerance) => Sign::Warning,
                Some(Standing::AboveTolerance) => Sign::Bad,
                None => Sign::Unknown,
            },
        }
    }
}

fn map(map: &RiskMap) -> Block {
    let basis = map.caption().to_lowercase();
    let header = [Cell::text("Likelihood, by impact rising to the right")];
    let impact = map.columns().iter().map(Cell::text);
    let mut rows = vec![header.into_iter().chain(impact).collect::<Vec<_>>()];
    rows.extend(map.rows().map(|(label, cells)| {
        let label = [Cell::strong(label)];
        label
            .into_iter()
            .chain(cells.into_iter().map(Cell::text))
            .collect()
    }));
    Block::Figure(Figure {
        id: basis.replace(' ', "-"),
        caption: format!("Heat map: {basis}"),
        html: map.to_html(),
        form: Form::Half,
        instead: vec![
            Block::Grid(rows),
            Block::text(format!(
                "{} Cells with ! lie above the tolerance.",
                map.note()
            )),
        ],
    })
}

/// Lays out the section on risks.
pub(super) fn section(risks: &Part<Risks>) -> Section {
    let blocks = match risks {
        Part::Given(risks) => risks.blocks(),
        Part::Missing { text } => vec![
            Block::Missing((*text).to_owned()),
            Block::text("So nothing is said about risks, which does not mean that there are none."),
        ],
    };
    Section {
        id: "risks",
        title: "Risks",
        blocks,
    }
}
