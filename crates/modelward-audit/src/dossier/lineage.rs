use modelward_graph::{Drawing, Highlight, NodeKind, NodeSet};
use serde::Serialize;

use crate::dossier::block::{Block, Cell, Figure, Form, Section, Sign, Span, Table, Width};
use crate::dossier::near::{Marks, Near};
use crate::dossier::part::{Part, Rows};
use crate::dossier::words::{counted, grouped, title};
use crate::{Lineage, ModelEvidence};

/// How many conflicts of the graph are listed.
const CONFLICTS: usize = 20;

/// Shows where the model comes from.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Origin {
    /// How many nodes and edges the graph has, which may be of many models.
    nodes: usize,
    edges: usize,
    /// How many parts the model has, by every step.
    parts: usize,
    files: usize,
    drawn: Vec<Node>,
    relations: Vec<Edge>,
    conflicts: Rows<String>,
    #[serde(skip)]
    picture: Result<String, String>,
    #[serde(skip)]
    mermaid: Option<String>,
}

/// Names a node that is drawn.
#[derive(Serialize)]
struct Node {
    id: String,
    kind: &'static str,
    name: String,
    version: Option<String>,
    mark: Option<&'static str>,
    why: Option<String>,
}

/// Joins two nodes that are drawn.
#[derive(Serialize)]
struct Edge {
    from: String,
    relation: String,
    to: String,
}

impl Origin {
    pub(super) fn of(evidence: &ModelEvidence<'_>) -> Part<Self> {
        let lineage = evidence.lineage();
        Part::of(
            lineage.map(|lineage| Self::of_lineage(evidence, lineage)),
            "not given: no supply chain",
        )
    }

    fn of_lineage(evidence: &ModelEvidence<'_>, lineage: &Lineage) -> Self {
        let graph = lineage.graph();
        let near = Near::of(evidence, lineage);
        let set = graph.set(&near.ids).ok();
        let all = graph.dependencies(lineage.model()).ok();
        let files = all.as_ref().map(|all| all.of_kinds(NodeKind::File).len());
        let drawing = set.as_ref().map(|set| drawing(set, lineage, &near.marks));
        let node = |node: modelward_graph::NodeRef<'_>| {
            let known = near.marks.get(node.id());
            Node {
                id: node.id().to_owned(),
                kind: node.kind().name(),
                name: node.name().to_owned(),
                version: node.version().map(ToOwned::to_owned),
                mark: known.map(|(state, _)| state.name()),
                why: known.map(|(_, why)| why.clone()),
            }
        };
        let edge = |edge: modelward_graph::Edge<'_>| Edge {
            from: edge.from().id().to_owned(),
            relation: edge.relation().to_string(),
            to: edge.to().id().to_owned(),
        };
        Self {
            nodes: graph.node_count(),
            edges: graph.edge_count(),
            parts: all.as_ref().map_or(0, NodeSet::len),
            files: files.unwrap_or(0),
            drawn: set.iter().flat_map(NodeSet::iter).map(node).collect(),
            relations: set.iter().flat_map(NodeSet::edges).map(edge).collect(),
            conflicts: Rows::of(graph.warnings(), CONFLICTS, ToString::to_string),
            picture: drawing.as_ref().map_or_else(
                || Err("the model is not in its own supply chain".to_owned()),
                |drawing| drawing.to_svg().map_err(|error| error.to_string()),
            ),
            mermaid: drawing.and_then(|drawing| drawing.to_mermaid().ok()),
        }
    }

    /// Says what the picture leaves out.
    fn cut(&self) -> String {
        let parts = format!("The model has {}", counted(self.parts, "part"));
        let files = match self.files {
            0 => String::new(),
            files => format!(", of which {} {}", grouped(files as u64), plural(files)),
        };
        let shown = counted(self.drawn.len().saturating_sub(1), "other node");
        format!(
            "{parts}{files}. Shown are the model and {shown}: what is known to be flawed with the \
             way to it, what needs the model, then what is nearest. Other files are not drawn. The \
             whole graph has {} and {}.",
            counted(self.nodes, "node"),
            counted(self.edges, "edge"),
        )
    }

    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::text(self.cut())];
        match &self.picture {
            Ok(svg) => blocks.push(Block::Figure(Figure {
                id: "lineage-picture".to_owned(),
                caption: "Supply chain near the model. Arrows lead from what depends to what it \
                          depends on."
                    .to_owned(),
                html: svg.clone(),
                form: Form::Wide,
                instead: self.mermaid.as_deref().map(fence).into_iter().collect(),
            })),
            Err(why) => blocks.push(Block::Missing(format!("not drawn: {why}"))),
        }
        blocks.push(Block::Table(self.relations()));
        if self.conflicts.total() > 0 {
            blocks.push(Block::text(
                "Where the sources contradict each other or cannot be read:",
            ));
            let lines = self.conflicts.shown().iter();
            blocks.push(Block::List(lines.map(Cell::text).collect()));
            blocks.extend(self.conflicts.rest().map(Block::note));
        }
        blocks
    }

    /// Says in words what the picture shows.
    fn relations(&self) -> Table {
        let columns = [
            ("From", Width::Rest),
            ("Relation", Width::Middle),
            ("To", Width::Rest),
        ];
        let mut table = Table::new("relations", "What the picture shows, in words", &columns);
        for edge in &self.relations {
            table.row([
                self.node(&edge.from),
                Cell::text(&edge.relation),
                self.node(&edge.to),
            ]);
        }
        table
    }

    fn node(&self, id: &str) -> Cell {
        let Some(node) = self.drawn.iter().find(|node| node.id == id) else {
            return Cell::code(id);
        };
        let version = node.version.iter().map(|version| format!(" {version}"));
        let name: String = std::iter::once(node.name.clone()).chain(version).collect();
        let cell = Cell::strong(name).soft(title(node.kind));
        let Some(mark) = node.mark else {
            return cell;
        };
        let sign = if mark == Highlight::Affected.name() {
            Sign::Bad
        } else {
            Sign::Good
        };
        let why = node.why.clone().unwrap_or_default();
        cell.then(Span::Chip(sign, mark.to_owned()))
            .with(Span::Text(why))
    }
}

fn fence(text: &str) -> Block {
    Block::Fence("mermaid", text.to_owned())
}

const fn plural(files: usize) -> &'static str {
    if files == 1 { "is a file" } else { "are files" }
}

fn drawing<'g>(set: &NodeSet<'g>, lineage: &Lineage, marks: &Marks) -> Drawing<'g> {
    let mut drawing = set.drawing();
    for (id, (state, why)) in marks {
        // What is not among the nodes is not drawn.
        let _ = drawing.label(id, *state, why.clone());
    }
    if !marks.contains_key(lineage.model().as_str()) {
        let _ = drawing.label(lineage.model(), Highlight::Focus, "this model");
    }
    drawing
}

/// Lays out the section on lineage.
pub(super) fn section(origin: &Part<Origin>) -> Section {
    let blocks = match origin {
        Part::Given(origin) => origin.blocks(),
        Part::Missing { text } => vec![
            Block::Missing((*text).to_owned()),
            Block::text("Where the model comes from is not known."),
        ],
    };
    Section {
        id: "lineage",
        title: "Where it comes from",
        blocks,
    }
}
