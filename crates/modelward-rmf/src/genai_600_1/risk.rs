use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::genai_600_1::table::WORDS;
use crate::{GenAiAction, ParseGenAiError};

/// The longest text that can be a risk; the longest title has 43 characters.
const MAX_LEN: usize = 128;

/// Names one of the twelve risks that generative AI brings or worsens (NIST AI 600-1, section 2).
///
/// - Their order is that of the document. The text is the id, such as `data-privacy`.
/// - Read are ids and titles in any case, with any marks between the words, and with or without
///   `and` and `or`, since the document itself says "Harmful Bias or Homogenization" and "Harmful
///   Bias and Homogenization". `CBRN Information` is read too.
///
/// ```
/// use modelward_rmf::GenAiRisk;
///
/// let risk: GenAiRisk = "Harmful Bias and Homogenization".parse()?;
/// assert_eq!(risk.to_string(), "harmful-bias-homogenization");
/// assert_eq!(risk.number(), 6);
///
/// // GV-1.4-002 carries this label in print, but it is none of the twelve.
/// let refused = "Civil Rights violations".parse::<GenAiRisk>().unwrap_err();
/// assert_eq!(refused.code(), "rmf.genai.unknown_risk");
/// # Ok::<(), modelward_rmf::ParseGenAiError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(
    clippy::exhaustive_enums,
    reason = "NIST AI 600-1 fixes the twelve risks and their order"
)]
pub enum GenAiRisk {
    /// Risk 1.
    Cbrn,
    /// Risk 2.
    Confabulation,
    /// Risk 3.
    DangerousViolentHatefulContent,
    /// Risk 4.
    DataPrivacy,
    /// Risk 5.
    EnvironmentalImpacts,
    /// Risk 6.
    HarmfulBiasHomogenization,
    /// Risk 7.
    HumanAiConfiguration,
    /// Risk 8.
    InformationIntegrity,
    /// Risk 9.
    InformationSecurity,
    /// Risk 10.
    IntellectualProperty,
    /// Risk 11.
    ObsceneDegradingAbusiveContent,
    /// Risk 12.
    ValueChainComponentIntegration,
}

impl GenAiRisk {
    /// Lists the risks in the order of the document.
    pub const ALL: [Self; 12] = [
        Self::Cbrn,
        Self::Confabulation,
        Self::DangerousViolentHatefulContent,
        Self::DataPrivacy,
        Self::EnvironmentalImpacts,
        Self::HarmfulBiasHomogenization,
        Self::HumanAiConfiguration,
        Self::InformationIntegrity,
        Self::InformationSecurity,
        Self::IntellectualProperty,
        Self::ObsceneDegradingAbusiveContent,
        Self::ValueChainComponentIntegration,
    ];

    /// Returns the number in the document, from 1 to 12; its section is `2.` and this number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// Returns our id, such as `cbrn`; NIST numbers the risks and names them, but has no ids.
    #[must_use]
    pub const fn id(self) -> &'static str {
        self.words().0
    }

    /// Returns NIST's name of the risk, such as `Data Privacy`.
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.words().1
    }

    /// Returns what the risk is about, in our words and not in those of NIST.
    #[must_use]
    pub const fn summary(self) -> &'static str {
        self.words().2
    }

    /// Tells whether the announced revision of the AI RMF would reach this risk.
    ///
    /// The White House AI Action Plan (2025-07-23) asks NIST to take out references to
    /// misinformation, to diversity, equity and inclusion, and to climate change.
    #[must_use]
    pub const fn revision_exposed(self) -> bool {
        matches!(
            self,
            Self::EnvironmentalImpacts
                | Self::HarmfulBiasHomogenization
                | Self::InformationIntegrity
        )
    }

    /// Returns the actions that are tagged with this risk, in the order of the document.
    pub fn actions(self) -> impl Iterator<Item = GenAiAction> {
        let all = GenAiAction::ALL.into_iter();
        all.filter(move |action| action.risk_set() & (1 << self as u16) != 0)
    }

    /// Returns id, title and summary.
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        WORDS[self as usize]
    }
}

impl fmt::Display for GenAiRisk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for GenAiRisk {
    type Err = ParseGenAiError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > MAX_LEN {
            return Err(ParseGenAiError::risk(text));
        }
        let wanted = words(text);
        if wanted == "cbrn information" {
            return Ok(Self::Cbrn);
        }
        let mut all = Self::ALL.into_iter();
        all.find(|risk| wanted == words(risk.id()) || wanted == words(risk.title()))
            .ok_or_else(|| ParseGenAiError::risk(text))
    }
}

impl Serialize for GenAiRisk {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for GenAiRisk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Returns the words that tell one risk from another, in lower case, with one blank between.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.map(str::to_ascii_lowercase);
    let words = words.filter(|word| !matches!(word.as_str(), "" | "and" | "or"));
    words.collect::<Vec<_>>().join(" ")
}
