use crate::report::risks::map;
use crate::report::state::State;
use crate::{Assessment, Attainment, AxisLevel, RiskRegister, Standing, Subcategory, ToolEvidence};

/// Says what the report's words, levels and limits mean.
pub(super) struct Legend {
    pub(super) tools: Vec<ToolRow>,
    pub(super) scale: String,
    pub(super) levels: Vec<LevelRow>,
    /// Empty without a register.
    pub(super) axes: Vec<AxisRow>,
    /// Empty without a register.
    pub(super) risk_levels: Vec<RiskLevelRow>,
    pub(super) glossary: &'static [(&'static str, &'static str)],
}

/// Says of how many outcomes tools can show how much.
pub(super) struct ToolRow {
    pub(super) label: &'static str,
    pub(super) meaning: &'static str,
    pub(super) count: usize,
    pub(super) met: usize,
    pub(super) outcomes: Vec<Subcategory>,
}

/// Describes a level of the rating scale.
pub(super) struct LevelRow {
    pub(super) label: String,
    pub(super) reached: &'static str,
    pub(super) criterion: String,
}

/// Describes a level of likelihood or impact.
pub(super) struct AxisRow {
    pub(super) axis: &'static str,
    pub(super) label: String,
    pub(super) criterion: String,
}

/// Describes a level of risk.
pub(super) struct RiskLevelRow {
    pub(super) label: String,
    pub(super) step: usize,
    pub(super) standing: &'static str,
}

impl Legend {
    pub(super) fn of(assessment: &Assessment, register: Option<&RiskRegister>) -> Self {
        let levels = assessment.scale().levels().iter();
        let levels = levels.map(|level| LevelRow {
            label: level.label().to_string(),
            reached: reached(level.attainment()),
            criterion: level.criterion().to_string(),
        });
        Self {
            tools: ToolEvidence::ALL
                .map(|tools| ToolRow::of(assessment, tools))
                .into(),
            scale: assessment.scale().to_string(),
            levels: levels.collect(),
            axes: register.map_or_else(Vec::new, axes),
            risk_levels: register.map_or_else(Vec::new, risk_levels),
            glossary: GLOSSARY,
        }
    }
}

impl ToolRow {
    fn of(assessment: &Assessment, tools: ToolEvidence) -> Self {
        let outcomes = Subcategory::ALL.into_iter();
        let outcomes: Vec<_> = outcomes
            .filter(|outcome| outcome.tool_evidence() == tools)
            .collect();
        let is_met =
            |outcome: &&Subcategory| matches!(State::of(assessment, **outcome), State::Met);
        let (label, meaning) = match tools {
            ToolEvidence::Direct => (
                "Direct",
                "A fact that a machine can check bears on the outcome itself.",
            ),
            ToolEvidence::Supporting => (
                "Supporting",
                "Such a fact bears on a part of the outcome, or shows that a record exists.",
            ),
            ToolEvidence::None => (
                "None",
                "The outcome is of people and the organization; no tool shows any of it.",
            ),
        };
        Self {
            label,
            meaning,
            count: outcomes.len(),
            met: outcomes.iter().filter(is_met).count(),
            outcomes,
        }
    }
}

const fn reached(attainment: Attainment) -> &'static str {
    match attainment {
        Attainment::NotMet => State::NotMet.label(),
        Attainment::PartiallyMet => State::PartiallyMet.label(),
        Attainment::Met => State::Met.label(),
    }
}

fn axes(register: &RiskRegister) -> Vec<AxisRow> {
    let row = |axis| {
        move |level: &AxisLevel| AxisRow {
            axis,
            label: level.label().to_string(),
            criterion: level.criterion().to_string(),
        }
    };
    let matrix = register.matrix();
    let likelihood = matrix.likelihood().iter().map(row("Likelihood"));
    let impact = matrix.impact().iter().map(row("Impact"));
    likelihood.chain(impact).collect()
}

fn risk_levels(register: &RiskRegister) -> Vec<RiskLevelRow> {
    let levels = register.matrix().levels().iter();
    let rows = levels.map(|level| RiskLevelRow {
        label: level.label().to_string(),
        step: map::step(register, level),
        standing: match map::standing(register, level) {
            Standing::WithinAppetite => "Within the appetite: it is simply carried.",
            Standing::WithinTolerance => "Within the tolerance: it may be carried with a reason.",
            Standing::AboveTolerance => "Above the tolerance: it may not be carried.",
        },
    });
    rows.collect()
}

/// Explains the words that a reader who is new to the field may not know.
static GLOSSARY: &[(&str, &str)] = &[
    (
        "Acceptance",
        "The decision of somebody named to carry a risk until a day, with a reason.",
    ),
    (
        "AI RMF",
        "The AI Risk Management Framework of NIST, version 1.0 of 2023, which is voluntary.",
    ),
    (
        "Appetite",
        "The highest level of risk that the organization simply carries.",
    ),
    (
        "Current rating",
        "How likely a risk is and how much it would matter as things are now.",
    ),
    (
        "Digest",
        "A number computed from bytes; other bytes have another digest.",
    ),
    (
        "Evidence",
        "What a rating rests on, with its source, its method and its age.",
    ),
    (
        "Function",
        "One of the four parts of the framework: GOVERN, MAP, MEASURE and MANAGE.",
    ),
    (
        "Inherent rating",
        "How likely a risk would be, and how much it would matter, with nothing done.",
    ),
    (
        "ML-BOM",
        "The list of what a machine-learning system is made of: models, data, software.",
    ),
    (
        "Outcome",
        "What one of the 72 subcategories of the framework asks for.",
    ),
    (
        "Residual rating",
        "What is expected to remain of a risk when its treatment is done.",
    ),
    (
        "Risk",
        "What may happen and would matter: a threat where unwanted, an opportunity where wanted.",
    ),
    (
        "Seal",
        "The digest of the whole document. Once signed, it shows that nothing was changed.",
    ),
    (
        "Target profile",
        "Which level each outcome shall reach, and by when.",
    ),
    (
        "Tolerance",
        "The highest level of risk that the organization carries with a reason.",
    ),
    (
        "Treatment",
        "What is done about a risk: mitigate, transfer, avoid, accept or pursue.",
    ),
];
