use std::collections::HashSet;

use modelward_graph::{Node, NodeKind, SupplyGraphBuilder};
use proptest::prelude::*;

use crate::{graph, id};

fn drawn(node: Node) -> String {
    let mut builder = SupplyGraphBuilder::default();
    builder.add_node(node).unwrap();
    builder.build().unwrap().to_dot()
}

#[test]
fn a_graph_is_drawn_in_one_way() {
    let expected = r#"digraph supply_chain {
  charset="UTF-8";
  rankdir="LR";
  n0 [shape=box, label="a", tooltip="a"];
  n1 [shape=box, label="b", tooltip="b"];
  n0 -> n1 [label="contains"];
  n0 -> n1 [label="trained on"];
}
"#;
    let lines = ["a trained-on b", "a contains b"];
    assert_eq!(graph(&lines).to_dot(), expected);
    assert_eq!(graph(&[lines[1], lines[0]]).to_dot(), expected);
}

#[test]
fn hostile_texts_are_shown_and_do_nothing() {
    let table = [
        (r#"x"]; n9 [label="y"#, "x&quot;]; n9 [label=&quot;y"),
        ("a\nb\r", r"a\\nb\\r"),
        (r"end\", r"end\\\\"),
        (r"\N\G", r"\\\\N\\\\G"),
        ("&quot;", "&amp;quot;"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("\u{1b}[2J\u{202e}", r"\\u{1b}[2J\\u{202e}"),
    ];
    for (text, expected) in table {
        let node = Node::new(id("i"), NodeKind::Model, text).with_version(text);
        let line = format!(r#"  n0 [shape=box3d, label="{expected}\n{expected}", tooltip="i"];"#);
        let dot = drawn(node);
        assert!(dot.lines().any(|drawn| drawn == line), "{dot}");
    }
    let dot = drawn(Node::new(id(r#"<i>"\"#), NodeKind::Model, "m"));
    assert!(dot.contains(r#"tooltip="&lt;i&gt;&quot;\\\\"]"#), "{dot}");
}

#[test]
fn every_kind_has_its_own_shape() {
    let shapes: HashSet<_> = NodeKind::ALL
        .into_iter()
        .map(|kind| {
            let dot = drawn(Node::new(id("i"), kind, "n"));
            let shape = dot.split_once("shape=").unwrap().1;
            shape.split_once(',').unwrap().0.to_owned()
        })
        .collect();
    assert_eq!(shapes.len(), NodeKind::ALL.len());
}

/// Leaves out what stands in quoted strings, which end at a quote without a backslash before it.
fn without_strings(dot: &str) -> String {
    let mut rest = String::new();
    let (mut quoted, mut hidden) = (false, false);
    for c in dot.chars() {
        match c {
            _ if hidden => hidden = false,
            '"' => quoted = !quoted,
            '\\' if quoted => hidden = true,
            _ if quoted => assert!(!c.is_control(), "{dot}"),
            _ => rest.push(c),
        }
    }
    assert!(!quoted, "{dot}");
    rest
}

proptest! {
    #[test]
    fn no_text_changes_the_statements(
        name in "\\PC*|[\"\\\\\n<>&\\]; a]*",
        version in any::<String>(),
    ) {
        let dataset = |name: &str| Node::new(id("i"), NodeKind::Dataset, name);
        let plain = drawn(dataset("n").with_version("v"));
        let hostile = drawn(dataset(&name).with_version(version));
        prop_assert_eq!(without_strings(&hostile), without_strings(&plain));
    }
}
