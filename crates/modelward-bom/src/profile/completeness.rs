use std::fmt;

use modelward_artifact::escape::Terminal;
use serde::{Serialize, Serializer};

use crate::profile::Profile;

/// Holds what a document has of a standard.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Completeness {
    profile: Profile,
    elements: Vec<Element>,
}

/// Holds what a document has of one element.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Element {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cluster: Option<&'static str>,
    pub(super) level: Level,
    pub(super) state: State,
    pub(super) evidence: Vec<String>,
    pub(super) lacking: Vec<String>,
}

/// Says how much a standard asks for an element.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(
    clippy::exhaustive_enums,
    reason = "BSI TR-03183-2 has the most, and has three"
)]
pub enum Level {
    /// It has to be there.
    Required,
    /// It has to be there where the thing itself exists.
    Additional,
    /// It may be there.
    Optional,
}

/// Says what a document has of an element.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum State {
    /// The document says that it is not known, by `unknown` or `NOASSERTION`, which the standard
    /// accepts. A gap such as `tbd` says nothing.
    ExplicitlyUnknown,
    /// The document says it, wherever the standard asks for it.
    Met,
    /// The document does not say it, or not everywhere.
    Missing,
    /// Something stands there, and a person has to judge it.
    NeedsReview,
    /// The document has nothing that the element is about.
    NotApplicable,
}

/// Counts elements, with the formula.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Score {
    met: usize,
    elements: usize,
    formula: &'static str,
}

impl Completeness {
    pub(super) const fn new(profile: Profile, elements: Vec<Element>) -> Self {
        Self { profile, elements }
    }

    /// Returns the standard.
    #[must_use]
    pub const fn profile(&self) -> Profile {
        self.profile
    }

    /// Returns the elements in the order of the standard.
    #[must_use]
    pub fn elements(&self) -> &[Element] {
        &self.elements
    }

    /// Returns an element by its id; `None` where the standard has no such element.
    #[must_use]
    pub fn element(&self, id: &str) -> Option<&Element> {
        self.elements.iter().find(|element| element.id == id)
    }

    /// Returns the elements that are required and missing.
    #[must_use]
    pub fn missing(&self) -> Vec<&Element> {
        let is_missing = |element: &&Element| {
            element.state == State::Missing && element.level == Level::Required
        };
        self.elements.iter().filter(is_missing).collect()
    }

    /// Returns how many elements are met. The denominator is every element of the standard, always:
    /// two scores are comparable, and nothing that does not apply makes a score better.
    #[must_use]
    pub fn score(&self) -> Score {
        let met = self
            .elements
            .iter()
            .filter(|element| element.state == State::Met);
        Score {
            met: met.count(),
            elements: self.elements.len(),
            formula: "elements that are met / all elements of the standard",
        }
    }
}

impl Element {
    /// Returns the id, which is the standard's own where it has one.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// Returns what is asked for.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        self.title
    }

    /// Returns the cluster that the standard puts it in; `None` where the standard has none.
    #[must_use]
    pub const fn cluster(&self) -> Option<&'static str> {
        self.cluster
    }

    /// Returns how much it is asked for.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.level
    }

    /// Returns what the document has of it.
    #[must_use]
    pub const fn state(&self) -> State {
        self.state
    }

    /// Returns the JSON pointers of the values that meet it.
    #[must_use]
    pub fn evidence(&self) -> &[String] {
        &self.evidence
    }

    /// Returns the JSON pointers of the components that lack it; the empty one is the document.
    #[must_use]
    pub fn lacking(&self) -> &[String] {
        &self.lacking
    }
}

impl Score {
    /// Returns the number of elements that are met.
    #[must_use]
    pub const fn met(&self) -> usize {
        self.met
    }

    /// Returns the number of all elements.
    #[must_use]
    pub const fn elements(&self) -> usize {
        self.elements
    }

    /// Returns how it is computed.
    #[must_use]
    pub const fn formula(&self) -> &'static str {
        self.formula
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} ({})", self.met, self.elements, self.formula)
    }
}

/// Writes a line for each element that is safe to print on a terminal.
impl fmt::Display for Completeness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "assessed against {}", self.profile.title())?;
        for element in &self.elements {
            write!(f, "{}: {} {}", element.state, element.id, element.title)?;
            let list = match element.state {
                State::Missing => &element.lacking,
                _ => &element.evidence,
            };
            if let Some(first) = list.first().filter(|first| !first.is_empty()) {
                write!(f, " (#{}", Terminal(first))?;
                if list.len() > 1 {
                    write!(f, " and {} more", list.len() - 1)?;
                }
                f.write_str(")")?;
            }
            writeln!(f)?;
        }
        write!(f, "met: {}", self.score())
    }
}

impl Level {
    /// Returns the word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Additional => "additional",
            Self::Optional => "optional",
        }
    }
}

impl State {
    /// Returns the word for it, such as `explicitly-unknown`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ExplicitlyUnknown => "explicitly-unknown",
            Self::Met => "met",
            Self::Missing => "missing",
            Self::NeedsReview => "needs-review",
            Self::NotApplicable => "not-applicable",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Level {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl Serialize for Profile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl Serialize for State {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
