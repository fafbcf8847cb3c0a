use modelward_bom::MlBom;
use modelward_graph::vex::VexStatement;
use modelward_graph::{NodeRef, Reached};
use serde::Serialize;

use crate::dossier::block::{Block, Cell, Section, Sign, Span, Table, Width};
use crate::dossier::part::{Part, Rows};
use crate::dossier::words::{capital, title};
use crate::policy::gather_chain::not_evaluated;
use crate::{Lineage, ModelEvidence, PickleState};

/// How many findings of a group are listed.
const FINDINGS: usize = 60;

/// Lists what scans and advisories say.
#[derive(Serialize)]
pub(super) struct Findings {
    groups: Vec<Group>,
}

/// Lists the findings of one kind.
#[derive(Serialize)]
struct Group {
    id: &'static str,
    title: &'static str,
    #[serde(skip)]
    label: &'static str,
    #[serde(skip)]
    none: &'static str,
    found: Part<Found>,
}

#[derive(Serialize)]
struct Found {
    open: usize,
    rows: Rows<Hit>,
}

/// States one finding.
#[derive(Clone, Serialize)]
struct Hit {
    #[serde(skip)]
    sign: Sign,
    state: String,
    subject: String,
    message: String,
    id: Option<String>,
}

impl Findings {
    pub(super) fn of(evidence: &ModelEvidence<'_>) -> Self {
        let groups = vec![
            Group {
                id: "affected",
                title: "Parts that are known to be affected",
                label: "Affected assets",
                none: "None of the parts is on the list of affected assets.",
                found: affected(evidence),
            },
            Group {
                id: "advisories",
                title: "Advisories, and what VEX says of them",
                label: "Advisories",
                none: "No advisory matches a part of the model.",
                found: advisories(evidence),
            },
            Group {
                id: "unseen",
                title: "What was not looked up among advisories",
                label: "Lookup of advisories",
                none: "All that the model needs and that advisories tell of was looked up.",
                found: unseen(evidence),
            },
            Group {
                id: "pickles",
                title: "Files that can run code (pickles)",
                label: "Pickles",
                none: "The model has no pickle.",
                found: Part::of(
                    evidence.pickles().map(|_| Found::of(pickles(evidence))),
                    "not given: no pickle was scanned",
                ),
            },
            Group {
                id: "unknowns",
                title: "What the ML-BOM does not say",
                label: "ML-BOM",
                none: "The ML-BOM leaves nothing open that modelward asks for.",
                found: Part::of(
                    evidence.bom().map(|_| Found::of(unknowns(evidence))),
                    "not given: no ML-BOM",
                ),
            },
        ];
        Self { groups }
    }

    /// Names the groups that nobody gave anything for.
    pub(super) fn missing(
        &self,
    ) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
        let groups = self.groups.iter().filter(|group| group.id != "unknowns");
        groups.filter_map(|group| Some((group.label, group.found.missing()?, "findings")))
    }

    pub(super) fn section(&self) -> Section {
        let mut blocks = Vec::new();
        for group in &self.groups {
            blocks.push(Block::Heading(group.title.to_owned()));
            match &group.found {
                Part::Missing { text } => blocks.push(Block::Missing((*text).to_owned())),
                Part::Given(found) if found.rows.total() == 0 => {
                    blocks.push(Block::text(group.none));
                }
                Part::Given(found) => blocks.extend(group.blocks(found)),
            }
        }
        Section {
            id: "findings",
            title: "Findings",
            blocks,
        }
    }
}

impl Group {
    fn blocks(&self, found: &Found) -> Vec<Block> {
        let columns = [
            ("Part", Width::Rest),
            ("State", Width::Middle),
            ("What", Width::Rest),
        ];
        let caption = format!("{}: {}", self.title, found.rows.total());
        let mut table = Table::new(self.id, caption, &columns);
        for row in found.rows.shown() {
            let what = Cell::text(&row.message);
            table.row([
                Cell::strong(&row.subject),
                Cell::chip(row.sign, &row.state),
                row.id
                    .iter()
                    .fold(what, |cell, id| cell.then(Span::Code(id.clone()))),
            ]);
        }
        let mut blocks = vec![Block::Table(table)];
        blocks.extend(found.rows.rest().map(Block::note));
        blocks
    }
}

impl Found {
    fn of(mut rows: Vec<Hit>) -> Self {
        // What is open first, each list in its own order.
        rows.sort_by_key(|row| row.sign != Sign::Bad);
        Self {
            open: rows.iter().filter(|row| row.sign == Sign::Bad).count(),
            rows: Rows::of(&rows, FINDINGS, Hit::clone),
        }
    }
}

fn affected(evidence: &ModelEvidence<'_>) -> Part<Found> {
    let Some(affected) = evidence.affected() else {
        return Part::of(None, "not given: no list of affected assets");
    };
    let Some(lineage) = evidence.lineage() else {
        return Part::of(
            None,
            "not compared: the list of affected assets is at hand, the supply chain is not",
        );
    };
    let rows = affected.iter().flat_map(|(asset, reason)| {
        let nodes = lineage.matching(asset).into_iter();
        nodes.map(move |node| {
            let path = lineage
                .graph()
                .path(lineage.model(), node.id())
                .ok()
                .flatten();
            Hit {
                sign: Sign::Bad,
                state: "affected".to_owned(),
                subject: node.id().to_owned(),
                message: path.map_or_else(
                    || reason.to_owned(),
                    |path| format!("{reason}. The way to it: {path}"),
                ),
                id: None,
            }
        })
    });
    Part::of(Some(Found::of(rows.collect())), "")
}

