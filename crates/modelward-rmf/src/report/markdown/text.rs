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
    /// - Line breaks become `<br>`, other blanks one blank.
    /// - What would reorder or hide text becomes a visible `\u{..}`.
    /// - A name such as `www.example.org` becomes no link.
    pub(super) fn text(text: &str) -> Self {
        let mut out = String::with_capacity(text.len() + text.len() / 8);
        let mut is_start = true;
        let blank = |c: char| c.is_ascii_whitespace();
        let lines = text.lines().map(|line| line.trim_matches(blank));
        for (at, line) in lines.filter(|line| !line.is_empty()).enumerate() {
            if at > 0 {
                out.push_str("<br>");
            }
            escape_line(&mut out, line, is_start);
            is_start = false;
        }
        Self(out)
    }

    /// Writes a text of ours that has markup on purpose.
    pub(super) fn ours(markdown: &'static str) -> Self {
        Self(markdown.to_owned())
    }

    /// Writes a text in monospace, such as a digest. Backticks are not allowed in code, so they
    /// become other marks.
    pub(super) fn code(text: &str) -> Self {
        let clean = text.replace(['`', '|', '\n', '\r'], "'");
        Self(format!("`{}`", shown(&clean)))
    }

    /// Writes a text in bold.
    pub(super) fn bold(text: &str) -> Self {
        let Self(inner) = Self::text(text);
        Self(if inner.is_empty() {
            inner
        } else {
            format!("**{inner}**")
        })
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

fn escape_line(out: &mut String, line: &str, is_start: bool) {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in line.char_indices() {
        let rest = &line[at + c.len_utf8()..];
        let begins_block = is_start
            && (at == 0 && "#+-=:".contains(c)
                || at == digits
                    && digits > 0
                    && ".)".contains(c)
                    && !rest.starts_with(char::is_alphanumeric));
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '^' => {
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
            _ => out.push_str(&shown(c.encode_utf8(&mut [0; 4])).replace('\\', "\\\\")),
        }
    }
}

fn ends_with_www(text: &str) -> bool {
    let tail = text.as_bytes().last_chunk::<3>();
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(b"www"))
}

/// Shows what would reorder or hide; leaves the rest.
fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_graphic() || c == ' ' {
            out.push(c);
        } else {
            let written = write!(out, "{}", Markup(c.encode_utf8(&mut [0; 4])));
            written.expect("writing to a string does not fail");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, proptest};

    use super::Inline;

    #[test]
    fn texts_cannot_make_markup() {
        let cases = [
            ("plain words, 3.5 % of it", "plain words, 3.5 % of it"),
            ("a|b", r"a\|b"),
            ("a\nb", "a<br>b"),
            ("a\r\n\r\n  b\tc", "a<br>b c"),
            ("<script>&amp;", "&lt;script&gt;&amp;amp;"),
            ("`x` *y* __z__ ~~s~~", r"\`x\` \*y\* \_\_z\_\_ \~\~s\~\~"),
            ("![i](u) [l](u)", r"!\[i\](u) \[l\](u)"),
            ("# title #", r"\# title #"),
            ("- item - 1", r"\- item - 1"),
            ("+ item", r"\+ item"),
            ("> quote", "&gt; quote"),
            ("1. item 2. item", r"1\. item 2. item"),
            ("12) item", r"12\) item"),
            ("4.2.1", "4.2.1"),
            ("=== x", r"\=== x"),
            ("    code", "code"),
            ("x\n- no item", "x<br>- no item"),
            ("https://example.org", r"https\://example.org"),
            ("www.example.org WWW.x.org", r"www\.example.org WWW\.x.org"),
            ("$x$ \\", r"\$x\$ \\"),
            ("a\u{202e}b\u{200b}", r"a\\u{202e}b\\u{200b}"),
            ("naïve 模型", "naïve 模型"),
        ];
        for (text, expected) in cases {
            assert_eq!(Inline::text(text).to_string(), expected, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn what_is_escaped_reads_as_it_was(text in "\\PC{0,40}") {
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let escaped = Inline::text(&text).to_string();
            assert_eq!(words(&read(&escaped)), words(&visible(&text)));
        }
    }

    /// Reads Markdown as a renderer would that finds no markup but `<br>`, and fails where it would
    /// find some.
    fn read(markdown: &str) -> String {
        let mut out = String::new();
        let mut rest = markdown;
        while let Some(c) = rest.chars().next() {
            let entities = [("<br>", "\n"), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")];
            if let Some((mark, plain)) = entities.iter().find(|(mark, _)| rest.starts_with(mark)) {
                out.push_str(plain);
                rest = &rest[mark.len()..];
                continue;
            }
            rest = &rest[c.len_utf8()..];
            if c == '\\' {
                let escaped = rest.chars().next().unwrap();
                assert!(escaped.is_ascii_punctuation(), "{markdown}");
                out.push(escaped);
                rest = &rest[escaped.len_utf8()..];
                continue;
            }
            assert!(!"`*_[]|<>&~$^".contains(c), "{c} in {markdown}");
            out.push(c);
        }
        out
    }

    fn visible(text: &str) -> String {
        let mut out = String::new();
        for c in text.chars() {
            match c {
                _ if c.is_ascii() => out.push(c),
                _ => out.push_str(&super::shown(c.encode_utf8(&mut [0; 4]))),
            }
        }
        out
    }
}
