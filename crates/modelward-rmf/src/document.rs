use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use modelward_artifact::JsonLimits;
use modelward_artifact::escape::Terminal;
use modelward_artifact::json::{self, JsonError, ValueReader};
use serde::de::{DeserializeOwned, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::assessment::FRAMEWORK;
use crate::error::shortened;

/// Holds the members of a document that nobody has taken yet.
#[derive(Debug)]
pub(crate) struct Document {
    members: Map<String, Value>,
}

impl Document {
    /// Reads a document and refuses another schema than this one.
    pub(crate) fn read(
        bytes: &[u8],
        limits: &JsonLimits,
        schema: &'static str,
    ) -> Result<Self, ReadDocumentError> {
        let value = json::read(bytes, limits);
        let value = value.map_err(|source| ReadDocumentError::Json { source })?;
        let members = match value {
            Value::Object(members) => members,
            other => shaped(other, "document")?,
        };
        let mut document = Self { members };
        let found: String = document.take("schema")?;
        if found != schema {
            return Err(ReadDocumentError::Schema {
                expected: schema,
                found: shortened(&found),
            });
        }
        Ok(document)
    }

    /// Takes the framework, and refuses another one than AI RMF 1.0.
    pub(crate) fn take_framework(&mut self) -> Result<(), ReadDocumentError> {
        let found: String = self.take("framework")?;
        if found == FRAMEWORK {
            return Ok(());
        }
        Err(ReadDocumentError::Framework {
            found: shortened(&found),
        })
    }

    /// Takes a member that has to be there.
    pub(crate) fn take<T: DeserializeOwned>(
        &mut self,
        member: &'static str,
    ) -> Result<T, ReadDocumentError> {
        let taken = self.take_optional(member)?;
        taken.ok_or(ReadDocumentError::Missing { member })
    }

    /// Takes a member that may be left out. `null` is not the same as left out.
    pub(crate) fn take_optional<T: DeserializeOwned>(
        &mut self,
        member: &'static str,
    ) -> Result<Option<T>, ReadDocumentError> {
        let value = self.members.remove(member);
        value.map(|value| shaped(value, member)).transpose()
    }

    /// Returns the members that are left, which no part of the document has asked for.
    pub(crate) fn rest(self) -> Map<String, Value> {
        self.members
    }

    /// Refuses members that are left.
    pub(crate) fn finish(self) -> Result<(), ReadDocumentError> {
        match self.members.keys().next() {
            None => Ok(()),
            Some(member) => Err(ReadDocumentError::Unknown {
                member: shortened(member),
            }),
        }
    }
}

/// Reads a map whose keys have several spellings, and refuses two spellings of one key.
pub(crate) fn unique<'de, D, K, V>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord + fmt::Display,
    V: Deserialize<'de>,
{
    struct Unique<K, V>(PhantomData<(K, V)>);

    impl<'de, K, V> Visitor<'de> for Unique<K, V>
    where
        K: Deserialize<'de> + Ord + fmt::Display,
        V: Deserialize<'de>,
    {
        type Value = BTreeMap<K, V>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut unique = BTreeMap::new();
            while let Some(key) = map.next_key::<K>()? {
                if unique.contains_key(&key) {
                    return Err(A::Error::custom(format_args!("{key} stands twice")));
                }
                let value = map.next_value()?;
                unique.insert(key, value);
            }
            Ok(unique)
        }
    }

    deserializer.deserialize_map(Unique(PhantomData))
}

fn shaped<T: DeserializeOwned>(value: Value, member: &str) -> Result<T, ReadDocumentError> {
    serde_path_to_error::deserialize(ValueReader::new(value)).map_err(|error| {
        let path = error.path().to_string();
        let place = match path.as_str() {
            "." => member.to_owned(),
            path if path.starts_with('[') => format!("{member}{path}"),
            path => format!("{member}.{path}"),
        };
        ReadDocumentError::Shape {
            place,
            source: error.into_inner().into(),
        }
    })
}

/// Says why a text is not a document of this crate.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadDocumentError {
    /// The document is of another framework or of another version of it.
    #[error("unknown framework `{}`, expected `AI RMF 1.0`", Terminal(found))]
    Framework {
        /// The framework, cut off after 32 characters.
        found: String,
    },
    /// The text is not strict JSON or passes a limit.
    #[error("document is not readable JSON")]
    Json {
        /// What is wrong with the text.
        source: JsonError,
    },
    /// A member is missing at the top level.
    #[error("document has no member `{member}`")]
    Missing {
        /// The member.
        member: &'static str,
    },
    /// The document is of another schema or of another version of it.
    #[error("unknown schema `{}`, expected `{expected}`", Terminal(found))]
    Schema {
        /// The schema that was asked for.
        expected: &'static str,
        /// The schema, cut off after 32 characters.
        found: String,
    },
    /// A part is not what stands at its place.
    #[error("`{}` is not valid", Terminal(place))]
    Shape {
        /// The way to the part, such as `evidence.E-1.collected`.
        place: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A document that keeps no unknown members has one.
    #[error("unknown member `{}`", Terminal(member))]
    Unknown {
        /// The member, cut off after 32 characters.
        member: String,
    },
}

impl ReadDocumentError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Framework { .. } => "rmf.read.framework",
            Self::Json { .. } => "rmf.read.json",
            Self::Missing { .. } => "rmf.read.missing",
            Self::Schema { .. } => "rmf.read.schema",
            Self::Shape { .. } => "rmf.read.shape",
            Self::Unknown { .. } => "rmf.read.unknown",
        }
    }
}
