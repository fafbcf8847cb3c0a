use std::fmt;

use modelward_artifact::Timestamp;

use crate::{Pointer, Slug};

/// Names one reason why an event cannot be recorded.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Refusal {
    /// The incident is closed; it can be reopened.
    Closed,
    /// The custody goes back in time, or goes on after the evidence was destroyed.
    Custody {
        /// The evidence.
        evidence: Slug,
    },
    /// An asset must not be altered before the authorities know, or while a hold is on it.
    Held {
        /// The asset.
        asset: Slug,
    },
    /// Something must not be altered, and the action does not say what it alters.
    HeldAtAll,
    /// An asset is still to be watched.
    Monitored {
        /// The asset.
        asset: Slug,
        /// Until when.
        until: Timestamp,
    },
    /// Eradication can only be waived for drift and failures, by an event of its own.
    NeedsEradication,
    /// Nothing is named that could be contained, and nobody said why not.
    NoAffectedAsset,
    /// Somebody may have to be told, and nobody said when we became aware.
    NoAwareness,
    /// A plan goes from a digest to the same digest.
    NoChange,
    /// A compromised asset in production has neither a confirmed action nor a waiver.
    NoContainment {
        /// The asset.
        asset: Slug,
    },
    /// No link says of what it is a duplicate.
    NoDuplicate,
    /// Something would be destroyed before anything was kept.
    NoEvidence,
    /// A lower severity has to be shown.
    NoEvidenceOfLess,
    /// The event has no such field.
    NoField {
        /// The field.
        field: Pointer,
    },
    /// There is no hold.
    NoHold,
    /// It is not said what sort of incident it is.
    NoKind,
    /// It is not stated as a near miss with what prevented harm.
    NoNearMiss,
    /// Nothing is planned to go back, and nobody said why not.
    NoPlan,
    /// No review was held since the incident came to its end.
    NoReview,
    /// Nobody said what was at the root, or why that cannot be found out.
    NoRootCause,
    /// There is no such step.
    NoSuchStep,
    /// An order names nothing.
    NoTarget {
        /// The order.
        order: Slug,
    },
    /// The incident is not closed.
    NotClosed,
    /// It was not determined to be a false positive.
    NotFalsePositive,
    /// An order is not in force.
    NotInForce {
        /// The order.
        order: Slug,
    },
    /// What was planned is not in place.
    NotRestored {
        /// The asset.
        asset: Slug,
    },
    /// A review is held after the incident.
    NotReviewing,
    /// Nobody went through the reports that have to be sent, since the facts changed.
    ObligationsNotReviewed,
    /// The incident was opened before.
    Opened,
    /// A report is outstanding without a reason.
    Outstanding {
        /// The rule.
        rule: Slug,
    },
    /// It was recorded before.
    Repeated {
        /// What.
        id: Slug,
    },
    /// An order is signed off by the one who proposed it.
    SameHand {
        /// The order.
        order: Slug,
    },
    /// Nothing of that name was recorded.
    Unknown {
        /// What it should be.
        what: &'static str,
        /// The name.
        id: Slug,
    },
    /// Something ends before it begins.
    Window,
}

