use serde::Serialize;

use crate::report::html;
use crate::report::words::{capital, counted, listed};
use crate::{AxisLevel, Basis, RiskLevel, RiskRegister, Standing};

/// Counts the open threats in each cell of a risk matrix, for a page that shows a register.
///
/// Its JSON form has the counts, so that a page and its data cannot disagree.
///
/// ```
/// use modelward_rmf::{Basis, Party, RiskMap, RiskMatrix, RiskRegister};
///
/// let matrix = RiskMatrix::five_by_five();
/// let register = RiskRegister::builder("Risks".parse()?, Party::new("Ada")?, matrix).build()?;
/// let map = RiskMap::of(&register, Basis::Current);
/// assert_eq!(map.caption(), "Open threats by current rating");
/// assert_eq!((map.columns().len(), map.rows().len()), (5, 5));
/// assert!(map.to_html().contains("<table class=\"heat\">"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct RiskMap {
    /// Names the figure's elements.
    #[serde(rename = "basis")]
    pub(in crate::report) id: &'static str,
    #[serde(skip)]
    pub(in crate::report) caption: String,
    /// Labels of impact, from low to high.
    #[serde(rename = "impact")]
    pub(in crate::report) columns: Vec<String>,
    /// Rows of likelihood, from high to low, as people draw it.
    pub(in crate::report) rows: Vec<MapRow>,
    /// Counts by level, and what stands in no cell.
    pub(in crate::report) note: String,
}

/// Holds the cells of one likelihood.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(in crate::report) struct MapRow {
    #[serde(rename = "likelihood")]
    pub(in crate::report) label: String,
    pub(in crate::report) cells: Vec<MapCell>,
}

/// Counts the threats of one likelihood and one impact.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct MapCell {
    pub(in crate::report) count: usize,
    pub(in crate::report) level: String,
    /// How dark it is shown, from 0 to 4.
    #[serde(skip)]
    pub(in crate::report) step: usize,
    pub(in crate::report) is_above_tolerance: bool,
}

impl RiskMap {
    /// Counts by one basis.
    #[must_use]
    pub fn of(register: &RiskRegister, basis: Basis) -> Self {
        let matrix = register.matrix();
        let aggregate = register.aggregate(basis);
        let counts = aggregate.threats().cells();
        let row = |(likelihood, level): (usize, &AxisLevel)| MapRow {
            label: level.label().to_string(),
            cells: (0..matrix.impact().len())
                .filter_map(|impact| {
                    let level = matrix.cell(likelihood, impact)?;
                    Some(cell(register, level, counts[likelihood][impact]))
                })
                .collect(),
        };
        let rows = matrix.likelihood().iter().enumerate().rev();
        Self {
            id: basis.name(),
            caption: format!("Open threats by {basis} rating"),
            columns: matrix
                .impact()
                .iter()
                .map(|it| it.label().to_string())
                .collect(),
            rows: rows.map(row).collect(),
            note: note(register, basis),
        }
    }

    /// Returns what the map shows, in a few words.
    #[must_use]
    pub fn caption(&self) -> &str {
        &self.caption
    }

    /// Returns the labels of impact, from low to high.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Returns the label of each likelihood, from high to low, and for each impact the number of
    /// threats, the level, and a `!` where that is above the tolerance.
    #[must_use]
    pub fn rows(&self) -> impl ExactSizeIterator<Item = (&str, Vec<String>)> {
        let cell = |cell: &MapCell| {
            let mark = if cell.is_above_tolerance { " !" } else { "" };
            format!("{} {}{mark}", cell.count, cell.level)
        };
        let rows = self.rows.iter();
        rows.map(move |row| (row.label.as_str(), row.cells.iter().map(cell).collect()))
    }

    /// Returns how many threats have which level, and what stands in no cell.
    #[must_use]
    pub fn note(&self) -> &str {
        &self.note
    }

    /// Returns the map as a table with its note, which needs the rules of
    /// [`OutcomeBar::style`](crate::OutcomeBar::style).
    #[must_use]
    pub fn to_html(&self) -> String {
        html::map(self)
    }
}

fn cell(register: &RiskRegister, level: &RiskLevel, count: usize) -> MapCell {
    MapCell {
        count,
        level: level.label().to_string(),
        step: step(register, level),
        is_above_tolerance: standing(register, level) == Standing::AboveTolerance,
    }
}

/// Returns how a level stands to what the organization wants to carry.
pub(in crate::report) fn standing(register: &RiskRegister, level: &RiskLevel) -> Standing {
    let matrix = register.matrix();
    let ordinal = |level: &RiskLevel| matrix.ordinal(level.name());
    if ordinal(level) <= ordinal(matrix.appetite()) {
        Standing::WithinAppetite
    } else if ordinal(level) <= ordinal(matrix.tolerance()) {
        Standing::WithinTolerance
    } else {
        Standing::AboveTolerance
    }
}

/// Spreads the levels of risk, of which there are 2 to 10, over the five shades of the page.
pub(in crate::report) fn step(register: &RiskRegister, level: &RiskLevel) -> usize {
    let last = register.matrix().levels().len() - 1;
    let ordinal = register.matrix().ordinal(level.name()).unwrap_or(0);
    (ordinal * 8 + last) / (2 * last)
}

fn note(register: &RiskRegister, basis: Basis) -> String {
    let aggregate = register.aggregate(basis);
    let tally = aggregate.threats();
    let levels = tally.levels().iter().rev();
    let levels: Vec<_> = levels
        .map(|(level, count)| format!("{count} {}", level.label()))
        .collect();
    let mut note = format!("{}: {}.", capital(basis.name()), listed(&levels));
    if tally.unrated() > 0 {
        let unrated = counted(tally.unrated(), "open threat");
        let verb = if tally.unrated() == 1 { "has" } else { "have" };
        note += &format!(" {unrated} {verb} no such rating.");
    }
    if tally.closed() > 0 {
        note += &format!(" {} closed.", tally.closed());
    }
    note
}
