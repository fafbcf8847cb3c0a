//! Text as OSCAL's data types want it.

use std::fmt::Write as _;

use fluent_uri::UriRef;
use modelward_artifact::{Date, Timestamp};

use crate::oscal::OscalError;

/// The longest title in characters.
const TITLE: usize = 120;

/// Returns the words of a text with single blanks between them: the data type string, if anything is
/// left, which is so for every `Text`.
pub(super) fn line(text: &str) -> String {
    // Readers disagree whether a byte order mark is a blank.
    let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    let mut line = String::with_capacity(text.len());
    for word in text.split(blank).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Returns the beginning of a text as markup of one line.
pub(super) fn title(text: &str) -> String {
    let line = line(text);
    match line.char_indices().nth(TITLE) {
        None => prose(&line),
        Some((end, _)) => prose(&line[..end]) + "\u{2026}",
    }
}

/// Returns a text as markup that shows it as it was written.
///
/// A backslash stands before what OSCAL's Markdown would act on, and before every backslash.
pub(super) fn prose(text: &str) -> String {
    let mut markup = String::with_capacity(text.len() + text.len() / 16);
    let mut begins = true;
    let mut number = false;
    let mut before = '\n';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied().unwrap_or('\n');
        let acts = match c {
            '\\' | '`' | '*' | '[' | '<' | '~' | '^' | '{' => true,
            // Between letters it is a letter.
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            '&' => after == '#' || after.is_alphabetic(),
            '!' => after == '[',
            '#' | '>' | '=' | '|' => begins,
            '+' | '-' => begins && (after.is_whitespace() || after == c),
            '.' | ')' => number && after.is_whitespace(),
            _ => false,
        };
        if acts {
            markup.push('\\');
        }
        markup.push(c);
        number = c.is_ascii_digit() && (begins || number);
        begins = c == '\n' || c == '\r' || (begins && c.is_whitespace());
        before = c;
    }
    markup
}

/// Returns the text that [`prose`] was given.
pub(super) fn plain(markup: &str) -> String {
    let mut text = String::with_capacity(markup.len());
    let mut rest = markup.chars().peekable();
    while let Some(c) = rest.next() {
        match rest.peek() {
            Some(after) if c == '\\' && after.is_ascii_punctuation() => {
                text.push(*after);
                rest.next();
            }
            _ => text.push(c),
        }
    }
    text
}

/// Tells whether a text is of the data type token and has no letters but those of ASCII.
pub(super) fn is_token(text: &str) -> bool {
    let mut rest = text.bytes();
    let first = rest
        .next()
        .is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    first && rest.all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
}

/// Returns a place as a URI reference to another document.
pub(super) fn href(location: &str) -> String {
    let drive = location.as_bytes().get(1) == Some(&b':');
    let reference = |text: &str| !text.starts_with('#') && UriRef::parse(text).is_ok();
    if reference(location) && !drive {
        return location.to_owned();
    }
    let gently = encoded(location, b"-._~:/?#[]@!$&'()*+,;=%");
    if reference(&gently) && !drive {
        return gently;
    }
    // Neither a colon nor a number sign is left, so it is a path.
    encoded(location, b"-._~/")
}

/// Returns a text as a part of a URI's path.
pub(super) fn segment(text: &str) -> String {
    encoded(text, b"-._~")
}

/// Returns an instant, if OSCAL has its year.
pub(super) fn instant(what: &'static str, at: Timestamp) -> Result<String, OscalError> {
    let found = at.to_string();
    // The first digit tells, since there is no year before 1970 here.
    if found.as_bytes()[0] > b'2' {
        return Err(OscalError::Year { what, found });
    }
    Ok(found)
}

/// Returns the last second of a day, if OSCAL has its year.
pub(super) fn end_of(what: &'static str, day: Date) -> Result<String, OscalError> {
    let found = day.to_string();
    if found.as_bytes()[0] > b'2' {
        return Err(OscalError::Year { what, found });
    }
    Ok(format!("{found}T23:59:59Z"))
}

fn encoded(text: &str, kept: &[u8]) -> String {
    let mut path = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            path.push(char::from(byte));
        } else {
            write!(path, "%{byte:02X}").expect("writing to a string does not fail");
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use fluent_uri::UriRef;
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    use super::{href, line, plain, prose, title};

    #[test]
    fn markup_shows_what_was_written() {
        let cases = [
            ("two_moons, 1 * 2, `x`", r"two_moons, 1 \* 2, \`x\`"),
            ("_all_ & &amp; {{ x }}", r"\_all\_ & \&amp; \{\{ x }}"),
            (
                "# no title\n- no list\n1. no item\n> no quote",
                "\\# no title\n\\- no list\n1\\. no item\n\\> no quote",
            ),
            (r"C:\models [a](b) <b>", r"C:\\models \[a](b) \<b>"),
            (
                "a - b, see 3. > 3.1 # 4 \"x\"",
                "a - b, see 3. > 3.1 # 4 \"x\"",
            ),
        ];
        for (text, markup) in cases {
            assert_eq!(prose(text), markup);
            assert_eq!(plain(markup), text);
        }
    }

    #[test]
    fn places_become_references() {
        let cases = [
            ("https://example.org/a?b=c", "https://example.org/a?b=c"),
            ("https://example.org/a b", "https://example.org/a%20b"),
            ("reports/50 %.pdf", "reports/50%20%25.pdf"),
            ("#3", "%233"),
            ("C:\\audit\\a.pdf", "C%3A%5Caudit%5Ca.pdf"),
            ("shelf 3: files", "shelf%203%3A%20files"),
            ("Ordner/Prüfung", "Ordner/Pr%C3%BCfung"),
        ];
        for (location, reference) in cases {
            assert_eq!(href(location), reference);
        }
    }

    proptest! {
        #[test]
        fn markup_is_undone(text in any::<String>()) {
            prop_assert_eq!(plain(&prose(&text)), text);
        }

        #[test]
        fn every_place_becomes_a_reference_to_another_document(location in "\\PC+") {
            let reference = href(&location);
            prop_assert!(UriRef::parse(reference.as_str()).is_ok() && !reference.starts_with('#'));
        }

        #[test]
        fn lines_have_no_breaks_and_titles_are_short(text in any::<String>()) {
            let line = line(&text);
            let breaks = ['\n', '\r', '\u{2028}'];
            prop_assert!(!line.contains(breaks) && line.trim() == line);
            prop_assert!(title(&text).chars().count() <= 241);
        }
    }
}
