//! Submissions to the AI Incident Database.
//!
//! The database collects what is public: without a [`PublishedAccount`] there is nothing to submit,
//! and an incident that only the organization knows has none.

mod choices;
mod options;
mod subject;

use modelward_artifact::json::{self, JsonError};
use serde_json::json;

pub use self::options::AiidOptions;
pub use crate::format::aiid::PublishedAccount;

use super::Export;
use super::ledger::{Ledger, NO_PLACE};
use crate::Released;
use crate::format::aiid::{AiidClassification, AiidError, AiidSubmission, AiidSubmissionBuilder};

/// Holds a submission, and what taxonomies make of the incident.
///
/// The database takes the classifications apart, once it has given the incident a number.
#[derive(Clone, Debug, PartialEq)]
pub struct AiidDocuments {
    submission: AiidSubmission,
    classifications: Vec<AiidClassification>,
}

impl AiidDocuments {
    /// Returns the submission.
    #[must_use]
    pub const fn submission(&self) -> &AiidSubmission {
        &self.submission
    }

    /// Returns the classifications, none of them empty: CSET before MIT.
    #[must_use]
    pub fn classifications(&self) -> &[AiidClassification] {
        &self.classifications
    }

    /// Writes both as one object with the members `submission` and `classifications`: members
    /// sorted, the same bytes for the same incident.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where a value has no JSON form, which none has.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        let classifications = self.classifications.iter();
        let classifications: Vec<_> = classifications.map(AiidClassification::written).collect();
        json::pretty(&json!({
            "submission": self.submission.written(),
            "classifications": classifications,
        }))
    }
}

/// Tells an incident to the database: by what was published about it, with what the record says.
///
/// An incident that a link calls the same as one of the database (system `AIID`, relation `same-as`
/// or `duplicate-of`, its number as target) becomes a further report on that one.
///
/// ```
/// use modelward_artifact::{Date, Party};
/// use modelward_incident::export::aiid::{self, AiidOptions, PublishedAccount};
/// use modelward_incident::log::Context;
/// use modelward_incident::{
///     AiSystem, EventKind, Impact, ImpactKind, Incident, IncidentKind, NewEvent, Opening, Severity, Tlp,
/// };
///
/// let now = Context::new("2026-11-23T10:00:00Z".parse()?, Party::new("Jo Example")?);
/// let told = |event: EventKind| NewEvent::new(event).marked(Tlp::Clear);
/// let kind = IncidentKind::AdversarialDataPoisoning;
/// let opening = Opening::new("Rows were forged".parse()?, kind, Severity::High)
///     .with_summary("Forged rows made the scorer refuse loans.".parse()?);
/// let mut incident = Incident::open("INC-7".parse()?, told(EventKind::Opened(opening)), &now)?;
/// let scorer = AiSystem::new("Scorer".parse()?)
///     .with_developer("Acme Models".parse()?)
///     .with_deployer("Acme Bank".parse()?);
/// incident.record(told(EventKind::SystemDescribed(scorer)), &now)?;
/// let loans = Impact::new("loans".parse()?, ImpactKind::Economic, "Loans were refused".parse()?)
///     .with_affected("applicants".parse()?);
/// incident.record(told(EventKind::ImpactRecorded(loans)), &now)?;
///
/// let today: Date = "2026-11-26".parse()?;
/// let text = "On Monday our scorer refused loans to people of one town, since rows had been forged.";
/// let account = PublishedAccount::new("https://example.org/scorer", "Forged rows", text, today)?
///     .by("Jo Example")?;
/// let export = aiid::submission(&incident.release(Tlp::Clear)?, &account, &AiidOptions::new(today))?;
/// assert_eq!(export.document().submission().incident_title(), Some("Rows were forged"));
/// assert!(export.lost().any(|loss| loss.field == "severity"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`AiidError::Faults`] with everything that passes a limit of the form or is missing, by its place
/// in the submission: a new incident has a description, a developer, a deployer and a harmed party.
/// A field that the options answer twice is refused too.
pub fn submission(
    released: &Released,
    account: &PublishedAccount,
    options: &AiidOptions,
) -> Result<Export<AiidDocuments>, AiidError> {
    let incident = released.incident();
    let mut ledger = Ledger::of(released);
    let mut builder = AiidSubmissionBuilder::new(account, options.today);
    let known = subject::known(incident, &mut ledger);
    if known.is_empty() {
        builder = builder.about(subject::new(incident, options, &mut ledger));
    } else {
        builder = builder.about_known(&known);
    }
    for submitter in &options.submitters {
        builder = builder.with_submitter(submitter);
    }
    for tag in &options.tags {
        builder = builder.with_tag(tag);
    }
    if let Some(language) = &options.language {
        builder = builder.with_language(language);
    }
    let classifications = choices::classifications(incident, options, &mut ledger)?;
    let documents = AiidDocuments {
        submission: builder.build()?,
        classifications,
    };
    Ok(Export::new(documents, ledger.into_losses(NO_PLACE)))
}
