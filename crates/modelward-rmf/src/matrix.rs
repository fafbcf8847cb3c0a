use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{LevelName, MatrixError, RiskMatrixBuilder, RiskRating, ScaleId, Text};

pub(crate) mod builder;
mod check;
pub(crate) mod error;
mod ours;

/// Describes one level of likelihood or of impact.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AxisLevel {
    pub(crate) name: LevelName,
    pub(crate) label: Text,
    pub(crate) criterion: Text,
}

impl AxisLevel {
    /// Returns the name that documents use.
    #[must_use]
    pub const fn name(&self) -> &LevelName {
        &self.name
    }

    /// Returns what people read.
    #[must_use]
    pub const fn label(&self) -> &Text {
        &self.label
    }

    /// Returns what has to be the case for this level.
    #[must_use]
    pub const fn criterion(&self) -> &Text {
        &self.criterion
    }
}

/// Names one level of risk, such as `high`.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RiskLevel {
    pub(crate) name: LevelName,
    pub(crate) label: Text,
}

impl RiskLevel {
    /// Returns the name that documents use.
    #[must_use]
    pub const fn name(&self) -> &LevelName {
        &self.name
    }

    /// Returns what people read.
    #[must_use]
    pub const fn label(&self) -> &Text {
        &self.label
    }
}

/// Says how a level of risk stands to what the organization wants to carry, from better to worse.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "two limits divide the levels into three parts"
)]
pub enum Standing {
    /// The risk is simply carried.
    WithinAppetite,
    /// The risk may be carried with a reason.
    WithinTolerance,
    /// The risk may not be carried.
    AboveTolerance,
}

/// Says which likelihood and which impact make which level of risk, and which levels may be carried.
///
/// ISO 31000 leaves the criteria to the organization, so a matrix is data and travels with each
/// register.
/// - Likelihood, impact and risk have 2 to 10 levels each, from low to high, each with a name of
///   its own.
/// - There is a cell for each pair, and each cell has a level of risk that exists.
/// - No cell is lower than one with less likelihood or less impact.
/// - Each level of risk stands in a cell: one that no risk can reach would be a mistake.
/// - `appetite` is the highest level that is simply carried, `tolerance` the highest that may be
///   carried with a reason. The tolerance is at least the appetite.
///
/// ```
/// use modelward_rmf::{RiskMatrix, RiskRating, Standing};
///
/// let matrix = RiskMatrix::five_by_five();
/// let rating = RiskRating::new("likely".parse()?, "moderate".parse()?);
/// let level = matrix.level_of(&rating).expect("both levels exist");
/// assert_eq!(level.name().as_str(), "high");
/// assert_eq!(matrix.standing(&rating), Some(Standing::AboveTolerance));
///
/// let refused = RiskMatrix::builder("org.two".parse()?, "1".parse()?)
///     .likelihood("seldom", "Seldom", "Less than once a year.")
///     .likelihood("often", "Often", "Once a year or more.")
///     .impact("small", "Small", "One team notices.")
///     .impact("large", "Large", "Customers notice.")
///     .level("low", "Low")
///     .level("high", "High")
///     .row(["low", "high"])
///     .row(["high", "low"])
///     .appetite("low")
///     .tolerance("low")
///     .build()
///     .unwrap_err();
/// assert_eq!(refused.code(), "rmf.matrix.monotone");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct RiskMatrix {
    id: ScaleId,
    version: Text,
    likelihood: Vec<AxisLevel>,
    impact: Vec<AxisLevel>,
    levels: Vec<RiskLevel>,
    /// Positions in `levels`: a row for each likelihood, a column for each impact.
    cells: Vec<Vec<usize>>,
    appetite: usize,
    tolerance: usize,
}

impl RiskMatrix {
    /// Starts a matrix that has no levels yet.
    pub const fn builder(id: ScaleId, version: Text) -> RiskMatrixBuilder {
        RiskMatrixBuilder::new(id, version)
    }

    /// Returns our matrix of five levels of likelihood and of impact and four of risk: `low`,
    /// `medium`, `high` and `critical`.
    #[must_use]
    pub fn five_by_five() -> Self {
        ours::five_by_five()
    }

    /// Returns our matrix of three levels of likelihood, of impact and of risk.
    #[must_use]
    pub fn three_by_three() -> Self {
        ours::three_by_three()
    }

    /// Returns the name of the matrix.
    #[must_use]
    pub const fn id(&self) -> &ScaleId {
        &self.id
    }

    /// Returns the version of the matrix.
    #[must_use]
    pub const fn version(&self) -> &Text {
        &self.version
    }

