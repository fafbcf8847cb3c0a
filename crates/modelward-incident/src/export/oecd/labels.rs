use crate::OecdCriterion;

/// Returns what a criterion asks for, in our own words.
#[must_use]
pub const fn label(criterion: OecdCriterion) -> &'static str {
    match criterion.number() {
        1 => "Title",
        2 => "What happened",
        3 => "Part that the AI system had in it",
        4 => "Who submits this",
        5 => "First known occurrence",
        6 => "Countries",
        7 => "Supporting material",
        8 => "System and version",
        9 => "Developers and deployers",
        10 => "Severity",
        11 => "Kind of harm",
        12 => "Amount of harm",
        13 => "Wrongful or unintended use",
        14 => "Who is affected",
        15 => "Effect on human rights",
        16 => "AI Principles concerned",
        17 => "Industries",
        18 => "Business functions",
        19 => "Critical functions and infrastructure",
        20 => "How widely the system is deployed",
        21 => "Where the training data are",
        22 => "Where the model is",
        23 => "Rights of use",
        24 => "Interplay of several AI systems",
        25 => "Tasks of the system",
        26 => "Highest level of autonomy",
        27 => "What was done about it",
        28 => "How to reproduce it",
        _ => "Anything else",
    }
}

/// Returns the dimension of the framework that a criterion belongs to.
#[must_use]
pub const fn dimension(criterion: OecdCriterion) -> &'static str {
    match criterion.number() {
        1..=9 => "Incident metadata",
        10..=13 => "Harm details",
        14..=16 => "People and planet",
        17..=20 => "Economic context",
        21 => "Data and input",
        22..=24 => "AI model",
        25..=26 => "Task and output",
        _ => "Other information",
    }
}
