use crate::matrix::{Wire, check};
use crate::{AxisLevel, LevelName, MatrixError, RiskLevel, RiskMatrix, ScaleId, Text};

/// Collects the levels and cells of a [`RiskMatrix`].
///
/// Nothing is refused before [`RiskMatrixBuilder::build`], so calls chain without `?`.
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until it is built"]
pub struct RiskMatrixBuilder {
    id: ScaleId,
    version: Text,
    likelihood: Vec<[String; 3]>,
    impact: Vec<[String; 3]>,
    levels: Vec<[String; 2]>,
    rows: Vec<Vec<String>>,
    appetite: Option<String>,
    tolerance: Option<String>,
}

impl RiskMatrixBuilder {
    pub(crate) const fn new(id: ScaleId, version: Text) -> Self {
        Self {
            id,
            version,
            likelihood: Vec::new(),
            impact: Vec::new(),
            levels: Vec::new(),
            rows: Vec::new(),
            appetite: None,
            tolerance: None,
        }
    }

    /// Adds a level of likelihood above those that are there: its name in documents, what people
    /// read, and what has to be the case for it.
    pub fn likelihood(mut self, name: &str, label: &str, criterion: &str) -> Self {
        self.likelihood
            .push([name, label, criterion].map(str::to_owned));
        self
    }

    /// Adds a level of impact above those that are there, as for the likelihood.
    pub fn impact(mut self, name: &str, label: &str, criterion: &str) -> Self {
        self.impact
            .push([name, label, criterion].map(str::to_owned));
        self
    }

    /// Adds a level of risk above those that are there: its name in documents and what people read.
    pub fn level(mut self, name: &str, label: &str) -> Self {
        self.levels.push([name, label].map(str::to_owned));
        self
    }

    /// Adds the levels of risk of the next likelihood, beginning with the lowest: one name for each
    /// impact from low to high.
    pub fn row<'a>(mut self, levels: impl IntoIterator<Item = &'a str>) -> Self {
        self.rows
            .push(levels.into_iter().map(str::to_owned).collect());
        self
    }

    /// Sets the highest level that is simply carried.
    pub fn appetite(mut self, level: &str) -> Self {
        self.appetite = Some(level.to_owned());
        self
    }

    /// Sets the highest level that may be carried with a reason.
    pub fn tolerance(mut self, level: &str) -> Self {
        self.tolerance = Some(level.to_owned());
        self
    }

    /// Builds the matrix.
    ///
    /// # Errors
    ///
    /// [`MatrixError`] where a name is no [`LevelName`], a label or criterion no [`Text`], appetite
    /// or tolerance is not set, or the matrix is not as [`RiskMatrix`] states.
    pub fn build(self) -> Result<RiskMatrix, MatrixError> {
        let limit = |limit, level: Option<String>| match level {
            Some(level) => name(&level),
            None => Err(MatrixError::Missing { limit }),
        };
        let rows = self.rows.iter();
        let rows = rows.map(|row| row.iter().map(|level| name(level)).collect());
        check::checked(Wire {
            id: self.id,
            version: self.version,
            likelihood: axis(&self.likelihood)?,
            impact: axis(&self.impact)?,
            levels: self.levels.iter().map(level).collect::<Result<_, _>>()?,
            cells: rows.collect::<Result<_, _>>()?,
            appetite: limit("appetite", self.appetite)?,
            tolerance: limit("tolerance", self.tolerance)?,
        })
    }
}

fn axis(levels: &[[String; 3]]) -> Result<Vec<AxisLevel>, MatrixError> {
    let levels = levels.iter();
    levels
        .map(|[level, label, criterion]| {
            Ok(AxisLevel {
                name: name(level)?,
                label: text(label)?,
                criterion: text(criterion)?,
            })
        })
        .collect()
}

fn level([level, label]: &[String; 2]) -> Result<RiskLevel, MatrixError> {
    Ok(RiskLevel {
        name: name(level)?,
        label: text(label)?,
    })
}

fn name(name: &str) -> Result<LevelName, MatrixError> {
    name.parse().map_err(|source| MatrixError::Name { source })
}

fn text(text: &str) -> Result<Text, MatrixError> {
    text.parse().map_err(|source| MatrixError::Text { source })
}
