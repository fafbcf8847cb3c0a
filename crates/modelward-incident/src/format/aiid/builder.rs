use modelward_artifact::Date;
use serde_json::{Map, Value, json};

use super::account::PublishedAccount;
use super::fault::{AiidError, AiidFaultKind};
use super::members;
use super::submission::AiidSubmission;

/// What the form wants to lie in the past.
const DATES: [&str; 3] = ["date_published", "date_downloaded", "incident_date"];

/// Describes an incident that is new to the database.
///
/// What it says is checked where the submission is made, so that all refusals are listed at once.
#[derive(Clone, Debug, PartialEq)]
pub struct AiidSubject {
    members: Map<String, Value>,
}

impl AiidSubject {
    /// Describes an incident of a day.
    #[must_use]
    pub fn new(title: &str, description: &str, date: Date) -> Self {
        let mut members = Map::new();
        members.insert("incident_title".to_owned(), title.into());
        members.insert("description".to_owned(), description.into());
        members.insert("incident_date".to_owned(), date.to_string().into());
        Self { members }
    }

    /// Adds who developed the system.
    #[must_use]
    pub fn with_developer(self, name: &str) -> Self {
        self.with("developers", name)
    }

    /// Adds who deployed the system.
    #[must_use]
    pub fn with_deployer(self, name: &str) -> Self {
        self.with("deployers", name)
    }

    /// Adds who was harmed, or nearly.
    #[must_use]
    pub fn with_harmed_party(self, name: &str) -> Self {
        self.with("harmed_parties", name)
    }

    /// Adds the system.
    #[must_use]
    pub fn with_system(self, name: &str) -> Self {
        self.with("implicated_systems", name)
    }

    fn with(mut self, member: &str, name: &str) -> Self {
        push(&mut self.members, member, name);
        self
    }
}

/// Makes an [`AiidSubmission`] of a published account.
///
/// ```
/// use modelward_incident::format::aiid::{AiidSubject, AiidSubmissionBuilder, PublishedAccount};
///
/// let (published, today) = ("2026-11-20".parse()?, "2026-11-26".parse()?);
/// let text = "On Monday our scorer refused loans to people of one town, since rows had been forged.";
/// let account = PublishedAccount::new("https://example.org/scorer", "Forged rows", text, published)?
///     .by("Jo Example")?;
/// let subject = AiidSubject::new("Scorer refuses loans", "Rows had been forged.", published)
///     .with_developer("Acme Models")
///     .with_deployer("Acme Bank")
///     .with_harmed_party("applicants");
/// let submission = AiidSubmissionBuilder::new(&account, today)
///     .about(subject)
///     .with_submitter("Jo Example")
///     .build()?;
/// assert_eq!(submission.source_domain(), "example.org");
///
/// let refused = AiidSubmissionBuilder::new(&account, today).build().unwrap_err();
/// assert_eq!(refused.faults().len(), 6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct AiidSubmissionBuilder {
    members: Map<String, Value>,
    today: Date,
}

impl AiidSubmissionBuilder {
    /// Begins with the account, fetched and submitted on `today`.
    #[must_use]
    pub fn new(account: &PublishedAccount, today: Date) -> Self {
        let day = today.to_string();
        let members = [
            ("title", json!(account.title())),
            ("authors", json!(account.authors())),
            ("submitters", json!([])),
            ("text", json!(account.text())),
            ("url", json!(account.url())),
            ("image_url", json!("")),
            ("source_domain", json!(members::host(account.url()))),
            ("language", json!("en")),
            ("tags", json!([])),
            ("date_published", json!(account.published())),
            ("date_downloaded", json!(day)),
            ("date_modified", json!(day)),
            ("date_submitted", json!(day)),
        ];
        let members = members.map(|(name, value)| (name.to_owned(), value));
        let members = Map::from_iter(members);
        Self { members, today }
    }

    /// Says which new incident the account is about.
    #[must_use]
    pub fn about(mut self, subject: AiidSubject) -> Self {
        self.members.extend(subject.members);
        self
    }

    /// Says that the account is about incidents that the database has, by their numbers.
    #[must_use]
    pub fn about_known(mut self, incidents: &[u64]) -> Self {
        let numbers = incidents.to_vec().into();
        self.members.insert("incident_ids".to_owned(), numbers);
        self
    }

    /// Adds who submits it.
    #[must_use]
    pub fn with_submitter(mut self, name: &str) -> Self {
        push(&mut self.members, "submitters", name);
        self
    }

    /// Adds a tag.
    #[must_use]
    pub fn with_tag(mut self, tag: &str) -> Self {
        push(&mut self.members, "tags", tag);
        self
    }

    /// Sets the language of the account, `en` unless it is set.
    #[must_use]
    pub fn with_language(self, language: &str) -> Self {
        self.with("language", language)
    }

    /// Sets the address of an image.
    #[must_use]
    pub fn with_image(self, address: &str) -> Self {
        self.with("image_url", address)
    }

    /// Sets notes to the editors.
    #[must_use]
    pub fn with_notes(self, notes: &str) -> Self {
        self.with("editor_notes", notes)
    }

    /// Checks it all.
    ///
    /// # Errors
    ///
    /// [`AiidError::Faults`] with everything that passes a limit, is missing, or lies after the day
    /// of the submission.
    pub fn build(self) -> Result<AiidSubmission, AiidError> {
        let future = DATES.map(|name| (name, self.is_future(name)));
        let today = self.today;
        members::checked("", Value::Object(self.members), |mut place, value| {
            for (name, _) in future.into_iter().filter(|(_, is_future)| *is_future) {
                place.list(name, AiidFaultKind::Future { today });
            }
            AiidSubmission::read(place, value)
        })
    }

    fn is_future(&self, name: &str) -> bool {
        let date = self.members.get(name).and_then(Value::as_str);
        let date: Option<Date> = date.and_then(|date| date.parse().ok());
        date.is_some_and(|date| date > self.today)
    }

    fn with(mut self, member: &str, text: &str) -> Self {
        self.members.insert(member.to_owned(), text.into());
        self
    }
}

fn push(members: &mut Map<String, Value>, member: &str, name: &str) {
    let list = members.entry(member).or_insert_with(|| json!([]));
    if let Value::Array(names) = list {
        names.push(name.into());
    }
}
