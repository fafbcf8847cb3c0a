//! What a document lists and relates to nothing.

use std::collections::{HashMap, HashSet};

use super::{Form, Reader};
use crate::{BuildGraphError, NodeId, Relation, Scope};

impl Reader<'_, '_> {
    /// Relates the subject to the roots of what it does not reach: most tools list components
    /// without any dependencies, and what is in the subject concerns it.
    pub(super) fn relate_inventory(&mut self) -> Result<(), BuildGraphError> {
        let Some(subject) = self.subject else {
            return Ok(());
        };
        let subject = self.id(subject);
        let mut below: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
        let mut has_dependents: HashSet<NodeId> = HashSet::new();
        for (from, to) in std::mem::take(&mut self.stated) {
            has_dependents.insert(to.clone());
            below.entry(from).or_default().push(to);
        }
        let mut listed: Vec<(bool, NodeId, usize)> = Vec::new();
        for number in 0..self.listed {
            let id = self.id(number);
            listed.push((has_dependents.contains(&id), id, number));
        }
        // Roots first, and of what is left, which are cycles, the first ones by id.
        listed.sort_unstable();
        let mut reached = HashSet::new();
        reach(&subject, &below, &mut reached);
        for (_, id, number) in listed {
            if reached.contains(&id) {
                continue;
            }
            let relation = match (self.elements[number].form, self.scoped(number)) {
                (Form::Component, Relation::DependsOn(Scope::Runtime)) => Relation::Contains,
                (_, scoped) => scoped,
            };
            let place = self.trail.place(self.elements[number].at);
            self.out.relate(&subject, relation, &id, &place)?;
            reach(&id, &below, &mut reached);
        }
        Ok(())
    }
}

fn reach(from: &NodeId, below: &HashMap<NodeId, Vec<NodeId>>, reached: &mut HashSet<NodeId>) {
    let mut next = vec![from];
    while let Some(id) = next.pop() {
        if reached.insert(id.clone()) {
            next.extend(below.get(id).into_iter().flatten());
        }
    }
}
