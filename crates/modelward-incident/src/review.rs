use std::collections::BTreeMap;

use modelward_artifact::{Date, Digest, Party, Text, Timestamp};
use serde::{Deserialize, Serialize};

use crate::Slug;

/// Says what was at the root of an incident, or that it could not be found out.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum RootCause {
    /// It is known.
    Known {
        /// The cause.
        cause: Text,
    },
    /// It could not be found out.
    Unknown {
        /// Why not.
        why: Text,
    },
}

/// Sums up a review: what happened, what went well and badly, and what is done about it by whom.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct PostIncidentReview {
    /// What happened and what follows from it.
    pub summary: Text,
    /// What went well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub went_well: Vec<Text>,
    /// What went badly.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub went_badly: Vec<Text>,
    /// What is done about it; no two of one id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<ReviewAction>,
    /// Who took part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<Party>,
}

impl PostIncidentReview {
    /// Sums up what happened.
    #[must_use]
    pub const fn new(summary: Text) -> Self {
        Self {
            summary,
            went_well: Vec::new(),
            went_badly: Vec::new(),
            actions: Vec::new(),
            participants: Vec::new(),
        }
    }

    /// Adds what went well.
    #[must_use]
    pub fn went_well(mut self, what: Text) -> Self {
        self.went_well.push(what);
        self
    }

    /// Adds what went badly.
    #[must_use]
    pub fn went_badly(mut self, what: Text) -> Self {
        self.went_badly.push(what);
        self
    }

    /// Adds what is done about it.
    #[must_use]
    pub fn with_action(mut self, action: ReviewAction) -> Self {
        self.actions.push(action);
        self
    }

    /// Adds who took part.
    #[must_use]
    pub fn with_participant(mut self, participant: Party) -> Self {
        self.participants.push(participant);
        self
    }
}

/// Says what somebody does until when, so that it does not happen again.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ReviewAction {
    /// What the record calls it.
    pub id: Slug,
    /// What is done.
    pub text: Text,
    /// Who answers for it.
    pub owner: Party,
    /// The last day on which it is done in time.
    pub due: Date,
}

impl ReviewAction {
    /// States what somebody does until when.
    #[must_use]
    pub const fn new(id: Slug, text: Text, owner: Party, due: Date) -> Self {
        Self {
            id,
            text,
            owner,
            due,
        }
    }
}

/// Holds the last review and which of its actions are done.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReviewState {
    pub(crate) review: PostIncidentReview,
    pub(crate) held: Timestamp,
    pub(crate) done: BTreeMap<Slug, Timestamp>,
}

impl ReviewState {
    /// Returns the review.
    #[must_use]
    pub const fn review(&self) -> &PostIncidentReview {
        &self.review
    }

    /// Returns when it was recorded.
    #[must_use]
    pub const fn held(&self) -> Timestamp {
        self.held
    }

    /// Returns when an action was done.
    #[must_use]
    pub fn done(&self, action: &Slug) -> Option<Timestamp> {
        self.done.get(action).copied()
    }

    /// Returns the actions that are not done.
    pub fn open_actions(&self) -> impl Iterator<Item = &ReviewAction> {
        let actions = self.review.actions.iter();
        actions.filter(|action| !self.done.contains_key(&action.id))
    }

    /// Returns the actions that are not done though their day is over.
    pub fn overdue_actions(&self, now: Timestamp) -> impl Iterator<Item = &ReviewAction> {
        self.open_actions()
            .filter(move |action| action.due.is_over(now))
    }
}

/// Records that somebody went through the reports that have to be sent.
///
/// [`Incident::review_obligations`](crate::Incident::review_obligations) makes it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ObligationReview {
    /// SHA-256 of the rules as canonical JSON.
    pub rules: Digest,
    /// Every rule under which a report is still to be sent or something is to be found out, and why
    /// the incident may be closed all the same.
    #[serde(default)]
    pub outstanding: BTreeMap<Slug, Option<Text>>,
}

impl ObligationReview {
    /// Gives a reason why the incident may be closed though a report is outstanding. A rule that is
    /// not outstanding needs none, and is left out.
    #[must_use]
    pub fn with_reason(mut self, rule: &Slug, reason: Text) -> Self {
        if let Some(place) = self.outstanding.get_mut(rule) {
            *place = Some(reason);
        }
        self
    }
}
