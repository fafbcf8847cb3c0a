use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::Category;
use crate::error::shortened;

/// Names the four types of incident of `CoSAI`'s AI Incident Response Framework 1.0.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(clippy::exhaustive_enums, reason = "the framework has four types")]
pub enum CosaiType {
    /// A: how well the model does, and how robust it is.
    Performance,
    /// B: security.
    Security,
    /// C: ethics, fairness and bias.
    Ethics,
    /// D: misuse.
    Misuse,
}

impl CosaiType {
    /// Returns the letter, `A` to `D`.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Performance => 'A',
            Self::Security => 'B',
            Self::Ethics => 'C',
            Self::Misuse => 'D',
        }
    }
}

/// Says what a kind of incident is called elsewhere. The rows are our reading, the nearest first;
/// an empty list says that there is no word for it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct KindMapping {
    /// Techniques of MITRE ATLAS 5.6.0.
    pub atlas: &'static [&'static str],
    /// Attacks of NIST AI 100-2e2025.
    pub nist: &'static [&'static str],
    /// Codes of the AVID taxonomy (effect view), such as `S0600`.
    pub avid: &'static [&'static str],
    /// Values of the `event-type-ov` of the STIX incident extension 2.0.
    pub stix: &'static [&'static str],
    /// The type of `CoSAI`'s framework.
    pub cosai: CosaiType,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident: $category:ident, $name:literal => {
        atlas: $atlas:expr, nist: $nist:expr, avid: $avid:expr, stix: $stix:expr, cosai: $cosai:ident,
    })*) => {
        /// Says what sort of incident it is, more closely than [`Category`].
        ///
        /// ```
        /// use modelward_incident::{Category, IncidentKind};
        ///
        /// let kind: IncidentKind = "adversarial/data-poisoning".parse()?;
        /// assert_eq!(kind.category(), Category::Adversarial);
        /// assert_eq!(kind.mapping().nist, ["NISTAML.013"]);
        /// assert!("adversarial/none".parse::<IncidentKind>().is_err());
        /// # Ok::<(), modelward_incident::ParseIncidentKindError>(())
        /// ```
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum IncidentKind {
            $($(#[$doc])* $kind,)*
        }

        impl IncidentKind {
            /// Lists the kinds in alphabetical order.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            /// Returns the name that records use: the category and what it is more closely, such as
            /// `adversarial/data-poisoning`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)*
                }
            }

            /// Returns the first level.
            #[must_use]
            pub const fn category(self) -> Category {
                match self {
                    $(Self::$kind => Category::$category,)*
                }
            }

            /// Returns what it is called elsewhere.
            #[must_use]
            pub const fn mapping(self) -> &'static KindMapping {
                match self {
                    $(Self::$kind => &KindMapping {
                        atlas: $atlas,
                        nist: $nist,
                        avid: $avid,
                        stix: $stix,
                        cosai: CosaiType::$cosai,
                    },)*
                }
            }
        }
    };
}

