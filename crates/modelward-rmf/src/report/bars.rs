use crate::report::state::State;
use crate::report::words::listed;
use crate::{Assessment, Function};

/// Draws how many outcomes of a function are in which state.
pub(super) struct Bar {
    pub(super) function: &'static str,
    pub(super) summary: &'static str,
    /// Names the figure's elements.
    pub(super) id: String,
    pub(super) total: usize,
    pub(super) segments: Vec<Segment>,
    /// Says the same in words.
    pub(super) words: String,
}

/// Draws one state; those without an outcome have no width.
pub(super) struct Segment {
    pub(super) state: State,
    pub(super) count: usize,
    /// Where it begins, how wide it is and where its middle is, in percent of the bar.
    pub(super) start: String,
    pub(super) width: String,
    pub(super) middle: String,
}

impl Bar {
    pub(super) fn all(assessment: &Assessment) -> Vec<Self> {
        let bars = Function::ALL.map(|function| Self::of(assessment, function));
        bars.into()
    }

    fn of(assessment: &Assessment, function: Function) -> Self {
        let coverage = assessment.coverage_of(function);
        let total = coverage.total();
        let mut before = 0;
        let segment = |state: State| {
            let count = state.count(&coverage);
            let segment = Segment {
                state,
                count,
                start: percent(2 * before, total),
                width: percent(2 * count, total),
                middle: percent(2 * before + count, total),
            };
            before += count;
            segment
        };
        let segments: Vec<_> = State::ALL.map(segment).into();
        let parts = segments.iter().map(|it| {
            let label = it.state.label().to_lowercase();
            format!("{} {label}", it.count)
        });
        let parts: Vec<_> = parts.collect();
        Self {
            function: function.name(),
            summary: function.summary(),
            id: function.name().to_lowercase(),
            total,
            words: format!("Of {total} outcomes: {}.", listed(&parts)),
            segments,
        }
    }
}

/// Writes `halves` of a total as percent, in whole numbers, so that every machine writes the same.
fn percent(halves: usize, total: usize) -> String {
    let thousandths = (halves * 50_000).checked_div(total).unwrap_or(0);
    format!("{}.{:03}%", thousandths / 1000, thousandths % 1000)
}
