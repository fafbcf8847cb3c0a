//! Case studies of MITRE ATLAS.
//!
//! A case study tells what was done and says little of what it came to. So the caller says how bad it
//! was, and what is read into it is stated in the losses:
//!
//! - An attack is [`Determination::Confirmed`](crate::Determination); whether somebody was harmed
//!   stays unclear, since a case study does not say.
//! - An exercise is confirmed too, since its steps were carried out, and its harm is
//!   [`Harm::Issue`](crate::Harm): harm could follow, and did not.
//! - The kinds are those whose nearest technique is among the steps
//!   ([`KindMapping`](crate::KindMapping)).

mod options;
mod reading;

use crate::format::atlas::CaseStudy;
use crate::import::{Import, ImportError};
use crate::log::Context;

use self::reading::Reading;

pub use self::options::AtlasImportOptions;

/// Makes an incident of a case study.
///
/// The steps are the techniques in their order, the target is a system, the references are sources.
/// Who attacked and who reported it have no field in the record; they stand in notes. The field of a
/// loss is a JSON pointer into the object of the case study.
///
/// ```
/// use modelward_artifact::{JsonLimits, Party};
/// use modelward_incident::format::atlas::CaseStudy;
/// use modelward_incident::import::atlas::{AtlasImportOptions, case_study};
/// use modelward_incident::log::Context;
/// use modelward_incident::{Harm, IncidentKind, Severity, Tlp};
///
/// let study = CaseStudy::from_json(br#"{
///     "id": "AML.CS9000", "name": "Poisoned scorer", "summary": "Rows were planted.",
///     "incident-date": "2026-11-01", "incident-date-granularity": "MONTH",
///     "case-study-type": "exercise", "actor": "a red team",
///     "procedure": [
///         {"tactic": "AML.TA0006", "technique": "AML.T0020", "description": "They planted rows."}
///     ]
/// }"#, &JsonLimits::default())?;
/// let now = Context::new("2026-11-26T10:00:00Z".parse()?, Party::new("Jo Example")?);
/// let options = AtlasImportOptions::new("AML.CS9000".parse()?, Severity::Low).marked(Tlp::Clear);
/// let import = case_study(&study, &options, &now)?;
/// let incident = import.incident();
/// assert_eq!(incident.began().map(|it| it.to_string()).as_deref(), Some("2026-11"));
/// assert!(incident.kinds().contains(&IncidentKind::AdversarialDataPoisoning));
/// assert_eq!(incident.harm(), Harm::Issue);
/// assert!(import.losses().iter().any(|loss| loss.field == "/actor"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`ImportError::Text`] with the place of a text that the record does not take.
pub fn case_study(
    study: &CaseStudy,
    options: &AtlasImportOptions<'_>,
    context: &Context,
) -> Result<Import, ImportError> {
    let mut reading = Reading::open(study, options, context)?;
    reading.when(study)?;
    reading.steps(study)?;
    reading.judgement(study)?;
    reading.people(study)?;
    reading.sources(study)?;
    reading.rest(study);
    Ok(reading.into_import())
}
