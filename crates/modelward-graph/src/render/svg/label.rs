use std::fmt;

use modelward_artifact::escape::Markup;

use super::Px;
use super::way::Way;
use crate::render::line::Family;
use crate::render::picture::Picture;
use crate::render::text;
use crate::{Relation, RelationSet, Scope};

const SIZE: f64 = 10.0;
const HEIGHT: f64 = 14.0;

/// The relation that a line without words has in a picture of more than a few lines.
const PLAIN: Relation = Relation::DependsOn(Scope::Runtime);
const FEW: usize = 40;

/// The words on lines, those of the rarest relations first.
pub(super) struct Labels {
    words: Vec<Option<Words>>,
    order: Vec<usize>,
}

struct Words {
    text: String,
    width: f64,
    family: Family,
}

impl Labels {
    /// Finds the words for each line, if any tell more than the legend does.
    pub(super) fn of(picture: &Picture<'_>) -> Self {
        let lines = &picture.lines;
        let tells = lines
            .iter()
            .any(|line| line.relations != lines[0].relations);
        let words = lines.iter().map(|line| {
            let text = shortened(line.relations);
            let width = text::width(&text, SIZE) + 8.0;
            let family = line.family();
            let words = Words {
                text,
                width,
                family,
            };
            let is_plain = line.relations == RelationSet::from(PLAIN);
            let is_noise = is_plain && lines.len() > FEW;
            (tells && !is_noise).then_some(words)
        });
        let count = |relations: RelationSet| {
            let same = lines.iter().filter(|line| line.relations == relations);
            same.count()
        };
        let mut order: Vec<usize> = (0..lines.len()).collect();
        order.sort_by_key(|line| count(lines[*line].relations));
        Self {
            words: words.collect(),
            order,
        }
    }

    /// Returns how wide a gap has to be for the words of a line.
    pub(super) fn room(&self, line: usize) -> f64 {
        self.words[line]
            .as_ref()
            .map_or(0.0, |words| words.width + 44.0)
    }

    /// Places the words in the first gap in which they cover no others. What finds no place is left
    /// to the legend and to the title of its line.
    pub(super) fn placed(mut self, ways: &[Way]) -> Vec<Label> {
        let mut placed: Vec<Label> = Vec::new();
        for &line in &self.order {
            let Some(words) = self.words[line].take() else {
                continue;
            };
            let middles = ways[line].middles().into_iter();
            let is_free = |middle: &(f64, f64)| {
                placed
                    .iter()
                    .all(|label| label.leaves(*middle, words.width))
            };
            let Some(middle) = middles.into_iter().find(is_free) else {
                continue;
            };
            placed.push(Label { middle, words });
        }
        placed
    }
}

/// Returns the words for at most two relations, and how many more there are.
fn shortened(relations: RelationSet) -> String {
    let names: Vec<_> = relations.iter().map(Relation::name).collect();
    match &names[..] {
        [first, second, _, ..] => format!("{first}, {second} +{}", names.len() - 2),
        few => few.join(", "),
    }
}

/// Words that have found their place.
pub(super) struct Label {
    middle: (f64, f64),
    words: Words,
}

impl Label {
    /// Tells whether other words can stand at a place.
    fn leaves(&self, middle: (f64, f64), width: f64) -> bool {
        let (x, y) = (self.middle.0 - middle.0, self.middle.1 - middle.1);
        x.abs() >= (self.words.width + width) / 2.0 + 2.0 || y.abs() >= HEIGHT + 1.0
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (x, y) = self.middle;
        let (left, top) = (Px(x - self.words.width / 2.0), Px(y - HEIGHT / 2.0));
        let (width, color) = (Px(self.words.width), self.words.family.color());
        write!(
            f,
            r#"<rect x="{left}" y="{top}" width="{width}" height="14" rx="4" "#
        )?;
        write!(
            f,
            r##"fill="#ffffff" stroke="{color}" stroke-width="0.6"/>"##
        )?;
        let (x, y, text) = (Px(x), Px(y + 3.5), Markup(&self.words.text));
        write!(
            f,
            r##"<text x="{x}" y="{y}" font-size="10" fill="#374151" "##
        )?;
        writeln!(f, r#"text-anchor="middle">{text}</text>"#)
    }
}
