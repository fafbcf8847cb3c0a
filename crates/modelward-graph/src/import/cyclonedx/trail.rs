//! Places in a document without a text for each.

use std::fmt;

/// Keeps the steps from the root to every place that was visited.
#[derive(Default)]
pub(super) struct Trail(Vec<(At, Step)>);

/// A place of a [`Trail`]. 0 is the root.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) struct At(usize);

#[derive(Clone, Copy)]
pub(super) enum Step {
    Item(usize),
    Member(&'static str),
}

impl Trail {
    pub(super) const ROOT: At = At(0);

    pub(super) fn member(&mut self, at: At, name: &'static str) -> At {
        self.step(at, Step::Member(name))
    }

    pub(super) fn item(&mut self, at: At, index: usize) -> At {
        self.step(at, Step::Item(index))
    }

    fn step(&mut self, at: At, step: Step) -> At {
        self.0.push((at, step));
        At(self.0.len())
    }

    /// Returns what shows a place as a JSON Pointer.
    pub(super) fn place(&self, at: At) -> Place<'static> {
        let mut steps = Vec::new();
        let mut at = at;
        while let Some(index) = at.0.checked_sub(1) {
            let (before, step) = self.0[index];
            steps.push(step);
            at = before;
        }
        steps.reverse();
        Place { steps, last: "" }
    }
}

/// Shows a place as a JSON Pointer.
pub(super) struct Place<'n> {
    steps: Vec<Step>,
    last: &'n str,
}

impl Place<'static> {
    /// Returns the place of a member below, written as it is.
    pub(super) fn with<'n>(self, last: &'n str) -> Place<'n> {
        let steps = self.steps;
        Place { steps, last }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.steps {
            match step {
                Step::Item(index) => write!(f, "/{index}")?,
                Step::Member(name) => write!(f, "/{name}")?,
            }
        }
        f.write_str(self.last)
    }
}
