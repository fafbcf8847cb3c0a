pub(crate) mod map;
pub(super) mod treatment;

use std::cmp::Reverse;

use modelward_artifact::Timestamp;

use crate::report::risks::map::RiskMap;
use crate::report::risks::treatment::TreatmentView;
use crate::report::words::{Deadline, anchor, capital, capital_first, counted, listed, natural};
use crate::{
    AcceptanceState, Basis, Due, Party, Risk, RiskKind, RiskLevel, RiskRegister, Subcategory,
};

/// How many risks stand in the table of the worst ones.
const SHOWN: usize = 12;

/// Within how many days something is due that is listed.
const SOON_DAYS: u32 = 30;

/// Shows a register.
pub(super) struct Risks {
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) maps: Vec<RiskMap>,
    /// Empty where there are no opportunities.
    pub(super) opportunities: String,
    /// The worst threats that are not closed.
    pub(super) top: Vec<RiskRow>,
    pub(super) top_note: String,
    pub(super) due: Vec<DueRow>,
    pub(super) soon_days: u32,
    pub(super) all: Vec<RiskRow>,
    pub(super) above_tolerance: usize,
    /// How many acceptances of risks that are not closed have expired or are revoked.
    pub(super) lapsed: usize,
}

/// Describes one risk.
pub(super) struct RiskRow {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) status: String,
    pub(super) cause: String,
    pub(super) event: String,
    pub(super) consequence: String,
    pub(super) inherent: LevelView,
    pub(super) current: LevelView,
    pub(super) residual: LevelView,
    pub(super) treatment: TreatmentView,
    pub(super) owner: String,
    pub(super) review: Deadline,
    pub(super) outcomes: Vec<(Subcategory, String)>,
    /// What else it is linked to, a line each.
    pub(super) links: Vec<String>,
}

/// Names a level of risk, and how dark it is shown, from 0 to 4.
pub(super) struct LevelView {
    pub(super) label: String,
    pub(super) step: usize,
    /// What makes it, or empty where there is no rating.
    pub(super) rating: String,
}

/// Says what is due, when, and for which risk.
pub(super) struct DueRow {
    pub(super) day: Deadline,
    pub(super) item: String,
    pub(super) risk: String,
}

impl Risks {
    pub(super) fn of(register: &RiskRegister, now: Timestamp) -> Self {
        let mut all: Vec<_> = register.risks().collect();
        all.sort_by_cached_key(|risk| natural(risk.id().as_str()));
        let is_open = |risk: &&&Risk| !risk.status().is_closed();
        let open = all.iter().filter(is_open).copied();
        let mut top: Vec<_> = open
            .clone()
            .filter(|it| it.kind() == RiskKind::Threat)
            .collect();
        top.sort_by_cached_key(|risk| Reverse(severity(register, risk)));
        let threats = top.len();
        top.truncate(SHOWN);
        let row = |risk: &Risk| RiskRow::of(register, risk, now);
        let due = register.due(now, SOON_DAYS);
        Self {
            title: register.title().to_string(),
            lead: lead(register),
            maps: [Basis::Current, Basis::Residual]
                .map(|basis| RiskMap::of(register, basis))
                .into(),
            opportunities: opportunities(register),
            top_note: top_note(top.len(), threats),
            top: top.into_iter().map(row).collect(),
            due: due.iter().map(|due| DueRow::of(due, now)).collect(),
            soon_days: SOON_DAYS,
            lapsed: open.filter(|risk| has_lapsed(risk, now)).count(),
            above_tolerance: register.above_tolerance(Basis::Current).count(),
            all: all.into_iter().map(row).collect(),
        }
    }
}

impl RiskRow {
    fn of(register: &RiskRegister, risk: &Risk, now: Timestamp) -> Self {
        let statement = risk.statement();
        let level = |basis| LevelView::of(register, risk, basis);
        let review = risk.review_by().map(|day| Deadline::due(day, now));
        let outcomes = risk.subcategories().iter();
        Self {
            id: risk.id().to_string(),
            kind: capital(risk.kind().name()),
            status: capital(risk.status().name()),
            cause: statement.cause().to_string(),
            event: statement.event().to_string(),
            consequence: statement.consequence().to_string(),
            inherent: level(Basis::Inherent),
            current: level(Basis::Current),
            residual: level(Basis::Residual),
            treatment: TreatmentView::of(risk.treatment(), now),
            owner: risk
                .owner()
                .map_or_else(|| "Nobody".to_owned(), Party::to_string),
            review: review.unwrap_or_else(Deadline::none),
            outcomes: outcomes.map(|id| (*id, anchor(*id))).collect(),
            links: links(risk),
        }
    }
}

