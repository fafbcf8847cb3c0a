//! BOM-Links: names that hold across documents.

use serde_json::Value;

use crate::percent;
use crate::vex::link::is_uuid;

/// Returns the BOM-Link of a document, or why its serial number makes none, if it has one.
pub(super) fn base_of(document: &Value) -> Result<String, Option<&'static str>> {
    let serial = match &document["serialNumber"] {
        Value::Null => return Err(None),
        Value::String(serial) => serial.strip_prefix("urn:uuid:"),
        _ => None,
    };
    let Some(serial) = serial.filter(|serial| is_uuid(serial)) else {
        return Err(Some("serial number is not a uuid"));
    };
    // A document that does not count its versions is the first one.
    let version = document["version"].as_u64().unwrap_or(1);
    Ok(format!("urn:cdx:{}/{version}", serial.to_ascii_lowercase()))
}

/// Returns a BOM-Link in the one form in which ids have it, or nothing where a text is none.
///
/// The part after `#` is percent-encoded by some tools and left as it is by others. It was encoded if
/// nothing that encoding would replace stands in it.
pub(super) fn canonical(text: &str) -> Option<String> {
    let rest = text.strip_prefix("urn:cdx:")?;
    let (document, name) = match rest.split_once('#') {
        Some((document, name)) => (document, Some(name)),
        None => (rest, None),
    };
    let (serial, version) = document.split_once('/')?;
    if !is_uuid(serial) || version.is_empty() || !version.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let document = format!("urn:cdx:{}/{version}", serial.to_ascii_lowercase());
    Some(match name {
        Some(name) => format!("{document}#{}", decoded(name).as_deref().unwrap_or(name)),
        None => document,
    })
}

/// Decodes a text that was percent-encoded as a whole.
fn decoded(text: &str) -> Option<String> {
    let was_encoded = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.!~*'()%".contains(&byte);
    text.bytes()
        .all(was_encoded)
        .then(|| percent::decoded(text))?
}
