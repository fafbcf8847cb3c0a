use modelward_artifact::EntryPath;
use serde::Serialize;

use crate::inspect::{Fact, Location, Origin};

/// Tells where a value of a document comes from.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Provenance {
    pointer: String,
    origin: Origin,
    file: Option<String>,
    location: Location,
}

impl Provenance {
    pub(crate) fn of(pointer: String, path: &EntryPath, fact: &Fact) -> Self {
        Self {
            pointer,
            origin: fact.origin(),
            file: Some(path.as_str().to_owned()),
            location: fact.location().clone(),
        }
    }

    /// A value that the caller stated.
    pub(crate) const fn stated(pointer: String) -> Self {
        Self {
            pointer,
            origin: Origin::Declared,
            file: None,
            location: Location::Whole,
        }
    }

    /// A value that was counted in one file, or in all weight files together.
    pub(crate) fn observed(pointer: String, file: Option<&EntryPath>, location: Location) -> Self {
        Self {
            pointer,
            origin: Origin::Observed,
            location: file.map_or(Location::Whole, |_| location),
            file: file.map(|file| file.as_str().to_owned()),
        }
    }

    /// A value that was concluded of the model as a whole.
    pub(crate) const fn concluded(pointer: String, origin: Origin) -> Self {
        Self {
            pointer,
            origin,
            file: None,
            location: Location::Whole,
        }
    }

    /// Returns where the value stands in the document, as a JSON pointer (RFC 6901).
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Returns how the value is known.
    #[must_use]
    pub const fn origin(&self) -> Origin {
        self.origin
    }

    /// Returns the file of the model that says so; `None` where the caller does, or all files
    /// together.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// Returns the place in the file.
    #[must_use]
    pub const fn location(&self) -> &Location {
        &self.location
    }

    /// Returns one line such as `declared, README.md, line 3`.
    pub(crate) fn line(&self) -> String {
        match &self.file {
            Some(file) => format!("{}, {file}, {}", self.origin, self.location.plain()),
            None if self.origin == Origin::Declared => format!("{}, by the caller", self.origin),
            None => format!("{}, all files", self.origin),
        }
    }
}
