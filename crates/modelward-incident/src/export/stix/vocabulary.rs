//! How the record's words become those of STIX. `true` beside a word says that it means the same.

use crate::export::LossStatus;
use crate::export::stix::StixDialect;
use crate::{Determination, ImpactKind, OecdSeverity, Severity, Stage};

/// A word of STIX, and how well it says what the record says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Word {
    pub(super) text: &'static str,
    pub(super) status: LossStatus,
}

const fn exact(text: &'static str) -> Word {
    let status = LossStatus::Direct;
    Word { text, status }
}

const fn near(text: &'static str) -> Word {
    let status = LossStatus::Approximate;
    Word { text, status }
}

/// `incident-determination-enum`, which the prose and the schema of the extension fill differently.
pub(super) const fn determination(dialect: StixDialect, value: Determination) -> Word {
    match (value, dialect) {
        (Determination::Suspected, _) => exact("suspected"),
        (Determination::Blocked, _) => exact("blocked"),
        (Determination::FailedAttempt, _) => exact("failed-attempt"),
        (Determination::FalsePositive, _) => exact("false-positive"),
        (Determination::Confirmed, StixDialect::Schema20) => exact("successful-attempt"),
        (Determination::Confirmed, _) => exact("confirmed"),
        (Determination::LowValue, StixDialect::Schema20) => exact("low-value"),
        // The prose says that `low-value` should be used here, and does not list it.
        (Determination::LowValue, _) => near("suspected"),
    }
}

/// `event-status-enum`.
pub(super) const fn event_status(value: Determination) -> Word {
    match value {
        Determination::Suspected => exact("undetermined"),
        Determination::FalsePositive => exact("not-occurred"),
        _ => exact("occurred"),
    }
}

/// The word of `event-type-ov` that says how an event ended, if one does.
pub(super) const fn event_outcome(value: Determination) -> Option<&'static str> {
    match value {
        Determination::Confirmed => Some("successful"),
        Determination::Blocked => Some("blocked"),
        Determination::FailedAttempt => Some("failed"),
        Determination::FalsePositive => Some("benign"),
        _ => None,
    }
}

/// The middle of the range that appendix B gives to a word on the scale of five.
pub(super) const fn criticality(severity: Severity) -> u8 {
    match severity {
        Severity::Low => 15,
        Severity::Medium => 40,
        Severity::High => 70,
        Severity::Critical => 95,
    }
}

/// The place of a severity on the scale of the OECD, from 1 to 5.
pub(super) const fn oecd_rank(severity: OecdSeverity) -> u8 {
    match severity {
        OecdSeverity::Hazard => 1,
        OecdSeverity::SeriousHazard => 2,
        OecdSeverity::Incident => 3,
        OecdSeverity::SeriousIncident => 4,
        OecdSeverity::Disaster => 5,
    }
}

/// `task-type-ov`.
pub(super) const fn stage(value: Stage) -> &'static str {
    match value {
        Stage::Containment => "containment",
        Stage::Eradication => "eradication",
        Stage::Recovery => "recovery",
    }
}

/// An impact's category and, where the category needs one, the type within it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Category {
    pub(super) name: &'static str,
    pub(super) kind: Option<&'static str>,
    pub(super) status: LossStatus,
}

/// The category of an impact. The extension says `monetary`, STIX 2.2 `economic`.
pub(super) const fn impact(dialect: StixDialect, value: ImpactKind) -> Category {
    use LossStatus::{Approximate, Direct};
    let money = if dialect.extends() {
        "monetary"
    } else {
        "economic"
    };
    let (name, kind, status) = match value {
        ImpactKind::Availability => ("availability", None, Direct),
        ImpactKind::Confidentiality => ("confidentiality", None, Direct),
        ImpactKind::Economic => (money, None, Direct),
        ImpactKind::Environmental => ("physical", Some("environment"), Direct),
        ImpactKind::Integrity => ("integrity", None, Direct),
        ImpactKind::Physical => ("physical", Some("unspecified"), Approximate),
        ImpactKind::Psychological => ("external", Some("psychological"), Approximate),
        ImpactKind::PublicInterest => ("external", Some("public-interest"), Approximate),
        ImpactKind::Reputational => ("external", Some("public-confidence"), Approximate),
        ImpactKind::Rights => ("external", Some("fundamental-rights"), Approximate),
        ImpactKind::Traceability => ("traceability", None, Direct),
    };
    Category { name, kind, status }
}
