//! The shape of every object of CycloneDX as data, so that checking and converting are one walk.

use serde::{Serialize, Serializer};
use serde_json::{Map, Number, Value};

use crate::SpecVersion;

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

/// A type of the model: how it is taken from JSON and becomes JSON again.
pub(crate) trait Wire: Sized {
    const KIND: Kind;

    /// Takes a value that [`Kind`] lets pass; `None` for any other.
    fn from_value(value: Value) -> Option<Self>;

    fn to_value(&self) -> Value;

    /// Writes it with the members of every object sorted, without making a value of what is large.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Sorted(&self.to_value()).serialize(serializer)
    }
}

/// Writes a value of the model.
pub(crate) struct Writing<'a, T>(pub(crate) &'a T);

impl<T: Wire> Serialize for Writing<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// Writes the members of every object sorted, even where another crate of the build turned on
/// `preserve_order` of `serde_json`.
pub(crate) struct Sorted<'a>(pub(crate) &'a Value);

impl Serialize for Sorted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Array(items) => serializer.collect_seq(items.iter().map(Sorted)),
            Value::Object(members) => {
                let mut members: Vec<_> = members.iter().collect();
                members.sort_unstable_by_key(|(name, _)| *name);
                serializer.collect_map(
                    members
                        .into_iter()
                        .map(|(name, value)| (name, Sorted(value))),
                )
            }
            scalar => scalar.serialize(serializer),
        }
    }
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

pub(crate) static ANY_TEXT: Rule = Rule {
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
        Sorted(self).serialize(serializer)
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
        items.into_iter().map(T::from_value).collect()
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

/// The shape of an object of which nothing is said but its members.
pub(crate) const BARE: Shape = Shape {
    name: "",
    members: &[],
    exactly_one: &[],
    at_most_one: &[],
    at_least_one: &[],
    open: false,
};

pub(crate) fn take_required<T: Wire>(members: &mut Map<String, Value>, name: &str) -> Option<T> {
    T::from_value(members.remove(name)?)
}

/// Declares objects of CycloneDX: the type, its constructor, builder and accessors, its shape.
///
/// A member is `required`, `optional`, or `fixed` (set by hand-written constructors alone), then how
/// it is shown (`text`, `copy`, `one`, `many`), then accessor, builder, type, name and version.
macro_rules! objects {
    ($(
        $(#[$doc:meta])*
        $name:ident = $schema:literal $([$($rule:ident: $groups:expr),*])? {
            $(
                $(#[$field_doc:meta])*
                $need:ident $show:ident $field:ident $with:ident: $type:ty = $member:literal $since:ident
                    $([$($flag:ident = $flag_value:expr),*])?;
            )*
        }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq)]
        pub struct $name {
            $($field: $crate::shape::stored!($need $show $type),)*
            unknown: serde_json::Map<String, serde_json::Value>,
        }

        $crate::shape::constructor!($name; public; {}; {}; $($need $show $field $type;)*);

        impl $name {
            $($crate::shape::method!($(#[$field_doc])* $need $show $field $with $type);)*

            /// Returns the members that CycloneDX does not have there; they are kept.
            #[must_use]
            pub const fn unknown_members(&self) -> &serde_json::Map<String, serde_json::Value> {
                &self.unknown
            }
        }

        impl $crate::shape::Wire for $name {
            const KIND: $crate::shape::Kind = $crate::shape::Kind::Object(|| {
                static SHAPE: $crate::shape::Shape = $crate::shape::Shape {
                    name: $schema,
                    members: &[$($crate::shape::Member {
                        name: $member,
                        since: $crate::SpecVersion::$since,
                        required: $crate::shape::is_required!($need),
                        kind: $crate::shape::member_kind!($show $type $(, $($flag = $flag_value),*)?),
                    },)*],
                    $($($rule: $groups,)*)?
                    ..$crate::shape::BARE
                };
                &SHAPE
            });

            fn from_value(value: serde_json::Value) -> Option<Self> {
                let serde_json::Value::Object(mut members) = value else {
                    return None;
                };
                Some(Self {
                    $($field: $crate::shape::take_member!($need members $member),)*
                    unknown: members,
                })
            }

            fn to_value(&self) -> serde_json::Value {
                let mut members = self.unknown.clone();
                $($crate::shape::put(
                    &mut members,
                    $member,
                    $crate::shape::borrowed!($need self $field),
                );)*
                serde_json::Value::Object(members)
            }

            fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap as _;

                let mut names: Vec<&str> = self.unknown.keys().map(String::as_str).collect();
                $(if $crate::shape::borrowed!($need self $field).is_some() {
                    names.push($member);
                })*
                names.sort_unstable();
                let mut members = serializer.serialize_map(Some(names.len()))?;
                for name in names {
                    match name {
                        $($member => if let Some(value) = $crate::shape::borrowed!($need self $field) {
                            members.serialize_entry(name, &$crate::shape::Writing(value))?;
                        },)*
                        _ => if let Some(value) = self.unknown.get(name) {
                            members.serialize_entry(name, &$crate::shape::Sorted(value))?;
                        },
                    }
                }
                members.end()
            }
        }

        /// Shows the object as its JSON: of some forty members few are there.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($name), $crate::shape::Wire::to_value(self))
            }
        }

        /// Writes the object as CycloneDX has it, with the members that are not known.
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::shape::Wire::write(self, serializer)
            }
        }
    )*};
}

