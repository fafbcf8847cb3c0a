use std::fmt;
use std::sync::Arc;

use modelward_artifact::escape::Terminal;

use crate::license::{NamedLicense, Term};

/// Says how something was made from another thing: the relations along which licenses matter.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Flow {
    /// The other thing is part of it.
    Contains,
    /// It is the other thing, changed: finetuned, merged, quantized, translated.
    DerivedFrom,
    /// It is a model, and the other thing its data.
    TrainedOn,
}

impl Flow {
    /// Lists every flow.
    pub const ALL: [Self; 3] = [Self::Contains, Self::DerivedFrom, Self::TrainedOn];

    /// Returns the name, such as `derived from`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contains => "contains",
            Self::DerivedFrom => "derived from",
            Self::TrainedOn => "trained on",
        }
    }
}

impl fmt::Display for Flow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Says how much a conflict weighs. The heavier one is the greater one.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Severity {
    /// Somebody should look at it: it is disputed, or met in another way than by a license.
    Advice,
    /// The license is broken, by our reading.
    Violation,
}

impl Severity {
    /// Returns the name, such as `advice`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Violation => "violation",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Tells whether what a license asks for is passed on.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "there is no fourth answer")]
pub enum Compatibility {
    /// It is.
    Compatible,
    /// It is not, in each of these points: violations first, without duplicates. Where there is a
    /// violation, what is unknown beside it changes nothing and is left out.
    Conflict(Vec<LicenseConflict>),
    /// It cannot be told: this is never to be taken for compatible. The reasons are in order, and
    /// what would be advice is left out.
    Unknown(Vec<UnknownCompatibility>),
}

impl Compatibility {
    /// Tells whether there is nothing to look at.
    #[must_use]
    pub const fn is_compatible(&self) -> bool {
        matches!(self, Self::Compatible)
    }

    /// Returns the weight of the heaviest conflict.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        match self {
            Self::Conflict(conflicts) => conflicts.iter().map(LicenseConflict::severity).max(),
            Self::Compatible | Self::Unknown(_) => None,
        }
    }
}

/// Names what a license, or the policy, asks for.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum LicenseDemand {
    /// The policy denies the license.
    Denied,
    /// The policy has a list of accepted licenses, and this is none of them.
    NotAccepted,
    /// The license asks for it.
    Term(Term),
}

/// Holds one point in which the license of what was made does not pass on what another asks for.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct LicenseConflict {
    pub(super) severity: Severity,
    pub(super) license: NamedLicense,
    pub(super) demand: LicenseDemand,
    pub(super) via: Flow,
    pub(super) own: Arc<str>,
}

impl LicenseConflict {
    /// Returns how much it weighs.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// Returns the license that asks for something.
    #[must_use]
    pub const fn license(&self) -> &NamedLicense {
        &self.license
    }

    /// Returns what it asks for.
    #[must_use]
    pub const fn demand(&self) -> LicenseDemand {
        self.demand
    }

    /// Returns how the one thing was made from the other.
    #[must_use]
    pub const fn via(&self) -> Flow {
        self.via
    }

    /// Returns the license that does not pass it on, or its text where it is not known.
    #[must_use]
    pub fn own(&self) -> &str {
        &self.own
    }

    /// Returns the stable code, such as `graph.license.non_commercial`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self.demand {
            LicenseDemand::Denied => "graph.license.denied",
            LicenseDemand::NotAccepted => "graph.license.not_accepted",
            LicenseDemand::Term(term) => match term {
                Term::ApartFromGpl => "graph.license.apart_from_gpl",
                Term::ApartFromGpl2 => "graph.license.apart_from_gpl_2",
                Term::Attribution => "graph.license.attribution",
                Term::Branding => "graph.license.branding",
                Term::NetworkCopyleft => "graph.license.network_copyleft",
                Term::NoDerivatives => "graph.license.no_derivatives",
                Term::NoOutputTraining => "graph.license.no_output_training",
                Term::NonCommercial => "graph.license.non_commercial",
                Term::ResearchOnly => "graph.license.research_only",
                Term::ScaleLimit => "graph.license.scale_limit",
                Term::ShareAlike => "graph.license.share_alike",
                Term::StrongCopyleft => "graph.license.strong_copyleft",
                Term::UseRestrictions => "graph.license.use_restrictions",
                Term::WeakCopyleft => "graph.license.weak_copyleft",
            },
        }
    }
}

/// Explains the conflict in one sentence.
impl fmt::Display for LicenseConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} something under `{}`, which ", self.via, self.license)?;
        let own = Terminal(&self.own);
        match self.demand {
            LicenseDemand::Denied => f.write_str("the policy denies"),
            LicenseDemand::NotAccepted => f.write_str("the policy does not accept"),
            LicenseDemand::Term(term @ Term::NoDerivatives) => f.write_str(term.demand()),
            LicenseDemand::Term(term) if term.is_apart() => {
                write!(f, "{}, while `{own}` is that", term.demand())
            }
            LicenseDemand::Term(term) if term.is_copyleft() => {
                write!(f, "{}, while `{own}` is not that", term.demand())
            }
            LicenseDemand::Term(term) => {
                write!(f, "{}, while `{own}` does not pass that on", term.demand())
            }
        }
    }
}

/// Says why it cannot be told whether something is passed on.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum UnknownCompatibility {
    /// A text can mean several licenses, and the answer depends on which.
    Ambiguous {
        /// The texts of the two licenses, of which one is ambiguous at least.
        texts: [Box<str>; 2],
    },
    /// Both licenses ask for something of one kind, each in its own words.
    Other {
        /// What it is.
        term: Term,
        /// The license that has to be passed on.
        license: NamedLicense,
        /// The other one.
        own: NamedLicense,
    },
    /// What a license asks for is not known.
    Terms {
        /// The license.
        license: NamedLicense,
    },
    /// SPDX calls a license copyleft, and how far that goes is not known.
    UnclassedCopyleft {
        /// The license.
        license: NamedLicense,
    },
    /// The text of a license was not understood.
    Unread {
        /// The text.
        text: Box<str>,
    },
}

impl UnknownCompatibility {
    /// Returns the stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Ambiguous { .. } => "graph.license.unknown.ambiguous",
            Self::Other { .. } => "graph.license.unknown.other",
            Self::Terms { .. } => "graph.license.unknown.terms",
            Self::UnclassedCopyleft { .. } => "graph.license.unknown.unclassed_copyleft",
            Self::Unread { .. } => "graph.license.unknown.unread",
        }
    }
}

impl fmt::Display for UnknownCompatibility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ambiguous {
                texts: [one, other],
            } => {
                let (one, other) = (Terminal(one), Terminal(other));
                write!(f, "it depends on what `{one}` and `{other}` mean")
            }
            Self::Other { term, license, own } => {
                write!(
                    f,
                    "`{license}` and `{own}` differ in what they say of {term}"
                )
            }
            Self::Terms { license } => write!(f, "the terms of `{license}` are not known"),
            Self::UnclassedCopyleft { license } => {
                write!(f, "how far the copyleft of `{license}` goes is not known")
            }
            Self::Unread { text } if text.is_empty() => f.write_str("no license is named"),
            Self::Unread { text } => write!(f, "the license `{}` is not known", Terminal(text)),
        }
    }
}
