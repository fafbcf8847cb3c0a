use crate::report::evidence::EvidenceRow;
use crate::report::findings::Group;
use crate::report::gaps::Gaps;
use crate::report::risks::Risks;
use crate::report::state::State;
use crate::report::words::{counted, listed};
use crate::{Assessment, Coverage};

/// Says in a sentence what was found, and what needs somebody's attention.
pub(super) struct Verdict {
    pub(super) sentence: String,
    pub(super) counts: Vec<Count>,
    pub(super) attention: Vec<Pointer>,
}

/// Counts the outcomes of one state.
pub(super) struct Count {
    pub(super) state: State,
    pub(super) count: usize,
}

/// Leads to the part of the report that says more.
pub(super) struct Pointer {
    pub(super) text: String,
    pub(super) section: &'static str,
}

impl Verdict {
    pub(super) fn of(assessment: &Assessment) -> Self {
        let coverage = assessment.coverage();
        let count = |state: State| Count {
            state,
            count: state.count(&coverage),
        };
        Self {
            sentence: sentence(&coverage),
            counts: State::ALL.map(count).into(),
            attention: Vec::new(),
        }
    }

    /// Adds what gaps and risks call for.
    pub(super) fn attending(mut self, gaps: &Gaps, risks: Option<&Risks>) -> Self {
        let late = gaps.rows.iter().filter(|row| row.due.is_late()).count();
        self.point(late, "outcomes", |late| {
            format!("{} past the due day", counted(late, "goal"))
        });
        let Some(risks) = risks else {
            return self;
        };
        self.point(risks.above_tolerance, "risks", |count| {
            format!("{} above the tolerance", counted(count, "threat"))
        });
        self.point(risks.lapsed, "risks", |count| {
            format!("{} expired or revoked", counted(count, "acceptance"))
        });
        let late = risks.due.iter().filter(|row| row.day.is_late()).count();
        self.point(late, "due", |late| {
            format!("{} of the register overdue", counted(late, "item"))
        });
        self
    }

    /// Adds what evidence and findings call for.
    pub(super) fn attending_records(
        mut self,
        evidence: &[EvidenceRow],
        findings: &[Group],
    ) -> Self {
        let expired = evidence.iter().filter(|row| row.expires.is_late());
        self.point(expired.count(), "evidence", |count| {
            let pieces = if count == 1 { "piece" } else { "pieces" };
            format!("{count} {pieces} of evidence expired")
        });
        let rows = findings.iter().flat_map(|group| &group.rows);
        let errors = rows.filter(|row| row.severity == "Error").count();
        self.point(errors, "findings", |count| {
            format!("{} found by the checks", counted(count, "error"))
        });
        self
    }

    fn point(&mut self, count: usize, section: &'static str, text: impl Fn(usize) -> String) {
        if count > 0 {
            let text = text(count);
            self.attention.push(Pointer { text, section });
        }
    }
}

fn sentence(coverage: &Coverage) -> String {
    let is = |count| if count == 1 { "is" } else { "are" };
    let does = |count| if count == 1 { "does" } else { "do" };
    let was = |count| if count == 1 { "was" } else { "were" };
    let [met, part, unmet, na, unseen] = State::ALL.map(|state| state.count(coverage));
    let parts = [
        format!("{met} {} met", is(met)),
        format!("{part} {} partially met", is(part)),
        format!("{unmet} {} not met", is(unmet)),
        format!("{na} {} not apply", does(na)),
        format!("{unseen} {} not assessed", was(unseen)),
    ];
    format!("Of {} outcomes, {}.", coverage.total(), listed(&parts))
}
