//! One document about one model, for people: what it is, what was decided, and how to check that.

mod assessment;
mod block;
mod card;
mod check;
mod covered;
mod decision;
mod findings;
mod html;
mod identity;
mod incidents;
mod lineage;
mod markdown;
mod materials;
mod near;
mod part;
mod risks;
mod signature;
mod summary;
mod timeline;
mod view;
mod words;

use modelward_artifact::escape::JsonText;
use modelward_artifact::{Digest, Timestamp, json};

use crate::dossier::view::View;
use crate::{EvidenceCoverage, ModelEvidence, ReleaseReport};

/// Writes what is known of one model as one HTML page, as Markdown and as JSON.
///
/// - All three are written from one view, so that they cannot disagree. The page and the Markdown
///   state the digest of the JSON.
/// - What was not given is said to be missing. It is never left out, and never taken for good.
/// - A decision about other files is not shown as one about this model.
/// - Long lists end after a number of rows that is stated, and the picture of the supply chain shows
///   what is near the model, so that the dossier of a fleet's model can still be read.
/// - Texts from outside cannot act as markup. What would reorder or hide a text is shown as `\u{..}`,
///   and in JSON it is an escape.
/// - The page has no script, loads nothing, and forbids both to itself.
/// - The same input gives the same bytes. `now` is printed, and decides what has expired.
///
/// ```
/// use modelward_artifact::Digest;
/// use modelward_audit::{Dossier, ModelEvidence};
///
/// let evidence = ModelEvidence::new("<b>my model", Digest::sha256(b"files"));
/// let dossier = Dossier::of(&evidence, "2026-11-26T10:00:00Z".parse()?);
/// let page = dossier.to_html();
/// assert!(page.contains("not given: no decision of a release gate"));
/// assert!(page.contains("&lt;b&gt;my model"));
/// assert!(page.contains(&dossier.digest().to_hex()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a dossier does nothing until it is written"]
pub struct Dossier<'a> {
    evidence: ModelEvidence<'a>,
    now: Timestamp,
    decision: Option<&'a ReleaseReport>,
    coverage: Option<&'a EvidenceCoverage>,
}

impl<'a> Dossier<'a> {
    /// Begins with what is known of a model, as of `now`.
    pub const fn of(evidence: &ModelEvidence<'a>, now: Timestamp) -> Self {
        Self {
            evidence: *evidence,
            now,
            decision: None,
            coverage: None,
        }
    }

    /// Adds what a release gate decided.
    pub const fn with_decision(mut self, decision: &'a ReleaseReport) -> Self {
        self.decision = Some(decision);
        self
    }

    /// Adds what was observed of each subcategory.
    pub const fn with_coverage(mut self, coverage: &'a EvidenceCoverage) -> Self {
        self.coverage = Some(coverage);
        self
    }

    /// Returns the dossier as one HTML page that needs nothing else.
    #[must_use]
    pub fn to_html(&self) -> String {
        let view = View::of(self);
        html::write(&view, &Digest::sha256(&written(&view)))
    }

    /// Returns the dossier in GitHub Flavored Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let view = View::of(self);
        markdown::write(&view, &Digest::sha256(&written(&view)))
    }

    /// Returns the dossier as JSON, with `schema` `modelward.dossier/1`, for machines.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        written(&View::of(self))
    }

    /// Returns the SHA-256 digest of [`Dossier::to_json`].
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::sha256(&self.to_json())
    }
}

fn written(view: &View) -> Vec<u8> {
    let text = json::pretty(view).expect("texts, numbers and lists have a JSON form");
    let text = String::from_utf8(text).expect("JSON is UTF-8");
    JsonText(&text).to_string().into_bytes()
}
