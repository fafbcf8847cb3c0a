//! The macro that declares vocabularies of CycloneDX.

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

pub(crate) use words;
