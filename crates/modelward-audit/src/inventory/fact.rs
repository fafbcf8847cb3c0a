use std::fmt;

use modelward_artifact::Text;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Names what an auditor asks of every model.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AuditQuestion {
    /// How was it built?
    BuildProcess,
    /// Which other systems is it connected to?
    Connections,
    /// Which decisions does it bear on, and how?
    DecisionImpact,
    /// Where does it come from?
    Origin,
    /// Who answers for it?
    Owner,
    /// What does it do in operation?
    SystemOperation,
}

impl AuditQuestion {
    /// Lists the questions by name.
    pub const ALL: [Self; 6] = [
        Self::BuildProcess,
        Self::Connections,
        Self::DecisionImpact,
        Self::Origin,
        Self::Owner,
        Self::SystemOperation,
    ];

    /// Returns the name, such as `build-process`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BuildProcess => "build-process",
            Self::Connections => "connections",
            Self::DecisionImpact => "decision-impact",
            Self::Origin => "origin",
            Self::Owner => "owner",
            Self::SystemOperation => "system-operation",
        }
    }
}

impl fmt::Display for AuditQuestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Says something, and who or what says so.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Claim {
    value: Text,
    source: Text,
    #[serde(flatten)]
    other: Map<String, Value>,
}

impl Claim {
    /// Takes what is said, and the source: a document and the place in it, a register, a person.
    #[must_use]
    pub fn new(value: Text, source: Text) -> Self {
        let other = Map::new();
        Self {
            value,
            source,
            other,
        }
    }

    /// Returns what is said.
    #[must_use]
    pub const fn value(&self) -> &Text {
        &self.value
    }

    /// Returns who or what says so.
    #[must_use]
    pub const fn source(&self) -> &Text {
        &self.source
    }

    fn key(&self) -> (&Text, &Text) {
        (&self.value, &self.source)
    }
}

/// Holds what is claimed in answer to one question.
///
/// A claim is never taken back by another one: two sources that say different things contradict each
/// other until a revision of the entry says which is right.
///
/// ```
/// use modelward_audit::inventory::{Claim, Fact, FactAnswer};
///
/// let mut owner = Fact::default();
/// assert_eq!(owner.answer(), FactAnswer::Unknown);
/// owner.add(Claim::new("Ada".parse()?, "register".parse()?));
/// assert!(matches!(owner.answer(), FactAnswer::Known { .. }));
/// owner.add(Claim::new("Bob".parse()?, "wiki".parse()?));
/// assert_eq!(owner.answer().name(), "contradicted");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(from = "Vec<Claim>")]
pub struct Fact(Vec<Claim>);

impl Fact {
    /// Adds a claim, once for each value and source.
    pub fn add(&mut self, claim: Claim) {
        if let Err(place) = self.0.binary_search_by(|old| old.key().cmp(&claim.key())) {
            self.0.insert(place, claim);
        }
    }

    /// Returns the claims, sorted by value and source.
    #[must_use]
    pub fn claims(&self) -> &[Claim] {
        &self.0
    }

    /// Returns what the claims come to.
    #[must_use]
    pub fn answer(&self) -> FactAnswer<'_> {
        let Some((first, rest)) = self.0.split_first() else {
            return FactAnswer::Unknown;
        };
        if rest.iter().any(|claim| claim.value != first.value) {
            return FactAnswer::Contradicted { claims: &self.0 };
        }
        FactAnswer::Known {
            value: &first.value,
            source: &first.source,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Vec<Claim>> for Fact {
    fn from(claims: Vec<Claim>) -> Self {
        let mut claims = claims;
        claims.sort_by(|one, two| one.key().cmp(&two.key()));
        claims.dedup_by(|one, two| one.key() == two.key());
        Self(claims)
    }
}

/// Says what the claims about one question come to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum FactAnswer<'a> {
    /// Sources say different things.
    Contradicted {
        /// What each of them says.
        claims: &'a [Claim],
    },
    /// Every source says the same.
    Known {
        /// What they say.
        value: &'a Text,
        /// The first of the sources.
        source: &'a Text,
    },
    /// Nobody says anything.
    Unknown,
}

impl FactAnswer<'_> {
    /// Returns the name: `contradicted`, `known` or `unknown`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contradicted { .. } => "contradicted",
            Self::Known { .. } => "known",
            Self::Unknown => "unknown",
        }
    }
}

/// Holds the answer to each question, and what a later version of the document adds.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct Answers {
    #[serde(skip_serializing_if = "Fact::is_empty")]
    build_process: Fact,
    #[serde(skip_serializing_if = "Fact::is_empty")]
    connections: Fact,
    #[serde(skip_serializing_if = "Fact::is_empty")]
    decision_impact: Fact,
    #[serde(skip_serializing_if = "Fact::is_empty")]
    origin: Fact,
    #[serde(skip_serializing_if = "Fact::is_empty")]
    owner: Fact,
    #[serde(skip_serializing_if = "Fact::is_empty")]
    system_operation: Fact,
    #[serde(flatten)]
    other: Map<String, Value>,
}

impl Answers {
    pub(super) const fn of(&self, question: AuditQuestion) -> &Fact {
        match question {
            AuditQuestion::BuildProcess => &self.build_process,
            AuditQuestion::Connections => &self.connections,
            AuditQuestion::DecisionImpact => &self.decision_impact,
            AuditQuestion::Origin => &self.origin,
            AuditQuestion::Owner => &self.owner,
            AuditQuestion::SystemOperation => &self.system_operation,
        }
    }

    pub(super) const fn of_mut(&mut self, question: AuditQuestion) -> &mut Fact {
        match question {
            AuditQuestion::BuildProcess => &mut self.build_process,
            AuditQuestion::Connections => &mut self.connections,
            AuditQuestion::DecisionImpact => &mut self.decision_impact,
            AuditQuestion::Origin => &mut self.origin,
            AuditQuestion::Owner => &mut self.owner,
            AuditQuestion::SystemOperation => &mut self.system_operation,
        }
    }
}
