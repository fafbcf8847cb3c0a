use std::collections::{BTreeMap, BTreeSet};

use crate::license::{Compatibility, Flow, License, NamedLicense, Severity, Term, Terms};
use crate::license::{judge, table};

/// Says which terms count along which flow, what licenses of one's own ask for, and which licenses
/// are accepted or denied.
///
/// By default, and by our reading:
///
/// | | contains | derived from | trained on |
/// |---|---|---|---|
/// | attribution, branding | advice | advice | branding: advice |
/// | copyleft, network and strong | violation | violation | advice |
/// | share-alike, weak copyleft | | violation | advice |
/// | apart from the GPL | violation | violation | |
/// | no derivatives | | violation | advice |
/// | non-commercial, research only | violation | violation | advice |
/// | use restrictions, scale limit, no training on outputs | violation | violation | advice |
///
/// Whether a model is bound by the licenses of its data is disputed, so nothing along
/// [`Flow::TrainedOn`] is more than advice.
///
/// ```
/// use modelward_graph::license::{
///     Flow, License, LicensePolicy, NamedLicense, Severity, Term, Terms,
/// };
///
/// let ours = NamedLicense::read("LicenseRef-acme")?;
/// let policy = LicensePolicy::default()
///     .with_demand(Flow::TrainedOn, Term::NonCommercial, Some(Severity::Violation))
///     .with_terms(ours, Terms::of(&[Term::NonCommercial]));
/// let data = License::of("cc-by-nc-4.0");
/// assert!(policy.judge(&data, Flow::TrainedOn, &License::of("LicenseRef-acme")).is_compatible());
///
/// let answer = policy.judge(&data, Flow::TrainedOn, &License::of("mit"));
/// assert_eq!(answer.severity(), Some(Severity::Violation));
/// # Ok::<(), modelward_graph::license::ParseLicenseError>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LicensePolicy {
    demands: BTreeMap<(Flow, Term), Severity>,
    terms: BTreeMap<NamedLicense, Terms>,
    accepted: BTreeSet<NamedLicense>,
    denied: BTreeSet<NamedLicense>,
}

impl LicensePolicy {
    /// Says how much a term weighs along a flow, or that it does not count.
    #[must_use]
    pub fn with_demand(mut self, via: Flow, term: Term, severity: Option<Severity>) -> Self {
        match severity {
            Some(severity) => self.demands.insert((via, term), severity),
            None => self.demands.remove(&(via, term)),
        };
        self
    }

    /// Says what a license asks for, along every flow and in place of what is known of it.
    #[must_use]
    pub fn with_terms(mut self, license: NamedLicense, terms: Terms) -> Self {
        self.terms.insert(license, terms);
        self
    }

    /// Accepts a license. Once one is accepted, all that are not are conflicts. Without an exception
    /// it stands for the license with any.
    #[must_use]
    pub fn with_accepted(mut self, license: NamedLicense) -> Self {
        self.accepted.insert(license);
        self
    }

    /// Denies a license, even if it is accepted too.
    #[must_use]
    pub fn with_denied(mut self, license: NamedLicense) -> Self {
        self.denied.insert(license);
        self
    }

    /// Returns how much a term weighs along a flow, if it counts.
    #[must_use]
    pub fn demand(&self, via: Flow, term: Term) -> Option<Severity> {
        self.demands.get(&(via, term)).copied()
    }

    /// Returns what a license asks of what is made from the thing, if that is known.
    ///
    /// The Classpath and GCC exceptions lift copyleft from what contains the thing, and the LLVM
    /// exception attribution, and what keeps Apache-2.0 apart from version 2 of the GPL. Other
    /// exceptions give rights that are not known here: with them a license asks for what it does
    /// without.
    #[must_use]
    pub fn terms(&self, license: &NamedLicense, via: Flow) -> Option<Terms> {
        if let Some(terms) = self.said(license) {
            return Some(terms);
        }
        let row = table::row(license.id())?;
        let trained = row.trained.filter(|_| via == Flow::TrainedOn);
        let terms = trained.unwrap_or(row.terms);
        Some(match license.exception() {
            Some("Classpath-exception-2.0" | "GCC-exception-2.0" | "GCC-exception-3.1")
                if via == Flow::Contains =>
            {
                terms
                    .without(Term::NetworkCopyleft)
                    .without(Term::StrongCopyleft)
            }
            // Its second paragraph is about version 2 of the GPL.
            Some("LLVM-exception") if via == Flow::Contains => terms
                .without(Term::ApartFromGpl2)
                .without(Term::Attribution),
            Some("LLVM-exception") => terms.without(Term::ApartFromGpl2),
            _ => terms,
        })
    }

    /// Tells whether what `license` asks for is passed on by `own`, the license of what was made
    /// from the thing.
    ///
    /// Of what `OR` joins in `license`, one without a conflict is enough; of what it joins in `own`,
    /// all have to pass it on, since whoever gets the thing may choose. What `AND` joins in `license`
    /// has to be passed on all of it; of what it joins in `own`, one that does so is enough.
    #[must_use]
    pub fn judge(&self, license: &License, via: Flow, own: &License) -> Compatibility {
        judge::judge(self, license, via, own)
    }

    /// What the caller said of exactly this license, or else of it without the exception.
    fn said(&self, license: &NamedLicense) -> Option<Terms> {
        let exactly = self.terms.get(license).copied();
        exactly.or_else(|| {
            let mut said = self.terms.iter();
            let covers = said.find(|(known, _)| known.covers(license));
            covers.map(|(_, terms)| *terms)
        })
    }

    pub(super) fn denies(&self, license: &NamedLicense) -> bool {
        self.denied.iter().any(|denied| denied.covers(license))
    }

    pub(super) fn accepts(&self, license: &NamedLicense) -> bool {
        let mut accepted = self.accepted.iter();
        self.accepted.is_empty() || accepted.any(|accepted| accepted.covers(license))
    }
}

impl Default for LicensePolicy {
    fn default() -> Self {
        let mut demands = BTreeMap::new();
        for via in Flow::ALL {
            for term in Term::ALL {
                if let Some(severity) = by_default(via, term) {
                    demands.insert((via, term), severity);
                }
            }
        }
        Self {
            demands,
            terms: BTreeMap::new(),
            accepted: BTreeSet::new(),
            denied: BTreeSet::new(),
        }
    }
}

const fn by_default(via: Flow, term: Term) -> Option<Severity> {
    match (via, term) {
        (Flow::TrainedOn, Term::ApartFromGpl | Term::ApartFromGpl2 | Term::Attribution)
        | (Flow::Contains, Term::NoDerivatives | Term::ShareAlike | Term::WeakCopyleft) => None,
        (Flow::TrainedOn, _) | (_, Term::Attribution | Term::Branding) => Some(Severity::Advice),
        _ => Some(Severity::Violation),
    }
}
