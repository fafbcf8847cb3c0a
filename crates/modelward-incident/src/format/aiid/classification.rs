use std::collections::BTreeSet;

use modelward_artifact::JsonLimits;
use modelward_artifact::json::{self, JsonError};
use serde_json::{Map, Value};

use super::fault::{AiidError, AiidFaultKind};
use super::field::{AiidField, AiidTaxonomy};
use super::links::{Links, targets};
use super::members::{self, Members, Place, Span};

const NAMESPACE: Span = Span::new(1, 200);
const NAME: Span = Span::new(1, 200);
const NOTES: Span = Span::new(0, 50_000);

/// How many fields an answer may have; CSET has 62.
const MAX_ATTRIBUTES: usize = 1000;
const MAX_INCIDENTS: usize = 10_000;
const MAX_CLASSIFICATIONS: usize = 100_000;

/// Bounds the text of one value.
fn value_limits() -> JsonLimits {
    JsonLimits::default()
        .with_max_bytes(1 << 20)
        .with_max_values(20_000)
}

/// Answers one field of a taxonomy. The value stands as JSON text inside a text.
///
/// ```
/// use modelward_incident::format::aiid::{AiidAttribute, AiidField};
///
/// let level = AiidAttribute::new(AiidField::AutonomyLevel, &["Autonomy2"])?;
/// assert_eq!(level.value_json(), Some(r#""Autonomy2""#));
/// assert!(AiidAttribute::new(AiidField::AutonomyLevel, &["high"]).is_err());
/// # Ok::<(), modelward_incident::format::aiid::AiidError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct AiidAttribute {
    field: Option<AiidField>,
    short_name: Box<str>,
    value_json: Option<Box<str>>,
    unknown: Map<String, Value>,
}

impl AiidAttribute {
    /// Answers a field with values of its list: one, or several where the field allows it.
    ///
    /// # Errors
    ///
    /// [`AiidError::Faults`] with each value that is not in the list, by its place in `values`, and
    /// where there are none or too many.
    pub fn new(field: AiidField, values: &[&str]) -> Result<Self, AiidError> {
        let limit = if field.is_multiple() {
            field.values().len()
        } else {
            1
        };
        let listed = Value::from(values.to_vec());
        let value = members::checked("", listed, |place, listed| {
            if values.is_empty() {
                return place.refuse(AiidFaultKind::Missing);
            }
            let mut values = members::items(place, listed, limit, |place, value| {
                choice(place, &value, field)
            })?;
            if field.is_multiple() {
                return Some(Value::from(values));
            }
            values.pop().map(Value::from)
        })?;
        Ok(Self {
            field: Some(field),
            short_name: field.short_name().into(),
            value_json: Some(value.to_string().into()),
            unknown: Map::new(),
        })
    }

    /// Returns the field, where its list of values is closed.
    #[must_use]
    pub const fn field(&self) -> Option<AiidField> {
        self.field
    }

    /// Returns the name of the field.
    #[must_use]
    pub fn short_name(&self) -> &str {
        &self.short_name
    }

    /// Returns the JSON text of the value, where there is one.
    #[must_use]
    pub fn value_json(&self) -> Option<&str> {
        self.value_json.as_deref()
    }

    /// Returns the value, or null where there is none.
    #[must_use]
    pub fn value(&self) -> Value {
        let text = self.value_json.as_deref().unwrap_or("null");
        json::read(text.as_bytes(), &value_limits()).unwrap_or_default()
    }

    fn read(place: Place<'_>, value: Value, taxonomy: Option<AiidTaxonomy>) -> Option<Self> {
        let mut members = Members::of(place, value)?;
        let short_name = members.required("short_name", |at, it| NAME.text(at, it));
        let named = short_name.as_deref().zip(taxonomy);
        let field = named.and_then(|(name, taxonomy)| AiidField::of(taxonomy, name));
        let value_json = members.optional("value_json", |at, it| value_json(at, it, field));
        Some(Self {
            field,
            short_name: short_name?,
            value_json,
            unknown: members.rest(),
        })
    }

    fn written(&self) -> Value {
        let mut map = self.unknown.clone();
        let value = self.value_json.as_deref().map(Value::from);
        members::put(&mut map, "short_name", Some((*self.short_name).into()));
        members::put(&mut map, "value_json", value);
        Value::Object(map)
    }
}

/// Says what a taxonomy makes of incidents.
///
/// - Its namespace has 1 to 200 characters; there are up to 1,000 attributes, none twice.
/// - The values of CSET, version 1, and MIT are of their lists, where those are closed.
/// - Other members are kept. It is written as it was read.
///
/// ```
/// use modelward_incident::format::aiid::{
///     AiidAttribute, AiidClassification, AiidField, AiidTaxonomy,
/// };
///
/// let timing = AiidAttribute::new(AiidField::Timing, &["Post-deployment"])?;
/// let said = AiidClassification::new(AiidTaxonomy::Mit, vec![timing.clone()])?;
/// assert_eq!(said.answer(AiidField::Timing), Some(&timing));
/// assert!(AiidClassification::new(AiidTaxonomy::CsetV1, vec![timing]).is_err());
/// # Ok::<(), modelward_incident::format::aiid::AiidError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct AiidClassification {
    namespace: Box<str>,
    attributes: Vec<AiidAttribute>,
    notes: Option<Box<str>>,
    publish: Option<bool>,
    incidents: Option<Links<u64>>,
    unknown: Map<String, Value>,
}

