use modelward_artifact::Date;
use serde::{Deserialize, Serialize};

use crate::crosswalk::line::line;
use crate::crosswalk::{Confidence, LineError, Method, Rationale, Status};

/// Says who made a crosswalk, how, when, and how far it can be trusted.
///
/// What is not said stands at its most cautious: a draft of unspecified confidence.
///
/// ```
/// use modelward_rmf::crosswalk::{Confidence, Provenance, Status};
///
/// let provenance = Provenance::new("Ada Example", "2026-11-26".parse()?)?
///     .with_confidence(Confidence::Low)
///     .with_basis("one reading, not reviewed")?;
/// assert_eq!(provenance.status(), Status::Draft);
/// assert!(Provenance::new(" ", "2026-11-26".parse()?).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "WireProvenance", rename_all = "camelCase")]
pub struct Provenance {
    author: String,
    method: Method,
    rationale: Rationale,
    status: Status,
    confidence: Confidence,
    date: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    derived_from: Vec<String>,
}

impl Provenance {
    /// Names the author and the day of the last change: by a person, by meaning, a draft, of
    /// unspecified confidence.
    ///
    /// # Errors
    ///
    /// [`LineError`] where the author is not one line of text.
    pub fn new(author: &str, date: Date) -> Result<Self, LineError> {
        Ok(Self {
            author: line(author)?,
            method: Method::Human,
            rationale: Rationale::Semantic,
            status: Status::Draft,
            confidence: Confidence::Unspecified,
            date,
            license: None,
            basis: None,
            derived_from: Vec::new(),
        })
    }

    /// Sets how the mapping was made.
    #[must_use]
    pub const fn with_method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    /// Sets what was compared.
    #[must_use]
    pub const fn with_rationale(mut self, rationale: Rationale) -> Self {
        self.rationale = rationale;
        self
    }

    /// Sets the status of every row that does not say its own.
    #[must_use]
    pub const fn with_status(mut self, status: Status) -> Self {
        self.status = status;
        self
    }

    /// Sets the confidence of every row that does not say its own.
    #[must_use]
    pub const fn with_confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }

    /// Sets under which license the mapping may be used. Some forbid to derive others from it.
    ///
    /// # Errors
    ///
    /// [`LineError`] where the license is not one line of text.
    pub fn with_license(mut self, license: &str) -> Result<Self, LineError> {
        self.license = Some(line(license)?);
        Ok(self)
    }

    /// Sets what the mapping rests on, in a sentence.
    ///
    /// # Errors
    ///
    /// [`LineError`] where the basis is not one line of text.
    pub fn with_basis(mut self, basis: &str) -> Result<Self, LineError> {
        self.basis = Some(line(basis)?);
        Ok(self)
    }

    /// Adds a crosswalk that this one was derived from, which makes it a derived one.
    ///
    /// # Errors
    ///
    /// [`LineError`] where the description is not one line of text.
    pub fn with_derived_from(mut self, crosswalk: &str) -> Result<Self, LineError> {
        self.derived_from.push(line(crosswalk)?);
        Ok(self)
    }

    /// Returns the author.
    #[must_use]
    pub fn author(&self) -> &str {
        &self.author
    }

    /// Returns how the mapping was made.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }

    /// Returns what was compared.
    #[must_use]
    pub const fn rationale(&self) -> Rationale {
        self.rationale
    }

    /// Returns the status of rows that do not say their own.
    #[must_use]
    pub const fn status(&self) -> Status {
        self.status
    }

    /// Returns the confidence of rows that do not say their own.
    #[must_use]
    pub const fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// Returns the day of the last change.
    #[must_use]
    pub const fn date(&self) -> Date {
        self.date
    }

    /// Returns the license.
    #[must_use]
    pub fn license(&self) -> Option<&str> {
        self.license.as_deref()
    }

    /// Returns what the mapping rests on.
    #[must_use]
    pub fn basis(&self) -> Option<&str> {
        self.basis.as_deref()
    }

    /// Returns the crosswalks that this one was derived from, in one line each.
    pub fn derived_from(&self) -> impl Iterator<Item = &str> {
        self.derived_from.iter().map(String::as_str)
    }

    /// Tells whether the mapping was derived from others.
    #[must_use]
    pub const fn is_derived(&self) -> bool {
        !self.derived_from.is_empty()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct WireProvenance {
    author: String,
    method: Method,
    rationale: Rationale,
    status: Status,
    confidence: Confidence,
    date: Date,
    license: Option<String>,
    basis: Option<String>,
    #[serde(default)]
    derived_from: Vec<String>,
}

impl TryFrom<WireProvenance> for Provenance {
    type Error = LineError;

    fn try_from(wire: WireProvenance) -> Result<Self, Self::Error> {
        let mut provenance = Self::new(&wire.author, wire.date)?
            .with_method(wire.method)
            .with_rationale(wire.rationale)
            .with_status(wire.status)
            .with_confidence(wire.confidence);
        if let Some(license) = wire.license {
            provenance = provenance.with_license(&license)?;
        }
        if let Some(basis) = wire.basis {
            provenance = provenance.with_basis(&basis)?;
        }
        let mut crosswalks = wire.derived_from.iter();
        crosswalks.try_fold(provenance, |made, it| made.with_derived_from(it))
    }
}
