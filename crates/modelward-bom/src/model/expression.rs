use std::fmt;

use crate::license;
use crate::model::text::InvalidText;

/// Holds a valid SPDX license expression, such as `Apache-2.0 OR LicenseRef-acme`.
///
/// Identifiers are those of the SPDX license list, or begin with `LicenseRef-`. `NOASSERTION` is none.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Expression(String);

impl Expression {
    /// Takes an expression as of the SPDX specification, annex D.
    ///
    /// # Errors
    ///
    /// [`InvalidText`] for what is none.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidText> {
        let text = text.into();
        if license::is_expression(&text) {
            return Ok(Self(text));
        }
        Err(InvalidText::of(text, "an spdx license expression"))
    }

    /// Returns the expression as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Expression> for String {
    fn from(expression: Expression) -> Self {
        expression.0
    }
}
