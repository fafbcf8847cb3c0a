//! Writes canonical JSON (RFC 8785) without a copy of the value, as `json::canonical` makes one.
//!
//! A log of a million entries is written once more when it is opened, to compare.

use std::io::Write as _;

use modelward_artifact::json::{self, JsonError};
use serde::Serialize;
use serde_json::{Map, Number, Value};

/// The largest integer that RFC 8785 can write without loss: 2^53 - 1.
const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// How deep arrays and objects may nest.
const MAX_DEPTH: usize = 64;

pub(super) fn write_object(
    out: &mut Vec<u8>,
    members: &Map<String, Value>,
) -> Result<(), JsonError> {
    object(out, members, 1)
}

pub(super) fn write_value(out: &mut Vec<u8>, value: &Value) -> Result<(), JsonError> {
    write(out, value, 0)
}

/// Makes of every number the one that is read where it was written: 1.0 is written as 1.
///
/// A number that has no form stays, and is refused when it is written.
pub(super) fn as_read(members: &mut Map<String, Value>) {
    let mut rest: Vec<&mut Value> = members.values_mut().collect();
    while let Some(value) = rest.pop() {
        match value {
            Value::Array(items) => rest.extend(items),
            Value::Object(members) => rest.extend(members.values_mut()),
            Value::Number(number) if number.is_f64() => {
                let text = json::canonical(number).ok();
                let read = text.and_then(|text| serde_json::from_slice(&text).ok());
                if let Some(read) = read {
                    *number = read;
                }
            }
            Value::Bool(_) | Value::Null | Value::Number(_) | Value::String(_) => {}
        }
    }
}

/// Writes what serde knows as a text or a small record of texts in order.
pub(super) fn write_plain<T: Serialize + ?Sized>(
    out: &mut Vec<u8>,
    value: &T,
) -> Result<(), JsonError> {
    serde_json::to_writer(out, value).map_err(JsonError::shape)
}

fn write(out: &mut Vec<u8>, value: &Value, depth: usize) -> Result<(), JsonError> {
    match value {
        Value::Array(items) => array(out, items, depth + 1),
        Value::Bool(true) => {
            out.extend_from_slice(b"true");
            Ok(())
        }
        Value::Bool(false) => {
            out.extend_from_slice(b"false");
            Ok(())
        }
        Value::Null => {
            out.extend_from_slice(b"null");
            Ok(())
        }
        Value::Number(number) => write_number(out, number),
        Value::Object(members) => object(out, members, depth + 1),
        Value::String(text) => write_plain(out, text),
    }
}

fn array(out: &mut Vec<u8>, items: &[Value], depth: usize) -> Result<(), JsonError> {
    check_depth(depth)?;
    out.push(b'[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write(out, item, depth)?;
    }
    out.push(b']');
    Ok(())
}

fn object(out: &mut Vec<u8>, members: &Map<String, Value>, depth: usize) -> Result<(), JsonError> {
    check_depth(depth)?;
    // Names of ASCII sort alike in UTF-8 and in UTF-16, which RFC 8785 sorts by.
    if members.keys().all(|name| name.is_ascii()) && members.keys().is_sorted() {
        return in_order(out, members.iter(), depth);
    }
    let mut sorted: Vec<_> = members.iter().collect();
    sorted.sort_by_cached_key(|(name, _)| name.encode_utf16().collect::<Vec<_>>());
    in_order(out, sorted.into_iter(), depth)
}

fn in_order<'a>(
    out: &mut Vec<u8>,
    members: impl Iterator<Item = (&'a String, &'a Value)>,
    depth: usize,
) -> Result<(), JsonError> {
    out.push(b'{');
    for (index, (name, value)) in members.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_plain(out, name)?;
        out.push(b':');
        write(out, value, depth)?;
    }
    out.push(b'}');
    Ok(())
}

fn write_number(out: &mut Vec<u8>, number: &Number) -> Result<(), JsonError> {
    let refused = || JsonError::Integer {
        number: number.clone(),
    };
    let integer = number.as_u64().map(|n| (n, ""));
    let negative = || number.as_i64().map(|n| (n.unsigned_abs(), "-"));
    if let Some((magnitude, sign)) = integer.or_else(negative) {
        if magnitude > MAX_SAFE_INTEGER {
            return Err(refused());
        }
        write!(out, "{sign}{magnitude}").expect("a vector takes every byte");
        return Ok(());
    }
    let text = json::canonical(number)?;
    // Such a float is written as an integer, which would be refused when it is read again.
    let digits = text.strip_prefix(b"-").unwrap_or(&text);
    let whole = digits.iter().all(u8::is_ascii_digit);
    if whole && number.as_f64().is_some_and(|n| n.abs() >= 2_f64.powi(53)) {
        return Err(refused());
    }
    out.extend_from_slice(&text);
    Ok(())
}

const fn check_depth(depth: usize) -> Result<(), JsonError> {
    if depth > MAX_DEPTH {
        return Err(JsonError::Depth { limit: MAX_DEPTH });
    }
    Ok(())
}
