use std::fmt;
use std::str::FromStr;

use crate::license::{ParseLicenseError, Terms, convert, table};

/// Names one license, with what is added to it.
///
/// ```
/// use modelward_graph::license::{NamedLicense, Term};
///
/// let license = NamedLicense::read("GPL-2.0-only WITH Classpath-exception-2.0")?;
/// assert_eq!(license.id(), "GPL-2.0-only");
/// assert_eq!(license.exception(), Some("Classpath-exception-2.0"));
///
/// let llama = NamedLicense::read("LicenseRef-HF-llama3.1")?;
/// assert!(llama.terms().is_some_and(|terms| terms.contains(Term::UseRestrictions)));
/// assert_eq!(NamedLicense::read("LicenseRef-acme")?.terms(), None);
/// assert_eq!(NamedLicense::read("mit").unwrap_err().code(), "graph.license.unknown_name");
/// # Ok::<(), modelward_graph::license::ParseLicenseError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct NamedLicense {
    pub(super) id: Box<str>,
    pub(super) or_later: bool,
    pub(super) exception: Option<Box<str>>,
}

impl NamedLicense {
    /// Reads an identifier of the SPDX license list or a `LicenseRef-`, with `+` and `WITH`.
    ///
    /// # Errors
    ///
    /// [`ParseLicenseError`] where it is not one, or an expression of several.
    pub fn read(text: &str) -> Result<Self, ParseLicenseError> {
        let expression = LicenseExpression::read(text)?;
        let license = expression.single().cloned();
        license.ok_or(ParseLicenseError::Several)
    }

    /// Returns the identifier, such as `Apache-2.0` or `LicenseRef-acme`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Tells whether a `+` stands behind it. That of `GPL-3.0-or-later` is part of the identifier.
    #[must_use]
    pub const fn is_or_later(&self) -> bool {
        self.or_later
    }

    /// Returns what stands behind `WITH`.
    #[must_use]
    pub fn exception(&self) -> Option<&str> {
        self.exception.as_deref()
    }

    /// Tells whether the SPDX license list does not have it.
    #[must_use]
    pub fn is_custom(&self) -> bool {
        self.id.starts_with("LicenseRef-") || self.id.starts_with("DocumentRef-")
    }

    /// Returns what it asks for, without the exception, by our reading. `None` is not known, which
    /// is never to be taken for nothing.
    #[must_use]
    pub fn terms(&self) -> Option<Terms> {
        table::row(&self.id).map(|row| row.terms)
    }

    /// Returns by what text we read the terms as we do.
    #[must_use]
    pub fn source(&self) -> Option<&'static str> {
        table::row(&self.id).map(|row| row.source)
    }

    /// Tells whether a list that names `self` means `other` too: without an exception it stands for
    /// the license with any.
    pub(super) fn covers(&self, other: &Self) -> bool {
        let exception = self.exception.is_none() || self.exception == other.exception;
        exception && self.id == other.id && (self.or_later || !other.or_later)
    }
}

impl fmt::Display for NamedLicense {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id)?;
        if self.or_later {
            f.write_str("+")?;
        }
        match &self.exception {
            Some(exception) => write!(f, " WITH {exception}"),
            None => Ok(()),
        }
    }
}

impl FromStr for NamedLicense {
    type Err = ParseLicenseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::read(text)
    }
}

/// Holds a valid SPDX license expression (SPDX specification 2.3, annex D).
///
/// ```
/// use modelward_graph::license::LicenseExpression;
///
/// let expression = LicenseExpression::read("MIT OR (Apache-2.0 AND LicenseRef-acme)")?;
/// let ids: Vec<_> = expression.licenses().map(|license| license.id()).collect();
/// assert_eq!(ids, ["MIT", "Apache-2.0", "LicenseRef-acme"]);
///
/// let refused = LicenseExpression::read("Apache 2.0").unwrap_err();
/// assert_eq!(refused.to_string(), "spdx has no license or exception `Apache`");
/// # Ok::<(), modelward_graph::license::ParseLicenseError>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LicenseExpression {
    pub(super) text: Box<str>,
    /// In postfix order, so that nothing recurses.
    pub(super) tokens: Box<[Token]>,
}

/// One member of an expression in postfix order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Token {
    And,
    License(NamedLicense),
    Or,
}

impl LicenseExpression {
    /// The longest expression in bytes.
    pub const MAX_LEN: usize = 4096;
    /// The most licenses that an expression names.
    pub const MAX_LICENSES: usize = 256;

    /// Reads an expression. Identifiers are those of the SPDX license list in its case, without
    /// those that it gave up.
    ///
    /// # Errors
    ///
    /// [`ParseLicenseError`] where it is not one, or too long.
    pub fn read(text: &str) -> Result<Self, ParseLicenseError> {
        convert::strict(text)
    }

    /// Returns the expression as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Iterates over the licenses that it names, from left to right.
    pub fn licenses(&self) -> impl Iterator<Item = &NamedLicense> {
        self.tokens.iter().filter_map(|token| match token {
            Token::License(license) => Some(license),
            Token::And | Token::Or => None,
        })
    }

    /// Returns the license, if it is only one.
    #[must_use]
    pub fn single(&self) -> Option<&NamedLicense> {
        match &*self.tokens {
            [Token::License(license)] => Some(license),
            _ => None,
        }
    }

    /// Joins what each license gives by `and` and `or`. Nothing comes of an empty expression, which
    /// cannot be made.
    pub(super) fn fold<T>(
        &self,
        mut leaf: impl FnMut(&NamedLicense) -> T,
        and: impl Fn(T, T) -> T,
        or: impl Fn(T, T) -> T,
    ) -> Option<T> {
        let mut stack = Vec::new();
        for token in &self.tokens {
            let joined = match token {
                Token::License(license) => leaf(license),
                Token::And => {
                    let right = stack.pop()?;
                    and(stack.pop()?, right)
                }
                Token::Or => {
                    let right = stack.pop()?;
                    or(stack.pop()?, right)
                }
            };
            stack.push(joined);
        }
        stack.pop()
    }
}

impl fmt::Display for LicenseExpression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for LicenseExpression {
    type Err = ParseLicenseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::read(text)
    }
}
