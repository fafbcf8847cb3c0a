//! Lists where a document differs from the format without being refused.

use modelward_artifact::Finding;
use serde_json::{Map, Value};

use super::term::{Term, Vocabulary};
use crate::pointer::child;

/// Collects deviations of a part of a document.
#[derive(Debug)]
pub(super) struct Deviations<'a> {
    at: String,
    found: &'a mut Vec<Finding>,
}

impl<'a> Deviations<'a> {
    pub(super) const fn new(found: &'a mut Vec<Finding>) -> Self {
        let at = String::new();
        Self { at, found }
    }

    /// Goes into a member.
    pub(super) fn inside(&mut self, name: &str) -> Deviations<'_> {
        Deviations {
            at: child(&self.at, name),
            found: self.found,
        }
    }

    /// Goes into each item of a list that is a member.
    pub(super) fn each<T>(
        &mut self,
        name: &str,
        items: &[T],
        look: impl Fn(&T, &mut Deviations<'_>),
    ) {
        for (index, item) in items.iter().enumerate() {
            look(item, &mut self.inside(name).inside(&index.to_string()));
        }
    }

    /// Looks at a text that should be of a vocabulary.
    pub(super) fn term<T: Vocabulary>(&mut self, term: &Term<T>) {
        if term.known().is_none() {
            self.state("incident.avid.term", "text is not of the vocabulary");
        }
    }

    /// States that a member should be there.
    pub(super) fn missing(&mut self, name: &str) {
        self.inside(name)
            .state("incident.avid.missing", "member is missing");
    }

    /// Looks at the members that the format does not have.
    pub(super) fn unknown(&mut self, members: &Map<String, Value>) {
        for name in members.keys() {
            self.inside(name)
                .state("incident.avid.unknown", "format has no such member");
        }
    }

    fn state(&mut self, code: &'static str, message: &str) {
        self.found
            .push(Finding::new(code, message).about(self.at.as_str()));
    }
}
