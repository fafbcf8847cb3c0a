//! The macro that declares objects of CycloneDX.

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
                    unknown: $crate::shape::rest(members),
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
                            members.serialize_entry(name, &modelward_artifact::json::Sorted::new(value))?;
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

pub(crate) use {
    argument, borrowed, constructor, is_required, member_kind, method, objects, stored,
    take_member, taken,
};
