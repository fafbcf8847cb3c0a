use super::label::{Label, Labels};
use super::way::Way;
use crate::render::layout::{BOX_HEIGHT, Layout};
use crate::render::picture::Picture;

pub(super) const BOX_WIDTH: f64 = 188.0;

/// What is left free around the picture.
pub(super) const MARGIN: f64 = 20.0;

/// The least width, which a title and a legend need.
const LEAST: f64 = 320.0;

/// The height that a title takes.
const TITLE: f64 = 36.0;

/// The least width between two columns.
const GAP: f64 = 64.0;

/// How far the ends of lines lie apart at a box, and how much of its side they take at most.
const PORT: f64 = 6.0;
const PORTS: f64 = 26.0;

/// Turns columns and heights into pixels.
pub(super) struct Canvas {
    pub(super) width: f64,
    /// Where the boxes end.
    pub(super) bottom: f64,
    /// The left side of each column.
    columns: Vec<f64>,
    top: f64,
    ways: Vec<Way>,
    labels: Vec<Label>,
}

impl Canvas {
    pub(super) fn of(picture: &Picture<'_>, layout: &Layout) -> Self {
        let top = MARGIN + picture.title.map_or(0.0, |_| TITLE);
        let labels = Labels::of(picture);
        let columns = columns(layout, &labels);
        let last = columns.last().copied().unwrap_or(MARGIN);
        let mut canvas = Self {
            width: f64::max(last + BOX_WIDTH + MARGIN, LEAST),
            bottom: top + layout.height,
            columns,
            top,
            ways: Vec::new(),
            labels: Vec::new(),
        };
        let shifts = shifts(layout);
        for ((way, shifts), line) in layout.ways.iter().zip(shifts).zip(0..) {
            let mut points = canvas.points(&way.stops);
            if let [first, .., last] = &mut points[..] {
                first.1 += shifts.0;
                last.1 += shifts.1;
            }
            canvas.ways.push(Way::new(line, way.is_back, points));
        }
        canvas.labels = labels.placed(&canvas.ways);
        canvas
    }

    pub(super) fn ways(&self) -> &[Way] {
        &self.ways
    }

    pub(super) fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// Returns the upper left corner of a node's box.
    pub(super) fn corner(&self, layout: &Layout, node: usize) -> (f64, f64) {
        let (column, middle) = layout.nodes[node];
        (self.columns[column], self.top + middle - BOX_HEIGHT / 2.0)
    }

    /// Returns where a line leaves each column but the last, and enters each but the first.
    fn points(&self, stops: &[(usize, f64)]) -> Vec<(f64, f64)> {
        let mut points = Vec::with_capacity(stops.len() * 2);
        for (at, &(column, height)) in stops.iter().enumerate() {
            let (x, y) = (self.columns[column], self.top + height);
            if at > 0 {
                points.push((x, y));
            }
            if at + 1 < stops.len() {
                points.push((x + BOX_WIDTH, y));
            }
        }
        points
    }
}

/// Returns the left side of each column: wider apart where labels or many lines stand between.
fn columns(layout: &Layout, labels: &Labels) -> Vec<f64> {
    let mut gaps = vec![GAP; layout.columns.saturating_sub(1)];
    let mut crowds = vec![0.0; gaps.len()];
    for (way, line) in layout.ways.iter().zip(0..) {
        for pair in way.stops.windows(2) {
            crowds[pair[0].0] += 1.0;
        }
        let first = way.stops[0].0;
        gaps[first] = labels.room(line).max(gaps[first]);
    }
    let mut x = MARGIN;
    let mut columns = vec![x];
    for (gap, crowd) in gaps.iter().zip(crowds) {
        x += BOX_WIDTH + gap.max(GAP + f64::min(crowd, 100.0));
        columns.push(x);
    }
    columns
}

/// Returns how far both ends of each line are moved from the middle of their boxes, so that lines
/// end side by side, in the order in which they come.
fn shifts(layout: &Layout) -> Vec<(f64, f64)> {
    let mut shifts = vec![(0.0, 0.0); layout.ways.len()];
    let mut starts = vec![Vec::new(); layout.nodes.len()];
    let mut ends = vec![Vec::new(); layout.nodes.len()];
    for (line, way) in layout.ways.iter().enumerate() {
        // A way has at least the two stops of its ends.
        starts[way.ends.0].push((way.stops[1].1, line));
        ends[way.ends.1].push((way.stops[way.stops.len() - 2].1, line));
    }
    for group in &mut starts {
        spread(group, |line, shift| shifts[line].0 = shift);
    }
    for group in &mut ends {
        spread(group, |line, shift| shifts[line].1 = shift);
    }
    shifts
}

fn spread(group: &mut [(f64, usize)], mut set: impl FnMut(usize, f64)) {
    group.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let last = group.len().saturating_sub(1) as f64;
    let step = if last > 0.0 {
        f64::min(PORT, PORTS / last)
    } else {
        0.0
    };
    let mut shift = -step * last / 2.0;
    for (_, line) in group {
        set(*line, shift);
        shift += step;
    }
}
