//! What the risk register shows.

use modelward_artifact::Timestamp;
use modelward_rmf::{DueItem, Risk, RiskKind, RiskRegister, Standing};

use super::bearing::{
    Bearing, GOVERN_1_3, GOVERN_1_4, GOVERN_1_5, GOVERN_2_1, GOVERN_4_2, MANAGE_1_2, MANAGE_1_3,
    MANAGE_1_4, MAP_1_5, MAP_3_2, MAP_5_1, MEASURE_3_1, direct, supporting,
};
use super::notes::Notes;
use super::origin::{Fact, Origin, count};
use crate::ModelEvidence;

const TOLERANCE: [Bearing; 2] = [direct(MAP_1_5), supporting(GOVERN_1_3)];
const KEPT: [Bearing; 1] = [supporting(GOVERN_1_4)];
const RECORDED: [Bearing; 2] = [supporting(GOVERN_4_2), supporting(MAP_3_2)];
const OWNERS: [Bearing; 1] = [supporting(GOVERN_2_1)];
const REVIEWS: [Bearing; 2] = [direct(GOVERN_1_5), direct(MEASURE_3_1)];
const RATED: [Bearing; 1] = [direct(MAP_5_1)];
const FROM_INCIDENTS: [Bearing; 1] = [supporting(MAP_5_1)];
const DECIDED: [Bearing; 1] = [direct(MANAGE_1_2)];
const RESPONSES: [Bearing; 1] = [direct(MANAGE_1_3)];
const RESIDUAL: [Bearing; 1] = [direct(MANAGE_1_4)];

pub(super) fn observe(notes: &mut Notes, evidence: &ModelEvidence<'_>, now: Timestamp) {
    let Some(register) = evidence.register() else {
        return;
    };
    let title = format!("risk register {}", register.title());
    let origin = Origin::document(&title, register.digest());
    let matrix = register.matrix();
    let message = format!(
        "the register sets the appetite at {} and the tolerance at {}",
        matrix.appetite().name(),
        matrix.tolerance().name()
    );
    notes.add(&TOLERANCE, &origin.supports(message));
    let risks: Vec<_> = register
        .risks()
        .filter(|it| !it.status().is_closed())
        .collect();
    let open = count(risks.len(), "open risk", "open risks");
    let message = format!("{} keeps a register with {open}", register.owner());
    notes.add(&KEPT, &origin.supports(message));
    if risks.is_empty() {
        return;
    }
    let message = format!("{open} recorded with cause, event and consequence");
    notes.add(&RECORDED, &origin.supports(message));
    observe_upkeep(notes, &origin, (register, &risks), now);
    observe_ratings(notes, &origin, (register, &risks));
    observe_treatment(notes, &origin, (register, &risks), now);
}

/// Counts the risks that lack something: `all` where none does, or else `lack` with the first.
fn every<'a>(
    origin: &'a Origin,
    risks: &[&Risk],
    (all, lack): (&str, &str),
    has: impl Fn(&Risk) -> bool,
) -> Fact<'a> {
    let without: Vec<_> = risks.iter().filter(|risk| !has(risk)).collect();
    let total = count(risks.len(), "risk", "risks");
    match without.as_slice() {
        [] => origin.supports(format!("{all} ({total})")),
        [first, ..] => {
            let (number, id) = (without.len(), first.id());
            origin.contradicts(format!("{lack}: {number} of {total}, such as {id}"))
        }
    }
}

fn observe_upkeep(
    notes: &mut Notes,
    origin: &Origin,
    (register, risks): (&RiskRegister, &[&Risk]),
    now: Timestamp,
) {
    let words = (
        "every open risk has an owner",
        "open risks without an owner",
    );
    notes.add(
        &OWNERS,
        &every(origin, risks, words, |it| it.owner().is_some()),
    );
    let due = register.due(now, 0);
    let overdue = |risk: &Risk| {
        let mut due = due.iter().filter(|due| due.is_overdue());
        due.any(|due| due.risk() == risk.id() && *due.item() == DueItem::Review)
    };
    let planned = |risk: &Risk| risk.review_by().is_some() && !overdue(risk);
    let words = (
        "every open risk has a day of review that is not over",
        "open risks whose review is not planned or overdue",
    );
    notes.add(&REVIEWS, &every(origin, risks, words, planned));
    let linked = risks.iter().filter(|it| !it.incidents().is_empty()).count();
    if linked > 0 {
        let risks = count(linked, "risk rests", "risks rest");
        let message = format!("{risks} on incidents that happened");
        notes.add(&FROM_INCIDENTS, &origin.supports(message));
    }
}

fn observe_ratings(
    notes: &mut Notes,
    origin: &Origin,
    (register, risks): (&RiskRegister, &[&Risk]),
) {
    let rated = |it: &Risk| register.matrix().standing(it.current()).is_some();
    let words = (
        "every open risk is rated by likelihood and impact",
        "open risks whose rating is none of the matrix",
    );
    notes.add(&RATED, &every(origin, risks, words, rated));
    let threats: Vec<_> = threats(risks).collect();
    if !threats.is_empty() {
        let words = (
            "of every open threat is stated what remains",
            "open threats of which is not stated what remains",
        );
        let stated = |it: &Risk| it.residual().is_some();
        notes.add(&RESIDUAL, &every(origin, &threats, words, stated));
    }
}

fn observe_treatment(
    notes: &mut Notes,
    origin: &Origin,
    (register, risks): (&RiskRegister, &[&Risk]),
    now: Timestamp,
) {
    // A threat whose standing is not known may be above anything.
    let is_high =
        |it: &&Risk| register.matrix().standing(it.current()) != Some(Standing::WithinAppetite);
    let high: Vec<_> = threats(risks).filter(is_high).collect();
    if high.is_empty() {
        return;
    }
    let words = (
        "every threat above appetite has a decided treatment",
        "threats above appetite without a decided treatment",
    );
    let decided = |it: &Risk| it.treatment().is_decided();
    notes.add(&DECIDED, &every(origin, &high, words, decided));
    let words = (
        "every threat above appetite has a response that is on time",
        "threats above appetite whose response is missing, overdue or expired",
    );
    let due = register.due(now, 0);
    let on_time = |risk: &Risk| {
        let mut due = due
            .iter()
            .filter(|due| due.is_overdue() && due.risk() == risk.id());
        let acceptance = risk.treatment().acceptance();
        decided(risk)
            && !due.any(|due| *due.item() != DueItem::Review)
            && acceptance.is_none_or(|it| it.is_valid(now))
    };
    notes.add(&RESPONSES, &every(origin, &high, words, on_time));
}

fn threats<'a>(risks: &'a [&'a Risk]) -> impl Iterator<Item = &'a Risk> {
    let risks = risks.iter().copied();
    risks.filter(|it| it.kind() == RiskKind::Threat)
}