impl Refusal {
    /// Returns the stable code of this reason.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Closed => "incident.refused.closed",
            Self::Custody { .. } => "incident.refused.custody",
            Self::Held { .. } | Self::HeldAtAll => "incident.refused.held",
            Self::Monitored { .. } => "incident.refused.monitored",
            Self::NeedsEradication => "incident.refused.needs_eradication",
            Self::NoAffectedAsset => "incident.refused.no_asset",
            Self::NoAwareness => "incident.refused.no_awareness",
            Self::NoChange => "incident.refused.no_change",
            Self::NoContainment { .. } => "incident.refused.no_containment",
            Self::NoDuplicate => "incident.refused.no_duplicate",
            Self::NoEvidence => "incident.refused.no_evidence",
            Self::NoEvidenceOfLess => "incident.refused.no_evidence_of_less",
            Self::NoField { .. } => "incident.refused.no_field",
            Self::NoHold => "incident.refused.no_hold",
            Self::NoKind => "incident.refused.no_kind",
            Self::NoNearMiss => "incident.refused.no_near_miss",
            Self::NoPlan => "incident.refused.no_plan",
            Self::NoReview => "incident.refused.no_review",
            Self::NoRootCause => "incident.refused.no_root_cause",
            Self::NoSuchStep => "incident.refused.no_such_step",
            Self::NoTarget { .. } => "incident.refused.no_target",
            Self::NotClosed => "incident.refused.not_closed",
            Self::NotFalsePositive => "incident.refused.not_false_positive",
            Self::NotInForce { .. } => "incident.refused.not_in_force",
            Self::NotRestored { .. } => "incident.refused.not_restored",
            Self::NotReviewing => "incident.refused.not_reviewing",
            Self::ObligationsNotReviewed => "incident.refused.obligations_not_reviewed",
            Self::Opened => "incident.refused.opened",
            Self::Outstanding { .. } => "incident.refused.outstanding",
            Self::Repeated { .. } => "incident.refused.repeated",
            Self::SameHand { .. } => "incident.refused.same_hand",
            Self::Unknown { .. } => "incident.refused.unknown",
            Self::Window => "incident.refused.window",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Custody { evidence } => write!(f, "the custody of `{evidence}` cannot go on so"),
            Self::Held { asset } => write!(f, "`{asset}` must not be altered before a hold ends"),
            Self::Monitored { asset, until } => write!(f, "`{asset}` is watched until {until}"),
            Self::NoContainment { asset } => {
                write!(f, "`{asset}` is in production without a confirmed action")
            }
            Self::NoField { field } => write!(f, "the event has no field `{field}`"),
            Self::NoTarget { order } => write!(f, "the order `{order}` names nothing"),
            Self::NotInForce { order } => write!(f, "the order `{order}` is not in force"),
            Self::NotRestored { asset } => write!(f, "`{asset}` is not what was planned"),
            Self::Outstanding { rule } => {
                write!(
                    f,
                    "the report under `{rule}` is outstanding without a reason"
                )
            }
            Self::Repeated { id } => write!(f, "`{id}` was recorded before"),
            Self::SameHand { order } => {
                write!(f, "the order `{order}` is signed off by who proposed it")
            }
            Self::Unknown { what, id } => write!(f, "no {what} `{id}` was recorded"),
            other => f.write_str(other.plain()),
        }
    }
}

impl Refusal {
    /// Returns the text of a reason that names nothing.
    const fn plain(&self) -> &'static str {
        match self {
            Self::Closed => "the incident is closed",
            Self::HeldAtAll => "a hold is on, and the action does not say what it alters",
            Self::NeedsEradication => "only drift and failures go without eradication, by a waiver",
            Self::NoAffectedAsset => "no affected asset is named",
            Self::NoAwareness => "it is not stated when we became aware",
            Self::NoChange => "the plan changes nothing",
            Self::NoDuplicate => "no link says of what it is a duplicate",
            Self::NoEvidence => "nothing was kept as evidence before something is destroyed",
            Self::NoEvidenceOfLess => "no evidence shows that it is less severe",
            Self::NoHold => "there is no hold",
            Self::NoKind => "no kind of incident is stated",
            Self::NoNearMiss => "it is not stated as a near miss with what prevented harm",
            Self::NoPlan => "no recovery is planned",
            Self::NoReview => "no review was held",
            Self::NoRootCause => "no root cause is stated",
            Self::NoSuchStep => "there is no such step",
            Self::NotClosed => "the incident is not closed",
            Self::NotFalsePositive => "it was not determined to be a false positive",
            Self::NotReviewing => "a review is held after the incident",
            Self::ObligationsNotReviewed => "nobody went through the reports that have to be sent",
            Self::Opened => "the incident was opened already",
            Self::Window => "it ends before it begins",
            _ => "it names something",
        }
    }
}
