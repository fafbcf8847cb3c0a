use std::collections::BTreeMap;
use std::fmt;

use modelward_artifact::{Party, Text, Timestamp};
use serde::{Deserialize, Serialize};

use crate::Slug;

/// Answers whether something is the case, as far as it is known.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "there is no fourth answer")]
pub enum Answer {
    /// It is not the case.
    No,
    /// It has to be found out.
    Unknown,
    /// It is the case.
    Yes,
}

/// Names what may be the case and decides which reporting rules apply.
///
/// The words are ours and short; whether the legal criterion is met is for a person to say.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Fact {
    /// Critical infrastructure was disrupted seriously and lastingly (AI Act, Art. 3(49)(b)).
    CriticalInfrastructure,
    /// A person died (AI Act, Art. 3(49)(a)).
    Death,
    /// We use the system in our own work (AI Act, Art. 3(4)).
    Deployer,
    /// We are a financial entity (DORA, Art. 2).
    FinancialEntity,
    /// Union law that protects fundamental rights was infringed (AI Act, Art. 3(49)(c)).
    FundamentalRights,
    /// We provide a general-purpose model with systemic risk (AI Act, Art. 51).
    GpaiProvider,
    /// The system is a high-risk one (AI Act, Art. 6).
    HighRiskSystem,
    /// The incident was classified as a major one (DORA, Art. 18).
    MajorIctIncident,
    /// Personal data was breached, and a risk to persons is not unlikely (GDPR, Art. 33(1)).
    PersonalDataBreach,
    /// Property or the environment was harmed seriously (AI Act, Art. 3(49)(d)).
    PropertyOrEnvironment,
    /// We provide the system (AI Act, Art. 3(3)).
    Provider,
    /// The health of a person was harmed seriously (AI Act, Art. 3(49)(a)).
    SeriousHarmToHealth,
    /// Weights left us, or the security of the model was breached otherwise and seriously.
    WeightsExfiltrated,
    /// The infringement is widespread (AI Act, Art. 3(61)).
    WidespreadInfringement,
}

impl Fact {
    /// Lists every fact.
    pub const ALL: [Self; 14] = [
        Self::CriticalInfrastructure,
        Self::Death,
        Self::Deployer,
        Self::FinancialEntity,
        Self::FundamentalRights,
        Self::GpaiProvider,
        Self::HighRiskSystem,
        Self::MajorIctIncident,
        Self::PersonalDataBreach,
        Self::PropertyOrEnvironment,
        Self::Provider,
        Self::SeriousHarmToHealth,
        Self::WeightsExfiltrated,
        Self::WidespreadInfringement,
    ];

    /// Returns the name that documents use, such as `personal-data-breach`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CriticalInfrastructure => "critical-infrastructure",
            Self::Death => "death",
            Self::Deployer => "deployer",
            Self::FinancialEntity => "financial-entity",
            Self::FundamentalRights => "fundamental-rights",
            Self::GpaiProvider => "gpai-provider",
            Self::HighRiskSystem => "high-risk-system",
            Self::MajorIctIncident => "major-ict-incident",
            Self::PersonalDataBreach => "personal-data-breach",
            Self::PropertyOrEnvironment => "property-or-environment",
            Self::Provider => "provider",
            Self::SeriousHarmToHealth => "serious-harm-to-health",
            Self::WeightsExfiltrated => "weights-exfiltrated",
            Self::WidespreadInfringement => "widespread-infringement",
        }
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Names a moment that a clock may start from.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Moment {
    /// We became aware of the incident.
    Aware,
    /// The incident was classified.
    Classified,
    /// The incident was discovered.
    Discovered,
    /// The incident was resolved.
    Resolved,
}

impl Moment {
    /// Returns the name that documents use, such as `aware`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Aware => "aware",
            Self::Classified => "classified",
            Self::Discovered => "discovered",
            Self::Resolved => "resolved",
        }
    }
}

/// Records that a report was sent: when, by whom, and what the recipient answered.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ReportSent {
    pub(crate) at: Timestamp,
    pub(crate) by: Party,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) receipt: Option<Text>,
}

