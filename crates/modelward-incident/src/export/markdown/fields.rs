//! How well a document tells the fields of a record.

use crate::Released;
use crate::export::ledger::{Ledger, Told};
use crate::export::{FieldLoss, LossStatus};

/// Lists how well a document tells each field, and to which of its questions the record has no
/// answer. A field of which `told` says nothing is not there.
pub(super) fn losses(
    released: &Released,
    told: &[Told<'_>],
    open: impl IntoIterator<Item = FieldLoss>,
) -> Vec<FieldLoss> {
    let mut ledger = Ledger::of(released);
    ledger.direct("tlp", "the label at both ends");
    ledger.rest(told);
    let mut losses = ledger.into_losses("the document does not ask it");
    losses.extend(open);
    losses.sort_by(|one, other| one.field.cmp(&other.field));
    losses
}

/// States that a document asks something to which the record has no answer.
pub(super) fn unanswered(question: &'static str, why: &'static str) -> FieldLoss {
    FieldLoss::new(question, LossStatus::Unmapped, why)
}
