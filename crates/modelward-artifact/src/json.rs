//! Reads JSON strictly and writes it canonically (RFC 8785).
//!
//! Two readers must never see different documents in one text, so what RFC 8259 leaves open is
//! refused: duplicate members, a byte order mark, text after the value.
//!
//! ```
//! use modelward_artifact::{JsonLimits, json};
//!
//! let value = json::read(br#"{"b": 1.0, "a": [true]}"#, &JsonLimits::default())?;
//! assert_eq!(json::canonical(&value)?, br#"{"a":[true],"b":1}"#);
//!
//! let refused = json::read(br#"{"a": 1, "a": 2}"#, &JsonLimits::default()).unwrap_err();
//! assert_eq!(refused.code(), "artifact.json.duplicate");
//! # Ok::<(), modelward_artifact::json::JsonError>(())
//! ```

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde::{Deserializer, Serialize, Serializer};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};
use thiserror::Error;

use crate::JsonLimits;
use crate::escape::{Line, Terminal};

mod count;
mod shaped;

pub use self::shaped::{ShapeError, ValueReader, shaped};

/// How many bytes of an error of serde are told.
const MAX_TOLD: usize = 8 << 10;

/// The largest integer that RFC 8785 can write without loss: 2^53 - 1.
const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// Reads one JSON value that is the whole text.
///
/// # Errors
///
/// [`JsonError`] where the text is not strict JSON or passes a limit.
pub fn read(bytes: &[u8], limits: &JsonLimits) -> Result<Value, JsonError> {
    read_items(bytes, limits, &mut |_, _, item| Some(item))
}

/// Reads one JSON value as [`read`] does, and hands each item of a list that is a member of the
/// whole to `take`, with the member's name and the item's index.
///
/// What `take` returns stands in the list; where it returns `None` it has the item, so that a large
/// document never stands in memory as JSON. What it was given of a text that turns out not to be
/// strict JSON is not to be used.
///
/// ```
/// use modelward_artifact::{JsonLimits, json};
///
/// let mut sum = 0;
/// let rest = json::read_items(br#"{"name": "n", "sizes": [1, 2, 3]}"#, &JsonLimits::default(), &mut |_, _, item| {
///     sum += item.as_u64()?;
///     None
/// })?;
/// assert_eq!((sum, rest["sizes"].to_string().as_str()), (6, "[]"));
/// # Ok::<(), modelward_artifact::json::JsonError>(())
/// ```
///
/// # Errors
///
/// As of [`read`].
pub fn read_items(
    bytes: &[u8],
    limits: &JsonLimits,
    take: &mut dyn FnMut(&str, usize, Value) -> Option<Value>,
) -> Result<Value, JsonError> {
    if bytes.len() > limits.max_bytes() {
        return Err(JsonError::TooLarge {
            limit: limits.max_bytes(),
        });
    }
    count::check(bytes, limits)?;
    let context = Context::new(limits, Some(take));
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let outcome = context
        .seed()
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value));
    outcome.map_err(|error| {
        context.fault.take().unwrap_or(JsonError::Syntax {
            line: error.line(),
            column: error.column(),
            source: harmless(error),
        })
    })
}

