use std::fmt;

use modelward_artifact::escape::Terminal;
use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{Digest, JsonLimits, Text, Timestamp};
use modelward_graph::NodeId;
use modelward_incident::{IncidentId, Slug};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::cause::{Cause, Tainted, Witness};
use super::health::WindowScore;
use super::members::Restoration;
use super::reason::Reason;
use super::repair::Repair;
use super::step::Step;
use crate::ReadRollbackError;

/// Says what was decided of a release.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CandidateVerdict {
    /// Nothing speaks against it, but another one was selected or going back does not help.
    Eligible,
    /// Something speaks against it.
    Rejected,
    /// It is gone back to.
    Selected,
}

/// Holds a release that was judged, with every reason against it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Candidate {
    /// The node in the graph.
    pub node: NodeId,
    /// The root digest of the manifest.
    pub root: Digest,
    /// The version.
    pub version: Text,
    /// From when on it was in production, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deployed_from: Option<Timestamp>,
    /// How it does on the window of now, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<WindowScore>,
    /// What was decided.
    pub verdict: CandidateVerdict,
    /// Every reason against it.
    pub reasons: Vec<Reason>,
}

/// Says what a plan comes to.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Outcome {
    /// There is nothing to go back to: take it out of serving, and repair a release.
    NoSafeVersion {
        /// What could be repaired, the cheapest first.
        repairs: Vec<Repair>,
    },
    /// Go back to this release.
    Selected {
        /// The root digest.
        root: Digest,
        /// The version.
        version: Text,
    },
    /// Nothing is compromised and the world moved, and no sound release is known to do better now.
    Unhelpful,
}

/// Holds what to go back to, why not to anything newer, and what to do in which order.
///
/// A plan is a document and no proof: [`verify_plan`](super::verify_plan) makes it one, just before
/// it is carried out. As JSON it has the schema `modelward.rollback-plan/1`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[must_use = "an unread plan restores nothing"]
pub struct RollbackPlan {
    pub(crate) schema: Schema,
    pub(crate) incident: IncidentId,
    pub(crate) asset: Slug,
    pub(crate) from: Digest,
    pub(crate) planned_at: Timestamp,
    pub(crate) expires: Timestamp,
    pub(crate) policy: Digest,
    pub(crate) graph: Digest,
    pub(crate) taint_digest: Digest,
    pub(crate) taint: Vec<Tainted>,
    pub(crate) notes: Vec<Cause>,
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) outcome: Outcome,
    pub(crate) restorations: Vec<Restoration>,
    pub(crate) steps: Vec<Step>,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) enum Schema {
    #[serde(rename = "modelward.rollback-plan/1")]
    V1,
}

impl RollbackPlan {
    /// The type of an in-toto predicate that is a plan.
    pub const PREDICATE_TYPE: &'static str =
        "https://github.com/modelward/modelward/rollback-plan/v1";

