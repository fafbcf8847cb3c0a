use std::cmp::Ordering;

use modelward_rmf::{MatrixError, RiskLevel, RiskMatrix, RiskRating, Standing};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A matrix by names alone.
#[derive(Clone)]
struct Spec {
    likelihood: Vec<String>,
    impact: Vec<String>,
    levels: Vec<String>,
    rows: Vec<Vec<String>>,
    appetite: String,
    tolerance: String,
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn numbered(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|at| format!("{prefix}{at}")).collect()
}

impl Spec {
    fn sample() -> Self {
        Self {
            likelihood: names(&["seldom", "often"]),
            impact: names(&["small", "large", "huge"]),
            levels: names(&["low", "mid", "high"]),
            rows: vec![
                names(&["low", "low", "mid"]),
                names(&["low", "mid", "high"]),
            ],
            appetite: "low".to_owned(),
            tolerance: "mid".to_owned(),
        }
    }

    fn build(&self) -> Result<RiskMatrix, MatrixError> {
        let start = RiskMatrix::builder("org.test".parse().unwrap(), "1".parse().unwrap());
        let likelihood = self.likelihood.iter();
        let built = likelihood.fold(start, |all, name| {
            all.likelihood(name, "Label", "Criterion")
        });
        let impact = self.impact.iter();
        let built = impact.fold(built, |all, name| all.impact(name, "Label", "Criterion"));
        let levels = self.levels.iter();
        let built = levels.fold(built, |all, name| all.level(name, "Label"));
        let rows = self.rows.iter();
        let built = rows.fold(built, |all, row| all.row(row.iter().map(String::as_str)));
        built
            .appetite(&self.appetite)
            .tolerance(&self.tolerance)
            .build()
    }
}

fn rating(likelihood: &str, impact: &str) -> RiskRating {
    RiskRating::new(likelihood.parse().unwrap(), impact.parse().unwrap())
}

#[test]
fn our_matrices_have_the_documented_levels() {
    let five = RiskMatrix::five_by_five();
    assert_eq!((five.likelihood().len(), five.impact().len()), (5, 5));
    let levels: Vec<_> = five
        .levels()
        .iter()
        .map(|level| level.name().as_str())
        .collect();
    assert_eq!(levels, ["low", "medium", "high", "critical"]);
    assert_eq!(five.to_string(), "modelward.five-by-five 1");
    let three = RiskMatrix::three_by_three();
    assert_eq!((three.likelihood().len(), three.impact().len()), (3, 3));
    assert_eq!(three.levels().len(), 3);
    for matrix in [five, three] {
        assert_eq!(matrix.appetite().name().as_str(), "low");
        assert_eq!(matrix.tolerance().name().as_str(), "medium");
        let bytes = serde_json::to_vec(&matrix).unwrap();
        assert_eq!(
            serde_json::from_slice::<RiskMatrix>(&bytes).unwrap(),
            matrix
        );
    }
}

#[test]
fn levels_are_found_and_compared() {
    let matrix = RiskMatrix::five_by_five();
    let cases = [
        (
            ("rare", "negligible"),
            Some("low"),
            Some(Standing::WithinAppetite),
        ),
        (
            ("rare", "severe"),
            Some("medium"),
            Some(Standing::WithinTolerance),
        ),
        (
            ("likely", "moderate"),
            Some("high"),
            Some(Standing::AboveTolerance),
        ),
        (
            ("almost-certain", "severe"),
            Some("critical"),
            Some(Standing::AboveTolerance),
        ),
        (("negligible", "rare"), None, None),
        (("rare", "Severe"), None, None),
    ];
    for ((likelihood, impact), level, standing) in cases {
        let rating = rating(likelihood, impact);
        let found = matrix.level_of(&rating).map(|level| level.name().as_str());
        assert_eq!(found, level, "{rating}");
        assert_eq!(matrix.standing(&rating), standing, "{rating}");
    }
    let (low, same, high) = (
        rating("rare", "minor"),
        rating("unlikely", "negligible"),
        rating("likely", "major"),
    );
    assert_eq!(matrix.compare(&low, &high), Some(Ordering::Less));
    assert_eq!(matrix.compare(&low, &same), Some(Ordering::Equal));
    assert_eq!(matrix.compare(&high, &rating("never", "major")), None);
    assert_eq!(matrix.ordinal(&"high".parse().unwrap()), Some(2));
    assert_eq!(matrix.level(&"none".parse().unwrap()), None::<&RiskLevel>);
    assert_eq!(matrix.cell(5, 0), None);
}

