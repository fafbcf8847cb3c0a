//! The prose of a model card by its headings.

use crate::inspect::card::is_placeholder;
use crate::inspect::{Aspect, Fact, Location};

/// The longest text of a section that is stated, in bytes.
const LONGEST_TEXT: usize = 4096;

/// A section with a heading that says what it is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Section {
    aspects: Vec<Aspect>,
    line: u64,
    text: String,
}

impl Section {
    pub(super) fn facts(&self) -> Vec<Fact> {
        let aspects = self.aspects.iter();
        let fact =
            |aspect: &Aspect| Fact::declared(aspect.clone(), &self.text, Location::Line(self.line));
        aspects.map(fact).collect()
    }
}

/// Finds the sections whose headings are known. Each ends at the next heading; a heading inside a
/// fenced block of code is none.
pub(super) fn sections(prose: &str, first_line: u64) -> Vec<Section> {
    let mut finder = Finder::default();
    let mut line_number = first_line;
    for line in prose.lines() {
        finder.take(line, line_number);
        line_number = line_number.saturating_add(1);
    }
    finder.close();
    finder.sections
}

/// Shortens a text to at most so many bytes, at the border of a character.
pub(super) fn cut(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[derive(Debug, Default)]
struct Finder {
    sections: Vec<Section>,
    open: Option<Section>,
    /// The mark and its length of the block of code that is open.
    fence: Option<(char, usize)>,
    comment: bool,
}

impl Finder {
    fn take(&mut self, line: &str, number: u64) {
        let was_code = self.fence.is_some();
        let is_mark = self.take_fence(line);
        if !was_code && !is_mark {
            let line = self.without_comments(line);
            if let Some(heading) = heading(&line) {
                self.close();
                self.open(heading, number);
                return;
            }
            self.append(&line);
            return;
        }
        self.append(line);
    }

    fn open(&mut self, heading: &str, line: u64) {
        let aspects = aspects(heading);
        if !aspects.is_empty() {
            self.open = Some(Section {
                aspects,
                line,
                text: String::new(),
            });
        }
    }

    fn close(&mut self) {
        let Some(mut section) = self.open.take() else {
            return;
        };
        let text = section.text.trim();
        let short = cut(text, LONGEST_TEXT);
        section.text = if short.len() < text.len() {
            format!("{} [..]", short.trim_end())
        } else {
            short.to_owned()
        };
        if !section.text.is_empty() {
            self.sections.push(section);
        }
    }

    /// Appends a line, unless the section has more than can be stated, or the line is what a
    /// template left to be written.
    fn append(&mut self, line: &str) {
        let Some(section) = &mut self.open else {
            return;
        };
        let line = line.trim_end();
        let twice = line.is_empty() && (section.text.is_empty() || section.text.ends_with("\n\n"));
        if section.text.len() <= LONGEST_TEXT && !twice && !is_placeholder(line) {
            section.text.push_str(line);
            section.text.push('\n');
        }
    }

    /// Follows fenced code (`CommonMark` 4.5). Tells whether the line opens or closes a block.
    fn take_fence(&mut self, line: &str) -> bool {
        let text = line.trim_start_matches(' ');
        let Some(mark) = text.chars().next().filter(|mark| matches!(mark, '`' | '~')) else {
            return false;
        };
        let length = text.chars().take_while(|c| *c == mark).count();
        let rest = text[length..].trim();
        match self.fence {
            None if length >= 3 && !self.comment && !(mark == '`' && rest.contains('`')) => {
                self.fence = Some((mark, length));
                true
            }
            Some((open, opened)) if mark == open && length >= opened && rest.is_empty() => {
                self.fence = None;
                true
            }
            _ => false,
        }
    }

    /// Drops what stands in comments, in which templates say what belongs in a section.
    fn without_comments(&mut self, line: &str) -> String {
        let mut kept = String::new();
        let mut rest = line;
        loop {
            let (mark, length) = if self.comment {
                ("-->", 3)
            } else {
                ("<!--", 4)
            };
            let found = rest.find(mark);
            if !self.comment {
                kept.push_str(&rest[..found.unwrap_or(rest.len())]);
            }
            let Some(at) = found else {
                return kept;
            };
            rest = &rest[at + length..];
            self.comment = !self.comment;
        }
    }
}

/// Returns the text of a heading (`CommonMark` 4.2).
fn heading(line: &str) -> Option<&str> {
    let text = line.trim();
    let rest = text.trim_start_matches('#');
    let level = text.len() - rest.len();
    let spaced = rest.is_empty() || rest.starts_with([' ', '\t']);
    let indent = line.len() - line.trim_start_matches(' ').len();
    ((1..=6).contains(&level) && spaced && indent <= 3).then(|| rest.trim_end_matches('#').trim())
}

/// What a section is about.
#[derive(Clone, Copy, Debug)]
enum Topic {
    Description,
    Ethics,
    Limits,
    /// What the template calls "both technical and sociotechnical limitations".
    LimitsAndEthics,
    Metadata(&'static str),
    Use,
    UseAndLimits,
}

/// Headings in lowercase, with `&` for "and", by their topic.
const HEADINGS: [(&str, Topic); 37] = [
    ("bias", Topic::Ethics),
    ("bias & risks", Topic::Ethics),
    ("bias, risks & limitations", Topic::LimitsAndEthics),
    ("bias, risks, & limitations", Topic::LimitsAndEthics),
    ("biases", Topic::Ethics),
    ("bibtex", Topic::Metadata("citation")),
    ("citation", Topic::Metadata("citation")),
    ("direct use", Topic::Use),
    ("downstream use", Topic::Use),
    (
        "environmental impact",
        Topic::Metadata("environmental_impact"),
    ),
    ("ethical considerations", Topic::Ethics),
    (
        "ethical considerations & limitations",
        Topic::LimitsAndEthics,
    ),
    ("ethics", Topic::Ethics),
    ("evaluation", Topic::Metadata("evaluation")),
    ("evaluation data", Topic::Metadata("testing_data")),
    ("evaluation results", Topic::Metadata("evaluation")),
    ("intended use", Topic::Use),
    ("intended use & limitations", Topic::UseAndLimits),
    ("intended uses", Topic::Use),
    ("intended uses & limitations", Topic::UseAndLimits),
    ("known limitations", Topic::Limits),
    ("limitations", Topic::Limits),
    ("limitations & bias", Topic::LimitsAndEthics),
    ("limitations & biases", Topic::LimitsAndEthics),
    ("misuse & out-of-scope use", Topic::Limits),
    ("model description", Topic::Description),
    ("model summary", Topic::Description),
    ("out of scope use", Topic::Limits),
    ("out-of-scope use", Topic::Limits),
    ("out-of-scope uses", Topic::Limits),
    ("primary intended uses", Topic::Use),
    ("results", Topic::Metadata("evaluation")),
    ("risks & limitations", Topic::LimitsAndEthics),
    ("testing data", Topic::Metadata("testing_data")),
    ("training data", Topic::Metadata("training_data")),
    ("use cases", Topic::Use),
    ("uses", Topic::Use),
];

/// Returns what a section is about, by its heading without marks, numbers and `[optional]`.
fn aspects(heading: &str) -> Vec<Aspect> {
    let heading = heading.to_lowercase().replace("[optional]", "");
    let heading = heading.trim_matches(|c: char| !c.is_alphabetic());
    let heading = heading.replace(" and ", " & ");
    let Some((_, topic)) = HEADINGS.iter().find(|(known, _)| *known == heading) else {
        return Vec::new();
    };
    match topic {
        Topic::Description => vec![Aspect::Description],
        Topic::Ethics => vec![Aspect::EthicalConsideration],
        Topic::Limits => vec![Aspect::Limitation],
        Topic::LimitsAndEthics => vec![Aspect::Limitation, Aspect::EthicalConsideration],
        Topic::Metadata(name) => vec![Aspect::Metadata((*name).to_owned())],
        Topic::Use => vec![Aspect::UseCase],
        Topic::UseAndLimits => vec![Aspect::UseCase, Aspect::Limitation],
    }
}
