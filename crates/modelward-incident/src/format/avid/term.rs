use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Holds a closed list of texts that AVID uses for something.
pub trait Vocabulary: Copy + Eq + fmt::Debug + Sized + 'static {
    /// Every value, in the order of the format.
    const ALL: &'static [Self];

    /// Returns the text that documents have.
    fn wire(self) -> &'static str;

    /// Returns the value that a document means by exactly this text.
    #[must_use]
    fn from_wire(text: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|value| value.wire() == text)
    }
}

/// Holds a text of a document: a value of a vocabulary, or what stands there instead.
///
/// ```
/// use modelward_incident::format::avid::{RiskDomain, Term};
///
/// let term = Term::<RiskDomain>::new("Security");
/// assert_eq!(term, RiskDomain::Security.into());
/// let term = Term::<RiskDomain>::new("Safety");
/// assert_eq!((term.known(), term.as_str()), (None, "Safety"));
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Term<T>(Inner<T>);

#[derive(Clone, Debug, Eq, PartialEq)]
enum Inner<T> {
    Known(T),
    Other(Box<str>),
}

impl<T: Vocabulary> Term<T> {
    /// Takes a text as it stands in a document.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(T::from_wire(text).map_or_else(|| Inner::Other(text.into()), Inner::Known))
    }

    /// Returns the value, where the text is one of the vocabulary.
    #[must_use]
    pub const fn known(&self) -> Option<T> {
        match &self.0 {
            Inner::Known(value) => Some(*value),
            Inner::Other(_) => None,
        }
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Inner::Known(value) => value.wire(),
            Inner::Other(text) => text,
        }
    }
}

impl<T: Vocabulary> From<T> for Term<T> {
    fn from(value: T) -> Self {
        Self(Inner::Known(value))
    }
}

impl<T: Vocabulary> Serialize for Term<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de, T: Vocabulary> Deserialize<'de> for Term<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        Ok(Self::new(&text))
    }
}

/// Writes an enum of a vocabulary: each value with the text that documents have.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$note:meta])* $value:ident = $wire:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum $name { $($(#[$note])* $value,)+ }

        impl $crate::format::avid::Vocabulary for $name {
            const ALL: &'static [Self] = &[$(Self::$value,)+];

            fn wire(self) -> &'static str {
                match self { $(Self::$value => $wire,)+ }
            }
        }
    };
}

pub(super) use vocabulary;
