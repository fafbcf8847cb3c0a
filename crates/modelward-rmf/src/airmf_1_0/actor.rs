use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ParseNameError;
use crate::name::kebab;

/// Names a task, or a group of people, that NIST gives AI actors (AI 100-1, appendix A).
///
/// - These are the 13 that AI 600-1 and the Playbook assign to outcomes: the ten tasks of the
///   appendix and three of its further groups. Its last two, other actors and the general public,
///   are assigned to nothing and left out.
/// - Its text is kebab-case, such as `operation-and-monitoring`. Order is that of the appendix.
/// - Read are the names of all three documents in any case, with blanks or hyphens.
///
/// AI 100-1 ties no task to a subcategory, and the Playbook leaves nine of MAP without one, so this
/// crate has no such table.
///
/// ```
/// use modelward_rmf::ActorTask;
///
/// assert_eq!("Domain Experts".parse::<ActorTask>()?, ActorTask::DomainExpert);
/// assert_eq!(ActorTask::Tevv.to_string(), "tevv");
///
/// let refused = "wizard".parse::<ActorTask>().unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "unknown AI actor task `wizard`, expected a name such as `ai-design`",
/// );
/// # Ok::<(), modelward_rmf::ParseNameError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum ActorTask {
    /// Plans the system, and gathers and describes its data.
    AiDesign,
    /// Builds, trains and interprets the model.
    AiDevelopment,
    /// Pilots the system and brings it into production.
    AiDeployment,
    /// Runs the system and watches its output and effects.
    OperationAndMonitoring,
    /// Tests, evaluates, verifies and validates the system or its parts.
    Tevv,
    /// Shapes the system around the people who work with it.
    HumanFactors,
    /// Brings knowledge of the field where the system is used.
    DomainExpert,
    /// Assesses what the system does to people and society.
    AiImpactAssessment,
    /// Buys the system, its parts or services.
    Procurement,
    /// Leads the organization and answers for the system.
    GovernanceAndOversight,
    /// Supplies data, models, software or services from outside.
    ThirdPartyEntity,
    /// Uses the system for a purpose.
    EndUser,
    /// Is affected by the system, with or without using it.
    AffectedIndividualOrCommunity,
}

impl ActorTask {
    /// Lists the tasks in the order of the appendix.
    pub const ALL: [Self; 13] = [
        Self::AiDesign,
        Self::AiDevelopment,
        Self::AiDeployment,
        Self::OperationAndMonitoring,
        Self::Tevv,
        Self::HumanFactors,
        Self::DomainExpert,
        Self::AiImpactAssessment,
        Self::Procurement,
        Self::GovernanceAndOversight,
        Self::ThirdPartyEntity,
        Self::EndUser,
        Self::AffectedIndividualOrCommunity,
    ];

    /// Returns the name, such as `ai-design`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AiDesign => "ai-design",
            Self::AiDevelopment => "ai-development",
            Self::AiDeployment => "ai-deployment",
            Self::OperationAndMonitoring => "operation-and-monitoring",
            Self::Tevv => "tevv",
            Self::HumanFactors => "human-factors",
            Self::DomainExpert => "domain-expert",
            Self::AiImpactAssessment => "ai-impact-assessment",
            Self::Procurement => "procurement",
            Self::GovernanceAndOversight => "governance-and-oversight",
            Self::ThirdPartyEntity => "third-party-entity",
            Self::EndUser => "end-user",
            Self::AffectedIndividualOrCommunity => "affected-individual-or-community",
        }
    }
}

impl fmt::Display for ActorTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for ActorTask {
    type Err = ParseNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let task = kebab(text).and_then(|name| match name.as_str() {
            "domain-experts" => Some(Self::DomainExpert),
            "test-evaluation-verification-and-validation" => Some(Self::Tevv),
            "third-party-entities" => Some(Self::ThirdPartyEntity),
            "end-users" => Some(Self::EndUser),
            "affected-individuals-and-communities"
            | "affected-individuals-communities"
            | "affected-individuals-or-communities" => Some(Self::AffectedIndividualOrCommunity),
            name => Self::ALL.into_iter().find(|task| task.name() == name),
        });
        task.ok_or_else(|| ParseNameError::actor_task(text))
    }
}

impl Serialize for ActorTask {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for ActorTask {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}
