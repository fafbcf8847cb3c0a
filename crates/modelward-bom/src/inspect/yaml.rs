//! YAML texts whose values know their line.

use std::fmt;

use modelward_artifact::escape::Line;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use crate::inspect::{Aspect, Fact, InspectError, InspectLimits, Location};

/// A value and the line on which it stands, counted from 1.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Yaml {
    value: Content,
    line: u64,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Content {
    Bool(bool),
    List(Vec<Yaml>),
    Map(Vec<(String, Yaml)>),
    Null,
    Number(String),
    Text(String),
}

impl Yaml {
    /// Reads one document. `before` lines of the file stand before it.
    pub(crate) fn parse(
        what: &'static str,
        text: &str,
        before: u64,
        limits: &InspectLimits,
    ) -> Result<Self, InspectError> {
        let items = usize::try_from(limits.max_items()).unwrap_or(usize::MAX);
        // Cards and environments have neither anchors nor aliases, so there is room for very few.
        let options = serde_saphyr::options! {
            budget: serde_saphyr::budget! {
                max_depth: limits.max_depth().min(16),
                max_documents: 1,
                max_anchors: 16,
                max_aliases: 16,
                max_nodes: items.min(250_000),
            },
        };
        let read: Spanned<Content> =
            serde_saphyr::from_str_with_options(text, options).map_err(|error| {
                InspectError::Parse {
                    what,
                    source: Line(&error.to_string()).to_string().into(),
                }
            })?;
        let mut read = Self::from(read);
        read.move_down(before);
        Ok(read)
    }

    pub(crate) const fn content(&self) -> &Content {
        &self.value
    }

    pub(crate) fn is_null(&self) -> bool {
        self.value == Content::Null
    }

    /// Returns a member, unless it is null, which says as much as none.
    pub(crate) fn member(&self, name: &str) -> Option<&Self> {
        let found = self.members().iter().find(|(known, _)| known == name);
        found
            .map(|(_, value)| value)
            .filter(|value| !value.is_null())
    }

    pub(crate) fn members(&self) -> &[(String, Self)] {
        match &self.value {
            Content::Map(members) => members,
            _ => &[],
        }
    }

    pub(crate) fn items(&self) -> &[Self] {
        match &self.value {
            Content::List(items) => items,
            _ => &[],
        }
    }

    /// Returns the items of a list, or the value itself.
    pub(crate) fn one_or_more(&self) -> &[Self] {
        match &self.value {
            Content::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// Returns a text that is not blank.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Content::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// Returns a text that is not blank, or a number.
    pub(crate) fn scalar(&self) -> Option<&str> {
        match &self.value {
            Content::Number(number) => Some(number),
            _ => self.text(),
        }
    }

    pub(crate) const fn location(&self) -> Location {
        Location::Line(self.line)
    }

    /// States what was written here.
    pub(crate) fn declare(&self, aspect: Aspect, value: impl Into<String>) -> Fact {
        Fact::declared(aspect, value, self.location())
    }

    /// Recursion is bounded by the depth that was read.
    fn move_down(&mut self, lines: u64) {
        self.line = self.line.saturating_add(lines);
        match &mut self.value {
            Content::List(items) => items.iter_mut().for_each(|item| item.move_down(lines)),
            Content::Map(members) => {
                members
                    .iter_mut()
                    .for_each(|(_, value)| value.move_down(lines));
            }
            _ => {}
        }
    }
}

impl From<Spanned<Content>> for Yaml {
    fn from(spanned: Spanned<Content>) -> Self {
        Self {
            value: spanned.value,
            line: spanned.referenced.line(),
        }
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ContentVisitor)
    }
}

struct ContentVisitor;

impl<'de> Visitor<'de> for ContentVisitor {
    type Value = Content;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Content, E> {
        Ok(Content::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Content, E> {
        Ok(Content::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Content, E> {
        Ok(Content::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Content, E> {
        Ok(Content::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Content, E> {
        Ok(Content::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Content, E> {
        Ok(Content::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Content, E> {
        Ok(Content::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Content, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element::<Spanned<Content>>()? {
            list.push(item.into());
        }
        Ok(Content::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Content, A::Error> {
        let mut map = Vec::new();
        while let Some((name, value)) = members.next_entry::<String, Spanned<Content>>()? {
            map.push((name, value.into()));
        }
        Ok(Content::Map(map))
    }
}
