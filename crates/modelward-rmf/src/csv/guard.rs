use std::borrow::Cow;

/// Returns a text as it stands in a cell that no spreadsheet takes for a formula.
///
/// A text whose first character, blanks aside, is one of `= + - @`, their full-width forms, a tab
/// or a line break, and one that begins with an apostrophe, gets one apostrophe in front.
///
/// ```
/// use modelward_rmf::csv::{guarded, unguarded};
///
/// assert_eq!(guarded("=HYPERLINK(1)"), "'=HYPERLINK(1)");
/// assert_eq!(guarded("'tis"), "''tis");
/// assert_eq!(guarded("a = b"), "a = b");
/// assert_eq!(unguarded(&guarded("'=1")), "'=1");
/// assert_eq!(unguarded("'tis"), "'tis");
/// ```
#[must_use]
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_risky(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Takes back what [`guarded`] does: one leading apostrophe, where what follows it would be guarded.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_risky(text) => text,
        _ => cell,
    }
}

fn is_risky(text: &str) -> bool {
    if text.starts_with(['\'', '\t', '\r', '\n']) {
        return true;
    }
    // Some spreadsheets drop blanks, others what is not shown, before they look for a formula.
    let hidden = |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}');
    let marks = [
        '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ];
    text.trim_start_matches(hidden).starts_with(marks)
}
