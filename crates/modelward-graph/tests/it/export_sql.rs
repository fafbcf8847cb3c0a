use std::fs;
use std::path::PathBuf;

use modelward_graph::{
    Direction, FindingClass, Node, NodeKind, Relation, RelationSet, Source, SupplyGraph,
    SupplyGraphBuilder, TableFormat,
};
use serde_json::json;

use crate::export::{NASTY, table};

const NODES: u64 = 3_000;

/// Makes a graph with cycles, of all kinds, whose names databases stumble over.
fn made() -> SupplyGraph {
    let mut builder = SupplyGraphBuilder::default();
    let mut state = 88_172_645_463_325_252_u64;
    let mut below = |bound: u64| {
        // Numbers that look random and are the same every time (Marsaglia's xorshift).
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % bound
    };
    for number in 0..NODES {
        let pick = usize::try_from(number).unwrap();
        let text = NASTY[pick % NASTY.len()];
        builder
            .begin(Source::new(format!("{text}{}", number % 7)))
            .unwrap();
        let kind = NodeKind::ALL[pick % NodeKind::ALL.len()];
        let mut node = Node::new(format!("node '{number}\"").parse().unwrap(), kind, text);
        if number % 3 == 0 {
            node = node.with_version(text).with_license("MIT, or \"other\"");
        }
        builder.add_node(&node).unwrap();
        for _ in 0..below(6) {
            let to = below(number.max(1));
            let relation = Relation::ALL[usize::try_from(below(22)).unwrap()];
            let to = format!("node '{to}\"").parse().unwrap();
            builder.relate(node.id(), relation, &to).unwrap();
            // One edge in fifty leads back too, which closes a cycle.
            if below(50) == 0 {
                builder.relate(&to, relation, node.id()).unwrap();
            }
        }
    }
    builder.build().unwrap()
}

/// Writes the tables of a graph and questions with their answers to the folder that
/// `MODELWARD_SQL_OUT` names. `.ci/graph_sql.sh` asks databases the same.
#[test]
fn tables_and_questions_are_written_for_databases() {
    let out = std::env::var_os("MODELWARD_SQL_OUT").map(PathBuf::from);
    let out = out.unwrap_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("graph-sql"));
    fs::create_dir_all(&out).unwrap();
    let graph = made();
    assert!(graph.summary().cycles() > 0);
    for (format, extension) in [(TableFormat::Csv, "csv"), (TableFormat::JsonLines, "jsonl")] {
        let [nodes, edges] = table(&graph, format);
        fs::write(out.join(format!("nodes.{extension}")), nodes).unwrap();
        fs::write(out.join(format!("edges.{extension}")), edges).unwrap();
    }
    let masks = [
        RelationSet::ALL,
        FindingClass::CodeFlaw.flow(),
        FindingClass::PoisonedData.flow(),
    ];
    let mut questions = String::new();
    let mut reached = 0;
    for start in (0..NODES).step_by(150) {
        let id = format!("node '{start}\"");
        for mask in masks {
            for hops in [None, Some(1), Some(3)] {
                let query = graph
                    .query(Direction::Dependents, [&id])
                    .unwrap()
                    .along(mask);
                let answer = match hops {
                    Some(hops) => query.within(hops).resolve(),
                    None => query.resolve(),
                };
                reached += answer.len();
                let relations: Vec<_> = mask.iter().map(Relation::key).collect();
                let question = json!({
                    "id": id, "relations": relations, "hops": hops, "answer": answer.ids(),
                });
                questions.push_str(&question.to_string());
                questions.push('\n');
            }
        }
    }
    assert!(reached > 10_000, "{reached}");
    fs::write(out.join("questions.jsonl"), questions).unwrap();
}
