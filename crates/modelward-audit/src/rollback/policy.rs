use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::time::Duration;

use modelward_artifact::{Digest, JsonLimits, json};
use modelward_graph::NodeKind;
use semver::Version;
use serde::{Deserialize, Serialize};

use crate::ReadRollbackError;

/// Says what counts as safe to go back to. The default refuses whatever is not known.
///
/// As JSON it is a document of the schema `modelward.rollback-policy/1`; a member that is not known
/// is refused.
///
/// ```
/// use modelward_artifact::JsonLimits;
/// use modelward_audit::rollback::{RollbackPolicy, Suspects};
///
/// let policy = RollbackPolicy::default().with_suspects(Suspects::Ignore);
/// let again = RollbackPolicy::from_json(&policy.to_json(), &JsonLimits::default())?;
/// assert_eq!(again.digest(), policy.digest());
///
/// let refused = RollbackPolicy::from_json(b"{\"surprise\": 1}", &JsonLimits::default());
/// assert_eq!(refused.unwrap_err().code(), "artifact.json.shape");
/// # Ok::<(), modelward_audit::rollback::ReadRollbackError>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RollbackPolicy {
    schema: Schema,
    pub(crate) suspects: Suspects,
    pub(crate) unmatched_roots: Stance,
    pub(crate) incomplete_closures: Stance,
    pub(crate) unsafe_formats: Stance,
    #[serde(default = "refuse")]
    pub(crate) unknown_health: Stance,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) restored: BTreeSet<NodeKind>,
    backup_max_age_seconds: u32,
    validity_seconds: NonZeroU32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) floor: Option<Floor>,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
enum Schema {
    #[serde(rename = "modelward.rollback-policy/1")]
    V1,
}

/// Says whether what may be compromised counts as compromised.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "a suspicion counts or does not")]
pub enum Suspects {
    /// Only what is confirmed to be compromised taints.
    Ignore,
    /// What is suspected, or was not looked at yet, taints too.
    Taint,
}

/// Says what happens to a release of which something is not known or not good.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "a release passes or does not")]
pub enum Stance {
    /// It is gone back to all the same.
    Allow,
    /// It is not gone back to.
    Refuse,
}

/// Says which releases are too old, so that nobody is led back to a version that has known flaws.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "every planner has to judge each")]
pub enum Floor {
    /// What was deployed before the release of this root digest, or is not known to be deployed
    /// later.
    Digest(Digest),
    /// What has a lower version, or one that is no semantic version.
    Version(Version),
}

impl Default for RollbackPolicy {
    fn default() -> Self {
        const DAY: u32 = 24 * 60 * 60;
        Self {
            schema: Schema::V1,
            suspects: Suspects::Taint,
            unmatched_roots: Stance::Refuse,
            incomplete_closures: Stance::Refuse,
            unsafe_formats: Stance::Refuse,
            unknown_health: Stance::Refuse,
            restored: BTreeSet::new(),
            backup_max_age_seconds: DAY,
            validity_seconds: NonZeroU32::new(4 * 60 * 60).unwrap_or(NonZeroU32::MIN),
            floor: None,
        }
    }
}

impl RollbackPolicy {
    /// Sets whether what may be compromised counts as compromised.
    #[must_use]
    pub const fn with_suspects(mut self, suspects: Suspects) -> Self {
        self.suspects = suspects;
        self
    }

    /// Sets whether to go on where the graph lacks something that the incident names.
    #[must_use]
    pub const fn with_unmatched_roots(mut self, stance: Stance) -> Self {
        self.unmatched_roots = stance;
        self
    }

    /// Sets whether a release may need things that nobody described.
    #[must_use]
    pub const fn with_incomplete_closures(mut self, stance: Stance) -> Self {
        self.incomplete_closures = stance;
        self
    }

    /// Sets whether a release may have formats that run code, such as pickle, or unknown ones.
    #[must_use]
    pub const fn with_unsafe_formats(mut self, stance: Stance) -> Self {
        self.unsafe_formats = stance;
        self
    }

    /// Sets whether a release may be gone back to of which nobody looked whether advisories or other
    /// incidents name it, or whether it passed a gate when it was released.
    #[must_use]
    pub const fn with_unknown_health(mut self, stance: Stance) -> Self {
        self.unknown_health = stance;
        self
    }

    /// Adds a kind of things that are restored together with a release that needs them. Each of them
    /// has to be signed, to be the one of the graph, and to have a good backup of its own.
    #[must_use]
    pub fn with_restored(mut self, kind: NodeKind) -> Self {
        self.restored.insert(kind);
        self
    }

    /// Sets how long ago a backup may have been verified, in whole seconds, at most
    /// `u32::MAX`.
    #[must_use]
    pub fn with_backup_max_age(mut self, age: Duration) -> Self {
        self.backup_max_age_seconds = u32::try_from(age.as_secs()).unwrap_or(u32::MAX);
        self
    }

    /// Sets how many seconds a plan is good for.
    #[must_use]
    pub const fn with_validity_seconds(mut self, seconds: NonZeroU32) -> Self {
        self.validity_seconds = seconds;
        self
    }

    /// Sets which releases are too old.
    #[must_use]
    pub fn with_floor(mut self, floor: Floor) -> Self {
        self.floor = Some(floor);
        self
    }

    /// Returns how long ago a backup may have been verified.
    #[must_use]
    pub fn backup_max_age(&self) -> Duration {
        Duration::from_secs(u64::from(self.backup_max_age_seconds))
    }

    /// Returns how long a plan is good for.
    #[must_use]
    pub fn validity(&self) -> Duration {
        Duration::from_secs(u64::from(self.validity_seconds.get()))
    }

    /// Reads a policy.
    ///
    /// # Errors
    ///
    /// [`ReadRollbackError`] where the text is not strict JSON of this schema.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadRollbackError> {
        Ok(json::read_as(bytes, limits)?)
    }

    /// Writes the policy as canonical JSON (RFC 8785), the same bytes for the same policy.
    ///
    /// # Panics
    ///
    /// Never: text and numbers of 32 bits have a canonical form.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        json::canonical(self).expect("text and numbers of 32 bits have a canonical form")
    }

    /// Returns SHA-256 of the canonical JSON.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::sha256(&self.to_json())
    }
}

const fn refuse() -> Stance {
    Stance::Refuse
}