/// Reads one value of another format as a JSON value, as strictly and within the same limits but for
/// that of the size: `read` hands the seed to a deserializer of that format.
///
/// ```
/// use modelward_artifact::{JsonLimits, json};
/// use serde::de::DeserializeSeed as _;
///
/// let mut text = serde_json::Deserializer::from_str("[[1]]");
/// let limits = JsonLimits::default().with_max_depth(1);
/// let (_, fault) = json::read_other(&limits, |seed| seed.deserialize(&mut text)).unwrap_err();
/// assert_eq!(fault.ok_or("a limit was passed")?.code(), "artifact.json.depth");
/// # Ok::<(), &str>(())
/// ```
///
/// # Errors
///
/// What the deserializer says, and beside it the fault where it is one of ours:
/// [`JsonError::Depth`], [`JsonError::Duplicate`], [`JsonError::TooMany`] or
/// [`JsonError::TooManyMembers`].
pub fn read_other<E>(
    limits: &JsonLimits,
    read: impl FnOnce(ValueSeed<'_>) -> Result<Value, E>,
) -> Result<Value, (E, Option<JsonError>)> {
    let context = Context::new(limits, None);
    read(ValueSeed(context.seed())).map_err(|error| (error, context.fault.take()))
}

/// Reads one JSON value strictly and turns it into `T`.
///
/// # Errors
///
/// [`JsonError`] as of [`read`], and [`JsonError::Shape`] where the value is not a `T`.
pub fn read_as<T: DeserializeOwned>(bytes: &[u8], limits: &JsonLimits) -> Result<T, JsonError> {
    let value = read(bytes, limits)?;
    shaped(value).map_err(|source| JsonError::Shape { source })
}

/// Returns the canonical form of a value (RFC 8785): one text for one value.
///
/// # Errors
///
/// [`JsonError::Integer`] for an integer beyond 2^53 - 1, which the form would round, so that two
/// values had one text; [`JsonError::Shape`] where the value has no JSON form.
pub fn canonical<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, JsonError> {
    let value = serde_json::to_value(value).map_err(JsonError::shape)?;
    check_integers(&value)?;
    serde_json_canonicalizer::to_vec(&value).map_err(JsonError::shape)
}

/// Returns a readable form: members sorted, two blanks a level, a line break at the end.
///
/// # Errors
///
/// [`JsonError::Shape`] where the value has no JSON form.
pub fn pretty<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, JsonError> {
    let value = serde_json::to_value(value).map_err(JsonError::shape)?;
    pretty_sorted(&Sorted(&value))
}

/// Returns the readable form, as [`pretty`] does, of what writes its members sorted by itself: no
/// value is made of it.
///
/// # Errors
///
/// As of [`pretty`].
pub fn pretty_sorted<T: Serialize + ?Sized>(sorted: &T) -> Result<Vec<u8>, JsonError> {
    let mut text = serde_json::to_vec_pretty(sorted).map_err(JsonError::shape)?;
    text.push(b'\n');
    Ok(text)
}

/// Shows in the text of an error what a terminal would act on, and leaves any other error as it is.
///
/// serde repeats names and texts of a document in its errors (`unknown field`, `unknown variant`,
/// `invalid value`), does not escape them, and a text of a document can be as long as the document:
/// after 8 KiB an ellipsis stands for the rest.
///
/// ```
/// use modelward_artifact::json;
///
/// let error = serde_json::from_str::<std::net::Ipv4Addr>("[1]").unwrap_err();
/// assert_eq!(json::harmless(error).to_string().lines().count(), 1);
/// ```
#[must_use]
pub fn harmless(error: serde_json::Error) -> serde_json::Error {
    let text = error.to_string();
    let shown = told(&text);
    if shown == text {
        error
    } else {
        serde::de::Error::custom(shown)
    }
}

/// Shows a text of an error in one line of at most 8 KiB before it is escaped.
fn told(text: &str) -> String {
    let start = start_of(text, MAX_TOLD);
    let rest = if start.len() < text.len() { "…" } else { "" };
    format!("{}{rest}", Line(start))
}

/// Returns the whole characters among the first `bytes` of a text.
fn start_of(text: &str, bytes: usize) -> &str {
    let mut ends = (0..=text.len().min(bytes)).rev();
    let end = ends.find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or_default()]
}

/// Writes a value with the members of every object sorted, even where another crate of the build
/// turned on `preserve_order` of `serde_json`.
#[derive(Clone, Copy, Debug)]
pub struct Sorted<'a>(&'a Value);

impl<'a> Sorted<'a> {
    /// Takes the value that is to be written.
    #[must_use]
    pub const fn new(value: &'a Value) -> Self {
        Self(value)
    }
}

impl Serialize for Sorted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Array(items) => serializer.collect_seq(items.iter().map(Sorted)),
            // Sorted they are, unless that feature is on; to sort them again would cost a copy.
            Value::Object(members) if members.keys().is_sorted() => {
                let members = members.iter();
                serializer.collect_map(members.map(|(name, value)| (name, Sorted(value))))
            }
            Value::Object(members) => {
                let mut members: Vec<_> = members.iter().collect();
                members.sort_unstable_by_key(|(name, _)| *name);
                let members = members.into_iter();
                serializer.collect_map(members.map(|(name, value)| (name, Sorted(value))))
            }
            scalar => scalar.serialize(serializer),
        }
    }
}

/// Says why a text is not the strict JSON that was expected.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum JsonError {
    /// Arrays and objects nest too deep.
    #[error("json nests deeper than {limit} levels")]
    Depth {
        /// The limit.
        limit: usize,
    },
    /// An object has a member twice.
    #[error("json object has the member `{}` twice", Terminal(member))]
    Duplicate {
        /// The member's name.
        member: String,
    },
    /// An integer cannot be written canonically.
    #[error("integer {number} is beyond 2^53 - 1 and has no canonical form")]
    Integer {
        /// The number.
        number: Number,
    },
    /// The value is JSON, but not of the expected shape.
    #[error("json does not have the expected shape")]
    Shape {
        /// What differs.
        source: serde_json::Error,
    },
    /// The text is not JSON, is cut off, or goes on after its value.
    #[error("malformed json at line {line}, column {column}")]
    Syntax {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted in bytes from 1.
        column: usize,
        /// What was expected there.
        source: serde_json::Error,
    },
    /// The text is too large.
    #[error("json text is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// There are too many values.
    #[error("json has more than {limit} values")]
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// There are too many members and objects.
    #[error("json has more than {limit} members and objects")]
    TooManyMembers {
        /// The limit.
        limit: usize,
    },
}

