//! JSON texts whose values know their place.

use modelward_artifact::{JsonLimits, json};
use serde_json::Value;

use crate::inspect::{InspectError, Location};
use crate::pointer::Place;

/// The longest name that is looked behind, in bytes. It stands in the pointer of everything inside,
/// so that a long one would multiply the size of the file.
const LONGEST_NAME: usize = 512;

/// A value of a JSON text and the pointer to it.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    value: &'a Value,
    pointer: String,
}

/// Reads a JSON text that was taken from a file.
pub(crate) fn parse(
    what: &'static str,
    text: &[u8],
    limits: &JsonLimits,
) -> Result<Value, InspectError> {
    json::read(text, limits).map_err(|source| InspectError::Json { what, source })
}

/// Says that a value is of another kind than the format has.
pub(crate) fn malformed(
    what: &'static str,
    pointer: &str,
    found: &Value,
    expected: &'static str,
) -> InspectError {
    InspectError::Malformed {
        what,
        at: Location::Pointer(pointer.to_owned()),
        found: kind(found).to_owned(),
        expected,
    }
}

/// Names the kind of a value.
pub(crate) const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Array(_) => "an array",
        Value::Bool(_) => "a boolean",
        Value::Null => "null",
        Value::Number(_) => "a number",
        Value::Object(_) => "an object",
        Value::String(_) => "a text",
    }
}

impl<'a> Node<'a> {
    pub(crate) const fn root(value: &'a Value) -> Self {
        Self {
            value,
            pointer: String::new(),
        }
    }

    /// Returns a member, unless it is null, which says as much as none.
    pub(crate) fn member(&self, name: &str) -> Option<Self> {
        let value = self.value.get(name).filter(|value| !value.is_null())?;
        Some(self.child(value, &Place::ROOT.member(name)))
    }

    /// Returns every member of an object whose name is not longer than [`LONGEST_NAME`].
    pub(crate) fn members(&self) -> impl Iterator<Item = (&'a str, Self)> {
        let members = self.value.as_object().into_iter().flatten();
        let members = members.filter(|(name, _)| name.len() <= LONGEST_NAME);
        members.map(|(name, value)| (name.as_str(), self.child(value, &Place::ROOT.member(name))))
    }

    /// Returns every item of an array.
    pub(crate) fn items(&self) -> impl Iterator<Item = Self> {
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items.map(|(index, value)| self.child(value, &Place::ROOT.index(index)))
    }

    /// Returns the value itself, or its items where it is an array.
    pub(crate) fn one_or_more(&self) -> Vec<Self> {
        if self.value.is_array() {
            return self.items().collect();
        }
        vec![self.clone()]
    }

    pub(crate) const fn value(&self) -> &'a Value {
        self.value
    }

    /// Returns a text that is not blank.
    pub(crate) fn text(&self) -> Option<&'a str> {
        let text = self.value.as_str()?.trim();
        (!text.is_empty()).then_some(text)
    }

    pub(crate) fn location(&self) -> Location {
        Location::Pointer(self.pointer.clone())
    }

    fn child(&self, value: &'a Value, step: &Place<'_>) -> Self {
        Self {
            value,
            pointer: format!("{}{step}", self.pointer),
        }
    }
}