#[test]
fn matrices_of_another_shape_are_refused() {
    type Edit = fn(&mut Spec);
    let cases: [(Edit, &str, &str); 15] = [
        (
            |spec| spec.likelihood.truncate(1),
            "rmf.matrix.levels",
            "matrix has 1 levels of likelihood, expected 2 to 10",
        ),
        (
            |spec| spec.impact = numbered("i", 11),
            "rmf.matrix.levels",
            "matrix has 11 levels of impact, expected 2 to 10",
        ),
        (
            |spec| spec.levels.clear(),
            "rmf.matrix.levels",
            "matrix has 0 levels of risk, expected 2 to 10",
        ),
        (
            |spec| spec.likelihood[1] = "seldom".to_owned(),
            "rmf.matrix.twice",
            "likelihood level `seldom` stands twice",
        ),
        (
            |spec| spec.impact[2] = "large".to_owned(),
            "rmf.matrix.twice",
            "impact level `large` stands twice",
        ),
        (
            |spec| spec.levels[2] = "low".to_owned(),
            "rmf.matrix.twice",
            "risk level `low` stands twice",
        ),
        (
            |spec| spec.rows.push(names(&["high", "high", "high"])),
            "rmf.matrix.rows",
            "matrix has 3 rows of cells, expected 2",
        ),
        (
            |spec| spec.rows[1].truncate(2),
            "rmf.matrix.columns",
            "matrix has 2 cells for likelihood `often`, expected 3",
        ),
        (
            |spec| spec.rows[0][1] = "none".to_owned(),
            "rmf.matrix.unknown_level",
            "risk level `none` at likelihood `seldom` and impact `large` does not exist",
        ),
        (
            |spec| spec.rows[0][1] = "high".to_owned(),
            "rmf.matrix.monotone",
            "the level falls at likelihood `seldom` and impact `huge`, where it may only rise",
        ),
        (
            |spec| spec.rows[1][2] = "low".to_owned(),
            "rmf.matrix.monotone",
            "the level falls at likelihood `often` and impact `huge`, where it may only rise",
        ),
        (
            |spec| spec.rows[1][2] = "mid".to_owned(),
            "rmf.matrix.unused",
            "risk level `high` stands in no cell",
        ),
        (
            |spec| spec.appetite = "none".to_owned(),
            "rmf.matrix.unknown_limit",
            "appetite is the risk level `none`, which does not exist",
        ),
        (
            |spec| spec.appetite = "high".to_owned(),
            "rmf.matrix.tolerance",
            "tolerance is below the appetite",
        ),
        (
            |spec| spec.levels[0] = "not a name".to_owned(),
            "rmf.matrix.name",
            "matrix has an invalid name of a level",
        ),
    ];
    assert!(Spec::sample().build().is_ok());
    for (edit, code, message) in cases {
        let mut spec = Spec::sample();
        edit(&mut spec);
        let error = spec.build().unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (code, message));
    }
}

#[test]
fn limits_and_texts_cannot_be_left_out() {
    let start = || RiskMatrix::builder("org.test".parse().unwrap(), "1".parse().unwrap());
    let error = start().build().unwrap_err();
    assert_eq!(error.to_string(), "matrix has no appetite");
    assert_eq!(error.code(), "rmf.matrix.missing");
    let error = start().appetite("low").build().unwrap_err();
    assert_eq!(error.to_string(), "matrix has no tolerance");
    let blank = start().likelihood("rare", " ", "Criterion");
    let error = blank.appetite("low").tolerance("low").build().unwrap_err();
    assert_eq!(error.to_string(), "matrix has an invalid text");
    assert_eq!(error.code(), "rmf.matrix.text");
}

