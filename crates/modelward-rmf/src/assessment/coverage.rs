use serde::Serialize;

use crate::{Attainment, Current, Determination, Profile, Subcategory};

/// Counts how many subcategories have which determination.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    met: usize,
    partially_met: usize,
    not_met: usize,
    not_applicable: usize,
    not_assessed: usize,
}

impl Coverage {
    /// Returns how many are met.
    #[must_use]
    pub const fn met(&self) -> usize {
        self.met
    }

    /// Returns how many are partially met.
    #[must_use]
    pub const fn partially_met(&self) -> usize {
        self.partially_met
    }

    /// Returns how many are not met.
    #[must_use]
    pub const fn not_met(&self) -> usize {
        self.not_met
    }

    /// Returns how many do not apply.
    #[must_use]
    pub const fn not_applicable(&self) -> usize {
        self.not_applicable
    }

    /// Returns how many nobody has looked at.
    #[must_use]
    pub const fn not_assessed(&self) -> usize {
        self.not_assessed
    }

    /// Returns how many are rated or do not apply.
    #[must_use]
    pub const fn assessed(&self) -> usize {
        self.met + self.partially_met + self.not_met + self.not_applicable
    }

    /// Returns how many there are.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.assessed() + self.not_assessed
    }
}

impl Profile<Current> {
    /// Counts the determinations of these subcategories.
    pub fn coverage(&self, subcategories: impl IntoIterator<Item = Subcategory>) -> Coverage {
        let mut counts = Coverage::default();
        for subcategory in subcategories {
            *match (
                self.determination(subcategory),
                self.attainment(subcategory),
            ) {
                (Determination::NotApplicable { .. }, _) => &mut counts.not_applicable,
                (_, Some(Attainment::Met)) => &mut counts.met,
                (_, Some(Attainment::PartiallyMet)) => &mut counts.partially_met,
                (_, Some(Attainment::NotMet)) => &mut counts.not_met,
                (_, None) => &mut counts.not_assessed,
            } += 1;
        }
        counts
    }
}
