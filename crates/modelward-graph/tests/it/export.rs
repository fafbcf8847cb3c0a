use std::io::{self, Write};

use modelward_artifact::Digest;
use modelward_graph::{
    Node, NodeKind, Relation, SignatureState, Source, SupplyGraph, SupplyGraphBuilder, TableFormat,
};
use proptest::prelude::*;

/// Texts that readers of tables stumble over.
pub(crate) const NASTY: [&str; 16] = [
    "plain",
    "a,b",
    "say \"hello\"",
    "\"",
    "two\nlines",
    "two\r\nlines",
    "\r",
    "=HYPERLINK(\"x\")",
    "+1-2@3",
    " blanks around ",
    "before\n\\.\nafter",
    "\\.",
    "\\N",
    "NULL",
    "\u{202e}right\u{1f600}\u{feff}",
    "'; DROP TABLE nodes; --",
];

pub(crate) fn table(graph: &SupplyGraph, format: TableFormat) -> [Vec<u8>; 2] {
    let [mut nodes, mut edges] = [Vec::new(), Vec::new()];
    graph.write_nodes(&mut nodes, format).unwrap();
    graph.write_edges(&mut edges, format).unwrap();
    [nodes, edges]
}

/// Reads a table as RFC 4180 says. A field without quotes that is empty is `None`.
pub(crate) fn records(table: &[u8]) -> Vec<Vec<Option<String>>> {
    let text = str::from_utf8(table).unwrap();
    let (mut records, mut record) = (Vec::new(), Vec::new());
    let mut rest = text;
    while !rest.is_empty() {
        let field;
        if let Some(quoted) = rest.strip_prefix('"') {
            let pairs = quoted.replace("\"\"", "\0\0");
            let end = pairs.find('"').unwrap();
            field = Some(quoted[..end].replace("\"\"", "\""));
            rest = &quoted[end + 1..];
        } else {
            let end = rest.find([',', '\r']).unwrap();
            field = Some(rest[..end].to_owned()).filter(|field| !field.is_empty());
            rest = &rest[end..];
        }
        record.push(field);
        if let Some(next) = rest.strip_prefix(',') {
            rest = next;
        } else {
            rest = rest.strip_prefix("\r\n").unwrap();
            records.push(std::mem::take(&mut record));
        }
    }
    records
}

