use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

/// Names a field of an event: a JSON pointer (RFC 6901) into its data, such as `/window/from`.
///
/// A field is a member of an object, however deep; a list is a field as a whole.
///
/// It has 2 to 128 ASCII letters, digits, `-`, `.`, `/` and `_`, begins with `/` and does not end
/// with it, so it is the name of a salted commitment too ([`Field`](crate::log::Field)).
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Pointer(Box<str>);

impl Pointer {
    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Takes the field out of an event's data, if it is there. An item of a list is no field: without
    /// it the others would go by other names.
    pub(crate) fn take(&self, data: &mut Value) -> Option<Value> {
        let (parent, member) = self.0.rsplit_once('/')?;
        // An index such as `01` on the way is none (RFC 6901, section 4).
        data.pointer_mut(parent)?.as_object_mut()?.remove(member)
    }

    /// Tells whether an event's data has the field.
    pub(crate) fn is_in(&self, data: &Value) -> bool {
        let parent = self.0.rsplit_once('/');
        let held = parent.and_then(|(parent, member)| data.pointer(parent)?.get(member));
        held.is_some()
    }

    /// Returns what the field is a part of; `None` for one that is a part of the event alone.
    pub(crate) fn parent(&self) -> Option<Self> {
        let (parent, _) = self.0.rsplit_once('/')?;
        (!parent.is_empty()).then(|| Self(parent.into()))
    }

    /// Tells whether the field is a part of another.
    pub(crate) fn is_within(&self, other: &Self) -> bool {
        let rest = self.0.strip_prefix(&*other.0);
        rest.is_some_and(|rest| rest.starts_with('/'))
    }

    /// Puts a field back into an event's data; tells whether there was a place for it.
    pub(crate) fn put(&self, data: &mut Value, value: Value) -> bool {
        let Some((parent, member)) = self.0.rsplit_once('/') else {
            return false;
        };
        if data.is_null() {
            *data = Value::Object(Map::new());
        }
        match data.pointer_mut(parent) {
            Some(Value::Object(members)) => members.insert(member.to_owned(), value).is_none(),
            _ => false,
        }
    }
}

/// Returns the JSON pointer to a member of what stands at a place, whatever its name is.
pub(crate) fn child(at: &str, name: &str) -> String {
    let name = name.replace('~', "~0").replace('/', "~1");
    format!("{at}/{name}")
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Pointer {
    type Err = ParsePointerError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/' | '_');
        let formed = text.starts_with('/') && !text.ends_with('/') && !text.contains("//");
        if formed && (2..=128).contains(&text.len()) && text.chars().all(plain) {
            Ok(Self(text.into()))
        } else {
            Err(ParsePointerError)
        }
    }
}

impl<'de> Deserialize<'de> for Pointer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

/// Says that a text names no field of an event.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error(
    "expected a pointer such as `/window/from`: 2 to 128 ASCII letters, digits, `-`, `.`, `/` and `_`"
)]
#[non_exhaustive]
pub struct ParsePointerError;

impl ParsePointerError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "incident.pointer.form"
    }
}
