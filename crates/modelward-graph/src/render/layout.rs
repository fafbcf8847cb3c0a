//! A layered layout after Sugiyama, Tagawa and Toda (1981): columns by dependency, few crossings,
//! lines as straight as they can be. Every step has a fixed number of rounds and breaks ties by
//! place, so the same picture gives the same numbers.

mod crossing;
mod height;
mod slots;

use self::slots::Slots;
use super::line::Line;
use super::{DrawError, cycles, layers};

/// The height of a box in pixels.
pub(super) const BOX_HEIGHT: f64 = 42.0;

/// How many turns the lines of a picture may take.
const MAX_BENDS: usize = 50_000;

/// Where nodes and lines go. Columns are numbered, heights are in pixels.
pub(super) struct Layout {
    pub(super) columns: usize,
    /// The column of each node, and the height of its middle.
    pub(super) nodes: Vec<(usize, f64)>,
    /// The way of each line.
    pub(super) ways: Vec<Way>,
    pub(super) height: f64,
}

/// The way of a line from the left to the right.
pub(super) struct Way {
    /// Whether the line leads from the right to the left, which closes a cycle.
    pub(super) is_back: bool,
    /// The nodes on the left and on the right.
    pub(super) ends: (usize, usize),
    /// Columns and heights, one in each column from one end to the other.
    pub(super) stops: Vec<(usize, f64)>,
}

impl Layout {
    pub(super) fn of(nodes: usize, lines: &[Line]) -> Result<Self, DrawError> {
        let backward = cycles::backward(nodes, lines);
        let ends = lines
            .iter()
            .zip(&backward)
            .map(|(line, is_back)| match is_back {
                true => (line.to, line.from),
                false => (line.from, line.to),
            });
        let ends: Vec<(usize, usize)> = ends.collect();
        let layer = layers::layers(nodes, &ends);
        let spans = ends.iter().map(|(from, to)| layer[*to] - layer[*from] - 1);
        let found = spans.sum();
        if found > MAX_BENDS {
            let limit = MAX_BENDS;
            return Err(DrawError::TooManyBends { found, limit });
        }
        let mut slots = Slots::of(&layer, &ends);
        crossing::reduce(&mut slots);
        let heights = height::heights(&slots);
        let stop = |slot: &usize| (slots.layer[*slot], heights[*slot]);
        let chains = slots.chains.iter().zip(&backward).zip(ends);
        let ways = chains.map(|((chain, is_back), ends)| Way {
            is_back: *is_back,
            ends,
            stops: chain.iter().map(stop).collect(),
        });
        let lowest = heights.iter().copied().fold(0.0, f64::max);
        Ok(Self {
            columns: slots.columns.len(),
            nodes: (0..nodes)
                .map(|node| (layer[node], heights[node]))
                .collect(),
            ways: ways.collect(),
            height: lowest + BOX_HEIGHT / 2.0,
        })
    }
}
