use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Function::{Govern, Map, Measure};
use crate::name::kebab;
use crate::{ParseNameError, Subcategory};

/// Names one of the seven characteristics of trustworthy AI (NIST AI 100-1, section 3).
///
/// - Its text is kebab-case, such as `privacy-enhanced`. Order is that of the document.
/// - Read are the names of AI 100-1 and AI 600-1 in any case, with blanks or hyphens, and the nouns
///   that the Playbook uses as topics, such as `Validity and Reliability` or `Privacy`.
///
/// ```
/// use modelward_rmf::TrustCharacteristic;
///
/// let fair: TrustCharacteristic = "Fair – with Harmful Bias Managed".parse()?;
/// assert_eq!(fair.to_string(), "fair-with-harmful-bias-managed");
///
/// let refused = "nice".parse::<TrustCharacteristic>().unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "unknown trustworthiness characteristic `nice`, expected a name such as `safe`",
/// );
/// # Ok::<(), modelward_rmf::ParseNameError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(
    clippy::exhaustive_enums,
    reason = "NIST AI 100-1 fixes the seven characteristics and their order"
)]
pub enum TrustCharacteristic {
    /// Section 3.1, on which the others rest.
    ValidAndReliable,
    /// Section 3.2.
    Safe,
    /// Section 3.3.
    SecureAndResilient,
    /// Section 3.4, which bears on all others.
    AccountableAndTransparent,
    /// Section 3.5.
    ExplainableAndInterpretable,
    /// Section 3.6.
    PrivacyEnhanced,
    /// Section 3.7.
    FairWithHarmfulBiasManaged,
}

impl TrustCharacteristic {
    /// Lists the characteristics in the order of the document.
    pub const ALL: [Self; 7] = [
        Self::ValidAndReliable,
        Self::Safe,
        Self::SecureAndResilient,
        Self::AccountableAndTransparent,
        Self::ExplainableAndInterpretable,
        Self::PrivacyEnhanced,
        Self::FairWithHarmfulBiasManaged,
    ];

    /// Returns the name, such as `valid-and-reliable`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ValidAndReliable => "valid-and-reliable",
            Self::Safe => "safe",
            Self::SecureAndResilient => "secure-and-resilient",
            Self::AccountableAndTransparent => "accountable-and-transparent",
            Self::ExplainableAndInterpretable => "explainable-and-interpretable",
            Self::PrivacyEnhanced => "privacy-enhanced",
            Self::FairWithHarmfulBiasManaged => "fair-with-harmful-bias-managed",
        }
    }

    /// Returns what the characteristic is about, in our words and not in those of NIST.
    #[must_use]
    pub const fn summary(self) -> &'static str {
        match self {
            Self::ValidAndReliable => {
                "The system does what it is for, correctly and again and again, where it is used."
            }
            Self::Safe => {
                "Used as planned, the system puts neither people nor goods nor nature in danger."
            }
            Self::SecureAndResilient => {
                "The system resists attack and misuse, bears unexpected change and recovers."
            }
            Self::AccountableAndTransparent => {
                "People can learn about the system and its output, and someone answers for it."
            }
            Self::ExplainableAndInterpretable => {
                "One can tell how the system came to its output and what the output means in use."
            }
            Self::PrivacyEnhanced => {
                "The system leaves people in control of what is known about them."
            }
            Self::FairWithHarmfulBiasManaged => {
                "Harmful bias, of data, computation or people, is looked for and kept down."
            }
        }
    }
}

impl fmt::Display for TrustCharacteristic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for TrustCharacteristic {
    type Err = ParseNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let characteristic = kebab(text).and_then(|name| match name.as_str() {
            "validity-and-reliability" => Some(Self::ValidAndReliable),
            "safety" => Some(Self::Safe),
            "security-and-resilience" => Some(Self::SecureAndResilient),
            "accountability-and-transparency" | "transparency-and-accountability" => {
                Some(Self::AccountableAndTransparent)
            }
            "explainability-and-interpretability" => Some(Self::ExplainableAndInterpretable),
            "privacy" => Some(Self::PrivacyEnhanced),
            "fair" | "fairness" | "fairness-and-bias" => Some(Self::FairWithHarmfulBiasManaged),
            name => Self::ALL.into_iter().find(|it| it.name() == name),
        });
        characteristic.ok_or_else(|| ParseNameError::trust_characteristic(text))
    }
}

impl Serialize for TrustCharacteristic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for TrustCharacteristic {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

impl Subcategory {
    /// Returns the characteristics that the subcategory is about, in the order of the document.
    ///
    /// AI 100-1 itself makes no such table. These are the topics that NIST's Playbook (March 2023)
    /// gives the subcategory, as facts; most have none.
    ///
    /// ```
    /// use modelward_rmf::{Subcategory, TrustCharacteristic};
    ///
    /// let privacy: Subcategory = "MEASURE 2.10".parse()?;
    /// assert_eq!(privacy.characteristics(), [TrustCharacteristic::PrivacyEnhanced]);
    /// # Ok::<(), modelward_rmf::ParseIdError>(())
    /// ```
    #[must_use]
    pub const fn characteristics(self) -> &'static [TrustCharacteristic] {
        match self.key() {
            (Govern, 1, 2) | (Map, 1, 1) | (Map, 3, 2) | (Measure, 1, 1) | (Measure, 4, 2 | 3) => {
                &TrustCharacteristic::ALL
            }
            (Measure, 2, 1 | 5) => &[TrustCharacteristic::ValidAndReliable],
            (Measure, 2, 6) => &[TrustCharacteristic::Safe],
            (Measure, 2, 7) => &[TrustCharacteristic::SecureAndResilient],
            (Measure, 2, 8) => &[TrustCharacteristic::AccountableAndTransparent],
            (Measure, 2, 9) => &[TrustCharacteristic::ExplainableAndInterpretable],
            (Measure, 2, 10) => &[TrustCharacteristic::PrivacyEnhanced],
            (Govern, 4, 3) | (Measure, 2, 11) => &[TrustCharacteristic::FairWithHarmfulBiasManaged],
            _ => &[],
        }
    }
}
