//! What a text becomes before it is shown.

use modelward_artifact::escape::{Markdown, Markup, Terminal};

/// Escapes a text for everything that shows it.
pub fn escape(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    terminal(text);
    markup(text);
    for markdown in [
        Markdown::text(text),
        Markdown::line(text),
        Markdown::bold(text),
    ] {
        marks(&markdown.to_string());
    }
    let code = Markdown::code(text).to_string();
    let inside = code.strip_prefix('`').and_then(|it| it.strip_suffix('`'));
    let inside = inside.expect("it stands between backticks");
    assert!(
        !inside.contains(['`', '|', '\n', '\r']),
        "nothing ends the code"
    );
    quiet(&code, &['\t']);
}

/// Holds that nothing of a text acts or hides, but for the characters that are allowed.
fn quiet(shown: &str, allowed: &[char]) {
    for c in shown.chars().filter(|c| !allowed.contains(c)) {
        assert!(!c.is_control(), "{c:?} is a control");
        let turns = ['\u{61c}', '\u{200e}', '\u{200f}'].contains(&c)
            || ('\u{202a}'..='\u{202e}').contains(&c)
            || ('\u{2066}'..='\u{2069}').contains(&c);
        assert!(!turns, "{c:?} turns the text around");
        let breaks = ['\u{2028}', '\u{2029}', '\u{feff}', '\u{200b}'].contains(&c);
        assert!(!breaks, "{c:?} breaks the line or is not seen");
    }
}

/// Holds that what is shown on a terminal is quiet and tells the text, so that no two look the same.
fn terminal(text: &str) {
    let shown = Terminal(text).to_string();
    quiet(&shown, &[]);
    assert_eq!(read_back(&shown), text);
}

fn read_back(shown: &str) -> String {
    let mut text = String::new();
    let mut rest = shown;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c != '\\' {
            text.push(c);
            continue;
        }
        let kind = rest.chars().next().expect("a backslash begins an escape");
        rest = &rest[1..];
        text.push(match kind {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '\\' => '\\',
            'u' => {
                let (number, tail) = rest[1..].split_once('}').expect("a number in braces");
                rest = tail;
                let number = u32::from_str_radix(number, 16).expect("a number");
                char::from_u32(number).expect("a character")
            }
            other => panic!("there is no escape {other:?}"),
        });
    }
    text
}

/// What markup writes for a character, the ampersand last.
const ENTITIES: [(&str, &str); 7] = [
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&#13;", "\r"),
    ("&#9;", "\t"),
    ("&amp;", "&"),
];

/// Holds that a text makes no element, no attribute and no entity of its own, and can be read back.
fn markup(text: &str) {
    let shown = Markup(text).to_string();
    quiet(&shown, &['\n']);
    assert!(
        !shown.contains(['<', '>', '"', '\'']),
        "nothing makes an element"
    );
    for (at, _) in shown.match_indices('&') {
        let rest = &shown[at..];
        assert!(ENTITIES.iter().any(|(entity, _)| rest.starts_with(entity)));
    }
    let plain = ENTITIES
        .iter()
        .fold(shown, |shown, (entity, plain)| shown.replace(entity, plain));
    assert_eq!(numbers_read_back(&plain), text);
}

/// Reads `\u{..}` where the number of backslashes before `u{` is odd; an even one is twice that of
/// the text.
fn numbers_read_back(shown: &str) -> String {
    let mut text = String::new();
    let mut rest = shown;
    while let Some(at) = rest.find("u{") {
        let backslashes = at - rest[..at].trim_end_matches('\\').len();
        text.push_str(&rest[..at - backslashes + backslashes / 2]);
        rest = &rest[at + 2..];
        if backslashes.is_multiple_of(2) {
            text.push_str("u{");
            continue;
        }
        let (number, tail) = rest.split_once('}').expect("a number in braces");
        let number = u32::from_str_radix(number, 16).expect("a number");
        text.push(char::from_u32(number).expect("a character"));
        rest = tail;
    }
    text.push_str(rest);
    text
}

/// Holds that a text in Markdown stays in its line and its cell and makes no markup.
fn marks(shown: &str) {
    quiet(shown, &[]);
    let bare = shown
        .strip_prefix("**")
        .and_then(|it| it.strip_suffix("**"));
    let mut rest = bare.unwrap_or(shown);
    while let Some(c) = rest.chars().next() {
        if let Some(tail) = rest.strip_prefix("<br>") {
            rest = tail;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if c == '\\' {
            let mut escaped = rest.chars();
            assert!(escaped.next().is_some(), "nothing behind is escaped");
            rest = escaped.as_str();
            continue;
        }
        assert!(
            !"|`*_[]<>#@~$^".contains(c),
            "{c:?} makes markup in {shown:?}"
        );
    }
}
