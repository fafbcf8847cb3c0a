use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value};

use super::deviation::Deviations;

/// Holds a score by CVSS 3. It is read and kept; nothing here makes one.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cvss {
    version: String,
    vector_string: String,
    base_score: Number,
    base_severity: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attack_vector: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attack_complexity: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    privileges_required: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user_interaction: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    confidentiality_impact: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    integrity_impact: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    availability_impact: Option<String>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl Cvss {
    /// Returns the version, such as `3.1`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Returns the vector, which says all that the other members repeat.
    #[must_use]
    pub fn vector(&self) -> &str {
        &self.vector_string
    }

    /// Returns the base score.
    #[must_use]
    pub const fn base_score(&self) -> &Number {
        &self.base_score
    }

    /// Returns the base severity, such as `HIGH`.
    #[must_use]
    pub fn base_severity(&self) -> &str {
        &self.base_severity
    }

    pub(super) fn deviations(&self, found: &mut Deviations<'_>) {
        found.unknown(&self.unknown);
    }
}

/// Names a weakness by the Common Weakness Enumeration.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Cwe {
    #[serde(rename = "cweId")]
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lang: Option<String>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl Cwe {
    /// Names a weakness by its id, such as `CWE-502`.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            description: None,
            lang: None,
            unknown: Map::new(),
        }
    }

    /// Returns the id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the description.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    pub(super) fn deviations(&self, found: &mut Deviations<'_>) {
        found.unknown(&self.unknown);
    }
}

/// Says what a problem is by the taxonomy of 0DIN.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Odin {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    social_impact_score: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    jailbreak_taxonomy: Option<Vec<Jailbreak>>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl Odin {
    /// Returns how far society is concerned, such as `High`.
    #[must_use]
    pub fn social_impact_score(&self) -> Option<&str> {
        self.social_impact_score.as_deref()
    }

    /// Returns how models are made to leave their rules.
    #[must_use]
    pub fn jailbreak_taxonomy(&self) -> &[Jailbreak] {
        self.jailbreak_taxonomy.as_deref().unwrap_or_default()
    }

    pub(super) fn deviations(&self, found: &mut Deviations<'_>) {
        let items = self.jailbreak_taxonomy();
        found.each("JailbreakTaxonomy", items, |it, found| {
            found.unknown(&it.unknown);
        });
        found.unknown(&self.unknown);
    }
}

/// Says how a model is made to leave its rules.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Jailbreak {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    strategy: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    technique: Option<String>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl Jailbreak {
    /// Returns the category.
    #[must_use]
    pub fn category(&self) -> Option<&str> {
        self.category.as_deref()
    }

    /// Returns the strategy.
    #[must_use]
    pub fn strategy(&self) -> Option<&str> {
        self.strategy.as_deref()
    }

    /// Returns the technique.
    #[must_use]
    pub fn technique(&self) -> Option<&str> {
        self.technique.as_deref()
    }
}
