use std::fmt;

use super::{Terminal, visible};

/// Holds Markdown that stands in a line: a cell, an item, a part of a sentence.
///
/// It is made by its constructors alone, so that no text gets into a document unescaped.
///
/// ```
/// use modelward_artifact::escape::Markdown;
///
/// let title = Markdown::text("# a | b\nwww.example.org");
/// assert_eq!(title.to_string(), r"\# a \| b<br>www\.example.org");
/// let line = Markdown::joined([Markdown::ours("**Title**"), title], ": ");
/// assert_eq!(line.to_string(), r"**Title**: \# a \| b<br>www\.example.org");
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Markdown(String);

impl Markdown {
    /// Escapes a text so that it is shown as it is, and stays in its line and its cell.
    ///
    /// - ASCII marks that make markup get a backslash or become an entity; marks that make markup
    ///   only where a block begins get it there.
    /// - Line breaks, a lone carriage return too, become `<br>`, other blanks one blank.
    /// - What would reorder or hide text becomes a visible `\u{..}`.
    /// - An address, also one of mail or without a scheme, becomes no link.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self(escaped(text, "<br>"))
    }

    /// Escapes a text as [`Markdown::text`] does, but for line breaks, which become blanks.
    #[must_use]
    pub fn line(text: &str) -> Self {
        Self(escaped(text, " "))
    }

    /// Writes a text of the caller's own that has markup on purpose.
    #[must_use]
    pub fn ours(markdown: &'static str) -> Self {
        Self(markdown.to_owned())
    }

    /// Writes a text in monospace, such as a digest or a name, as [`Terminal`] shows it.
    ///
    /// Nothing can be escaped in code, so backticks, bars and blanks at an end become `\u{..}` too:
    /// two texts never look the same.
    #[must_use]
    pub fn code(text: &str) -> Self {
        let shown = Terminal(text).to_string();
        let inner = shown.trim_matches(' ');
        let start = shown.len() - shown.trim_start_matches(' ').len();
        let mut out = String::from("`");
        for (at, c) in shown.char_indices() {
            let is_end = c == ' ' && !(start..start + inner.len()).contains(&at);
            match c {
                '`' => out.push_str("\\u{60}"),
                '|' => out.push_str("\\u{7c}"),
                ' ' if is_end => out.push_str("\\u{20}"),
                _ => out.push(c),
            }
        }
        out.push('`');
        Self(out)
    }

    /// Writes a text in bold.
    #[must_use]
    pub fn bold(text: &str) -> Self {
        let Self(inner) = Self::text(text);
        Self(if inner.is_empty() {
            inner
        } else {
            format!("**{inner}**")
        })
    }

    /// Joins parts that are not empty.
    #[must_use]
    pub fn joined(parts: impl IntoIterator<Item = Self>, between: &'static str) -> Self {
        let parts = parts.into_iter().map(|Self(part)| part);
        let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
        Self(parts.join(between))
    }
}

impl fmt::Display for Markdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn escaped(text: &str, between: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let lines = text.split(['\n', '\r']);
    let lines = lines.map(|line| line.trim_matches([' ', '\t']));
    for (at, line) in lines.filter(|line| !line.is_empty()).enumerate() {
        if at > 0 {
            out.push_str(between);
        }
        escape_line(&mut out, &visible(line), at == 0);
    }
    out
}

fn escape_line(out: &mut String, line: &str, is_start: bool) {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in line.char_indices() {
        let rest = &line[at + c.len_utf8()..];
        let is_number = at == digits
            && digits > 0
            && ".)".contains(c)
            && !rest.starts_with(char::is_alphanumeric);
        let begins_block = is_start && (at == 0 && "+-=:".contains(c) || is_number);
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '^' | '#' | '@' => {
                out.push('\\');
                out.push(c);
            }
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            ':' if rest.starts_with("//") => out.push_str("\\:"),
            '.' if ends_with_www(&line[..at]) => out.push_str("\\."),
            '\t' => out.push(' '),
            _ if begins_block => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
}

fn ends_with_www(text: &str) -> bool {
    let tail = text.as_bytes().last_chunk::<3>();
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(b"www"))
}
