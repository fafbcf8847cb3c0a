use std::fmt;

use modelward_artifact::Finding;
use modelward_artifact::escape::Terminal;
use modelward_graph::{NodeId, Relation};
use serde::{Deserialize, Serialize};

/// Keeps a finding within a plan, so that it survives a write and a read.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Cause {
    /// What it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The stable code.
    pub code: String,
    /// One sentence, as it was given: not escaped.
    pub message: String,
}

impl Cause {
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        Self {
            subject: None,
            code: code.to_owned(),
            message: message.into(),
        }
    }

    pub(crate) fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }
}

impl From<&Finding> for Cause {
    fn from(finding: &Finding) -> Self {
        let cause = Self::new(finding.code(), finding.message());
        match finding.subject() {
            None => cause,
            Some(subject) => cause.about(subject),
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(subject) = &self.subject {
            write!(f, "{}: ", Terminal(subject))?;
        }
        write!(f, "{} [{}]", Terminal(&self.message), Terminal(&self.code))
    }
}

/// Shows how something came to be tainted: a chain of relations from it to what is compromised.
///
/// A chain without hops is that of something that is compromised itself.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Witness {
    /// The dependent, where the chain starts.
    pub start: NodeId,
    /// The hops, each from where the one before it ended.
    pub hops: Vec<WitnessHop>,
}

/// Holds one step of a [`Witness`].
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct WitnessHop {
    /// How it is needed.
    pub relation: Relation,
    /// The dependency.
    pub to: NodeId,
}

/// Names something tainted, with the next thing on a shortest chain to what is compromised.
///
/// The chain as a whole is told by
/// [`RollbackPlan::witness`](super::RollbackPlan::witness): to write each one out would make a plan as
/// long as the square of its taint.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Tainted {
    /// What is tainted.
    pub node: NodeId,
    /// By what it is; `None` where it is compromised itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<WitnessHop>,
}

impl Witness {
    /// Returns what is compromised, where the chain ends.
    #[must_use]
    pub fn end(&self) -> &NodeId {
        self.hops.last().map_or(&self.start, |hop| &hop.to)
    }
}

impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Terminal(self.start.as_str()))?;
        self.hops
            .iter()
            .try_for_each(|hop| write!(f, " -{}-> {}", hop.relation, Terminal(hop.to.as_str())))
    }
}
