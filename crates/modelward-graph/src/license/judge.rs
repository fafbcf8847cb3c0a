//! Whether what one license asks for is passed on by another.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::license::{
    Compatibility, Flow, License, LicenseConflict, LicenseDemand, LicenseExpression, LicensePolicy,
    NamedLicense, Severity, Term, Terms, UnknownCompatibility, convert, copyleft,
};

pub(super) fn judge(
    policy: &LicensePolicy,
    license: &License,
    via: Flow,
    own: &License,
) -> Compatibility {
    if license.candidates().is_empty() {
        return Compatibility::Unknown(vec![unread(license)]);
    }
    let mut outcomes = Vec::new();
    for own_reading in readings(own) {
        let judge = Judge::new(policy, via, own, own_reading);
        for theirs in license.candidates() {
            outcomes.push(judge.expression(theirs));
        }
    }
    agreed(outcomes, license, own)
}

/// What a license can mean. One that was not understood can mean anything: one reading too.
fn readings(license: &License) -> Vec<Option<&LicenseExpression>> {
    match license.candidates() {
        [] => vec![None],
        some => some.iter().map(Some).collect(),
    }
}

fn unread(license: &License) -> UnknownCompatibility {
    let text = license.text().into();
    UnknownCompatibility::Unread { text }
}

/// Makes one answer of those for each meaning.
fn agreed(outcomes: Vec<Outcome>, license: &License, own: &License) -> Compatibility {
    let violations = |outcome: &&Outcome| outcome.rank() == Rank::Violation;
    let violated = outcomes.iter().filter(violations).count();
    let all = outcomes.len();
    let joined = outcomes.into_iter().fold(Outcome::default(), Outcome::and);
    if violated > 0 && violated < all {
        let texts = [license.text().into(), own.text().into()];
        let mut unknown = joined.unknown;
        unknown.insert(UnknownCompatibility::Ambiguous { texts });
        return Compatibility::Unknown(unknown.into_iter().collect());
    }
    match joined.rank() {
        Rank::Compatible => Compatibility::Compatible,
        Rank::Unknown => Compatibility::Unknown(joined.unknown.into_iter().collect()),
        Rank::Advice | Rank::Violation => {
            let mut conflicts: Vec<_> = joined.conflicts.into_iter().collect();
            // The heaviest first, and else as they are ordered.
            conflicts.sort_by_key(|conflict| std::cmp::Reverse(conflict.severity));
            Compatibility::Conflict(conflicts)
        }
    }
}

/// How bad an outcome is. What is not known is worse than advice, and no proof of a violation.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
enum Rank {
    Compatible,
    Advice,
    Unknown,
    Violation,
}

#[derive(Default)]
struct Outcome {
    conflicts: BTreeSet<LicenseConflict>,
    unknown: BTreeSet<UnknownCompatibility>,
}

impl Outcome {
    fn rank(&self) -> Rank {
        let severest = self.conflicts.iter().map(LicenseConflict::severity).max();
        match severest {
            Some(Severity::Violation) => Rank::Violation,
            _ if !self.unknown.is_empty() => Rank::Unknown,
            Some(Severity::Advice) => Rank::Advice,
            None => Rank::Compatible,
        }
    }

    /// Both have to hold.
    fn and(mut self, other: Self) -> Self {
        self.conflicts.extend(other.conflicts);
        self.unknown.extend(other.unknown);
        self
    }

    /// The better one holds. Of two that are as good the answer must not depend on their order.
    fn or(self, other: Self) -> Self {
        let key = |outcome: &Self| {
            let points = outcome.conflicts.len() + outcome.unknown.len();
            (outcome.rank(), points)
        };
        let order = key(&self).cmp(&key(&other));
        let order = order.then_with(|| self.conflicts.cmp(&other.conflicts));
        let order = order.then_with(|| self.unknown.cmp(&other.unknown));
        if order.is_le() { self } else { other }
    }
}

/// Whether something is passed on. The better answer is the greater one.
#[derive(Eq, Ord, PartialEq, PartialOrd)]
enum Passed {
    No,
    Unknown(BTreeSet<UnknownCompatibility>),
    Yes,
}

impl Passed {
    fn unknown(reason: UnknownCompatibility) -> Self {
        Self::Unknown(BTreeSet::from([reason]))
    }

    /// One that passes it on is enough.
    fn either(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown(mut one), Self::Unknown(other)) => {
                one.extend(other);
                Self::Unknown(one)
            }
            (one, other) => one.max(other),
        }
    }

    /// All have to pass it on.
    fn both(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown(mut one), Self::Unknown(other)) => {
                one.extend(other);
                Self::Unknown(one)
            }
            (one, other) => one.min(other),
        }
    }
}

