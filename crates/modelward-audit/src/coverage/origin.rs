use modelward_artifact::escape::Terminal;
use modelward_artifact::{Digest, Text, json};
use modelward_rmf::{EvidenceSource, Method, Polarity};
use serde::Serialize;

/// The longest foreign name within a source, in characters.
const MAX_NAME: usize = 512;

/// Names what stands behind observations.
pub(super) struct Origin {
    pub(super) source: EvidenceSource,
    pub(super) method: Method,
    pub(super) digest: Digest,
}

/// States what an origin shows.
pub(super) struct Fact<'a> {
    pub(super) origin: &'a Origin,
    pub(super) polarity: Polarity,
    pub(super) message: String,
}

impl Origin {
    /// Names a document that somebody keeps.
    pub(super) fn document(title: &str, digest: Digest) -> Self {
        let title = text(title);
        Self::examined(EvidenceSource::Document { title }, digest)
    }

    /// Names something that was read.
    pub(super) const fn examined(source: EvidenceSource, digest: Digest) -> Self {
        Self {
            source,
            method: Method::Examine,
            digest,
        }
    }

    /// Names a run over the files with this root digest, by what it found.
    pub(super) fn run(tool: &str, root: &Digest, found: &(impl Serialize + ?Sized)) -> Self {
        let source = EvidenceSource::TestRun {
            tool: text(tool),
            run: text(&root.to_string()),
        };
        Self {
            source,
            method: Method::Test,
            digest: digest(found),
        }
    }

    pub(super) fn supports(&self, message: impl Into<String>) -> Fact<'_> {
        Fact {
            origin: self,
            polarity: Polarity::Supports,
            message: message.into(),
        }
    }

    pub(super) fn contradicts(&self, message: impl Into<String>) -> Fact<'_> {
        Fact {
            origin: self,
            polarity: Polarity::Contradicts,
            message: message.into(),
        }
    }
}

/// Returns the digest of the canonical JSON of texts and lists of them.
pub(super) fn digest(value: &(impl Serialize + ?Sized)) -> Digest {
    let bytes = json::canonical(value).expect("texts and lists of them have a JSON form");
    Digest::sha256(&bytes)
}

/// Makes a foreign name one that a source can hold.
pub(super) fn text(name: &str) -> Text {
    let shown = shortened(name, MAX_NAME);
    shown.parse().unwrap_or_else(|_| {
        let unnamed = "unnamed".parse();
        unnamed.expect("a word is a text")
    })
}

/// Returns the beginning of a foreign text, with what a terminal would obey made visible.
pub(super) fn shortened(text: &str, characters: usize) -> String {
    let short: String = text.chars().take(characters).collect();
    Terminal(&short).to_string()
}

/// Counts things in words, such as `1 risk` and `2 risks`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}
