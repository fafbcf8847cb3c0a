use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::facts::{Answer, Fact, Facts};

/// Says which facts make a rule apply: all of `all`, one of `any` where there is one, none of `none`.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    all: BTreeSet<Fact>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    any: BTreeSet<Fact>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    none: BTreeSet<Fact>,
}

impl Trigger {
    /// Returns the facts that all have to be the case.
    #[must_use]
    pub const fn all(&self) -> &BTreeSet<Fact> {
        &self.all
    }

    /// Returns the facts of which one has to be the case, where there are any.
    #[must_use]
    pub const fn any(&self) -> &BTreeSet<Fact> {
        &self.any
    }

    /// Returns the facts of which none may be the case.
    #[must_use]
    pub const fn none(&self) -> &BTreeSet<Fact> {
        &self.none
    }

    /// Tells whether the rule applies, by what is known.
    #[must_use]
    pub fn answer(&self, facts: &Facts) -> Answer {
        let all = self.all.iter().map(|fact| facts.answer(*fact));
        let none = self.none.iter().map(|fact| not(facts.answer(*fact)));
        let any = self.any.iter().map(|fact| facts.answer(*fact)).max();
        // No < unknown < yes, so `and` is the least and `or` the greatest.
        let parts = all.chain(none).chain(any);
        parts.min().unwrap_or(Answer::Yes)
    }

    /// Returns what has to be found out before the answer is known.
    #[must_use]
    pub fn find_out(&self, facts: &Facts) -> BTreeSet<Fact> {
        if self.answer(facts) != Answer::Unknown {
            return BTreeSet::new();
        }
        let any_known = self
            .any
            .iter()
            .any(|fact| facts.answer(*fact) == Answer::Yes);
        let any = self.any.iter().filter(|_| !any_known);
        let asked = self.all.iter().chain(&self.none).chain(any).copied();
        asked
            .filter(|fact| facts.answer(*fact) == Answer::Unknown)
            .collect()
    }

    /// Tells whether a fact makes it apply, and none of those also keeps it from applying.
    pub(super) fn is_sound(&self) -> bool {
        let asked = self.all.union(&self.any);
        let mut asked = asked.peekable();
        asked.peek().is_some() && asked.all(|fact| !self.none.contains(fact))
    }
}

const fn not(answer: Answer) -> Answer {
    match answer {
        Answer::No => Answer::Yes,
        Answer::Unknown => Answer::Unknown,
        Answer::Yes => Answer::No,
    }
}
