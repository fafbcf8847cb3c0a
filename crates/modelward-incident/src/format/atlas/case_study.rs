use modelward_artifact::JsonLimits;
use modelward_artifact::json::{self, JsonError};
use serde_json::{Map, Value};

use super::date::StudyDate;
use super::error::AtlasError;
use super::id::CaseStudyId;
use super::reference::Reference;
use super::step::ProcedureStep;

mod read;
mod write;

pub(super) use self::read::SEPARATE;

/// Says whether a case study tells of an attack or of an exercise.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum StudyKind {
    /// Researchers or a red team did it.
    Exercise,
    /// It happened.
    Incident,
    /// A word that ATLAS did not have when this was written.
    Other(Box<str>),
}

/// Holds a case study of MITRE ATLAS: what happened, step by step.
///
/// It is read as it stands in the data up to 5.x, alone or as the `study` of a submission to the
/// website, and from either layout of the whole data by [`AtlasData`](super::AtlasData). It is
/// written in the form of the official schemas (`atlas_output_schema.json`, and
/// `atlas_website_case_study_schema.json` for submissions). Members that are not known here are kept
/// and written again, which those schemas do not allow.
///
/// ```
/// use modelward_artifact::JsonLimits;
/// use modelward_incident::format::atlas::CaseStudy;
///
/// let study = CaseStudy::from_json(br#"{
///     "id": "AML.CS9000", "object-type": "case-study", "name": "Poisoned scorer",
///     "summary": "Rows were planted.", "incident-date": "2026-11-01",
///     "incident-date-granularity": "MONTH", "case-study-type": "incident",
///     "procedure": [
///         {"tactic": "AML.TA0006", "technique": "AML.T0020", "description": "They planted rows."}
///     ]
/// }"#, &JsonLimits::default())?;
/// assert_eq!(study.date().to_string(), "2026-11");
/// assert!(study.to_yaml().starts_with("id: AML.CS9000\nname: Poisoned scorer\n"));
///
/// let refused = CaseStudy::from_json(br#"{"name": 1}"#, &JsonLimits::default()).unwrap_err();
/// assert_eq!(refused.to_string(), "/name is a number, expected a text");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CaseStudy {
    id: Option<CaseStudyId>,
    name: Box<str>,
    summary: Box<str>,
    date: StudyDate,
    procedure: Vec<ProcedureStep>,
    kind: Option<StudyKind>,
    target: Option<Box<str>>,
    actor: Option<Box<str>>,
    reporter: Option<Box<str>>,
    references: Vec<Reference>,
    others: Map<String, Value>,
    beside: Map<String, Value>,
}

impl CaseStudy {
    /// Makes a case study of what each has.
    #[must_use]
    pub fn new(name: &str, summary: &str, date: StudyDate, procedure: Vec<ProcedureStep>) -> Self {
        Self {
            id: None,
            name: name.into(),
            summary: summary.into(),
            date,
            procedure,
            kind: None,
            target: None,
            actor: None,
            reporter: None,
            references: Vec::new(),
            others: Map::new(),
            beside: Map::new(),
        }
    }

    /// Sets the id, which ATLAS gives.
    #[must_use]
    pub fn with_id(mut self, id: CaseStudyId) -> Self {
        self.id = Some(id);
        self
    }

    /// Says whether it is an attack or an exercise.
    #[must_use]
    pub fn with_kind(mut self, kind: StudyKind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Names what was attacked.
    #[must_use]
    pub fn with_target(mut self, target: &str) -> Self {
        self.target = Some(target.into());
        self
    }

    /// Names who attacked.
    #[must_use]
    pub fn with_actor(mut self, actor: &str) -> Self {
        self.actor = Some(actor.into());
        self
    }

    /// Names who reported it.
    #[must_use]
    pub fn with_reporter(mut self, reporter: &str) -> Self {
        self.reporter = Some(reporter.into());
        self
    }

    /// Sets the sources.
    #[must_use]
    pub fn with_references(mut self, references: Vec<Reference>) -> Self {
        self.references = references;
        self
    }

    /// Returns the id, which a submission does not have yet.
    #[must_use]
    pub const fn id(&self) -> Option<&CaseStudyId> {
        self.id.as_ref()
    }

    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Tells what happened, in Markdown.
    #[must_use]
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// Says when it happened, and how exactly that is known.
    #[must_use]
    pub const fn date(&self) -> &StudyDate {
        &self.date
    }

    /// Returns the steps in their order.
    #[must_use]
    pub fn procedure(&self) -> &[ProcedureStep] {
        &self.procedure
    }

    /// Says whether it is an attack or an exercise; older data does not say.
    #[must_use]
    pub const fn kind(&self) -> Option<&StudyKind> {
        self.kind.as_ref()
    }

    /// Names what was attacked.
    #[must_use]
    pub fn target(&self) -> Option<&str> {
        self.target.as_deref()
    }

    /// Names who attacked.
    #[must_use]
    pub fn actor(&self) -> Option<&str> {
        self.actor.as_deref()
    }

    /// Names who reported it; older data has it as `reported-by`.
    #[must_use]
    pub fn reporter(&self) -> Option<&str> {
        self.reporter.as_deref().or_else(|| self.reported_by())
    }

    /// Returns the reporter under the old name, where that is the one which counts.
    pub(crate) fn reported_by(&self) -> Option<&str> {
        let old = self.others.get("reported-by").and_then(Value::as_str);
        old.filter(|_| self.reporter.is_none())
    }

    /// Returns the sources.
    #[must_use]
    pub fn references(&self) -> &[Reference] {
        &self.references
    }

    /// Returns the members that are not known here, such as `reported-by`, dates and UUIDs.
    #[must_use]
    pub const fn others(&self) -> &Map<String, Value> {
        &self.others
    }

    /// Returns what stood beside the study in a submission, such as `meta`.
    #[must_use]
    pub const fn beside(&self) -> &Map<String, Value> {
        &self.beside
    }

    /// Reads one case study.
    ///
    /// # Errors
    ///
    /// [`AtlasError`] with the pointer to what is wrong.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, AtlasError> {
        let value = json::read(bytes, limits).map_err(|source| AtlasError::Json { source })?;
        read::document(value)
    }

    /// Reads one case study from YAML, with the same limits.
    ///
    /// # Errors
    ///
    /// [`AtlasError`] with the pointer to what is wrong.
    #[cfg(feature = "yaml")]
    pub fn from_yaml(bytes: &[u8], limits: &JsonLimits) -> Result<Self, AtlasError> {
        read::document(super::yaml::read(bytes, limits)?)
    }

    /// Writes the case study as an object: members sorted, the same bytes for the same study. What
    /// stood beside it is left to [`CaseStudy::to_submission`].
    ///
    /// # Errors
    ///
    /// [`JsonError`] where a member that was kept has no JSON form, which none has that was read.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(&self.object().into_value())
    }

    /// Writes the case study as the website takes it: the object as `study`, and what stood beside it.
    ///
    /// # Errors
    ///
    /// As of [`CaseStudy::to_json`].
    pub fn to_submission(&self) -> Result<Vec<u8>, JsonError> {
        let mut members = self.beside.clone();
        members.insert("study".to_owned(), self.object().into_value());
        json::pretty(&members)
    }

    /// Writes the case study as YAML in the order of members that ATLAS has: the same bytes for the
    /// same study. Every text that a reader could take for something else is quoted, dates included.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        super::emit::document(&self.object())
    }
}
