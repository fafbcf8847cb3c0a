use std::collections::BTreeMap;

use thiserror::Error;

use crate::Crosswalk;
use crate::crosswalk::Relation::{self, IntersectsWith, SubsetOf, SupersetOf};
use crate::crosswalk::{
    BuildCrosswalkError, Confidence, LineError, Method, NewRow, Provenance, Rationale, Row, Status,
};

/// How many pairs of rows a composition may look at.
const MAX_PATHS: usize = 1_000_000;

/// How many ids a note names.
const NAMED: usize = 4;

impl Crosswalk {
    /// Derives what this crosswalk and `other`, which begins where this one ends, say together.
    ///
    /// The result is marked: method automation, status draft, confidence the lower of the two and
    /// never high, and `derived_from` names both. Nobody read its rows, so they are never equal or
    /// equivalent. The rest is the algebra of sets, of a source `a`, a middle `b` and a target `c`:
    ///
    /// - Equal and equivalent pass the other relation on; two of them leave intersects-with.
    /// - Subset after subset is a subset, superset after superset a superset.
    /// - `a` holds `b`, and `b` meets `c` or is a part of it: they intersect. So they do where `a`
    ///   meets `b`, and `b` is a part of `c`.
    /// - Of the others nothing follows. They give intersects-with of low confidence, as a hint, and
    ///   the note says that it does not follow.
    /// - Where several ids lead from `a` to `c`, one row is made: what follows goes before hints, a
    ///   subset or superset before an intersection; where both follow, the two would be equal, and
    ///   intersects-with stands.
    /// - Rows that say no-relationship, are deprecated or superseded compose to nothing.
    ///
    /// Rows stand in the order of this crosswalk, then of the other. Whether the licenses of both
    /// allow to derive a third is for the caller to know.
    ///
    /// # Errors
    ///
    /// [`ComposeError::Frameworks`] where `other` does not begin where this one ends, and
    /// [`ComposeError::TooMany`] where more than 1,000,000 pairs of rows meet.
    pub fn compose(&self, other: &Self) -> Result<Self, ComposeError> {
        if self.target.id() != other.source.id() {
            return Err(ComposeError::Frameworks {
                first: self.target.id().to_owned(),
                second: other.source.id().to_owned(),
            });
        }
        let found = paths(self, other)?;
        let rows: Vec<_> = found.values().map(|paths| derived(paths)).collect();
        let provenance = provenance(self, other)?;
        Self::new(self.source.clone(), other.target.clone(), provenance, rows)
            .map_err(|source| ComposeError::Build { source })
    }
}

/// Says why two crosswalks do not compose.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ComposeError {
    /// The derived rows do not make a crosswalk.
    #[error("derived rows do not make a crosswalk")]
    Build {
        /// What is wrong with them.
        source: BuildCrosswalkError,
    },
    /// The second does not begin where the first ends.
    #[error("first crosswalk ends at `{first}`, second one begins at `{second}`")]
    Frameworks {
        /// The id of the first one's target.
        first: String,
        /// The id of the second one's source.
        second: String,
    },
    /// What both say of themselves is too long for one provenance.
    #[error("provenance of the two crosswalks does not make one")]
    Provenance {
        /// What is wrong with it.
        source: LineError,
    },
    /// Too many pairs of rows meet.
    #[error("more than {limit} pairs of rows meet")]
    TooMany {
        /// The limit.
        limit: usize,
    },
}

impl ComposeError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Build { .. } => "rmf.compose.build",
            Self::Frameworks { .. } => "rmf.compose.frameworks",
            Self::Provenance { .. } => "rmf.compose.provenance",
            Self::TooMany { .. } => "rmf.compose.too_many",
        }
    }
}

/// Leads from a source to a target by way of an id of the framework between.
struct Path<'a> {
    first: &'a Row,
    second: &'a Row,
    /// What follows of the two relations, if anything does.
    relation: Option<Relation>,
}

impl Path<'_> {
    fn confidence(&self) -> Confidence {
        let both = self.first.confidence.lower(self.second.confidence);
        both.lower(Confidence::Medium)
    }
}

