//! What stands under the headings of Hugging Face's template for model cards.

use crate::inspect::{Aspect, Fact, Location};

/// The longest text that is taken from a section; a reader goes to the card for more.
const MAX_SECTION: usize = 4096;

/// Headings, in lowercase, by what stands under them.
const HEADINGS: [(&str, Aspect); 11] = [
    ("bias, risks, and limitations", Aspect::Limitation),
    ("direct use", Aspect::UseCase),
    ("downstream use", Aspect::UseCase),
    ("ethical considerations", Aspect::EthicalConsideration),
    ("intended use", Aspect::UseCase),
    ("intended uses", Aspect::UseCase),
    ("intended uses & limitations", Aspect::UseCase),
    ("limitations", Aspect::Limitation),
    ("out-of-scope use", Aspect::Limitation),
    ("risks and limitations", Aspect::Limitation),
    ("uses", Aspect::UseCase),
];

/// What the template has where nobody wrote anything.
const PLACEHOLDERS: [&str; 3] = ["[more information needed]", "{{", "<!--"];

/// Returns the texts under known headings, each with the line of its heading.
pub(super) fn facts(card: &str) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut section: Option<(&Aspect, u64, String)> = None;
    let mut in_code = false;
    for (number, line) in (1_u64..).zip(card.lines()) {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        let title = heading(line).filter(|_| !in_code);
        match (title, &mut section) {
            (Some(title), _) => {
                facts.extend(section.take().and_then(fact));
                section = aspect(&title).map(|aspect| (aspect, number, String::new()));
            }
            (None, Some((_, _, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    facts.extend(section.take().and_then(fact));
    facts
}

/// Returns the title of a heading (`## Title`), without marks and in lowercase.
fn heading(line: &str) -> Option<String> {
    let level = line.bytes().take_while(|c| *c == b'#').count();
    let rest = line.get(level..).filter(|rest| rest.starts_with(' '));
    let title = rest.filter(|_| (1..=6).contains(&level))?;
    let plain = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '#' | ':');
    Some(title.trim_matches(plain).to_lowercase())
}

fn aspect(title: &str) -> Option<&'static Aspect> {
    HEADINGS
        .iter()
        .find(|(known, _)| *known == title)
        .map(|(_, aspect)| aspect)
}

/// A section that somebody wrote.
fn fact((aspect, line, text): (&Aspect, u64, String)) -> Option<Fact> {
    let is_placeholder = |line: &&str| {
        let line = line.trim().to_lowercase();
        PLACEHOLDERS.iter().any(|start| line.starts_with(start))
    };
    let written = text.lines().filter(|line| !is_placeholder(line));
    let text = written.collect::<Vec<_>>().join("\n");
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let mut end = text.len().min(MAX_SECTION);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text.get(..end).unwrap_or(text).trim_end();
    Some(Fact::declared(aspect.clone(), text, Location::Line(line)))
}
