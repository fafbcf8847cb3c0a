//! Judges the elements of a standard one after the other.

use std::collections::HashSet;

use serde_json::Value;

use crate::profile::find::{Found, Said, find, find_shared};
use crate::profile::link::Links;
use crate::profile::part::{Part, Parts};
use crate::profile::requirement::Requirement;
use crate::profile::{Completeness, Element, Profile, State, cluster};

pub(super) fn assess(profile: Profile, document: &Value) -> Completeness {
    let assessor = Assessor {
        profile,
        document,
        parts: Parts::of(document),
        links: Links::of(document),
    };
    let requirements = profile.requirements().iter();
    let elements = requirements.map(|requirement| assessor.judge(requirement));
    Completeness::new(profile, elements.collect())
}

struct Assessor<'a> {
    profile: Profile,
    document: &'a Value,
    parts: Parts<'a>,
    links: Links<'a>,
}

/// What stands at the paths that begin at the document: looked for once, not once for each model.
type Shared = Vec<(&'static str, Option<Found>)>;

impl Assessor<'_> {
    fn judge(&self, requirement: &Requirement) -> Element {
        let mut element = Element {
            id: requirement.id,
            title: requirement.title,
            cluster: cluster::of(self.profile, requirement.id),
            level: requirement.level,
            state: State::NotApplicable,
            evidence: Vec::new(),
            lacking: Vec::new(),
        };
        let parts = self.parts.within(requirement.scope);
        if parts.is_empty() {
            if self.parts.should_have(requirement.scope) {
                element.state = State::Missing;
                element.lacking.push(String::new());
            }
            return element;
        }
        let least = if self.profile.takes_unknown() {
            Said::Unknown
        } else {
            Said::Value
        };
        let shared = self.shared(requirement);
        let mut is_unknown = false;
        for part in parts {
            let found = self.meets(requirement, &shared, part);
            match found.filter(|found| found.iter().all(|found| found.said >= least)) {
                Some(found) => {
                    is_unknown |= found.iter().any(|found| found.said == Said::Unknown);
                    let pointers = found.into_iter().map(|found| found.pointer);
                    element.evidence.extend(pointers);
                }
                None => element.lacking.push(part.pointer.clone()),
            }
        }
        once(&mut element.evidence);
        element.state = if !element.lacking.is_empty() {
            State::Missing
        } else if is_unknown {
            State::ExplicitlyUnknown
        } else if requirement.review {
            State::NeedsReview
        } else {
            State::Met
        };
        element
    }

    fn shared(&self, requirement: &Requirement) -> Shared {
        let paths = requirement.groups.iter().copied().flatten();
        paths
            .filter(|path| path.starts_with('^'))
            .map(|path| (*path, find_shared(self.document, path)))
            .collect()
    }

    /// Returns what meets every group: all that is said at any of its places, and that it is not
    /// known only where no place says more.
    fn meets(
        &self,
        requirement: &Requirement,
        shared: &Shared,
        part: &Part<'_>,
    ) -> Option<Vec<Found>> {
        let mut evidence = Vec::new();
        for group in requirement.groups {
            let mut found: Vec<Found> = group
                .iter()
                .flat_map(|path| self.look(shared, part, path))
                .collect();
            let most = found.iter().map(|found| found.said).max()?;
            found.retain(|found| found.said == most);
            evidence.extend(found);
        }
        Some(evidence)
    }

    fn look(&self, shared: &Shared, part: &Part<'_>, path: &'static str) -> Vec<Found> {
        if path.starts_with('^') {
            let own = shared.iter().find(|(own, _)| *own == path);
            return own
                .and_then(|(_, found)| found.clone())
                .into_iter()
                .collect();
        }
        match path.strip_prefix('#') {
            Some("inside") => inside(part).into_iter().collect(),
            Some(word) => self.links.find(part.value, word).into_iter().collect(),
            None => find(self.document, part, path),
        }
    }
}

/// A component inside another one is related to it by where it stands.
fn inside(part: &Part<'_>) -> Option<Found> {
    let (parent, _) = part.pointer.rsplit_once("/components/")?;
    (!parent.is_empty()).then(|| Found {
        pointer: part.pointer.clone(),
        said: Said::Value,
    })
}

/// Leaves each pointer once, where it stands first.
fn once(pointers: &mut Vec<String>) {
    let mut seen = HashSet::new();
    pointers.retain(|pointer| seen.insert(pointer.clone()));
}