/// Finds every path, by the place of its source in the first crosswalk and of its target in the
/// second.
fn paths<'a>(
    first: &'a Crosswalk,
    second: &'a Crosswalk,
) -> Result<BTreeMap<(usize, usize), Vec<Path<'a>>>, ComposeError> {
    let mut by_middle: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    let mut targets = BTreeMap::new();
    for row in second.rows.iter().filter(|row| row.is_link()) {
        let place = targets.len();
        targets.entry(row.target.as_str()).or_insert(place);
        by_middle.entry(&row.source).or_default().push(row);
    }
    let mut sources = BTreeMap::new();
    let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let mut count = 0;
    for row in first.rows.iter().filter(|row| row.is_link()) {
        let place = sources.len();
        let source = *sources.entry(row.source.as_str()).or_insert(place);
        for next in by_middle.get(row.target.as_str()).into_iter().flatten() {
            count += 1;
            if count > MAX_PATHS {
                return Err(ComposeError::TooMany { limit: MAX_PATHS });
            }
            found
                .entry((source, targets[next.target.as_str()]))
                .or_default()
                .push(Path {
                    first: row,
                    second: next,
                    relation: followed(row.relation, next.relation),
                });
        }
    }
    Ok(found)
}

/// Returns what follows of `a` to `b` and `b` to `c`. No set is taken to be empty.
fn followed(first: Relation, second: Relation) -> Option<Relation> {
    match (first, second) {
        _ if first.is_equality() && second.is_equality() => Some(IntersectsWith),
        (_, relation) if first.is_equality() => Some(relation),
        (relation, _) if second.is_equality() => Some(relation),
        (SubsetOf, SubsetOf) => Some(SubsetOf),
        (SupersetOf, SupersetOf) => Some(SupersetOf),
        (SupersetOf, SubsetOf | IntersectsWith) | (IntersectsWith, SubsetOf) => {
            Some(IntersectsWith)
        }
        _ => None,
    }
}

/// Makes one row of all paths between one source and one target.
fn derived(paths: &[Path<'_>]) -> NewRow {
    let says = |relation| paths.iter().any(|path| path.relation == Some(relation));
    let follows = paths.iter().any(|path| path.relation.is_some());
    let relation = match (says(SubsetOf), says(SupersetOf)) {
        (true, false) => SubsetOf,
        (false, true) => SupersetOf,
        _ => IntersectsWith,
    };
    // A part that is held is met as well, so every path that follows bears an intersection.
    let bears = |path: &&Path<'_>| match path.relation {
        None => !follows,
        Some(it) => it == relation || relation == IntersectsWith,
    };
    let bearing: Vec<&Path<'_>> = paths.iter().filter(bears).collect();
    let best = bearing.iter().map(|path| path.confidence());
    let best = best.max_by_key(|it| it.rank()).unwrap_or(Confidence::Low);
    let mut middles: Vec<&str> = Vec::new();
    for path in bearing {
        if !middles.contains(&path.first.target()) {
            middles.push(path.first.target());
        }
    }
    let mut note = format!("by way of {}", listed(&middles));
    if !follows {
        note.insert_str(0, "does not follow, a hint ");
    }
    let ends = &paths[0];
    NewRow::new(ends.first.source(), ends.second.target(), relation)
        .with_confidence(if follows { best } else { Confidence::Low })
        .with_note(note)
}

fn listed(ids: &[&str]) -> String {
    let named = ids
        .iter()
        .take(NAMED)
        .map(|id| id.chars().take(64).collect());
    let named = named.collect::<Vec<String>>().join(", ");
    match ids.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

fn provenance(first: &Crosswalk, second: &Crosswalk) -> Result<Provenance, ComposeError> {
    let (a, b) = (first.provenance(), second.provenance());
    let author = match (a.author(), b.author()) {
        (a, b) if a == b => format!("composition of {a}"),
        (a, b) => format!("composition of {a} and {b}"),
    };
    let made = Provenance::new(&author, a.date().max(b.date())).and_then(|made| {
        let confidence = a.confidence().lower(b.confidence());
        let mut made = made
            .with_method(Method::Automation)
            .with_rationale(if a.rationale() == b.rationale() {
                a.rationale()
            } else {
                Rationale::Semantic
            })
            .with_status(Status::Draft)
            .with_confidence(confidence.lower(Confidence::Medium))
            .with_basis(
                "derived by the algebra of sets from the crosswalks named, read by nobody",
            )?;
        if let Some(license) = license(a, b) {
            made = made.with_license(&license)?;
        }
        [first, second].into_iter().try_fold(made, |made, it| {
            let (title, provenance) = (it.title(), it.provenance());
            made.with_derived_from(&format!(
                "{title}, {}, {}",
                provenance.author(),
                provenance.date()
            ))
        })
    });
    made.map_err(|source| ComposeError::Provenance { source })
}

/// Returns the licenses that both parts are under, or nothing where one of them does not say.
fn license(a: &Provenance, b: &Provenance) -> Option<String> {
    let (a, b) = (a.license()?, b.license()?);
    Some(if a == b {
        a.to_owned()
    } else {
        format!("({a}) and ({b})")
    })
}
