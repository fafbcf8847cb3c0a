use modelward_artifact::{Digest, Timestamp};
use modelward_incident::{Incident, Tlp};
use serde::Serialize;

use crate::dossier::block::{Block, Cell, Figure, Form, Section, Sign, Span, Table, Width};
use crate::dossier::part::{Part, Rows};
use crate::dossier::timeline::{self, Step};
use crate::dossier::words::{counted, title};
use crate::{ModelEvidence, supply_chain};

/// How many incidents are shown, and how many phases of each.
const INCIDENTS: usize = 12;
const PHASES: usize = 20;

/// Shows the incidents that touch the model.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Incidents {
    records: usize,
    open: usize,
    touching: Rows<Touching>,
    marked: Option<&'static str>,
    compared_with_parts: bool,
}

/// Describes one incident.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Touching {
    id: String,
    title: String,
    severity: &'static str,
    determination: &'static str,
    phase: &'static str,
    opened: Timestamp,
    last_change: Timestamp,
    is_open: bool,
    is_partial: bool,
    touches: String,
    phases: Vec<Entered>,
    phases_total: usize,
    orders: Vec<Order>,
}

/// States when an incident entered a phase, and why.
#[derive(Clone, Serialize)]
struct Entered {
    phase: &'static str,
    entered: Timestamp,
    reason: Option<String>,
}

/// States an order of quarantine.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Order {
    id: String,
    in_force: bool,
    targets: Vec<String>,
    reason: String,
}

impl Incidents {
    pub(super) fn of(evidence: &ModelEvidence<'_>, now: Timestamp) -> Part<Self> {
        let records = evidence.incidents();
        Part::of(
            records.map(|records| Self::of_records(evidence, records, now)),
            "not given: no incident records",
        )
    }

    fn of_records(evidence: &ModelEvidence<'_>, records: &[Incident], now: Timestamp) -> Self {
        let root: Digest = evidence.root();
        let touched = |incident| supply_chain::touched(incident, &root, evidence.lineage());
        let mut touching: Vec<_> = records
            .iter()
            .filter_map(|incident| Some((incident, touched(incident)?)))
            .collect();
        touching.sort_by_key(|(it, _)| (!it.is_open(), it.opened_at(), it.id().clone()));
        let markings = touching.iter().flat_map(|(incident, _)| markings(incident));
        Self {
            records: records.len(),
            open: touching.iter().filter(|(it, _)| it.is_open()).count(),
            marked: markings.max().map(Tlp::name),
            compared_with_parts: evidence.lineage().is_some(),
            touching: Rows::of(&touching, INCIDENTS, |(incident, touches)| {
                Touching::of(incident, touches, now)
            }),
        }
    }

    fn blocks(&self, now: Timestamp) -> Vec<Block> {
        let mut blocks = vec![Block::text(self.lead())];
        if !self.compared_with_parts {
            blocks.push(Block::Missing(
                "not compared: without a supply chain, incidents on parts of the model are not seen"
                    .to_owned(),
            ));
        }
        if let Some(marked) = self.marked {
            blocks.push(Block::note(format!(
                "The records are marked up to {marked}. Who passes this dossier on has to mind that."
            )));
        }
        for (at, incident) in self.touching.shown().iter().enumerate() {
            blocks.extend(incident.blocks(at, now));
        }
        blocks.extend(self.touching.rest().map(Block::note));
        blocks
    }

    fn lead(&self) -> String {
        let records = counted(self.records, "incident record");
        match self.touching.total() {
            0 => format!("Of {records}, none touches the model."),
            touching => {
                let verb = if touching == 1 { "touches" } else { "touch" };
                format!(
                    "Of {records}, {touching} {verb} the model, {} of them open.",
                    self.open
                )
            }
        }
    }
}

