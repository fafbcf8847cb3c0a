//! Fewer crossings: each slot goes to the middle of its neighbors, column by column.

use super::slots::Slots;

/// How often all columns are sorted, in alternating directions.
const ROUNDS: usize = 24;

/// Sorts the columns and keeps the order that crosses least, of equals the first.
pub(super) fn reduce(slots: &mut Slots) {
    let mut best = (crossings(slots), slots.columns.clone());
    for round in 0..ROUNDS {
        if best.0 == 0 {
            break;
        }
        if round % 2 == 0 {
            (1..slots.columns.len()).for_each(|column| sort(slots, column, Side::Left));
        } else {
            (0..slots.columns.len())
                .rev()
                .for_each(|column| sort(slots, column, Side::Right));
        }
        exchange(slots);
        let count = crossings(slots);
        if count < best.0 {
            best = (count, slots.columns.clone());
        }
    }
    slots.columns = best.1;
}

#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

impl Slots {
    fn neighbors(&self, slot: usize, side: Side) -> &[usize] {
        match side {
            Side::Left => &self.left[slot],
            Side::Right => &self.right[slot],
        }
    }
}

/// Sorts a column by the mean place of the neighbors on one side. What has none keeps its place.
fn sort(slots: &mut Slots, column: usize, side: Side) {
    let ranks = slots.ranks();
    let order = &slots.columns[column];
    let mean = |slot: usize| {
        let neighbors = slots.neighbors(slot, side);
        let sum: usize = neighbors.iter().map(|other| ranks[*other]).sum();
        (!neighbors.is_empty()).then(|| sum as f64 / neighbors.len() as f64)
    };
    let mut moved: Vec<(f64, usize)> = order
        .iter()
        .filter_map(|slot| mean(*slot).map(|mean| (mean, *slot)))
        .collect();
    moved.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut moved = moved.into_iter().map(|(_, slot)| slot);
    let sorted = order.iter().map(|slot| match slots.neighbors(*slot, side) {
        [] => *slot,
        _ => moved.next().unwrap_or(*slot),
    });
    slots.columns[column] = sorted.collect();
}

/// Exchanges slots that lie side by side wherever that crosses less.
fn exchange(slots: &mut Slots) {
    for column in 0..slots.columns.len() {
        let ranks = slots.ranks();
        for at in 1..slots.columns[column].len() {
            let (upper, lower) = (slots.columns[column][at - 1], slots.columns[column][at]);
            let crossed = |a: usize, b: usize| {
                let sides = [Side::Left, Side::Right].into_iter();
                let pairs = sides.map(|side| (slots.neighbors(a, side), slots.neighbors(b, side)));
                pairs
                    .map(|(a, b)| crossings_of(a, b, &ranks))
                    .sum::<usize>()
            };
            if crossed(lower, upper) < crossed(upper, lower) {
                slots.columns[column].swap(at - 1, at);
            }
        }
    }
}

/// Counts the pairs of neighbors of which that of the upper slot is the lower one.
fn crossings_of(upper: &[usize], lower: &[usize], ranks: &[usize]) -> usize {
    let below = |a: &usize| lower.iter().filter(|b| ranks[**b] < ranks[*a]).count();
    upper.iter().map(below).sum()
}

/// Counts all crossings between columns that lie side by side.
fn crossings(slots: &Slots) -> usize {
    let ranks = slots.ranks();
    let pairs = slots.columns.windows(2);
    pairs
        .map(|pair| between(slots, &pair[0], pair[1].len(), &ranks))
        .sum()
}

/// Counts with a tree of sums (Fenwick) how many lines end below each that starts further down.
fn between(slots: &Slots, column: &[usize], width: usize, ranks: &[usize]) -> usize {
    let mut tree = vec![0; width + 1];
    let (mut count, mut total) = (0, 0);
    for slot in column {
        let mut ends: Vec<usize> = slots.right[*slot].iter().map(|to| ranks[*to]).collect();
        ends.sort_unstable();
        for end in &ends {
            let mut at = end + 1;
            let mut not_below = 0;
            while at > 0 {
                not_below += tree[at];
                at &= at - 1;
            }
            count += total - not_below;
        }
        for end in ends {
            total += 1;
            let mut at = end + 1;
            while at <= width {
                tree[at] += 1;
                at += at & at.wrapping_neg();
            }
        }
    }
    count
}
