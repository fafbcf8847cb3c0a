use std::fmt;

use super::Px;
use super::boxes::write_sign;
use super::canvas::{Canvas, MARGIN};
use super::icon::Icon;
use crate::NodeKind;
use crate::render::Highlight;
use crate::render::layout::Layout;
use crate::render::line::Family;
use crate::render::picture::Picture;
use crate::render::text::width;

const ROW: f64 = 30.0;
const SIZE: f64 = 11.0;

/// The least width in which a legend can be read.
const LEAST: f64 = 230.0;

/// Explains the signs that the picture has, in rows below it.
pub(super) struct Legend {
    items: Vec<(f64, f64, Item)>,
    top: f64,
    rows: f64,
    width: f64,
}

#[derive(Clone, Copy)]
enum Item {
    Cycle,
    Family(Family),
    Kind(NodeKind),
    State(Highlight),
}

impl Legend {
    pub(super) fn of(picture: &Picture<'_>, layout: &Layout, canvas: &Canvas) -> Self {
        let room = canvas.width - 2.0 * MARGIN;
        let (mut x, mut row) = (10.0, 0.0);
        let mut items = Vec::new();
        for item in present(picture, layout) {
            let wide = item.width();
            if x > 10.0 && x + wide > room.max(LEAST) {
                (x, row) = (10.0, row + 1.0);
            }
            items.push((x, row * ROW, item));
            x += wide;
        }
        Self {
            items,
            top: canvas.bottom + 28.0,
            rows: row + 1.0,
            width: room,
        }
    }

    /// Returns where the picture ends.
    pub(super) fn bottom(&self) -> f64 {
        self.top + self.rows * ROW + 4.0 + MARGIN
    }
}

/// Lists what the picture has, kinds first.
fn present(picture: &Picture<'_>, layout: &Layout) -> Vec<Item> {
    let has_kind = |kind: &NodeKind| picture.nodes.iter().any(|drawn| drawn.node.kind() == *kind);
    let has_family = |family: &Family| picture.lines.iter().any(|line| line.family() == *family);
    let kinds = NodeKind::ALL.into_iter().filter(has_kind).map(Item::Kind);
    let families = Family::ALL.into_iter().filter(has_family).map(Item::Family);
    let states = picture.highlights().into_iter().map(Item::State);
    let has_cycle = layout.ways.iter().any(|way| way.is_back);
    let cycle = has_cycle.then_some(Item::Cycle);
    kinds.chain(families).chain(states).chain(cycle).collect()
}

impl Item {
    const fn name(self) -> &'static str {
        match self {
            Self::Cycle => "closes a cycle",
            Self::Family(family) => family.name(),
            Self::Kind(kind) => kind.name(),
            Self::State(state) => state.name(),
        }
    }

    /// Returns how far the words stand from the left side of the sign.
    const fn indent(self) -> f64 {
        match self {
            Self::Family(_) => 44.0,
            Self::Kind(_) => 34.0,
            Self::Cycle | Self::State(_) => 22.0,
        }
    }

    fn width(self) -> f64 {
        self.indent() + width(self.name(), SIZE) + 16.0
    }

    fn write(self, f: &mut fmt::Formatter<'_>, (x, y): (f64, f64)) -> fmt::Result {
        match self {
            Self::Cycle => {
                let (x, y) = (Px(x + 8.0), Px(y));
                write!(
                    f,
                    r##"<circle cx="{x}" cy="{y}" r="5.5" fill="none" stroke="#d55e00" "##
                )?;
                write!(
                    f,
                    r##"stroke-width="2"/><circle cx="{x}" cy="{y}" r="1.8" "##
                )?;
                f.write_str("fill=\"#d55e00\"/>")?;
            }
            Self::Family(family) => write_line(f, family, (x, y))?,
            Self::Kind(kind) => {
                let corner = (x, y - 12.0);
                let height = 24.0;
                write!(
                    f,
                    "{}",
                    Icon {
                        kind,
                        corner,
                        height
                    }
                )?;
            }
            Self::State(state) => write_sign(f, state, (x + 8.0, y))?,
        }
        let (x, y) = (Px(x + self.indent()), Px(y + 4.0));
        write!(
            f,
            r##"<text x="{x}" y="{y}" font-size="11" fill="#1f2937">"##
        )?;
        writeln!(f, "{}</text>", self.name())
    }
}

fn write_line(f: &mut fmt::Formatter<'_>, family: Family, (x, y): (f64, f64)) -> fmt::Result {
    let (color, width) = (family.color(), family.width());
    let (left, y, tip) = (Px(x), Px(y), Px(x + 38.0));
    let (above, below, behind) = (Px(y.0 - 4.0), Px(y.0 + 4.0), Px(x + 30.0));
    write!(
        f,
        r#"<path d="M{left} {y}H{behind}" stroke="{color}" stroke-width="{width}""#
    )?;
    if let Some(dashes) = family.dashes() {
        write!(f, " stroke-dasharray=\"{dashes}\"")?;
    }
    write!(
        f,
        "/><path d=\"M{tip} {y}L{behind} {above}V{below}z\" fill=\"{color}\"/>"
    )
}

impl fmt::Display for Legend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.items.is_empty() {
            return Ok(());
        }
        let (x, y, width) = (Px(MARGIN), Px(self.top), Px(self.width));
        let height = Px(self.rows * ROW + 4.0);
        write!(
            f,
            r#"<g><rect x="{x}" y="{y}" width="{width}" height="{height}" rx="6" "#
        )?;
        f.write_str("fill=\"#f8fafc\" stroke=\"#cbd5e1\"/>\n")?;
        for (x, y, item) in &self.items {
            item.write(f, (MARGIN + x, self.top + y + 2.0 + ROW / 2.0))?;
        }
        f.write_str("</g>\n")
    }
}