impl Touching {
    fn of(incident: &Incident, touches: &str, now: Timestamp) -> Self {
        let spans = incident.spans().iter().take(PHASES);
        let orders = incident.orders().values().map(|state| Order {
            id: state.order().id.to_string(),
            in_force: state.is_in_force(now),
            targets: state
                .order()
                .targets
                .iter()
                .map(ToString::to_string)
                .collect(),
            reason: state.order().reason.to_string(),
        });
        Self {
            id: incident.id().to_string(),
            title: incident.title().to_string(),
            severity: incident.severity().name(),
            determination: incident.determination().name(),
            phase: incident.phase().name(),
            opened: incident.opened_at(),
            last_change: incident.last_change(),
            is_open: incident.is_open(),
            is_partial: incident.is_partial(),
            touches: touches.to_owned(),
            phases: spans
                .map(|span| Entered {
                    phase: span.phase.name(),
                    entered: span.entered,
                    reason: span.reason.as_ref().map(ToString::to_string),
                })
                .collect(),
            phases_total: incident.spans().len(),
            orders: orders.collect(),
        }
    }

    fn blocks(&self, at: usize, now: Timestamp) -> Vec<Block> {
        let mut blocks = vec![
            Block::Heading(format!("{}: {}", self.id, self.title)),
            self.facts(),
            self.figure(at, now),
            Block::Table(self.table(at)),
        ];
        if self.phases_total > self.phases.len() {
            blocks.push(Block::note(format!(
                "The first {} of {} changes of phase are shown.",
                self.phases.len(),
                self.phases_total
            )));
        }
        blocks
    }

    fn facts(&self) -> Block {
        let state = match (self.is_open, self.is_partial) {
            (true, _) => Cell::chip(Sign::Bad, "open"),
            (false, true) => Cell::chip(Sign::Unknown, "closed as far as is known"),
            (false, false) => Cell::chip(Sign::Plain, "closed"),
        };
        let mut facts = vec![
            (
                "State",
                state.with(Span::Text(format!("in the phase {}", self.phase))),
            ),
            ("Severity", Cell::text(title(self.severity))),
            ("Determination", Cell::text(title(self.determination))),
            ("Touches", Cell::text(&self.touches)),
        ];
        for order in &self.orders {
            let (sign, word) = if order.in_force {
                (Sign::Bad, "in force")
            } else {
                (Sign::Plain, "not in force")
            };
            let cell = Cell::chip(sign, word).with(Span::Text(order.reason.clone()));
            let targets = order.targets.iter();
            let cell = targets.fold(cell, |cell, target| cell.then(Span::Code(target.clone())));
            facts.push(("Quarantine", cell));
        }
        Block::Facts(facts)
    }

    fn figure(&self, at: usize, now: Timestamp) -> Block {
        let steps: Vec<_> = self
            .phases
            .iter()
            .map(|span| Step {
                phase: span.phase,
                began: span.entered,
            })
            .collect();
        let end = if self.is_open { now } else { self.last_change };
        let name = format!("Phases of {}", self.id);
        Block::Figure(Figure {
            id: format!("incident-{}", at + 1),
            caption: format!("{name}, from {} to {end}", self.opened),
            html: timeline::draw(&(at + 1).to_string(), &name, &steps, end),
            form: Form::Whole,
            instead: Vec::new(),
        })
    }

    fn table(&self, at: usize) -> Table {
        let columns = [
            ("Phase", Width::Middle),
            ("Entered", Width::Time),
            ("Why", Width::Rest),
        ];
        let caption = format!("Phases of {}, the first first", self.id);
        let mut table = Table::new(format!("phases-{}", at + 1), caption, &columns);
        for span in &self.phases {
            let phase = format!("{} {}", timeline::rank(span.phase), title(span.phase));
            table.row([
                Cell::strong(phase),
                Cell::text(span.entered.to_string()),
                span.reason
                    .as_ref()
                    .map_or_else(|| Cell::text("It was opened."), Cell::text),
            ]);
        }
        table
    }
}

/// Returns how far each event of an incident, and each field of it, may be passed on.
fn markings(incident: &Incident) -> impl Iterator<Item = Tlp> {
    let events = incident.timeline().iter();
    events.flat_map(|event| {
        [event.tlp()]
            .into_iter()
            .chain(event.fields().values().copied())
    })
}

/// Lays out the section on incidents.
pub(super) fn section(incidents: &Part<Incidents>, now: Timestamp) -> Section {
    let blocks = match incidents {
        Part::Given(incidents) => incidents.blocks(now),
        Part::Missing { text } => vec![
            Block::Missing((*text).to_owned()),
            Block::text("Whether something has happened to this model is not known."),
        ],
    };
    Section {
        id: "incidents",
        title: "Incidents",
        blocks,
    }
}
