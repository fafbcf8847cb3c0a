use std::collections::HashSet;
use std::fmt::Write as _;

use modelward_graph::{
    Direction, DrawError, Drawing, Highlight, Node, NodeKind, Relation, Scope, SupplyGraph,
    SupplyGraphBuilder,
};
use proptest::prelude::*;
use xml::reader::{EventReader, XmlEvent};

const ON: Relation = Relation::DependsOn(Scope::Runtime);

fn related(edges: &[(&str, Relation, &str)]) -> SupplyGraph {
    let mut builder = SupplyGraphBuilder::default();
    builder.relate_all(edges).unwrap();
    builder.build().unwrap()
}

fn of_node(node: &Node) -> SupplyGraph {
    let mut builder = SupplyGraphBuilder::default();
    builder.add_node(node).unwrap();
    builder.build().unwrap()
}

fn named(id: &str, kind: NodeKind, name: &str) -> Node {
    Node::new(id.parse().unwrap(), kind, name)
}

/// Reads a picture strictly. Returns the names of elements with their attributes, and all texts.
fn parsed(svg: &str) -> (Vec<String>, Vec<String>) {
    let (mut elements, mut texts) = (Vec::new(), Vec::new());
    for event in EventReader::new(svg.as_bytes()) {
        match event.unwrap_or_else(|error| panic!("{error}: {svg}")) {
            XmlEvent::StartElement {
                name, attributes, ..
            } => {
                let mut element = name.local_name;
                for attribute in &attributes {
                    write!(element, " {}", attribute.name.local_name).unwrap();
                }
                elements.push(element);
            }
            XmlEvent::Characters(text) => texts.push(text),
            XmlEvent::ProcessingInstruction { .. } | XmlEvent::CData(_) => panic!("{svg}"),
            _ => {}
        }
    }
    (elements, texts)
}

#[test]
fn a_graph_is_drawn_in_one_way() {
    let edges = [
        ("b", Relation::TrainedOn, "a"),
        ("b", Relation::Contains, "a"),
    ];
    let dot = r##"digraph supply_chain {
  charset="UTF-8";
  rankdir="LR";
  n0 [shape=octagon, label="a", tooltip="a"];
  n1 [shape=octagon, label="b", tooltip="b"];
  n1 -> n0 [label="contains", style=solid, color="#a86f00"];
  n1 -> n0 [label="trained on", style=dashed, color="#00926b"];
}
"##;
    let mermaid = r##"flowchart LR
  n0[\"a"/]
  n1[\"b"/]
  n1 -->|"contains"| n0
  n1 -.->|"trained on"| n0
"##;
    let (graph, other) = (related(&edges), related(&[edges[1], edges[0]]));
    assert_eq!((graph.to_dot(), other.to_dot()), (dot.into(), dot.into()));
    let all = graph.all();
    assert_eq!(all.to_mermaid().unwrap(), mermaid);
    assert_eq!(other.all().to_mermaid().unwrap(), mermaid);
    assert_eq!(all.to_svg().unwrap(), other.all().to_svg().unwrap());
    // Both relations are one line, and there are no other lines.
    assert!(
        all.to_svg()
            .unwrap()
            .contains("<title>b contains, trained on a</title>")
    );
}

