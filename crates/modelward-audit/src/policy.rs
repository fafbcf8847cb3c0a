use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{Digest, JsonLimits, Text, Timestamp};
use modelward_rmf::{Phase, PolicyId};
use serde::{Serialize, Serializer};

use crate::policy::error::ReadReleasePolicyError;
use crate::policy::facts::ReleaseFacts;
use crate::policy::read::Document;
use crate::policy::report::ReleaseReport;
use crate::policy::section::PhaseRules;
use crate::policy::waiver::Waiver;

pub(crate) mod attest;
pub(crate) mod error;
pub(crate) mod fact;
pub(crate) mod facts;
mod gather;
mod gather_bom;
pub(crate) mod gather_chain;
mod gather_license;
mod gather_lineage;
mod judge;
mod judge_bom;
mod judge_chain;
mod judge_license;
mod judge_rmf;
mod read;
pub(crate) mod recorded;
pub(crate) mod report;
pub(crate) mod rule;
mod sarif;
pub(crate) mod section;
pub(crate) mod terms;
pub(crate) mod waiver;

pub(crate) const SCHEMA: &str = "modelward.release-policy/1";

/// Says what has to be the case for a model to leave a phase of its life, over all that the crates
/// of modelward know about it.
///
/// - Its document is TOML or JSON with `schema = "modelward.release-policy/1"`, an `id`, a
///   `version` and a `title`. Both have the same members, in kebab-case.
/// - `phase.NAME` holds the rules of one [`Phase`]. There is at least one phase, and each has at
///   least one rule. A rule that is not there is not asked.
/// - `waivers` lists what somebody accepts although it fails, until a date.
/// - A rule, member or word that this version does not know is refused with its line and column:
///   a rule that is passed over leaves a gate open.
///
/// ```
/// use modelward_artifact::{Digest, JsonLimits};
/// use modelward_audit::{Decision, PolicyRule, ReleaseFacts, ReleasePolicy};
/// use modelward_rmf::Phase;
///
/// let text = r#"
/// schema = "modelward.release-policy/1"
/// id = "acme.release"
/// version = "3"
/// title = "What Acme releases"
///
/// [phase.release.signature]
///
/// [phase.release.licenses]
/// deny = ["AGPL-3.0-only"]
/// "#;
/// let policy = ReleasePolicy::from_toml(text, &JsonLimits::default())?;
/// let facts = ReleaseFacts::new("my-model", Digest::sha256(b"files"));
/// let report = policy.evaluate(Phase::Release, &facts, "2026-11-26T10:00:00Z".parse()?);
/// assert_eq!(report.decision(), Decision::CannotTell);
/// assert_eq!(report.rules().len(), 2);
/// assert!(report.rule(PolicyRule::Licenses).is_some());
///
/// let typo = text.replace("deny", "denied");
/// let refused = ReleasePolicy::from_toml(&typo, &JsonLimits::default()).unwrap_err();
/// assert_eq!(refused.code(), "audit.policy.refused");
/// assert!(refused.to_string().starts_with("policy refused at line 10, column 1: unknown field"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReleasePolicy {
    document: Document,
    digest: Digest,
}

impl ReleasePolicy {
    /// Returns the policy that modelward starts from: our choice, since no framework defines a gate.
    ///
    /// It asks at each phase for what there can be by then, and says why beside each rule; its text
    /// is [`BASELINE`](Self::BASELINE). What an organization alone can name it does not ask: who may
    /// sign, which licenses are not allowed, and by which policy a phase gate has to judge.
    ///
    /// # Panics
    ///
    /// Never: a test reads the text.
    #[must_use]
    pub fn baseline() -> Self {
        let read = Self::from_toml(Self::BASELINE, &JsonLimits::default());
        read.expect("our own policy is read in a test")
    }

    /// Holds the text of [`baseline`](Self::baseline), to be copied and changed.
    pub const BASELINE: &'static str = include_str!("policy/baseline.toml");

    /// Reads a policy from TOML.
    ///
    /// Of the limits, that of the size in bytes holds, and 1 MiB at most.
    ///
    /// # Errors
    ///
    /// [`ReadReleasePolicyError`] where the text is too large or no policy, with line and column.
    pub fn from_toml(text: &str, limits: &JsonLimits) -> Result<Self, ReadReleasePolicyError> {
        Self::seal(read::toml(text, limits)?)
    }

    /// Reads a policy from JSON.
    ///
    /// # Errors
    ///
    /// [`ReadReleasePolicyError`] where the text passes a limit, which is 1 MiB at most, or is no
    /// policy, with line and column.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadReleasePolicyError> {
        Self::seal(read::json(bytes, limits)?)
    }

    /// Returns the JSON document, the same bytes for the same policy, whichever form it was read
    /// from.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where the policy has no JSON form.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(self)
    }

    /// Returns the SHA-256 digest of the canonical document (RFC 8785).
    #[must_use]
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// Returns the id.
    #[must_use]
    pub const fn id(&self) -> &PolicyId {
        &self.document.id
    }

    /// Returns the version.
    #[must_use]
    pub const fn version(&self) -> &Text {
        &self.document.version
    }

    /// Returns what people read.
    #[must_use]
    pub const fn title(&self) -> &Text {
        &self.document.title
    }

    /// Returns the phases that have rules, in the order of time.
    pub fn phases(&self) -> impl Iterator<Item = (Phase, &PhaseRules)> {
        self.document.phase.iter()
    }

    /// Returns the rules of one phase, if it has any.
    #[must_use]
    pub fn rules(&self, phase: Phase) -> Option<&PhaseRules> {
        self.phases()
            .find_map(|(it, rules)| (it == phase).then_some(rules))
    }

    /// Returns the waivers, those that expired included, sorted.
    #[must_use]
    pub fn waivers(&self) -> impl ExactSizeIterator<Item = &Waiver> {
        self.document.waivers.iter()
    }

    /// Judges by the rules of a phase, and lists every reason of every rule.
    ///
    /// It is pure: the same policy, facts and time give the same bytes, in whatever order the facts
    /// were given.
    /// - A rule for which no fact was given cannot tell. So does a phase without rules.
    /// - A waiver covers what fails, never what is not known.
    /// - A failing fact that is added to facts of its kind never makes the decision better.
    pub fn evaluate(&self, phase: Phase, facts: &ReleaseFacts, now: Timestamp) -> ReleaseReport {
        let outcomes = self
            .rules(phase)
            .map(|rules| judge::outcomes((phase, rules), facts, now))
            .unwrap_or_default();
        ReleaseReport::new(self, (phase, now), facts, outcomes)
    }

    fn seal(document: Document) -> Result<Self, ReadReleasePolicyError> {
        let digest = Digest::sha256(&json::canonical(&document)?);
        Ok(Self { document, digest })
    }
}

impl Serialize for ReleasePolicy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.document.serialize(serializer)
    }
}
