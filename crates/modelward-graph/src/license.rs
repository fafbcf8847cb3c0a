//! Licenses, what they ask of what is made from the thing, and whether that is passed on.
//!
//! ```
//! use modelward_graph::license::{Compatibility, Flow, License};
//!
//! let base = License::of("cc-by-nc-4.0");
//! let Compatibility::Conflict(conflicts) = base.flows_into(Flow::DerivedFrom, &License::of("mit"))
//! else {
//!     return Err("a model of MIT derives from one that is not for commerce".into());
//! };
//! assert_eq!(
//!     conflicts[0].to_string(),
//!     "derived from something under `CC-BY-NC-4.0`, which allows no commercial use, \
//!      while `MIT` does not pass that on",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What stands here of the terms of licenses is our reading of them, by the texts that
//! [`NamedLicense::source`] names. It is no legal advice, and [`LicensePolicy`] replaces any of it.

mod convert;
mod copyleft;
mod error;
mod expression;
mod flow;
mod graph;
mod judge;
mod names;
mod policy;
mod table;
mod terms;

use std::fmt;

use modelward_artifact::escape::Terminal;

use self::names::Meaning;

pub use self::error::ParseLicenseError;
pub use self::expression::{LicenseExpression, NamedLicense};
pub use self::flow::{
    Compatibility, Flow, LicenseConflict, LicenseDemand, Severity, UnknownCompatibility,
};
pub use self::graph::{LicenseFinding, LicenseReport};
pub use self::policy::LicensePolicy;
pub use self::terms::{Term, Terms};

/// Says how well the text of a license was understood.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum LicenseKind {
    /// It names several licenses, and it is not known which of them is meant.
    Ambiguous,
    /// It names a license that the SPDX license list does not have.
    Custom,
    /// It is an SPDX expression, in whatever case.
    Exact,
    /// It is no SPDX expression and was taken for one.
    Inferred,
    /// It was not understood.
    Unknown,
}

impl LicenseKind {
    /// Lists every kind.
    pub const ALL: [Self; 5] = [
        Self::Ambiguous,
        Self::Custom,
        Self::Exact,
        Self::Inferred,
        Self::Unknown,
    ];

    /// Returns the name, such as `exact`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ambiguous => "ambiguous",
            Self::Custom => "custom",
            Self::Exact => "exact",
            Self::Inferred => "inferred",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for LicenseKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Holds what some metadata says of a license, as far as it is understood.
///
/// Nothing is guessed in silence: what is not an SPDX expression has a [`note`](Self::note) of how
/// it was understood, and what can mean several licenses keeps all of them.
///
/// ```
/// use modelward_graph::license::{License, LicenseKind};
///
/// let exact = License::of("mit or apache-2.0");
/// assert_eq!(exact.expression().map(ToString::to_string).as_deref(), Some("MIT OR Apache-2.0"));
///
/// let custom = License::of("llama3.1");
/// assert_eq!(custom.to_string(), "LicenseRef-HF-llama3.1");
///
/// let bsd = License::of("BSD");
/// assert_eq!(bsd.kind(), LicenseKind::Ambiguous);
/// assert_eq!(bsd.candidates().len(), 2);
/// assert_eq!(bsd.note(), Some("the number of clauses is not named"));
///
/// assert_eq!(License::of("as discussed").kind(), LicenseKind::Unknown);
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct License {
    text: Box<str>,
    kind: LicenseKind,
    candidates: Vec<LicenseExpression>,
    note: Option<&'static str>,
}

impl License {
    /// The longest text in bytes that is kept. Of a longer one the beginning is.
    pub const MAX_LEN: usize = LicenseExpression::MAX_LEN;

    /// Reads what metadata has: SPDX expressions in any case, ids of the Hugging Face Hub, usual
    /// names, classifiers of Python packages, and texts of licenses by the title in their first line.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let text = text.trim();
        if let Some(found) = convert::lenient(text) {
            return Self::of_expression(text, found);
        }
        if let Some(meaning) = names::meaning(text) {
            return Self::of_meaning(text, meaning);
        }
        let title = text.lines().next().unwrap_or_default().trim();
        match names::meaning(title).filter(|_| title.len() < text.len()) {
            Some(meaning) => Self {
                note: Some("by the first line of a longer text"),
                ..Self::of_meaning(text, meaning)
            },
            None => Self::new(text, LicenseKind::Unknown, Vec::new()),
        }
    }

    /// Returns the text, without white space around it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns how well it was understood.
    #[must_use]
    pub const fn kind(&self) -> LicenseKind {
        self.kind
    }

    /// Returns what it means, if that is one thing.
    #[must_use]
    pub fn expression(&self) -> Option<&LicenseExpression> {
        match self.candidates.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Lists what it can mean: one thing, several if it is ambiguous, nothing if it is unknown.
    #[must_use]
    pub fn candidates(&self) -> &[LicenseExpression] {
        &self.candidates
    }

    /// Returns in a few words how it was understood, where that is more than reading.
    #[must_use]
    pub const fn note(&self) -> Option<&'static str> {
        self.note
    }

    /// Tells by the default [`LicensePolicy`] whether what this license asks for is passed on by
    /// `own`, the license of what was made from the thing.
    #[must_use]
    pub fn flows_into(&self, via: Flow, own: &Self) -> Compatibility {
        LicensePolicy::default().judge(self, via, own)
    }

    fn new(text: &str, kind: LicenseKind, candidates: Vec<LicenseExpression>) -> Self {
        Self {
            text: beginning(text).into(),
            kind,
            candidates,
            note: None,
        }
    }

    fn of_expression(text: &str, found: convert::Found) -> Self {
        let kind = match (found.note, found.expression.single()) {
            (Some(_), _) => LicenseKind::Inferred,
            (None, Some(license)) if license.is_custom() => LicenseKind::Custom,
            (None, _) => LicenseKind::Exact,
        };
        Self {
            note: found.note,
            ..Self::new(text, kind, vec![found.expression])
        }
    }

    fn of_meaning(text: &str, meaning: &Meaning) -> Self {
        let (kind, ids, note) = match *meaning {
            Meaning::Ambiguous(ids, note) => (LicenseKind::Ambiguous, ids, note),
            Meaning::Custom(ref id, note) => (LicenseKind::Custom, std::slice::from_ref(id), note),
            Meaning::Inferred(ref id, note) => {
                (LicenseKind::Inferred, std::slice::from_ref(id), note)
            }
            Meaning::Unknown(note) => (LicenseKind::Unknown, [].as_slice(), note),
        };
        let candidates = ids.iter().filter_map(|id| LicenseExpression::read(id).ok());
        Self {
            note: Some(note),
            ..Self::new(text, kind, candidates.collect())
        }
    }
}

fn beginning(text: &str) -> &str {
    let mut end = text.len().min(License::MAX_LEN);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Shows the expression, each that is possible, or the text where it was not understood.
impl fmt::Display for License {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, candidate) in self.candidates.iter().enumerate() {
            let between = if index == 0 { "" } else { " or else " };
            write!(f, "{between}{candidate}")?;
        }
        match self.kind {
            LicenseKind::Unknown => write!(f, "{}", Terminal(&self.text)),
            _ => Ok(()),
        }
    }
}
