//! Strongly connected components, by Tarjan's algorithm without recursion.

/// What the algorithm walks on: nodes from 0 on and, for each, a list with gaps.
pub(crate) trait Adjacency {
    /// Returns the number of nodes.
    fn nodes(&self) -> usize;

    /// Returns the length of the list of a node.
    fn len(&self, node: u32) -> usize;

    /// Returns the neighbor at a place of the list, if there is one.
    fn neighbor(&self, node: u32, at: usize) -> Option<u32>;
}

/// Returns for each node the number of its component. A component has a lower number than those
/// from which it can be reached.
pub(crate) fn components(graph: &impl Adjacency) -> (Vec<u32>, u32) {
    let mut search = Search {
        entered: vec![0; graph.nodes()],
        component: vec![OPEN; graph.nodes()],
        count: 0,
        clock: 0,
        open: Vec::new(),
        calls: Vec::new(),
    };
    for root in 0..crate::graph::ix(graph.nodes()) {
        if search.entered[root as usize] == 0 {
            search.enter(root);
            search.run(graph);
        }
    }
    (search.component, search.count)
}

/// Marks a node that has no component yet.
const OPEN: u32 = u32::MAX;

struct Search {
    /// When each node was entered, from 1 on, then the earliest that it leads back to.
    entered: Vec<u32>,
    component: Vec<u32>,
    count: u32,
    clock: u32,
    /// Nodes without a component, in the order in which they were entered.
    open: Vec<u32>,
    /// What recursion would keep: the node, when it was entered, and the next place of its list.
    calls: Vec<(u32, u32, usize)>,
}

impl Search {
    fn enter(&mut self, node: u32) {
        self.clock += 1;
        self.entered[node as usize] = self.clock;
        self.open.push(node);
        self.calls.push((node, self.clock, 0));
    }

    fn run(&mut self, graph: &impl Adjacency) {
        while let Some((node, entered, at)) = self.calls.last_mut() {
            let node = *node;
            if *at == graph.len(node) {
                let entered = *entered;
                self.calls.pop();
                self.leave(node, entered);
                continue;
            }
            let neighbor = graph.neighbor(node, *at);
            *at += 1;
            let Some(neighbor) = neighbor else {
                continue;
            };
            if self.entered[neighbor as usize] == 0 {
                self.enter(neighbor);
            } else if self.component[neighbor as usize] == OPEN {
                let back = self.entered[neighbor as usize];
                let low = &mut self.entered[node as usize];
                *low = back.min(*low);
            }
        }
    }

    /// Closes the component that began with the node, or tells the caller how far back it leads.
    fn leave(&mut self, node: u32, entered: u32) {
        let low = self.entered[node as usize];
        if low == entered {
            while let Some(member) = self.open.pop() {
                self.component[member as usize] = self.count;
                if member == node {
                    break;
                }
            }
            self.count += 1;
        } else if let Some((caller, ..)) = self.calls.last() {
            let caller = &mut self.entered[*caller as usize];
            *caller = low.min(*caller);
        }
    }
}
