use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

/// Names a field of an event: a JSON pointer (RFC 6901) into its data, such as `/window/from`.
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

    /// Takes the field out of an event's data, if it is there. A list keeps its other items.
    pub(crate) fn take(&self, data: &mut Value) -> Option<Value> {
        let (parent, member) = self.0.rsplit_once('/')?;
        match data.pointer_mut(parent)? {
            Value::Object(members) => members.remove(member),
            Value::Array(items) => {
                let index = index(member)?;
                (index < items.len()).then(|| items.remove(index))
            }
            _ => None,
        }
    }

    /// Tells whether an event's data has the field.
    pub(crate) fn is_in(&self, data: &Value) -> bool {
        data.pointer(&self.0).is_some()
    }

    /// Tells whether it names an item of a list in an event's data.
    pub(crate) fn is_item(&self, data: &Value) -> bool {
        let parent = self.0.rsplit_once('/').map(|(parent, _)| parent);
        parent.is_some_and(|parent| data.pointer(parent).is_some_and(Value::is_array))
    }

    /// Returns what the field is a part of; `None` for one that is a part of the event alone.
    pub(crate) fn parent(&self) -> Option<Self> {
        let (parent, _) = self.0.rsplit_once('/')?;
        (!parent.is_empty()).then(|| Self(parent.into()))
    }

    /// Tells whether it is another field, or a part of it.
    pub(crate) fn is_within(&self, other: &Self) -> bool {
        let rest = self.0.strip_prefix(&*other.0);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Returns what fields are sorted by so that, from the last to the first, each can be taken
    /// without moving one that comes after it: the later item first, and what is within before what
    /// it is within.
    pub(crate) fn steps(&self) -> Vec<(Option<usize>, &str)> {
        let steps = self.0.split('/').skip(1);
        steps.map(|step| (index(step), step)).collect()
    }

    /// Returns what the field is called when an item of a list was taken, which moves those after
    /// it, or a member of an object; `None` where it was taken too.
    pub(crate) fn without(&self, taken: &Self, is_item: bool) -> Option<Self> {
        if self.is_within(taken) {
            return None;
        }
        Some(
            self.moved(taken)
                .filter(|_| is_item)
                .unwrap_or(self.clone()),
        )
    }

    fn moved(&self, taken: &Self) -> Option<Self> {
        let (list, gone) = taken.0.rsplit_once('/')?;
        let rest = self.0.strip_prefix(list)?.strip_prefix('/')?;
        let (item, within) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (item, gone) = (index(item)?, index(gone)?);
        (item > gone).then(|| Self(format!("{list}/{}{within}", item - 1).into()))
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

/// Reads the index of an item as RFC 6901 writes it, without leading zeros.
fn index(text: &str) -> Option<usize> {
    let is_plain = text == "0" || !text.starts_with('0');
    text.parse().ok().filter(|_| is_plain)
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
