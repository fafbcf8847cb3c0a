use std::fmt;

/// Names one thing that a license asks of what is made from what it covers.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Term {
    /// It asks for what the GPL does not let others ask for, by the list of the Free Software
    /// Foundation: what contains it cannot be under the GPL.
    ApartFromGpl,
    /// The same of version 2 of the GPL alone (Apache-2.0).
    ApartFromGpl2,
    /// Its notices are kept, or its authors named.
    Attribution,
    /// A name or mark is shown, such as "Built with Llama".
    Branding,
    /// What it becomes part of stays under the same license, also where it is only offered as a
    /// service (AGPL).
    NetworkCopyleft,
    /// Nothing changed may be passed on (CC ND).
    NoDerivatives,
    /// No other model may be trained on what the model puts out.
    NoOutputTraining,
    /// There is no use for money.
    NonCommercial,
    /// There is no use but for research.
    ResearchOnly,
    /// Those with very many users or much revenue need another license.
    ScaleLimit,
    /// What is adapted of it stays under the same license; a collection need not (CC SA, `ODbL`).
    ShareAlike,
    /// What it becomes part of stays under the same license (GPL).
    StrongCopyleft,
    /// Some uses are forbidden, which has to be passed on (RAIL, Llama, Gemma).
    UseRestrictions,
    /// Its own files, changed or not, stay under the same license (LGPL, MPL).
    WeakCopyleft,
}

impl Term {
    /// Lists every term.
    pub const ALL: [Self; 14] = [
        Self::ApartFromGpl,
        Self::ApartFromGpl2,
        Self::Attribution,
        Self::Branding,
        Self::NetworkCopyleft,
        Self::NoDerivatives,
        Self::NoOutputTraining,
        Self::NonCommercial,
        Self::ResearchOnly,
        Self::ScaleLimit,
        Self::ShareAlike,
        Self::StrongCopyleft,
        Self::UseRestrictions,
        Self::WeakCopyleft,
    ];

    /// Returns the name, such as `non-commercial`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ApartFromGpl => "apart from the gpl",
            Self::ApartFromGpl2 => "apart from gpl 2",
            Self::Attribution => "attribution",
            Self::Branding => "branding",
            Self::NetworkCopyleft => "network copyleft",
            Self::NoDerivatives => "no derivatives",
            Self::NoOutputTraining => "no training on outputs",
            Self::NonCommercial => "non-commercial",
            Self::ResearchOnly => "research only",
            Self::ScaleLimit => "scale limit",
            Self::ShareAlike => "share-alike",
            Self::StrongCopyleft => "strong copyleft",
            Self::UseRestrictions => "use restrictions",
            Self::WeakCopyleft => "weak copyleft",
        }
    }

    /// Tells whether it asks for the same license.
    pub(super) const fn is_copyleft(self) -> bool {
        matches!(
            self,
            Self::NetworkCopyleft | Self::ShareAlike | Self::StrongCopyleft | Self::WeakCopyleft
        )
    }

    /// Tells whether it asks for another license than one of GNU.
    pub(super) const fn is_apart(self) -> bool {
        matches!(self, Self::ApartFromGpl | Self::ApartFromGpl2)
    }

    /// Tells whether it says something else in each license that has it.
    pub(super) const fn is_particular(self) -> bool {
        matches!(
            self,
            Self::Branding | Self::NoOutputTraining | Self::ScaleLimit | Self::UseRestrictions
        )
    }

    /// What stands behind "which".
    pub(super) const fn demand(self) -> &'static str {
        match self {
            Self::ApartFromGpl => "asks for more than the GPL allows",
            Self::ApartFromGpl2 => "asks for more than version 2 of the GPL allows",
            Self::Attribution => "asks to keep its notices",
            Self::Branding => "asks for its name or mark",
            Self::NetworkCopyleft => "asks for the same license of the whole, of services too",
            Self::NoDerivatives => "allows no derivatives",
            Self::NoOutputTraining => "allows no other model to be trained on outputs",
            Self::NonCommercial => "allows no commercial use",
            Self::ResearchOnly => "allows nothing but research",
            Self::ScaleLimit => "leaves out the largest users",
            Self::ShareAlike => "asks for the same license of adaptations",
            Self::StrongCopyleft => "asks for the same license of the whole",
            Self::UseRestrictions => "asks to pass on its restrictions of use",
            Self::WeakCopyleft => "asks for the same license of what is changed",
        }
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Holds what a license asks for, as far as it matters to what is made from the thing.
///
/// ```
/// use modelward_graph::license::{Term, Terms};
///
/// let terms = Terms::of(&[Term::NonCommercial, Term::Attribution]);
/// assert!(terms.contains(Term::NonCommercial));
/// assert_eq!(terms.to_string(), "attribution, non-commercial");
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Terms(u16);

impl Terms {
    /// Asks for nothing.
    pub const NONE: Self = Self(0);

    /// Collects terms.
    #[must_use]
    pub const fn of(terms: &[Term]) -> Self {
        let mut bits = 0;
        let mut index = 0;
        // Iterators cannot run in a constant.
        while index < terms.len() {
            bits |= terms[index].bit();
            index += 1;
        }
        Self(bits)
    }

    /// Tells whether the term is among them.
    #[must_use]
    pub const fn contains(self, term: Term) -> bool {
        self.0 & term.bit() != 0
    }

    /// Tells whether nothing is asked for.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Adds a term.
    #[must_use]
    pub const fn with(self, term: Term) -> Self {
        Self(self.0 | term.bit())
    }

    /// Takes a term away.
    #[must_use]
    pub const fn without(self, term: Term) -> Self {
        Self(self.0 & !term.bit())
    }

    /// Iterates over the terms in alphabetical order.
    pub fn iter(self) -> impl Iterator<Item = Term> {
        Term::ALL
            .into_iter()
            .filter(move |term| self.contains(*term))
    }
}

impl FromIterator<Term> for Terms {
    fn from_iter<I: IntoIterator<Item = Term>>(terms: I) -> Self {
        terms.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Display for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("nothing");
        }
        for (index, term) in self.iter().enumerate() {
            let between = if index == 0 { "" } else { ", " };
            write!(f, "{between}{term}")?;
        }
        Ok(())
    }
}
