use std::fmt;

use modelward_rmf::{GateAnswer, Handling, PhaseDecision};
use serde::{Deserialize, Serialize};

/// Names a rule of a release policy, in the order in which data flows.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PolicyRule {
    /// A signer whom the policy names signed these files.
    Signature,
    /// The ML-BOM describes exactly these files.
    Bom,
    /// The ML-BOM has the elements of a standard.
    BomProfile,
    /// The lineage of the model has no gap and no contradiction.
    Lineage,
    /// Nothing that the model is made of is known to be affected.
    SupplyChain,
    /// No pickle of the model runs what it should not.
    Pickles,
    /// No advisory that counts is open.
    Advisories,
    /// Licenses are known, allowed and without conflict.
    Licenses,
    /// Subcategories of AI RMF 1.0 are met, by evidence that is recent.
    Subcategories,
    /// No risk that remains is above a limit.
    ResidualRisk,
    /// No incident on the model or its parts is open.
    Incidents,
    /// Nothing of the model is under quarantine.
    Quarantine,
    /// The phase gate of the assessment opened.
    PhaseGate,
}

impl PolicyRule {
    /// Lists every rule.
    pub const ALL: [Self; 13] = [
        Self::Signature,
        Self::Bom,
        Self::BomProfile,
        Self::Lineage,
        Self::SupplyChain,
        Self::Pickles,
        Self::Advisories,
        Self::Licenses,
        Self::Subcategories,
        Self::ResidualRisk,
        Self::Incidents,
        Self::Quarantine,
        Self::PhaseGate,
    ];

    /// Returns the name that documents use, such as `bom-profile`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Bom => "bom",
            Self::BomProfile => "bom-profile",
            Self::Lineage => "lineage",
            Self::SupplyChain => "supply-chain",
            Self::Pickles => "pickles",
            Self::Advisories => "advisories",
            Self::Licenses => "licenses",
            Self::Subcategories => "subcategories",
            Self::ResidualRisk => "residual-risk",
            Self::Incidents => "incidents",
            Self::Quarantine => "quarantine",
            Self::PhaseGate => "phase-gate",
        }
    }

    /// Returns what the rule asks, in one sentence.
    #[must_use]
    pub const fn question(self) -> &'static str {
        match self {
            Self::Signature => "A signer whom the policy names signed these files.",
            Self::Bom => "The ML-BOM describes exactly these files.",
            Self::BomProfile => "The ML-BOM has the elements of the standards that are asked for.",
            Self::Lineage => "The lineage of the model has no gap and no contradiction.",
            Self::SupplyChain => "Nothing that the model is made of is known to be affected.",
            Self::Pickles => "No pickle of the model runs what it should not.",
            Self::Advisories => "No advisory that counts is open.",
            Self::Licenses => "Licenses are known, allowed and without conflict.",
            Self::Subcategories => "Required subcategories are met, by evidence that is recent.",
            Self::ResidualRisk => "No risk that remains is above the limit.",
            Self::Incidents => "No incident on the model or its parts is open.",
            Self::Quarantine => "Nothing of the model is under quarantine.",
            Self::PhaseGate => "The phase gate of the assessment opened.",
        }
    }
}

impl fmt::Display for PolicyRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Says what a reason or a rule of a release policy comes to, from best to worst.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "whoever overlooks an answer takes it for a pass"
)]
pub enum PolicyAnswer {
    /// The rule is satisfied.
    Pass,
    /// The rule is satisfied but for what someone has to do.
    Condition,
    /// The rule is broken, and a waiver that has not expired covers that.
    Waived,
    /// There is not enough to decide.
    CannotTell,
    /// The rule is broken.
    Fail,
}

impl PolicyAnswer {
    /// Returns the words, such as `cannot tell`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Condition => "condition",
            Self::Waived => "waived",
            Self::CannotTell => "cannot tell",
            Self::Fail => "fail",
        }
    }
}

impl From<Handling> for PolicyAnswer {
    fn from(handling: Handling) -> Self {
        GateAnswer::from(handling).into()
    }
}

impl From<GateAnswer> for PolicyAnswer {
    fn from(answer: GateAnswer) -> Self {
        match answer {
            GateAnswer::Pass => Self::Pass,
            GateAnswer::Condition => Self::Condition,
            GateAnswer::Unknown => Self::CannotTell,
            GateAnswer::Fail => Self::Fail,
        }
    }
}

impl From<PolicyAnswer> for PhaseDecision {
    fn from(worst: PolicyAnswer) -> Self {
        match worst {
            PolicyAnswer::Pass => Self::Go,
            PolicyAnswer::Condition | PolicyAnswer::Waived => Self::GoWithConditions,
            PolicyAnswer::CannotTell => Self::CannotTell,
            PolicyAnswer::Fail => Self::NoGo,
        }
    }
}

impl fmt::Display for PolicyAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
