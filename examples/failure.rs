//! Turns errors into what a person reads and a script acts on.

use std::error::Error as StdError;
use std::fmt;
use std::path::Path;

use modelward::Error;
use modelward::artifact::escape::{Lines, TerminalPath};

/// Something that could not be done: the exit code 2 of every example.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: String,
    pub(crate) text: String,
    pub(crate) help: Option<String>,
}

impl Failure {
    pub(crate) fn new(code: &str, text: impl fmt::Display) -> Self {
        Self {
            code: code.to_owned(),
            text: text.to_string(),
            help: None,
        }
    }

    /// Says which of the caller's files the failure concerns.
    pub(crate) fn at(path: &Path, error: impl Into<Error>) -> Self {
        let failure = Self::from(error.into());
        Self {
            text: format!("{}: {}", TerminalPath(path), failure.text),
            ..failure
        }
    }
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        let error = error.into();
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            text = format!("{text}: {cause}");
            source = cause.source();
        }
        Self {
            code: error.code().to_owned(),
            text,
            help: error.help().map(str::to_owned),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What other libraries say can repeat names as they are.
        write!(f, "error: {} [{}]", Lines(&self.text), self.code)?;
        if let Some(help) = &self.help {
            write!(f, "\nhelp: {help}")?;
        }
        Ok(())
    }
}
