//! Numbers that CycloneDX bounds. Each keeps the number exactly as it was written.

use serde_json::{Number, Value};
use thiserror::Error;

use crate::shape::{Kind, Wire, is_integer};

/// Says that a number is out of its bounds.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("{found} is not {expected}")]
pub struct InvalidNumber {
    found: Number,
    expected: &'static str,
}

impl InvalidNumber {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "bom.number.invalid"
    }
}

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident: $expected:literal, $kind:expr, $holds:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Eq, PartialEq)]
        pub struct $name(Number);

        impl $name {
            /// Takes a number within the bounds.
            ///
            /// # Errors
            ///
            /// [`InvalidNumber`] for any other.
            pub fn new(number: impl Into<Number>) -> Result<Self, InvalidNumber> {
                let number = number.into();
                if ($holds)(&number) {
                    return Ok(Self(number));
                }
                Err(InvalidNumber { found: number, expected: $expected })
            }

            /// Returns the number as it is written.
            #[must_use]
            pub const fn as_number(&self) -> &Number {
                &self.0
            }
        }

        impl Wire for $name {
            const KIND: Kind = $kind;

            fn from_value(value: Value) -> Option<Self> {
                match value {
                    Value::Number(number) => Self::new(number).ok(),
                    _ => None,
                }
            }

            fn to_value(&self) -> Value {
                Value::Number(self.0.clone())
            }
        }
    )*};
}

numbers! {
    /// Counts from 0.
    Count: "an integer of at least 0", Kind::Integer { least: 0 }, |n: &Number| is_integer(n, 0);
    /// Holds any integer.
    Integer: "an integer", Kind::Integer { least: i64::MIN }, |n: &Number| is_integer(n, i64::MIN);
    /// Counts from 1.
    Positive: "an integer of at least 1", Kind::Integer { least: 1 }, |n: &Number| is_integer(n, 1);
    /// Grades from 0, not at all, to 1, entirely.
    Score: "a number from 0 to 1", Kind::Number { range: Some((0.0, 1.0)) }, is_score;
}

fn is_score(number: &Number) -> bool {
    number
        .as_f64()
        .is_some_and(|score| (0.0..=1.0).contains(&score))
}

impl Positive {
    /// Returns 1.
    #[must_use]
    pub fn one() -> Self {
        Self(1.into())
    }
}

impl Score {
    /// Takes a grade.
    ///
    /// # Errors
    ///
    /// [`InvalidNumber`] for what is not from 0 to 1.
    pub fn from_f64(score: f64) -> Result<Self, InvalidNumber> {
        // What is not finite has no JSON form; 2 stands for it in the message.
        Self::new(Number::from_f64(score).unwrap_or_else(|| 2.into()))
    }
}

impl Wire for Number {
    const KIND: Kind = Kind::Number { range: None };

    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    fn to_value(&self) -> Value {
        Value::Number(self.clone())
    }
}