/// Lists what advisories say; missing where the model was not among what they were judged for.
fn advisories(evidence: &ModelEvidence<'_>) -> Part<Found> {
    let Some(triage) = evidence.advisories() else {
        return Part::of(None, "not given: no advisories were looked at");
    };
    let root = evidence.root();
    let is_model = |node: NodeRef<'_>| {
        let named = evidence.lineage().map(Lineage::model);
        named.is_some_and(|it| it.as_str() == node.id()) || node.digests().contains(&root)
    };
    let mut roots = triage.impact().roots();
    let Some(model) = roots.find(|node| is_model(*node)) else {
        return Part::of(
            None,
            "not judged: this model was not among those that the advisories were judged for",
        );
    };
    let is_ours = |hit: &Reached<'_>| hit.root().id() == model.id();
    let open = triage.open().filter(is_ours).map(open_hit);
    let cleared = triage.suppressed().filter(|it| is_ours(&it.reached()));
    let cleared = cleared.map(|it| {
        let finding = it.reached().finding();
        let said: Vec<_> = it.statements().map(statement).collect();
        Hit {
            sign: Sign::Good,
            state: "cleared by VEX".to_owned(),
            subject: finding.node().to_string(),
            message: said.join("; "),
            id: Some(finding.id().to_owned()),
        }
    });
    let remarks = triage.remarks().map(|(finding, _, said)| Hit {
        sign: Sign::Warning,
        state: "remark of VEX".to_owned(),
        subject: finding.node().to_string(),
        message: statement(said),
        id: Some(finding.id().to_owned()),
    });
    Part::Given(Found::of(open.chain(cleared).chain(remarks).collect()))
}

fn open_hit(hit: Reached<'_>) -> Hit {
    let finding = hit.finding();
    let severity = finding.severity().unwrap_or("not stated");
    let path = hit.path().filter(|_| !hit.is_direct());
    let path = path.map_or_else(String::new, |path| format!(". The way to it: {path}"));
    let doubt = finding.doubt();
    let doubt = doubt.map_or_else(String::new, |doubt| format!(". Not certain: {doubt}"));
    let class = capital(finding.class().name());
    Hit {
        sign: Sign::Bad,
        state: "open".to_owned(),
        subject: finding.node().to_string(),
        message: format!("{class}, severity {severity}{doubt}{path}"),
        id: Some(finding.id().to_owned()),
    }
}

/// Lists what nobody looked up among advisories, which is not the same as being free of them.
fn unseen(evidence: &ModelEvidence<'_>) -> Part<Found> {
    let root = evidence.root();
    let exposures = evidence.exposures();
    let missed = exposures.and_then(|it| not_evaluated(it, &root, evidence.lineage()));
    let rows = missed.map(|missed| {
        let rows = missed.into_iter().map(|fact| Hit {
            sign: Sign::Unknown,
            state: "not looked up".to_owned(),
            subject: fact.component,
            message: capital(&fact.reason),
            id: None,
        });
        Found::of(rows.collect())
    });
    Part::of(
        rows,
        "not given: what of the model was looked up among advisories",
    )
}

fn statement(statement: &VexStatement) -> String {
    let detail = statement.detail();
    let detail = detail.map_or_else(String::new, |detail| format!(" ({detail})"));
    format!("{}{detail}", statement.status().name())
}

fn pickles(evidence: &ModelEvidence<'_>) -> Vec<Hit> {
    let pickles = evidence.pickles().unwrap_or_default().iter();
    let mut rows: Vec<_> = pickles
        .map(|pickle| {
            let (sign, state, message) = match pickle.state {
                PickleState::Safe => (Sign::Good, "safe", "It runs nothing that it should not."),
                PickleState::Suspicious => (
                    Sign::Warning,
                    "suspicious",
                    "It runs what may be harmless. Somebody has to look.",
                ),
                PickleState::NotScanned => (
                    Sign::Unknown,
                    "not scanned",
                    "It was not scanned, or not as a whole.",
                ),
                PickleState::Unsafe => (Sign::Bad, "unsafe", "It runs what it must not."),
            };
            Hit {
                sign,
                state: state.to_owned(),
                subject: pickle.path.clone(),
                message: message.to_owned(),
                id: None,
            }
        })
        .collect();
    rows.sort_by(|a, b| a.subject.cmp(&b.subject));
    rows
}

fn unknowns(evidence: &ModelEvidence<'_>) -> Vec<Hit> {
    let unknowns = evidence.bom().map_or_else(Vec::new, MlBom::unknowns);
    let rows = unknowns.into_iter().map(|finding| Hit {
        sign: Sign::Unknown,
        state: "not stated".to_owned(),
        subject: title(finding.subject().unwrap_or("the document")),
        message: finding.message().to_owned(),
        id: Some(finding.code().to_owned()),
    });
    rows.collect()
}
