use thiserror::Error;

use crate::ParseTextError;

/// Says why something that the record does not have, and the caller gives, has no place in CSAF.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum CsafInputError {
    /// A name of a product is not of the form of CPE 2.3.
    #[error("expected a formatted string of cpe 2.3 with eleven attributes")]
    Cpe,
    /// The name or the version of a weakness has another form than CSAF takes.
    #[error("expected the name of cwe-{id} and a version of cwe such as 4.17")]
    Cwe {
        /// The number of the weakness.
        id: u32,
    },
    /// A major version is left out between two revisions, or the first one is above 1.
    #[error("revision {found} leaves out a major version")]
    Gap {
        /// The revision after the gap.
        found: String,
    },
    /// The document's id begins or ends with a blank or has a line break.
    #[error("expected an id of the document without blanks at its ends or line breaks")]
    Id,
    /// A language tag has another form than `en` or `en-US`.
    #[error("expected a language tag such as `en` or `en-US`")]
    Language,
    /// Some revisions are numbered as integers and some as semantic versions.
    #[error("revisions mix integers and semantic versions")]
    Mixed,
    /// There is no revision.
    #[error("expected at least one revision")]
    NoRevision,
    /// A number of a revision is neither an integer nor `x.y.z`.
    #[error("expected an integer or `x.y.z` as the number of a revision")]
    Number,
    /// Numbers do not rise, or times go backward.
    #[error("revision {found} does not follow the one before it in number and time")]
    Order {
        /// The revision that is out of order.
        found: String,
    },
    /// A text is blank, too long or has control characters.
    #[error("the {member} is not a valid text")]
    Text {
        /// Which text, such as `name`.
        member: &'static str,
        /// What is wrong with it.
        source: ParseTextError,
    },
    /// The document is to be released, and a revision has the major version 0.
    #[error("revision {found} has major version 0, which drafts alone may have")]
    Unreleased {
        /// The first such revision.
        found: String,
    },
    /// An address is no absolute URI, or no `https` address where it has to be one.
    #[error("expected an absolute uri as {member}")]
    Uri {
        /// Which address, such as `namespace`.
        member: &'static str,
    },
}

impl CsafInputError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Cpe => "incident.export.csaf.cpe",
            Self::Cwe { .. } => "incident.export.csaf.cwe",
            Self::Gap { .. } => "incident.export.csaf.gap",
            Self::Id => "incident.export.csaf.id",
            Self::Language => "incident.export.csaf.language",
            Self::Mixed => "incident.export.csaf.mixed",
            Self::NoRevision => "incident.export.csaf.no_revision",
            Self::Number => "incident.export.csaf.number",
            Self::Order { .. } => "incident.export.csaf.order",
            Self::Text { .. } => "incident.export.csaf.text",
            Self::Unreleased { .. } => "incident.export.csaf.unreleased",
            Self::Uri { .. } => "incident.export.csaf.uri",
        }
    }
}
