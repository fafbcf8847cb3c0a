use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{Date, Finding, JsonLimits, Party, Text, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::Category;
use crate::records::{ReadListError, document, shaped};

const SCHEMA: &str = "modelward.incident-readiness/1";

/// The kinds of incident that need a playbook of their own; `other` is what is left.
const CATEGORIES: [Category; 5] = [
    Category::Adversarial,
    Category::DataIncident,
    Category::Drift,
    Category::ModelFailure,
    Category::SupplyChain,
];

/// Names the steps to take in incidents of one category.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(
    clippy::exhaustive_structs,
    reason = "the members of a document, all of them checked"
)]
pub struct Playbook {
    /// What it is called.
    pub name: Text,
    /// Which incidents it is for.
    pub category: Category,
    /// Where it lies.
    pub location: Text,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Party>,
    /// The last day for its review.
    pub review_by: Date,
}

/// Names someone to call, and when that was last tried.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(
    clippy::exhaustive_structs,
    reason = "the members of a document, all of them checked"
)]
pub struct Contact {
    /// Who it is.
    pub who: Party,
    /// How they are reached.
    pub reach: Text,
    /// When it was last found to be right.
    pub checked_on: Date,
}

/// Says how models and data are kept so that they can come back.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(
    clippy::exhaustive_structs,
    reason = "the members of a document, all of them checked"
)]
pub struct Backup {
    /// What is kept, where, and how often.
    pub policy: Text,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Party>,
    /// When something was last restored from it as a test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restored_on: Option<Date>,
}

/// Records that a response was rehearsed.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(
    clippy::exhaustive_structs,
    reason = "the members of a document, all of them checked"
)]
pub struct Exercise {
    /// When.
    pub on: Date,
    /// What was rehearsed, and what came of it.
    pub outcome: Text,
}

/// Holds how ready an organization is for an incident: the phase preparation of NIST SP 800-61.
///
/// What has no date of its own review is to be tried again within 365 days.
/// A document has the schema `modelward.incident-readiness/1` and the members `playbooks`,
/// `contacts`, `backup` and `exercise`; what there is not is left out, others are refused.
///
/// ```
/// use modelward_incident::Readiness;
///
/// let gaps = Readiness::default().gaps("2026-11-26T10:00:00Z".parse()?);
/// assert!(gaps.iter().any(|gap| gap.code() == "incident.readiness.no_backup"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Readiness {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    playbooks: Vec<Playbook>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    contacts: Vec<Contact>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    backup: Option<Backup>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    exercise: Option<Exercise>,
}

impl Readiness {
    /// The number of days after which what was tried has to be tried again.
    pub const MAX_AGE_DAYS: u32 = 365;

    /// Adds a playbook.
    #[must_use]
    pub fn with_playbook(mut self, playbook: Playbook) -> Self {
        self.playbooks.push(playbook);
        self
    }

    /// Adds a contact.
    #[must_use]
    pub fn with_contact(mut self, contact: Contact) -> Self {
        self.contacts.push(contact);
        self
    }

    /// Sets how models and data are kept.
    #[must_use]
    pub fn with_backup(mut self, backup: Backup) -> Self {
        self.backup = Some(backup);
        self
    }

    /// Sets the last exercise.
    #[must_use]
    pub fn with_exercise(mut self, exercise: Exercise) -> Self {
        self.exercise = Some(exercise);
        self
    }

    /// Returns the playbooks.
    #[must_use]
    pub fn playbooks(&self) -> &[Playbook] {
        &self.playbooks
    }

    /// Returns whom to call.
    #[must_use]
    pub fn contacts(&self) -> &[Contact] {
        &self.contacts
    }

    /// Returns how models and data are kept.
    #[must_use]
    pub const fn backup(&self) -> Option<&Backup> {
        self.backup.as_ref()
    }

    /// Returns the last exercise.
    #[must_use]
    pub const fn exercise(&self) -> Option<&Exercise> {
        self.exercise.as_ref()
    }

