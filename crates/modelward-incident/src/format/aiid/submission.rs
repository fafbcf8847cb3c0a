mod parts;

use modelward_artifact::JsonLimits;
use modelward_artifact::json::{self, JsonError};
use serde_json::{Map, Value};

use self::parts::{Dates, Subject};
use super::entity::{AiidEntity, FormEntity};
use super::fault::{AiidError, AiidFaultKind};
use super::links::{Links, targets};
use super::members::{self, Members, Place, Span};
use super::time::AiidTime;

pub(super) const TITLE: Span = Span::new(6, 500);
pub(super) const TEXT: Span = Span::new(80, 50_000);
pub(super) const NAME: Span = Span::new(3, 200);
const LANGUAGE: Span = Span::new(2, 35);
const DOMAIN: Span = Span::new(1, 253);
const TAG: Span = Span::new(1, 200);

/// Holds what the database is given: one published account, and the incident that it is about.
///
/// | member | limit |
/// |---|---|
/// | `title`, `incident_title` | 6 to 500 characters |
/// | `text` | 80 to 50,000 characters |
/// | `description` | 3 to 500 characters |
/// | `authors`, `submitters`, `developers`, `deployers`, `harmed_parties`, `implicated_systems` | 3 to 200 characters each, at most 1,000 |
/// | `url`, `image_url` | `http` or `https`, at most 4,096 bytes; the image may be empty |
/// | `date_published`, `date_downloaded`, `incident_date` | a day such as `2021-09-14` |
/// | `date_modified`, `date_submitted` | a day or an instant |
///
/// - It has an author.
/// - It names incidents of the database in `incident_ids`, or it is about a new one: then it has a
///   description, a developer, a deployer, a harmed party, a day and a title of the incident.
/// - Other members are kept. It is written as it was read.
/// - That no day lies in the future is known where it is made, with
///   [`AiidSubmissionBuilder`](super::AiidSubmissionBuilder).
#[derive(Clone, Debug, PartialEq)]
pub struct AiidSubmission {
    title: Box<str>,
    authors: Vec<Box<str>>,
    submitters: Vec<Box<str>>,
    text: Box<str>,
    url: Box<str>,
    image_url: Box<str>,
    source_domain: Box<str>,
    language: Box<str>,
    tags: Vec<Box<str>>,
    dates: Dates,
    subject: Subject,
    unknown: Map<String, Value>,
}

