//! Texts that CycloneDX gives a form. Each keeps the text exactly as it was written.

use std::fmt;
use std::str::FromStr;

use modelward_artifact::Timestamp;
use modelward_artifact::escape::Terminal;
use serde::Serializer;
use serde_json::Value;
use thiserror::Error;

use crate::license;
use crate::shape::{Kind, Rule, Wire};

/// Says that a text does not have the form that CycloneDX asks for.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("`{}` is not {expected}", Terminal(found))]
pub struct InvalidText {
    found: String,
    expected: &'static str,
}

impl InvalidText {
    pub(crate) const fn of(found: String, expected: &'static str) -> Self {
        Self { found, expected }
    }

    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "bom.text.invalid"
    }
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident: $expected:literal, $holds:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub struct $name(String);

        impl $name {
            /// Takes a text of the right form.
            ///
            /// # Errors
            ///
            /// [`InvalidText`] for any other.
            pub fn new(text: impl Into<String>) -> Result<Self, InvalidText> {
                let text = text.into();
                if ($holds)(text.as_str()) {
                    return Ok(Self(text));
                }
                Err(InvalidText { found: text, expected: $expected })
            }

            /// Returns the text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidText;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::new(text)
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl Wire for $name {
            const KIND: Kind = Kind::Text(&Rule { expected: $expected, holds: $holds });

            fn from_value(value: Value) -> Option<Self> {
                Self::new(String::from_value(value)?).ok()
            }

            fn to_value(&self) -> Value {
                Value::String(self.0.clone())
            }

            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    )*};
}

texts! {
    /// Names a part of the document (`bom-ref`), or a part of another by its BOM-Link.
    BomRef: "a name that is not empty", |text: &str| !text.is_empty();
    /// Holds a point in time (RFC 3339).
    DateTime: "a point in time as of RFC 3339", is_date_time;
    /// Holds an address to write to (RFC 6531).
    Email: "an e-mail address", is_email;
    /// Holds a digest in hexadecimal digits.
    HashContent: "32, 40, 64, 96 or 128 hexadecimal digits", is_digest;
    /// Holds an address or a relative reference (RFC 3987).
    Iri: "an address (RFC 3987)", is_iri_reference;
    /// Names a language and perhaps a region, such as `en` or `en-US`.
    Locale: "a language such as `en` or `en-US`", is_locale;
    /// Names a media type, such as `application/octet-stream`.
    MediaType: "a media type in lowercase", is_media_type;
    /// Holds a number in the Common Requirement Enumeration, such as `CRE:764-507`.
    OpenCre: "a number such as `CRE:764-507`", is_open_cre;
    /// Identifies a document: `urn:uuid:` and a UUID in lowercase.
    SerialNumber: "`urn:uuid:` and a uuid in lowercase", is_serial_number;
    /// Names a license or an exception of the SPDX license list.
    SpdxId: "an identifier of the SPDX license list", license::is_listed;
    /// Holds a version of at most 1024 characters.
    Version: "a version of at most 1024 characters", |text: &str| text.chars().count() <= 1024;
    /// Holds a range of versions in vers syntax.
    VersionRange: "a range of versions of 1 to 4096 characters", is_version_range;
}

impl DateTime {
    /// Returns the point in time.
    ///
    /// # Panics
    ///
    /// Never: the text was parsed when this was made.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        self.0.parse().expect("parsed when it was made")
    }
}

impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.to_string())
    }
}

impl BomRef {
    /// Makes a name of two parts, such as `dataset:acme/reviews`.
    pub(crate) fn of(kind: &str, name: &str) -> Self {
        Self(format!("{kind}:{name}"))
    }
}

/// Tells whether texts under a rule name parts of the document.
pub(crate) fn is_bom_ref(rule: &Rule) -> bool {
    match BomRef::KIND {
        Kind::Text(own) => own.expected == rule.expected,
        _ => false,
    }
}

fn is_date_time(text: &str) -> bool {
    text.parse::<Timestamp>().is_ok()
}

/// The quoted local parts of RFC 5322 are taken too, since the schema takes them.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let blank = |part: &str| part.is_empty() || part.contains(char::is_whitespace);
    !domain.starts_with('.') && !domain.ends_with('.') && !blank(local) && !blank(domain)
}

fn is_digest(text: &str) -> bool {
    matches!(text.len(), 32 | 40 | 64 | 96 | 128) && text.bytes().all(|c| c.is_ascii_hexdigit())
}

fn is_iri_reference(text: &str) -> bool {
    fluent_uri::IriRef::parse(text).is_ok()
}

fn is_locale(text: &str) -> bool {
    let lower = |part: &str| part.len() == 2 && part.bytes().all(|c| c.is_ascii_lowercase());
    let upper = |part: &str| part.len() == 2 && part.bytes().all(|c| c.is_ascii_uppercase());
    match text.split_once('-') {
        None => lower(text),
        Some((language, region)) => lower(language) && upper(region),
    }
}

fn is_media_type(text: &str) -> bool {
    let allowed = |c: u8| matches!(c, b'-' | b'+' | b'.' | b'a'..=b'z' | b'0'..=b'9');
    let part = |part: &str| !part.is_empty() && part.bytes().all(allowed);
    text.split_once('/')
        .is_some_and(|(kind, subtype)| part(kind) && part(subtype))
}

fn is_open_cre(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
    text.strip_prefix("CRE:")
        .and_then(|numbers| numbers.split_once('-'))
        .is_some_and(|(first, second)| digits(first) && digits(second))
}

fn is_serial_number(text: &str) -> bool {
    let Some(uuid) = text.strip_prefix("urn:uuid:") else {
        return false;
    };
    let groups: Vec<&str> = uuid.split('-').collect();
    let digit = |c: u8| c.is_ascii_digit() || matches!(c, b'a'..=b'f');
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(digit))
}

fn is_version_range(text: &str) -> bool {
    (1..=4096).contains(&text.chars().count())
}
