use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

/// The functions of NIST AI 100-1 with the number of subcategories of each category: 72 in all.
const FUNCTIONS: [(&str, &[u8]); 4] = [
    ("GOVERN", &[7, 3, 2, 3, 2, 2]),
    ("MAP", &[6, 3, 5, 2, 2]),
    ("MEASURE", &[3, 13, 3, 3]),
    ("MANAGE", &[4, 4, 2, 3]),
];

/// Names a subcategory of NIST AI 100-1 that a policy serves, such as `MANAGE 4.3`.
///
/// It holds only ids that the framework has; the crate `modelward-rmf` knows what they mean.
///
/// ```
/// use modelward_incident::RmfAction;
///
/// let action: RmfAction = "MANAGE 4.3".parse()?;
/// assert_eq!(action.to_string(), "MANAGE 4.3");
/// assert!(RmfAction::INCIDENT_RESPONSE.contains(&action));
/// assert!("MANAGE 4.4".parse::<RmfAction>().is_err());
/// # Ok::<(), modelward_incident::ParseRmfActionError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct RmfAction {
    function: u8,
    category: u8,
    number: u8,
}

impl RmfAction {
    /// Lists what incident response serves: information about incidents is shared, third parties
    /// fail safely, unknown risks are answered, systems are switched off, monitoring goes on after
    /// deployment, and incidents are told and tracked.
    pub const INCIDENT_RESPONSE: [Self; 6] = [
        Self::of(0, 4, 3),
        Self::of(0, 6, 2),
        Self::of(3, 2, 3),
        Self::of(3, 2, 4),
        Self::of(3, 4, 1),
        Self::of(3, 4, 3),
    ];

    const fn of(function: u8, category: u8, number: u8) -> Self {
        Self {
            function,
            category,
            number,
        }
    }
}

impl fmt::Display for RmfAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (function, _) = FUNCTIONS[usize::from(self.function)];
        write!(f, "{function} {}.{}", self.category, self.number)
    }
}

impl FromStr for RmfAction {
    type Err = ParseRmfActionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let functions = (0..).zip(FUNCTIONS);
        for (function, (name, categories)) in functions {
            for (category, subcategories) in (1..).zip(categories) {
                for number in 1..=*subcategories {
                    let action = Self::of(function, category, number);
                    if text.starts_with(name) && action.to_string() == text {
                        return Ok(action);
                    }
                }
            }
        }
        Err(ParseRmfActionError)
    }
}

impl Serialize for RmfAction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RmfAction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Says that a text names no subcategory of NIST AI 100-1.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("expected a subcategory of NIST AI 100-1, such as `MANAGE 4.3`")]
#[non_exhaustive]
pub struct ParseRmfActionError;

impl ParseRmfActionError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "incident.policy.action"
    }
}
