use std::collections::BTreeSet;

use modelward_artifact::{Date, Digest, Party, Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::{PolicyKind, RmfAction};
use crate::Slug;

/// Says whether a policy covers what nearly happened too.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "there is no third way")]
pub enum NearMisses {
    /// Near misses are covered.
    Covered,
    /// Near misses are not covered, or nothing is said about them.
    #[default]
    NotCovered,
}

/// Describes one version of a policy; the text itself lies elsewhere.
///
/// What is not decided yet is left out; [`PolicySet::gaps`](super::PolicySet::gaps) says so.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IncidentPolicy {
    id: Slug,
    kind: PolicyKind,
    title: Text,
    version: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    location: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    owner: Option<Party>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    approved_on: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    review_by: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digest: Option<Digest>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    supersedes: Option<Slug>,
    #[serde(default)]
    near_misses: NearMisses,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    serves: BTreeSet<RmfAction>,
}

impl IncidentPolicy {
    /// Describes a draft: an id for this version, what it is for, its title and its version.
    #[must_use]
    pub const fn draft(id: Slug, kind: PolicyKind, title: Text, version: Text) -> Self {
        Self {
            id,
            kind,
            title,
            version,
            location: None,
            owner: None,
            approved_on: None,
            review_by: None,
            digest: None,
            supersedes: None,
            near_misses: NearMisses::NotCovered,
            serves: BTreeSet::new(),
        }
    }

    /// Sets where the text lies.
    #[must_use]
    pub fn at(mut self, location: Text) -> Self {
        self.location = Some(location);
        self
    }

    /// Sets who answers for it.
    #[must_use]
    pub fn with_owner(mut self, owner: Party) -> Self {
        self.owner = Some(owner);
        self
    }

    /// Sets when it was approved and by when it is to be reviewed.
    #[must_use]
    pub const fn approved(mut self, on: Date, review_by: Date) -> Self {
        self.approved_on = Some(on);
        self.review_by = Some(review_by);
        self
    }

    /// Sets the digest of the text that was approved.
    #[must_use]
    pub const fn with_digest(mut self, digest: Digest) -> Self {
        self.digest = Some(digest);
        self
    }

    /// Sets the policy that it takes the place of once it is approved.
    #[must_use]
    pub fn superseding(mut self, id: Slug) -> Self {
        self.supersedes = Some(id);
        self
    }

    /// Sets whether near misses are covered.
    #[must_use]
    pub const fn with_near_misses(mut self, near_misses: NearMisses) -> Self {
        self.near_misses = near_misses;
        self
    }

    /// Adds subcategories of the AI RMF that it serves.
    #[must_use]
    pub fn serving(mut self, actions: impl IntoIterator<Item = RmfAction>) -> Self {
        self.serves.extend(actions);
        self
    }

    /// Returns the id of this version.
    #[must_use]
    pub const fn id(&self) -> &Slug {
        &self.id
    }

    /// Returns what it is for.
    #[must_use]
    pub const fn kind(&self) -> PolicyKind {
        self.kind
    }

    /// Returns the title.
    #[must_use]
    pub const fn title(&self) -> &Text {
        &self.title
    }

    /// Returns the version.
    #[must_use]
    pub const fn version(&self) -> &Text {
        &self.version
    }

    /// Returns where the text lies.
    #[must_use]
    pub const fn location(&self) -> Option<&Text> {
        self.location.as_ref()
    }

    /// Returns who answers for it.
    #[must_use]
    pub const fn owner(&self) -> Option<&Party> {
        self.owner.as_ref()
    }

    /// Returns when it was approved.
    #[must_use]
    pub const fn approved_on(&self) -> Option<Date> {
        self.approved_on
    }

    /// Returns the last day for its review.
    #[must_use]
    pub const fn review_by(&self) -> Option<Date> {
        self.review_by
    }

    /// Returns the digest of its text.
    #[must_use]
    pub const fn digest(&self) -> Option<&Digest> {
        self.digest.as_ref()
    }

    /// Returns the policy that it takes the place of.
    #[must_use]
    pub const fn supersedes(&self) -> Option<&Slug> {
        self.supersedes.as_ref()
    }

    /// Returns whether near misses are covered.
    #[must_use]
    pub const fn near_misses(&self) -> NearMisses {
        self.near_misses
    }

    /// Returns the subcategories of the AI RMF that it serves.
    #[must_use]
    pub const fn serves(&self) -> &BTreeSet<RmfAction> {
        &self.serves
    }

    /// Tells whether it was approved by `now`.
    #[must_use]
    pub fn is_approved(&self, now: Timestamp) -> bool {
        self.approved_on.is_some_and(|on| on.start() <= now)
    }
}
