//! The form of names in the Common Platform Enumeration, version 2.3.

/// The attributes after the prefix: part, vendor, product, version, update, edition, language,
/// software edition, target software, target hardware, other.
const ATTRIBUTES: usize = 11;

/// Tells whether a text is a formatted string of CPE 2.3, as the schema of CSAF has it.
pub(super) fn is_cpe(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("cpe:2.3:") else {
        return false;
    };
    let attributes = split(rest);
    attributes.len() == ATTRIBUTES
        && attributes
            .iter()
            .enumerate()
            .all(|(index, text)| match index {
                0 => matches!(*text, "a" | "h" | "o" | "*" | "-"),
                6 => is_language(text),
                _ => is_attribute(text),
            })
}

/// Splits at colons that no backslash stands before.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut is_quoted) = (0, false);
    for (at, byte) in text.bytes().enumerate() {
        if byte == b':' && !is_quoted {
            parts.push(&text[start..at]);
            start = at + 1;
        }
        is_quoted = byte == b'\\' && !is_quoted;
    }
    parts.push(&text[start..]);
    parts
}

fn is_language(text: &str) -> bool {
    let (tongue, region) = match text.split_once('-') {
        Some(("", "")) => return true,
        Some((tongue, region)) => (tongue, Some(region)),
        None => (text, None),
    };
    let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    text == "*"
        || (2..=3).contains(&tongue.len())
            && letters(tongue)
            && region.is_none_or(|text| {
                (text.len() == 2 && letters(text)) || (text.len() == 3 && digits(text))
            })
}

/// Tells whether a text is `*`, `-` or one value or more, between wildcards or none.
fn is_attribute(text: &str) -> bool {
    if matches!(text, "*" | "-") {
        return true;
    }
    let inner = strip(text, str::strip_prefix);
    let mut bytes = strip(inner, strip_end).bytes();
    let mut is_empty = true;
    while let Some(byte) = bytes.next() {
        is_empty = false;
        let is_plain = byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        let is_quoted = byte == b'\\'
            && bytes
                .next()
                .is_some_and(|byte| b"\\*?!\"#$%&'()+,/:;<=>@[]^`{|}~".contains(&byte));
        if !is_plain && !is_quoted {
            return false;
        }
    }
    !is_empty
}

/// Takes one `*`, or question marks, away at one end.
fn strip<'t>(text: &'t str, take: fn(&'t str, char) -> Option<&'t str>) -> &'t str {
    if let Some(rest) = take(text, '*') {
        return rest;
    }
    let mut text = text;
    while let Some(rest) = take(text, '?') {
        text = rest;
    }
    text
}

/// Takes a wildcard away at the end, unless it is quoted.
fn strip_end(text: &str, wildcard: char) -> Option<&str> {
    let rest = text.strip_suffix(wildcard)?;
    let slashes = rest.bytes().rev().take_while(|byte| *byte == b'\\').count();
    slashes.is_multiple_of(2).then_some(rest)
}
