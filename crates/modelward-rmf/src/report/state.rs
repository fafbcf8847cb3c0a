use serde::Serialize;

use crate::{Assessment, Attainment, Coverage, Determination, Subcategory};

/// Tells apart what can be said of an outcome, in the order in which reports show it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum State {
    Met,
    PartiallyMet,
    NotMet,
    NotApplicable,
    NotAssessed,
}

impl State {
    pub(super) const ALL: [Self; 5] = [
        Self::Met,
        Self::PartiallyMet,
        Self::NotMet,
        Self::NotApplicable,
        Self::NotAssessed,
    ];

    pub(super) fn of(assessment: &Assessment, subcategory: Subcategory) -> Self {
        let determination = assessment.determination(subcategory);
        match (determination, assessment.attainment(subcategory)) {
            (Determination::NotApplicable { .. }, _) => Self::NotApplicable,
            (_, Some(Attainment::Met)) => Self::Met,
            (_, Some(Attainment::PartiallyMet)) => Self::PartiallyMet,
            (_, Some(Attainment::NotMet)) => Self::NotMet,
            (_, None) => Self::NotAssessed,
        }
    }

    pub(super) const fn count(self, coverage: &Coverage) -> usize {
        match self {
            Self::Met => coverage.met(),
            Self::PartiallyMet => coverage.partially_met(),
            Self::NotMet => coverage.not_met(),
            Self::NotApplicable => coverage.not_applicable(),
            Self::NotAssessed => coverage.not_assessed(),
        }
    }

    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Met => "Met",
            Self::PartiallyMet => "Partially met",
            Self::NotMet => "Not met",
            Self::NotApplicable => "Not applicable",
            Self::NotAssessed => "Not assessed",
        }
    }

    /// Returns the class by which the page colors and patterns it.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::PartiallyMet => "partly",
            Self::NotMet => "unmet",
            Self::NotApplicable => "na",
            Self::NotAssessed => "unseen",
        }
    }

    /// Returns the sign that stands beside the label, so that color is never needed.
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::Met => "●",
            Self::PartiallyMet => "◐",
            Self::NotMet => "○",
            Self::NotApplicable => "–",
            Self::NotAssessed => "?",
        }
    }
}