impl JsonError {
    /// Says that a document has another shape than was expected, as serde tells it, [`harmless`]ly.
    #[must_use]
    pub fn shape(source: serde_json::Error) -> Self {
        let source = harmless(source);
        Self::Shape { source }
    }

    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Depth { .. } => "artifact.json.depth",
            Self::Duplicate { .. } => "artifact.json.duplicate",
            Self::Integer { .. } => "artifact.json.integer",
            Self::Shape { .. } => "artifact.json.shape",
            Self::Syntax { .. } => "artifact.json.syntax",
            Self::TooLarge { .. } => "artifact.json.too_large",
            Self::TooMany { .. } => "artifact.json.too_many",
            Self::TooManyMembers { .. } => "artifact.json.too_many_members",
        }
    }
}

/// Is given each item of a list that is a member of the whole.
type Take<'a> = dyn FnMut(&str, usize, Value) -> Option<Value> + 'a;

/// What all levels of one reading share. The fault is kept here, since serde's error holds text.
struct Context<'a> {
    limits: &'a JsonLimits,
    members: Cell<usize>,
    values: Cell<usize>,
    fault: RefCell<Option<JsonError>>,
    take: Option<RefCell<&'a mut Take<'a>>>,
}

impl<'a> Context<'a> {
    fn new(limits: &'a JsonLimits, take: Option<&'a mut Take<'a>>) -> Self {
        Self {
            limits,
            members: Cell::new(0),
            values: Cell::new(0),
            fault: RefCell::new(None),
            take: take.map(RefCell::new),
        }
    }

    const fn seed(&self) -> Seed<'_, 'a> {
        Seed {
            context: self,
            depth: 0,
            member: None,
        }
    }

    /// Counts a member or an object.
    fn count_member<E: serde::de::Error>(&self) -> Result<(), E> {
        let limit = self.limits.max_members();
        let members = self.members.get() + 1;
        self.members.set(members);
        if members > limit {
            return Err(self.fail(JsonError::TooManyMembers { limit }));
        }
        Ok(())
    }

    fn fail<E: serde::de::Error>(&self, fault: JsonError) -> E {
        let error = E::custom(&fault);
        self.fault.replace(Some(fault));
        error
    }
}

/// Reads a value of any format as a JSON value. [`read_other`] gives it.
#[expect(missing_debug_implementations, reason = "it holds nothing to look at")]
pub struct ValueSeed<'a>(Seed<'a, 'a>);

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.0.deserialize(deserializer)
    }
}

#[derive(Clone, Copy)]
struct Seed<'a, 'c> {
    context: &'a Context<'c>,
    depth: usize,
    /// The name of the value, where it is a member of the whole.
    member: Option<&'a str>,
}

impl Seed<'_, '_> {
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        let limit = self.context.limits.max_depth();
        if self.depth >= limit {
            return Err(self.context.fail(JsonError::Depth { limit }));
        }
        Ok(Self {
            depth: self.depth + 1,
            member: None,
            ..self
        })
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let limit = self.context.limits.max_values();
        let values = self.context.values.get() + 1;
        if values > limit {
            return Err(self.context.fail(JsonError::TooMany { limit }));
        }
        self.context.values.set(values);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a json value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("number is not finite"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut array = Vec::new();
        let mut index = 0;
        while let Some(item) = items.next_element_seed(inner)? {
            array.extend(match (self.member, &self.context.take) {
                (Some(name), Some(take)) => (take.borrow_mut())(name, index, item),
                _ => Some(item),
            });
            index += 1;
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        self.context.count_member()?;
        let mut object = Map::new();
        while let Some(member) = members.next_key::<String>()? {
            self.context.count_member()?;
            match object.entry(member) {
                Entry::Occupied(entry) => {
                    let member = entry.key().clone();
                    return Err(self.context.fail(JsonError::Duplicate { member }));
                }
                Entry::Vacant(entry) => {
                    let member = (self.depth == 0).then_some(entry.key().as_str());
                    let value = members.next_value_seed(Seed { member, ..inner })?;
                    entry.insert(value);
                }
            }
        }
        Ok(Value::Object(object))
    }
}

fn check_integers(value: &Value) -> Result<(), JsonError> {
    match value {
        Value::Array(items) => items.iter().try_for_each(check_integers),
        Value::Object(members) => members.values().try_for_each(check_integers),
        Value::Number(number) => {
            let magnitude = number
                .as_u64()
                .or_else(|| number.as_i64().map(i64::unsigned_abs));
            match magnitude {
                Some(magnitude) if magnitude > MAX_SAFE_INTEGER => Err(JsonError::Integer {
                    number: number.clone(),
                }),
                _ => Ok(()),
            }
        }
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
    }
}
