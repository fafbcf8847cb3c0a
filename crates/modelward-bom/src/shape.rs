//! The shape of every object of CycloneDX as data, so that checking and converting are one walk.

mod objects;
mod wire;
mod words;

use serde_json::{Number, Value};

use crate::SpecVersion;

pub(crate) use self::objects::{
    argument, borrowed, constructor, is_required, member_kind, method, objects, stored,
    take_member, taken,
};
pub(crate) use self::wire::{Wire, Writing, put, rest, take, take_required};
pub(crate) use self::words::words;

/// The shape of one kind of object.
#[derive(Debug)]
pub(crate) struct Shape {
    /// The name that the schema gives it.
    pub(crate) name: &'static str,
    pub(crate) members: &'static [Member],
    /// Each group names members of which exactly one has to be there.
    pub(crate) exactly_one: &'static [&'static [&'static str]],
    /// Members that exclude each other.
    pub(crate) at_most_one: &'static [&'static [&'static str]],
    /// Each group names members of which at least one has to be there.
    pub(crate) at_least_one: &'static [&'static [&'static str]],
    /// Whether the schema lets the object have members of any name.
    pub(crate) open: bool,
}

/// One member of an object.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: &'static str,
    /// The first version of CycloneDX that has it.
    pub(crate) since: SpecVersion,
    pub(crate) required: bool,
    pub(crate) kind: Kind,
}

/// What a value may be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// Anything: what is carried and not looked into.
    Any,
    /// The first that fits by the type of JSON.
    Either(&'static [Self]),
    Flag,
    Integer {
        least: i64,
    },
    List {
        item: &'static Self,
        unique: bool,
        least: usize,
    },
    Number {
        range: Option<(f64, f64)>,
    },
    Object(fn() -> &'static Shape),
    Text(&'static Rule),
    Words(&'static [Word]),
}

/// What a text has to be like.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) expected: &'static str,
    pub(crate) holds: fn(&str) -> bool,
}

/// A word of a vocabulary.
#[derive(Debug)]
pub(crate) struct Word {
    pub(crate) name: &'static str,
    pub(crate) since: SpecVersion,
}

impl Shape {
    pub(crate) fn member(&self, name: &str) -> Option<&'static Member> {
        self.members.iter().find(|member| member.name == name)
    }
}

impl Kind {
    /// Picks the kind that a value is meant to be, by its type in JSON.
    pub(crate) fn of(self, value: &Value) -> Self {
        let Self::Either(kinds) = self else {
            return self;
        };
        let fitting = kinds.iter().map(|kind| kind.of(value));
        fitting
            .clone()
            .find(|kind| kind.fits(value))
            .or_else(|| fitting.clone().next())
            .unwrap_or(Self::Any)
    }

    /// Tells whether the type in JSON is right, and for an object whether its required members are
    /// there.
    fn fits(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Any, _)
            | (Self::Flag, Value::Bool(_))
            | (Self::List { .. }, Value::Array(_))
            | (Self::Integer { .. } | Self::Number { .. }, Value::Number(_))
            | (Self::Text(_) | Self::Words(_), Value::String(_)) => true,
            (Self::Object(shape), Value::Object(members)) => shape()
                .members
                .iter()
                .filter(|member| member.required)
                .all(|member| members.contains_key(member.name)),
            _ => false,
        }
    }

    /// What a reader is told to expect.
    pub(crate) fn expected(self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::Either(kinds) => kinds.first().map_or("a value", |kind| kind.expected()),
            Self::Flag => "true or false",
            Self::Integer { .. } => "an integer",
            Self::List { .. } => "a list",
            Self::Number { .. } => "a number",
            Self::Object(_) => "an object",
            Self::Text(rule) => rule.expected,
            Self::Words(_) => "a word of the vocabulary",
        }
    }
}

/// Tells whether a number is an integer as JSON Schema has it: `1.0` is one.
pub(crate) fn is_integer(number: &Number, least: i64) -> bool {
    if let Some(value) = number.as_i64() {
        return value >= least;
    }
    number.is_u64()
        || number
            .as_f64()
            .is_some_and(|value| value.fract() == 0.0 && value >= least_as_float(least))
}

fn least_as_float(least: i64) -> f64 {
    i32::try_from(least).map_or(f64::MIN, f64::from)
}

/// The shape of an object of which nothing is said but its members.
pub(crate) const BARE: Shape = Shape {
    name: "",
    members: &[],
    exactly_one: &[],
    at_most_one: &[],
    at_least_one: &[],
    open: false,
};

/// The kind of a list, to which conditions are added.
pub(crate) const fn list(item: &'static Kind) -> Kind {
    Kind::List {
        item,
        unique: false,
        least: 0,
    }
}

impl Kind {
    pub(crate) const fn unique(self, unique: bool) -> Self {
        match self {
            Self::List { item, least, .. } => Self::List {
                item,
                unique,
                least,
            },
            other => other,
        }
    }

    pub(crate) const fn least(self, least: usize) -> Self {
        match self {
            Self::List { item, unique, .. } => Self::List {
                item,
                unique,
                least,
            },
            other => other,
        }
    }
}
