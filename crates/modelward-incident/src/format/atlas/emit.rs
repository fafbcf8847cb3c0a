//! Writes YAML that every reader of YAML 1.1 and 1.2 takes for the same value.

use std::fmt::Write as _;

use serde_json::Value;

use super::node::Node;

/// Words that some reader takes for a truth value or for none.
const RESERVED: [&str; 10] = [
    "false", "n", "no", "null", "off", "on", "true", "y", "yes", "inf",
];

/// The longest key that needs no mark, below the 1,024 characters of the specification.
const MAX_KEY: usize = 512;

/// Writes a map as a document.
pub(super) fn document(node: &Node) -> String {
    let mut text = String::new();
    block(&mut text, node, 0);
    text
}

/// Writes a value that begins on a line of its own, indented where it is not the first of a list.
fn block(text: &mut String, node: &Node, indent: usize) {
    match node {
        Node::List(items) if !items.is_empty() => {
            for item in items {
                push_indent(text, indent);
                text.push('-');
                nested(text, item, indent + 2);
            }
        }
        Node::Map(members) if !members.is_empty() => {
            for (name, value) in members {
                push_indent(text, indent);
                push_key(text, name, indent);
                under_key(text, value, indent);
            }
        }
        _ => {
            push_indent(text, indent);
            flow(text, node, indent);
            text.push('\n');
        }
    }
}

/// Writes what stands behind the dash of a list: a map or a list begins on the same line.
fn nested(text: &mut String, node: &Node, indent: usize) {
    let filled = match node {
        Node::List(items) => !items.is_empty(),
        Node::Map(members) => !members.is_empty(),
        Node::Scalar(_) => false,
    };
    text.push(' ');
    if !filled {
        flow(text, node, indent);
        text.push('\n');
        return;
    }
    let start = text.len();
    block(text, node, indent);
    text.replace_range(start..start + indent, "");
}

/// Writes what stands behind the colon of a member. A list stands as deep as its key, as ATLAS has it.
fn under_key(text: &mut String, node: &Node, indent: usize) {
    match node {
        Node::List(items) if !items.is_empty() => {
            text.push('\n');
            block(text, node, indent);
        }
        Node::Map(members) if !members.is_empty() => {
            text.push('\n');
            block(text, node, indent + 2);
        }
        _ => {
            text.push(' ');
            flow(text, node, indent + 2);
            text.push('\n');
        }
    }
}

fn push_indent(text: &mut String, indent: usize) {
    text.extend(std::iter::repeat_n(' ', indent));
}

fn push_key(text: &mut String, name: &str, indent: usize) {
    let long = name.chars().count() > MAX_KEY;
    if long {
        text.push_str("? ");
    }
    if is_plain(name) {
        text.push_str(name);
    } else {
        push_quoted(text, name);
    }
    if long {
        text.push('\n');
        push_indent(text, indent);
    }
    text.push(':');
}

/// Writes a scalar, or an empty list or map. A text of several lines gets lines of its own.
fn flow(text: &mut String, node: &Node, indent: usize) {
    match node {
        Node::List(_) => text.push_str("[]"),
        Node::Map(_) => text.push_str("{}"),
        Node::Scalar(Value::String(value)) if is_literal(value) => {
            push_literal(text, value, indent);
        }
        Node::Scalar(Value::String(value)) if is_plain(value) => text.push_str(value),
        Node::Scalar(Value::String(value)) => push_quoted(text, value),
        Node::Scalar(value) => text.push_str(&value.to_string()),
    }
}

/// Tells whether no reader takes the text for anything else when it stands without quotes.
fn is_plain(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./() ".contains(c);
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic());
    begins
        && !text.ends_with(' ')
        && text.chars().all(plain)
        && !RESERVED.contains(&text.to_ascii_lowercase().as_str())
}

/// Tells whether the text can stand as lines, each of which is read as it is written.
fn is_literal(text: &str) -> bool {
    let lines = text.strip_suffix('\n').unwrap_or(text);
    let mut lines = lines.split('\n');
    text.contains('\n')
        && !text.ends_with("\n\n")
        && !text.starts_with([' ', '\t', '\n'])
        && text
            .chars()
            .all(|c| c == '\n' || c == '\t' || is_printable(c))
        && lines.all(|line| line.is_empty() || !line.trim_matches([' ', '\t']).is_empty())
}

fn push_literal(text: &mut String, value: &str, indent: usize) {
    let (mark, value) = match value.strip_suffix('\n') {
        Some(value) => ("|", value),
        None => ("|-", value),
    };
    text.push_str(mark);
    for line in value.split('\n') {
        text.push('\n');
        if !line.is_empty() {
            push_indent(text, indent);
            text.push_str(line);
        }
    }
}

fn push_quoted(text: &mut String, value: &str) {
    text.push('"');
    for c in value.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            _ if is_printable(c) => text.push(c),
            // A string takes what is written.
            _ => drop(write!(text, "\\U{:08X}", u32::from(c))),
        }
    }
    text.push('"');
}

/// Tells whether YAML lets the character stand in a line: no control, no break, no byte order mark.
const fn is_printable(c: char) -> bool {
    matches!(c,
        ' '..='~'
        | '\u{a0}'..='\u{2027}'
        | '\u{202a}'..='\u{d7ff}'
        | '\u{e000}'..='\u{fefe}'
        | '\u{ff00}'..='\u{fffd}'
        | '\u{10000}'..)
}
