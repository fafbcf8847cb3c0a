use modelward_artifact::Timestamp;

use crate::report::words::{self, Deadline, anchor, natural};
use crate::{Assessment, Evidence, EvidenceId, Period, Polarity, Subcategory};

/// Describes a piece of evidence.
pub(super) struct EvidenceRow {
    pub(super) id: String,
    pub(super) source: String,
    /// What it shows, where it is kept, which days it is about; a line each.
    pub(super) details: Vec<String>,
    pub(super) method: &'static str,
    pub(super) collected: String,
    pub(super) collector: String,
    /// Whether it is dated after the report.
    pub(super) is_in_future: bool,
    pub(super) expires: Deadline,
    pub(super) digest: Option<String>,
    pub(super) bears_on: Vec<Bearing>,
}

/// Says for or against which outcome evidence speaks.
pub(super) struct Bearing {
    pub(super) verb: &'static str,
    pub(super) outcome: Subcategory,
    pub(super) anchor: String,
}

impl EvidenceRow {
    pub(super) fn all(assessment: &Assessment, now: Timestamp) -> Vec<Self> {
        let mut evidence: Vec<_> = assessment.evidence().collect();
        evidence.sort_by_cached_key(|(id, _)| natural(id.as_str()));
        let rows = evidence.into_iter();
        rows.map(|(id, evidence)| Self::of(id, evidence, now))
            .collect()
    }

    fn of(id: &EvidenceId, evidence: &Evidence, now: Timestamp) -> Self {
        let expires = evidence.expires();
        Self {
            id: id.to_string(),
            source: words::capital_first(&evidence.source().describe()),
            details: details(evidence),
            method: words::method(evidence.method()),
            collected: evidence.collected().date().to_string(),
            collector: evidence.collector().to_string(),
            is_in_future: evidence.collected() > now,
            expires: expires.map_or_else(Deadline::none, |day| Deadline::expiry(day, now)),
            digest: evidence.digest().map(ToString::to_string),
            bears_on: evidence.bears_on().map(bearing).collect(),
        }
    }
}

fn details(evidence: &Evidence) -> Vec<String> {
    let shows = evidence.description().map(ToString::to_string);
    let kept = evidence.location().map(|place| format!("Kept at {place}"));
    let days = |period: Period| format!("About {} to {}", period.from(), period.to());
    let days = evidence.period().map(days);
    shows.into_iter().chain(kept).chain(days).collect()
}

fn bearing((outcome, polarity): (Subcategory, Polarity)) -> Bearing {
    Bearing {
        verb: match polarity {
            Polarity::Contradicts => "against",
            Polarity::Supports => "for",
        },
        outcome,
        anchor: anchor(outcome),
    }
}
