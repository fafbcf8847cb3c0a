use std::fmt;

use serde::{Deserialize, Serialize};

/// Names a phase of incident response, in the order of NIST SP 800-61 Rev. 2, section 3.
///
/// Preparation comes before there is an incident, so no record is ever in it; `Closed` is ours.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "NIST SP 800-61 fixes the phases")]
pub enum Phase {
    /// People, plans and backups are made ready.
    Preparation,
    /// Something was noticed and is being understood.
    Detection,
    /// The harm is kept from spreading.
    Containment,
    /// Its cause is removed.
    Eradication,
    /// Service goes back to a good version.
    Recovery,
    /// What happened is reviewed and what follows is decided.
    PostIncident,
    /// Nothing is left to do.
    Closed,
}

/// Every allowed step. A step forward skips nothing but what is waived; each step back has its reason.
const STEPS: [(Phase, Phase); 14] = [
    (Phase::Detection, Phase::Containment),
    (Phase::Containment, Phase::Eradication),
    (Phase::Eradication, Phase::Recovery),
    (Phase::Recovery, Phase::PostIncident),
    (Phase::PostIncident, Phase::Closed),
    // There is nothing to eradicate.
    (Phase::Containment, Phase::Recovery),
    // It was none, or is recorded elsewhere.
    (Phase::Detection, Phase::Closed),
    // More is affected than was thought.
    (Phase::Containment, Phase::Detection),
    // The cause is not the one that was thought, or it came back.
    (Phase::Eradication, Phase::Containment),
    (Phase::Recovery, Phase::Containment),
    (Phase::Recovery, Phase::Eradication),
    // The review, or later news, shows that it was not over.
    (Phase::PostIncident, Phase::Containment),
    (Phase::PostIncident, Phase::Detection),
    (Phase::Closed, Phase::Detection),
];

impl Phase {
    /// Lists every phase in order.
    pub const ALL: [Self; 7] = [
        Self::Preparation,
        Self::Detection,
        Self::Containment,
        Self::Eradication,
        Self::Recovery,
        Self::PostIncident,
        Self::Closed,
    ];

    /// Returns the words, such as `post-incident`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Preparation => "preparation",
            Self::Detection => "detection",
            Self::Containment => "containment",
            Self::Eradication => "eradication",
            Self::Recovery => "recovery",
            Self::PostIncident => "post-incident",
            Self::Closed => "closed",
        }
    }

    /// Tells whether an incident in this phase may go over to `next`.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        STEPS.contains(&(self, next))
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
