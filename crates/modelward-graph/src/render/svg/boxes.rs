use std::fmt;

use modelward_artifact::escape::ShownMarkup;

use super::Px;
use super::canvas::BOX_WIDTH;
use super::icon::{Icon, color};
use crate::render::Highlight;
use crate::render::layout::BOX_HEIGHT;
use crate::render::picture::Drawn;
use crate::render::text::{Visible, width};

/// How much room the texts in a box have.
const ROOM: f64 = BOX_WIDTH - 36.0 - 12.0;

/// The size of the letters of a name, with what bold ones take more.
const BOLD: f64 = 13.2;

/// Writes the box of a node: its kind, its name and version, and what is known of it.
pub(super) fn write(
    f: &mut fmt::Formatter<'_>,
    drawn: &Drawn<'_>,
    corner: (f64, f64),
) -> fmt::Result {
    f.write_str("<g>")?;
    write_title(f, drawn)?;
    write_frame(f, drawn, corner)?;
    let icon = Icon {
        kind: drawn.node.kind(),
        corner,
        height: BOX_HEIGHT,
    };
    write!(f, "{icon}")?;
    write_texts(f, drawn, corner)?;
    if let Some(state) = drawn.highlight() {
        let right = (corner.0 + BOX_WIDTH, corner.1);
        write_label(f, drawn, corner)?;
        write_sign(f, state, right)?;
    }
    f.write_str("</g>\n")
}

fn write_title(f: &mut fmt::Formatter<'_>, drawn: &Drawn<'_>) -> fmt::Result {
    let node = drawn.node;
    write!(
        f,
        "<title>{}: {}",
        node.kind(),
        Visible(node.name()).markup()
    )?;
    if let Some(version) = node.version() {
        write!(f, " {}", Visible(version).markup())?;
    }
    write!(f, "\n{}", Visible(node.id()).markup())?;
    if let Some(state) = drawn.highlight() {
        write!(f, "\n{}", state.name())?;
    }
    if let Some(label) = drawn.label() {
        write!(f, ": {}", Visible(label).markup())?;
    }
    f.write_str("</title>")
}

fn write_frame(f: &mut fmt::Formatter<'_>, drawn: &Drawn<'_>, corner: (f64, f64)) -> fmt::Result {
    let (x, y, width, height) = (Px(corner.0), Px(corner.1), Px(BOX_WIDTH), Px(BOX_HEIGHT));
    write!(
        f,
        r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="6" "#
    )?;
    match drawn.highlight() {
        Some(state) => {
            let (fill, frame) = (state.fill(), state.frame());
            write!(f, r#"fill="{fill}" stroke="{frame}" stroke-width="3""#)?;
            if state == Highlight::Unknown {
                f.write_str(" stroke-dasharray=\"6 3\"")?;
            }
        }
        None => {
            let frame = color(drawn.node.kind());
            write!(f, r##"fill="#ffffff" stroke="{frame}" stroke-width="1.2""##)?;
        }
    }
    f.write_str("/>")
}

fn write_texts(f: &mut fmt::Formatter<'_>, drawn: &Drawn<'_>, corner: (f64, f64)) -> fmt::Result {
    let node = drawn.node;
    let (x, y) = (Px(corner.0 + 36.0), corner.1);
    let name = Visible(node.name()).fitted(ROOM, BOLD);
    let baseline = if node.version().is_some() { 18.0 } else { 25.0 };
    write!(
        f,
        r##"<text x="{x}" y="{}" font-size="12" font-weight="600" "##,
        Px(y + baseline)
    )?;
    write!(f, r##"fill="#111827">{}</text>"##, ShownMarkup(&name))?;
    let Some(version) = node.version() else {
        return Ok(());
    };
    let version = Visible(version).fitted(ROOM, 11.0);
    write!(
        f,
        r##"<text x="{x}" y="{}" font-size="11" fill="#4b5563">"##,
        Px(y + 33.0)
    )?;
    write!(f, "{}</text>", ShownMarkup(&version))
}

/// Writes the short text about a node on the lower side of its box.
fn write_label(f: &mut fmt::Formatter<'_>, drawn: &Drawn<'_>, corner: (f64, f64)) -> fmt::Result {
    let (Some(label), Some(state)) = (drawn.label(), drawn.highlight()) else {
        return Ok(());
    };
    let label = Visible(label).fitted(ROOM, 10.0);
    let wide = width(&label, 10.0) + 10.0;
    let (x, y) = (
        corner.0 + BOX_WIDTH - 8.0 - wide,
        corner.1 + BOX_HEIGHT - 7.0,
    );
    let (left, top, wide, frame) = (Px(x), Px(y), Px(wide), state.frame());
    write!(
        f,
        r#"<rect x="{left}" y="{top}" width="{wide}" height="14" rx="7" fill="{frame}"/>"#
    )?;
    let (x, y) = (Px(x + 5.0), Px(y + 10.5));
    write!(
        f,
        r##"<text x="{x}" y="{y}" font-size="10" fill="#ffffff">"##
    )?;
    write!(f, "{}</text>", ShownMarkup(&label))
}

/// Writes the sign of a state around a point, so that no state is known by its color alone.
pub(super) fn write_sign(
    f: &mut fmt::Formatter<'_>,
    state: Highlight,
    (x, y): (f64, f64),
) -> fmt::Result {
    let (left, top) = (Px(x - 8.0), Px(y - 8.0));
    let frame = state.frame();
    write!(
        f,
        r##"<g transform="translate({left} {top})"><circle cx="8" cy="8" r="8" "##
    )?;
    write!(
        f,
        r##"fill="{frame}" stroke="#ffffff"/><path d="{}" fill="none" "##,
        sign(state)
    )?;
    f.write_str(r##"stroke="#ffffff" stroke-width="2" stroke-linecap="round"/></g>"##)
}

const fn sign(state: Highlight) -> &'static str {
    match state {
        Highlight::Affected => "M8 3.5v5M8 11.8v.2",
        Highlight::Cleared => "M4.5 8.5 7 11l4.5-5.5",
        Highlight::Focus => "M8 5a3 3 0 1 0 .1 0",
        Highlight::Unknown => "M5.8 6C5.8 3 10.2 3 10.2 6 10.2 7.6 8 7.6 8 9.200M8 12v.2",
    }
}
