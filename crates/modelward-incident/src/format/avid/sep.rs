use std::fmt;

use super::term::{Vocabulary, vocabulary};

/// How many bytes of a text are its code.
const CODE: usize = 5;

/// Names a category of the SEP view of the AVID taxonomy: security, ethics, performance.
///
/// The categories are data, each one text with its code in front.
///
/// ```
/// use modelward_incident::format::avid::{RiskDomain, SepCategory, Vocabulary};
///
/// let poisoning = SepCategory::find("S0600").ok_or("is one")?;
/// assert_eq!(poisoning.wire(), "S0600: Data Poisoning");
/// assert_eq!(poisoning.label(), "Data Poisoning");
/// assert_eq!(poisoning.domain(), RiskDomain::Security);
/// assert_eq!(SepCategory::find("S0699"), None);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct SepCategory(&'static str);

impl SepCategory {
    /// Finds a category by its code, such as `S0600`.
    #[must_use]
    pub fn find(code: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|category| category.code() == code)
    }

    /// Returns the code.
    #[must_use]
    pub fn code(self) -> &'static str {
        &self.0[..CODE]
    }

    /// Returns the name without the code.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.0[CODE..].trim_start_matches(": ")
    }

    /// Returns the domain that the code begins with.
    #[must_use]
    pub fn domain(self) -> RiskDomain {
        match self.0.as_bytes()[0] {
            b'S' => RiskDomain::Security,
            b'E' => RiskDomain::Ethics,
            _ => RiskDomain::Performance,
        }
    }
}

impl fmt::Debug for SepCategory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Vocabulary for SepCategory {
    const ALL: &'static [Self] = &[
        Self("S0100: Software Vulnerability"),
        Self("S0200: Supply Chain Compromise"),
        Self("S0201: Model Compromise"),
        Self("S0202: Software Compromise"),
        Self("S0300: Over-permissive API"),
        Self("S0301: Information Leak"),
        Self("S0302: Excessive Queries"),
        Self("S0400: Model Bypass"),
        Self("S0401: Bad Features"),
        Self("S0402: Insufficient Training Data"),
        Self("S0403: Adversarial Example"),
        Self("S0500: Exfiltration"),
        Self("S0501: Model inversion"),
        Self("S0502: Model theft"),
        Self("S0600: Data Poisoning"),
        Self("S0601: Ingest Poisoning"),
        Self("E0100: Bias/ Discrimination"),
        Self("E0101: Group fairness"),
        Self("E0102: Individual fairness"),
        Self("E0200: Explainability"),
        Self("E0201: Global explanations"),
        Self("E0202: Local explanations"),
        Self("E0300: User actions"),
        Self("E0301: Toxicity"),
        Self("E0302: Polarization/ Exclusion"),
        Self("E0400: Misinformation"),
        Self("E0401: Deliberative Misinformation"),
        Self("E0402: Generative Misinformation"),
        Self("P0100: Data issues"),
        Self("P0101: Data drift"),
        Self("P0102: Concept drift"),
        Self("P0103: Data entanglement"),
        Self("P0104: Data quality issues"),
        Self("P0105: Feedback loops"),
        Self("P0200: Model issues"),
        Self("P0201: Resilience/ Stability"),
        Self("P0202: OOD generalization"),
        Self("P0203: Scaling"),
        Self("P0204: Accuracy"),
        Self("P0300: Privacy"),
        Self("P0301: Anonymization"),
        Self("P0302: Randomization"),
        Self("P0303: Encryption"),
        Self("P0400: Safety"),
        Self("P0401: Psychological Safety"),
        Self("P0402: Physical safety"),
        Self("P0403: Socioeconomic safety"),
        Self("P0404: Environmental safety"),
    ];

    fn wire(self) -> &'static str {
        self.0
    }
}

vocabulary! {
    /// Names a domain of the AVID taxonomy, after which the SEP view is named.
    RiskDomain {
        /// What somebody attacks.
        Security = "Security",
        /// What wrongs people.
        Ethics = "Ethics",
        /// What does not work.
        Performance = "Performance",
    }
}

vocabulary! {
    /// Names a stage of the lifecycle view of the AVID taxonomy: where a problem comes from.
    LifecycleStage {
        /// The use is understood.
        BusinessUnderstanding = "L01: Business Understanding",
        /// The data are understood.
        DataUnderstanding = "L02: Data Understanding",
        /// The data are prepared.
        DataPreparation = "L03: Data Preparation",
        /// The model is made.
        ModelDevelopment = "L04: Model Development",
        /// The model is evaluated.
        Evaluation = "L05: Evaluation",
        /// The model is in use.
        Deployment = "L06: Deployment",
    }
}
