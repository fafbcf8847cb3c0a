//! How values of the model are taken from JSON and become JSON again.

use modelward_artifact::json::Sorted;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::shape::{Kind, Rule};

/// A type of the model: how it is taken from JSON and becomes JSON again.
pub(crate) trait Wire: Sized {
    const KIND: Kind;

    /// Takes a value that [`Kind`] lets pass; `None` for any other.
    fn from_value(value: Value) -> Option<Self>;

    fn to_value(&self) -> Value;

    /// Writes it with the members of every object sorted, without making a value of what is large.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Sorted::new(&self.to_value()).serialize(serializer)
    }
}

/// Writes a value of the model.
pub(crate) struct Writing<'a, T>(pub(crate) &'a T);

impl<T: Wire> Serialize for Writing<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

static ANY_TEXT: Rule = Rule {
    expected: "a text",
    holds: |_| true,
};

impl Wire for String {
    const KIND: Kind = Kind::Text(&ANY_TEXT);

    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.clone())
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl Wire for bool {
    const KIND: Kind = Kind::Flag;

    fn from_value(value: Value) -> Option<Self> {
        value.as_bool()
    }

    fn to_value(&self) -> Value {
        Value::Bool(*self)
    }
}

impl Wire for Value {
    const KIND: Kind = Kind::Any;

    fn from_value(value: Value) -> Option<Self> {
        Some(value)
    }

    fn to_value(&self) -> Value {
        self.clone()
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Sorted::new(self).serialize(serializer)
    }
}

impl<T: Wire> Wire for Box<T> {
    const KIND: Kind = T::KIND;

    fn from_value(value: Value) -> Option<Self> {
        T::from_value(value).map(Self::new)
    }

    fn to_value(&self) -> Value {
        T::to_value(self)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        T::write(self, serializer)
    }
}

impl<T: Wire> Wire for Vec<T> {
    const KIND: Kind = Kind::List {
        item: &T::KIND,
        unique: false,
        least: 0,
    };

    fn from_value(value: Value) -> Option<Self> {
        let Value::Array(items) = value else {
            return None;
        };
        // Collecting into an `Option` knows no length and would take room for four at least.
        let mut taken = Self::with_capacity(items.len());
        for item in items {
            taken.push(T::from_value(item)?);
        }
        Some(taken)
    }

    fn to_value(&self) -> Value {
        self.iter().map(T::to_value).collect()
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Writing))
    }
}

/// Takes a member out of an object.
pub(crate) fn take<T: Wire>(members: &mut Map<String, Value>, name: &str) -> Option<Option<T>> {
    match members.remove(name) {
        None => Some(None),
        Some(value) => T::from_value(value).map(Some),
    }
}

/// Puts a member into an object, if there is one.
pub(crate) fn put<T: Wire>(members: &mut Map<String, Value>, name: &str, value: Option<&T>) {
    if let Some(value) = value {
        members.insert(name.to_owned(), value.to_value());
    }
}

pub(crate) fn take_required<T: Wire>(members: &mut Map<String, Value>, name: &str) -> Option<T> {
    T::from_value(members.remove(name)?)
}

/// Returns the members that were not taken out of an object.
///
/// A map that was emptied keeps the memory of a node, which is more than most objects have.
pub(crate) fn rest(members: Map<String, Value>) -> Map<String, Value> {
    if members.is_empty() {
        Map::new()
    } else {
        members
    }
}
