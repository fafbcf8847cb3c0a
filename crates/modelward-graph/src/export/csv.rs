use std::borrow::Cow;
use std::io::{self, Write};

use modelward_artifact::escape::Terminal;

/// Writes one record (RFC 4180). What is not known is empty, and an empty text has quotes.
pub(super) fn write<'a>(
    out: &mut impl Write,
    fields: impl IntoIterator<Item = Option<Cow<'a, str>>>,
) -> io::Result<()> {
    for (place, field) in fields.into_iter().enumerate() {
        if place > 0 {
            out.write_all(b",")?;
        }
        if let Some(field) = field {
            write_field(out, &field)?;
        }
    }
    out.write_all(b"\r\n")
}

/// Quotes a field that has a special character, and one that readers would cut or take for another:
/// blanks at an end, and a backslash, which alone on a line ends the data for `PostgreSQL`.
fn write_field(out: &mut impl Write, field: &str) -> io::Result<()> {
    let is_special = |c: char| matches!(c, ',' | '"' | '\n' | '\r' | '\\');
    let is_plain = !field.contains(is_special) && field.trim() == field;
    if is_plain && !field.is_empty() {
        return out.write_all(field.as_bytes());
    }
    out.write_all(b"\"")?;
    for (place, part) in field.split('"').enumerate() {
        if place > 0 {
            out.write_all(b"\"\"")?;
        }
        out.write_all(part.as_bytes())?;
    }
    out.write_all(b"\"")
}

/// Shows a text so that a spreadsheet takes it for one, and nothing in it acts.
///
/// Blanks before a formula do not keep every program from it, and an apostrophe before it is hidden,
/// so one more is needed where there is one.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    let shown = Terminal(text).to_string();
    let marks = [
        '=', '+', '-', '@', '\'', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ];
    match shown.trim_start().starts_with(marks) {
        true => format!("'{shown}").into(),
        false if shown == text => text.into(),
        false => shown.into(),
    }
}
