//! Reads the command line; wrong usage is 64, since 2 means that there is no answer.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser;
use modelward::artifact::escape::Lines;

/// Returns the arguments, or the code to exit with after help or a complaint was printed.
pub(crate) fn parse<T: Parser>() -> Result<T, ExitCode> {
    T::try_parse().map_err(|error| refuse(&error))
}

/// Prints a complaint, or help, and returns the code to exit with.
pub(crate) fn refuse(error: &clap::Error) -> ExitCode {
    // Help and version are no mistakes.
    let (code, printed) = if error.use_stderr() {
        // A complaint repeats arguments, which can be names of files that a shell put there.
        let text = error.render().to_string();
        (64, write!(io::stderr(), "{}", Lines(&text)))
    } else {
        (0, error.print())
    };
    match printed {
        Ok(()) => ExitCode::from(code),
        Err(_) => ExitCode::from(2),
    }
}
