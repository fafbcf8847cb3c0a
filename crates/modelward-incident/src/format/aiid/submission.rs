use modelward_artifact::JsonLimits;
use modelward_artifact::json::{self, JsonError};
use serde_json::{Map, Value};

use super::entity::{AiidEntity, FormEntity};
use super::fault::{AiidError, AiidFaultKind};
use super::links::{Links, targets};
use super::members::{self, Members, Place, Span};
use super::time::AiidTime;

pub(super) const TITLE: Span = Span::new(6, 500);
pub(super) const TEXT: Span = Span::new(80, 50_000);
pub(super) const NAME: Span = Span::new(3, 200);
const DESCRIPTION: Span = Span::new(3, 500);
const NOTES: Span = Span::new(0, 50_000);
const LANGUAGE: Span = Span::new(2, 35);
const DOMAIN: Span = Span::new(1, 253);
const TAG: Span = Span::new(1, 200);

const MAX_ENTITIES: usize = 1000;
const MAX_INCIDENTS: usize = 1000;

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

#[derive(Clone, Debug, PartialEq)]
struct Dates {
    published: AiidTime,
    downloaded: AiidTime,
    modified: AiidTime,
    submitted: AiidTime,
}

/// What the account is about.
#[derive(Clone, Debug, PartialEq)]
struct Subject {
    incident_ids: Option<Vec<u64>>,
    title: Option<Box<str>>,
    description: Option<Box<str>>,
    date: Option<AiidTime>,
    editor_notes: Option<Box<str>>,
    developers: Option<Links<FormEntity>>,
    deployers: Option<Links<FormEntity>>,
    harmed_parties: Option<Links<FormEntity>>,
    implicated_systems: Option<Links<FormEntity>>,
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

impl Dates {
    fn take(members: &mut Members<'_>) -> Option<Self> {
        let published = members.required("date_published", members::day);
        let downloaded = members.required("date_downloaded", members::day);
        let modified = members.required("date_modified", members::time);
        let submitted = members.required("date_submitted", members::time);
        Some(Self {
            published: published?,
            downloaded: downloaded?,
            modified: modified?,
            submitted: submitted?,
        })
    }

    fn put(&self, map: &mut Map<String, Value>) {
        let dates = [
            ("date_published", &self.published),
            ("date_downloaded", &self.downloaded),
            ("date_modified", &self.modified),
            ("date_submitted", &self.submitted),
        ];
        for (name, date) in dates {
            members::put(map, name, Some(date.as_str().into()));
        }
    }
}

impl Subject {
    fn take(members: &mut Members<'_>) -> Self {
        let entities = |at: Place<'_>, it| Links::read(at, it, MAX_ENTITIES);
        let subject = Self {
            incident_ids: members.optional("incident_ids", |at, it| {
                members::items(at, it, MAX_INCIDENTS, members::number)
            }),
            title: members.optional("incident_title", |at, it| TITLE.text(at, it)),
            description: members.optional("description", |at, it| DESCRIPTION.text(at, it)),
            date: members.optional("incident_date", members::day),
            editor_notes: members.optional("editor_notes", |at, it| NOTES.text(at, it)),
            developers: members.optional("developers", entities),
            deployers: members.optional("deployers", entities),
            harmed_parties: members.optional("harmed_parties", entities),
            implicated_systems: members.optional("implicated_systems", entities),
        };
        subject.check_new(members);
        subject
    }

    /// Lists what a new incident lacks.
    fn check_new(&self, members: &mut Members<'_>) {
        if self
            .incident_ids
            .as_ref()
            .is_some_and(|ids| !ids.is_empty())
        {
            return;
        }
        let named = |links: &Option<Links<FormEntity>>| !targets(links.as_ref()).is_empty();
        let present = [
            ("incident_title", self.title.is_some()),
            ("description", self.description.is_some()),
            ("incident_date", self.date.is_some()),
            ("developers", named(&self.developers)),
            ("deployers", named(&self.deployers)),
            ("harmed_parties", named(&self.harmed_parties)),
        ];
        for (name, is_present) in present {
            // A member with a fault of its own is there.
            if !is_present && !members.has_fault(name) {
                members.list(name, AiidFaultKind::Missing);
            }
        }
    }

    fn put(&self, map: &mut Map<String, Value>) {
        let ids = self.incident_ids.clone().map(Value::from);
        members::put(map, "incident_ids", ids);
        let texts = [
            ("incident_title", self.title.as_deref()),
            ("description", self.description.as_deref()),
            ("incident_date", self.date.as_ref().map(AiidTime::as_str)),
            ("editor_notes", self.editor_notes.as_deref()),
        ];
        for (name, text) in texts {
            members::put(map, name, text.map(Value::from));
        }
        let entities = [
            ("developers", &self.developers),
            ("deployers", &self.deployers),
            ("harmed_parties", &self.harmed_parties),
            ("implicated_systems", &self.implicated_systems),
        ];
        for (name, links) in entities {
            members::put(map, name, links.as_ref().map(Links::write));
        }
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
