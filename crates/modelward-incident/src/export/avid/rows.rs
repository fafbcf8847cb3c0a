use crate::export::{FieldLoss, LossStatus};

/// Collects how well each field is told.
#[derive(Debug, Default)]
pub(crate) struct Rows(Vec<FieldLoss>);

impl Rows {
    /// States that a field is told whole, and where.
    pub(crate) fn direct(&mut self, field: impl Into<String>, place: impl Into<String>) {
        self.add(field, LossStatus::Direct, place);
    }

    /// States that a part of a field is told.
    pub(crate) fn partial(&mut self, field: impl Into<String>, note: impl Into<String>) {
        self.add(field, LossStatus::Partial, note);
    }

    /// States that something near to a field is told.
    pub(crate) fn approximate(&mut self, field: impl Into<String>, note: impl Into<String>) {
        self.add(field, LossStatus::Approximate, note);
    }

    /// States that a field is not told, and why.
    pub(crate) fn unmapped(&mut self, field: impl Into<String>, why: impl Into<String>) {
        self.add(field, LossStatus::Unmapped, why);
    }

    /// Returns what was stated, each field once, in order of the fields.
    pub(crate) fn into_losses(mut self) -> Vec<FieldLoss> {
        self.0.sort_by(|a, b| a.field.cmp(&b.field));
        self.0.dedup_by(|b, a| a.field == b.field);
        self.0
    }

    fn add(&mut self, field: impl Into<String>, status: LossStatus, note: impl Into<String>) {
        self.0.push(FieldLoss::new(field, status, note));
    }
}
