//! What the cards of models and of datasets on Hugging Face have in common: front matter in YAML
//! between two lines `---`, then prose.

use std::error::Error as StdError;

use modelward_artifact::Finding;

use crate::inspect::yaml::{Content, Yaml};
use crate::inspect::{Aspect, Fact, Input, InspectError};

/// A card in its two parts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Card {
    front: Option<Yaml>,
    prose: String,
    prose_line: u64,
}

/// Names a field that holds one text or several, and what it says.
pub(crate) type Field = (&'static str, Aspect);

impl Card {
    /// Reads a card. One without front matter is prose alone.
    pub(crate) fn read(what: &'static str, input: &mut Input<'_>) -> Result<Self, InspectError> {
        let bytes = input.text(what)?;
        let text = std::str::from_utf8(&bytes).map_err(|error| refused(what, error))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let Some((front, prose)) = split(text)? else {
            return Ok(Self {
                front: None,
                prose: text.to_owned(),
                prose_line: 1,
            });
        };
        let fields = Yaml::parse("front matter", front, 1, input.limits())?;
        match fields.content() {
            Content::Null | Content::Map(_) => {}
            _ => {
                let expected = "expected a mapping of names to values";
                return Err(refused("front matter", expected));
            }
        }
        let lines = front.bytes().filter(|byte| *byte == b'\n').count();
        Ok(Self {
            front: Some(fields),
            prose: prose.to_owned(),
            // After the two lines `---`.
            prose_line: u64::try_from(lines).unwrap_or(u64::MAX).saturating_add(3),
        })
    }

    /// Returns a field of the front matter, unless it is null.
    pub(crate) fn field(&self, name: &str) -> Option<&Yaml> {
        self.front.as_ref()?.member(name)
    }

    /// Returns the prose, and the line on which it begins.
    pub(crate) fn prose(&self) -> (&str, u64) {
        (&self.prose, self.prose_line)
    }

    /// States the texts of some fields, each at its line.
    pub(crate) fn facts(&self, fields: &[Field]) -> Vec<Fact> {
        let fact = |(name, aspect): &Field| {
            let values = self.field(name).map_or(&[][..], Yaml::one_or_more);
            let texts = values.iter().filter_map(|value| {
                let text = value.text().filter(|text| !is_placeholder(text))?;
                Some(value.declare(aspect.clone(), text))
            });
            texts.collect::<Vec<_>>()
        };
        fields.iter().flat_map(fact).collect()
    }

    /// Returns what deserves attention: values that should be texts and are not, such as the
    /// language `no`, which YAML may read as false.
    pub(crate) fn findings(&self, fields: &[Field]) -> Vec<Finding> {
        let is_text = |value: &Yaml| matches!(value.content(), Content::Null | Content::Text(_));
        let odd = fields.iter().filter(|(name, _)| {
            let values = self.field(name).map_or(&[][..], Yaml::one_or_more);
            !values.iter().all(is_text)
        });
        odd.map(|(name, _)| {
            let message = format!("`{name}` has a value that is no text and is not used");
            Finding::new("bom.inspect.not_text", message)
        })
        .collect()
    }
}

/// Tells whether a text is what the templates of `huggingface_hub` have for a value to be written.
pub(crate) fn is_placeholder(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    text.contains("more information needed") || (text.contains("{{") && text.contains("}}"))
}

/// Returns the text between the two lines `---` at the head of a card, and what follows.
fn split(card: &str) -> Result<Option<(&str, &str)>, InspectError> {
    let Some(rest) = card
        .strip_prefix("---\n")
        .or_else(|| card.strip_prefix("---\r\n"))
    else {
        return Ok(None);
    };
    let mut start = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Ok(Some((&rest[..start], &rest[start + line.len()..])));
        }
        start += line.len();
    }
    let message = "front matter begins with `---` and does not end";
    Err(refused("front matter", message))
}

fn refused(what: &'static str, source: impl Into<Box<dyn StdError + Send + Sync>>) -> InspectError {
    InspectError::Parse {
        what,
        source: source.into(),
    }
}
