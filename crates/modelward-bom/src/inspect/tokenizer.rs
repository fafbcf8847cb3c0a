use std::collections::BTreeSet;
use std::fmt;

use modelward_artifact::Finding;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::inspect::{Aspect, Fact, Input, InspectError, Location, json};

/// Says what a tokenizer of the library `tokenizers` (`tokenizer.json`) holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Tokenizer {
    version: Option<String>,
    model: Option<String>,
    vocabulary: Option<u64>,
    added: Vec<AddedToken>,
    colliding: usize,
}

/// A token that stands outside of the vocabulary of a tokenizer's model.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AddedToken {
    content: String,
    id: Option<u64>,
    special: bool,
}

impl AddedToken {
    /// Returns the text of the token.
    #[must_use]
    pub fn content(&self) -> &str {
        &self.content
    }

    /// Returns its number.
    #[must_use]
    pub const fn id(&self) -> Option<u64> {
        self.id
    }

    /// Tells whether it is taken out of decoded texts.
    #[must_use]
    pub const fn is_special(&self) -> bool {
        self.special
    }
}

impl Tokenizer {
    /// Reads the tokenizer. Vocabularies are large, so the limit of headers holds for it, and their
    /// entries are counted and not kept.
    ///
    /// # Errors
    ///
    /// [`InspectError`] where the text is not JSON, has a member twice beside those of the
    /// vocabulary, or has no object `model`.
    pub fn read(input: &mut Input<'_>) -> Result<Self, InspectError> {
        let text = input.bytes("tokenizer", 0, input.size())?;
        let outline: Outline = match serde_json::from_slice(&text) {
            Ok(outline) => outline,
            // What is wrong is told by the strict reader.
            Err(_) => Outline::of(&json::parse(
                "tokenizer",
                &text,
                &input.limits().large_json(),
            )?)?,
        };
        let added = outline.added_tokens.as_array();
        let added: Vec<AddedToken> = added
            .into_iter()
            .flatten()
            .filter_map(added_token)
            .collect();
        let ids: BTreeSet<Option<u64>> = added.iter().map(AddedToken::id).collect();
        Ok(Self {
            version: outline.version.as_str().map(str::to_owned),
            model: outline.model.kind.as_str().map(str::to_owned),
            vocabulary: outline.model.vocab.and_then(|Count(count)| count),
            colliding: added.len() - ids.len(),
            added,
        })
    }

    /// Returns the kind of model, such as `BPE` or `WordPiece`.
    #[must_use]
    pub fn model(&self) -> Option<&str> {
        self.model.as_deref()
    }

    /// Returns the number of entries of the vocabulary, without added tokens.
    #[must_use]
    pub const fn vocabulary_size(&self) -> Option<u64> {
        self.vocabulary
    }

    /// Returns the added tokens.
    #[must_use]
    pub fn added_tokens(&self) -> &[AddedToken] {
        &self.added
    }

    /// Returns what the tokenizer says of the model.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let at = |pointer: &str| Location::Pointer(pointer.to_owned());
        let aspect = |name: &str| Aspect::Tokenizer(name.to_owned());
        let mut facts = Vec::new();
        if let Some(version) = &self.version {
            let at = at("/version");
            facts.push(Fact::observed(Aspect::FormatVersion, version, at));
        }
        if let Some(model) = &self.model {
            let at = at("/model/type");
            facts.push(Fact::observed(aspect("model"), model, at));
        }
        if let Some(size) = self.vocabulary {
            let at = at("/model/vocab");
            facts.push(Fact::observed(aspect("vocab_size"), size.to_string(), at));
        }
        if !self.added.is_empty() {
            let count = self.added.len().to_string();
            let at = at("/added_tokens");
            facts.push(Fact::observed(aspect("added_tokens"), count, at));
        }
        let special = self.added.iter().enumerate();
        facts.extend(
            special
                .filter(|(_, token)| token.special)
                .map(|(index, token)| {
                    let at = at(&format!("/added_tokens/{index}/content"));
                    Fact::observed(aspect("special_token"), &token.content, at)
                }),
        );
        facts
    }

    /// Returns what deserves attention: added tokens without a number of their own, and
    /// vocabularies of an unknown form.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.colliding > 0 {
            let message = format!(
                "{} added tokens have no number or that of another added token",
                self.colliding
            );
            findings.push(Finding::new("bom.inspect.tokenizer.id", message));
        }
        if self.vocabulary.is_none() {
            let message = "`model.vocab` is neither an object nor an array; its size is unknown";
            findings.push(Finding::new("bom.inspect.tokenizer.unknown", message));
        }
        findings
    }
}

/// What is taken of a tokenizer.
#[derive(Deserialize)]
struct Outline {
    #[serde(default)]
    version: Value,
    #[serde(default)]
    added_tokens: Value,
    model: Model,
}

#[derive(Deserialize)]
struct Model {
    #[serde(default, rename = "type")]
    kind: Value,
    vocab: Option<Count>,
}

/// How many entries a vocabulary has: an object of numbers by token, or an array of pairs of token
/// and score (Unigram); `None` where it is neither.
struct Count(Option<u64>);

impl Outline {
    fn of(tokenizer: &Value) -> Result<Self, InspectError> {
        let model = tokenizer.get("model").unwrap_or(&Value::Null);
        if !model.is_object() {
            return Err(json::malformed("tokenizer", "/model", model, "an object"));
        }
        let member = |value: &Value, name: &str| value.get(name).cloned().unwrap_or_default();
        Ok(Self {
            version: member(tokenizer, "version"),
            added_tokens: member(tokenizer, "added_tokens"),
            model: Model {
                kind: member(model, "type"),
                vocab: model.get("vocab").map(Count::of),
            },
        })
    }
}

impl Count {
    fn of(vocabulary: &Value) -> Self {
        let members = vocabulary.as_object().map(serde_json::Map::len);
        let count = members.or_else(|| vocabulary.as_array().map(Vec::len));
        Self(count.and_then(|count| u64::try_from(count).ok()))
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Counting)
    }
}

/// Counts entries and passes over them.
struct Counting;

impl<'de> Visitor<'de> for Counting {
    type Value = Count;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or an array")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Count, A::Error> {
        let mut count = 0;
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
            count += 1;
        }
        Ok(Count(Some(count)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Count, A::Error> {
        let mut count = 0;
        while entries.next_element::<IgnoredAny>()?.is_some() {
            count += 1;
        }
        Ok(Count(Some(count)))
    }
}

fn added_token(token: &Value) -> Option<AddedToken> {
    Some(AddedToken {
        content: token.get("content")?.as_str()?.to_owned(),
        id: token.get("id").and_then(Value::as_u64),
        special: token.get("special").and_then(Value::as_bool) == Some(true),
    })
}