impl AiidSubmission {
    /// Reads a submission.
    ///
    /// # Errors
    ///
    /// [`AiidError`] where the text is no strict JSON, or with every member that passes a limit or
    /// is missing.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, AiidError> {
        members::document(bytes, limits, Self::read)
    }

    /// Reads a list of submissions, up to 10,000.
    ///
    /// # Errors
    ///
    /// As of [`AiidSubmission::from_json`], with the faults of every one.
    pub fn list_from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Vec<Self>, AiidError> {
        members::document(bytes, limits, |place, value| {
            members::items(place, value, 10_000, Self::read)
        })
    }

    /// Writes the submission, members sorted: the same bytes for the same submission.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where a member that was kept has no JSON form, which none has that was read.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(&self.written())
    }

    /// Returns the title of the account.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Returns who wrote the account.
    pub fn authors(&self) -> impl Iterator<Item = &str> {
        self.authors.iter().map(|name| &**name)
    }

    /// Returns who submits it.
    pub fn submitters(&self) -> impl Iterator<Item = &str> {
        self.submitters.iter().map(|name| &**name)
    }

    /// Returns the text of the account.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the address of the account.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the host of the address.
    #[must_use]
    pub fn source_domain(&self) -> &str {
        &self.source_domain
    }

    /// Returns the language of the account, such as `en`.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Returns the day of publication.
    #[must_use]
    pub const fn published(&self) -> &AiidTime {
        &self.dates.published
    }

    /// Returns the numbers of the incidents; none where it is about a new one.
    #[must_use]
    pub fn incident_ids(&self) -> &[u64] {
        self.subject.incident_ids.as_deref().unwrap_or_default()
    }

    /// Returns the title of the incident.
    #[must_use]
    pub fn incident_title(&self) -> Option<&str> {
        self.subject.title.as_deref()
    }

    /// Returns the day of the incident.
    #[must_use]
    pub const fn incident_date(&self) -> Option<&AiidTime> {
        self.subject.date.as_ref()
    }

    /// Returns what happened.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.subject.description.as_deref()
    }

    /// Returns who developed the system.
    pub fn developers(&self) -> impl Iterator<Item = &AiidEntity> {
        entities(self.subject.developers.as_ref())
    }

    /// Returns who deployed the system.
    pub fn deployers(&self) -> impl Iterator<Item = &AiidEntity> {
        entities(self.subject.deployers.as_ref())
    }

    /// Returns who was harmed, or nearly.
    pub fn harmed_parties(&self) -> impl Iterator<Item = &AiidEntity> {
        entities(self.subject.harmed_parties.as_ref())
    }

    /// Returns the systems.
    pub fn implicated_systems(&self) -> impl Iterator<Item = &AiidEntity> {
        entities(self.subject.implicated_systems.as_ref())
    }

    /// Returns the members that have no type here.
    #[must_use]
    pub const fn unknown(&self) -> &Map<String, Value> {
        &self.unknown
    }

    pub(super) fn read(place: Place<'_>, value: Value) -> Option<Self> {
        let mut members = Members::of(place, value)?;
        let subject = Subject::take(&mut members);
        let dates = Dates::take(&mut members);
        let title = members.required("title", |at, it| TITLE.text(at, it));
        let authors = members.required("authors", some_names);
        let submitters = members.required("submitters", |at, it| members::names(at, it, NAME));
        let text = members.required("text", |at, it| TEXT.text(at, it));
        let url = members.required("url", members::address);
        let image_url = members.required("image_url", image);
        let source_domain = members.required("source_domain", |at, it| DOMAIN.text(at, it));
        let language = members.required("language", |at, it| LANGUAGE.text(at, it));
        let tags = members.required("tags", |at, it| members::names(at, it, TAG));
        Some(Self {
            title: title?,
            authors: authors?,
            submitters: submitters?,
            text: text?,
            url: url?,
            image_url: image_url?,
            source_domain: source_domain?,
            language: language?,
            tags: tags?,
            dates: dates?,
            subject,
            unknown: members.rest(),
        })
    }

    pub(crate) fn written(&self) -> Value {
        let mut map = self.unknown.clone();
        self.subject.put(&mut map);
        self.dates.put(&mut map);
        let texts = [
            ("title", &self.title),
            ("text", &self.text),
            ("url", &self.url),
            ("image_url", &self.image_url),
            ("source_domain", &self.source_domain),
            ("language", &self.language),
        ];
        for (name, text) in texts {
            members::put(&mut map, name, Some((**text).into()));
        }
        let lists = [
            ("authors", &self.authors),
            ("submitters", &self.submitters),
            ("tags", &self.tags),
        ];
        for (name, list) in lists {
            let list = list.iter().map(|name| Value::from(&**name)).collect();
            members::put(&mut map, name, Some(list));
        }
        Value::Object(map)
    }
}

fn entities(links: Option<&Links<FormEntity>>) -> impl Iterator<Item = &AiidEntity> {
    targets(links).iter().map(|entity| &entity.0)
}

fn image(place: Place<'_>, value: Value) -> Option<Box<str>> {
    match value.as_str() {
        Some("") => Some(Box::default()),
        _ => members::address(place, value),
    }
}

fn some_names(place: Place<'_>, value: Value) -> Option<Vec<Box<str>>> {
    if value.as_array().is_some_and(Vec::is_empty) {
        return place.refuse(AiidFaultKind::Missing);
    }
    members::names(place, value, NAME)
}
