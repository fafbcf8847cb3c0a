use modelward_artifact::{Date, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Party, RiskError, Text};

/// Records that a party carries a risk for a time, and why.
///
/// - There is no acceptance without an approver, a reason and an end, and the end lies after the
///   day of the decision.
/// - It is valid from the first instant of that day to the last instant of the day on which it
///   expires, unless it is revoked before.
/// - Whether the approver may accept this risk is not checked here: compare
///   [`Acceptance::by`] with the owner of the risk.
///
/// ```
/// use modelward_rmf::{Acceptance, AcceptanceState, Party};
///
/// let ada = Party::new("Ada Example")?;
/// let reason = "The model is retired in March.";
/// let accepted = Acceptance::new(ada.clone(), "2026-11-26".parse()?, reason, "2027-03-31".parse()?)?;
/// assert!(accepted.is_valid("2027-03-31T23:59:59Z".parse()?));
/// assert_eq!(accepted.state("2027-04-01T00:00:00Z".parse()?), AcceptanceState::Expired);
///
/// let refused = Acceptance::new(ada, "2026-11-26".parse()?, reason, "2026-11-26".parse()?);
/// assert_eq!(refused.unwrap_err().code(), "rmf.risk.acceptance_end");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(try_from = "Wire")]
pub struct Acceptance {
    by: Party,
    on: Date,
    justification: Text,
    expires: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    revoked: Option<Revocation>,
}

impl Acceptance {
    /// Records who accepts, on which day, why, and the last day on which it holds.
    ///
    /// # Errors
    ///
    /// [`RiskError`] where the justification is no [`Text`] or the last day does not lie after the
    /// first.
    pub fn new(by: Party, on: Date, justification: &str, expires: Date) -> Result<Self, RiskError> {
        Self {
            by,
            on,
            justification: RiskError::text("justification", justification)?,
            expires,
            revoked: None,
        }
        .checked()
    }

    /// Revokes the acceptance.
    ///
    /// # Errors
    ///
    /// [`RiskError`] where it is revoked already, or would be before the day of the decision.
    pub fn revoke(mut self, revocation: Revocation) -> Result<Self, RiskError> {
        if self.revoked.is_some() {
            return Err(RiskError::RevokedTwice);
        }
        self.revoked = Some(revocation);
        self.checked()
    }

    /// Returns who accepts the risk.
    #[must_use]
    pub const fn by(&self) -> &Party {
        &self.by
    }

    /// Returns the day of the decision.
    #[must_use]
    pub const fn on(&self) -> Date {
        self.on
    }

    /// Returns why the risk is accepted.
    #[must_use]
    pub const fn justification(&self) -> &Text {
        &self.justification
    }

    /// Returns the last day on which the acceptance holds.
    #[must_use]
    pub const fn expires(&self) -> Date {
        self.expires
    }

    /// Returns who revoked the acceptance, when and why.
    #[must_use]
    pub const fn revoked(&self) -> Option<&Revocation> {
        self.revoked.as_ref()
    }

    /// Tells how the acceptance stands at `now`.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> AcceptanceState {
        let revoked = self.revoked.as_ref();
        if revoked.is_some_and(|revoked| revoked.on.start() <= now) {
            AcceptanceState::Revoked
        } else if self.expires.is_over(now) {
            AcceptanceState::Expired
        } else if now < self.on.start() {
            AcceptanceState::NotYetValid
        } else {
            AcceptanceState::Valid
        }
    }

    /// Tells whether the acceptance holds at `now`.
    #[must_use]
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.state(now) == AcceptanceState::Valid
    }

    fn checked(self) -> Result<Self, RiskError> {
        let (on, expires) = (self.on, self.expires);
        if expires <= on {
            return Err(RiskError::AcceptanceEnd { on, expires });
        }
        match &self.revoked {
            Some(revoked) if revoked.on < on => Err(RiskError::RevokedBefore {
                on,
                revoked: revoked.on,
            }),
            _ => Ok(self),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    by: Party,
    on: Date,
    justification: Text,
    expires: Date,
    revoked: Option<Revocation>,
}

impl TryFrom<Wire> for Acceptance {
    type Error = RiskError;

    fn try_from(wire: Wire) -> Result<Self, RiskError> {
        Self {
            by: wire.by,
            on: wire.on,
            justification: wire.justification,
            expires: wire.expires,
            revoked: wire.revoked,
        }
        .checked()
    }
}

/// Says how an [`Acceptance`] stands at some time.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum AcceptanceState {
    /// Its last day has passed.
    Expired,
    /// The day of the decision has not come.
    NotYetValid,
    /// It was revoked.
    Revoked,
    /// It holds.
    Valid,
}

/// Records who took an [`Acceptance`] back, from which day on, and why.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Revocation {
    on: Date,
    by: Party,
    reason: Text,
}

impl Revocation {
    /// Records a revocation. The acceptance does not hold from the first instant of the day on.
    ///
    /// # Errors
    ///
    /// [`RiskError::Text`] where the reason is no [`Text`].
    pub fn new(by: Party, on: Date, reason: &str) -> Result<Self, RiskError> {
        let reason = RiskError::text("reason", reason)?;
        Ok(Self { on, by, reason })
    }

    /// Returns the day from which on the acceptance does not hold.
    #[must_use]
    pub const fn on(&self) -> Date {
        self.on
    }

    /// Returns who took the acceptance back.
    #[must_use]
    pub const fn by(&self) -> &Party {
        &self.by
    }

    /// Returns why.
    #[must_use]
    pub const fn reason(&self) -> &Text {
        &self.reason
    }
}
