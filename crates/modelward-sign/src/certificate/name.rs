use std::fmt;

use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::{Any, Encode as _, Tag, Tagged as _};
use x509_cert::name::Name;

/// `emailAddress` (PKCS #9), which old certificates have in their name.
const EMAIL_ADDRESS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.1");

/// Holds a distinguished name in the form in which names are compared (RFC 5280, section 7.1).
///
/// Case and runs of blanks do not count in texts, nor does the kind of string.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct DistinguishedName {
    /// RFC 4514.
    text: String,
    /// The relative names from the root on, each with its attributes sorted.
    relative: Vec<Vec<Attribute>>,
    emails: Vec<String>,
}

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Attribute {
    oid: ObjectIdentifier,
    value: Value,
}

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Value {
    Der(Vec<u8>),
    Text(String),
}

impl DistinguishedName {
    pub(crate) fn of(name: &Name) -> Self {
        let relative = name.iter_rdn().map(|relative| {
            let mut attributes: Vec<_> = relative.iter().map(Attribute::of).collect();
            attributes.sort();
            attributes
        });
        let emails = name
            .iter()
            .filter(|attribute| attribute.oid == EMAIL_ADDRESS);
        Self {
            text: name.to_string(),
            relative: relative.collect(),
            // What cannot be read stays as one that no constraint permits.
            emails: emails
                .map(|attribute| text(&attribute.value).unwrap_or_default())
                .collect(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.relative.is_empty()
    }

    /// Tells whether two names are the same to RFC 5280.
    pub(crate) fn matches(&self, other: &Self) -> bool {
        self.relative == other.relative
    }

    /// Tells whether this name is `base` or lies below it.
    pub(crate) fn is_within(&self, base: &Self) -> bool {
        self.relative.starts_with(&base.relative)
    }

    /// Returns the e-mail addresses in the name.
    pub(crate) fn emails(&self) -> &[String] {
        &self.emails
    }

    /// Returns the name as RFC 4514 writes it.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for DistinguishedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Attribute {
    fn of(attribute: &AttributeTypeAndValue) -> Self {
        let value = match text(&attribute.value) {
            Some(text) => Value::Text(folded(&text)),
            None => Value::Der(attribute.value.to_der().unwrap_or_default()),
        };
        Self {
            oid: attribute.oid,
            value,
        }
    }
}

/// Reads the kinds of strings that stand in names. What is none of them is compared as it is.
fn text(value: &Any) -> Option<String> {
    let bytes = value.value();
    match value.tag() {
        Tag::Utf8String | Tag::PrintableString | Tag::Ia5String => {
            String::from_utf8(bytes.to_vec()).ok()
        }
        Tag::TeletexString => Some(bytes.iter().copied().map(char::from).collect()),
        Tag::BmpString => {
            let units = bytes.chunks_exact(2);
            let whole = units.remainder().is_empty();
            let units: Vec<_> = units
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                .collect();
            whole.then(|| String::from_utf16(&units).ok()).flatten()
        }
        _ => None,
    }
}

fn folded(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}
