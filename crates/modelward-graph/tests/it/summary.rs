use modelward_graph::{
    NeededNode, Node, NodeKind, Relation, Scope, Source, SupplyGraphBuilder, WarningKind,
};

const ON: Relation = Relation::DependsOn(Scope::Runtime);

#[test]
fn an_empty_graph_is_summed_up() {
    let graph = SupplyGraphBuilder::default().build().unwrap();
    let expected = "nodes: 0\nedges: 0\nsources: 0\nwarnings: 0\nroots: 0\nleaves: 0\ncycles: 0\n\
        longest chain: 0";
    assert_eq!(graph.summary().to_string(), expected);
}

#[test]
fn cycles_count_once_in_chains_and_several_relations_once_among_dependents() {
    let mut builder = SupplyGraphBuilder::default();
    builder.begin(Source::new("bom.json")).unwrap();
    // `a` and `b` need one another, and so do `c`, `d` and `e`.
    let edges = [
        ("root", ON, "a"),
        ("a", ON, "b"),
        ("b", Relation::Uses, "a"),
        ("b", ON, "c"),
        ("b", Relation::Uses, "c"),
        ("c", ON, "d"),
        ("d", ON, "e"),
        ("e", ON, "c"),
        ("e", ON, "leaf\u{202e}"),
        ("root", ON, "leaf\u{202e}"),
    ];
    builder.relate_all(&edges).unwrap();
    let alone = Node::new("alone".parse().unwrap(), NodeKind::Model, "alone");
    builder.add_node(&alone).unwrap();
    builder.warn(
        "/x",
        WarningKind::Duplicate {
            name: "a".to_owned(),
        },
    );
    let summary = builder.build().unwrap().summary();
    let expected = "nodes: 8
  model: 1
  unknown: 7
edges: 10
  depends on: 8
  uses: 2
sources: 1
warnings: 8
  graph.warning.duplicate: 1
  graph.warning.undescribed: 7
roots: 2
leaves: 2
cycles: 2, the largest of 3 nodes
longest chain: 3
most direct dependents:
  a: 2
  c: 2
  leaf\\u{202e}: 2
  b: 1
  d: 1
  e: 1";
    assert_eq!(summary.to_string(), expected);
    let json = serde_json::to_value(&summary).unwrap();
    assert_eq!(json["relations"]["uses"], 2);
    assert_eq!(json["kinds"]["model"], 1);
    assert_eq!(json["most_needed"][0]["dependents"], 2);
}

#[test]
fn ten_nodes_are_named_and_a_long_chain_is_measured() {
    let mut builder = SupplyGraphBuilder::default();
    let ids: Vec<String> = (0..100_000).map(|number| format!("n{number:06}")).collect();
    let chain: Vec<_> = ids
        .windows(2)
        .map(|pair| (&*pair[0], ON, &*pair[1]))
        .collect();
    builder.relate_all(&chain).unwrap();
    let summary = builder.build().unwrap().summary();
    assert_eq!(summary.longest_chain(), 99_999);
    let named: Vec<_> = summary.most_needed().iter().map(NeededNode::id).collect();
    assert_eq!(named.len(), 10);
    assert_eq!((named[0], named[9]), ("n000001", "n000010"));
}
