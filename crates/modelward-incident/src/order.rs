use modelward_artifact::{Party, Text, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{AssetRef, Slug};

/// Orders that what is named be used no longer. Its bytes are kept: quarantine is not deletion.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct QuarantineOrder {
    /// What the record calls it.
    pub id: Slug,
    /// What must not be used.
    pub targets: Vec<AssetRef>,
    /// Why.
    pub reason: Text,
    /// From when on it holds no longer; `None` holds until it is lifted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
}

impl QuarantineOrder {
    /// States why; add what must not be used.
    #[must_use]
    pub const fn new(id: Slug, reason: Text) -> Self {
        Self {
            id,
            targets: Vec::new(),
            reason,
            expires: None,
        }
    }

    /// Adds what must not be used.
    #[must_use]
    pub fn with_target(mut self, target: AssetRef) -> Self {
        self.targets.push(target);
        self
    }

    /// Sets from when on it holds no longer.
    #[must_use]
    pub const fn until(mut self, expires: Timestamp) -> Self {
        self.expires = Some(expires);
        self
    }
}

/// Holds an order, who signed it off, and whether it was lifted.
///
/// It is in force from the moment when somebody else than the one who proposed it signs it off.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OrderState {
    pub(crate) order: QuarantineOrder,
    pub(crate) proposed: (Timestamp, Party),
    pub(crate) signed_off: Option<(Timestamp, Party)>,
    pub(crate) lifted: Option<(Timestamp, Party)>,
}

impl OrderState {
    /// Returns the order.
    #[must_use]
    pub const fn order(&self) -> &QuarantineOrder {
        &self.order
    }

    /// Returns when it was proposed, and by whom.
    #[must_use]
    pub const fn proposed(&self) -> &(Timestamp, Party) {
        &self.proposed
    }

    /// Returns when it was signed off, and by whom.
    #[must_use]
    pub const fn signed_off(&self) -> Option<&(Timestamp, Party)> {
        self.signed_off.as_ref()
    }

    /// Returns when it was lifted, and by whom.
    #[must_use]
    pub const fn lifted(&self) -> Option<&(Timestamp, Party)> {
        self.lifted.as_ref()
    }

    /// Tells whether it is in force at an instant.
    #[must_use]
    pub fn is_in_force(&self, now: Timestamp) -> bool {
        let signed_off = self.signed_off.as_ref().is_some_and(|(at, _)| *at <= now);
        let lifted = self.lifted.as_ref().is_some_and(|(at, _)| *at <= now);
        let expired = self.order.expires.is_some_and(|expires| expires <= now);
        signed_off && !lifted && !expired
    }
}
