use serde_json::{Map, Value};

use super::super::entity::FormEntity;
use super::super::fault::AiidFaultKind;
use super::super::links::{Links, targets};
use super::super::members::{self, Members, Place, Span};
use super::super::time::AiidTime;
use super::TITLE;

const DESCRIPTION: Span = Span::new(3, 500);
const NOTES: Span = Span::new(0, 50_000);

const MAX_ENTITIES: usize = 1000;
const MAX_INCIDENTS: usize = 1000;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dates {
    pub(super) published: AiidTime,
    pub(super) downloaded: AiidTime,
    pub(super) modified: AiidTime,
    pub(super) submitted: AiidTime,
}

/// What the account is about.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Subject {
    pub(super) incident_ids: Option<Vec<u64>>,
    pub(super) title: Option<Box<str>>,
    pub(super) description: Option<Box<str>>,
    pub(super) date: Option<AiidTime>,
    pub(super) editor_notes: Option<Box<str>>,
    pub(super) developers: Option<Links<FormEntity>>,
    pub(super) deployers: Option<Links<FormEntity>>,
    pub(super) harmed_parties: Option<Links<FormEntity>>,
    pub(super) implicated_systems: Option<Links<FormEntity>>,
}

impl Dates {
    pub(super) fn take(members: &mut Members<'_>) -> Option<Self> {
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

    pub(super) fn put(&self, map: &mut Map<String, Value>) {
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
    pub(super) fn take(members: &mut Members<'_>) -> Self {
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

    pub(super) fn put(&self, map: &mut Map<String, Value>) {
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
