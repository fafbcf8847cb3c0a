use modelward_artifact::Text;
use serde::{Deserialize, Serialize};

use crate::Slug;

/// Says what was harmed: the seven kinds of STIX, and those that the OECD asks for beyond them.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ImpactKind {
    /// Something could not be used.
    Availability,
    /// Something became known to those who must not know it.
    Confidentiality,
    /// Money or property was lost.
    Economic,
    /// The environment was harmed.
    Environmental,
    /// Something is not what it was.
    Integrity,
    /// Somebody was hurt or died.
    Physical,
    /// Somebody suffered without being hurt.
    Psychological,
    /// The public was harmed.
    PublicInterest,
    /// Somebody's name was harmed.
    Reputational,
    /// Human or fundamental rights were infringed.
    Rights,
    /// It cannot be told any more who did what.
    Traceability,
}

impl ImpactKind {
    /// Lists the kinds in alphabetical order.
    pub const ALL: [Self; 11] = [
        Self::Availability,
        Self::Confidentiality,
        Self::Economic,
        Self::Environmental,
        Self::Integrity,
        Self::Physical,
        Self::Psychological,
        Self::PublicInterest,
        Self::Reputational,
        Self::Rights,
        Self::Traceability,
    ];

    /// Returns the name that records use, such as `public-interest`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Availability => "availability",
            Self::Confidentiality => "confidentiality",
            Self::Economic => "economic",
            Self::Environmental => "environmental",
            Self::Integrity => "integrity",
            Self::Physical => "physical",
            Self::Psychological => "psychological",
            Self::PublicInterest => "public-interest",
            Self::Reputational => "reputational",
            Self::Rights => "rights",
            Self::Traceability => "traceability",
        }
    }
}

/// Records what was harmed, and whom it concerns.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Impact {
    /// What the record calls it. A later event of the same id takes its place.
    pub id: Slug,
    /// What was harmed.
    pub kind: ImpactKind,
    /// How.
    pub description: Text,
    /// Who was harmed or nearly so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub affected: Vec<Text>,
    /// How many, of whatever the description says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
}

impl Impact {
    /// States what was harmed and how.
    #[must_use]
    pub const fn new(id: Slug, kind: ImpactKind, description: Text) -> Self {
        Self {
            id,
            kind,
            description,
            affected: Vec::new(),
            count: None,
        }
    }

    /// Adds who was harmed or nearly so.
    #[must_use]
    pub fn with_affected(mut self, whom: Text) -> Self {
        self.affected.push(whom);
        self
    }

    /// Sets how many.
    #[must_use]
    pub const fn with_count(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }
}
