use crate::export::{FieldLoss, LossStatus};

/// Says of one field where it goes. In the field's name `*` stands for the name of any one thing.
pub(crate) type Row = (&'static str, LossStatus, &'static str);

/// Says of every field that holds something where it went. What no row names has no place.
pub(crate) fn losses(held: &[String], rows: &[Row], special: Vec<FieldLoss>) -> Vec<FieldLoss> {
    let mut losses: Vec<FieldLoss> = held
        .iter()
        .filter(|field| special.iter().all(|loss| loss.field() != field.as_str()))
        .map(|field| {
            let row = rows.iter().find(|(name, ..)| names(name, field));
            let (status, note) = row.map_or(
                (LossStatus::Unmapped, "the format has no place for it"),
                |(_, status, note)| (*status, *note),
            );
            FieldLoss::new(field.as_str(), status, note)
        })
        .collect();
    losses.extend(special);
    losses.sort_by(|one, other| one.field().cmp(other.field()));
    losses
}

/// Tells whether a row names a field: `assets/*/refs` names `assets/eu/scorer/refs` too, since a
/// slug may have slashes.
fn names(row: &str, field: &str) -> bool {
    match row.split_once('*') {
        None => row == field,
        Some((head, tail)) => {
            field.len() > row.len() - 1 && field.starts_with(head) && field.ends_with(tail)
        }
    }
}