/// Judges licenses against one meaning of the license of what was made.
struct Judge<'a> {
    policy: &'a LicensePolicy,
    via: Flow,
    own: &'a License,
    reading: Option<&'a LicenseExpression>,
    /// The terms of each license of the reading, from left to right.
    terms: Vec<Option<Terms>>,
    shown: Arc<str>,
}

impl<'a> Judge<'a> {
    fn new(
        policy: &'a LicensePolicy,
        via: Flow,
        own: &'a License,
        reading: Option<&'a LicenseExpression>,
    ) -> Self {
        let licenses = reading.into_iter().flat_map(LicenseExpression::licenses);
        Self {
            policy,
            via,
            own,
            reading,
            terms: licenses.map(|own| policy.terms(own, via)).collect(),
            shown: reading.map_or(own.text(), LicenseExpression::as_str).into(),
        }
    }

    fn expression(&self, theirs: &LicenseExpression) -> Outcome {
        let outcome = theirs.fold(|theirs| self.license(theirs), Outcome::and, Outcome::or);
        outcome.unwrap_or_default()
    }

    fn license(&self, theirs: &NamedLicense) -> Outcome {
        let mut outcome = Outcome::default();
        if self.policy.denies(theirs) {
            let denied = self.conflict(theirs, LicenseDemand::Denied, Severity::Violation);
            outcome.conflicts.insert(denied);
        }
        if !self.policy.accepts(theirs) {
            let other = self.conflict(theirs, LicenseDemand::NotAccepted, Severity::Violation);
            outcome.conflicts.insert(other);
        }
        let Some(terms) = self.policy.terms(theirs, self.via) else {
            outcome.unknown.insert(not_known(theirs));
            return outcome;
        };
        for term in terms.iter() {
            let Some(severity) = self.policy.demand(self.via, term) else {
                continue;
            };
            match self.passes_on(theirs, term) {
                Passed::Yes => {}
                Passed::No => {
                    let conflict = self.conflict(theirs, LicenseDemand::Term(term), severity);
                    outcome.conflicts.insert(conflict);
                }
                Passed::Unknown(reasons) => outcome.unknown.extend(reasons),
            }
        }
        outcome
    }

    fn passes_on(&self, theirs: &NamedLicense, term: Term) -> Passed {
        let mut terms = self.terms.iter();
        let leaf = |own: &NamedLicense| {
            let terms = terms.next().copied().flatten();
            passes_on(theirs, term, own, terms)
        };
        match self.reading {
            // No license allows what the other one forbids altogether.
            _ if term == Term::NoDerivatives && self.via != Flow::Contains => Passed::No,
            // Notices can be kept under any license.
            None if term == Term::Attribution => Passed::Yes,
            None => Passed::unknown(unread(self.own)),
            Some(own) => {
                let passed = own.fold(leaf, Passed::either, Passed::both);
                passed.unwrap_or_else(|| Passed::unknown(unread(self.own)))
            }
        }
    }

    fn conflict(
        &self,
        license: &NamedLicense,
        demand: LicenseDemand,
        severity: Severity,
    ) -> LicenseConflict {
        LicenseConflict {
            severity,
            license: license.clone(),
            demand,
            via: self.via,
            own: Arc::clone(&self.shown),
        }
    }
}

/// Tells whether one license passes on what another one asks for.
fn passes_on(
    theirs: &NamedLicense,
    term: Term,
    own: &NamedLicense,
    own_terms: Option<Terms>,
) -> Passed {
    if term.is_apart() {
        let only_2 = term == Term::ApartFromGpl2;
        let within = copyleft::is_gpl(own) && !(only_2 && copyleft::may_be_gpl_3(own));
        return if within { Passed::No } else { Passed::Yes };
    }
    if term.is_copyleft() {
        // A license by another name is another license, whatever it asks for.
        return if copyleft::accepts(theirs, own) {
            Passed::Yes
        } else {
            Passed::No
        };
    }
    if theirs.id() == own.id() {
        return Passed::Yes;
    }
    let Some(own_terms) = own_terms else {
        return match term {
            Term::Attribution => Passed::Yes,
            _ => Passed::unknown(not_known(own)),
        };
    };
    let research = term == Term::NonCommercial && own_terms.contains(Term::ResearchOnly);
    match own_terms.contains(term) || research {
        false => Passed::No,
        true if term.is_particular() => Passed::unknown(UnknownCompatibility::Other {
            term,
            license: theirs.clone(),
            own: own.clone(),
        }),
        true => Passed::Yes,
    }
}

fn not_known(license: &NamedLicense) -> UnknownCompatibility {
    let license = license.clone();
    if convert::is_copyleft(license.id()) {
        return UnknownCompatibility::UnclassedCopyleft { license };
    }
    UnknownCompatibility::Terms { license }
}