    /// Reads a plan. Nothing is verified by reading.
    ///
    /// # Errors
    ///
    /// [`ReadRollbackError`] where the text is not strict JSON of this schema, or has a count beyond
    /// 2^53 - 1, which has no canonical form.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadRollbackError> {
        Self::from_value(json::read(bytes, limits)?)
    }

    /// Reads a plan from a value of strict JSON.
    pub(super) fn from_value(value: Value) -> Result<Self, ReadRollbackError> {
        let plan: Self = json::shaped(value).map_err(|source| JsonError::Shape { source })?;
        json::canonical(&plan)?;
        Ok(plan)
    }

    /// Writes the plan as canonical JSON (RFC 8785), the same bytes for the same plan.
    ///
    /// # Panics
    ///
    /// Never: the members are text and numbers of things in memory.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        json::canonical(self).expect("text and counts have a canonical form")
    }

    /// Returns the plan as the predicate of an in-toto statement.
    ///
    /// # Panics
    ///
    /// Never, as [`to_json`](Self::to_json).
    #[must_use]
    pub fn to_predicate(&self) -> Value {
        serde_json::to_value(self).expect("text and counts have a JSON form")
    }

    /// Returns SHA-256 of the canonical JSON.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::sha256(&self.to_json())
    }

    /// Returns the incident.
    #[must_use]
    pub const fn incident(&self) -> &IncidentId {
        &self.incident
    }

    /// Returns what goes back, as the incident calls it.
    #[must_use]
    pub const fn asset(&self) -> &Slug {
        &self.asset
    }

    /// Returns the root digest of what is to be left.
    #[must_use]
    pub const fn from(&self) -> &Digest {
        &self.from
    }

    /// Returns the root digest of what is gone back to, where there is something.
    #[must_use]
    pub const fn to(&self) -> Option<&Digest> {
        match &self.outcome {
            Outcome::Selected { root, .. } => Some(root),
            _ => None,
        }
    }

    /// Returns when it was planned.
    #[must_use]
    pub const fn planned_at(&self) -> Timestamp {
        self.planned_at
    }

    /// Returns from when on it is good no longer.
    #[must_use]
    pub const fn expires(&self) -> Timestamp {
        self.expires
    }

    /// Returns SHA-256 of the policy's canonical JSON.
    #[must_use]
    pub const fn policy(&self) -> &Digest {
        &self.policy
    }

    /// Returns SHA-256 of the graph's snapshot.
    #[must_use]
    pub const fn graph(&self) -> &Digest {
        &self.graph
    }

    /// Returns SHA-256 of the canonical JSON of the ids of what is tainted, in order.
    #[must_use]
    pub const fn taint_digest(&self) -> &Digest {
        &self.taint_digest
    }

    /// Returns everything tainted, in order of ids, each with the next thing on a shortest chain to
    /// what is compromised.
    #[must_use]
    pub fn taint(&self) -> &[Tainted] {
        &self.taint
    }

    /// Returns a shortest chain from something tainted to what is compromised.
    ///
    /// `None` where it is not tainted, or where a plan that was read has no chain that ends.
    #[must_use]
    pub fn witness(&self, node: &NodeId) -> Option<Witness> {
        let mut hops = Vec::new();
        let mut at = self.tainted(node)?;
        while let Some(hop) = &at.via {
            if hops.len() == self.taint.len() {
                return None;
            }
            hops.push(hop.clone());
            at = self.tainted(&hop.to)?;
        }
        let start = node.clone();
        Some(Witness { start, hops })
    }

    fn tainted(&self, node: &NodeId) -> Option<&Tainted> {
        let found = self.taint.binary_search_by(|it| it.node.cmp(node)).ok()?;
        self.taint.get(found)
    }

    /// Returns what deserves attention, such as compromised assets that the graph lacks.
    #[must_use]
    pub fn notes(&self) -> &[Cause] {
        &self.notes
    }

    /// Returns the releases, the newest first; where the world moved and nothing is compromised, the
    /// one that does best now first.
    #[must_use]
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// Returns what it comes to.
    #[must_use]
    pub const fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// Returns what is restored: what the release needs and the policy restores with it, dependencies
    /// first, and the release last. Nothing where no release is selected.
    #[must_use]
    pub fn restorations(&self) -> &[Restoration] {
        &self.restorations
    }

    /// Returns what to do, in order.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }
}

/// Shows the plan in lines that are safe to print on a terminal.
impl fmt::Display for RollbackPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.outcome {
            Outcome::NoSafeVersion { repairs } => {
                f.write_str("no safe version")?;
                for repair in repairs {
                    let version = Terminal(repair.version.as_str());
                    write!(f, "\n  {version} would be safe (effort {})", repair.effort)?;
                    let mut remedies = repair.remedies.iter();
                    remedies.try_for_each(|it| write!(f, "\n    {}", Terminal(it)))?;
                }
            }
            Outcome::Selected { version, .. } => {
                write!(f, "go back to {}", Terminal(version.as_str()))?;
            }
            Outcome::Unhelpful => f.write_str("going back does not help")?,
        }
        for candidate in &self.candidates {
            write!(f, "\n  {}", Terminal(candidate.version.as_str()))?;
            for reason in &candidate.reasons {
                write!(f, "\n    {reason} [{}]", reason.code())?;
            }
        }
        for note in &self.notes {
            write!(f, "\n  note: {note}")?;
        }
        for restored in &self.restorations {
            write!(
                f,
                "\n  restore {} {}",
                Terminal(restored.node.as_str()),
                restored.root
            )?;
        }
        for (number, step) in self.steps.iter().enumerate() {
            write!(f, "\n  {}. {}", number + 1, step.kind)?;
            if step.readiness == super::Readiness::Held {
                f.write_str(" (held)")?;
            }
        }
        Ok(())
    }
}
