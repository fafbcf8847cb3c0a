use std::borrow::Cow;
use std::fmt;

use serde::de::value::{Error as Plain, MapDeserializer, SeqDeserializer, StringDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, EnumAccess, Error as _, Expected, IntoDeserializer,
    Unexpected, VariantAccess, Visitor,
};
use serde::{Deserialize as _, Deserializer};
use serde_json::{Number, Value};

use super::{start_of, told};

/// How many bytes of a name or a text of the document an error repeats.
const MAX_REPEATED: usize = 1 << 10;

/// Turns a value into `T`. The error is [`harmless`](super::harmless), and no dearer for a value that
/// is a long text.
///
/// A value becomes what `serde_json::from_value` makes of it, but for maps whose names are numbers:
/// a name is a text.
///
/// ```
/// use modelward_artifact::json;
///
/// let text = "x".repeat(10_000_000);
/// let error = json::shaped::<u32>(text.into()).unwrap_err().to_string();
/// assert!(error.starts_with(r#"invalid type: string "xxx"#) && error.len() < 2_000);
/// ```
///
/// # Errors
///
/// What serde says where the value is not a `T`.
pub fn shaped<T: DeserializeOwned>(value: Value) -> Result<T, serde_json::Error> {
    T::deserialize(ValueReader::new(value)).map_err(serde_json::Error::from)
}

/// Gives a value to serde as [`shaped`] does, for what wraps a deserializer.
///
/// ```
/// use modelward_artifact::json::ValueReader;
/// use serde::Deserialize as _;
///
/// let error = u32::deserialize(ValueReader::new("\u{1b}[2J".into())).unwrap_err();
/// assert_eq!(error.to_string(), r#"invalid type: string "\u{1b}[2J", expected u32"#);
/// ```
#[derive(Clone, Debug)]
pub struct ValueReader(Value);

impl ValueReader {
    /// Takes the value that is to be read.
    #[must_use]
    pub const fn new(value: Value) -> Self {
        Self(value)
    }
}

/// Writes what serde asks for by kind: a value of no other kind is handed on, for some visitors take
/// more than they ask for, such as null for a map or the number of a field for its name.
macro_rules! only {
    ($($name:ident($($argument:ty),*) $kind:pat,)*) => {
        $(fn $name<V: Visitor<'de>>(
            self,
            $(_: $argument,)*
            visitor: V,
        ) -> Result<V::Value, ShapeError> {
            match &self.0 {
                $kind => self.deserialize_any(visitor),
                other => Err(ShapeError::invalid_type(unexpected(other), &visitor)),
            }
        })*
    };
}

impl<'de> IntoDeserializer<'de, ShapeError> for ValueReader {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for ValueReader {
    type Error = ShapeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Number(number) => number.deserialize_any(visitor).map_err(ShapeError::custom),
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => {
                let mut items = SeqDeserializer::new(items.into_iter().map(Self));
                let value = visitor.visit_seq(&mut items)?;
                items.end().map(|()| value)
            }
            Value::Object(members) => {
                let members = members.into_iter();
                let mut members = MapDeserializer::new(members.map(|(name, it)| (name, Self(it))));
                let value = visitor.visit_map(&mut members)?;
                members.end().map(|()| value)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        let (variant, value) = match self.0 {
            Value::String(variant) => (variant, None),
            Value::Object(members) if members.len() == 1 => {
                let mut members = members.into_iter();
                let (variant, value) = members.next().expect("it has one member");
                (variant, Some(value))
            }
            Value::Object(_) => {
                let expected = "an object with one member";
                return Err(ShapeError::invalid_value(Unexpected::Map, &expected));
            }
            other => return Err(ShapeError::invalid_type(unexpected(&other), &"an enum")),
        };
        visitor.visit_enum(Variant { variant, value })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        visitor.visit_unit()
    }

