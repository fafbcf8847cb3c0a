//! Names that lie, in every form in which a graph is shown or written.

mod read;
#[path = "../../../modelward-artifact/tests/it/names/table.rs"]
mod table;

use std::collections::BTreeSet;

use modelward_graph::license::LicensePolicy;
use modelward_graph::{
    Derivation, Finding, FindingClass, Highlight, KindSet, Node, NodeKind, Relation, Source,
    SupplyGraph, SupplyGraphBuilder, TableFormat,
};
use xml::reader::{EventReader, XmlEvent};

use self::table::{NAMES, assert_distinct, assert_one_line, assert_quiet, assert_told_quietly};
use crate::export;

/// Ids have no control character, and keep all else.
fn id_of(name: &str) -> String {
    let kept: String = name.chars().filter(|c| !c.is_control()).collect();
    format!("m {kept}")
}

/// A graph in which everything that can has one name.
fn of(name: &str) -> SupplyGraph {
    let mut builder = SupplyGraphBuilder::default();
    builder.begin(Source::new(name)).unwrap();
    let id = id_of(name);
    for (id, kind) in [(&*id, NodeKind::Model), ("data", NodeKind::Dataset)] {
        let node = Node::new(id.parse().unwrap(), kind, name);
        let node = node.with_version(name).with_license(name);
        builder.add_node(&node).unwrap();
    }
    let edges = [
        (&*id, Relation::TrainedOn, "data"),
        (&*id, Relation::EvaluatedOn, "data"),
    ];
    builder.relate_all(&edges).unwrap();
    builder.build().unwrap()
}

/// The same graph with a cycle.
fn looped(name: &str) -> SupplyGraph {
    let mut builder = SupplyGraphBuilder::default();
    builder.begin(Source::new(name)).unwrap();
    let id = id_of(name);
    let back = Relation::DerivedFrom(Derivation::Unspecified);
    builder
        .relate_all(&[(&*id, back, "data"), ("data", back, &*id)])
        .unwrap();
    builder.build().unwrap()
}

/// Draws a graph with a name wherever a picture can have one.
fn drawn(name: &str) -> [String; 3] {
    let graph = of(name);
    let all = graph.all();
    let mut drawing = all.drawing().with_title(name);
    drawing.label("data", Highlight::Affected, name).unwrap();
    [
        drawing.to_dot(),
        drawing.to_mermaid().unwrap(),
        drawing.to_svg().unwrap(),
    ]
}

#[test]
fn pictures_show_names_that_do_not_act() {
    for name in NAMES {
        for picture in drawn(name) {
            assert_quiet("picture", &picture);
        }
    }
    for form in 0..3 {
        assert_distinct(|name| drawn(name)[form].clone());
    }
}

/// Returns what the quoted strings of a DOT statement hold, and fails where one is not closed.
fn quoted(line: &str) -> Vec<String> {
    let (mut out, mut chars) = (Vec::new(), line.chars());
    while chars.any(|c| c == '"') {
        let mut text = String::new();
        loop {
            match chars.next().expect("a string is closed in its line") {
                '"' => break,
                '\\' => {
                    text.push('\\');
                    text.push(chars.next().unwrap());
                }
                c => text.push(c),
            }
        }
        out.push(text);
    }
    out
}

#[test]
fn dot_has_the_statements_of_a_plain_graph_whatever_the_names() {
    let shape = |dot: &str| {
        let lines = dot.lines().map(|line| {
            let strings = quoted(line).len();
            let outside: String = line.split('"').step_by(2).collect();
            (strings, outside)
        });
        lines.collect::<Vec<_>>()
    };
    let plain = shape(&drawn("plain")[0]);
    for name in NAMES {
        let dot = &drawn(name)[0];
        assert_eq!(shape(dot), plain, "{dot}");
        for text in dot.lines().flat_map(quoted) {
            // Graphviz replaces `\N` and the like, and decodes entities: all are escaped.
            let rest = text.replace("\\\\", "").replace("\\n", "");
            assert!(!rest.contains('\\') && !rest.contains('<'), "{dot}");
        }
    }
}

#[test]
fn mermaid_has_the_statements_of_a_plain_graph_whatever_the_names() {
    let shape = |text: &str| {
        let lines = text.lines().map(|line| {
            let outside: String = line.split('"').step_by(2).collect();
            (line.matches('"').count(), outside)
        });
        lines.collect::<Vec<_>>()
    };
    let plain = shape(&drawn("plain")[1]);
    for name in NAMES {
        let text = &drawn(name)[1];
        assert_eq!(shape(text), plain, "{text}");
    }
}

