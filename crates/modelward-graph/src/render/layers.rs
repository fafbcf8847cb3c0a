//! Which column each node stands in.

/// Numbers the columns from the left, given lines without a cycle. Every line leads to the right.
///
/// A node stands as far left as its dependents let it, and further right where that makes its lines
/// shorter. Nodes without lines are spread over the columns.
pub(super) fn layers(nodes: usize, lines: &[(usize, usize)]) -> Vec<usize> {
    let mut outgoing = vec![Vec::new(); nodes];
    let mut incoming = vec![Vec::new(); nodes];
    for &(from, to) in lines {
        outgoing[from].push(to);
        incoming[to].push(from);
    }
    let order = sorted(&outgoing, &incoming);
    let mut layer = vec![0; nodes];
    for &node in &order {
        let dependents = incoming[node].iter().map(|from| layer[*from] + 1);
        layer[node] = dependents.max().unwrap_or(0);
    }
    for &node in order.iter().rev() {
        let nearest = outgoing[node].iter().map(|to| layer[*to] - 1).min();
        if let Some(nearest) = nearest.filter(|_| outgoing[node].len() > incoming[node].len()) {
            layer[node] = nearest;
        }
    }
    let is_alone = |node: &usize| outgoing[*node].is_empty() && incoming[*node].is_empty();
    let alone: Vec<usize> = (0..nodes).filter(is_alone).collect();
    spread(&alone, &mut layer);
    layer
}

/// Sorts the nodes so that dependents come first.
fn sorted(outgoing: &[Vec<usize>], incoming: &[Vec<usize>]) -> Vec<usize> {
    let mut waiting: Vec<usize> = incoming.iter().map(Vec::len).collect();
    let mut order: Vec<usize> = (0..waiting.len())
        .filter(|node| waiting[*node] == 0)
        .collect();
    let mut at = 0;
    while let Some(&node) = order.get(at) {
        at += 1;
        for &to in &outgoing[node] {
            waiting[to] -= 1;
            if waiting[to] == 0 {
                order.push(to);
            }
        }
    }
    order
}

/// Spreads nodes that nothing joins, so that they take about as much width as height.
fn spread(alone: &[usize], layer: &mut [usize]) {
    let used = layer.iter().max().map_or(1, |last| last + 1);
    let columns = used.max((alone.len() / 4).isqrt() + 1);
    for (at, node) in alone.iter().enumerate() {
        layer[*node] = at % columns;
    }
}
