use crate::{Function, ParseIdError};

/// The longest text that can be an id; the longest id has 12 characters.
const MAX_LEN: usize = 64;

/// Holds what an id says, before it is checked that such an id exists.
pub(super) struct Parts {
    pub(super) function: Function,
    pub(super) category: Option<u16>,
    pub(super) subcategory: Option<u16>,
}

impl Parts {
    /// Splits any spelling of a function, a category or a subcategory.
    pub(super) fn read(text: &str) -> Result<Self, ParseIdError> {
        let malformed = || ParseIdError::form("GOVERN 1.1", text);
        if text.len() > MAX_LEN {
            return Err(malformed());
        }
        let id = text.trim();
        let id = id.strip_suffix(':').map_or(id, str::trim_end);
        let id = match id.split_once('@') {
            None => id,
            Some((id, "1.0")) => id,
            Some((_, version)) => return Err(ParseIdError::version(version)),
        };
        let end = id.find(|c: char| !c.is_alphabetic()).unwrap_or(id.len());
        let (word, rest) = id.split_at(end);
        if word.is_empty() {
            return Err(malformed());
        }
        let function = function(word).ok_or_else(|| ParseIdError::function(word))?;
        if rest.is_empty() {
            return Ok(Self {
                function,
                category: None,
                subcategory: None,
            });
        }
        let (category, subcategory) = match without_separator(rest).split_once('.') {
            None => (without_separator(rest), None),
            Some((category, subcategory)) => (category, Some(subcategory)),
        };
        Ok(Self {
            function,
            category: Some(number(category).ok_or_else(malformed)?),
            subcategory: match subcategory {
                None => None,
                Some(digits) => Some(number(digits).ok_or_else(malformed)?),
            },
        })
    }
}

fn function(word: &str) -> Option<Function> {
    Function::ALL.into_iter().find(|function| {
        word.eq_ignore_ascii_case(function.name()) || word.eq_ignore_ascii_case(function.short())
    })
}

/// Takes off blanks, or one hyphen or dot: what stands between a function and its number.
fn without_separator(rest: &str) -> &str {
    // The published PDF breaks lines at typographic hyphens (U+2010, U+2011, U+2013).
    let marks = ['-', '.', '\u{2010}', '\u{2011}', '\u{2013}'];
    rest.strip_prefix(marks)
        .unwrap_or_else(|| rest.trim_start())
}

/// Reads a decimal number as the framework writes it, so `01` is not `1`.
fn number(digits: &str) -> Option<u16> {
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    if leading_zero || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}
