use crate::matrix::Wire;
use crate::{AxisLevel, LevelName, MatrixError, RiskLevel, RiskMatrix};

/// The fewest and the most levels that likelihood, impact and risk may have.
const SIZES: std::ops::RangeInclusive<usize> = 2..=10;

/// Turns what stands in a document into a matrix, or says what is wrong with it.
pub(crate) fn checked(wire: Wire) -> Result<RiskMatrix, MatrixError> {
    axis("likelihood", &wire.likelihood, AxisLevel::name)?;
    axis("impact", &wire.impact, AxisLevel::name)?;
    axis("risk", &wire.levels, RiskLevel::name)?;
    let cells = cells(&wire)?;
    monotone(&wire, &cells)?;
    if let Some(unused) =
        (0..wire.levels.len()).find(|at| !cells.iter().flatten().any(|cell| cell == at))
    {
        let name = wire.levels[unused].name.clone();
        return Err(MatrixError::Unused { name });
    }
    let limit = |limit, name: &LevelName| {
        let found = || name.clone();
        let missing = || MatrixError::UnknownLimit {
            limit,
            found: found(),
        };
        ordinal(&wire.levels, name).ok_or_else(missing)
    };
    let appetite = limit("appetite", &wire.appetite)?;
    let tolerance = limit("tolerance", &wire.tolerance)?;
    if tolerance < appetite {
        return Err(MatrixError::ToleranceBelowAppetite);
    }
    Ok(RiskMatrix {
        id: wire.id,
        version: wire.version,
        likelihood: wire.likelihood,
        impact: wire.impact,
        levels: wire.levels,
        cells,
        appetite,
        tolerance,
    })
}

fn axis<T>(
    axis: &'static str,
    levels: &[T],
    name: impl Fn(&T) -> &LevelName,
) -> Result<(), MatrixError> {
    let found = levels.len();
    if !SIZES.contains(&found) {
        return Err(MatrixError::Levels { axis, found });
    }
    for (at, level) in levels.iter().enumerate() {
        if levels[..at]
            .iter()
            .any(|before| name(before) == name(level))
        {
            let name = name(level).clone();
            return Err(MatrixError::Twice { axis, name });
        }
    }
    Ok(())
}

fn cells(wire: &Wire) -> Result<Vec<Vec<usize>>, MatrixError> {
    let (expected, found) = (wire.likelihood.len(), wire.cells.len());
    if expected != found {
        return Err(MatrixError::Rows { expected, found });
    }
    let rows = wire.likelihood.iter().zip(&wire.cells);
    rows.map(|(likelihood, row)| cells_of(wire, likelihood, row))
        .collect()
}

fn cells_of(
    wire: &Wire,
    likelihood: &AxisLevel,
    row: &[LevelName],
) -> Result<Vec<usize>, MatrixError> {
    let (expected, found) = (wire.impact.len(), row.len());
    if expected != found {
        let likelihood = likelihood.name.clone();
        return Err(MatrixError::Columns {
            likelihood,
            expected,
            found,
        });
    }
    let cells = wire.impact.iter().zip(row);
    cells
        .map(|(impact, name)| {
            ordinal(&wire.levels, name).ok_or_else(|| MatrixError::UnknownLevel {
                likelihood: likelihood.name.clone(),
                impact: impact.name.clone(),
                found: name.clone(),
            })
        })
        .collect()
}

fn monotone(wire: &Wire, cells: &[Vec<usize>]) -> Result<(), MatrixError> {
    for (row, likelihood) in wire.likelihood.iter().enumerate() {
        for (column, impact) in wire.impact.iter().enumerate() {
            let cell = cells[row][column];
            let falls = row > 0 && cell < cells[row - 1][column]
                || column > 0 && cell < cells[row][column - 1];
            if falls {
                return Err(MatrixError::NotMonotone {
                    likelihood: likelihood.name.clone(),
                    impact: impact.name.clone(),
                });
            }
        }
    }
    Ok(())
}

fn ordinal(levels: &[RiskLevel], name: &LevelName) -> Option<usize> {
    levels.iter().position(|level| level.name == *name)
}
