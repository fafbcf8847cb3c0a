use serde_json::{Map, Value};

use super::links::{Target, named};
use super::members::{Place, Span};

/// The database's own names may be as short as `hp`; only its form wants three characters.
const KNOWN: Span = Span::new(1, 200);
const IN_FORM: Span = Span::new(3, 200);

/// Names who developed or deployed a system, who was harmed, or the system itself.
#[derive(Clone, Debug, PartialEq)]
pub struct AiidEntity {
    id: Box<str>,
    /// What an object says beside its id.
    details: Option<Map<String, Value>>,
}

impl AiidEntity {
    /// Returns the id, such as `starbucks`, or the name where a form has that.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the name where the document has it, else the id.
    #[must_use]
    pub fn name(&self) -> &str {
        let details = self.details.as_ref();
        let name = details.and_then(|details| details.get("name"));
        name.and_then(Value::as_str).unwrap_or(&self.id)
    }

    fn read_within(place: Place<'_>, value: Value, span: Span) -> Option<Self> {
        let text = |place: Place<'_>, value: Value| span.text(place, value);
        if value.is_object() {
            let (id, details) = named(place, value, "entity_id", text)?;
            let details = Some(details);
            return Some(Self { id, details });
        }
        let id = text(place, value)?;
        Some(Self { id, details: None })
    }
}

impl Target for AiidEntity {
    fn read(place: Place<'_>, value: Value) -> Option<Self> {
        Self::read_within(place, value, KNOWN)
    }

    fn write(&self) -> Value {
        let id = Value::from(&*self.id);
        let Some(details) = &self.details else {
            return id;
        };
        let mut object = details.clone();
        object.insert("entity_id".to_owned(), id);
        Value::Object(object)
    }
}

/// An entity of the form, whose name has 3 to 200 characters.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FormEntity(pub(super) AiidEntity);

impl Target for FormEntity {
    fn read(place: Place<'_>, value: Value) -> Option<Self> {
        AiidEntity::read_within(place, value, IN_FORM).map(Self)
    }

    fn write(&self) -> Value {
        self.0.write()
    }
}