impl ReportSent {
    /// Records a report without a receipt.
    #[must_use]
    pub const fn new(at: Timestamp, by: Party) -> Self {
        let receipt = None;
        Self { at, by, receipt }
    }

    /// Sets the receipt: a number, or where it lies.
    #[must_use]
    pub fn with_receipt(mut self, receipt: Text) -> Self {
        self.receipt = Some(receipt);
        self
    }

    /// Returns when it was sent.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// Returns who sent it.
    #[must_use]
    pub const fn by(&self) -> &Party {
        &self.by
    }

    /// Returns the receipt.
    #[must_use]
    pub const fn receipt(&self) -> Option<&Text> {
        self.receipt.as_ref()
    }
}

#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Judged {
    answer: Answer,
    set_by: Party,
}

/// Holds what is known of an incident that decides who has to be told, and by when.
///
/// - Every answer names the person who gave it; nothing here is ever inferred.
/// - What nobody answered is [`Answer::Unknown`], never no.
/// - Of several reports under one rule, the latest counts.
///
/// ```
/// use modelward_artifact::Party;
/// use modelward_incident::{Answer, Fact, Facts, Moment};
///
/// let ada = Party::new("Ada Example")?;
/// let facts = Facts::new()
///     .with_answer(Fact::Death, Answer::No, &ada)
///     .with_time(Moment::Aware, "2026-11-23T10:00:00Z".parse()?);
/// assert_eq!(facts.answer(Fact::Death), Answer::No);
/// assert_eq!(facts.answer(Fact::Provider), Answer::Unknown);
/// assert_eq!(facts.set_by(Fact::Death), Some(&ada));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    #[serde(default)]
    answers: BTreeMap<Fact, Judged>,
    #[serde(default)]
    times: BTreeMap<Moment, Timestamp>,
    #[serde(default)]
    sent: BTreeMap<Slug, ReportSent>,
}

impl Facts {
    /// Knows nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets an answer and who gave it.
    #[must_use]
    pub fn with_answer(mut self, fact: Fact, answer: Answer, set_by: &Party) -> Self {
        let set_by = set_by.clone();
        self.answers.insert(fact, Judged { answer, set_by });
        self
    }

    /// Sets when something happened.
    #[must_use]
    pub fn with_time(mut self, moment: Moment, at: Timestamp) -> Self {
        self.times.insert(moment, at);
        self
    }

    /// Records that a report was sent under a rule; an earlier one than is recorded changes nothing.
    #[must_use]
    pub fn with_report(mut self, rule: Slug, report: ReportSent) -> Self {
        let later = |sent: &ReportSent| report.at >= sent.at;
        if self.sent.get(&rule).is_none_or(later) {
            self.sent.insert(rule, report);
        }
        self
    }

    /// Returns whether something is the case.
    #[must_use]
    pub fn answer(&self, fact: Fact) -> Answer {
        let judged = self.answers.get(&fact);
        judged.map_or(Answer::Unknown, |judged| judged.answer)
    }

    /// Returns who gave the answer.
    #[must_use]
    pub fn set_by(&self, fact: Fact) -> Option<&Party> {
        self.answers.get(&fact).map(|judged| &judged.set_by)
    }

    /// Returns when something happened.
    #[must_use]
    pub fn time(&self, moment: Moment) -> Option<Timestamp> {
        self.times.get(&moment).copied()
    }

    /// Returns the latest report under a rule.
    #[must_use]
    pub fn report(&self, rule: &Slug) -> Option<&ReportSent> {
        self.sent.get(rule)
    }

    /// Returns the questions that somebody answered, also that nobody knows.
    pub(crate) fn answered(&self) -> impl Iterator<Item = Fact> {
        self.answers.keys().copied()
    }

    /// Returns the names of the moments that were stated.
    pub(crate) fn moments(&self) -> impl Iterator<Item = &'static str> {
        self.times.keys().map(|moment| moment.name())
    }

    /// Returns the rules under which a report was sent.
    pub(crate) fn reported(&self) -> impl Iterator<Item = &Slug> {
        self.sent.keys()
    }
}
