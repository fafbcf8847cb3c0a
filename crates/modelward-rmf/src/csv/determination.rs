use std::collections::{BTreeMap, BTreeSet};

use crate::csv::error::Faults;
use crate::csv::fields::{Fields, text, value};
use crate::csv::list;
use crate::csv::schema::{Schema, for_people, optional, required};
use crate::csv::sheet::{Sheet, SheetRow};
use crate::csv::table::Table;
use crate::csv::{CsvFault, CsvTable, Dialect, pick};
use crate::name::kebab;
use crate::{
    Assessment, Confidence, Determination, EvidenceId, Goal, LevelName, Priority, Rated,
    RatingScale, Subcategory,
};

pub(crate) static SCHEMA: Schema = Schema {
    table: CsvTable::Determinations,
    columns: &[
        required("subcategory"),
        for_people("summary"),
        required("determination"),
        optional("rationale"),
        optional("confidence"),
        optional("evidence"),
        optional("outcomes"),
        optional("goal"),
        optional("priority"),
        optional("due"),
        optional("goal-rationale"),
    ],
};

/// Stands in front of the name of a level that would otherwise read as another determination.
const LEVEL: &str = "level:";

/// Writes a row for each of the 72 subcategories: what was found, and what is aimed at.
///
/// | column | holds |
/// |---|---|
/// | `subcategory` | the id; every spelling is read |
/// | `summary` | our paraphrase, for people; it is not read |
/// | `determination` | `not-assessed` (also read from an empty cell), `not-applicable`, or the level; a level of such a name has `level:` in front |
/// | `rationale` | why it is this level, or why the subcategory does not apply |
/// | `confidence` | `low`, `medium`, `high` or nothing |
/// | `evidence` | ids, also read with blanks between them |
/// | `outcomes` | notes on single outcomes, a line each |
/// | `goal`, `priority`, `due`, `goal-rationale` | the level that is aimed at, `low`, `medium` or `high`, the day, and why |
///
/// ```
/// use modelward_rmf::csv::{self, CsvOptions, Dialect};
/// use modelward_rmf::{Assessment, Party, Rated, RatingScale, Subject};
///
/// let subject = Subject::new("sentiment-small")?;
/// let start = || Assessment::builder(subject.clone(), Party::new("Ada Example").unwrap(), at());
/// # fn at() -> modelward_artifact::Timestamp { "2026-11-23T10:00:00Z".parse().unwrap() }
/// let assessment = start()
///     .rate("GOVERN 1.6".parse()?, Rated::new("met", "Every release is in the inventory.")?)
///     .build()?;
/// let table = csv::write_determinations(&assessment, Dialect::default());
/// assert!(table.contains("\r\nMAP 1.1,"));
///
/// let scale = RatingScale::outcome();
/// let read = csv::read_assessment(table.as_bytes(), None, &scale, &CsvOptions::default())?;
/// assert_eq!(read.add_to(start()).build()?, assessment);
///
/// let wrong = "Subcategory;Determination;Rationale\nGV-1.6;met;yes\nGV-9.1;met;yes\n";
/// let refused = csv::read_assessment(wrong.as_bytes(), None, &scale, &CsvOptions::default());
/// let refused = refused.unwrap_err();
/// assert_eq!((refused.first().line(), refused.first().cell().as_deref()), (3, Some("A3")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn write_determinations(assessment: &Assessment, dialect: Dialect) -> String {
    let mut sheet = Sheet::new(&SCHEMA, dialect);
    for (subcategory, determination) in assessment.determinations() {
        sheet.row(|row| {
            row.set("subcategory", subcategory);
            row.set("summary", subcategory.summary());
            found(row, determination);
            let target = assessment.target();
            if let Some(goal) = target.and_then(|target| target.entry(subcategory)) {
                aimed(row, goal);
            }
        });
    }
    sheet.finish()
}

fn found(row: &mut SheetRow, determination: &Determination) {
    match determination {
        Determination::NotAssessed => row.set("determination", "not-assessed"),
        Determination::NotApplicable { justification } => {
            row.set("determination", "not-applicable");
            row.set("rationale", justification);
        }
        Determination::Rated(rated) => {
            let level = rated.level().as_str();
            let prefix = if is_taken(level) { LEVEL } else { "" };
            row.set("determination", format_args!("{prefix}{level}"));
            row.set("rationale", rated.rationale());
            row.set_some("confidence", rated.confidence().map(Confidence::name));
            row.set("evidence", list::joined(rated.evidence()));
            row.set("outcomes", list::lines(rated.outcomes()));
        }
    }
}

fn aimed(row: &mut SheetRow, goal: &Goal) {
    row.set("goal", goal.level());
    row.set("priority", goal.priority());
    row.set_some("due", goal.due_on());
    row.set_some("goal-rationale", goal.rationale());
}

/// Holds what the rows say, which is in order only where there are no faults.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) determinations: BTreeMap<Subcategory, Determination>,
    pub(crate) goals: BTreeMap<Subcategory, Goal>,
}

