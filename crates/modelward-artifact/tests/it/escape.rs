use modelward_artifact::escape::{Markdown, Markup, Terminal};
use proptest::prelude::*;

#[test]
fn what_acts_on_a_terminal_is_shown_instead() {
    let cases = [
        ("plain name.bin", "plain name.bin"),
        ("\u{e9}\u{1f600}", "\u{e9}\u{1f600}"),
        ("a\u{1b}]0;title\u{7}b", r"a\u{1b}]0;title\u{7}b"),
        ("line\nbreak\r\t", r"line\nbreak\r\t"),
        ("gpj.\u{202e}exe", r"gpj.\u{202e}exe"),
        ("zero\u{200b}width", r"zero\u{200b}width"),
        (r"a\nb", r"a\\nb"),
        ("\u{9b}2J", r"\u{9b}2J"),
    ];
    for (text, shown) in cases {
        assert_eq!(Terminal(text).to_string(), shown);
    }
}

#[test]
fn what_acts_in_markup_is_shown_instead() {
    let text = "<script a='\"&\u{202e}\u{0}\n";
    assert_eq!(
        Markup(text).to_string(),
        "&lt;script a=&#39;&quot;&amp;\\u{202e}\\u{0}\n"
    );
}

#[test]
fn texts_cannot_make_markup() {
    let cases = [
        ("plain words, 3.5 % of it", "plain words, 3.5 % of it"),
        ("a|b", r"a\|b"),
        ("a\nb", "a<br>b"),
        ("a\r\n\r\n  b\tc", "a<br>b c"),
        ("a\r# b", r"a<br>\# b"),
        ("jo@example.org", r"jo\@example.org"),
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
        ("x\n- no item", "x<br>- no item"),
        ("https://example.org", r"https\://example.org"),
        ("www.example.org WWW.x.org", r"www\.example.org WWW\.x.org"),
        ("$x$ \\", r"\$x\$ \\"),
        ("a\u{202e}b\u{200b}", r"a\\u{202e}b\\u{200b}"),
        ("\\\u{fe00}", r"\\\\\\u{fe00}"),
        (r"\u{fe00}", r"\\\\u{fe00}"),
        ("naïve 模型", "naïve 模型"),
    ];
    for (text, expected) in cases {
        assert_eq!(Markdown::text(text).to_string(), expected, "{text}");
    }
    assert_eq!(Markdown::line("a\nb\rc").to_string(), "a b c");
    assert_eq!(
        Markdown::code("a`b|c\u{202e}").to_string(),
        r"`a\u{60}b\u{7c}c\u{202e}`"
    );
    assert_eq!(Markdown::bold("a*").to_string(), r"**a\***");
    assert_eq!(Markdown::bold(" "), Markdown::default());
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
        assert!(!"`*_[]|<>&~$^#@".contains(c), "{c} in {markdown}");
        out.push(c);
    }
    out
}

/// Reads what is shown of a text back: an odd number of backslashes before `u{` ends with an escape.
fn decode(shown: &str) -> String {
    let mut out = String::new();
    let mut rest = shown;
    while !rest.is_empty() {
        let tail = rest.trim_start_matches('\\');
        let backslashes = rest.len() - tail.len();
        let Some(number) = tail.strip_prefix("u{").filter(|_| backslashes > 0) else {
            let end = rest[backslashes..].find('\\');
            let end = end.map_or(rest.len(), |end| backslashes + end);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        };
        out.push_str(&rest[..backslashes / 2]);
        if backslashes.is_multiple_of(2) {
            out.push_str("u{");
            rest = number;
            continue;
        }
        let (hex, after) = number.split_once('}').unwrap();
        let number = u32::from_str_radix(hex, 16).unwrap();
        out.push(char::from_u32(number).unwrap());
        rest = after;
    }
    out
}

proptest! {
    #[test]
    fn what_is_escaped_for_markdown_reads_as_it_was(
        text in "\\PC{0,40}|[\\\\u{}2e0*\u{202e}\u{fe00}]{0,12}|(\\\\{0,3}(u\\{2e\\}?|\u{fe00}|x)){0,4}",
    ) {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let escaped = Markdown::text(&text).to_string();
        prop_assert_eq!(words(&decode(&read(&escaped))), words(&text));
    }

    #[test]
    fn two_texts_never_look_the_same(a in ".*", b in ".*") {
        prop_assert_eq!(a == b, Terminal(&a).to_string() == Terminal(&b).to_string());
    }

    #[test]
    fn no_control_character_gets_through(text in "\\PC*|[\\x00-\\x1f\\x7f-\\x9f]*") {
        prop_assert!(!Terminal(&text).to_string().chars().any(char::is_control));
    }
}
