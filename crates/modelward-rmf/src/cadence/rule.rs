use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Names an event after which something may have to be assessed anew.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Trigger {
    /// The ML-BOM lists other components than before.
    BomChanged,
    /// The system is used by others, elsewhere or for something else.
    ContextChanged,
    /// Data for training or testing changed.
    DataChanged,
    /// An incident was closed.
    IncidentClosed,
    /// An incident was opened.
    IncidentOpened,
    /// The model has other bytes than before.
    ModelChanged,
    /// The system was released.
    Released,
    /// A risk that bears on the subcategory was identified or changed. The register says so itself;
    /// an event of this kind from elsewhere concerns every subcategory that waits for it.
    RiskChanged,
    /// Laws, rules or policies changed.
    RulesChanged,
}

impl Trigger {
    /// Lists the events by name.
    pub const ALL: [Self; 9] = [
        Self::BomChanged,
        Self::ContextChanged,
        Self::DataChanged,
        Self::IncidentClosed,
        Self::IncidentOpened,
        Self::ModelChanged,
        Self::Released,
        Self::RiskChanged,
        Self::RulesChanged,
    ];

    /// Returns the name that documents use, such as `model-changed`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BomChanged => "bom-changed",
            Self::ContextChanged => "context-changed",
            Self::DataChanged => "data-changed",
            Self::IncidentClosed => "incident-closed",
            Self::IncidentOpened => "incident-opened",
            Self::ModelChanged => "model-changed",
            Self::Released => "released",
            Self::RiskChanged => "risk-changed",
            Self::RulesChanged => "rules-changed",
        }
    }
}

impl fmt::Display for Trigger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Says when something has to be assessed anew.
///
/// In documents all three members stand, `null` for any age.
///
/// ```
/// use modelward_rmf::{CadenceRule, Trigger};
///
/// let rule = CadenceRule::max_age_days(180)
///     .with_max_evidence_age_days(365)
///     .after(Trigger::ModelChanged);
/// assert!(rule.waits_for(Trigger::ModelChanged));
/// let refused = r#"{"maxAgeDays": 180, "triggers": []}"#;
/// assert!(serde_json::from_str::<CadenceRule>(refused).is_err());
/// ```
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CadenceRule {
    // serde takes a missing member for `None` unless a function reads it.
    #[serde(deserialize_with = "Option::deserialize")]
    max_age_days: Option<u32>,
    #[serde(deserialize_with = "Option::deserialize")]
    max_evidence_age_days: Option<u32>,
    triggers: BTreeSet<Trigger>,
}

impl CadenceRule {
    /// Asks for a new assessment when the last one is more than so many days old, counted from the
    /// day of it.
    #[must_use]
    pub const fn max_age_days(days: u32) -> Self {
        Self {
            max_age_days: Some(days),
            max_evidence_age_days: None,
            triggers: BTreeSet::new(),
        }
    }

    /// Asks for nothing, so that nothing becomes due, not even what was never assessed.
    #[must_use]
    pub const fn nothing() -> Self {
        Self {
            max_age_days: None,
            max_evidence_age_days: None,
            triggers: BTreeSet::new(),
        }
    }

    /// Asks for a new assessment when evidence that a rating cites was collected more than so many
    /// days ago.
    #[must_use]
    pub const fn with_max_evidence_age_days(mut self, days: u32) -> Self {
        self.max_evidence_age_days = Some(days);
        self
    }

    /// Asks for a new assessment after such an event.
    #[must_use]
    pub fn after(mut self, trigger: Trigger) -> Self {
        self.triggers.insert(trigger);
        self
    }

    /// Returns how many days old an assessment may be.
    #[must_use]
    pub const fn age_days(&self) -> Option<u32> {
        self.max_age_days
    }

    /// Returns how many days ago evidence may have been collected.
    #[must_use]
    pub const fn evidence_age_days(&self) -> Option<u32> {
        self.max_evidence_age_days
    }

    /// Returns the events after which a new assessment is due.
    #[must_use]
    pub const fn triggers(&self) -> &BTreeSet<Trigger> {
        &self.triggers
    }

    /// Tells whether a new assessment is due after such an event.
    #[must_use]
    pub fn waits_for(&self, trigger: Trigger) -> bool {
        self.triggers.contains(&trigger)
    }

    /// Tells whether nothing ever becomes due.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::nothing()
    }

    /// Returns what asks for all that both ask for.
    #[must_use]
    pub fn stricter(mut self, other: Self) -> Self {
        let lower = |left: Option<u32>, right: Option<u32>| left.into_iter().chain(right).min();
        self.max_age_days = lower(self.max_age_days, other.max_age_days);
        self.max_evidence_age_days = lower(self.max_evidence_age_days, other.max_evidence_age_days);
        self.triggers.extend(other.triggers);
        self
    }
}
