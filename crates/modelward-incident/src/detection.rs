pub(crate) mod attack;
pub(crate) mod drift;
pub(crate) mod failure;
pub(crate) mod number;
pub(crate) mod tool;
pub(crate) mod trials;

use std::fmt;

use modelward_artifact::JsonLimits;
use modelward_artifact::json::{self, JsonError};
use serde::{Deserialize, Serialize};

use crate::{AttackEvidence, DriftEvidence, FailureEvidence};

/// Records what made somebody take notice: drift, a failing model or an attack.
///
/// Each kind holds the numbers from which its verdict follows, so that others can check it.
/// In JSON it is an object with one member, `attack`, `drift` or `failure`.
///
/// ```
/// use modelward_artifact::JsonLimits;
/// use modelward_incident::Detection;
///
/// let refused = Detection::from_json(br#"{"drift": {}}"#, &JsonLimits::default()).unwrap_err();
/// assert_eq!(refused.code(), "artifact.json.shape");
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
#[expect(
    clippy::large_enum_variant,
    reason = "most of it lies behind pointers, and an incident has few"
)]
pub enum Detection {
    /// Someone tried to make the model err or tell, or changed what it learned from.
    Attack(AttackEvidence),
    /// What goes into the model or comes out of it is no longer what it was.
    Drift(DriftEvidence),
    /// The model does worse than its baseline.
    Failure(FailureEvidence),
}

impl Detection {
    /// Reads one piece of evidence and checks all that its parts have to be.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where the text is not strict JSON, or is no evidence; `source()` says why.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, JsonError> {
        json::read_as(bytes, limits)
    }

    /// Writes the evidence: members sorted, the same bytes for the same evidence.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where it has no JSON form, which all evidence has.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(self)
    }
}

/// Shows the evidence in one line.
impl fmt::Display for Detection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attack(evidence) => evidence.fmt(f),
            Self::Drift(evidence) => evidence.fmt(f),
            Self::Failure(evidence) => evidence.fmt(f),
        }
    }
}
