use super::facts::VexFacts;
use crate::export::FieldLoss;
use crate::export::ledger::{Ledger, NO_PLACE, Told};

/// Says of plans of recovery that a status of VEX cannot tell them before they are carried out.
pub(in crate::export) fn mere_plans(ledger: &mut Ledger, facts: &VexFacts) {
    for product in facts.products.iter().filter(|it| it.has_mere_plan()) {
        let note = "the asset is cleared, and what it goes back to was not seen in place";
        ledger.unmapped(format!("recoveries/{}", product.asset), note);
    }
}

/// Says of every field that holds something where it went: what was said of this record first, then
/// what the rows say. What neither names has no place.
pub(in crate::export) fn losses(
    mut ledger: Ledger,
    facts: &VexFacts,
    rows: &[Told<'_>],
) -> Vec<FieldLoss> {
    for field in &facts.unplaced {
        let why = "the asset that it is about is cleared or not told at this level";
        ledger.unmapped(field, why);
    }
    ledger.rest(rows);
    ledger.into_losses(NO_PLACE)
}
