use std::fmt;

use askama::Template;
use askama::filters::Escaper;
use modelward_artifact::Digest;
use modelward_artifact::escape::Markup;
use modelward_rmf::OutcomeBar;

use crate::dossier::block::{Block, Figure, Form, Section, Sign, Span};
use crate::dossier::identity::Identity;
use crate::dossier::summary::Summary;
use crate::dossier::view::View;
use crate::dossier::words::short;

/// Writes the page.
pub(super) fn write(view: &View, json: &Digest) -> String {
    let sections = view.sections(json);
    let page = Page {
        identity: &view.body.identity,
        summary: &view.summary,
        sections: sections.iter().map(Laid::of).collect(),
        as_of: view.as_of.to_string(),
        json: json.to_hex(),
        root: short(&view.body.identity.root),
        style: OutcomeBar::style(),
        patterns: OutcomeBar::patterns(),
    };
    page.render().expect("writing to a string does not fail")
}

#[derive(Template)]
#[template(path = "dossier/page.html")]
struct Page<'a> {
    identity: &'a Identity,
    summary: &'a Summary,
    sections: Vec<Laid<'a>>,
    as_of: String,
    json: String,
    root: String,
    style: &'static str,
    patterns: &'static str,
}

/// Holds a section whose narrow figures stand beside each other.
struct Laid<'a> {
    id: &'static str,
    title: &'static str,
    pieces: Vec<Piece<'a>>,
}

enum Piece<'a> {
    One(&'a Block),
    Halves(Vec<&'a Figure>),
}

impl<'a> Laid<'a> {
    fn of(section: &'a Section) -> Self {
        let mut pieces = Vec::new();
        for block in &section.blocks {
            let half = match block {
                Block::Figure(figure) if figure.form == Form::Half => Some(figure),
                _ => None,
            };
            match (half, pieces.last_mut()) {
                (Some(figure), Some(Piece::Halves(figures))) => figures.push(figure),
                (Some(figure), _) => pieces.push(Piece::Halves(vec![figure])),
                (None, _) => pieces.push(Piece::One(block)),
            }
        }
        Self {
            id: section.id,
            title: section.title,
            pieces,
        }
    }
}

impl Sign {
    /// Returns the outline of the sign, in a square of 48, of which each sign has its own.
    const fn outline(self) -> &'static str {
        match self {
            Self::Bad => "M15 3h18l12 12v18l-12 12h-18l-12-12v-18z",
            Self::Good => "M24 3a21 21 0 1 0 .01 0z",
            Self::Plain => "M4 4h40v40h-40z",
            Self::Unknown => "M24 2l22 22-22 22-22-22z",
            Self::Warning => "M24 4l22 40h-44z",
        }
    }

    /// Returns what stands in the outline.
    const fn stroke(self) -> &'static str {
        match self {
            Self::Bad => "M16 16l16 16M32 16l-16 16",
            Self::Good => "M14 25l7 7 13-15",
            Self::Plain => "M14 24h20",
            Self::Unknown => "M19 19c0-7 10-7 10 0 0 4-5 4-5 9M24 33.5v.5",
            Self::Warning => "M24 18v12M24 36v.5",
        }
    }
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
