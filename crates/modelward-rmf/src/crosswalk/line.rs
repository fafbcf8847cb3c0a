use thiserror::Error;

/// The longest line in bytes.
const MAX_LEN: usize = 4096;

/// Returns one line of text without the blanks around it.
pub(super) fn line(text: &str) -> Result<String, LineError> {
    if text.len() > MAX_LEN {
        return Err(LineError::TooLong { found: text.len() });
    }
    let line = text.trim();
    if line.is_empty() {
        return Err(LineError::Blank);
    }
    // A tab or a line break would end a cell of the tab-separated form.
    if let Some(at) = line.find(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Err(LineError::Control { at });
    }
    Ok(line.to_owned())
}

/// Says why a text is not one line, as ids, notes and names in a crosswalk have to be.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum LineError {
    /// There is nothing but blanks.
    #[error("text is blank")]
    Blank,
    /// It has a control character, a tab or a line break.
    #[error("text has a control character or a line break at byte {at}")]
    Control {
        /// The position of the character, counted in bytes from 0, after the blanks in front.
        at: usize,
    },
    /// It is longer than 4096 bytes.
    #[error("text has {found} bytes, expected at most {MAX_LEN}")]
    TooLong {
        /// Its length in bytes.
        found: usize,
    },
}

impl LineError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Blank => "rmf.line.blank",
            Self::Control { .. } => "rmf.line.control",
            Self::TooLong { .. } => "rmf.line.too_long",
        }
    }
}
