use crate::csv::CsvFault;
use crate::name::kebab;
use crate::{Level, LevelName, RatingScale, RiskMatrix, Text};

/// Reads one of a few names in any case and with blanks or hyphens between its words.
pub(crate) fn name<T: Copy>(
    all: &[T],
    name: impl Fn(T) -> &'static str,
    cell: &str,
) -> Result<T, CsvFault> {
    let folded = kebab(cell);
    let mut known = all.iter().copied();
    let found = known.find(|it| folded.as_deref() == Some(name(*it)));
    found.ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|it| name(*it)).collect();
        CsvFault::Name {
            found: cell.trim().to_owned(),
            expected: names.join(", "),
        }
    })
}

/// Reads a level of a scale.
pub(crate) fn level(scale: &RatingScale, cell: &str) -> Result<LevelName, CsvFault> {
    let levels = scale.levels().iter();
    one(cell, levels.map(|it: &Level| (it.name(), it.label())))
}

/// Reads a likelihood of a matrix.
pub(crate) fn likelihood(matrix: &RiskMatrix, cell: &str) -> Result<LevelName, CsvFault> {
    let levels = matrix.likelihood().iter();
    one(cell, levels.map(|it| (it.name(), it.label())))
}

/// Reads an impact of a matrix.
pub(crate) fn impact(matrix: &RiskMatrix, cell: &str) -> Result<LevelName, CsvFault> {
    let levels = matrix.impact().iter();
    one(cell, levels.map(|it| (it.name(), it.label())))
}

/// Finds the level of this name, or the only one whose name or label is the same but for case.
fn one<'l>(
    cell: &str,
    levels: impl Iterator<Item = (&'l LevelName, &'l Text)> + Clone,
) -> Result<LevelName, CsvFault> {
    let cell = cell.trim();
    let exact = levels.clone().find(|(name, _)| name.as_str() == cell);
    if let Some((name, _)) = exact {
        return Ok(name.clone());
    }
    let folded = cell.to_lowercase();
    let same = |text: &str| text.to_lowercase() == folded;
    let mut found = levels.clone();
    let mut found = found
        .by_ref()
        .filter(|(name, label)| same(name.as_str()) || same(label.as_str()));
    match (found.next(), found.next()) {
        (Some((name, _)), None) => Ok(name.clone()),
        _ => {
            let names: Vec<_> = levels.map(|(name, _)| name.as_str()).collect();
            Err(CsvFault::Level {
                found: cell.to_owned(),
                expected: names.join(", "),
            })
        }
    }
}
