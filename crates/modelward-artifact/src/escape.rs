//! Writes names from outside so that they cannot act on what shows them.
//!
//! ```
//! use modelward_artifact::escape::{Markup, Terminal};
//!
//! assert_eq!(Terminal("a\u{1b}[2Jb").to_string(), r"a\u{1b}[2Jb");
//! assert_eq!(Markup("<b>&").to_string(), "&lt;b&gt;&amp;");
//! ```

mod markdown;

use std::fmt::{self, Write as _};

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
            _ if acts_or_hides(c) => write!(f, "\\u{{{:x}}}", u32::from(c)),
            _ => f.write_char(c),
        })
    }
}

/// Displays a text for HTML, SVG and XML, in element content or in a quoted attribute.
///
/// The five markup characters become entities. What XML forbids or what would reorder the text
/// becomes a visible `\u{..}`; tabs and line breaks stay.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a wrapper around what it shows")]
pub struct Markup<'a>(pub &'a str);

impl fmt::Display for Markup<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            '\n' | '\r' | '\t' => f.write_char(c),
            _ if acts_or_hides(c) => write!(f, "\\u{{{:x}}}", u32::from(c)),
            _ => f.write_char(c),
        })
    }
}

/// Tells whether a character moves the cursor, reorders its neighbours or shows nothing.
fn acts_or_hides(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{fffe}'..='\u{ffff}'
                | '\u{e0000}'..='\u{e007f}'
        )
}
