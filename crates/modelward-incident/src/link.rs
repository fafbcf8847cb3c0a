use modelward_artifact::{Digest, Party, Text};
use serde::{Deserialize, Serialize};

use crate::Tlp;

/// Says how an incident and something else belong together.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LinkRelation {
    /// The incident is a consequence of it.
    CausedBy,
    /// The incident is recorded there already, and goes on there.
    DuplicateOf,
    /// It has to do with it.
    Related,
    /// It is the same in another collection.
    SameAs,
    /// What is known of the incident was taken from there.
    Source,
}

impl LinkRelation {
    /// Returns the name that records use, such as `caused-by`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CausedBy => "caused-by",
            Self::DuplicateOf => "duplicate-of",
            Self::Related => "related",
            Self::SameAs => "same-as",
            Self::Source => "source",
        }
    }
}

/// Points from an incident to another incident, a vulnerability, an advisory or a text.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Link {
    /// How they belong together.
    pub relation: LinkRelation,
    /// An id or an address.
    pub target: Text,
    /// Whose id it is, such as `AIID`, `AVID`, `ATLAS`, `CVE` or `OSV`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<Text>,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
}

impl Link {
    /// Points to an id or an address.
    #[must_use]
    pub const fn new(relation: LinkRelation, target: Text) -> Self {
        Self {
            relation,
            target,
            system: None,
            title: None,
        }
    }

    /// Sets whose id it is.
    #[must_use]
    pub fn with_system(mut self, system: Text) -> Self {
        self.system = Some(system);
        self
    }

    /// Sets what it is called.
    #[must_use]
    pub fn with_title(mut self, title: Text) -> Self {
        self.title = Some(title);
        self
    }
}

/// Records that something of the incident was told to others.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Disclosure {
    /// To whom.
    pub audience: Text,
    /// The highest label of what was told.
    pub level: Tlp,
    /// What kind of document it was, such as `csaf-2.0`.
    pub format: Text,
    /// The digest of the document.
    pub document: Digest,
    /// Who decided it.
    pub approved_by: Party,
}

impl Disclosure {
    /// States what kind of document was told to whom, and who decided it.
    #[must_use]
    pub fn new(audience: Text, level: Tlp, document: (Text, Digest), by: Party) -> Self {
        Self {
            audience,
            level,
            format: document.0,
            document: document.1,
            approved_by: by,
        }
    }
}

/// Tells whether a text is the id of a CVE, as CVE's schema of records has it.
pub(crate) fn is_cve(text: &str) -> bool {
    let parts = text.strip_prefix("CVE-").and_then(|it| it.split_once('-'));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    parts.is_some_and(|(year, number)| {
        year.len() == 4 && (4..=19).contains(&number.len()) && digits(year) && digits(number)
    })
}
