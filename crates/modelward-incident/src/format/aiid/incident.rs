use modelward_artifact::JsonLimits;
use modelward_artifact::json::{self, JsonError};
use serde_json::{Map, Value};

use super::entity::AiidEntity;
use super::fault::AiidError;
use super::links::{Links, targets};
use super::members::{self, Members, Place, Span};
use super::report::AiidReport;
use super::time::AiidTime;

const TITLE: Span = Span::new(1, 2000);
const DESCRIPTION: Span = Span::new(0, 50_000);
const NOTES: Span = Span::new(0, 50_000);

/// How many rows a list of incidents may have.
const MAX_ROWS: usize = 100_000;
const MAX_ENTITIES: usize = 1000;
const MAX_NUMBERS: usize = 10_000;

/// Says which names the members of an incident have.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "the database has these two")]
pub enum AiidForm {
    /// Those of GraphQL, such as `AllegedDeployerOfAISystem`.
    GraphQl,
    /// Those of the database's rows, such as `Alleged deployer of AI system`.
    Row,
}

impl AiidForm {
    /// Returns what the deployers, the developers and the harmed parties are called.
    pub(crate) const fn names(self) -> [&'static str; 3] {
        match self {
            Self::GraphQl => [
                "AllegedDeployerOfAISystem",
                "AllegedDeveloperOfAISystem",
                "AllegedHarmedOrNearlyHarmedParties",
            ],
            Self::Row => [
                "Alleged deployer of AI system",
                "Alleged developer of AI system",
                "Alleged harmed or nearly harmed parties",
            ],
        }
    }

    fn of(members: &Members<'_>) -> Self {
        let graph_ql = Self::GraphQl.names();
        if graph_ql.iter().any(|name| members.has(name)) {
            return Self::GraphQl;
        }
        Self::Row
    }
}

/// Holds an incident of the database: what many reports are about.
///
/// - It has a number from 1 on, a title of 1 to 2,000 characters and a day.
/// - Description and notes have up to 50,000 characters; there are up to 1,000 entities of each role
///   and 10,000 reports.
/// - What points to entities or reports may be ids, objects, or `{"link": [..]}`.
/// - Other members are kept. It is written as it was read.
///
/// ```
/// use modelward_artifact::JsonLimits;
/// use modelward_incident::format::aiid::AiidIncident;
///
/// let row = br#"{
///     "incident_id": 7, "title": "Scorer denies loans", "date": "2021-09-14",
///     "Alleged deployer of AI system": ["acme"], "reports": [12]
/// }"#;
/// let incident = AiidIncident::from_json(row, &JsonLimits::default())?;
/// assert_eq!((incident.number(), incident.deployers()[0].id()), (7, "acme"));
///
/// let refused = AiidIncident::from_json(br#"{"incident_id": 0, "title": "?"}"#, &JsonLimits::default());
/// assert_eq!(
///     refused.unwrap_err().to_string(),
///     "document breaks 2 rules of the database: \
///      /incident_id: is not a whole number from 1 on; /date: is missing"
/// );
/// # Ok::<(), modelward_incident::format::aiid::AiidError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct AiidIncident {
    form: AiidForm,
    number: u64,
    title: Box<str>,
    date: AiidTime,
    description: Option<Box<str>>,
    editor_notes: Option<Box<str>>,
    deployers: Option<Links<AiidEntity>>,
    developers: Option<Links<AiidEntity>>,
    harmed_parties: Option<Links<AiidEntity>>,
    implicated_systems: Option<Links<AiidEntity>>,
    reports: Option<Links<AiidReport>>,
    similar: Option<Links<u64>>,
    unknown: Map<String, Value>,
}

