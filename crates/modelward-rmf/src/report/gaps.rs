use modelward_artifact::Timestamp;

use crate::report::words::{self, Deadline, anchor, counted};
use crate::{
    Assessment, Gap, GapAnalysis, GapState, Level, RatingScale, RiskRegister, Subcategory,
};

/// How many gaps stand in the table of the first ones.
const SHOWN: usize = 15;

/// Lists what is left to do, the first to be done first.
pub(super) struct Gaps {
    pub(super) lead: String,
    pub(super) rows: Vec<GapRow>,
    /// How many of them the table of the first ones shows.
    pub(super) shown: usize,
}

impl Gaps {
    /// Returns the first ones.
    pub(super) fn top(&self) -> &[GapRow] {
        &self.rows[..self.shown]
    }
}

/// Compares what is the case with what is aimed at.
pub(super) struct GapRow {
    pub(super) id: Subcategory,
    pub(super) anchor: String,
    pub(super) summary: &'static str,
    pub(super) priority: &'static str,
    pub(super) now: String,
    pub(super) goal: String,
    pub(super) due: Deadline,
}

impl Gaps {
    pub(super) fn of(
        assessment: &Assessment,
        register: Option<&RiskRegister>,
        now: Timestamp,
    ) -> Self {
        let Some(target) = assessment.target() else {
            return Self {
                lead: "The assessment has no target profile, so no gap can be named.".to_owned(),
                rows: Vec::new(),
                shown: 0,
            };
        };
        let gaps = GapAnalysis::between(assessment.current(), target)
            .expect("an assessment has one scale for both profiles");
        let open = gaps.prioritized(register);
        let row = |gap: &&Gap| row(gap, assessment.scale(), now);
        let rows: Vec<_> = open.iter().map(row).collect();
        let shown = rows.len().min(SHOWN);
        Self {
            lead: lead(target.entries().len(), rows.len(), register.is_some()),
            rows,
            shown,
        }
    }
}

fn lead(goals: usize, open: usize, has_risks: bool) -> String {
    let goals = counted(goals, "goal");
    let order = if has_risks {
        "by priority, then by the worst threat that bears on them, then by day"
    } else {
        "by priority, then by day"
    };
    match open {
        0 => format!("Of {goals} none is open."),
        1 => format!("Of {goals} 1 is open."),
        2..=SHOWN => format!("Of {goals} {open} are open, listed {order}."),
        _ => format!(
            "Of {goals} {open} are open. The first {SHOWN} are listed {order}; the table of \
             outcomes has them all."
        ),
    }
}

fn row(gap: &Gap, scale: &RatingScale, now: Timestamp) -> GapRow {
    let goal = gap.goal().and_then(|goal| scale.level(goal.level()));
    let current = match gap.state() {
        GapState::NotAssessed => "Not assessed".to_owned(),
        _ => label(gap.current()),
    };
    let due = gap.due().map(|day| Deadline::due(day, now));
    GapRow {
        id: gap.subcategory(),
        anchor: anchor(gap.subcategory()),
        summary: gap.subcategory().summary(),
        priority: words::priority(gap.priority()),
        now: current,
        goal: label(goal),
        due: due.unwrap_or_else(Deadline::none),
    }
}

fn label(level: Option<&Level>) -> String {
    level.map_or_else(String::new, |level| level.label().to_string())
}
