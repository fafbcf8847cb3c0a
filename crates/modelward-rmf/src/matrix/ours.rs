use crate::{RiskMatrix, RiskMatrixBuilder};

pub(crate) fn five_by_five() -> RiskMatrix {
    let matrix = ours("modelward.five-by-five")
        .likelihood("rare", "Rare", "Not expected within five years.")
        .likelihood(
            "unlikely",
            "Unlikely",
            "Expected about once in two to five years.",
        )
        .likelihood("possible", "Possible", "Expected about once a year.")
        .likelihood("likely", "Likely", "Expected several times a year.")
        .likelihood(
            "almost-certain",
            "Almost certain",
            "Expected every month or more often.",
        )
        .impact(
            "negligible",
            "Negligible",
            "Nobody outside the team notices.",
        )
        .impact(
            "minor",
            "Minor",
            "Few people are affected for a short time.",
        )
        .impact(
            "moderate",
            "Moderate",
            "Many people are affected, or the damage takes days to mend.",
        )
        .impact(
            "major",
            "Major",
            "People lose money, rights or trust in the system.",
        )
        .impact(
            "severe",
            "Severe",
            "People come to lasting harm, or the organization is endangered.",
        )
        .level("low", "Low")
        .level("medium", "Medium")
        .level("high", "High")
        .level("critical", "Critical")
        .row(["low", "low", "low", "low", "medium"])
        .row(["low", "low", "medium", "medium", "high"])
        .row(["low", "medium", "medium", "high", "high"])
        .row(["low", "medium", "high", "critical", "critical"])
        .row(["medium", "high", "high", "critical", "critical"]);
    built(matrix)
}

pub(crate) fn three_by_three() -> RiskMatrix {
    let matrix = ours("modelward.three-by-three")
        .likelihood("low", "Low", "Not expected within two years.")
        .likelihood("medium", "Medium", "Expected about once a year.")
        .likelihood("high", "High", "Expected several times a year.")
        .impact("low", "Low", "Few people are affected for a short time.")
        .impact(
            "medium",
            "Medium",
            "Many people are affected, or the damage takes days to mend.",
        )
        .impact(
            "high",
            "High",
            "People come to harm, or the organization is endangered.",
        )
        .level("low", "Low")
        .level("medium", "Medium")
        .level("high", "High")
        .row(["low", "low", "medium"])
        .row(["low", "medium", "high"])
        .row(["medium", "high", "high"]);
    built(matrix)
}

fn ours(id: &str) -> RiskMatrixBuilder {
    let id = id.parse().expect("our ids are keys");
    RiskMatrix::builder(id, "1".parse().expect("a digit is a text"))
}

fn built(matrix: RiskMatrixBuilder) -> RiskMatrix {
    let matrix = matrix.appetite("low").tolerance("medium").build();
    matrix.expect("our matrices keep the rules")
}
