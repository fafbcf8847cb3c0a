use modelward_artifact::Timestamp;

use crate::report::gaps::Gaps;
use crate::report::state::State;
use crate::report::words::{self, Deadline, anchor, natural};
use crate::{Assessment, Determination, Function, Goal, Level, Rated, Subcategory};

/// Lists the outcomes of a function.
pub(super) struct FunctionTable {
    pub(super) function: &'static str,
    pub(super) id: String,
    pub(super) summary: &'static str,
    pub(super) rows: Vec<OutcomeRow>,
}

/// Says what was found for one outcome.
pub(super) struct OutcomeRow {
    pub(super) id: Subcategory,
    pub(super) anchor: String,
    pub(super) summary: &'static str,
    pub(super) state: State,
    /// Empty unless it is rated and the label says more than the state.
    pub(super) level: String,
    /// Why it is so; empty where nobody has looked.
    pub(super) reason: String,
    pub(super) notes: Vec<String>,
    /// Empty where nothing is said of it.
    pub(super) confidence: &'static str,
    pub(super) evidence: Vec<String>,
    pub(super) goal: Option<GoalView>,
    /// Whether the goal is not reached yet.
    pub(super) is_open: bool,
}

/// Says what is aimed at.
pub(super) struct GoalView {
    pub(super) level: String,
    pub(super) priority: &'static str,
    pub(super) due: Option<Deadline>,
    pub(super) reason: String,
}

impl FunctionTable {
    pub(super) fn all(assessment: &Assessment, gaps: &Gaps, now: Timestamp) -> Vec<Self> {
        let table = |function: Function| Self {
            function: function.name(),
            id: function.name().to_lowercase(),
            summary: function.summary(),
            rows: function
                .subcategories()
                .map(|id| OutcomeRow {
                    is_open: gaps.rows.iter().any(|gap| gap.id == id),
                    ..OutcomeRow::of(assessment, id, now)
                })
                .collect(),
        };
        Function::ALL.map(table).into()
    }
}

impl OutcomeRow {
    fn of(assessment: &Assessment, id: Subcategory, now: Timestamp) -> Self {
        let state = State::of(assessment, id);
        let determination = assessment.determination(id);
        let rated = determination.rated();
        let reason = match determination {
            Determination::NotAssessed => String::new(),
            Determination::NotApplicable { justification } => justification.to_string(),
            Determination::Rated(rated) => rated.rationale().to_string(),
        };
        let level = label(assessment.current().level(id));
        let evidence = rated.into_iter().flat_map(Rated::evidence);
        let mut evidence: Vec<_> = evidence.map(ToString::to_string).collect();
        evidence.sort_by_cached_key(|id| natural(id));
        let notes = rated.into_iter().flat_map(Rated::outcomes);
        let goal = assessment.target().and_then(|target| target.entry(id));
        Self {
            id,
            anchor: anchor(id),
            summary: id.summary(),
            state,
            level: if level == state.label() {
                String::new()
            } else {
                level
            },
            reason,
            notes: notes.map(ToString::to_string).collect(),
            confidence: rated
                .and_then(Rated::confidence)
                .map_or("", words::confidence),
            evidence,
            goal: goal.map(|goal| GoalView::of(assessment, goal, now)),
            is_open: false,
        }
    }
}

impl GoalView {
    fn of(assessment: &Assessment, goal: &Goal, now: Timestamp) -> Self {
        let reason = goal.rationale();
        Self {
            level: label(assessment.scale().level(goal.level())),
            priority: words::priority(Some(goal.priority())),
            due: goal.due_on().map(|day| Deadline::due(day, now)),
            reason: reason.map_or_else(String::new, ToString::to_string),
        }
    }
}

fn label(level: Option<&Level>) -> String {
    level.map_or_else(String::new, |level| level.label().to_string())
}
