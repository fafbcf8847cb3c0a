use modelward_artifact::{Digest, Text, Timestamp};
use serde::{Deserialize, Serialize};

use crate::Slug;

/// Says what an asset goes back to, how, and how long it is watched afterwards.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct RecoveryPlan {
    /// What the record calls it. A new plan for the same asset takes the place of the old one; plans
    /// for two assets have two names.
    pub id: Slug,
    /// What goes back.
    pub asset: Slug,
    /// What it is now: the root digest of its manifest.
    pub from: Digest,
    /// What it goes back to.
    pub to: Digest,
    /// The version that this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_version: Option<Text>,
    /// What is done, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Text>,
    /// Until when it is watched before recovery is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monitoring_until: Option<Timestamp>,
}

impl RecoveryPlan {
    /// Plans that an asset goes from one digest to another.
    #[must_use]
    pub const fn new(id: Slug, asset: Slug, from: Digest, to: Digest) -> Self {
        Self {
            id,
            asset,
            from,
            to,
            to_version: None,
            steps: Vec::new(),
            monitoring_until: None,
        }
    }

    /// Sets the version that it goes back to.
    #[must_use]
    pub fn with_version(mut self, version: Text) -> Self {
        self.to_version = Some(version);
        self
    }

    /// Adds a step.
    #[must_use]
    pub fn with_step(mut self, step: Text) -> Self {
        self.steps.push(step);
        self
    }

    /// Sets until when it is watched.
    #[must_use]
    pub const fn monitored_until(mut self, until: Timestamp) -> Self {
        self.monitoring_until = Some(until);
        self
    }
}

/// Records what was found in place after a plan was carried out.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RecoveryReceipt {
    /// The plan.
    pub plan: Slug,
    /// The digest of what is in place, computed there.
    pub observed: Digest,
    /// How it was computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

impl RecoveryReceipt {
    /// States what was found in place.
    #[must_use]
    pub const fn new(plan: Slug, observed: Digest) -> Self {
        let note = None;
        Self {
            plan,
            observed,
            note,
        }
    }

    /// Sets how it was computed.
    #[must_use]
    pub fn with_note(mut self, note: Text) -> Self {
        self.note = Some(note);
        self
    }
}

/// Holds a plan and what was found after it was carried out.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RecoveryState {
    pub(crate) plan: RecoveryPlan,
    pub(crate) receipt: Option<RecoveryReceipt>,
}

impl RecoveryState {
    /// Returns the plan.
    #[must_use]
    pub const fn plan(&self) -> &RecoveryPlan {
        &self.plan
    }

    /// Returns the last receipt.
    #[must_use]
    pub const fn receipt(&self) -> Option<&RecoveryReceipt> {
        self.receipt.as_ref()
    }

    /// Tells whether what was planned is in place.
    #[must_use]
    pub fn is_restored(&self) -> bool {
        self.receipt
            .as_ref()
            .is_some_and(|it| it.observed == self.plan.to)
    }
}
