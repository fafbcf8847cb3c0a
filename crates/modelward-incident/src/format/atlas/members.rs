use std::str::FromStr;

use modelward_artifact::AtlasTechnique;
use serde_json::{Map, Value};

use super::error::AtlasError;
use super::id::ParseAtlasIdError;
use crate::error::shortened;
use crate::pointer::child;

/// A value and the pointer to it.
pub(super) struct Placed {
    pub(super) at: String,
    pub(super) value: Value,
}

/// The members of an object, taken one by one: what is left was not understood and is kept.
pub(super) struct Members {
    at: String,
    map: Map<String, Value>,
}

impl Placed {
    pub(super) fn root(value: Value) -> Self {
        let at = String::new();
        Self { at, value }
    }

    pub(super) fn object(self) -> Result<Members, AtlasError> {
        match self.value {
            Value::Object(map) => Ok(Members { at: self.at, map }),
            other => Err(wrong_type(self.at, "an object", &other)),
        }
    }

    pub(super) fn list(self) -> Result<Vec<Self>, AtlasError> {
        let Value::Array(items) = self.value else {
            return Err(wrong_type(self.at, "a list", &self.value));
        };
        let items = items.into_iter().enumerate();
        let placed = items.map(|(index, value)| Self {
            at: format!("{}/{index}", self.at),
            value,
        });
        Ok(placed.collect())
    }

    pub(super) fn text(self) -> Result<Box<str>, AtlasError> {
        match self.value {
            Value::String(text) => Ok(text.into_boxed_str()),
            other => Err(wrong_type(self.at, "a text", &other)),
        }
    }

    pub(super) fn integer(self) -> Result<i64, AtlasError> {
        let number = self.value.as_i64();
        number.ok_or_else(|| wrong_type(self.at, "an integer", &self.value))
    }

    /// Reads the id of a technique.
    pub(super) fn technique(self) -> Result<AtlasTechnique, AtlasError> {
        let pointer = self.at.clone();
        let text = self.text()?;
        text.parse()
            .map_err(|source| AtlasError::Technique { pointer, source })
    }

    /// Reads the id of a tactic, a mitigation or a case study.
    pub(super) fn id<T: FromStr<Err = ParseAtlasIdError>>(self) -> Result<T, AtlasError> {
        let pointer = self.at.clone();
        let text = self.text()?;
        text.parse()
            .map_err(|source| AtlasError::Id { pointer, source })
    }
}

impl Members {
    pub(super) fn at(&self) -> &str {
        &self.at
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.map.get(name)
    }

    /// Takes a member. One that is null says as much as none.
    pub(super) fn take(&mut self, name: &str) -> Option<Placed> {
        let value = self.map.remove(name).filter(|value| !value.is_null())?;
        let at = child(&self.at, name);
        Some(Placed { at, value })
    }

    /// Takes the first of several members that mean the same.
    pub(super) fn take_any(&mut self, names: &[&str]) -> Option<Placed> {
        names.iter().find_map(|name| self.take(name))
    }

    pub(super) fn require(&mut self, name: &'static str) -> Result<Placed, AtlasError> {
        self.take(name).ok_or_else(|| self.missing(name))
    }

    pub(super) fn missing(&self, member: &'static str) -> AtlasError {
        let pointer = self.at.clone();
        AtlasError::Missing { pointer, member }
    }

    pub(super) fn text(&mut self, name: &'static str) -> Result<Box<str>, AtlasError> {
        self.require(name)?.text()
    }

    pub(super) fn optional_text(&mut self, name: &str) -> Result<Option<Box<str>>, AtlasError> {
        self.take(name).map(Placed::text).transpose()
    }

    /// Takes a list; where there is none it is empty.
    pub(super) fn list(&mut self, name: &str) -> Result<Vec<Placed>, AtlasError> {
        self.take(name).map_or_else(|| Ok(Vec::new()), Placed::list)
    }

    pub(super) fn texts(&mut self, name: &str) -> Result<Vec<Box<str>>, AtlasError> {
        let items = self.list(name)?.into_iter();
        items.map(Placed::text).collect()
    }

    /// Takes a text that has to be the one that is given, where it is there at all.
    pub(super) fn expect(&mut self, name: &str, expected: &'static str) -> Result<(), AtlasError> {
        let Some(placed) = self.take(name) else {
            return Ok(());
        };
        let pointer = placed.at.clone();
        let found = placed.text()?;
        if *found == *expected {
            return Ok(());
        }
        let found = shortened(&found);
        Err(AtlasError::Value {
            pointer,
            expected,
            found,
        })
    }

    /// Takes every member that is left, with its pointer.
    pub(super) fn drain(self) -> impl Iterator<Item = (String, Placed)> {
        let at = self.at;
        self.map.into_iter().map(move |(name, value)| {
            let at = child(&at, &name);
            (name, Placed { at, value })
        })
    }

    pub(super) fn rest(self) -> Map<String, Value> {
        self.map
    }
}

fn wrong_type(pointer: String, expected: &'static str, found: &Value) -> AtlasError {
    let found = match found {
        Value::Array(_) => "a list",
        Value::Bool(_) => "a truth value",
        Value::Null => "null",
        Value::Number(_) => "a number",
        Value::Object(_) => "an object",
        Value::String(_) => "a text",
    };
    AtlasError::Type {
        pointer,
        expected,
        found,
    }
}
