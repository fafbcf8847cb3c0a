//! Writes incidents as bundles of STIX, the language in which security teams exchange what they
//! know.
//!
//! [`bundle`] takes what was released and returns the bundle and what became of each field. Which
//! text of the incident extension it follows is a [`StixDialect`]; the default is STIX 2.1 with
//! the incident core extension 2.0.
//!
//! - An id is the `UUIDv5` of the object's name within the incident, in the namespace of the
//!   incident's id, in that of the producer's name, in that of [`STIX_NAMESPACE`]. Files and
//!   software have the ids that STIX 2.1, section 2.9, makes of their content, and techniques
//!   those of MITRE ATLAS 5, so that equal things of other sources have equal ids.
//! - Every object is marked with the level of TLP 2.0 at which the incident was released.
//! - Times are those of the record. The same record, level and options make the same bytes.
//! - The incident impacts an `infrastructure` for each asset, which consists of files and software.
//!   Techniques are events with sightings of attack patterns; stays in a phase, actions,
//!   quarantines, recovery, reports and what a review demands are tasks; what has no property is
//!   a note or a label.
//! - The extension names its categories of impact without the ending `-ext`, which STIX 2.1 demands
//!   of such names. Bundles of STIX 2.1 put it at both places, category and extension, so that both
//!   texts hold.
//!
//! Checkers of STIX 2.1 who do not know the extension remark that ids are not random, that
//! references have no hash and that an incident or a task has relationships; nothing of that is an
//! error.

mod assets;
mod builder;
mod definition;
mod detections;
mod dialect;
mod evidence;
mod hashes;
mod ids;
mod impacts;
mod incident;
mod marking;
mod object;
mod recovery;
mod response;
mod review;
mod sequence;
mod tasks;
mod techniques;
mod texts;
mod vocabulary;
mod writer;

use modelward_artifact::Text;
use modelward_artifact::json::{self, JsonError};
use serde_json::Value;

pub use crate::export::stix::dialect::StixDialect;

use crate::Released;
use crate::export::stix::builder::Builder;
use crate::export::stix::ids::Ids;
use crate::export::stix::incident::Parts;
use crate::export::stix::marking::Marking;
use crate::export::stix::tasks::Tasks;
use crate::export::stix::writer::Writer;
use crate::export::{Export, ExportError};

/// The address whose `UUIDv5` in the namespace of addresses is the namespace of all ids of ours.
pub const STIX_NAMESPACE: &str = "https://github.com/modelward/modelward/ns/stix";

/// When an identity of a producer was made and changed, as nothing of it ever changes.
const CREATED: &str = "2026-01-01T00:00:00.000Z";

/// Says who writes a bundle, and in which dialect.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StixOptions {
    producer: Text,
    dialect: StixDialect,
}

impl StixOptions {
    /// Takes the name of the organization that produces the bundle; its ids depend on it.
    #[must_use]
    pub fn new(producer: Text) -> Self {
        Self {
            producer,
            dialect: StixDialect::default(),
        }
    }

    /// Chooses a dialect.
    #[must_use]
    pub const fn with_dialect(mut self, dialect: StixDialect) -> Self {
        self.dialect = dialect;
        self
    }
}

/// Holds a bundle of STIX objects.
#[derive(Clone, Debug, PartialEq)]
pub struct StixBundle(Value);

impl StixBundle {
    pub(crate) const fn new(bundle: Value) -> Self {
        Self(bundle)
    }

    /// Returns the bundle as JSON.
    #[must_use]
    pub const fn as_value(&self) -> &Value {
        &self.0
    }

    /// Returns the objects, what others refer to first.
    #[must_use]
    pub fn objects(&self) -> &[Value] {
        self.0["objects"].as_array().map_or(&[], Vec::as_slice)
    }

    /// Writes the bundle: members sorted, the same bytes for the same bundle.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where it has no JSON form, which all bundles have.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(&self.0)
    }
}

/// Writes what was released as a bundle.
///
/// ```
/// use modelward_artifact::Party;
/// use modelward_incident::export::stix::{StixOptions, bundle};
/// use modelward_incident::log::Context;
/// use modelward_incident::{Incident, IncidentKind, Opening, Severity, Tlp};
///
/// let now = Context::new("2026-11-23T10:00:00Z".parse()?, Party::new("Jo Example")?);
/// let opening = Opening::new("inputs moved".parse()?, IncidentKind::DriftData, Severity::Low);
/// let incident = Incident::open("INC-7".parse()?, opening, &now)?;
///
/// let released = incident.release(Tlp::Amber)?;
/// let export = bundle(&released, &StixOptions::new("Acme".parse()?))?;
/// let types = export.document().objects().iter().map(|object| &object["type"]);
/// assert_eq!(types.filter(|name| *name == "incident").count(), 1);
/// let harm = export.losses().iter().find(|loss| loss.field == "harm");
/// assert_eq!(harm.map(|loss| loss.note.as_str()), Some("a label"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`ExportError::Json`] where a detection has no canonical JSON, which all have.
pub fn bundle(
    released: &Released,
    options: &StixOptions,
) -> Result<Export<StixBundle>, ExportError> {
    let incident = released.incident();
    let ids = Ids::new(options.producer.as_str(), incident.id().as_str());
    let marking = Marking::of(released.level());
    let times = (incident.opened_at(), incident.last_change());
    let mut builder = Builder::new(options.dialect, ids, marking, times);
    producer(&mut builder, options);
    let mut writer = Writer::new(released, builder);
    let mut tasks = Tasks::default();

    let assets = assets::add(&mut writer);
    assets::systems(&mut writer);
    let affected: Vec<_> = assets.values().cloned().collect();
    let impacts = impacts::add(&mut writer, &affected);
    let detected = detections::add(&mut writer)?;
    evidence::add(&mut writer);
    let (events, event_entries) = techniques::add(&mut writer, &detected.observed, &impacts);
    response::add(&mut writer, &mut tasks, &assets);
    recovery::add(&mut writer, &mut tasks, &assets);
    review::add(&mut writer, &mut tasks);
    texts::add(&mut writer);
    let references = texts::references(&mut writer);
    let (tasks, task_entries) = tasks.finish();
    let parts = Parts {
        events,
        event_entries,
        impacts,
        tasks,
        task_entries,
        detection_methods: detected.methods,
        scores: detected.scores,
        references,
    };
    incident::add(&mut writer, parts);
    let (builder, losses) = writer.into_parts();
    Ok(Export::new(builder.finish(), losses))
}

/// Adds the identity of the producer, of whom nothing but the name is said.
fn producer(builder: &mut Builder, options: &StixOptions) {
    let id = builder.ids().producer();
    let object = builder
        .own("identity", &id)
        .with("created", CREATED)
        .with("modified", CREATED)
        .with("name", options.producer.as_str())
        .with("identity_class", "organization");
    builder.push(object);
}
