use modelward_artifact::Text;

use crate::export::{FieldLoss, LossStatus};

/// Collects what became of each part of a document, by its place: a JSON pointer (RFC 6901).
#[derive(Debug, Default)]
pub(crate) struct Rows(Vec<FieldLoss>);

impl Rows {
    /// States that a part is told whole, and where.
    pub(super) fn direct(&mut self, at: impl Into<String>, place: impl Into<String>) {
        self.say(at, LossStatus::Direct, place);
    }

    /// States that a part of a part is told.
    pub(super) fn partial(&mut self, at: impl Into<String>, note: impl Into<String>) {
        self.say(at, LossStatus::Partial, note);
    }

    /// States that something near to a part is told.
    pub(super) fn approximate(&mut self, at: impl Into<String>, note: impl Into<String>) {
        self.say(at, LossStatus::Approximate, note);
    }

    /// States that a part is not told, and why.
    pub(super) fn unmapped(&mut self, at: impl Into<String>, why: impl Into<String>) {
        self.say(at, LossStatus::Unmapped, why);
    }

    /// States what became of a part.
    pub(super) fn say(
        &mut self,
        at: impl Into<String>,
        status: LossStatus,
        note: impl Into<String>,
    ) {
        self.0.push(FieldLoss::new(at, status, note));
    }

    /// Takes a text, or says why a record does not.
    pub(super) fn text(
        &mut self,
        at: &str,
        text: &str,
        (status, note): (LossStatus, &str),
    ) -> Option<Text> {
        match text.parse() {
            Ok(text) => {
                self.say(at, status, note);
                Some(text)
            }
            Err(error) => {
                self.unmapped(at, error.to_string());
                None
            }
        }
    }

    /// Returns what was stated in order of the places; of what was said of one, the first.
    pub(super) fn into_losses(mut self) -> Vec<FieldLoss> {
        self.0.sort_by(|a, b| a.field.cmp(&b.field));
        self.0.dedup_by(|b, a| a.field == b.field);
        self.0
    }
}
