pub(crate) mod resolver;
pub(crate) mod source;

use std::collections::BTreeMap;
use std::fmt;

use modelward_artifact::{Date, Digest, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::document::unique;
use crate::{EvidenceSource, ParseTextError, Party, Subcategory, Text};

/// Says how evidence was collected, in the words of NIST SP 800-53A and OSCAL.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "NIST SP 800-53A fixes the three methods"
)]
pub enum Method {
    /// Something was read, inspected or observed.
    Examine,
    /// Somebody was asked.
    Interview,
    /// Something was run and its behavior compared with what is expected.
    Test,
}

impl Method {
    /// Lists the methods.
    pub const ALL: [Self; 3] = [Self::Examine, Self::Interview, Self::Test];

    /// Returns the name that documents use, such as `examine`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Examine => "examine",
            Self::Interview => "interview",
            Self::Test => "test",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Says whether evidence speaks for an outcome or against it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "evidence that does neither is none"
)]
pub enum Polarity {
    /// It speaks against the outcome.
    Contradicts,
    /// It speaks for the outcome.
    Supports,
}

impl Polarity {
    /// Returns the name that documents use, such as `supports`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contradicts => "contradicts",
            Self::Supports => "supports",
        }
    }
}

/// Spans the days that evidence is about, both included.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(try_from = "WirePeriod")]
pub struct Period {
    from: Date,
    to: Date,
}

impl Period {
    /// Spans the days from `from` to `to`.
    ///
    /// # Errors
    ///
    /// [`EvidenceError::Period`] where it ends before it begins.
    pub fn new(from: Date, to: Date) -> Result<Self, EvidenceError> {
        if to < from {
            return Err(EvidenceError::Period { from, to });
        }
        Ok(Self { from, to })
    }

    /// Returns the first day.
    #[must_use]
    pub const fn from(self) -> Date {
        self.from
    }

    /// Returns the last day.
    #[must_use]
    pub const fn to(self) -> Date {
        self.to
    }
}

/// Says how evidence was collected, by whom and when.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Collection {
    method: Method,
    collector: Party,
    collected: Timestamp,
}

impl Collection {
    /// Says how evidence was collected, by whom and when.
    #[must_use]
    pub const fn new(method: Method, collector: Party, collected: Timestamp) -> Self {
        Self {
            method,
            collector,
            collected,
        }
    }
}

/// Records what a rating rests on, so that a reviewer can find it again and tell whether it changed.
///
/// - An interview is collected by [`Method::Interview`].
/// - It expires, if it does, on the day of its collection or later.
/// - Its digest covers the bytes of the document, report or bundle. Nothing here fetches them.
/// - What it bears on is said by whoever collected it. Whether the assessor heeded it is another
///   matter: a [`Rated`](crate::Rated) cites what it rests on.
///
/// ```
/// use modelward_artifact::Digest;
/// use modelward_rmf::{Collection, Evidence, EvidenceSource, Method, Party, Polarity};
///
/// let source = EvidenceSource::TestRun { tool: "garak 0.13".parse()?, run: "4711".parse()? };
/// let collection = Collection::new(Method::Test, Party::new("Red team")?, "2026-11-23T10:00:00Z".parse()?);
/// let evidence = Evidence::new(source, collection)?
///     .with_digest(Digest::sha256(b"report"))
///     .expiring("2027-05-23".parse()?)?
///     .bearing_on("MEASURE 2.7".parse()?, Polarity::Contradicts);
/// assert!(evidence.is_current("2027-05-23T23:00:00Z".parse()?));
/// assert!(evidence.clone().expiring("2026-11-22".parse()?).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(into = "Wire", try_from = "Wire")]
pub struct Evidence {
    source: EvidenceSource,
    collection: Collection,
    description: Option<Text>,
    period: Option<Period>,
    expires: Option<Date>,
    digest: Option<Digest>,
    location: Option<Text>,
    bears_on: BTreeMap<Subcategory, Polarity>,
}

impl Evidence {
    /// Records a piece of evidence.
    ///
    /// # Errors
    ///
    /// [`EvidenceError::Method`] where an interview is collected otherwise than by interview.
    pub fn new(source: EvidenceSource, collection: Collection) -> Result<Self, EvidenceError> {
        let interview = matches!(source, EvidenceSource::Interview { .. });
        if interview && collection.method != Method::Interview {
            let found = collection.method;
            return Err(EvidenceError::Method { found });
        }
        Ok(Self {
            source,
            collection,
            description: None,
            period: None,
            expires: None,
            digest: None,
            location: None,
            bears_on: BTreeMap::new(),
        })
    }

    /// Sets what the evidence shows.
    ///
    /// # Errors
    ///
    /// [`EvidenceError::Text`] where the description is not a [`Text`].
    pub fn with_description(mut self, description: &str) -> Result<Self, EvidenceError> {
        self.description = Some(text(description)?);
        Ok(self)
    }

    /// Sets where the evidence is kept, such as a URL or a path. It is never opened here.
    ///
    /// # Errors
    ///
    /// [`EvidenceError::Text`] where the location is not a [`Text`].
    pub fn with_location(mut self, location: &str) -> Result<Self, EvidenceError> {
        self.location = Some(text(location)?);
        Ok(self)
    }

    /// Sets the digest of the evidence's bytes.
    #[must_use]
    pub const fn with_digest(mut self, digest: Digest) -> Self {
        self.digest = Some(digest);
        self
    }

    /// Sets the days that the evidence is about.
    #[must_use]
    pub const fn with_period(mut self, period: Period) -> Self {
        self.period = Some(period);
        self
    }

