use modelward_artifact::{Date, Timestamp};
use thiserror::Error;

use crate::{ActionId, ParseTextError, Text};

/// Says why something is no [`Risk`](crate::Risk), no part of one, or no change of one.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum RiskError {
    /// An acceptance ends before it begins.
    #[error("acceptance of {on} expires on {expires}, expected a later day")]
    AcceptanceEnd {
        /// The day of the decision.
        on: Date,
        /// The last day.
        expires: Date,
    },
    /// Two actions have one id.
    #[error("action `{id}` stands twice")]
    ActionTwice {
        /// The id.
        id: ActionId,
    },
    /// The risk is closed before it is identified.
    #[error("risk is closed on {on}, before it was identified at {identified_at}")]
    ClosedBefore {
        /// The day on which it is closed.
        on: Date,
        /// When it was identified.
        identified_at: Timestamp,
    },
    /// An entry of the history does not end at what follows it.
    #[error("entry {entry} of the history does not lead to the {what} that follows")]
    HistoryGap {
        /// The position of the entry, counted from 1.
        entry: usize,
        /// What the entry changes, such as `owner`.
        what: &'static str,
    },
    /// An entry of the history is earlier than the one before it or than the risk.
    #[error("entry {entry} of the history is of {at}, expected {earliest} or later")]
    HistoryOrder {
        /// The position of the entry, counted from 1.
        entry: usize,
        /// When it was made.
        at: Timestamp,
        /// When the entry before it was made, or the risk identified.
        earliest: Timestamp,
    },
    /// A list has the same link twice.
    #[error("{what} `{found}` stands twice")]
    LinkTwice {
        /// What is linked, such as `incident`.
        what: &'static str,
        /// The link.
        found: String,
    },
    /// A plan has no action.
    #[error("treatment has no action, expected one or more")]
    NoAction,
    /// A link that is to be removed is not there.
    #[error("risk has no {what} `{found}`")]
    NoLink {
        /// What is linked, such as `incident`.
        what: &'static str,
        /// The link.
        found: String,
    },
    /// Every risk has a current rating.
    #[error("current rating cannot be removed")]
    NoRating,
    /// A package URL does not have its form.
    #[error("expected a package URL such as `pkg:huggingface/org/model@1`")]
    PackageUrl,
    /// A threat is treated as an opportunity is.
    #[error("threat cannot be pursued")]
    PursuedThreat,
    /// An acceptance is revoked before it was made.
    #[error("acceptance of {on} is revoked on {revoked}, expected that day or a later one")]
    RevokedBefore {
        /// The day of the decision.
        on: Date,
        /// The day on which it is revoked.
        revoked: Date,
    },
    /// An acceptance is revoked again.
    #[error("acceptance is revoked already")]
    RevokedTwice,
    /// A BOM's serial number does not have its form.
    #[error("expected a serial number such as `urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79`")]
    Serial,
    /// A part is not a text.
    #[error("{what} is not a valid text")]
    Text {
        /// Which part.
        what: &'static str,
        /// What is wrong with it.
        source: ParseTextError,
    },
    /// The risk is being treated, but nobody has decided how.
    #[error("risk is being treated, but its treatment is undecided")]
    TreatedUndecided,
    /// A change leaves everything as it is.
    #[error("{what} is the same before and after")]
    Unchanged {
        /// What should change.
        what: &'static str,
    },
}

impl RiskError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AcceptanceEnd { .. } => "rmf.risk.acceptance_end",
            Self::ActionTwice { .. } => "rmf.risk.action_twice",
            Self::ClosedBefore { .. } => "rmf.risk.closed_before",
            Self::HistoryGap { .. } => "rmf.risk.history_gap",
            Self::HistoryOrder { .. } => "rmf.risk.history_order",
            Self::LinkTwice { .. } => "rmf.risk.link_twice",
            Self::NoAction => "rmf.risk.no_action",
            Self::NoLink { .. } => "rmf.risk.no_link",
            Self::NoRating => "rmf.risk.no_rating",
            Self::PackageUrl => "rmf.risk.package_url",
            Self::PursuedThreat => "rmf.risk.pursued_threat",
            Self::RevokedBefore { .. } => "rmf.risk.revoked_before",
            Self::RevokedTwice => "rmf.risk.revoked_twice",
            Self::Serial => "rmf.risk.serial",
            Self::Text { .. } => "rmf.risk.text",
            Self::TreatedUndecided => "rmf.risk.treated_undecided",
            Self::Unchanged { .. } => "rmf.risk.unchanged",
        }
    }

    /// Reads a part that has to be a text.
    pub(crate) fn text(what: &'static str, text: &str) -> Result<Text, Self> {
        text.parse().map_err(|source| Self::Text { what, source })
    }
}