fn lines(table: &[u8]) -> Vec<serde_json::Value> {
    let lines = str::from_utf8(table).unwrap().lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn nasty(texts: &[&str]) -> SupplyGraph {
    let mut builder = SupplyGraphBuilder::default();
    for (number, text) in texts.iter().enumerate() {
        builder.begin(Source::new(*text)).unwrap();
        let node = Node::new(
            format!("n{number}").parse().unwrap(),
            NodeKind::TrainingRun,
            *text,
        );
        let node = node.with_version(*text).with_license(*text);
        builder.add_node(&node).unwrap();
        builder
            .relate_all(&[("n0", Relation::Uses, format!("n{number}").as_str())])
            .unwrap();
    }
    builder.build().unwrap()
}

#[test]
fn a_small_graph_is_written_as_expected() {
    let mut builder = SupplyGraphBuilder::default();
    builder.begin(Source::new("a, b.json")).unwrap();
    let digests = [Digest::sha256(b"a"), Digest::sha256(b"b")];
    let mut node = Node::new("m".parse().unwrap(), NodeKind::Model, "say \"m\"");
    node = node
        .with_signature(SignatureState::Verified)
        .with_license("MIT");
    for digest in digests {
        node = node.with_digest(digest);
    }
    builder.add_node(&node).unwrap();
    builder
        .relate_all(&[("pkg:oci/shop@1", Relation::Serves, "m")])
        .unwrap();
    let graph = builder.build().unwrap();
    let mut hex = digests.map(|digest| digest.to_string());
    hex.sort();
    let [a, b] = &hex;

    let [nodes, edges] = table(&graph, TableFormat::Csv);
    let expected = format!(
        "node,id,kind,name,version,license,digests,signature,sources\r\n\
        0,m,model,\"say \"\"m\"\"\",,MIT,{a} {b},verified,\"[\"\"a, b.json\"\"]\"\r\n\
        1,pkg:oci/shop@1,container,shop,1,,,unknown,[]\r\n"
    );
    assert_eq!(String::from_utf8(nodes).unwrap(), expected);
    let expected = "src,dst,relation,sources\r\n1,0,serves,\"[\"\"a, b.json\"\"]\"\r\n";
    assert_eq!(String::from_utf8(edges).unwrap(), expected);

    let [nodes, edges] = table(&graph, TableFormat::JsonLines);
    let expected = format!(
        r#"{{"node":0,"id":"m","kind":"model","name":"say \"m\"","version":null,"license":"MIT","digests":["{a}","{b}"],"signature":"verified","sources":["a, b.json"]}}
{{"node":1,"id":"pkg:oci/shop@1","kind":"container","name":"shop","version":"1","license":null,"digests":[],"signature":"unknown","sources":[]}}
"#
    );
    assert_eq!(String::from_utf8(nodes).unwrap(), expected);
    let expected = "{\"src\":1,\"dst\":0,\"relation\":\"serves\",\"sources\":[\"a, b.json\"]}\n";
    assert_eq!(String::from_utf8(edges).unwrap(), expected);
}

#[test]
fn an_empty_graph_has_a_head_and_no_rows() {
    let graph = SupplyGraphBuilder::default().build().unwrap();
    let [nodes, edges] = table(&graph, TableFormat::Csv);
    assert_eq!((records(&nodes).len(), records(&edges).len()), (1, 1));
    let [nodes, edges] = table(&graph, TableFormat::JsonLines);
    assert!(nodes.is_empty() && edges.is_empty());
}

/// Compares every field of both tables of both formats with the graph.
fn assert_same(graph: &SupplyGraph) {
    let [nodes, edges] = table(graph, TableFormat::Csv);
    let [node_lines, edge_lines] = table(graph, TableFormat::JsonLines);
    let (nodes, edges) = (records(&nodes), records(&edges));
    let (node_lines, edge_lines) = (lines(&node_lines), lines(&edge_lines));
    assert_eq!(
        (nodes.len() - 1, edges.len() - 1),
        (node_lines.len(), edge_lines.len())
    );
    for ((node, record), line) in graph.nodes().zip(&nodes[1..]).zip(&node_lines) {
        let text = |field: Option<&str>| field.map(str::to_owned);
        assert_eq!(record[1], text(Some(node.id())));
        assert_eq!(record[3], text(Some(node.name())));
        assert_eq!(
            (&record[4], &record[5]),
            (&text(node.version()), &text(node.license()))
        );
        assert_eq!(line["name"], node.name());
        let sources: Vec<_> = node.sources().into_iter().map(Source::name).collect();
        assert_eq!(record[8], Some(serde_json::to_string(&sources).unwrap()));
        assert_eq!(line["sources"], serde_json::json!(sources));
    }
    for ((edge, record), line) in graph.edges().zip(&edges[1..]).zip(&edge_lines) {
        let number = |field: &Option<String>| field.as_ref().unwrap().parse::<usize>().unwrap();
        let (from, to) = (
            &nodes[number(&record[0]) + 1],
            &nodes[number(&record[1]) + 1],
        );
        assert_eq!(from[1].as_deref(), Some(edge.from().id()));
        assert_eq!(to[1].as_deref(), Some(edge.to().id()));
        assert_eq!(record[2].as_deref(), Some(edge.relation().key()));
        assert_eq!(line["relation"], edge.relation().key());
    }
}

#[test]
fn nasty_texts_come_back_as_they_were() {
    assert_same(&nasty(&NASTY));
    assert_same(&nasty(&["a", "nul\0inside", "\u{85}\u{2028}", "\t"]));
}

#[test]
fn an_empty_name_is_not_a_missing_one() {
    let mut builder = SupplyGraphBuilder::default();
    builder
        .relate_all(&[("a", Relation::Uses, "pkg:generic/")])
        .unwrap();
    let [nodes, _] = table(&builder.build().unwrap(), TableFormat::Csv);
    assert!(
        str::from_utf8(&nodes)
            .unwrap()
            .contains("pkg:generic/,unknown,\"\",,")
    );
}

/// Fails after some bytes.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self
            .0
            .checked_sub(bytes.len())
            .ok_or(io::ErrorKind::StorageFull)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_writer_that_fails_is_an_error() {
    let graph = nasty(&NASTY);
    for format in [TableFormat::Csv, TableFormat::JsonLines] {
        let refused = graph.write_nodes(Full(300), format).unwrap_err();
        assert_eq!(refused.code(), "graph.export.write");
        assert_eq!(refused.to_string(), "cannot write the table");
        let refused = graph.write_edges(Full(50), format).unwrap_err();
        assert_eq!(refused.code(), "graph.export.write");
    }
}

proptest! {
    #[test]
    fn any_text_comes_back_as_it_was(texts in proptest::collection::vec("[\",\r\n\\\\a ]+|\\PC+", 1..6)) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        assert_same(&nasty(&texts));
    }
}
