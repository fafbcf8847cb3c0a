//! Writes names from outside so that they cannot act on what shows them.
//!
//! ```
//! use modelward_artifact::escape::{Markup, Terminal};
//!
//! assert_eq!(Terminal("a\u{1b}[2Jb").to_string(), r"a\u{1b}[2Jb");
//! assert_eq!(Markup("<b>&").to_string(), "&lt;b&gt;&amp;");
//! ```

mod markdown;

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::path::Path;

pub use self::markdown::Markdown;

/// Displays a text with everything escaped that a terminal could act on or hide.
///
/// Control characters, line breaks, bidirectional overrides, invisible format characters and the
/// backslash itself become `\u{..}`, `\n`, `\r`, `\t` or `\\`, so two different texts never look
/// the same by escaping.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a wrapper around what it shows")]
pub struct Terminal<'a>(pub &'a str);

impl fmt::Display for Terminal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '\n' => f.write_str("\\n"),
            '\r' => f.write_str("\\r"),
            '\t' => f.write_str("\\t"),
            '\\' => f.write_str("\\\\"),
            _ => write_shown(f, c),
        })
    }
}

/// Displays a path as [`Terminal`] does a text; bytes that are no UTF-8 become `\xff`.
///
/// ```
/// use std::path::Path;
///
/// use modelward_artifact::escape::TerminalPath;
///
/// assert_eq!(TerminalPath(Path::new("a\u{1b}b/c")).to_string(), r"a\u{1b}b/c");
/// ```
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a wrapper around what it shows")]
pub struct TerminalPath<'a>(pub &'a Path);

impl fmt::Display for TerminalPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.0.as_os_str().as_encoded_bytes();
        bytes.utf8_chunks().try_for_each(|chunk| {
            Terminal(chunk.valid()).fmt(f)?;
            let mut invalid = chunk.invalid().iter();
            invalid.try_for_each(|byte| write!(f, "\\x{byte:02x}"))
        })
    }
}

/// Displays a text of several lines whose names are escaped already, as [`Terminal`] does it.
///
/// It is the last net before a terminal: line breaks and tabs stay, backslashes are not doubled, and
/// whatever else a terminal could act on or hide becomes a visible `\u{..}`.
///
/// ```
/// use modelward_artifact::escape::{Lines, Terminal};
///
/// let text = format!("files:\n{}\n", Terminal("a\nb"));
/// assert_eq!(Lines(&text).to_string(), "files:\na\\nb\n");
/// assert_eq!(Lines("forgotten \u{1b}[2J").to_string(), r"forgotten \u{1b}[2J");
/// ```
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a wrapper around what it shows")]
pub struct Lines<'a>(pub &'a str);

impl fmt::Display for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '\n' | '\t' => f.write_char(c),
            _ => write_shown(f, c),
        })
    }
}

/// Displays a text of one line whose names may be escaped already, as what another library says.
///
/// It differs from [`Lines`] in that line breaks and tabs are shown too, and from [`Terminal`] in that
/// backslashes are not doubled.
///
/// ```
/// use modelward_artifact::escape::Line;
///
/// assert_eq!(Line("no member `a\n` \\n").to_string(), r"no member `a\n` \n");
/// ```
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a wrapper around what it shows")]
pub struct Line<'a>(pub &'a str);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '\n' => f.write_str("\\n"),
            '\r' => f.write_str("\\r"),
            '\t' => f.write_str("\\t"),
            _ => write_shown(f, c),
        })
    }
}

/// Displays a text of JSON so that it can stand on a terminal and is the same JSON.
///
/// What JSON writers leave as it is and a terminal acts on or hides becomes the escape `\uXXXX` of
/// JSON: outside of its strings JSON has no such character.
///
/// ```
/// use modelward_artifact::escape::JsonText;
///
/// assert_eq!(JsonText("[\"a\u{202e}b\"]").to_string(), r#"["a\u202eb"]"#);
/// ```
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a wrapper around what it shows")]
pub struct JsonText<'a>(pub &'a str);

impl fmt::Display for JsonText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '\n' | '\r' | '\t' => f.write_char(c),
            _ if acts_or_hides(c) => {
                let mut units = [0; 2];
                let mut units = c.encode_utf16(&mut units).iter();
                units.try_for_each(|unit| write!(f, "\\u{unit:04x}"))
            }
            _ => f.write_char(c),
        })
    }
}

/// Displays a text for HTML, SVG and XML, in element content or in a quoted attribute.
///
/// The five markup characters become entities, and so do tabs and carriage returns. What XML forbids
/// or what would reorder or hide text becomes a visible `\u{..}`; line breaks stay. Backslashes before
/// such an escape, or before what only looks like one, are doubled, so two texts never become one.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a wrapper around what it shows")]
pub struct Markup<'a>(pub &'a str);

impl fmt::Display for Markup<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        ShownMarkup(&visible(self.0)).fmt(f)
    }
}

/// Displays a text for markup that [`Terminal`] showed before, the whole or a part of it.
///
/// It differs from [`Markup`] in that the escapes it meets are taken for ours, and stay.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a wrapper around what it shows")]
pub struct ShownMarkup<'a>(pub &'a str);

impl fmt::Display for ShownMarkup<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            '\n' => f.write_char(c),
            // Readers of XML turn these into others unless they are told so.
            '\r' => f.write_str("&#13;"),
            '\t' => f.write_str("&#9;"),
            _ => write_shown(f, c),
        })
    }
}

/// Shows what acts or hides, but for tabs and line breaks, so that two texts stay two.
fn visible(text: &str) -> Cow<'_, str> {
    let acts = |c: char| acts_or_hides(c) && !matches!(c, '\n' | '\r' | '\t');
    if !text.contains(acts) && !text.contains("\\u{") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let tail = rest.trim_start_matches('\\');
        if tail.len() < rest.len() {
            let run = &rest[..rest.len() - tail.len()];
            out.push_str(run);
            if tail.starts_with("u{") || tail.starts_with(acts) {
                out.push_str(run);
            }
            rest = tail;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if acts(c) {
            write_shown(&mut out, c).expect("writing to a string does not fail");
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Writes a character, or its number where it acts or hides.
fn write_shown(out: &mut impl fmt::Write, c: char) -> fmt::Result {
    if acts_or_hides(c) {
        write!(out, "\\u{{{:x}}}", u32::from(c))
    } else {
        out.write_char(c)
    }
}

/// Tells whether a character moves the cursor, reorders its neighbours or shows nothing.
///
/// Besides controls these are the default ignorable code points of Unicode 16.0, separators of lines
/// and paragraphs, format controls of old scripts, the blank pattern of Braille and what is never a
/// character.
fn acts_or_hides(c: char) -> bool {
    c.is_control()
        || u32::from(c) & 0xfffe == 0xfffe
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{fdd0}'..='\u{fdef}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{13430}'..='\u{1343f}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}