    /// Returns the levels of likelihood from low to high.
    #[must_use]
    pub fn likelihood(&self) -> &[AxisLevel] {
        &self.likelihood
    }

    /// Returns the levels of impact from low to high.
    #[must_use]
    pub fn impact(&self) -> &[AxisLevel] {
        &self.impact
    }

    /// Returns the levels of risk from low to high.
    #[must_use]
    pub fn levels(&self) -> &[RiskLevel] {
        &self.levels
    }

    /// Returns the highest level that is simply carried.
    #[must_use]
    pub fn appetite(&self) -> &RiskLevel {
        &self.levels[self.appetite]
    }

    /// Returns the highest level that may be carried with a reason.
    #[must_use]
    pub fn tolerance(&self) -> &RiskLevel {
        &self.levels[self.tolerance]
    }

    /// Returns the level of a cell by the positions of its likelihood and impact, from 0.
    #[must_use]
    pub fn cell(&self, likelihood: usize, impact: usize) -> Option<&RiskLevel> {
        let level = self.cells.get(likelihood)?.get(impact)?;
        self.levels.get(*level)
    }

    /// Returns the positions of a rating's likelihood and impact, or `None` where the matrix does
    /// not have one of them.
    #[must_use]
    pub fn position(&self, rating: &RiskRating) -> Option<(usize, usize)> {
        let at = |axis: &[AxisLevel], name: &LevelName| {
            axis.iter().position(|level| level.name == *name)
        };
        let likelihood = at(&self.likelihood, rating.likelihood())?;
        let impact = at(&self.impact, rating.impact())?;
        Some((likelihood, impact))
    }

    /// Returns the level of a rating, or `None` where the matrix does not have its likelihood or
    /// its impact.
    #[must_use]
    pub fn level_of(&self, rating: &RiskRating) -> Option<&RiskLevel> {
        let (likelihood, impact) = self.position(rating)?;
        self.cell(likelihood, impact)
    }

    /// Returns a level of risk by its name.
    #[must_use]
    pub fn level(&self, name: &LevelName) -> Option<&RiskLevel> {
        self.levels.iter().find(|level| level.name == *name)
    }

    /// Returns the position of a level of risk, 0 for the lowest.
    #[must_use]
    pub fn ordinal(&self, name: &LevelName) -> Option<usize> {
        self.levels.iter().position(|level| level.name == *name)
    }

    /// Compares the levels of two ratings, or returns `None` where the matrix does not have one of
    /// their parts.
    #[must_use]
    pub fn compare(&self, left: &RiskRating, right: &RiskRating) -> Option<Ordering> {
        Some(self.ordinal_of(left)?.cmp(&self.ordinal_of(right)?))
    }

    /// Tells how the level of a rating stands to appetite and tolerance.
    #[must_use]
    pub fn standing(&self, rating: &RiskRating) -> Option<Standing> {
        let ordinal = self.ordinal_of(rating)?;
        Some(if ordinal <= self.appetite {
            Standing::WithinAppetite
        } else if ordinal <= self.tolerance {
            Standing::WithinTolerance
        } else {
            Standing::AboveTolerance
        })
    }

    fn ordinal_of(&self, rating: &RiskRating) -> Option<usize> {
        let (likelihood, impact) = self.position(rating)?;
        self.cells.get(likelihood)?.get(impact).copied()
    }
}

/// Writes the matrix's name and version, such as `modelward.five-by-five 1`.
impl fmt::Display for RiskMatrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.id, self.version)
    }
}

/// Holds a matrix as documents have it, with names for positions.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    id: ScaleId,
    version: Text,
    likelihood: Vec<AxisLevel>,
    impact: Vec<AxisLevel>,
    levels: Vec<RiskLevel>,
    cells: Vec<Vec<LevelName>>,
    appetite: LevelName,
    tolerance: LevelName,
}

impl TryFrom<Wire> for RiskMatrix {
    type Error = MatrixError;

    fn try_from(wire: Wire) -> Result<Self, MatrixError> {
        check::checked(wire)
    }
}

impl From<RiskMatrix> for Wire {
    fn from(matrix: RiskMatrix) -> Self {
        let name = |at: usize| matrix.levels[at].name.clone();
        let row = |row: &Vec<usize>| row.iter().map(|at| name(*at)).collect();
        Self {
            cells: matrix.cells.iter().map(row).collect(),
            appetite: name(matrix.appetite),
            tolerance: name(matrix.tolerance),
            id: matrix.id,
            version: matrix.version,
            likelihood: matrix.likelihood,
            impact: matrix.impact,
            levels: matrix.levels,
        }
    }
}