macro_rules! stored {
    (required many $type:ty) => { Vec<$type> };
    (required one $type:ty) => { Box<$type> };
    (required $show:ident $type:ty) => { $type };
    ($need:ident many $type:ty) => { Option<Vec<$type>> };
    ($need:ident one $type:ty) => { Option<Box<$type>> };
    ($need:ident $show:ident $type:ty) => { Option<$type> };
}

macro_rules! is_required {
    (required) => {
        true
    };
    ($need:ident) => {
        false
    };
}

macro_rules! member_kind {
    (many $type:ty $(, $($flag:ident = $value:expr),*)?) => {
        $crate::shape::list(&<$type as $crate::shape::Wire>::KIND)$($(.$flag($value))*)?
    };
    ($show:ident $type:ty) => { <$type as $crate::shape::Wire>::KIND };
}

macro_rules! take_member {
    (required $members:ident $member:literal) => {
        $crate::shape::take_required(&mut $members, $member)?
    };
    ($need:ident $members:ident $member:literal) => {
        $crate::shape::take(&mut $members, $member)?
    };
}

macro_rules! borrowed {
    (required $this:ident $field:ident) => {
        Some(&$this.$field)
    };
    ($need:ident $this:ident $field:ident) => {
        $this.$field.as_ref()
    };
}