/// Returns the elements of a picture with their attributes, and all that it says.
fn parsed(svg: &str) -> (Vec<String>, Vec<String>) {
    let (mut elements, mut texts) = (Vec::new(), Vec::new());
    for event in EventReader::new(svg.as_bytes()) {
        match event.unwrap_or_else(|error| panic!("{error}: {svg}")) {
            XmlEvent::StartElement {
                name, attributes, ..
            } => {
                let names = attributes.iter().map(|it| it.name.local_name.clone());
                let names: Vec<_> = names.collect();
                elements.push(format!("{} {}", name.local_name, names.join(" ")));
            }
            XmlEvent::Characters(text) => texts.push(text),
            XmlEvent::ProcessingInstruction { .. } | XmlEvent::CData(_) | XmlEvent::Comment(_) => {
                panic!("{svg}")
            }
            _ => {}
        }
    }
    (elements, texts)
}

#[test]
fn svg_has_the_elements_of_a_plain_picture_whatever_the_names() {
    let kinds = |svg: &str| parsed(svg).0.into_iter().collect::<BTreeSet<_>>();
    let plain = kinds(&drawn("plain")[2]);
    for name in NAMES {
        let svg = &drawn(name)[2];
        assert_eq!(kinds(svg), plain, "{svg}");
        let texts = parsed(svg).1;
        texts.iter().for_each(|it| assert_quiet("text", it));
        let whole = modelward_artifact::escape::Terminal(name).to_string();
        assert!(texts.iter().any(|it| it.contains(&whole)), "{svg}");
    }
}

#[test]
fn names_that_are_too_long_for_a_box_are_whole_in_its_title() {
    let [one, two] = ["1", "2"].map(|middle| {
        let half = "n".repeat(2_000);
        let name = format!("{half}{middle}{half}");
        let node = Node::new("m".parse().unwrap(), NodeKind::Model, name);
        let mut builder = SupplyGraphBuilder::default();
        builder.add_node(&node).unwrap();
        builder.build().unwrap().all().to_svg().unwrap()
    });
    let titles = |svg: &str| {
        let titles = parsed(svg).1.into_iter();
        titles
            .filter(|it| it.contains(&"n".repeat(2_000)))
            .collect::<Vec<_>>()
    };
    assert!(!titles(&one).is_empty());
    assert_ne!(titles(&one), titles(&two));
}

#[test]
fn tables_keep_each_name_or_show_it_where_people_open_them() {
    for name in NAMES {
        let graph = of(name);
        let [csv, _] = export::table(&graph, TableFormat::Csv);
        let rows = export::records(&csv);
        let [lines, _] = export::table(&graph, TableFormat::JsonLines);
        let first = str::from_utf8(&lines).unwrap().lines().next().unwrap();
        let first: serde_json::Value = serde_json::from_str(first).unwrap();
        for column in [3, 4, 5] {
            assert_eq!(rows[1][column].as_deref(), Some(name));
        }
        assert_eq!(first["name"], name);
        for table in export::table(&graph, TableFormat::Spreadsheet) {
            let table = String::from_utf8(table).unwrap();
            assert_quiet("table", &table.replace("\r\n", "\n"));
            for field in export::records(table.as_bytes())
                .into_iter()
                .flatten()
                .flatten()
            {
                assert!(
                    !field.trim_start().starts_with(['=', '+', '-', '@']),
                    "{field}"
                );
                assert_one_line("field", &field);
            }
        }
    }
    assert_distinct(|name| TableFormat::Spreadsheet.field(name).into_owned());
    assert_distinct(|name| TableFormat::Csv.field(name).into_owned());
}

#[test]
fn accounts_of_a_graph_show_names_that_do_not_act() {
    let plain = of("plain");
    for name in NAMES {
        let graph = of(name);
        let id = id_of(name);
        let impact = graph.impact(&[finding(&id, name)], KindSet::ALL).unwrap();
        let licenses = graph.license_flow(&LicensePolicy::default());
        let texts = [
            graph.summary().to_string(),
            plain.diff(&graph).to_string(),
            graph.diff(&plain).to_string(),
            impact.to_string(),
        ];
        let looped = looped(name);
        let cycles = looped.cycles();
        let contaminations = graph.contaminations();
        let each = [
            texts.to_vec(),
            cycles.iter().map(|it| it.path().to_string()).collect(),
            contaminations.iter().map(ToString::to_string).collect(),
            licenses
                .findings()
                .iter()
                .map(ToString::to_string)
                .collect(),
            graph.warnings().iter().map(ToString::to_string).collect(),
        ];
        for text in each.iter().flatten() {
            assert_quiet("account", text);
        }
        assert!(!cycles.is_empty() && !contaminations.is_empty());
        let error = plain.dependencies(&id).unwrap_err();
        assert_told_quietly(&error);
        assert_eq!(graph.node(&id).unwrap().name(), name);
    }
}

fn finding(id: &str, name: &str) -> Finding {
    Finding::new(id.parse().unwrap(), FindingClass::PoisonedData, name)
        .with_tool(name)
        .with_severity(name)
        .with_doubt(name)
}
