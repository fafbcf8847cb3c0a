//! Texts that cost a reader as much as their size lets them.

use modelward::artifact::JsonLimits;

/// A hostile text: what it is called, and its bytes.
pub(crate) type Text = (&'static str, Vec<u8>);

/// Texts of JSON of about `size` bytes that no reader takes.
pub(crate) fn json(size: usize) -> Vec<Text> {
    let mut last_twice = members(size);
    last_twice.truncate(last_twice.len() - 1);
    last_twice.extend_from_slice(b",\"k00000000\":0}");
    // As many bytes for each as keep a text just within the limits where nothing is said.
    let limits = JsonLimits::default();
    let member = size / limits.max_members() + 1;
    let value = size / limits.max_values() + 1;
    let inside = |item: &str, at: usize, bytes: usize| {
        let filling = "a".repeat(bytes.saturating_sub(item.len() + 1));
        let item = format!("{}{filling}{}", &item[..at], &item[at..]);
        list(&item, size, ("{\"x\":[", "]}"))
    };
    vec![
        ("deep lists", vec![b'['; size]),
        ("deep objects", repeated("{\"a\":", size)),
        ("deep and closed", deep(size)),
        ("many members", members(size)),
        ("a member twice at the end", last_twice),
        (
            "a member twice each time",
            list("{\"a\":0,\"a\":0}", size, ("{\"x\":[", "]}")),
        ),
        ("nearly too many members", members_of(size, member)),
        ("nearly too many objects", inside("{\"\":0}", 2, 2 * member)),
        ("nearly too many lists", inside("[\"\"]", 2, 2 * value)),
        ("nearly too many texts", inside("\"\"", 1, value)),
        ("one text", whole("\"", &"x".repeat(size), "\"")),
        (
            "one text as a name",
            whole("{\"", &"x".repeat(size), "\":0}"),
        ),
        ("one number", whole("", &"7".repeat(size), "")),
        ("one fraction", whole("0.", &"7".repeat(size), "")),
        ("one exponent", whole("1e", &"7".repeat(size), "")),
        ("small lists", list("[]", size, ("[", "]"))),
        ("small objects", list("{}", size, ("[", "]"))),
        ("objects of one member", list("{\"a\":0}", size, ("[", "]"))),
        (
            "lists of one text",
            list("[\"aaaaaaaaaaaaaaaa\"]", size, ("[", "]")),
        ),
        ("small numbers", list("0", size, ("[", "]"))),
        (
            "fractions",
            list("1.2345678901234567e-300", size, ("[", "]")),
        ),
        ("small texts", list("\"\"", size, ("[", "]"))),
        ("escapes", whole("\"", &"\\u0041".repeat(size / 6), "\"")),
        (
            "escapes in pairs",
            whole("\"", &"\\ud83d\\ude00".repeat(size / 12), "\""),
        ),
        (
            "escapes in pairs in a member",
            whole(
                "{\"schema\":0,\"id\":[\"",
                &"\\ud83d\\ude00".repeat(size / 12),
                "\"]}",
            ),
        ),
        (
            "escaped names",
            list("{\"\\u0061\\u0062\":0}", size, ("[", "]")),
        ),
        ("blanks", vec![b' '; size]),
        ("cut at the end", list("\"abc\"", size, ("[", ""))),
        ("nothing after a list", list("1", size, ("[", "]]"))),
    ]
}

/// Texts of TOML.
pub(crate) fn toml(size: usize) -> Vec<Text> {
    vec![
        ("deep lists", whole("a = ", &"[".repeat(size), "")),
        ("deep tables", whole("a = ", &"{a=".repeat(size / 3), "")),
        ("dotted name", whole("", &"a.".repeat(size / 2), "a = 1")),
        ("dotted header", whole("[", &"a.".repeat(size / 2), "a]")),
        ("many names", lines(|at| format!("k{at:08} = 0"), size)),
        ("many tables", lines(|at| format!("[t{at:08}]"), size)),
        ("many tables of a list", lines(|_| "[[t]]".to_owned(), size)),
        (
            "dotted names",
            lines(|at| format!("a.b.c.d.e.k{at:08} = 0"), size),
        ),
        ("one text", whole("a = \"", &"x".repeat(size), "\"")),
        ("one number", whole("a = ", &"7".repeat(size), "")),
        ("small lists", list("[]", size, ("a = [", "]"))),
        (
            "escapes",
            whole("a = \"", &"\\u0041".repeat(size / 6), "\""),
        ),
        ("comments", lines(|_| "#".to_owned(), size)),
    ]
}

/// Texts of YAML, as they stand before a card or in a file.
pub(crate) fn yaml(size: usize) -> Vec<Text> {
    let card = |text: Vec<u8>| [b"---\n", &text[..], b"\n---\n"].concat();
    let mut texts = vec![
        ("deep lists", whole("a: ", &"[".repeat(size), "")),
        ("deep dashes", repeated("- ", size)),
        ("many names", lines(|at| format!("k{at:08}: 0"), size)),
        ("one text", whole("a: ", &"x".repeat(size), "")),
        (
            "one quoted text",
            whole("a: \"", &"\\u0041".repeat(size / 6), "\""),
        ),
        ("one number", whole("a: ", &"7".repeat(size), "")),
        ("many items", lines(|_| "- a".to_owned(), size)),
        ("anchors", lines(|at| format!("k{at:08}: &a{at} b"), size)),
        ("small lists", list("[]", size, ("a: [", "]"))),
    ];
    for (_, text) in &mut texts {
        *text = card(std::mem::take(text));
    }
    texts
}

/// Texts of XML.
pub(crate) fn xml(size: usize) -> Vec<Text> {
    let root = "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\">";
    vec![
        ("deep elements", whole(root, &"<a>".repeat(size / 3), "")),
        (
            "many elements",
            whole(root, &"<a/>".repeat(size / 4), "</bom>"),
        ),
        (
            "many components",
            whole(root, &"<components/>".repeat(size / 13), "</bom>"),
        ),
        (
            "many attributes",
            whole(
                "<bom ",
                &(0..size / 14)
                    .map(|at| format!("a{at:08}=\"\" "))
                    .collect::<String>(),
                "/>",
            ),
        ),
        ("one text", whole(root, &"x".repeat(size), "</bom>")),
        ("entities", whole(root, &"&amp;".repeat(size / 5), "</bom>")),
        (
            "a document type",
            whole(
                "<!DOCTYPE bom [",
                &"<!ENTITY a \"b\">".repeat(size / 15),
                "]><bom/>",
            ),
        ),
        ("one comment", whole("<!--", &"x".repeat(size), "--><bom/>")),
    ]
}

/// Texts of CSV and of checksum lists.
pub(crate) fn csv(size: usize) -> Vec<Text> {
    vec![
        ("many columns", repeated(",", size)),
        ("many rows", repeated("\n", size)),
        ("one cell", whole("", &"x".repeat(size), "")),
        (
            "one quoted cell",
            whole("\"", &"\"\"".repeat(size / 2), "\""),
        ),
        ("an open quote", whole("\"", &"x\n".repeat(size / 2), "")),
        ("rows of one cell", lines(|at| format!("k{at:08}"), size)),
        (
            "names of columns",
            (0..size / 10)
                .map(|at| format!("k{at:08},"))
                .collect::<String>()
                .into(),
        ),
    ]
}

fn whole(before: &str, middle: &str, after: &str) -> Vec<u8> {
    [before, middle, after].concat().into_bytes()
}

fn repeated(part: &str, size: usize) -> Vec<u8> {
    part.repeat(size / part.len()).into_bytes()
}

fn list(item: &str, size: usize, (before, after): (&str, &str)) -> Vec<u8> {
    let items = format!("{item},").repeat(size / (item.len() + 1));
    whole(before, items.trim_end_matches(','), after)
}

fn lines(line: impl Fn(usize) -> String, size: usize) -> Vec<u8> {
    let mut text = String::with_capacity(size + 64);
    for at in 0.. {
        if text.len() >= size {
            break;
        }
        text.push_str(&line(at));
        text.push('\n');
    }
    text.into_bytes()
}

fn members(size: usize) -> Vec<u8> {
    members_of(size, 14)
}

/// An object whose members each take so many bytes.
fn members_of(size: usize, each: usize) -> Vec<u8> {
    let width = each.saturating_sub(6);
    let member = |at: usize| format!("\"k{at:0width$}\":0");
    let members: Vec<_> = (0..size / each).map(member).collect();
    whole("{", &members.join(","), "}")
}

/// Lists in lists up to the deepest that is allowed, again and again.
fn deep(size: usize) -> Vec<u8> {
    let item = format!("{}{}", "[".repeat(60), "]".repeat(60));
    list(&item, size, ("[", "]"))
}
