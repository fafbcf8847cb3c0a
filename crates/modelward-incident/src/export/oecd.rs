//! The form of the OECD's common reporting framework (AI Papers No. 34, February 2025).
//!
//! The framework has 29 criteria and no data format of its own; [`OecdForm`] is ours, with a row a
//! criterion. What a person answered stands as it is. What follows from the record alone says so in
//! its status. Severity (criterion 10) follows from nothing: a person states it or it is missing.

mod answers;
mod form;
mod labels;
mod markdown;

use modelward_artifact::Party;

pub use self::form::{OecdForm, OecdRow};
pub use self::labels::{dimension, label};

use super::ledger::{Ledger, NO_PLACE};
use super::{Export, ExportError};
use crate::Released;

/// Tells an incident in the OECD's form; what is missing is listed in
/// [`OecdForm::missing`](OecdForm::missing).
///
/// Without a submitter, who opened the incident stands for criterion 4.
///
/// ```
/// use modelward_artifact::Party;
/// use modelward_incident::export::oecd;
/// use modelward_incident::log::Context;
/// use modelward_incident::{Incident, IncidentKind, NewEvent, Opening, Severity, Tlp};
///
/// let jo = Party::new("Jo Example")?;
/// let now = Context::new("2026-11-23T10:00:00Z".parse()?, jo.clone());
/// let opening = Opening::new("inputs moved".parse()?, IncidentKind::DriftData, Severity::Low)
///     .with_summary("Incomes rose faster than in training.".parse()?);
/// let opening = NewEvent::from(opening).marked(Tlp::Clear);
/// let released = Incident::open("INC-7".parse()?, opening, &now)?.release(Tlp::Clear)?;
///
/// let form = oecd::form(&released, Some(&jo)).into_document();
/// let missing: Vec<u8> = form.missing().map(|it| it.number()).collect();
/// assert_eq!(missing, [7, 10, 11]);
/// assert!(oecd::strict(&released, Some(&jo)).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn form(released: &Released, submitter: Option<&Party>) -> Export<OecdForm> {
    let incident = released.incident();
    let mut ledger = Ledger::of(released);
    let rows = answers::rows(incident, submitter, &mut ledger);
    let losses = ledger.into_losses(NO_PLACE);
    Export::new(OecdForm::new(incident.id(), rows), losses)
}

/// Tells an incident in the OECD's form, if every mandatory criterion has an answer.
///
/// # Errors
///
/// [`ExportError::Missing`] with every mandatory criterion that has none: 1, 2, 3, 4, 7, 10 and 11.
pub fn strict(
    released: &Released,
    submitter: Option<&Party>,
) -> Result<Export<OecdForm>, ExportError> {
    let export = form(released, submitter);
    let missing = export.document().missing();
    let missing: Vec<String> = missing
        .map(|it| format!("criterion {}, {}", it.number(), label(it)))
        .collect();
    if missing.is_empty() {
        return Ok(export);
    }
    Err(ExportError::Missing { missing })
}
