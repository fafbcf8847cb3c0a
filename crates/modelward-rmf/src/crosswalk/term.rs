use std::fmt;
use std::str::FromStr;

use modelward_artifact::escape::Terminal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::error::shortened;

/// Grades how sure the author of a row is (OSCAL 1.2, mapping model).
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "OSCAL 1.2 fixes the terms")]
pub enum Confidence {
    /// The author is sure.
    High,
    /// The author would not be surprised to be wrong.
    Low,
    /// The author thinks it plain, and has not had it checked.
    Medium,
    /// The author does not say.
    Unspecified,
}

impl Confidence {
    /// Lists the terms in the order of the alphabet.
    pub const ALL: [Self; 4] = [Self::High, Self::Low, Self::Medium, Self::Unspecified];

    /// Returns OSCAL's term, such as `high`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::Unspecified => "unspecified",
        }
    }

    /// Returns the lower of two: low, then unspecified, medium and high.
    #[must_use]
    pub const fn lower(self, other: Self) -> Self {
        if self.rank() <= other.rank() {
            self
        } else {
            other
        }
    }

    /// Returns the place in the order from low to high; saying nothing is no medium confidence.
    pub(super) const fn rank(self) -> u8 {
        match self {
            Self::Low => 0,
            Self::Unspecified => 1,
            Self::Medium => 2,
            Self::High => 3,
        }
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Confidence {
    type Err = UnknownTerm;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        find("confidence", &Self::ALL, Self::name, text)
    }
}

/// Says how a mapping was made (OSCAL 1.2, mapping model).
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "OSCAL 1.2 fixes the terms")]
pub enum Method {
    /// By a program.
    Automation,
    /// By a person.
    Human,
    /// By a program and a person together.
    Hybrid,
}

impl Method {
    /// Lists the terms in the order of the alphabet.
    pub const ALL: [Self; 3] = [Self::Automation, Self::Human, Self::Hybrid];

    /// Returns OSCAL's term, such as `automation`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Automation => "automation",
            Self::Human => "human",
            Self::Hybrid => "hybrid",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Method {
    type Err = UnknownTerm;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        find("mapping method", &Self::ALL, Self::name, text)
    }
}

/// Says what was compared to make a mapping (OSCAL 1.2, mapping model).
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "OSCAL 1.2 fixes the terms")]
pub enum Rationale {
    /// What the two have as their effect.
    Functional,
    /// What the two mean.
    Semantic,
    /// How the two are worded.
    Syntactic,
}

impl Rationale {
    /// Lists the terms in the order of the alphabet.
    pub const ALL: [Self; 3] = [Self::Functional, Self::Semantic, Self::Syntactic];

    /// Returns OSCAL's term, such as `functional`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Functional => "functional",
            Self::Semantic => "semantic",
            Self::Syntactic => "syntactic",
        }
    }
}

impl fmt::Display for Rationale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Rationale {
    type Err = UnknownTerm;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        find("matching rationale", &Self::ALL, Self::name, text)
    }
}

/// Says how far a mapping has come (OSCAL 1.2, mapping model).
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "OSCAL 1.2 fixes the terms")]
pub enum Status {
    /// The author holds it finished.
    Complete,
    /// It should not be used any longer.
    Deprecated,
    /// It is unreviewed or unfinished.
    Draft,
    /// Parts are still missing.
    NotComplete,
    /// Another mapping took its place.
    Superseded,
}

impl Status {
    /// Lists the terms in the order of the alphabet.
    pub const ALL: [Self; 5] = [
        Self::Complete,
        Self::Deprecated,
        Self::Draft,
        Self::NotComplete,
        Self::Superseded,
    ];

    /// Returns OSCAL's term, such as `complete`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Deprecated => "deprecated",
            Self::Draft => "draft",
            Self::NotComplete => "not-complete",
            Self::Superseded => "superseded",
        }
    }

    /// Tells whether the mapping still holds: it is neither deprecated nor superseded.
    #[must_use]
    pub const fn is_current(self) -> bool {
        !matches!(self, Self::Deprecated | Self::Superseded)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Status {
    type Err = UnknownTerm;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        find("mapping status", &Self::ALL, Self::name, text)
    }
}

/// Says that a text is none of the terms that OSCAL has for something.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("unknown {kind} `{}`", Terminal(found))]
pub struct UnknownTerm {
    kind: &'static str,
    found: String,
}

impl UnknownTerm {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "rmf.crosswalk.term"
    }
}

/// Returns the term with this name.
pub(super) fn find<T: Copy>(
    kind: &'static str,
    all: &[T],
    name: fn(T) -> &'static str,
    text: &str,
) -> Result<T, UnknownTerm> {
    let found = all.iter().copied().find(|term| name(*term) == text);
    found.ok_or_else(|| UnknownTerm {
        kind,
        found: shortened(text),
    })
}
