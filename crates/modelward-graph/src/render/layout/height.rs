//! Heights: each slot as near to its neighbors as the order of its column allows.

use super::BOX_HEIGHT;
use super::slots::Slots;
use crate::render::balance::{Wish, places};

/// How often all columns are placed, in alternating directions: first by the neighbors that were
/// placed before, which carries heights across the whole picture, then by all.
const ROUNDS: usize = 40;
const CARRYING: usize = 6;

/// How far a box reaches from its middle, with half of the gap.
const BOX_REACH: f64 = BOX_HEIGHT / 2.0 + 8.0;

/// How far a line reaches that passes.
const LINE_REACH: f64 = 6.0;

/// Returns the height of the middle of each slot. The highest box begins at 0.
pub(super) fn heights(slots: &Slots) -> Vec<f64> {
    let mut heights = vec![0.0; slots.layer.len()];
    for column in &slots.columns {
        let wishes: Vec<Wish> = column
            .iter()
            .map(|slot| wish(slots, *slot, 0.0, 1.0))
            .collect();
        place(column, &wishes, &mut heights);
    }
    for round in 0..ROUNDS {
        let columns = slots.columns.len();
        for step in 0..columns {
            let at = if round % 2 == 0 {
                step
            } else {
                columns - 1 - step
            };
            let column = &slots.columns[at];
            let side = match round {
                CARRYING.. => Side::Both,
                _ if round % 2 == 0 => Side::Left,
                _ => Side::Right,
            };
            let wished = column.iter().map(|slot| near(slots, *slot, side, &heights));
            let wishes: Vec<Wish> = wished.collect();
            place(column, &wishes, &mut heights);
        }
    }
    let tops = heights
        .iter()
        .enumerate()
        .map(|(slot, height)| height - half(slots, slot));
    let top = tops.fold(f64::INFINITY, f64::min);
    heights.iter().map(|height| height - top).collect()
}

/// Which neighbors count.
#[derive(Clone, Copy)]
enum Side {
    Both,
    Left,
    Right,
}

/// Wishes for the mean of neighbors. Lines that pass want to be straight more than boxes want to
/// be in the middle, and what has no neighbors stays.
fn near(slots: &Slots, slot: usize, side: Side, heights: &[f64]) -> Wish {
    let (mut sum, mut weights) = (0.0, 0.0);
    let (left, right) = match side {
        Side::Both => (&slots.left[slot][..], &slots.right[slot][..]),
        Side::Left => (&slots.left[slot][..], &[][..]),
        Side::Right => (&[][..], &slots.right[slot][..]),
    };
    for other in left.iter().chain(right) {
        let weight = match (slots.is_bend(slot), slots.is_bend(*other)) {
            (true, true) => 8.0,
            (true, false) | (false, true) => 2.0,
            (false, false) => 1.0,
        };
        sum += heights[*other] * weight;
        weights += weight;
    }
    if weights > 0.0 {
        return wish(slots, slot, sum / weights, weights);
    }
    wish(slots, slot, heights[slot], 0.01)
}

const fn wish(slots: &Slots, slot: usize, at: f64, weight: f64) -> Wish {
    let reach = if slots.is_bend(slot) {
        LINE_REACH
    } else {
        BOX_REACH
    };
    Wish { at, weight, reach }
}

const fn half(slots: &Slots, slot: usize) -> f64 {
    if slots.is_bend(slot) {
        0.0
    } else {
        BOX_HEIGHT / 2.0
    }
}

fn place(column: &[usize], wishes: &[Wish], heights: &mut [f64]) {
    for (slot, height) in column.iter().zip(places(wishes)) {
        heights[*slot] = height;
    }
}