impl AiidClassification {
    /// Puts answers together.
    ///
    /// # Errors
    ///
    /// [`AiidError::Faults`] with each attribute that is of another taxonomy or stands twice.
    pub fn new(taxonomy: AiidTaxonomy, attributes: Vec<AiidAttribute>) -> Result<Self, AiidError> {
        let attributes = members::checked("/attributes", Value::Null, |mut place, _| {
            for (index, attribute) in attributes.iter().enumerate() {
                if attribute.field.map(AiidField::taxonomy) != Some(taxonomy) {
                    let expected = taxonomy;
                    place.list(&index.to_string(), AiidFaultKind::Taxonomy { expected });
                }
            }
            list_doubles(&mut place, &attributes);
            Some(attributes)
        })?;
        Ok(Self {
            namespace: taxonomy.namespace().into(),
            attributes,
            notes: None,
            publish: None,
            incidents: None,
            unknown: Map::new(),
        })
    }

    /// Reads a classification.
    ///
    /// # Errors
    ///
    /// [`AiidError`] where the text is no strict JSON, or with every member that is not as it should
    /// be.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, AiidError> {
        members::document(bytes, limits, Self::read)
    }

    /// Reads a list of classifications, up to 100,000.
    ///
    /// # Errors
    ///
    /// As of [`AiidClassification::from_json`].
    pub fn list_from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Vec<Self>, AiidError> {
        members::document(bytes, limits, |place, value| {
            members::items(place, value, MAX_CLASSIFICATIONS, Self::read)
        })
    }

    /// Writes the classification, members sorted.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where a member that was kept has no JSON form, which none has that was read.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(&self.written())
    }

    /// Returns the name of the taxonomy, such as `CSETv1`.
    #[must_use]
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// Returns the answers.
    #[must_use]
    pub fn attributes(&self) -> &[AiidAttribute] {
        &self.attributes
    }

    /// Returns the answer to a field.
    #[must_use]
    pub fn answer(&self, field: AiidField) -> Option<&AiidAttribute> {
        let mut attributes = self.attributes.iter();
        attributes.find(|attribute| attribute.field == Some(field))
    }

    /// Returns the numbers of the incidents.
    #[must_use]
    pub fn incidents(&self) -> &[u64] {
        targets(self.incidents.as_ref())
    }

    /// Returns the notes.
    #[must_use]
    pub fn notes(&self) -> Option<&str> {
        self.notes.as_deref()
    }

    /// Returns whether the database shows it, where it says so.
    #[must_use]
    pub const fn publish(&self) -> Option<bool> {
        self.publish
    }

    /// Returns the members that have no type here.
    #[must_use]
    pub const fn unknown(&self) -> &Map<String, Value> {
        &self.unknown
    }

    fn read(place: Place<'_>, value: Value) -> Option<Self> {
        let mut members = Members::of(place, value)?;
        let namespace = members.required("namespace", |at, it| NAMESPACE.text(at, it));
        let taxonomy = namespace.as_deref().and_then(AiidTaxonomy::of);
        let attributes = members.required("attributes", |mut place, value| {
            let read = |at: Place<'_>, it| AiidAttribute::read(at, it, taxonomy);
            let attributes = members::items(place.again(), value, MAX_ATTRIBUTES, read)?;
            list_doubles(&mut place, &attributes);
            Some(attributes)
        });
        Some(Self {
            notes: members.optional("notes", |at, it| NOTES.text(at, it)),
            publish: members.optional("publish", members::answer),
            incidents: members.optional("incidents", |at, it| Links::read(at, it, MAX_INCIDENTS)),
            namespace: namespace?,
            attributes: attributes?,
            unknown: members.rest(),
        })
    }

    pub(crate) fn written(&self) -> Value {
        let mut map = self.unknown.clone();
        let attributes = self.attributes.iter().map(AiidAttribute::written);
        members::put(&mut map, "namespace", Some((*self.namespace).into()));
        members::put(&mut map, "attributes", Some(attributes.collect()));
        members::put(&mut map, "notes", self.notes.as_deref().map(Value::from));
        members::put(&mut map, "publish", self.publish.map(Value::from));
        let incidents = self.incidents.as_ref().map(Links::write);
        members::put(&mut map, "incidents", incidents);
        Value::Object(map)
    }
}

/// Reads the text of a value and looks it up where the field has a closed list.
fn value_json(place: Place<'_>, value: Value, field: Option<AiidField>) -> Option<Box<str>> {
    let Value::String(text) = value else {
        return place.refuse(AiidFaultKind::Shape { expected: "a text" });
    };
    let Ok(value) = json::read(text.as_bytes(), &value_limits()) else {
        return place.refuse(AiidFaultKind::Json);
    };
    let sound = match (field, &value) {
        (None, _) | (Some(_), Value::Null) => true,
        (Some(field), Value::Array(values)) if field.is_multiple() => {
            values.iter().all(|value| is_choice(value, field))
        }
        (Some(field), value) => is_choice(value, field),
    };
    match field.filter(|_| !sound) {
        Some(field) => place.refuse(AiidFaultKind::Choice { field }),
        None => Some(text.into_boxed_str()),
    }
}

fn is_choice(value: &Value, field: AiidField) -> bool {
    value
        .as_str()
        .is_some_and(|text| field.value(text).is_some())
}

fn choice(place: Place<'_>, value: &Value, field: AiidField) -> Option<&'static str> {
    match value.as_str().and_then(|text| field.value(text)) {
        Some(value) => Some(value),
        None => place.refuse(AiidFaultKind::Choice { field }),
    }
}

/// Lists every attribute whose field has been answered before.
///
/// CSET itself has a few short names twice; those of [`AiidField`] stand for one field each.
fn list_doubles(place: &mut Place<'_>, attributes: &[AiidAttribute]) {
    let mut seen = BTreeSet::new();
    for (index, attribute) in attributes.iter().enumerate() {
        if attribute.field.is_some_and(|field| !seen.insert(field)) {
            place.list(&index.to_string(), AiidFaultKind::Twice);
        }
    }
}
