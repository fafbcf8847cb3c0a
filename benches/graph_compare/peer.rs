//! The graph of petgraph with names, as one would write it.

use std::collections::HashMap;
use std::thread;

use petgraph::algo::{astar, kosaraju_scc, tarjan_scc, toposort};
use petgraph::graph::{Graph, NodeIndex};
use petgraph::visit::{Bfs, Dfs, EdgeRef as _, Reversed, VisitMap as _, Visitable as _};

use crate::data::{Edge, Picks};
use crate::session::{Engine, Outcome};
use crate::task::Task;

/// `tarjan_scc` recurses: this is a deep chain's worth.
const STACK: usize = 1 << 30;

struct Named {
    id: String,
    #[expect(
        dead_code,
        reason = "it takes its place, as the kind does in our graph"
    )]
    kind: u8,
}

/// The graph, and the table that every user needs beside it to find a node by its id.
pub(crate) struct Peer {
    graph: Graph<Named, u8>,
    nodes: HashMap<String, NodeIndex>,
}

impl Engine for Peer {
    fn build<'a>(edges: impl Iterator<Item = Edge<'a>>) -> Self {
        let mut peer = Self {
            graph: Graph::new(),
            nodes: HashMap::new(),
        };
        for Edge { from, relation, to } in edges {
            let (from, to) = (peer.node(from), peer.node(to));
            peer.graph.add_edge(from, to, relation);
        }
        peer
    }

    fn size(&self) -> (usize, usize) {
        (self.graph.node_count(), self.graph.edge_count())
    }

    fn run(&self, task: Task, picks: &Picks) -> Option<Outcome> {
        let same = |count: &usize| *count;
        Some(match task {
            Task::ClosurePopular => self.closure(&picks.popular),
            Task::ClosureP99 => self.closure(&picks.p99),
            Task::ClosureMedian => self.closure(&picks.median),
            Task::Union => Outcome::of(
                || self.union(&picks.flawed),
                |found| found.len() - picks.flawed.len(),
            ),
            Task::Separate => Outcome::of(|| self.separate(&picks.flawed), same),
            Task::Matrix => {
                let roots = picks.roots.iter().take(Task::SOME_ROOTS);
                Outcome::of(|| self.matrix(&picks.flawed, roots), Vec::len)
            }
            Task::Pairs => Outcome::of(|| self.pairs(picks), same),
            Task::Components => Outcome::of(|| self.components(), Vec::len),
            Task::ComponentsKosaraju => Outcome::of(|| kosaraju_scc(&self.graph), Vec::len),
            Task::Order => {
                let order = || toposort(&self.graph, None).unwrap_or_default();
                Outcome::of(order, |order| self.ordered(order))
            }
            Task::Why => {
                let path = || self.path(&picks.why);
                Outcome::of_short(path, |path| path.len().saturating_sub(1))
            }
            // It has no matrix of its own, two searches at once are the caller's affair, and its own
            // form on disk (serde) has neither checks nor the table of ids.
            Task::Build | Task::MatrixTwoThreads | Task::Memory => return None,
            Task::SnapshotLoad | Task::SnapshotSave => return None,
        })
    }
}

impl Peer {
    fn node(&mut self, id: &str) -> NodeIndex {
        if let Some(&node) = self.nodes.get(id) {
            return node;
        }
        let node = self.graph.add_node(Named {
            id: id.to_owned(),
            kind: kind(id),
        });
        self.nodes.insert(id.to_owned(), node);
        node
    }

    fn closure(&self, id: &str) -> Outcome {
        let search = || {
            let reversed = Reversed(&self.graph);
            let mut search = Bfs::new(reversed, self.nodes[id]);
            let mut found = Vec::new();
            while let Some(node) = search.next(reversed) {
                found.push(node);
            }
            found
        };
        Outcome::of_short(search, |found| found.len() - 1)
    }

    fn union(&self, ids: &[String]) -> Vec<NodeIndex> {
        let reversed = Reversed(&self.graph);
        let starts: Vec<_> = ids.iter().map(|id| self.nodes[id]).collect();
        let mut search = Dfs::from_parts(starts, self.graph.visit_map());
        let mut found = Vec::new();
        while let Some(node) = search.next(reversed) {
            found.push(node);
        }
        found
    }

    fn separate(&self, ids: &[String]) -> usize {
        let reversed = Reversed(&self.graph);
        let mut search = Dfs::empty(reversed);
        let mut count = 0;
        for id in ids {
            search.reset(reversed);
            search.move_to(self.nodes[id]);
            while search.next(reversed).is_some() {
                count += 1;
            }
            count -= 1;
        }
        count
    }

    /// Searches from each root, and then looks which of the flawed were seen.
    fn matrix<'r>(
        &self,
        flawed: &[String],
        roots: impl Iterator<Item = &'r String>,
    ) -> Vec<(NodeIndex, NodeIndex)> {
        let flawed: Vec<_> = flawed.iter().map(|id| self.nodes[id]).collect();
        let mut search = Dfs::empty(&self.graph);
        let mut pairs = Vec::new();
        for root in roots.map(|id| self.nodes[id]) {
            search.reset(&self.graph);
            search.move_to(root);
            while search.next(&self.graph).is_some() {}
            let seen = flawed
                .iter()
                .filter(|node| search.discovered.is_visited(*node));
            pairs.extend(seen.map(|node| (root, *node)));
        }
        pairs
    }

    /// Counts the pairs of a whole matrix the other way, from each of the fewer flawed nodes.
    fn pairs(&self, picks: &Picks) -> usize {
        let reversed = Reversed(&self.graph);
        let roots: Vec<_> = picks.roots.iter().map(|id| self.nodes[id]).collect();
        let mut search = Dfs::empty(reversed);
        let mut count = 0;
        for id in &picks.flawed {
            search.reset(reversed);
            search.move_to(self.nodes[id]);
            while search.next(reversed).is_some() {}
            count += roots
                .iter()
                .filter(|root| search.discovered.is_visited(*root))
                .count();
        }
        count
    }

    fn components(&self) -> Vec<Vec<NodeIndex>> {
        thread::scope(|scope| {
            let builder = thread::Builder::new().stack_size(STACK);
            let thread = builder.spawn_scoped(scope, || tarjan_scc(&self.graph));
            let components = thread.map(thread::ScopedJoinHandle::join);
            components.ok().and_then(Result::ok).unwrap_or_default()
        })
    }

    /// Returns how many nodes an order has, or 0 if an edge leads backwards.
    fn ordered(&self, order: &[NodeIndex]) -> usize {
        let mut places = vec![0; self.graph.node_count()];
        for (place, node) in order.iter().enumerate() {
            places[node.index()] = place;
        }
        let mut edges = self.graph.edge_references();
        let right = edges.all(|edge| places[edge.source().index()] < places[edge.target().index()]);
        if right { order.len() } else { 0 }
    }

    fn path(&self, [from, to]: &[String; 2]) -> Vec<&str> {
        let goal = self.nodes[to];
        let found = astar(
            &self.graph,
            self.nodes[from],
            |node| node == goal,
            |_| 1,
            |_| 0,
        );
        let (_, path) = found.unwrap_or_default();
        path.into_iter()
            .map(|node| self.graph[node].id.as_str())
            .collect()
    }
}

/// Tells a kind by the type of a package URL.
fn kind(id: &str) -> u8 {
    match id {
        id if id.starts_with("pkg:huggingface/") => 1,
        id if id.starts_with("pkg:pypi/") => 2,
        _ => 0,
    }
}