/// Makes `new` of the required members; where a member is fixed, the private `bare`.
macro_rules! constructor {
    ($name:ident; public; {}; {$($field:ident)*};) => {
        impl $name {
            /// Makes one that says nothing.
            #[must_use]
            pub fn new() -> Self {
                Self {
                    $($field: None,)*
                    unknown: serde_json::Map::new(),
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    ($name:ident; public; {$(($show:ident $given:ident $type:ty))+}; {$($field:ident)*};) => {
        impl $name {
            /// Makes one of what it cannot be without.
            #[must_use]
            pub fn new($($given: $crate::shape::argument!($show $type)),+) -> Self {
                Self {
                    $($given: $crate::shape::taken!($show $given),)+
                    $($field: None,)*
                    unknown: serde_json::Map::new(),
                }
            }
        }
    };
    ($name:ident; private; {$(($show:ident $given:ident $type:ty))*}; {$($field:ident)*};) => {
        impl $name {
            fn bare($($given: $crate::shape::argument!($show $type)),*) -> Self {
                Self {
                    $($given: $crate::shape::taken!($show $given),)*
                    $($field: None,)*
                    unknown: serde_json::Map::new(),
                }
            }
        }
    };
    ($name:ident; $vis:ident; {$($given:tt)*}; {$($field:ident)*}; required $show:ident $next:ident $type:ty; $($rest:tt)*) => {
        $crate::shape::constructor!($name; $vis; {$($given)* ($show $next $type)}; {$($field)*}; $($rest)*);
    };
    ($name:ident; $vis:ident; {$($given:tt)*}; {$($field:ident)*}; optional $show:ident $next:ident $type:ty; $($rest:tt)*) => {
        $crate::shape::constructor!($name; $vis; {$($given)*}; {$($field)* $next}; $($rest)*);
    };
    ($name:ident; $vis:ident; {$($given:tt)*}; {$($field:ident)*}; fixed $show:ident $next:ident $type:ty; $($rest:tt)*) => {
        $crate::shape::constructor!($name; private; {$($given)*}; {$($field)* $next}; $($rest)*);
    };
}

macro_rules! argument {
    (many $type:ty) => { impl IntoIterator<Item = impl Into<$type>> };
    ($show:ident $type:ty) => { impl Into<$type> };
}

macro_rules! taken {
    (many $given:ident) => {
        $given.into_iter().map(Into::into).collect()
    };
    (one $given:ident) => {
        Box::new($given.into())
    };
    ($show:ident $given:ident) => {
        $given.into()
    };
}

/// Makes the accessor of a member, and its builder method unless the member is fixed.
macro_rules! method {
    ($(#[$doc:meta])* required text $field:ident $with:ident $type:ty) => {
        $(#[$doc])*
        #[must_use]
        pub fn $field(&self) -> &str {
            self.$field.as_ref()
        }
    };
    ($(#[$doc:meta])* required copy $field:ident $with:ident $type:ty) => {
        $(#[$doc])*
        #[must_use]
        pub const fn $field(&self) -> $type {
            self.$field
        }
    };
    ($(#[$doc:meta])* required one $field:ident $with:ident $type:ty) => {
        $(#[$doc])*
        #[must_use]
        pub fn $field(&self) -> &$type {
            &self.$field
        }
    };
    ($(#[$doc:meta])* required many $field:ident $with:ident $type:ty) => {
        $(#[$doc])*
        #[must_use]
        pub fn $field(&self) -> &[$type] {
            &self.$field
        }
    };
    ($(#[$doc:meta])* fixed text $field:ident $with:ident $type:ty) => {
        $(#[$doc])*
        #[must_use]
        pub fn $field(&self) -> Option<&str> {
            self.$field.as_ref().map(AsRef::as_ref)
        }
    };
    ($(#[$doc:meta])* fixed copy $field:ident $with:ident $type:ty) => {
        $(#[$doc])*
        #[must_use]
        pub const fn $field(&self) -> Option<$type> {
            self.$field
        }
    };
    ($(#[$doc:meta])* fixed one $field:ident $with:ident $type:ty) => {
        $(#[$doc])*
        #[must_use]
        pub fn $field(&self) -> Option<&$type> {
            self.$field.as_deref()
        }
    };
    ($(#[$doc:meta])* fixed many $field:ident $with:ident $type:ty) => {
        $(#[$doc])*
        #[must_use]
        pub fn $field(&self) -> &[$type] {
            self.$field.as_deref().unwrap_or_default()
        }
    };
    ($(#[$doc:meta])* optional $show:ident $field:ident $with:ident $type:ty) => {
        $crate::shape::method!($(#[$doc])* fixed $show $field $with $type);

        #[doc = concat!("States what [`Self::", stringify!($field), "`] returns.")]
        #[must_use]
        pub fn $with(mut self, $field: $crate::shape::argument!($show $type)) -> Self {
            self.$field = Some($crate::shape::taken!($show $field));
            self
        }
    };
}

/// Declares a vocabulary of CycloneDX.
macro_rules! words {
    ($(
        $(#[$doc:meta])*
        $name:ident {
            $($variant:ident = $word:literal $since:ident,)*
        }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = concat!("`", $word, "`")]
                $variant,
            )*
        }

        impl $name {
            /// Lists every word.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the standard's own word.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// Finds the word; `None` where the standard does not have it.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.name() == name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }

        impl $crate::shape::Wire for $name {
            const KIND: $crate::shape::Kind = $crate::shape::Kind::Words(&[
                $($crate::shape::Word { name: $word, since: $crate::SpecVersion::$since },)*
            ]);

            fn from_value(value: serde_json::Value) -> Option<Self> {
                Self::from_name(value.as_str()?)
            }

            fn to_value(&self) -> serde_json::Value {
                self.name().into()
            }

            fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
    )*};
}

pub(crate) use {
    argument, borrowed, constructor, is_required, member_kind, method, objects, stored,
    take_member, taken, words,
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
