//! What is said and by which code the program ends.

use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

use modelward::artifact::escape::{JsonText, Lines};
use serde::de::IgnoredAny;

use crate::Answer;

/// An answer that may be another one than yes and no.
pub(crate) struct Reply {
    pub(crate) answer: Answer,
    code: u8,
}

impl Reply {
    /// Ends by another code than that of yes or no.
    pub(crate) const fn new(answer: Answer, code: u8) -> Self {
        Self { answer, code }
    }

    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(self.code)
    }

    /// Returns what is printed, so that nothing in it acts on a terminal.
    ///
    /// Accounts for people have their names escaped. Documents and tables are for other programs, and
    /// have them as they are: only where a person looks at one, all is shown that acts.
    pub(crate) fn text(&self, as_json: bool) -> String {
        let Answer { text, json, .. } = &self.answer;
        if as_json {
            return JsonText(&format!("{json:#}")).to_string();
        }
        if !io::stdout().is_terminal() {
            return text.clone();
        }
        match serde_json::from_str::<IgnoredAny>(text) {
            Ok(_) => JsonText(text).to_string(),
            Err(_) => Lines(text).to_string(),
        }
    }
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        let code = u8::from(!answer.yes);
        Self { answer, code }
    }
}
