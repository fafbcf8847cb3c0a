use serde::Serialize;

use crate::report::html;
use crate::report::state::State;
use crate::report::words::listed;
use crate::{Assessment, Function};

/// Draws how many outcomes of a function are in which state, for a page that shows an assessment.
///
/// Its JSON form has the counts, so that a page and its data cannot disagree.
///
/// ```
/// use modelward_rmf::{Assessment, OutcomeBar, Party, Rated, Subject};
///
/// let at = "2026-11-23T10:00:00Z".parse()?;
/// let assessment = Assessment::builder(Subject::new("small")?, Party::new("Ada")?, at)
///     .rate("GOVERN 1.6".parse()?, Rated::new("met", "It is in the inventory.")?)
///     .build()?;
/// let bars = OutcomeBar::all(&assessment);
/// assert_eq!(bars[0].counts().next(), Some(("Met", 1)));
/// assert!(bars[0].to_html().starts_with("<svg "));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct OutcomeBar {
    pub(super) function: &'static str,
    #[serde(skip)]
    pub(super) summary: &'static str,
    /// Names the figure's elements.
    #[serde(skip)]
    pub(super) id: String,
    pub(super) total: usize,
    #[serde(rename = "outcomes")]
    pub(super) segments: Vec<Segment>,
    /// Says the same in words.
    #[serde(skip)]
    pub(super) words: String,
}

/// Draws one state; those without an outcome have no width.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(super) struct Segment {
    pub(super) state: State,
    pub(super) count: usize,
    /// Where it begins, how wide it is and where its middle is, in percent of the bar.
    #[serde(skip)]
    pub(super) start: String,
    #[serde(skip)]
    pub(super) width: String,
    #[serde(skip)]
    pub(super) middle: String,
}

impl OutcomeBar {
    /// Draws one bar for each function, in the order of the framework.
    #[must_use]
    pub fn all(assessment: &Assessment) -> Vec<Self> {
        let bars = Function::ALL.map(|function| Self::of(assessment, function));
        bars.into()
    }

    /// Returns the name of the function, such as `GOVERN`.
    #[must_use]
    pub const fn function(&self) -> &'static str {
        self.function
    }

    /// Returns what the function is about, in our words.
    #[must_use]
    pub const fn summary(&self) -> &'static str {
        self.summary
    }

    /// Returns how many outcomes the function has.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.total
    }

    /// Returns the label of each state with the number of outcomes in it, those without one too.
    #[must_use]
    pub fn counts(&self) -> impl ExactSizeIterator<Item = (&'static str, usize)> {
        let parts = self.segments.iter();
        parts.map(|part| (part.state.label(), part.count))
    }

    /// Returns the bar with its key as HTML.
    ///
    /// The page has to have [`OutcomeBar::patterns`] once, before the first bar, and the rules of
    /// [`OutcomeBar::style`].
    #[must_use]
    pub fn to_html(&self) -> String {
        html::bar(self)
    }

    /// Returns the patterns of the bars, by which a state is known without its color.
    #[must_use]
    pub const fn patterns() -> &'static str {
        include_str!("../../templates/figure/patterns.html")
    }

    /// Returns the style rules of bars and of [`RiskMap`](crate::RiskMap).
    ///
    /// They use four colors of the page: `--ink` and `--soft` for text, `--line` and `--edge` for
    /// thin and strong lines.
    #[must_use]
    pub const fn style() -> &'static str {
        include_str!("../../templates/figure/style.css")
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
