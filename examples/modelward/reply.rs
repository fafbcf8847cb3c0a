//! What is said and by which code the program ends.

use std::process::ExitCode;

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
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        let code = u8::from(!answer.yes);
        Self { answer, code }
    }
}