    /// Reads a document.
    ///
    /// # Errors
    ///
    /// [`ReadListError`] where the text is not strict JSON of this schema.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadListError> {
        let members = document(bytes, limits, SCHEMA)?;
        shaped(Value::Object(members), || "document".to_owned())
    }

    /// Writes the document: members sorted, the same bytes for the same readiness.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where a part has no JSON form, which each has.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        let shape = JsonError::shape;
        let value = serde_json::to_value(self).map_err(shape)?;
        let mut members: Map<String, Value> = serde_json::from_value(value).map_err(shape)?;
        members.insert("schema".to_owned(), SCHEMA.into());
        json::pretty(&members)
    }

    /// Returns what is missing or too old at `now`.
    ///
    /// The codes are `incident.readiness.` and `no_playbook` (about a category), `playbook_review`,
    /// `no_owner`, `no_contact`, `stale_contact`, `no_backup`, `no_restore`, `stale_restore`,
    /// `no_exercise` and `stale_exercise`.
    #[must_use]
    pub fn gaps(&self, now: Timestamp) -> Vec<Finding> {
        let mut gaps = self.playbook_gaps(now);
        gaps.extend(self.contact_gaps(now));
        gaps.extend(self.backup_gaps(now));
        gaps.extend(self.exercise_gap(now));
        gaps.sort();
        gaps
    }

    fn playbook_gaps(&self, now: Timestamp) -> Vec<Finding> {
        let mut gaps = Vec::new();
        for category in CATEGORIES {
            if !self.playbooks.iter().any(|it| it.category == category) {
                gaps.push(
                    gap("no_playbook", "no playbook is for this category").about(category.name()),
                );
            }
        }
        for playbook in &self.playbooks {
            let name = playbook.name.as_str();
            if playbook.owner.is_none() {
                gaps.push(gap("no_owner", "nobody answers for it").about(name));
            }
            if playbook.review_by.is_over(now) {
                let message = format!("the review was due by {}", playbook.review_by);
                gaps.push(gap("playbook_review", message).about(name));
            }
        }
        gaps
    }

    fn contact_gaps(&self, now: Timestamp) -> Vec<Finding> {
        if self.contacts.is_empty() {
            return vec![gap("no_contact", "nobody is named whom to call")];
        }
        let stale = self
            .contacts
            .iter()
            .filter(|it| is_stale(it.checked_on, now));
        stale
            .map(|contact| {
                let message = format!("last checked on {}", contact.checked_on);
                gap("stale_contact", message).about(contact.who.to_string())
            })
            .collect()
    }

    fn backup_gaps(&self, now: Timestamp) -> Vec<Finding> {
        let Some(backup) = &self.backup else {
            return vec![gap(
                "no_backup",
                "nothing says how models and data are kept",
            )];
        };
        let mut gaps = Vec::new();
        if backup.owner.is_none() {
            gaps.push(gap("no_owner", "nobody answers for it").about("backup"));
        }
        match backup.restored_on {
            None => gaps.push(gap("no_restore", "nothing was ever restored as a test")),
            Some(on) if is_stale(on, now) => {
                gaps.push(gap("stale_restore", format!("last restored on {on}")));
            }
            Some(_) => {}
        }
        gaps
    }

    fn exercise_gap(&self, now: Timestamp) -> Option<Finding> {
        match &self.exercise {
            None => Some(gap("no_exercise", "the response was never rehearsed")),
            Some(Exercise { on, .. }) if is_stale(*on, now) => {
                Some(gap("stale_exercise", format!("last rehearsed on {on}")))
            }
            Some(_) => None,
        }
    }
}

fn gap(code: &str, message: impl Into<String>) -> Finding {
    Finding::new(format!("incident.readiness.{code}"), message)
}

/// A date that lies ahead says nothing of what was done, so it counts as stale too.
fn is_stale(on: Date, now: Timestamp) -> bool {
    let age = now.date().days_since(on);
    age.is_none_or(|age| age > Readiness::MAX_AGE_DAYS)
}
