use modelward_artifact::Timestamp;
use serde_json::{Map, Value};

/// Builds one STIX object. Empty texts, lists and absent values leave no property behind, as
/// STIX 2.1, section 3.1, demands.
#[derive(Clone, Debug)]
pub(super) struct Object(Map<String, Value>);

impl Object {
    /// Starts an object with what every object has.
    pub(super) fn new(kind: &str, id: &str, spec_version: &str) -> Self {
        let mut object = Self(Map::new());
        object.insert("type", kind.into());
        object.insert("id", id.into());
        object.insert("spec_version", spec_version.into());
        object
    }

    /// Sets a property.
    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.insert(name, value.into());
        self
    }

    /// Sets a property where there is a value.
    pub(super) fn maybe(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Sets a time.
    pub(super) fn at(self, name: &str, time: Timestamp) -> Self {
        self.with(name, stamp(time))
    }

    /// Adds a custom or predefined extension.
    pub(super) fn extended(mut self, name: &str, extension: impl Into<Value>) -> Self {
        let extensions = self
            .0
            .entry("extensions")
            .or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(extensions) = extensions {
            extensions.insert(name.to_owned(), extension.into());
        }
        self
    }

    /// Returns the id.
    pub(super) fn id(&self) -> &str {
        self.text("id")
    }

    /// Returns the type.
    pub(super) fn kind(&self) -> &str {
        self.text("type")
    }

    pub(super) fn into_value(self) -> Value {
        Value::Object(self.0)
    }

    fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    fn insert(&mut self, name: &str, value: Value) {
        let empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(members) => members.is_empty(),
            Value::Bool(_) | Value::Number(_) => false,
        };
        if !empty {
            self.0.insert(name.to_owned(), value);
        }
    }
}

/// Writes a time as STIX does: UTC with milliseconds, such as `2026-11-26T10:00:00.000Z`.
pub(super) fn stamp(time: Timestamp) -> String {
    let text = time.to_string();
    match text.strip_suffix('Z') {
        Some(whole) if !whole.contains('.') => format!("{whole}.000Z"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Object, stamp};

    #[test]
    fn times_have_milliseconds() {
        for (time, expected) in [
            ("2026-11-26T10:00:00Z", "2026-11-26T10:00:00.000Z"),
            ("2026-11-26T10:00:00.5Z", "2026-11-26T10:00:00.500Z"),
            (
                "2026-11-26T11:00:00.123456+01:00",
                "2026-11-26T10:00:00.123Z",
            ),
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"),
        ] {
            assert_eq!(stamp(time.parse().expect("a time")), expected);
        }
    }

    #[test]
    fn nothing_empty_becomes_a_property() {
        let object = Object::new("note", "note--1", "2.1")
            .with("content", "")
            .with("authors", Vec::<String>::new())
            .with("extra", json!({}))
            .maybe("abstract", None::<&str>)
            .maybe("count", Some(0))
            .extended("a-ext", json!({"x": 1}))
            .extended("b-ext", json!({"y": 2}));
        assert_eq!((object.kind(), object.id()), ("note", "note--1"));
        let expected = json!({
            "type": "note", "id": "note--1", "spec_version": "2.1", "count": 0,
            "extensions": {"a-ext": {"x": 1}, "b-ext": {"y": 2}},
        });
        assert_eq!(object.into_value(), expected);
    }
}
