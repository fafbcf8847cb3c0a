//! Reads the command line; wrong usage is 64, since 2 means that there is no answer.

use std::process::ExitCode;

use clap::Parser;

/// Returns the arguments, or the code to exit with after help or a complaint was printed.
pub(crate) fn parse<T: Parser>() -> Result<T, ExitCode> {
    T::try_parse().map_err(|error| refuse(&error))
}

/// Prints a complaint, or help, and returns the code to exit with.
pub(crate) fn refuse(error: &clap::Error) -> ExitCode {
    // Help and version are no mistakes.
    let code = if error.use_stderr() { 64 } else { 0 };
    match error.print() {
        Ok(()) => ExitCode::from(code),
        Err(_) => ExitCode::from(2),
    }
}
