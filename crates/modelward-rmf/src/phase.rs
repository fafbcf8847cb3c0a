use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ParseNameError;
use crate::name::kebab;

/// Names a phase in the life of a machine-learning system, at whose end a gate can stand.
///
/// - Its text is kebab-case, such as `model-development`. Order is that of time.
/// - Read are the names in any case and with blanks, other common names such as `plan`,
///   `data engineering`, `deployment` or `retirement`, and the lifecycle stages that NIST AI 100-1
///   shows in its section 2, such as `Verify and Validate`.
///
/// ```
/// use modelward_rmf::Phase;
///
/// assert_eq!("Data Engineering".parse::<Phase>()?, Phase::Engineering);
/// assert_eq!(Phase::ModelDevelopment.to_string(), "model-development");
/// assert!(Phase::Testing < Phase::Release);
///
/// let refused = "vibes".parse::<Phase>().unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "unknown lifecycle phase `vibes`, expected a name such as `scoping`",
/// );
/// # Ok::<(), modelward_rmf::ParseNameError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a policy that overlooks a phase leaves a gate open"
)]
pub enum Phase {
    /// What the system is for, whether it is worth it, what can go wrong.
    Scoping,
    /// Data engineering: data is collected, prepared and described.
    Engineering,
    /// The model is chosen, trained and tuned, or taken from somebody else.
    ModelDevelopment,
    /// The system is tested, evaluated, verified and validated.
    Testing,
    /// It is decided whether the system goes into use, and it is handed over.
    Release,
    /// The system runs, is monitored and kept up.
    Operation,
    /// The system is taken out of use, and what depends on it is moved.
    Decommissioning,
}

impl Phase {
    /// Lists the phases in the order of time.
    pub const ALL: [Self; 7] = [
        Self::Scoping,
        Self::Engineering,
        Self::ModelDevelopment,
        Self::Testing,
        Self::Release,
        Self::Operation,
        Self::Decommissioning,
    ];

    /// Returns the name, such as `model-development`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scoping => "scoping",
            Self::Engineering => "engineering",
            Self::ModelDevelopment => "model-development",
            Self::Testing => "testing",
            Self::Release => "release",
            Self::Operation => "operation",
            Self::Decommissioning => "decommissioning",
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Phase {
    type Err = ParseNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let phase = kebab(text).and_then(|name| match name.as_str() {
            "design" | "plan" | "plan-and-design" | "planning" | "scope" | "scoping" => {
                Some(Self::Scoping)
            }
            "collect-and-process-data"
            | "data"
            | "data-engineering"
            | "data-preparation"
            | "engineering" => Some(Self::Engineering),
            "build-and-use-model"
            | "development"
            | "model-building"
            | "model-development"
            | "training" => Some(Self::ModelDevelopment),
            "evaluation"
            | "test"
            | "testing"
            | "tevv"
            | "verification-and-validation"
            | "verify-and-validate" => Some(Self::Testing),
            "deploy" | "deploy-and-use" | "deployment" | "release" => Some(Self::Release),
            "monitoring"
            | "operate"
            | "operate-and-monitor"
            | "operation"
            | "operation-and-monitoring"
            | "operations" => Some(Self::Operation),
            "decommission" | "decommissioning" | "retire" | "retirement" => {
                Some(Self::Decommissioning)
            }
            _ => None,
        });
        phase.ok_or_else(|| ParseNameError::phase(text))
    }
}

impl Serialize for Phase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Phase {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}