    only! {
        deserialize_bool() Value::Bool(_),
        deserialize_bytes() Value::String(_) | Value::Array(_),
        deserialize_byte_buf() Value::String(_) | Value::Array(_),
        deserialize_char() Value::String(_),
        deserialize_f32() Value::Number(_),
        deserialize_f64() Value::Number(_),
        deserialize_i8() Value::Number(_),
        deserialize_i16() Value::Number(_),
        deserialize_i32() Value::Number(_),
        deserialize_i64() Value::Number(_),
        deserialize_i128() Value::Number(_),
        deserialize_identifier() Value::String(_),
        deserialize_map() Value::Object(_),
        deserialize_seq() Value::Array(_),
        deserialize_str() Value::String(_),
        deserialize_string() Value::String(_),
        deserialize_struct(&'static str, &'static [&'static str]) Value::Array(_) | Value::Object(_),
        deserialize_tuple(usize) Value::Array(_),
        deserialize_tuple_struct(&'static str, usize) Value::Array(_),
        deserialize_u8() Value::Number(_),
        deserialize_u16() Value::Number(_),
        deserialize_u32() Value::Number(_),
        deserialize_u64() Value::Number(_),
        deserialize_u128() Value::Number(_),
        deserialize_unit() Value::Null,
        deserialize_unit_struct(&'static str) Value::Null,
    }
}

/// The variant of an enum, with its value where it has one.
struct Variant {
    variant: String,
    value: Option<Value>,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = ShapeError;
    type Variant = Content;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Content), ShapeError> {
        let name: StringDeserializer<ShapeError> = self.variant.into_deserializer();
        seed.deserialize(name)
            .map(|name| (name, Content(self.value)))
    }
}

/// What a variant holds.
struct Content(Option<Value>);

impl<'de> VariantAccess<'de> for Content {
    type Error = ShapeError;

    fn unit_variant(self) -> Result<(), ShapeError> {
        self.0
            .map_or(Ok(()), |value| <()>::deserialize(ValueReader(value)))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<T::Value, ShapeError> {
        match self.0 {
            Some(value) => seed.deserialize(ValueReader(value)),
            None => Err(self.not("newtype variant")),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, ShapeError> {
        match self.0 {
            Some(value @ Value::Array(_)) => ValueReader(value).deserialize_any(visitor),
            _ => Err(self.not("tuple variant")),
        }
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        match self.0 {
            Some(value @ Value::Object(_)) => ValueReader(value).deserialize_any(visitor),
            _ => Err(self.not("struct variant")),
        }
    }
}

impl Content {
    fn not(&self, expected: &'static str) -> ShapeError {
        let found = self.0.as_ref().map_or(Unexpected::UnitVariant, unexpected);
        ShapeError::invalid_type(found, &expected)
    }
}

fn unexpected(value: &Value) -> Unexpected<'_> {
    match value {
        Value::Null => Unexpected::Unit,
        Value::Bool(value) => Unexpected::Bool(*value),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => Unexpected::Unsigned(number),
            (None, Some(number)) => Unexpected::Signed(number),
            (None, None) => Unexpected::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Value::String(text) => Unexpected::Str(text),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    }
}

/// Says what of a value has another shape than was expected: one line, with nothing in it that acts
/// on a terminal, and at most 8 KiB.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ShapeError(String);

impl ShapeError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "artifact.json.value"
    }
}

impl From<ShapeError> for serde_json::Error {
    fn from(ShapeError(text): ShapeError) -> Self {
        Self::custom(text)
    }
}

impl serde::de::Error for ShapeError {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Self(told(&text.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let found = Found(found);
        Self::custom(format_args!("invalid type: {found}, expected {expected}"))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let found = Found(found);
        Self::custom(format_args!("invalid value: {found}, expected {expected}"))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::custom(Plain::unknown_variant(&repeated(variant), expected))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::custom(Plain::unknown_field(&repeated(field), expected))
    }
}

/// Returns a name, or its start where it is long.
fn repeated(name: &str) -> Cow<'_, str> {
    let start = start_of(name, MAX_REPEATED);
    if start.len() < name.len() {
        Cow::Owned(format!("{start}…"))
    } else {
        Cow::Borrowed(name)
    }
}

/// Shows what was found as `serde_json` does, but of a text no more than its start.
struct Found<'a>(Unexpected<'a>);

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Unexpected::Unit => f.write_str("null"),
            Unexpected::Float(number) => match Number::from_f64(number) {
                Some(number) => write!(f, "floating point `{number}`"),
                None => self.0.fmt(f),
            },
            Unexpected::Str(text) if text.len() > MAX_REPEATED => {
                write!(f, "string {:?}…", start_of(text, MAX_REPEATED))
            }
            found => found.fmt(f),
        }
    }
}