#[test]
fn documents_go_through_the_same_checks() {
    let document = serde_json::to_value(RiskMatrix::three_by_three()).unwrap();
    assert_eq!(document["cells"][1], json!(["low", "medium", "high"]));
    let cases: [(&str, Value, &str); 4] = [
        (
            "/cells/2/2",
            json!("low"),
            "the level falls at likelihood `high` and impact `high`, where it may only rise",
        ),
        (
            "/tolerance",
            json!("best"),
            "tolerance is the risk level `best`, which does not exist",
        ),
        (
            "/impact/0/name",
            json!("medium"),
            "impact level `medium` stands twice",
        ),
        (
            "/levels/0/colour",
            json!("red"),
            "unknown field `colour`, expected `name` or `label`",
        ),
    ];
    for (pointer, value, message) in cases {
        let mut edited = document.clone();
        match pointer.rsplit_once('/') {
            Some((parent, member)) if edited.pointer(pointer).is_none() => {
                edited.pointer_mut(parent).unwrap()[member] = value;
            }
            _ => *edited.pointer_mut(pointer).unwrap() = value,
        }
        let outcome = serde_json::from_value::<RiskMatrix>(edited);
        assert_eq!(outcome.unwrap_err().to_string(), message, "{pointer}");
    }
}

/// Cells that rise in both directions, from level 0 up to the last one, and use every level.
fn rising() -> impl Strategy<Value = Vec<Vec<usize>>> {
    (2_usize..=6, 2_usize..=10, 2_usize..=10)
        .prop_flat_map(|(levels, rows, columns)| {
            let row = proptest::collection::vec(0..levels, columns);
            proptest::collection::vec(row, rows).prop_map(move |cells| (levels, cells))
        })
        .prop_map(|(levels, mut cells)| {
            let (rows, columns) = (cells.len(), cells[0].len());
            cells[0][0] = 0;
            cells[rows - 1][columns - 1] = levels - 1;
            for row in 0..rows {
                for column in 0..columns {
                    let above = if row > 0 { cells[row - 1][column] } else { 0 };
                    let left = if column > 0 {
                        cells[row][column - 1]
                    } else {
                        0
                    };
                    cells[row][column] = cells[row][column].max(above).max(left);
                }
            }
            let mut used: Vec<_> = cells.iter().flatten().copied().collect();
            used.sort_unstable();
            used.dedup();
            let rank = |cell: &usize| used.binary_search(cell).unwrap();
            cells
                .iter()
                .map(|row| row.iter().map(rank).collect())
                .collect()
        })
}

fn spec(cells: &[Vec<usize>]) -> Spec {
    let levels = cells.iter().flatten().max().unwrap() + 1;
    let level = |cell: &usize| format!("r{cell}");
    Spec {
        likelihood: numbered("l", cells.len()),
        impact: numbered("i", cells[0].len()),
        levels: numbered("r", levels),
        rows: cells
            .iter()
            .map(|row| row.iter().map(level).collect())
            .collect(),
        appetite: "r0".to_owned(),
        tolerance: format!("r{}", levels - 1),
    }
}

proptest! {
    #[test]
    fn what_rises_is_a_matrix_and_what_falls_once_is_none(
        cells in rising(),
        pick in any::<proptest::sample::Index>(),
    ) {
        let matrix = spec(&cells).build().unwrap();
        let text = serde_json::to_string(&matrix).unwrap();
        prop_assert_eq!(&serde_json::from_str::<RiskMatrix>(&text).unwrap(), &matrix);

        let before = |row: usize, column: usize| {
            let above = row.checked_sub(1).map(|row| cells[row][column]);
            let left = column.checked_sub(1).map(|column| cells[row][column]);
            above.max(left).unwrap_or(0)
        };
        let all = (0..cells.len()).flat_map(|row| (0..cells[0].len()).map(move |column| (row, column)));
        let can_fall: Vec<_> = all.filter(|&(row, column)| before(row, column) > 0).collect();
        prop_assume!(!can_fall.is_empty());
        let (row, column) = can_fall[pick.index(can_fall.len())];
        let mut broken = cells.clone();
        broken[row][column] = before(row, column) - 1;
        let error = spec(&broken).build().unwrap_err();
        prop_assert_eq!(error, MatrixError::NotMonotone {
            likelihood: format!("l{row}").parse().unwrap(),
            impact: format!("i{column}").parse().unwrap(),
        });
    }
}
