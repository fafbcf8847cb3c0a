//! The names that lie, for the tests of every crate, which take this file by its path.

#![allow(dead_code, reason = "no crate's tests need every part of it")]

use std::collections::BTreeMap;
use std::error::Error;

use serde_json::Value;

/// Names that act on what shows them, or look like others.
pub(crate) const NAMES: [&str; 66] = [
    // What acts on a terminal.
    "\u{1b}[2J\u{1b}[Hcleared",
    "\u{1b}]8;;https://example.org\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "\u{1b}]0;title\u{7}x",
    "\u{9b}31mred",
    "a\u{8}\u{7f}b",
    "a\0b",
    "a\u{b}b\u{c}c\u{85}d",
    "a\nb",
    "a\rb",
    "a\r\nb",
    "a\tb",
    "a b",
    "a",
    // What reorders.
    "gpj.\u{202e}exe",
    "\u{202d}a\u{202c}b",
    "\u{2066}a\u{2069}b",
    "\u{2067}a\u{2068}b",
    "a\u{61c}\u{200e}\u{200f}b",
    // What shows nothing.
    "a\u{200b}",
    "a\u{200d}\u{2060}b",
    "\u{feff}a",
    "a\u{ad}b\u{34f}",
    "a\u{e0041}\u{e007f}",
    "a\u{fe0f}\u{e0100}",
    "\u{3164}\u{115f}\u{ffa0}a",
    "a\u{180e}\u{2800}",
    "a\u{2028}b\u{2029}c",
    "a\u{1d173}\u{fffa}\u{ffff}b",
    // What only looks like an escape.
    r"gpj.\u{202e}exe",
    r"gpj.\\u{202e}exe",
    "gpj.\\\u{202e}exe",
    r"a\nb",
    r"a\0b",
    // Markup.
    "<script>alert(1)</script>",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "]]>&amp;&#60;&lt;<!--",
    "--><![CDATA[x",
    "</title></style></text>",
    "a&#8238;b",
    // DOT and Mermaid.
    r#"a" -> "b"; } digraph { c"#,
    r"\N\G\l\",
    "#quot;#59;]:::x %% y",
    // Formulas.
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "'=1+1",
    "a,\"b\"\";c",
    // Markdown.
    "a|b",
    "[l](javascript:alert) ![i](u)",
    "`a`",
    "'a'",
    "# a",
    "1. a",
    "***a*** __b__ ~~c~~",
    "https://example.org/a",
    // JSON, TOML and shells.
    "\",\"x\":\"y",
    "\"\"\"\nx = 1",
    "$(a) `b` ;c",
    "%s%n%00",
    // Twins.
    "Model",
    "model",
    "caf\u{e9}",
    "cafe\u{301}",
];

/// Tells whether a character acts or shows nothing, by tables of its own.
pub(crate) fn acts(c: char) -> bool {
    const RANGES: [(u32, u32); 22] = [
        (0x0, 0x1f),
        (0x7f, 0x9f),
        (0xad, 0xad),
        (0x34f, 0x34f),
        (0x61c, 0x61c),
        (0x115f, 0x1160),
        (0x17b4, 0x17b5),
        (0x180b, 0x180f),
        (0x200b, 0x200f),
        (0x2028, 0x202e),
        (0x2060, 0x206f),
        (0x2800, 0x2800),
        (0x3164, 0x3164),
        (0xfdd0, 0xfdef),
        (0xfe00, 0xfe0f),
        (0xfeff, 0xfeff),
        (0xffa0, 0xffa0),
        (0xfff0, 0xfffb),
        (0x13430, 0x1343f),
        (0x1bca0, 0x1bca3),
        (0x1d173, 0x1d17a),
        (0xe0000, 0xe0fff),
    ];
    let number = u32::from(c);
    let is_no_character = number % 0x1_0000 >= 0xfffe;
    is_no_character
        || RANGES
            .iter()
            .any(|&(first, last)| (first..=last).contains(&number))
}

/// Fails where a text has more than the line breaks of its own format.
#[track_caller]
pub(crate) fn assert_quiet(what: &str, text: &str) {
    let found = text.chars().find(|&c| c != '\n' && acts(c));
    assert_eq!(found, None, "{what}: {}", text.escape_debug());
}

/// Fails where a text of one line has a character that acts, a line break too.
#[track_caller]
pub(crate) fn assert_one_line(what: &str, text: &str) {
    let found = text.chars().find(|&c| acts(c));
    assert_eq!(found, None, "{what}: {}", text.escape_debug());
}

/// Fails where two names are shown as one.
#[track_caller]
pub(crate) fn assert_distinct(show: impl Fn(&str) -> String) {
    let mut seen = BTreeMap::new();
    for name in NAMES {
        if let Some(twin) = seen.insert(show(name), name) {
            panic!("{name:?} looks like {twin:?}");
        }
    }
}

/// Returns what a program prints of an error: its text and those of its sources.
pub(crate) fn told(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

/// Fails where an error, or one of its sources, shows a name as it is.
#[track_caller]
pub(crate) fn assert_told_quietly(error: &dyn Error) {
    assert_one_line("error", &told(error));
}

/// Returns the document with one of its texts or names of members replaced, for each and each name.
pub(crate) fn lies(document: &Value) -> Vec<Value> {
    let mut out = Vec::new();
    let mut places = Vec::new();
    collect(document, &mut String::new(), &mut places);
    for place in &places {
        for name in NAMES {
            let mut copy = document.clone();
            if let Some(text) = copy.pointer_mut(place) {
                *text = Value::String(name.to_owned());
                out.push(copy);
            }
        }
        out.extend(renamed(document, place));
    }
    out
}

/// Returns the document with a member renamed, by each name.
fn renamed(document: &Value, place: &str) -> Vec<Value> {
    let Some((parent, member)) = place.rsplit_once('/') else {
        return Vec::new();
    };
    let member = member.replace("~1", "/").replace("~0", "~");
    let rename = |name: &&str| {
        let mut copy = document.clone();
        let members = copy.pointer_mut(parent)?.as_object_mut()?;
        let value = members.remove(&member)?;
        members.insert((*name).to_owned(), value);
        Some(copy)
    };
    NAMES.iter().step_by(4).filter_map(rename).collect()
}

fn collect(value: &Value, place: &mut String, places: &mut Vec<String>) {
    let length = place.len();
    match value {
        Value::String(_) => places.push(place.clone()),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                place.push_str(&format!("/{index}"));
                collect(item, place, places);
                place.truncate(length);
            }
        }
        Value::Object(members) => {
            for (name, item) in members {
                place.push_str(&format!("/{}", name.replace('~', "~0").replace('/', "~1")));
                collect(item, place, places);
                place.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
