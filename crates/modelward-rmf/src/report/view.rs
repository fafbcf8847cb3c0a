use std::collections::BTreeSet;

use crate::Subcategory;
use crate::report::Report;
use crate::report::bars::OutcomeBar;
use crate::report::evidence::EvidenceRow;
use crate::report::facts::Facts;
use crate::report::findings::Group;
use crate::report::gaps::Gaps;
use crate::report::legend::Legend;
use crate::report::outcomes::FunctionTable;
use crate::report::risks::Risks;
use crate::report::verdict::Verdict;
use crate::report::words::anchor;

/// Holds what a report says, in its order and as plain text, which both forms lay out and escape.
pub(super) struct View {
    pub(super) facts: Facts,
    pub(super) verdict: Verdict,
    pub(super) bars: Vec<OutcomeBar>,
    pub(super) gaps: Gaps,
    pub(super) risks: Option<Risks>,
    pub(super) findings: Vec<Group>,
    pub(super) outcomes: Vec<FunctionTable>,
    pub(super) evidence: Vec<EvidenceRow>,
    pub(super) legend: Legend,
}

impl View {
    pub(super) fn of(report: &Report<'_>) -> Self {
        let (assessment, now) = (report.assessment, report.now);
        let gaps = Gaps::of(assessment, report.register, now);
        let risks = report.register.map(|register| Risks::of(register, now));
        let checks = report.checks.map(Group::of_checks);
        let findings = checks.into_iter().chain(report.findings.clone());
        let mut findings: Vec<_> = findings.collect();
        let evidence = EvidenceRow::all(assessment, now);
        let there = anchors(&evidence, risks.as_ref());
        // Checks may have seen a register that the report does not have.
        let rows = findings.iter_mut().flat_map(|group| &mut group.rows);
        for row in rows.filter(|row| !there.contains(&row.anchor)) {
            row.anchor.clear();
        }
        Self {
            facts: Facts::of(assessment, report.register, now),
            verdict: Verdict::of(assessment)
                .attending(&gaps, risks.as_ref())
                .attending_records(&evidence, &findings),
            bars: OutcomeBar::all(assessment),
            outcomes: FunctionTable::all(assessment, &gaps, now),
            legend: Legend::of(assessment, report.register),
            gaps,
            risks,
            findings,
            evidence,
        }
    }
}

/// Returns what the report can be linked to.
fn anchors(evidence: &[EvidenceRow], risks: Option<&Risks>) -> BTreeSet<String> {
    let evidence = evidence.iter().map(|row| format!("evidence-{}", row.id));
    let risks = risks.into_iter().flat_map(|risks| &risks.all);
    let risks = risks.map(|row| format!("risk-{}", row.id));
    let outcomes = Subcategory::ALL.map(anchor);
    evidence.chain(risks).chain(outcomes).collect()
}