/// Reads the rows. Evidence that is not among `known` is a fault, unless nothing is known.
pub(crate) fn read(
    table: &Table<'_>,
    scale: &RatingScale,
    known: Option<&BTreeSet<EvidenceId>>,
    faults: &mut Faults,
) -> Found {
    let mut read = Found::default();
    let mut lines = BTreeMap::new();
    for record in &table.rows {
        let mut fields = Fields::new(table, record, faults);
        let subcategory = fields.need("subcategory", value);
        if let Some(subcategory) = &subcategory {
            fields.once("subcategory", subcategory, &mut lines);
        }
        let goal = goal(&mut fields, scale);
        let (determination, row) = determination(&mut fields, scale, known);
        fields.unused(row);
        if let (Some(subcategory), Some(determination)) = (subcategory, determination) {
            read.determinations.insert(subcategory, determination);
        }
        if let (Some(subcategory), Some(goal)) = (subcategory, goal) {
            read.goals.insert(subcategory, goal);
        }
    }
    read
}

/// Says what stands in the column `determination`.
enum Word {
    Level(LevelName),
    NotApplicable,
    NotAssessed,
}

fn word(scale: &RatingScale, cell: &str) -> Result<Word, CsvFault> {
    if let Some(level) = cell.trim().strip_prefix(LEVEL) {
        return pick::level(scale, level).map(Word::Level);
    }
    match kebab(cell).as_deref() {
        Some("not-applicable" | "n-a") => Ok(Word::NotApplicable),
        Some("not-assessed") => Ok(Word::NotAssessed),
        _ => pick::level(scale, cell).map(Word::Level),
    }
}

/// Tells whether the name of a level would read as something else.
fn is_taken(level: &str) -> bool {
    let folded = kebab(level);
    level.starts_with(LEVEL)
        || matches!(
            folded.as_deref(),
            Some("not-applicable" | "not-assessed" | "n-a")
        )
}

fn determination(
    fields: &mut Fields<'_>,
    scale: &RatingScale,
    known: Option<&BTreeSet<EvidenceId>>,
) -> (Option<Determination>, &'static str) {
    let Some(cell) = fields.said("determination") else {
        let silent = Some(Determination::NotAssessed);
        return (silent, "a subcategory that is not assessed");
    };
    let word = fields.ok("determination", word(scale, cell));
    match word {
        Some(Word::NotAssessed) => {
            let silent = Some(Determination::NotAssessed);
            (silent, "a subcategory that is not assessed")
        }
        Some(Word::NotApplicable) => {
            let justification = fields.need("rationale", text);
            let excluded =
                justification.map(|justification| Determination::NotApplicable { justification });
            (excluded, "a subcategory that is not applicable")
        }
        Some(Word::Level(level)) => (rated(fields, level, known), "a rated subcategory"),
        None => {
            // What the other cells may hold depends on this one, so nothing is said of them.
            fields.pass(&["rationale", "confidence", "evidence", "outcomes"]);
            (None, "this subcategory")
        }
    }
}

fn rated(
    fields: &mut Fields<'_>,
    level: LevelName,
    known: Option<&BTreeSet<EvidenceId>>,
) -> Option<Determination> {
    let rationale = fields.need("rationale", text);
    let name = |cell: &str| pick::name(&Confidence::ALL, Confidence::name, cell);
    let confidence = fields.read("confidence", name);
    let ids = |cell| list::split(cell).flat_map(str::split_whitespace);
    let cited = fields.each("evidence", ids, |item| {
        let id: EvidenceId = value(item)?;
        match known {
            Some(known) if !known.contains(&id) => Err(CsvFault::Dangling { id }),
            _ => Ok(id),
        }
    });
    let outcomes = fields.each("outcomes", list::texts, |item| text(&item));
    let mut rated = Rated::of(level, rationale?);
    if let Some(confidence) = confidence {
        rated = rated.with_confidence(confidence);
    }
    for id in cited {
        if rated.cites(&id) {
            let found = id.to_string();
            fields.fault("evidence", CsvFault::ItemTwice { found });
        }
        rated = rated.citing(id);
    }
    let rated = outcomes.into_iter().fold(rated, Rated::with_outcome);
    Some(Determination::Rated(rated))
}

fn goal(fields: &mut Fields<'_>, scale: &RatingScale) -> Option<Goal> {
    let columns = ["goal", "priority", "due", "goal-rationale"];
    if columns.iter().all(|column| fields.said(column).is_none()) {
        return None;
    }
    let level = fields.need("goal", |cell| pick::level(scale, cell));
    let name = |cell: &str| pick::name(&Priority::ALL, Priority::name, cell);
    let priority = fields.need("priority", name);
    let due = fields.read("due", value);
    let rationale = fields.read("goal-rationale", text);
    let mut goal = Goal::of(level?, priority?);
    if let Some(day) = due {
        goal = goal.due(day);
    }
    Some(match rationale {
        Some(rationale) => goal.because(rationale),
        None => goal,
    })
}