    /// Sets the last day on which the evidence counts.
    ///
    /// # Errors
    ///
    /// [`EvidenceError::Expiry`] where that day lies before the collection.
    pub fn expiring(mut self, expires: Date) -> Result<Self, EvidenceError> {
        let collected = self.collection.collected.date();
        if expires < collected {
            return Err(EvidenceError::Expiry { collected, expires });
        }
        self.expires = Some(expires);
        Ok(self)
    }

    /// States that the evidence speaks for or against a subcategory's outcome; the last word on a
    /// subcategory holds.
    #[must_use]
    pub fn bearing_on(mut self, subcategory: Subcategory, polarity: Polarity) -> Self {
        self.bears_on.insert(subcategory, polarity);
        self
    }

    /// Returns what it is.
    #[must_use]
    pub const fn source(&self) -> &EvidenceSource {
        &self.source
    }

    /// Returns how it was collected.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.collection.method
    }

    /// Returns who collected it.
    #[must_use]
    pub const fn collector(&self) -> &Party {
        &self.collection.collector
    }

    /// Returns when it was collected.
    #[must_use]
    pub const fn collected(&self) -> Timestamp {
        self.collection.collected
    }

    /// Returns what it shows.
    #[must_use]
    pub const fn description(&self) -> Option<&Text> {
        self.description.as_ref()
    }

    /// Returns the days that it is about.
    #[must_use]
    pub const fn period(&self) -> Option<Period> {
        self.period
    }

    /// Returns the last day on which it counts.
    #[must_use]
    pub const fn expires(&self) -> Option<Date> {
        self.expires
    }

    /// Returns the digest of its bytes.
    #[must_use]
    pub const fn digest(&self) -> Option<&Digest> {
        self.digest.as_ref()
    }

    /// Returns where it is kept.
    #[must_use]
    pub const fn location(&self) -> Option<&Text> {
        self.location.as_ref()
    }

    /// Returns the subcategories that it bears on, in the order of the framework.
    #[must_use]
    pub fn bears_on(&self) -> impl ExactSizeIterator<Item = (Subcategory, Polarity)> {
        self.bears_on.iter().map(|(&id, &polarity)| (id, polarity))
    }

    /// Returns whether it speaks for or against a subcategory's outcome; `None` where it says nothing.
    #[must_use]
    pub fn polarity(&self, subcategory: Subcategory) -> Option<Polarity> {
        self.bears_on.get(&subcategory).copied()
    }

    /// Tells whether it was collected by `now` and has not expired.
    #[must_use]
    pub fn is_current(&self, now: Timestamp) -> bool {
        self.collected() <= now && self.expires.is_none_or(|day| !day.is_over(now))
    }
}

/// One JSON object, without the steps by which evidence is built.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wire {
    source: EvidenceSource,
    method: Method,
    collector: Party,
    collected: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<Period>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<Digest>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Text>,
    #[serde(
        default,
        deserialize_with = "unique",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    bears_on: BTreeMap<Subcategory, Polarity>,
}

impl From<Evidence> for Wire {
    fn from(evidence: Evidence) -> Self {
        Self {
            source: evidence.source,
            method: evidence.collection.method,
            collector: evidence.collection.collector,
            collected: evidence.collection.collected,
            description: evidence.description,
            period: evidence.period,
            expires: evidence.expires,
            digest: evidence.digest,
            location: evidence.location,
            bears_on: evidence.bears_on,
        }
    }
}

impl TryFrom<Wire> for Evidence {
    type Error = EvidenceError;

    fn try_from(wire: Wire) -> Result<Self, EvidenceError> {
        let collection = Collection::new(wire.method, wire.collector, wire.collected);
        let mut evidence = Self::new(wire.source, collection)?;
        if let Some(day) = wire.expires {
            evidence = evidence.expiring(day)?;
        }
        Ok(Self {
            description: wire.description,
            period: wire.period,
            digest: wire.digest,
            location: wire.location,
            bears_on: wire.bears_on,
            ..evidence
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WirePeriod {
    from: Date,
    to: Date,
}

impl TryFrom<WirePeriod> for Period {
    type Error = EvidenceError;

    fn try_from(wire: WirePeriod) -> Result<Self, EvidenceError> {
        Self::new(wire.from, wire.to)
    }
}

fn text(text: &str) -> Result<Text, EvidenceError> {
    text.parse()
        .map_err(|source| EvidenceError::Text { source })
}

/// Says why something is no [`Evidence`].
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum EvidenceError {
    /// It expires before it was collected.
    #[error("evidence expires on {expires}, before it was collected on {collected}")]
    Expiry {
        /// The day of its collection.
        collected: Date,
        /// The day of its expiry.
        expires: Date,
    },
    /// An interview is collected otherwise than by interview.
    #[error("an interview is collected by interview, not by {found}")]
    Method {
        /// The method that was given.
        found: Method,
    },
    /// A period ends before it begins.
    #[error("period from {from} ends on {to}, before it begins")]
    Period {
        /// Its first day.
        from: Date,
        /// Its last day.
        to: Date,
    },
    /// A description or a location is not a text.
    #[error("evidence has an invalid text")]
    Text {
        /// What is wrong with it.
        source: ParseTextError,
    },
}

impl EvidenceError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Expiry { .. } => "rmf.evidence.expiry",
            Self::Method { .. } => "rmf.evidence.method",
            Self::Period { .. } => "rmf.evidence.period",
            Self::Text { .. } => "rmf.evidence.text",
        }
    }
}
