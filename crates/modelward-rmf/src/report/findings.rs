use std::cmp::Reverse;

use modelward_artifact::Finding;

use crate::report::words::{anchor, capital, capital_first, counted, listed, natural};
use crate::{CheckReport, Issue, Place, Severity};

/// Lists findings that belong together.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) title: String,
    pub(super) rows: Vec<FindingRow>,
    /// What was not looked at, a line each.
    pub(super) unchecked: Vec<&'static str>,
}

/// States one finding.
#[derive(Clone, Debug)]
pub(super) struct FindingRow {
    /// Empty where nobody says.
    pub(super) severity: String,
    pub(super) place: String,
    /// The fragment of what it is about; empty where the report does not have it.
    pub(super) anchor: String,
    pub(super) message: String,
    pub(super) code: String,
}

impl Group {
    /// Lists what the checks found, the worst first.
    pub(super) fn of_checks(checks: &CheckReport) -> Self {
        let mut issues: Vec<_> = checks.issues().iter().collect();
        issues.sort_by_cached_key(|issue| (Reverse(issue.severity()), rank(issue.place())));
        Self {
            title: "Checks of the assessment".to_owned(),
            rows: issues.into_iter().map(FindingRow::of_issue).collect(),
            unchecked: checks.unchecked().to_vec(),
        }
    }

    pub(super) fn of_findings(title: String, findings: impl IntoIterator<Item = Finding>) -> Self {
        let findings = findings.into_iter();
        Self {
            title,
            rows: findings.map(|it| FindingRow::of_finding(&it)).collect(),
            unchecked: Vec::new(),
        }
    }

    /// Counts the findings by severity where they have one.
    pub(super) fn tally(&self) -> String {
        let severities = Severity::ALL.into_iter().rev();
        let counts = severities.filter_map(|severity| {
            let name = severity.name();
            let rows = self.rows.iter();
            let count = rows.filter(|row| row.severity == capital(name)).count();
            (count > 0).then(|| counted(count, name))
        });
        let counts: Vec<_> = counts.collect();
        if counts.is_empty() {
            return counted(self.rows.len(), "finding");
        }
        listed(&counts)
    }

    /// Tells whether any finding has a severity.
    pub(super) fn has_severities(&self) -> bool {
        self.rows.iter().any(|row| !row.severity.is_empty())
    }
}

impl FindingRow {
    fn of_issue(issue: &Issue) -> Self {
        Self {
            severity: capital(issue.severity().name()),
            place: capital_first(&issue.place().to_string()),
            anchor: match issue.place() {
                Place::Subcategory(id) => anchor(*id),
                Place::Evidence(id) => format!("evidence-{id}"),
                Place::Risk(id) => format!("risk-{id}"),
                _ => String::new(),
            },
            message: capital_first(issue.message()),
            code: issue.code().to_string(),
        }
    }

    fn of_finding(finding: &Finding) -> Self {
        Self {
            severity: String::new(),
            place: finding.subject().unwrap_or("").to_owned(),
            anchor: String::new(),
            message: finding.message().to_owned(),
            code: finding.code().to_owned(),
        }
    }
}

/// Orders places as the report has them.
fn rank(place: &Place) -> (usize, usize, (String, String)) {
    let named = |rank, id: &str| (rank, 0, natural(id));
    match place {
        Place::Assessment => named(0, ""),
        Place::Subcategory(id) => (1, id.index(), natural("")),
        Place::Evidence(id) => named(2, id.as_str()),
        Place::Risk(id) => named(3, id.as_str()),
        Place::Component(name) => named(4, name),
        Place::Incident(id) => named(5, id),
    }
}
