use std::fmt;

use serde::{Deserialize, Serialize};

/// Says what is done, in the order in which it is done: evidence before anything that destroys it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum StepKind {
    /// Record the digests of weights, settings and logs as they are now.
    PreserveEvidence,
    /// Take it out of use: of serving, or of training where it is a data set.
    RemoveFromServing,
    /// Order that nothing tainted is used.
    QuarantineTaint,
    /// Take away names that point to something tainted.
    RevokeAliases,
    /// Copy the bytes from the verified backup.
    Restore,
    /// Compute the digests where the bytes are now.
    VerifyDigests,
    /// Let the name point to what was restored, for a part of the traffic first.
    PointAlias,
    /// Watch it more closely for a while.
    Monitor,
}

impl StepKind {
    /// Lists the steps in order.
    pub const ALL: [Self; 8] = [
        Self::PreserveEvidence,
        Self::RemoveFromServing,
        Self::QuarantineTaint,
        Self::RevokeAliases,
        Self::Restore,
        Self::VerifyDigests,
        Self::PointAlias,
        Self::Monitor,
    ];

    /// Returns what to do.
    #[must_use]
    pub const fn action(self) -> &'static str {
        match self {
            Self::PreserveEvidence => "preserve the weights, settings and logs as evidence",
            Self::RemoveFromServing => "take what is to be left out of use",
            Self::QuarantineTaint => "issue an order of quarantine for everything tainted",
            Self::RevokeAliases => "revoke the aliases that point to something tainted",
            Self::Restore => "restore in the order of the plan, each from its verified backup",
            Self::VerifyDigests => "verify the digests at the destination",
            Self::PointAlias => "point the alias to the restored release",
            Self::Monitor => "monitor the restored release",
        }
    }

    /// Returns what has to hold before.
    #[must_use]
    pub const fn precondition(self) -> &'static str {
        match self {
            Self::PreserveEvidence => "nothing was changed yet",
            Self::RemoveFromServing => "the evidence is recorded with its digests",
            Self::QuarantineTaint => "the taint is that of the present state of the incident",
            Self::RevokeAliases => "the order of quarantine is signed off",
            Self::Restore => "the plan is verified again and the assets are not held",
            Self::VerifyDigests => "every file was copied",
            Self::PointAlias => "the digests at the destination are those of the plan",
            Self::Monitor => "the alias points to the restored release",
        }
    }

    /// Returns what has to hold afterwards.
    #[must_use]
    pub const fn postcondition(self) -> &'static str {
        match self {
            Self::PreserveEvidence => "the evidence is recorded with its digests",
            Self::RemoveFromServing => "nothing uses what is to be left",
            Self::QuarantineTaint => "the order is in force and names every tainted thing",
            Self::RevokeAliases => "no alias resolves to something tainted",
            Self::Restore => "the destination has the files of the backups and no others",
            Self::VerifyDigests => "each root digest at the destination is that of the plan",
            Self::PointAlias => "what answers has the root digest of the plan",
            Self::Monitor => "the time of watching is over and nothing was found",
        }
    }

    /// Returns what takes it back, where that can be.
    #[must_use]
    pub const fn inverse(self) -> Option<&'static str> {
        match self {
            Self::PreserveEvidence | Self::VerifyDigests | Self::Monitor => None,
            Self::RemoveFromServing => Some("return it to use"),
            Self::QuarantineTaint => Some("lift the order"),
            Self::RevokeAliases => Some("set the aliases again"),
            Self::Restore => Some("remove the restored copy"),
            Self::PointAlias => Some("point the alias away"),
        }
    }

    /// Tells whether it alters the system, which is not done while the assets are held.
    #[must_use]
    pub const fn alters(self) -> bool {
        matches!(self, Self::Restore | Self::VerifyDigests | Self::PointAlias)
    }

    /// Tells whether it is done too where there is nothing to go back to.
    #[must_use]
    pub const fn contains_harm(self) -> bool {
        matches!(
            self,
            Self::PreserveEvidence
                | Self::RemoveFromServing
                | Self::QuarantineTaint
                | Self::RevokeAliases
        )
    }
}

impl fmt::Display for StepKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.action())
    }
}

/// Says whether a step may be done.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "a step may be done or may not")]
pub enum Readiness {
    /// Not before the hold on the assets ends.
    Held,
    /// As soon as what comes before it is done.
    Ready,
}

/// Holds one step of a plan.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Step {
    /// What is done.
    pub kind: StepKind,
    /// Whether it may be done.
    pub readiness: Readiness,
    /// What has to hold before.
    pub precondition: String,
    /// What has to hold afterwards.
    pub postcondition: String,
    /// What takes it back, where that can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inverse: Option<String>,
}

impl Step {
    pub(crate) fn new(kind: StepKind, alteration: Readiness) -> Self {
        Self {
            kind,
            readiness: if kind.alters() {
                alteration
            } else {
                Readiness::Ready
            },
            precondition: kind.precondition().to_owned(),
            postcondition: kind.postcondition().to_owned(),
            inverse: kind.inverse().map(str::to_owned),
        }
    }
}
