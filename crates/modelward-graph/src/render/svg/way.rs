use std::fmt;

use super::Px;
use crate::render::picture::Picture;
use crate::render::text::Visible;

/// How long the head of an arrow is.
const HEAD: f64 = 8.0;

/// A line in pixels.
pub(super) struct Way {
    /// Which line of the picture it is.
    pub(super) line: usize,
    pub(super) is_back: bool,
    /// By twos, the beginning and the end of what lies between two columns.
    points: Vec<(f64, f64)>,
}

impl Way {
    /// Takes points from the left to the right, of which the first and the last touch boxes.
    pub(super) const fn new(line: usize, is_back: bool, points: Vec<(f64, f64)>) -> Self {
        Self {
            line,
            is_back,
            points,
        }
    }

    /// Returns the middle of the line in each gap that it crosses, that at its dependent first.
    pub(super) fn middles(&self) -> Vec<(f64, f64)> {
        let gaps = self.points.chunks_exact(2);
        let middles = gaps.map(|gap| ((gap[0].0 + gap[1].0) / 2.0, (gap[0].1 + gap[1].1) / 2.0));
        let mut middles: Vec<_> = middles.collect();
        if self.is_back {
            middles.reverse();
        }
        middles
    }

    /// Returns the points where the tip of the arrow is and where the line ends behind its head.
    fn head(&self) -> ((f64, f64), f64) {
        let (first, last) = (self.points[0], self.points[self.points.len() - 1]);
        if self.is_back {
            return (first, first.0 + HEAD);
        }
        (last, last.0 - HEAD)
    }
}

/// Writes the line, its head and, where it closes a cycle, a ring.
pub(super) fn write(f: &mut fmt::Formatter<'_>, picture: &Picture<'_>, way: &Way) -> fmt::Result {
    let line = &picture.lines[way.line];
    let family = line.family();
    let (from, to) = (picture.nodes[line.from].node, picture.nodes[line.to].node);
    let (from, to) = (Visible(from.name()).markup(), Visible(to.name()).markup());
    write!(f, "<g><title>{from} {} {to}</title>", line.words())?;
    let (tip, behind) = way.head();
    write!(f, "<path d=\"")?;
    let mut points = way.points.clone();
    let end = if way.is_back { 0 } else { points.len() - 1 };
    points[end].0 = behind;
    for (at, gap) in points.chunks_exact(2).enumerate() {
        let ((x, y), (to_x, to_y)) = (gap[0], gap[1]);
        // A line crosses a column at the height at which it entered it.
        let order = if at == 0 { "M" } else { "H" };
        write!(f, "{order}{}", Px(x))?;
        if at == 0 {
            write!(f, " {}", Px(y))?;
        }
        let (middle, y, to_x, to_y) = (Px((x + to_x) / 2.0), Px(y), Px(to_x), Px(to_y));
        write!(f, "C{middle} {y} {middle} {to_y} {to_x} {to_y}")?;
    }
    let (color, width) = (family.color(), family.width());
    write!(
        f,
        "\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\""
    )?;
    if let Some(dashes) = family.dashes() {
        write!(f, " stroke-dasharray=\"{dashes}\"")?;
    }
    let (x, y, behind) = (Px(tip.0), Px(tip.1), Px(behind));
    let (above, below) = (Px(tip.1 - HEAD / 2.0), Px(tip.1 + HEAD / 2.0));
    write!(
        f,
        "/><path d=\"M{x} {y}L{behind} {above}V{below}z\" fill=\"{color}\"/>"
    )?;
    if way.is_back {
        write_ring(f, way.points[0])?;
    }
    f.write_str("</g>\n")
}

/// Writes the sign of a line that closes a cycle, at its arrow.
fn write_ring(f: &mut fmt::Formatter<'_>, tip: (f64, f64)) -> fmt::Result {
    let (x, y) = (Px(tip.0 + HEAD + 8.0), Px(tip.1));
    write!(
        f,
        r##"<circle cx="{x}" cy="{y}" r="5.5" fill="#ffffff" stroke="#d55e00" "##
    )?;
    write!(
        f,
        r##"stroke-width="2"/><circle cx="{x}" cy="{y}" r="1.8" fill="#d55e00"/>"##
    )
}
