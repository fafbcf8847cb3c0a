use std::collections::BTreeMap;

use super::facts::VexFacts;
use crate::export::{FieldLoss, LossStatus};

/// Says of one field where it goes. In the field's name `*` stands for the name of any one thing.
pub(crate) type Row = (&'static str, LossStatus, &'static str);

/// Says of every field that holds something where it went: what is special to this record first,
/// then what the rows say. What neither names has no place.
pub(crate) fn losses(facts: &VexFacts, rows: &[Row], special: Vec<FieldLoss>) -> Vec<FieldLoss> {
    let unplaced = facts.unplaced.iter().map(|field| {
        let note = "the asset that it is about is cleared or not told at this level";
        FieldLoss::new(field.as_str(), LossStatus::Unmapped, note)
    });
    let special = special.into_iter().chain(unplaced);
    let special = special.map(|loss| (loss.field.clone(), loss));
    let mut special: BTreeMap<String, FieldLoss> = special.collect();
    let held = facts.held.iter();
    let losses = held.map(|field| {
        special.remove(field).unwrap_or_else(|| {
            let row = rows.iter().find(|(name, ..)| names(name, field));
            let (status, note) = row.map_or(
                (LossStatus::Unmapped, "the format has no place for it"),
                |(_, status, note)| (*status, *note),
            );
            FieldLoss::new(field.as_str(), status, note)
        })
    });
    losses.collect()
}

/// Tells whether a row names a field: `assets/*/refs` names `assets/eu/scorer/refs` too, since a
/// slug may have slashes.
fn names(row: &str, field: &str) -> bool {
    match row.split_once('*') {
        None => row == field,
        Some((head, tail)) => {
            field.len() >= row.len() && field.starts_with(head) && field.ends_with(tail)
        }
    }
}