impl AiidIncident {
    /// Reads an incident in either form.
    ///
    /// # Errors
    ///
    /// [`AiidError`] where the text is no strict JSON, or with every member that is not as it should
    /// be.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, AiidError> {
        members::document(bytes, limits, Self::read)
    }

    /// Reads a list of incidents, up to 100,000: as a list, or as GraphQL answers, in
    /// `/data/incidents`.
    ///
    /// # Errors
    ///
    /// As of [`AiidIncident::from_json`], with the faults of every row; a list that is too long is
    /// refused before any row is read.
    pub fn list_from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Vec<Self>, AiidError> {
        members::document(bytes, limits, |mut place, mut value| {
            let rows = |at: Place<'_>, it| members::items(at, it, MAX_ROWS, Self::read);
            match value.pointer_mut("/data/incidents").map(Value::take) {
                Some(answer) => place.inside("data/incidents", answer, rows),
                None => rows(place, value),
            }
        })
    }

    /// Writes the incident in the form in which it was read, members sorted.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where a member that was kept has no JSON form, which none has that was read.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(&self.written())
    }

    /// Returns which names the members have.
    #[must_use]
    pub const fn form(&self) -> AiidForm {
        self.form
    }

    /// Returns the number of the incident, from 1 on.
    #[must_use]
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// Returns the title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Returns the day on which it happened.
    #[must_use]
    pub const fn date(&self) -> &AiidTime {
        &self.date
    }

    /// Returns what happened.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Returns what the editors wrote.
    #[must_use]
    pub fn editor_notes(&self) -> Option<&str> {
        self.editor_notes.as_deref()
    }

    /// Returns who is said to have deployed the system.
    #[must_use]
    pub fn deployers(&self) -> &[AiidEntity] {
        targets(self.deployers.as_ref())
    }

    /// Returns who is said to have developed the system.
    #[must_use]
    pub fn developers(&self) -> &[AiidEntity] {
        targets(self.developers.as_ref())
    }

    /// Returns who is said to have been harmed, or nearly.
    #[must_use]
    pub fn harmed_parties(&self) -> &[AiidEntity] {
        targets(self.harmed_parties.as_ref())
    }

    /// Returns the systems.
    #[must_use]
    pub fn implicated_systems(&self) -> &[AiidEntity] {
        targets(self.implicated_systems.as_ref())
    }

    /// Returns the reports.
    #[must_use]
    pub fn reports(&self) -> &[AiidReport] {
        targets(self.reports.as_ref())
    }

    /// Returns the numbers of the incidents that an editor found similar.
    #[must_use]
    pub fn similar(&self) -> &[u64] {
        targets(self.similar.as_ref())
    }

    /// Returns the members that have no type here.
    #[must_use]
    pub const fn unknown(&self) -> &Map<String, Value> {
        &self.unknown
    }

    pub(super) fn read(place: Place<'_>, value: Value) -> Option<Self> {
        let mut members = Members::of(place, value)?;
        let form = AiidForm::of(&members);
        let entities = |place: Place<'_>, value| Links::read(place, value, MAX_ENTITIES);
        let [deployers, developers, harmed_parties] =
            form.names().map(|name| members.optional(name, entities));
        let implicated_systems = members.optional("implicated_systems", entities);
        let number = members.required("incident_id", members::number);
        let title = members.required("title", |place, value| TITLE.text(place, value));
        let date = members.required("date", members::day);
        Some(Self {
            form,
            description: members.optional("description", |at, it| DESCRIPTION.text(at, it)),
            editor_notes: members.optional("editor_notes", |at, it| NOTES.text(at, it)),
            deployers,
            developers,
            harmed_parties,
            implicated_systems,
            reports: members.optional("reports", |at, it| Links::read(at, it, MAX_NUMBERS)),
            similar: members.optional("editor_similar_incidents", |at, it| {
                Links::read(at, it, MAX_NUMBERS)
            }),
            number: number?,
            title: title?,
            date: date?,
            unknown: members.rest(),
        })
    }

    fn written(&self) -> Value {
        let mut map = self.unknown.clone();
        let [deployers, developers, harmed_parties] = self.form.names();
        let texts = [
            ("title", Some(&*self.title)),
            ("date", Some(self.date.as_str())),
            ("description", self.description.as_deref()),
            ("editor_notes", self.editor_notes.as_deref()),
        ];
        for (name, text) in texts {
            members::put(&mut map, name, text.map(Value::from));
        }
        let entities = [
            (deployers, &self.deployers),
            (developers, &self.developers),
            (harmed_parties, &self.harmed_parties),
            ("implicated_systems", &self.implicated_systems),
        ];
        for (name, links) in entities {
            members::put(&mut map, name, links.as_ref().map(Links::write));
        }
        let reports = self.reports.as_ref().map(Links::write);
        let similar = self.similar.as_ref().map(Links::write);
        members::put(&mut map, "incident_id", Some(self.number.into()));
        members::put(&mut map, "reports", reports);
        members::put(&mut map, "editor_similar_incidents", similar);
        Value::Object(map)
    }
}
