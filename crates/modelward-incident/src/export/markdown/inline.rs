use std::fmt::{self, Write as _};

use modelward_artifact::escape::Markup;

/// Holds Markdown that stands in a line: a cell, an item, a part of a sentence.
///
/// Only its constructors make it, so that no text gets into a document unescaped.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Inline(String);

impl Inline {
    /// Escapes a text so that it is shown as it is, and stays in its line and its cell.
    ///
    /// - ASCII marks that make markup get a backslash or become an entity; marks that make markup
    ///   only where a block begins get it there.
    /// - Line breaks, a lone carriage return too, become `<br>`, other blanks one blank.
    /// - What would reorder or hide text becomes a visible `\u{..}`.
    /// - An address becomes no link.
    pub(super) fn text(text: &str) -> Self {
        Self(escaped(text, "<br>"))
    }

    /// Escapes a text as [`Inline::text`] does, but for line breaks, which become blanks.
    pub(super) fn line(text: &str) -> Self {
        Self(escaped(text, " "))
    }

    /// Writes a text of ours that has markup on purpose.
    pub(super) fn ours(markdown: &'static str) -> Self {
        Self(markdown.to_owned())
    }

    /// Joins parts that are not empty.
    pub(super) fn joined(parts: impl IntoIterator<Item = Self>, between: &'static str) -> Self {
        let parts = parts.into_iter().map(|Self(part)| part);
        let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
        Self(parts.join(between))
    }
}

impl fmt::Display for Inline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn escaped(text: &str, between: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let lines = text.split(['\n', '\r']);
    let lines = lines.map(|line| line.trim_matches(|c: char| c.is_ascii_whitespace()));
    for (at, line) in lines.filter(|line| !line.is_empty()).enumerate() {
        if at > 0 {
            out.push_str(between);
        }
        escape_line(&mut out, line, at == 0);
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
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '^' | '#' => {
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
            _ if c.is_ascii_graphic() || c == ' ' => out.push(c),
            // The backslash of what is shown instead of a character is a mark of its own.
            _ => out.push_str(&shown(c).replace('\\', "\\\\")),
        }
    }
}

fn ends_with_www(text: &str) -> bool {
    let tail = text.as_bytes().last_chunk::<3>();
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(b"www"))
}

/// Shows a character that is not ASCII, or that it is one which would reorder or hide others.
fn shown(c: char) -> String {
    let mut out = String::new();
    let written = write!(out, "{}", Markup(c.encode_utf8(&mut [0; 4])));
    written.expect("writing to a string does not fail");
    out
}

#[cfg(test)]
mod tests {
    use super::Inline;

    #[test]
    fn texts_cannot_make_markup() {
        let cases = [
            ("plain words, 3.5 % of it", "plain words, 3.5 % of it"),
            ("a|b", r"a\|b"),
            ("a\nb", "a<br>b"),
            ("a\r# b\r\n\r\n  c\td", r"a<br>\# b<br>c d"),
            ("<script>&amp;", "&lt;script&gt;&amp;amp;"),
            ("`x` *y* __z__ ~~s~~", r"\`x\` \*y\* \_\_z\_\_ \~\~s\~\~"),
            ("![i](u) [l](u)", r"!\[i\](u) \[l\](u)"),
            ("# title #", r"\# title \#"),
            ("- item - 1", r"\- item - 1"),
            ("+ item", r"\+ item"),
            ("> quote", "&gt; quote"),
            ("1. item 2. item", r"1\. item 2. item"),
            ("12) item", r"12\) item"),
            ("4.2.1", "4.2.1"),
            ("=== x", r"\=== x"),
            ("    code", "code"),
            ("https://example.org", r"https\://example.org"),
            ("www.example.org WWW.x.org", r"www\.example.org WWW\.x.org"),
            ("$x$ \\", r"\$x\$ \\"),
            ("a\u{202e}b\u{200b}", r"a\\u{202e}b\\u{200b}"),
            ("naïve 模型", "naïve 模型"),
        ];
        for (text, expected) in cases {
            assert_eq!(Inline::text(text).to_string(), expected, "{text}");
        }
        assert_eq!(Inline::line("a\nb\rc").to_string(), "a b c");
    }
}
