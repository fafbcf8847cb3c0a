use std::collections::BTreeSet;

use modelward_artifact::JsonLimits;
use modelward_artifact::escape::Terminal;
use modelward_artifact::json::{self, JsonError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use thiserror::Error;

use crate::error::shortened;

/// Describes a document that is a list under one member.
pub(crate) struct ListForm {
    pub(crate) schema: &'static str,
    pub(crate) member: &'static str,
    pub(crate) max: usize,
}

impl ListForm {
    /// Reads the list strictly: no other member, no more items than allowed.
    pub(crate) fn read<T: DeserializeOwned>(
        &self,
        bytes: &[u8],
        limits: &JsonLimits,
    ) -> Result<Vec<T>, ReadListError> {
        let mut members = document(bytes, limits, self.schema)?;
        let member = self.member;
        let Some(value) = members.remove(member) else {
            return Err(ReadListError::Missing { member });
        };
        if let Some(unknown) = members.keys().next() {
            let member = shortened(unknown);
            return Err(ReadListError::Unknown { member });
        }
        let items: Vec<Value> = shaped(value, || format!("member `{member}`"))?;
        if items.len() > self.max {
            let (found, limit) = (items.len(), self.max);
            return Err(ReadListError::TooMany { found, limit });
        }
        let items = items.into_iter().enumerate();
        items
            .map(|(index, item)| shaped(item, || format!("item {index} of `{member}`")))
            .collect()
    }

    /// Writes the list: members sorted, the same bytes for the same list.
    pub(crate) fn write<T: Serialize>(&self, items: &[T]) -> Result<Vec<u8>, JsonError> {
        let mut members = Map::new();
        members.insert("schema".to_owned(), self.schema.into());
        let items = serde_json::to_value(items).map_err(JsonError::shape)?;
        members.insert(self.member.to_owned(), items);
        json::pretty(&members)
    }
}

/// Reads the members of a document and takes `schema` away.
pub(crate) fn document(
    bytes: &[u8],
    limits: &JsonLimits,
    schema: &'static str,
) -> Result<Map<String, Value>, ReadListError> {
    let value = json::read(bytes, limits).map_err(|source| ReadListError::Json { source })?;
    let mut members = match value {
        Value::Object(members) => members,
        other => shaped(other, || "document".to_owned())?,
    };
    let member = "schema";
    let Some(found) = members.remove(member) else {
        return Err(ReadListError::Missing { member });
    };
    let found: String = shaped(found, || "member `schema`".to_owned())?;
    if found != schema {
        return Err(ReadListError::Schema {
            expected: schema,
            found: shortened(&found),
        });
    }
    Ok(members)
}

pub(crate) fn shaped<T: DeserializeOwned>(
    value: Value,
    place: impl FnOnce() -> String,
) -> Result<T, ReadListError> {
    json::shaped(value).map_err(|source| ReadListError::Shape {
        place: place(),
        source,
    })
}

/// Refuses an id that stands twice.
pub(crate) fn unique<'a>(ids: impl Iterator<Item = &'a str>) -> Result<(), ReadListError> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            let id = shortened(id);
            return Err(ReadListError::Twice { id });
        }
    }
    Ok(())
}

/// Says why a text is no document of reporting rules, of policies or of readiness.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadListError {
    /// A policy replaces itself, over others or at once.
    #[error("policy `{}` replaces itself", Terminal(id))]
    Circle {
        /// The policy, cut off after 32 characters.
        id: String,
    },
    /// The text is not strict JSON or passes a limit.
    #[error("document is not valid json")]
    Json {
        /// What is wrong with it.
        source: JsonError,
    },
    /// A member that every such document has is missing.
    #[error("document has no member `{member}`")]
    Missing {
        /// The member.
        member: &'static str,
    },
    /// The document is of another kind or version.
    #[error("document has the schema `{}`, expected `{expected}`", Terminal(found))]
    Schema {
        /// The schema that was asked for.
        expected: &'static str,
        /// The schema, cut off after 32 characters.
        found: String,
    },
    /// A part has another shape than it should.
    #[error("{place} does not have the expected shape")]
    Shape {
        /// Which part, such as "item 3 of `rules`", counted from 0.
        place: String,
        /// What differs.
        source: serde_json::Error,
    },
    /// There are too many items.
    #[error("document has {found} items, expected at most {limit}")]
    TooMany {
        /// How many there are.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// Two items have one id.
    #[error("`{}` stands twice", Terminal(id))]
    Twice {
        /// The id, cut off after 32 characters.
        id: String,
    },
    /// The document has a member that no such document has.
    #[error("unknown member `{}`", Terminal(member))]
    Unknown {
        /// The member, cut off after 32 characters.
        member: String,
    },
}

impl ReadListError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Circle { .. } => "incident.list.circle",
            Self::Json { source } => source.code(),
            Self::Missing { .. } => "incident.list.missing",
            Self::Schema { .. } => "incident.list.schema",
            Self::Shape { .. } => "incident.list.shape",
            Self::TooMany { .. } => "incident.list.too_many",
            Self::Twice { .. } => "incident.list.twice",
            Self::Unknown { .. } => "incident.list.unknown",
        }
    }
}
