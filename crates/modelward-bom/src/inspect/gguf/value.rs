use crate::inspect::gguf::cursor::Cursor;
use crate::inspect::{InspectError, Location};

/// How many elements of an array are kept: lists of languages and tags are short, those of tokens
/// are counted only.
const KEPT: u64 = 64;

/// A metadatum of a GGUF file.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum GgufValue {
    /// A list, of which the first 64 elements are kept.
    Array {
        /// The number of elements in the file.
        length: u64,
        /// The first elements.
        first: Vec<Self>,
    },
    /// True or false.
    Bool(bool),
    /// A number with a fraction.
    Float(f64),
    /// An integer below zero.
    Negative(i64),
    /// A text.
    Text(String),
    /// An integer of at least zero.
    Unsigned(u64),
}

impl GgufValue {
    /// Returns the text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the number, if it is an integer of at least zero.
    #[must_use]
    pub const fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Unsigned(number) => Some(*number),
            _ => None,
        }
    }

    /// Shows the value; each element of a short list of texts by itself, a long list by its length.
    pub(super) fn to_texts(&self) -> Vec<String> {
        match self {
            Self::Array { length, first } => {
                let all = u64::try_from(first.len()).is_ok_and(|kept| kept == *length);
                if all {
                    return first.iter().flat_map(Self::to_texts).collect();
                }
                vec![format!("{length} elements")]
            }
            Self::Bool(value) => vec![value.to_string()],
            Self::Float(number) => vec![number.to_string()],
            Self::Negative(number) => vec![number.to_string()],
            Self::Text(text) => vec![text.clone()],
            Self::Unsigned(number) => vec![number.to_string()],
        }
    }

    pub(super) fn read(cursor: &mut Cursor<'_, '_>) -> Result<Self, InspectError> {
        let kind = cursor.u32("value type")?;
        Self::read_as(cursor, kind, 0)
    }

    fn read_as(cursor: &mut Cursor<'_, '_>, kind: u32, depth: usize) -> Result<Self, InspectError> {
        let at = cursor.position();
        let value = match kind {
            8 => Self::Text(cursor.text("text")?),
            9 => return Self::read_array(cursor, depth),
            7 => match cursor.number("truth value", 1)? {
                0 => Self::Bool(false),
                1 => Self::Bool(true),
                other => return Err(wrong(at, format!("truth value {other}"), "0 or 1")),
            },
            0 | 2 | 4 | 10 => Self::Unsigned(cursor.number("number", width(kind))?),
            1 | 3 | 5 | 11 => {
                let width = width(kind);
                let shift = 64 - 8 * u32::try_from(width).unwrap_or(8);
                // Moved up and back, the sign fills the bytes above.
                let number = (cursor.number("number", width)? << shift).cast_signed() >> shift;
                u64::try_from(number).map_or(Self::Negative(number), Self::Unsigned)
            }
            6 => {
                let bits = u32::try_from(cursor.number("number", 4)?).unwrap_or_default();
                Self::Float(f64::from(f32::from_bits(bits)))
            }
            12 => Self::Float(f64::from_bits(cursor.number("number", 8)?)),
            other => {
                let found = format!("value type {other}");
                return Err(wrong(at, found, "a value type of the format, 0 to 12"));
            }
        };
        Ok(value)
    }

    fn read_array(cursor: &mut Cursor<'_, '_>, depth: usize) -> Result<Self, InspectError> {
        let at = cursor.position();
        let limit = cursor.max_depth();
        if depth >= limit {
            return Err(InspectError::Depth {
                what: "array",
                at: Location::Byte(at),
                limit,
            });
        }
        let kind = cursor.u32("element type")?;
        let length = cursor.length("array length")?;
        cursor.count("array length", length)?;
        let mut first = Vec::new();
        for _ in 0..length.min(KEPT) {
            first.push(Self::read_as(cursor, kind, depth + 1)?);
        }
        let rest = length - length.min(KEPT);
        match kind {
            8 | 9 => {
                for _ in 0..rest {
                    Self::read_as(cursor, kind, depth + 1)?;
                }
            }
            _ => cursor.skip("array", rest.saturating_mul(width(kind)))?,
        }
        Ok(Self::Array { length, first })
    }
}

/// The width in bytes of a number of a type.
const fn width(kind: u32) -> u64 {
    match kind {
        0 | 1 | 7 => 1,
        2 | 3 => 2,
        4..=6 => 4,
        _ => 8,
    }
}

fn wrong(at: u64, found: String, expected: &'static str) -> InspectError {
    InspectError::Malformed {
        what: "metadata",
        at: Location::Byte(at),
        found,
        expected,
    }
}
