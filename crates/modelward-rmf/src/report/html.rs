use std::fmt;

use askama::Template;
use askama::filters::Escaper;
use modelward_artifact::escape::Markup;

use crate::report::bars::OutcomeBar;
use crate::report::risks::map::RiskMap;
use crate::report::view::View;

/// Writes the page.
pub(super) fn write(view: &View) -> String {
    let page = Page { view };
    page.render().expect("writing to a string does not fail")
}

/// Writes a bar alone.
pub(super) fn bar(bar: &OutcomeBar) -> String {
    let figure = BarFigure { bar };
    figure.render().expect("writing to a string does not fail")
}

/// Writes a map alone.
pub(super) fn map(map: &RiskMap) -> String {
    let figure = MapFigure { map };
    figure.render().expect("writing to a string does not fail")
}

#[derive(Template)]
#[template(path = "figure/bar.html")]
struct BarFigure<'a> {
    bar: &'a OutcomeBar,
}

#[derive(Template)]
#[template(path = "figure/map.html")]
struct MapFigure<'a> {
    map: &'a RiskMap,
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    view: &'a View,
}

/// Escapes every expression of a template, and shows what would reorder or hide text.
///
/// It is named in `askama.toml`, so that no template can forget it.
#[derive(Clone, Copy)]
pub(crate) struct Visible;

impl Escaper for Visible {
    fn write_escaped_str<W: fmt::Write>(&self, mut dest: W, string: &str) -> fmt::Result {
        write!(dest, "{}", Markup(string))
    }
}
