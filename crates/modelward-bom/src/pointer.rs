//! JSON pointers (RFC 6901) that cost nothing until one is shown.

use std::fmt::{self, Write as _};

/// Where what a document is about stands.
pub(crate) const SUBJECT: &str = "/metadata/component";

/// One step from a value to a value inside it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'a> {
    Index(usize),
    Member(&'a str),
}

/// A place in a document, as a chain of steps back to the root.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    parent: Option<(&'a Self, Step<'a>)>,
    depth: usize,
}

impl<'a> Place<'a> {
    pub(crate) const ROOT: Place<'static> = Place {
        parent: None,
        depth: 0,
    };

    pub(crate) const fn member(&'a self, name: &'a str) -> Self {
        Self {
            parent: Some((self, Step::Member(name))),
            depth: self.depth + 1,
        }
    }

    pub(crate) const fn index(&'a self, index: usize) -> Self {
        Self {
            parent: Some((self, Step::Index(index))),
            depth: self.depth + 1,
        }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut steps = Vec::with_capacity(self.depth);
        let mut place = *self;
        while let Some((parent, step)) = place.parent {
            steps.push(step);
            place = *parent;
        }
        for step in steps.iter().rev() {
            match step {
                Step::Index(index) => write!(f, "/{index}")?,
                Step::Member(name) => {
                    f.write_char('/')?;
                    write_escaped(f, name)?;
                }
            }
        }
        Ok(())
    }
}

fn write_escaped(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    for c in name.chars() {
        match c {
            '~' => f.write_str("~0")?,
            '/' => f.write_str("~1")?,
            c => f.write_char(c)?,
        }
    }
    Ok(())
}