// One row a kind; every list elsewhere is made of this one.
kinds! {
    /// A trigger makes the model do what someone else wants.
    AdversarialBackdoor: Adversarial, "adversarial/backdoor" => {
        atlas: &["AML.T0018.000", "AML.T0043.004"], nist: &["NISTAML.023", "NISTAML.021"], avid: &["S0201"], stix: &["modification-information"], cosai: Security,
    }
    /// Someone changed what the model learned from.
    AdversarialDataPoisoning: Adversarial, "adversarial/data-poisoning" => {
        atlas: &["AML.T0020"], nist: &["NISTAML.013"], avid: &["S0600"], stix: &["modification-information"], cosai: Security,
    }
    /// Inputs make the model slow or costly.
    AdversarialEnergyLatency: Adversarial, "adversarial/energy-latency" => {
        atlas: &["AML.T0029", "AML.T0034"], nist: &["NISTAML.014"], avid: &["S0302"], stix: &["exploit"], cosai: Security,
    }
    /// Inputs are made so that the model errs.
    AdversarialEvasion: Adversarial, "adversarial/evasion" => {
        atlas: &["AML.T0015", "AML.T0043"], nist: &["NISTAML.022", "NISTAML.025"], avid: &["S0403"], stix: &["exploit"], cosai: Performance,
    }
    /// Someone rebuilds the model from its answers.
    AdversarialExtraction: Adversarial, "adversarial/extraction" => {
        atlas: &["AML.T0024.002"], nist: &["NISTAML.031"], avid: &["S0502"], stix: &["data-exfiltration"], cosai: Security,
    }
    /// Someone rebuilds what the model was trained with.
    AdversarialInversion: Adversarial, "adversarial/inversion" => {
        atlas: &["AML.T0024.001"], nist: &["NISTAML.032"], avid: &["S0501"], stix: &["data-exfiltration"], cosai: Security,
    }
    /// Someone talks the model out of its rules.
    AdversarialJailbreak: Adversarial, "adversarial/jailbreak" => {
        atlas: &["AML.T0054"], nist: &["NISTAML.018"], avid: &["S0400"], stix: &["exploit"], cosai: Security,
    }
    /// Someone finds out what was in the training data.
    AdversarialMembershipInference: Adversarial, "adversarial/membership-inference" => {
        atlas: &["AML.T0024.000"], nist: &["NISTAML.033"], avid: &["P0300"], stix: &["data-exfiltration"], cosai: Security,
    }
    /// Someone changed what an agent remembers or looks up.
    AdversarialMemoryPoisoning: Adversarial, "adversarial/memory-poisoning" => {
        atlas: &["AML.T0080.000", "AML.T0070"], nist: &["NISTAML.015"], avid: &["S0601"], stix: &["modification-information"], cosai: Security,
    }
    /// Someone changed the weights.
    AdversarialModelPoisoning: Adversarial, "adversarial/model-poisoning" => {
        atlas: &["AML.T0018.000"], nist: &["NISTAML.011", "NISTAML.026"], avid: &["S0201"], stix: &["modification-information"], cosai: Security,
    }
    /// Someone learns the system prompt.
    AdversarialPromptExtraction: Adversarial, "adversarial/prompt-extraction" => {
        atlas: &["AML.T0056"], nist: &["NISTAML.035"], avid: &["S0301"], stix: &["data-exfiltration"], cosai: Security,
    }
    /// A user's input is taken as instructions of the operator.
    AdversarialPromptInjectionDirect: Adversarial, "adversarial/prompt-injection-direct" => {
        atlas: &["AML.T0051.000"], nist: &["NISTAML.018"], avid: &["S0400"], stix: &["exploit"], cosai: Security,
    }
    /// A text that the model reads is taken as instructions.
    AdversarialPromptInjectionIndirect: Adversarial, "adversarial/prompt-injection-indirect" => {
        atlas: &["AML.T0051.001"], nist: &["NISTAML.015"], avid: &["S0400"], stix: &["exploit"], cosai: Security,
    }
    /// Someone finds out what the training data are like as a whole.
    AdversarialPropertyInference: Adversarial, "adversarial/property-inference" => {
        atlas: &["AML.T0024"], nist: &["NISTAML.034"], avid: &["P0300"], stix: &["data-exfiltration"], cosai: Security,
    }
    /// An agent was allowed more than its task needs.
    AgentActionExcessiveAgency: AgentAction, "agent-action/excessive-agency" => {
        atlas: &[], nist: &[], avid: &["S0300"], stix: &["policy-violation"], cosai: Security,
    }
    /// An agent went after something else than its task.
    AgentActionGoalDeviation: AgentAction, "agent-action/goal-deviation" => {
        atlas: &[], nist: &["NISTAML.027"], avid: &["P0400"], stix: &["unintentional"], cosai: Performance,
    }
    /// An agent called a tool as it must not.
    AgentActionToolMisuse: AgentAction, "agent-action/tool-misuse" => {
        atlas: &["AML.T0053"], nist: &["NISTAML.039"], avid: &["S0300"], stix: &["policy-violation"], cosai: Security,
    }
    /// An agent did what nobody allowed.
    AgentActionUnauthorized: AgentAction, "agent-action/unauthorized" => {
        atlas: &["AML.T0053"], nist: &[], avid: &["P0400"], stix: &["policy-violation"], cosai: Performance,
    }
    /// Data were changed by accident.
    DataIncidentCorruption: DataIncident, "data-incident/corruption" => {
        atlas: &[], nist: &[], avid: &["P0104"], stix: &["unintentional"], cosai: Performance,
    }
    /// True answers in the data are wrong.
    DataIncidentLabelError: DataIncident, "data-incident/label-error" => {
        atlas: &[], nist: &[], avid: &["P0104"], stix: &["unintentional"], cosai: Performance,
    }
    /// Data are gone.
    DataIncidentLoss: DataIncident, "data-incident/loss" => {
        atlas: &[], nist: &[], avid: &["P0100"], stix: &["unintentional"], cosai: Performance,
    }
    /// Nobody knows where data came from, or they must not be used.
    DataIncidentProvenance: DataIncident, "data-incident/provenance" => {
        atlas: &[], nist: &[], avid: &["P0100"], stix: &["policy-violation"], cosai: Ethics,
    }
    /// The right answer to an input is another than it was.
    DriftConcept: Drift, "drift/concept" => {
        atlas: &[], nist: &[], avid: &["P0102"], stix: &["unintentional"], cosai: Performance,
    }
    /// Inputs are not what they were.
    DriftData: Drift, "drift/data" => {
        atlas: &[], nist: &[], avid: &["P0101"], stix: &["unintentional"], cosai: Performance,
    }
    /// The model's answers change what it is trained with.
    DriftFeedbackLoop: Drift, "drift/feedback-loop" => {
        atlas: &[], nist: &[], avid: &["P0105"], stix: &["unintentional"], cosai: Performance,
    }
    /// True answers are not spread as they were.
    DriftLabel: Drift, "drift/label" => {
        atlas: &[], nist: &[], avid: &["P0101"], stix: &["unintentional"], cosai: Performance,
    }
    /// The model's answers are not spread as they were.
    DriftPrediction: Drift, "drift/prediction" => {
        atlas: &[], nist: &[], avid: &["P0102"], stix: &["unintentional"], cosai: Performance,
    }
    /// Inputs are less complete or well-formed than they were.
    DriftQuality: Drift, "drift/quality" => {
        atlas: &[], nist: &[], avid: &["P0104"], stix: &["unintentional"], cosai: Performance,
    }
    /// People are treated worse for what they are.
    FairnessDiscrimination: Fairness, "fairness/discrimination" => {
        atlas: &[], nist: &[], avid: &["E0100"], stix: &["unintentional"], cosai: Ethics,
    }
    /// The model errs more often for some groups.
    FairnessPerformance: Fairness, "fairness/performance" => {
        atlas: &[], nist: &[], avid: &["E0101"], stix: &["unintentional"], cosai: Ethics,
    }
    /// The model told someone to do what harms.
    HarmfulOutputDangerousAdvice: HarmfulOutput, "harmful-output/dangerous-advice" => {
        atlas: &[], nist: &[], avid: &["P0402"], stix: &["unintentional"], cosai: Performance,
    }
    /// The model stated what is not so.
    HarmfulOutputFalseInformation: HarmfulOutput, "harmful-output/false-information" => {
        atlas: &[], nist: &[], avid: &["E0402"], stix: &["unintentional"], cosai: Performance,
    }
    /// The model gave out what belongs to others.
    HarmfulOutputRightsInfringement: HarmfulOutput, "harmful-output/rights-infringement" => {
        atlas: &[], nist: &[], avid: &["E0300"], stix: &["policy-violation"], cosai: Ethics,
    }
    /// The model insulted, threatened or degraded.
    HarmfulOutputToxicity: HarmfulOutput, "harmful-output/toxicity" => {
        atlas: &[], nist: &[], avid: &["E0301"], stix: &["unintentional"], cosai: Ethics,
    }
    /// Keys or passwords became known.
    InfrastructureCredentialExposure: Infrastructure, "infrastructure/credential-exposure" => {
        atlas: &["AML.T0055"], nist: &[], avid: &["S0100"], stix: &["unauthorized-access-information"], cosai: Security,
    }
    /// Someone else uses what is paid for.
    InfrastructureHijacking: Infrastructure, "infrastructure/hijacking" => {
        atlas: &["AML.T0034"], nist: &[], avid: &["S0302"], stix: &["compromised-system"], cosai: Security,
    }
    /// Settings let in or let out what they must not.
    InfrastructureMisconfiguration: Infrastructure, "infrastructure/misconfiguration" => {
        atlas: &[], nist: &[], avid: &["S0100"], stix: &["misconfiguration"], cosai: Security,
    }
    /// The model does not answer.
    InfrastructureOutage: Infrastructure, "infrastructure/outage" => {
        atlas: &["AML.T0029"], nist: &["NISTAML.01"], avid: &["P0201"], stix: &["unintentional"], cosai: Performance,
    }
    /// Someone used the model to do harm.
    MisuseMalicious: Misuse, "misuse/malicious" => {
        atlas: &[], nist: &["NISTAML.04"], avid: &["E0300"], stix: &["policy-violation"], cosai: Misuse,
    }
    /// Someone used the model for what it was not made for.
    MisuseOutOfScope: Misuse, "misuse/out-of-scope" => {
        atlas: &[], nist: &[], avid: &["E0300"], stix: &["policy-violation"], cosai: Misuse,
    }
    /// Someone trusted the model more than it deserves.
    MisuseOverreliance: Misuse, "misuse/overreliance" => {
        atlas: &[], nist: &[], avid: &["P0400"], stix: &["unintentional"], cosai: Misuse,
    }
    /// The model is surer or less sure than it should be.
    ModelFailureCalibration: ModelFailure, "model-failure/calibration" => {
        atlas: &[], nist: &[], avid: &["P0204"], stix: &["unintentional"], cosai: Performance,
    }
    /// The model does worse than it did or has to.
    ModelFailurePerformance: ModelFailure, "model-failure/performance" => {
        atlas: &[], nist: &[], avid: &["P0204"], stix: &["unintentional"], cosai: Performance,
    }
    /// Small or unusual changes of the input make the model err.
    ModelFailureRobustness: ModelFailure, "model-failure/robustness" => {
        atlas: &[], nist: &[], avid: &["P0202"], stix: &["unintentional"], cosai: Performance,
    }
    /// The model does what it was trained for and not what was meant.
    ModelFailureSpecification: ModelFailure, "model-failure/specification" => {
        atlas: &[], nist: &["NISTAML.027"], avid: &["P0400"], stix: &["unintentional"], cosai: Performance,
    }
    /// None of the others.
    Other: Other, "other" => {
        atlas: &[], nist: &[], avid: &[], stix: &[], cosai: Performance,
    }
    /// Someone finds out whom data are about.
    PrivacyReidentification: Privacy, "privacy/re-identification" => {
        atlas: &[], nist: &[], avid: &["P0301"], stix: &["data-exfiltration"], cosai: Security,
    }
    /// The model tells what it was trained with.
    PrivacyTrainingDataLeak: Privacy, "privacy/training-data-leak" => {
        atlas: &["AML.T0057"], nist: &["NISTAML.038"], avid: &["P0300"], stix: &["data-exfiltration"], cosai: Security,
    }
    /// What users told the model became known to others.
    PrivacyUserDataExposure: Privacy, "privacy/user-data-exposure" => {
        atlas: &["AML.T0057"], nist: &["NISTAML.036"], avid: &["S0301"], stix: &["data-exfiltration"], cosai: Security,
    }
    /// A container image was compromised.
    SupplyChainContainer: SupplyChain, "supply-chain/container" => {
        atlas: &["AML.T0010.004"], nist: &["NISTAML.05"], avid: &["S0202"], stix: &["supply-chain-vendor"], cosai: Security,
    }
    /// Data from others were compromised.
    SupplyChainData: SupplyChain, "supply-chain/data" => {
        atlas: &["AML.T0010.002"], nist: &["NISTAML.05"], avid: &["S0200"], stix: &["supply-chain-vendor"], cosai: Security,
    }
    /// Hardware was compromised.
    SupplyChainHardware: SupplyChain, "supply-chain/hardware" => {
        atlas: &["AML.T0010.000"], nist: &["NISTAML.05"], avid: &["S0200"], stix: &["supply-chain-vendor"], cosai: Security,
    }
    /// A model from others was compromised.
    SupplyChainModel: SupplyChain, "supply-chain/model" => {
        atlas: &["AML.T0010.003"], nist: &["NISTAML.051"], avid: &["S0201"], stix: &["supply-chain-vendor"], cosai: Security,
    }
    /// A library or a program from others was compromised.
    SupplyChainSoftware: SupplyChain, "supply-chain/software" => {
        atlas: &["AML.T0010.001"], nist: &["NISTAML.05"], avid: &["S0202"], stix: &["supply-chain-vendor"], cosai: Security,
    }
    /// A tool that an agent calls was compromised.
    SupplyChainTool: SupplyChain, "supply-chain/tool" => {
        atlas: &["AML.T0010.005"], nist: &["NISTAML.05"], avid: &["S0202"], stix: &["supply-chain-vendor"], cosai: Security,
    }
}

impl fmt::Display for IncidentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for IncidentKind {
    type Err = ParseIncidentKindError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let kind = Self::ALL.iter().find(|kind| kind.name() == text);
        kind.copied().ok_or_else(|| ParseIncidentKindError {
            found: shortened(text),
        })
    }
}

impl Serialize for IncidentKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for IncidentKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Says that a text names no kind of incident.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("found the kind of incident `{}`, expected one such as `drift/data`", found.escape_default())]
#[non_exhaustive]
pub struct ParseIncidentKindError {
    /// The text, cut off after 32 characters.
    pub found: String,
}

impl ParseIncidentKindError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "incident.kind.unknown"
    }
}
