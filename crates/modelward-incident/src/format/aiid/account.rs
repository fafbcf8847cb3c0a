use modelward_artifact::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fault::AiidError;
use super::members::{self, Place};
use super::submission::{NAME, TEXT, TITLE};

/// Holds what was published about an incident: an article, a post, an advisory.
///
/// The database collects what is public; an incident that is known inside alone has no account, and
/// without one there is nothing to submit.
///
/// - The address begins with `http://` or `https://`.
/// - The title has 6 to 500 characters, the text 80 to 50,000.
/// - Authors have 3 to 200 characters each; a submission needs one.
///
/// ```
/// use modelward_incident::format::aiid::PublishedAccount;
///
/// let published = "2026-11-20".parse()?;
/// let text = "On Monday our scorer refused loans to people of one town, since rows had been forged.";
/// let account = PublishedAccount::new("https://example.org/scorer", "Forged rows", text, published)?
///     .by("Jo Example")?;
/// assert_eq!(account.authors(), ["Jo Example"]);
///
/// let refused = PublishedAccount::new("scorer", "Rows", "Short.", published).unwrap_err();
/// let places: Vec<_> = refused.faults().iter().map(|fault| fault.pointer()).collect();
/// assert_eq!(places, ["/url", "/title", "/text"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct PublishedAccount {
    wire: Wire,
}

impl PublishedAccount {
    /// Describes what was published, without its authors.
    ///
    /// # Errors
    ///
    /// [`AiidError::Faults`] with everything that passes a limit.
    pub fn new(url: &str, title: &str, text: &str, published: Date) -> Result<Self, AiidError> {
        Self::checked(Wire {
            url: url.to_owned(),
            title: title.to_owned(),
            authors: Vec::new(),
            text: text.to_owned(),
            date_published: published,
        })
    }

    /// Adds an author: a person, the publication, or `Anonymous`.
    ///
    /// # Errors
    ///
    /// [`AiidError::Faults`] where the name has less than 3 or more than 200 characters.
    pub fn by(mut self, author: &str) -> Result<Self, AiidError> {
        self.wire.authors.push(author.to_owned());
        Self::checked(self.wire)
    }

    /// Returns the address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.wire.url
    }

    /// Returns the title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.wire.title
    }

    /// Returns the authors.
    #[must_use]
    pub fn authors(&self) -> &[String] {
        &self.wire.authors
    }

    /// Returns the text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.wire.text
    }

    /// Returns the day of publication.
    #[must_use]
    pub const fn published(&self) -> Date {
        self.wire.date_published
    }

    fn checked(wire: Wire) -> Result<Self, AiidError> {
        members::checked("", Value::Null, |mut place, _| wire.check(&mut place))?;
        Ok(Self { wire })
    }
}

#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wire {
    url: String,
    title: String,
    #[serde(default)]
    authors: Vec<String>,
    text: String,
    date_published: Date,
}

impl Wire {
    fn check(&self, place: &mut Place<'_>) -> Option<()> {
        let url = place.inside("url", self.url.as_str().into(), members::address);
        let texts = [("title", &self.title, TITLE), ("text", &self.text, TEXT)];
        let texts = texts.map(|(name, text, span)| {
            place.inside(name, text.as_str().into(), |at, it| span.text(at, it))
        });
        let authors = Value::from(self.authors.clone());
        let authors = place.inside("authors", authors, |at, it| members::names(at, it, NAME));
        let sound = url.is_some() && texts.iter().all(Option::is_some) && authors.is_some();
        sound.then_some(())
    }
}

impl TryFrom<Wire> for PublishedAccount {
    type Error = AiidError;

    fn try_from(wire: Wire) -> Result<Self, AiidError> {
        Self::checked(wire)
    }
}

impl From<PublishedAccount> for Wire {
    fn from(account: PublishedAccount) -> Self {
        account.wire
    }
}
