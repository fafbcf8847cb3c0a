use modelward_bom::ModelCard;
use modelward_bom::model::{ApproachKind, Considerations, ModelApproach, PerformanceMetric};
use serde::Serialize;

use crate::ModelEvidence;
use crate::dossier::block::{Block, Cell, Section, Table, Width};
use crate::dossier::part::{Part, Rows};

/// How many measured values are listed.
const METRICS: usize = 40;

/// Holds what the maker says of the model.
#[derive(Serialize)]
pub(super) struct Card {
    facts: Vec<Fact>,
    metrics: Rows<Metric>,
}

/// Holds the answers to one question of a model card; empty where nobody answers.
#[derive(Serialize)]
struct Fact {
    label: &'static str,
    values: Vec<String>,
}

#[derive(Serialize)]
struct Metric {
    kind: Option<String>,
    value: Option<String>,
    slice: Option<String>,
    interval: Option<String>,
}

impl Card {
    pub(super) fn of(evidence: &ModelEvidence<'_>) -> Part<Self> {
        let Some(bom) = evidence.bom() else {
            return Part::of(None, "not given: no ML-BOM, and so no model card");
        };
        let card = bom.model().and_then(|model| model.model_card());
        Part::of(
            card.map(Self::of_card),
            "not stated: the ML-BOM has no model card",
        )
    }

    fn of_card(card: &ModelCard) -> Self {
        let metrics = card.quantitative_analysis();
        let metrics = metrics.map_or(&[][..], |analysis| analysis.performance_metrics());
        let mut facts = parameters(card);
        facts.extend(considerations(card.considerations()));
        Self {
            facts,
            metrics: Rows::of(metrics, METRICS, Metric::of),
        }
    }

    fn blocks(&self) -> Vec<Block> {
        let facts = self.facts.iter();
        let facts = facts.map(|fact| (fact.label, Cell::lines(&fact.values)));
        let mut blocks = vec![Block::Facts(facts.collect())];
        if self.metrics.total() == 0 {
            blocks.push(Block::Missing("not stated: no measured values".to_owned()));
            return blocks;
        }
        let columns = [
            ("Measure", Width::Rest),
            ("Value", Width::Middle),
            ("Interval", Width::Middle),
            ("On", Width::Rest),
        ];
        let mut table = Table::new("metrics", "What the maker measured", &columns);
        for metric in self.metrics.shown() {
            table.row([
                metric
                    .kind
                    .as_ref()
                    .map_or_else(|| Cell::stated(None), Cell::strong),
                Cell::stated(metric.value.as_deref()),
                Cell::stated(metric.interval.as_deref()),
                Cell::stated(metric.slice.as_deref()),
            ]);
        }
        blocks.push(Block::Table(table));
        blocks.extend(self.metrics.rest().map(Block::note));
        blocks
    }
}

impl Metric {
    fn of(metric: &PerformanceMetric) -> Self {
        let owned = |text: Option<&str>| text.map(ToOwned::to_owned);
        let interval = metric.confidence_interval().map(|interval| {
            let bound = |bound: Option<&str>| bound.unwrap_or("?").to_owned();
            let (low, high) = (bound(interval.lower_bound()), bound(interval.upper_bound()));
            format!("{low} to {high}")
        });
        Self {
            kind: owned(metric.kind()),
            value: owned(metric.value()),
            slice: owned(metric.slice()),
            interval,
        }
    }
}

fn fact<'t>(label: &'static str, values: impl IntoIterator<Item = &'t str>) -> Fact {
    let values = values.into_iter().map(ToOwned::to_owned).collect();
    Fact { label, values }
}

fn parameters(card: &ModelCard) -> Vec<Fact> {
    let it = card.model_parameters();
    let approach = it
        .and_then(|it| it.approach())
        .and_then(ModelApproach::kind);
    let inputs = it.map_or(&[][..], |it| it.inputs()).iter();
    let outputs = it.map_or(&[][..], |it| it.outputs()).iter();
    vec![
        fact("Task", it.and_then(|it| it.task())),
        fact("Architecture", it.and_then(|it| it.model_architecture())),
        fact("Family", it.and_then(|it| it.architecture_family())),
        fact("Learned by", approach.map(ApproachKind::name)),
        fact("Inputs", inputs.filter_map(|input| input.format())),
        fact("Outputs", outputs.filter_map(|output| output.format())),
    ]
}

fn considerations(given: Option<&Considerations>) -> Vec<Fact> {
    let list = |pick: fn(&Considerations) -> &[String]| given.map_or(&[][..], pick);
    let strings = |texts: &[String]| texts.to_vec();
    let ethical = given.map_or(&[][..], |it| it.ethical_considerations());
    let fair = given.map_or(&[][..], |it| it.fairness_assessments());
    let ethical = ethical.iter().map(|risk| {
        let parts = [risk.name(), risk.mitigation_strategy()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" / ")
    });
    let fair = fair.iter().map(|it| {
        let parts = [it.group_at_risk(), it.harms(), it.mitigation_strategy()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" / ")
    });
    vec![
        Fact {
            label: "Meant for",
            values: strings(list(Considerations::use_cases)),
        },
        Fact {
            label: "Users",
            values: strings(list(Considerations::users)),
        },
        Fact {
            label: "Limits",
            values: strings(list(Considerations::technical_limitations)),
        },
        Fact {
            label: "Trade-offs",
            values: strings(list(Considerations::performance_tradeoffs)),
        },
        Fact {
            label: "Ethical risks",
            values: ethical.collect(),
        },
        Fact {
            label: "Fairness",
            values: fair.collect(),
        },
    ]
}

/// Lays out the section on the model card.
pub(super) fn section(card: &Part<Card>) -> Section {
    let blocks = match card {
        Part::Given(card) => {
            let mut blocks = card.blocks();
            blocks.push(Block::note(
                "This is what the maker states in the ML-BOM. Nobody has checked it here.",
            ));
            blocks
        }
        Part::Missing { text } => vec![Block::Missing((*text).to_owned())],
    };
    Section {
        id: "card",
        title: "Model card",
        blocks,
    }
}
