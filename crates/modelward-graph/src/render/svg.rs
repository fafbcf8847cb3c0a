mod boxes;
mod canvas;
mod icon;
mod label;
mod legend;
mod way;

use std::fmt;

use self::canvas::Canvas;
use self::legend::Legend;
use super::DrawError;
use super::layout::Layout;
use super::picture::Picture;
use super::text::Visible;

/// Writes a picture as an SVG document.
///
/// Presentation is in attributes alone: no style, no script, no id, no reference.
pub(super) fn write(picture: &Picture<'_>) -> Result<String, DrawError> {
    let layout = Layout::of(picture.nodes.len(), &picture.lines)?;
    let canvas = Canvas::of(picture, &layout);
    let legend = Legend::of(picture, &layout, &canvas);
    let svg = Svg {
        picture,
        layout,
        canvas,
        legend,
    };
    Ok(svg.to_string())
}

struct Svg<'a> {
    picture: &'a Picture<'a>,
    layout: Layout,
    canvas: Canvas,
    legend: Legend,
}

impl fmt::Display for Svg<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (width, height) = (Px(self.canvas.width), Px(self.legend.bottom()));
        write!(
            f,
            r#"<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}""#
        )?;
        write!(f, r#" height="{height}" viewBox="0 0 {width} {height}""#)?;
        f.write_str(" font-family=\"system-ui, sans-serif\">\n")?;
        self.write_description(f)?;
        for way in self.canvas.ways() {
            way::write(f, self.picture, way)?;
        }
        for label in self.canvas.labels() {
            write!(f, "{label}")?;
        }
        for (place, drawn) in self.picture.nodes.iter().enumerate() {
            boxes::write(f, drawn, self.canvas.corner(&self.layout, place))?;
        }
        writeln!(f, "{}</svg>", self.legend)
    }
}

impl Svg<'_> {
    fn write_description(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = Visible(self.picture.title.unwrap_or("Supply chain"));
        writeln!(f, "<title>{}</title>", title.markup())?;
        let (nodes, lines) = (self.picture.nodes.len(), self.picture.lines.len());
        let back = self.layout.ways.iter().filter(|way| way.is_back).count();
        write!(
            f,
            "<desc>{nodes} nodes, of which {lines} pairs are joined. Arrows lead from "
        )?;
        f.write_str("what depends, on the left, to what it depends on, on the right")?;
        if back > 0 {
            write!(f, ", but for {back} that close a cycle")?;
        }
        f.write_str(".</desc>\n")?;
        let Some(title) = self.picture.title else {
            return Ok(());
        };
        let title = Visible(title).fitted(self.canvas.width - 2.0 * canvas::MARGIN, 18.0);
        let title = modelward_artifact::escape::ShownMarkup(&title);
        let x = Px(canvas::MARGIN);
        write!(
            f,
            r##"<text x="{x}" y="34" font-size="18" font-weight="600" fill="#7a8594">"##
        )?;
        writeln!(f, "{title}</text>")
    }
}

/// Displays pixels with one decimal.
#[derive(Clone, Copy)]
struct Px(f64);

impl fmt::Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Adding zero turns a negative zero into zero.
        write!(f, "{}", (self.0 * 10.0).round() / 10.0 + 0.0)
    }
}