#[test]
fn what_is_known_of_nodes_is_shown_in_every_language() {
    let graph = related(&[("b", ON, "a"), ("c", ON, "b"), ("d", ON, "c")]);
    let mut drawing = graph.all().drawing().with_title("Who needs <a>");
    drawing.highlight("a", Highlight::Focus).unwrap();
    drawing
        .label("b", Highlight::Affected, "CVE-1 & more")
        .unwrap();
    drawing.highlight("c", Highlight::Cleared).unwrap();
    drawing.highlight("d", Highlight::Unknown).unwrap();

    let dot = drawing.to_dot();
    assert!(dot.contains("  label=\"Who needs &lt;a&gt;\";\n"), "{dot}");
    let affected = r##"fillcolor="#ffe3d1", color="#d55e00", penwidth=2, "##;
    assert!(dot.contains(affected), "{dot}");
    assert!(
        dot.contains(r#"label="b\naffected: CVE-1 &amp; more""#),
        "{dot}"
    );

    let mermaid = drawing.to_mermaid().unwrap();
    assert!(mermaid.starts_with("---\ntitle: \"Who needs #lt;a#gt;\"\n---\nflowchart LR\n"));
    assert!(
        mermaid.contains("\"b<br/>affected#58; CVE-1 #amp; more\"/]:::affected\n"),
        "{mermaid}"
    );
    for state in Highlight::ALL {
        assert!(
            mermaid.contains(&format!("  classDef {} fill:#", state.name())),
            "{mermaid}"
        );
    }

    let (_, texts) = parsed(&drawing.to_svg().unwrap());
    for text in [
        "Who needs <a>",
        "CVE-1 & more",
        "affected",
        "cleared",
        "focus",
        "unknown",
    ] {
        assert!(texts.iter().any(|shown| shown == text), "{text}: {texts:?}");
    }
}

#[test]
fn a_neighborhood_is_drawn_with_the_edges_inside_of_it() {
    let graph = related(&[("b", ON, "a"), ("c", ON, "b"), ("d", ON, "b")]);
    let query = graph.query(Direction::Dependents, ["a"]).unwrap();
    let near = query.within(1).resolve();
    assert_eq!(near.to_dot().matches("->").count(), 0);
    let mut drawing = near.drawing();
    let refused = drawing.highlight("c", Highlight::Affected).unwrap_err();
    assert!(matches!(refused, DrawError::NotDrawn { .. }));
    assert_eq!(refused.to_string(), "node `c` is not in the picture");
    assert_eq!(refused.code(), "graph.draw.not_drawn");
    assert_eq!(
        drawing
            .highlight("nowhere", Highlight::Focus)
            .unwrap_err()
            .code(),
        refused.code()
    );
}

#[test]
fn a_picture_is_whole_or_an_error_says_how_much_there_is() {
    let ids: Vec<String> = (0..=200).map(|number| format!("n{number}")).collect();
    let star: Vec<_> = ids[1..].iter().map(|id| (&*ids[0], ON, &**id)).collect();
    let graph = related(&star);
    let all = graph.all();
    let refused = all.to_svg().unwrap_err();
    assert_eq!(
        refused.to_string(),
        "picture has 201 nodes, expected at most 200"
    );
    assert_eq!(refused.code(), "graph.draw.too_many_nodes");
    assert_eq!(all.to_mermaid().unwrap_err(), refused);
    assert_eq!(all.to_dot().lines().count(), 4 + 201 + 200);
    let drawing = all.drawing().with_max_nodes(201);
    assert_eq!(
        drawing
            .to_svg()
            .unwrap()
            .matches("<title>unknown: ")
            .count(),
        201
    );
    let refused = drawing.clone().with_max_lines(199).to_svg().unwrap_err();
    assert_eq!(
        refused.to_string(),
        "picture has 200 lines, expected at most 199"
    );
    assert_eq!(refused.code(), "graph.draw.too_many_lines");

    // Everybody needs everybody before: most lines pass most columns.
    let mut dense = Vec::new();
    for (at, from) in ids.iter().enumerate() {
        dense.extend(ids[..at].iter().map(|to| (from.as_str(), ON, to.as_str())));
    }
    let graph = related(&dense);
    let drawing = graph
        .all()
        .drawing()
        .with_max_nodes(201)
        .with_max_lines(usize::MAX);
    let refused = drawing.to_svg().unwrap_err();
    let expected = "picture has 1333300 bends in its lines, expected at most 50000";
    assert_eq!(refused.to_string(), expected);
    assert_eq!(refused.code(), "graph.draw.too_many_bends");
}

/// Returns the upper left corner of the box of each node, by name.
fn corners(svg: &str) -> Vec<(String, f64, f64)> {
    let boxes = svg
        .split("<g><title>")
        .skip(1)
        .filter(|part| part.contains("width=\"188\""));
    let corner = |part: &str| {
        let number = |name: &str| {
            let rest = part.split_once(&format!(" {name}=\"")).unwrap().1;
            rest.split_once('"').unwrap().0.parse().unwrap()
        };
        let name = part.split_once(": ").unwrap().1.split_once('\n').unwrap().0;
        (name.to_owned(), number("x"), number("y"))
    };
    boxes.map(corner).collect()
}

#[test]
fn dependents_stand_left_of_dependencies_and_a_ring_marks_what_leads_back() {
    let graph = related(&[
        ("c", ON, "b"),
        ("b", ON, "a"),
        ("c", ON, "a"),
        ("a", Relation::Uses, "c"),
    ]);
    let svg = graph.all().to_svg().unwrap();
    assert!(
        svg.contains(", but for 1 that close a cycle.</desc>"),
        "{svg}"
    );
    // One ring at the line and one in the legend.
    assert_eq!(svg.matches("r=\"5.5\"").count(), 2, "{svg}");
    let graph = related(&[("c", ON, "b"), ("b", ON, "a"), ("c", ON, "a")]);
    let svg = graph.all().to_svg().unwrap();
    assert!(!svg.contains("cycle"));
    let mut corners = corners(&svg);
    corners.sort_by(|a, b| a.1.total_cmp(&b.1));
    let names: Vec<_> = corners.iter().map(|corner| corner.0.as_str()).collect();
    assert_eq!(names, ["c", "b", "a"]);
}

#[test]
fn every_kind_has_its_own_shape() {
    let (mut dot, mut mermaid, mut svg) = (HashSet::new(), HashSet::new(), HashSet::new());
    for kind in NodeKind::ALL {
        let graph = of_node(&named("i", kind, "n"));
        let shape = graph.to_dot();
        let shape = shape.split_once("shape=").unwrap().1;
        dot.insert(shape.split_once(',').unwrap().0.to_owned());
        mermaid.insert(graph.all().to_mermaid().unwrap());
        let icon = graph.all().to_svg().unwrap();
        let icon = icon.split_once(" d=\"").unwrap().1;
        svg.insert(icon.split_once('"').unwrap().0.to_owned());
    }
    let kinds = NodeKind::ALL.len();
    assert_eq!((dot.len(), mermaid.len(), svg.len()), (kinds, kinds, kinds));
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
        let graph = of_node(&named("i", NodeKind::Model, text).with_version(text));
        let line = format!(r#"  n0 [shape=box3d, label="{expected}\n{expected}", tooltip="i"];"#);
        let dot = graph.to_dot();
        assert!(dot.lines().any(|drawn| drawn == line), "{dot}");
    }
    let dot = of_node(&named(r#"<i>"\"#, NodeKind::Model, "m")).to_dot();
    assert!(dot.contains(r#"tooltip="&lt;i&gt;&quot;\\\\"]"#), "{dot}");

    let table = [
        (
            r#""]; click n0 call x()"#,
            "#quot;#93;#59; click n0 call x#40;#41;",
        ),
        ("`**bold**`", "#96;#42;#42;bold#42;#42;#96;"),
        ("1. item", "1#46; item"),
        ("- item", "#45; item"),
        ("a_b-c.d", "a_b-c.d"),
        ("#quot;<img src=x>", "#35;quot#59;#lt;img src#61;x#gt;"),
        (
            "%%{init: {}}%%",
            "#37;#37;#123;init#58; #123;#125;#125;#37;#37;",
        ),
        ("end\n---\nsubgraph", "end#92;n#45;#45;#45;#92;nsubgraph"),
        ("$$x$$", "#36;#36;x#36;#36;"),
    ];
    for (text, expected) in table {
        let mermaid = of_node(&named("i", NodeKind::Library, text))
            .all()
            .to_mermaid()
            .unwrap();
        assert_eq!(mermaid, format!("flowchart LR\n  n0[\"{expected}\"]\n"));
    }
}

#[test]
fn long_names_lose_their_middle_and_keep_it_in_the_title() {
    let name = "a-very-long-name-of-a-model-that-ends-in-its-quantization-Q4_K_M";
    let svg = of_node(&named("i", NodeKind::Model, name))
        .all()
        .to_svg()
        .unwrap();
    let (_, texts) = parsed(&svg);
    assert!(
        texts
            .iter()
            .any(|text| text == &format!("model: {name}\ni")),
        "{texts:?}"
    );
    let shown = texts.iter().find(|text| text.contains('…')).unwrap();
    assert!(
        shown.starts_with("a-very-") && shown.ends_with("4_K_M"),
        "{shown}"
    );
}

/// Leaves out what stands in quoted strings, which end at a quote without a backslash before it.
fn without_strings(text: &str) -> String {
    let mut rest = String::new();
    let (mut quoted, mut hidden) = (false, false);
    for c in text.chars() {
        match c {
            _ if hidden => hidden = false,
            '"' => quoted = !quoted,
            '\\' if quoted => hidden = true,
            _ if quoted => assert!(!c.is_control(), "{text}"),
            _ => rest.push(c),
        }
    }
    assert!(!quoted, "{text}");
    rest
}

fn drawn(name: &str, version: &str, label: &str) -> [String; 3] {
    let mut builder = SupplyGraphBuilder::default();
    let node = named("i", NodeKind::Library, name).with_version(version);
    builder.add_node(&node).unwrap();
    builder.relate_all(&[("j", Relation::Uses, "i")]).unwrap();
    let graph = builder.build().unwrap();
    let mut drawing: Drawing<'_> = graph.all().drawing().with_title(name);
    drawing.label("i", Highlight::Affected, label).unwrap();
    let (mermaid, svg) = (drawing.to_mermaid(), drawing.to_svg());
    [drawing.to_dot(), mermaid.unwrap(), svg.unwrap()]
}

proptest! {
    #[test]
    fn no_text_changes_the_statements(
        name in "\\PC+|[\"\\\\\n<>&\\]; a#`%{}]+",
        version in "\\PC+|[^a]+",
        label in any::<String>(),
    ) {
        let [plain, hostile] = [drawn("n", "v", "l"), drawn(&name, &version, &label)];
        prop_assert_eq!(without_strings(&hostile[0]), without_strings(&plain[0]));
        prop_assert_eq!(without_strings(&hostile[1]), without_strings(&plain[1]));
        // A letter of an entity is the only thing that stands behind a number sign.
        let labels = hostile[1].split('"').skip(1).step_by(2);
        for entity in labels.flat_map(|label| label.split('#').skip(1)) {
            let name = entity.split_once(';').map(|(name, _)| name);
            prop_assert!(name.is_some_and(|name| name.chars().all(|c| c.is_ascii_alphanumeric())));
        }
        let ((elements, texts), (expected, _)) = (parsed(&hostile[2]), parsed(&plain[2]));
        prop_assert_eq!(elements, expected);
        prop_assert!(texts.iter().all(|text| !text.contains(|c: char| c.is_control() && c != '\n')));
        prop_assert!(!hostile[2].contains('\u{202e}'), "an override is left");
    }

    #[test]
    fn every_graph_is_laid_out_without_two_boxes_over_one_another(
        edges in proptest::collection::vec((0..40_u32, 0..40_u32, 0..22_usize), 1..120),
    ) {
        let mut builder = SupplyGraphBuilder::default();
        for (from, to, relation) in edges {
            let (from, to) = (format!("n{from}"), format!("n{to}"));
            let relation = Relation::ALL[relation];
            builder.relate(&from.parse().unwrap(), relation, &to.parse().unwrap()).unwrap();
        }
        let graph = builder.build().unwrap();
        let svg = graph.all().to_svg().unwrap();
        parsed(&svg);
        let corners = corners(&svg);
        prop_assert_eq!(corners.len(), graph.node_count());
        for (at, one) in corners.iter().enumerate() {
            for other in &corners[at + 1..] {
                let apart = (one.1 - other.1).abs() >= 188.0 || (one.2 - other.2).abs() >= 42.0;
                prop_assert!(apart, "{:?} {:?}", one, other);
            }
        }
        let backward = svg.matches("r=\"5.5\"").count();
        let has_cycle = graph.summary().cycles() > 0;
        prop_assert_eq!(backward > 0, has_cycle);
    }
}