impl LevelView {
    pub(super) fn of(register: &RiskRegister, risk: &Risk, basis: Basis) -> Self {
        let found = risk.rating(basis).zip(register.level(risk, basis));
        let Some((rating, level)) = found else {
            return Self {
                label: "Not rated".to_owned(),
                step: 0,
                rating: String::new(),
            };
        };
        let matrix = register.matrix();
        let position = matrix.position(rating);
        let labels = position.map(|(likelihood, impact)| {
            let likelihood = matrix.likelihood()[likelihood].label();
            let impact = matrix.impact()[impact].label();
            format!("{likelihood} × {impact}")
        });
        Self {
            label: level.label().to_string(),
            step: map::step(register, level),
            rating: labels.unwrap_or_default(),
        }
    }
}

impl DueRow {
    fn of(due: &Due, now: Timestamp) -> Self {
        Self {
            day: Deadline::due(due.on(), now),
            item: capital_first(&due.item().to_string()),
            risk: due.risk().to_string(),
        }
    }
}

fn lead(register: &RiskRegister) -> String {
    let aggregate = register.aggregate(Basis::Current);
    let (threats, opportunities) = (aggregate.threats(), aggregate.opportunities());
    let matrix = register.matrix();
    let opportunities = match opportunities.total() {
        1 => "1 opportunity".to_owned(),
        total => format!("{total} opportunities"),
    };
    format!(
        "The register of {} holds {} and {opportunities}, rated by the matrix {matrix}. Appetite: \
         {}. Tolerance: {}.",
        register.owner(),
        counted(threats.total(), "threat"),
        matrix.appetite().label(),
        matrix.tolerance().label(),
    )
}

fn opportunities(register: &RiskRegister) -> String {
    let aggregate = register.aggregate(Basis::Current);
    let tally = aggregate.opportunities();
    if tally.total() == 0 {
        return String::new();
    }
    let level = |(level, count): &(RiskLevel, usize)| format!("{count} {}", level.label());
    let levels = tally.levels().iter().filter(|(_, count)| *count > 0);
    let mut parts: Vec<_> = levels.rev().map(level).collect();
    if tally.closed() > 0 {
        parts.push(format!("{} closed", tally.closed()));
    }
    format!(
        "Opportunities stand in no map, since more of them is better: {} by current rating.",
        listed(&parts)
    )
}

fn top_note(shown: usize, threats: usize) -> String {
    match threats {
        0 => "No threat is open.".to_owned(),
        _ if shown == threats => "All open threats, the worst by current rating first.".to_owned(),
        _ => format!(
            "The worst {shown} of {threats} open threats by current rating; the table of all risks \
             has the others."
        ),
    }
}

/// Orders by level, then by the place in the matrix.
fn severity(register: &RiskRegister, risk: &Risk) -> (Option<usize>, usize) {
    let matrix = register.matrix();
    let level = register.level(risk, Basis::Current);
    let (likelihood, impact) = matrix.position(risk.current()).unwrap_or_default();
    let ordinal = level.and_then(|level| matrix.ordinal(level.name()));
    (ordinal, likelihood + impact)
}

fn has_lapsed(risk: &Risk, now: Timestamp) -> bool {
    let state = risk.treatment().acceptance().map(|it| it.state(now));
    matches!(
        state,
        Some(AcceptanceState::Expired | AcceptanceState::Revoked)
    )
}

fn links(risk: &Risk) -> Vec<String> {
    let assets = risk.assets().iter().map(|it| format!("Asset {it}"));
    let incidents = risk.incidents().iter().map(|it| format!("Incident {it}"));
    let techniques = risk.techniques().iter();
    let techniques = techniques.map(|it| format!("ATLAS {it}"));
    let others = risk.taxonomy().iter().map(ToString::to_string);
    let links = assets.chain(incidents).chain(techniques);
    links.chain(others).collect()
}
