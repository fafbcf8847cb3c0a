//! Completeness of a document against named standards, element by element.
//!
//! An element is met by values in the document, and each is named by its JSON pointer. Placeholders
//! such as `unknown` or `n/a` meet nothing. That an element is met says that something stands there,
//! not that it is true, and no result is a statement of conformity.
//!
//! ```
//! use modelward_bom::model::{Component, ComponentKind};
//! use modelward_bom::profile::{Profile, State};
//! use modelward_bom::{MlBom, SpecVersion};
//!
//! let library = Component::new(ComponentKind::Library, "torch");
//! let bom = MlBom::new(SpecVersion::V1_6).with_components([library]);
//! let completeness = Profile::Ntia2021.assess(&bom);
//! let element = |id: &str| completeness.element(id).expect("an element of the standard");
//! assert_eq!(element("component-name").state(), State::Met);
//! assert_eq!(element("component-name").evidence(), ["/components/0/name"]);
//! assert_eq!(element("version").state(), State::Missing);
//! assert_eq!(element("version").lacking(), ["/components/0"]);
//! ```

mod ai_act;
mod assess;
mod audit;
mod bsi;
mod cisa;
mod cluster;
mod completeness;
mod find;
mod g7;
mod link;
mod ntia;
mod owasp;
mod part;
mod requirement;

use std::fmt;
use std::str::FromStr;

use modelward_artifact::escape::Terminal;
use thiserror::Error;

use self::requirement::Requirement;
use crate::MlBom;

pub use self::completeness::{Completeness, Element, Level, Score, State};

/// Names a standard whose elements a document is assessed against.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Profile {
    /// Technical documentation of high-risk AI systems: Annex IV of the EU AI Act, in our reading.
    AiActAnnexIv,
    /// Technical documentation of general-purpose AI models: Annex XI of the EU AI Act, in our
    /// reading.
    AiActAnnexXi,
    /// What an audit asks first: data and its versions, algorithms, model version, who trained and
    /// who validated. The list is ours.
    Audit,
    /// BSI TR-03183-2, version 2.1.0.
    BsiTr03183,
    /// Minimum elements for an SBOM, 2026, of CISA and partners.
    Cisa2026,
    /// SBOM for AI, minimum elements, of the G7 cybersecurity working group, 2026.
    G7Ai,
    /// The minimum elements for an SBOM, of the NTIA, 2021.
    Ntia2021,
    /// The fields of the OWASP AIBOM project.
    OwaspAibom,
}

impl Profile {
    /// Lists every standard.
    pub const ALL: [Self; 8] = [
        Self::AiActAnnexIv,
        Self::AiActAnnexXi,
        Self::Audit,
        Self::BsiTr03183,
        Self::Cisa2026,
        Self::G7Ai,
        Self::Ntia2021,
        Self::OwaspAibom,
    ];

    /// Returns the word for it, such as `g7-ai`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AiActAnnexIv => "ai-act-annex-iv",
            Self::AiActAnnexXi => "ai-act-annex-xi",
            Self::Audit => "audit",
            Self::BsiTr03183 => "bsi-tr-03183-2",
            Self::Cisa2026 => "cisa-2026",
            Self::G7Ai => "g7-ai",
            Self::Ntia2021 => "ntia-2021",
            Self::OwaspAibom => "owasp-aibom",
        }
    }

    /// Returns the title, with the edition.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::AiActAnnexIv => "Regulation (EU) 2024/1689, Annex IV (our reading)",
            Self::AiActAnnexXi => "Regulation (EU) 2024/1689, Annex XI (our reading)",
            Self::Audit => "What an audit asks first (our list)",
            Self::BsiTr03183 => "BSI TR-03183-2, version 2.1.0",
            Self::Cisa2026 => "CISA, Minimum Elements for an SBOM, 2026 (v2.1)",
            Self::G7Ai => "G7, SBOM for AI, Minimum Elements, 2026",
            Self::Ntia2021 => "NTIA, The Minimum Elements for an SBOM, 2021",
            Self::OwaspAibom => "OWASP AIBOM project, field mapping, 2026",
        }
    }

    /// Returns the day of the edition that is assessed against, as RFC 3339 has it; `None` for a list
    /// of ours.
    #[must_use]
    pub const fn date(self) -> Option<&'static str> {
        match self {
            Self::AiActAnnexIv | Self::AiActAnnexXi => Some("2024-06-13"),
            Self::Audit => None,
            Self::BsiTr03183 => Some("2025-08-20"),
            Self::Cisa2026 => Some("2026-07-29"),
            Self::G7Ai => Some("2026-05-12"),
            Self::Ntia2021 => Some("2021-07-12"),
            Self::OwaspAibom => Some("2026-04-27"),
        }
    }

    /// Tells whether the list was taken from what others say of the standard, since its own text was
    /// not at hand. What the text asks for may be worded, or be, otherwise.
    #[must_use]
    pub const fn is_second_hand(self) -> bool {
        matches!(self, Self::Cisa2026 | Self::G7Ai)
    }

    /// Tells whether the elements are our reading of a law or our own list, and not the text of a
    /// standard.
    #[must_use]
    pub const fn is_our_reading(self) -> bool {
        matches!(self, Self::AiActAnnexIv | Self::AiActAnnexXi | Self::Audit)
    }

    /// Assesses a document against every element.
    #[must_use]
    pub fn assess(self, bom: &MlBom) -> Completeness {
        assess::assess(self, &bom.to_value())
    }

    /// Tells whether a statement that something is not known satisfies the standard.
    const fn takes_unknown(self) -> bool {
        matches!(self, Self::Cisa2026 | Self::G7Ai)
    }

    const fn requirements(self) -> &'static [Requirement] {
        match self {
            Self::AiActAnnexIv => &ai_act::ANNEX_IV,
            Self::AiActAnnexXi => &ai_act::ANNEX_XI,
            Self::Audit => &audit::ELEMENTS,
            Self::BsiTr03183 => &bsi::ELEMENTS,
            Self::Cisa2026 => &cisa::ELEMENTS,
            Self::G7Ai => &g7::ELEMENTS,
            Self::Ntia2021 => &ntia::ELEMENTS,
            Self::OwaspAibom => &owasp::ELEMENTS,
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Profile {
    type Err = UnknownProfile;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|profile| profile.name() == name);
        found.ok_or_else(|| UnknownProfile {
            found: name.to_owned(),
        })
    }
}

/// Says that a standard is not known by a name.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("`{}` is no profile, expected one of {}", Terminal(found), names())]
pub struct UnknownProfile {
    found: String,
}

impl UnknownProfile {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "bom.profile.unknown"
    }
}

fn names() -> String {
    Profile::ALL.map(Profile::name).join(", ")
}
