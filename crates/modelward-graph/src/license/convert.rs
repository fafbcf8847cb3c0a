//! The one place that knows the crate `spdx`.

use spdx::error::{ParseError, Reason};
use spdx::expression::{ExprNode, Operator};
use spdx::{AdditionItem, Expression, LicenseItem, LicenseReq, ParseMode};

use crate::license::expression::Token;
use crate::license::{LicenseExpression, NamedLicense, ParseLicenseError};

/// An expression that was found in a text, and whether more than its case was changed.
pub(super) struct Found {
    pub(super) expression: LicenseExpression,
    pub(super) note: Option<&'static str>,
}

/// Reads what the specification allows and nothing else.
pub(super) fn strict(text: &str) -> Result<LicenseExpression, ParseLicenseError> {
    check_length(text)?;
    let parsed = Expression::parse_mode(text, ParseMode::STRICT);
    let parsed = parsed.map_err(|error| refused(text, &error))?;
    expression(text.trim(), &parsed)
}

/// Reads an expression in any case, and with identifiers that SPDX gave up.
///
/// The lax mode of the crate is not for this: it takes `bsd` for one of two licenses, and version 2
/// of the GPL for version 3 in one spelling.
pub(super) fn lenient(text: &str) -> Option<Found> {
    check_length(text).ok()?;
    let Rewritten { text, renamed } = rewrite(text);
    let mode = ParseMode {
        allow_deprecated: true,
        ..ParseMode::STRICT
    };
    let parsed = Expression::parse_mode(&text, mode).ok()?;
    let retired = parsed.requirements().any(|found| is_retired(&found.req));
    let note = if renamed {
        Some("spdx gave up the identifier, which stood for this version alone")
    } else {
        retired.then_some("spdx gave up the identifier")
    };
    let expression = expression(text.trim(), &parsed).ok()?;
    Some(Found { expression, note })
}

/// Tells whether SPDX calls a license copyleft. Of others nothing can be said: the list is short.
pub(super) fn is_copyleft(id: &str) -> bool {
    spdx::license_id(id).is_some_and(spdx::LicenseId::is_copyleft)
}

fn check_length(text: &str) -> Result<(), ParseLicenseError> {
    let found = text.len();
    if found > LicenseExpression::MAX_LEN {
        return Err(ParseLicenseError::TooLong { found });
    }
    if text.trim().is_empty() {
        return Err(ParseLicenseError::Empty);
    }
    Ok(())
}

fn refused(text: &str, error: &ParseError) -> ParseLicenseError {
    let named = || text.get(error.span.clone()).unwrap_or(text).into();
    match error.reason {
        Reason::Empty => ParseLicenseError::Empty,
        Reason::DeprecatedLicenseId => ParseLicenseError::Retired { id: named() },
        Reason::UnknownException | Reason::UnknownLicense | Reason::UnknownTerm => {
            ParseLicenseError::UnknownName { name: named() }
        }
        _ => ParseLicenseError::Form {
            at: error.span.start,
        },
    }
}

fn expression(text: &str, parsed: &Expression) -> Result<LicenseExpression, ParseLicenseError> {
    let found = parsed.requirements().count();
    if found > LicenseExpression::MAX_LICENSES {
        return Err(ParseLicenseError::TooMany { found });
    }
    let token = |node: &ExprNode| match node {
        ExprNode::Op(Operator::And) => Ok(Token::And),
        ExprNode::Op(Operator::Or) => Ok(Token::Or),
        ExprNode::Req(found) => {
            license(&found.req)
                .map(Token::License)
                .ok_or(ParseLicenseError::Form {
                    at: usize::try_from(found.span.start).unwrap_or(usize::MAX),
                })
        }
    };
    let tokens: Result<Vec<_>, _> = parsed.iter().map(token).collect();
    Ok(LicenseExpression {
        text: text.into(),
        tokens: tokens?.into(),
    })
}

/// Returns the license, unless it is none: the crate takes `LicenseRef-` alone, and `NOASSERTION`,
/// which is a word that SPDX documents have in place of an expression.
fn license(found: &LicenseReq) -> Option<NamedLicense> {
    let (id, or_later) = match &found.license {
        LicenseItem::Spdx { id, .. } if matches!(id.name, "NOASSERTION" | "NONE") => return None,
        LicenseItem::Spdx { id, or_later } => (id.name.to_owned(), *or_later),
        LicenseItem::Other(other) => {
            let document = other.doc_ref.as_deref().is_some_and(str::is_empty);
            if document || other.lic_ref.is_empty() {
                return None;
            }
            (other.to_string(), false)
        }
    };
    let exception = found.addition.as_ref().map(|addition| match addition {
        AdditionItem::Spdx(id) => id.name.to_owned(),
        AdditionItem::Other(other) => other.to_string(),
    });
    Some(NamedLicense {
        id: id.into(),
        or_later,
        exception: exception.map(Into::into),
    })
}

fn is_retired(found: &LicenseReq) -> bool {
    found
        .license
        .id()
        .is_some_and(spdx::LicenseId::is_deprecated)
}

struct Rewritten {
    text: String,
    /// Whether an identifier was replaced by another one.
    renamed: bool,
}

/// Writes names in the case of the license list, and those of GNU as they are called now.
fn rewrite(text: &str) -> Rewritten {
    let mut written = Rewritten {
        text: String::with_capacity(text.len()),
        renamed: false,
    };
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        let plus = behind.starts_with('+');
        rest = behind;
        match current_gnu(word, plus) {
            Some(name) => {
                written.text.push_str(name);
                // `GPL-3.0+` was an identifier of its own and means one thing.
                rest = behind.strip_prefix('+').unwrap_or(behind);
                written.renamed = true;
            }
            None => written.text.push_str(listed(word)),
        }
        if let Some(next) = rest.chars().next().filter(|next| !is_name(*next)) {
            written.text.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    written
}

const fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':')
}

fn current_gnu(word: &str, or_later: bool) -> Option<&'static str> {
    let id = spdx::license_id(listed(word))?;
    let retired = id.is_gnu() && id.is_deprecated();
    let current = retired.then(|| spdx::gnu_license_id(id.name, or_later))?;
    current.map(|id| id.name)
}

fn listed(word: &str) -> &str {
    for operator in ["AND", "OR", "WITH"] {
        if word.eq_ignore_ascii_case(operator) {
            return operator;
        }
    }
    let licenses = spdx::identifiers::LICENSES
        .iter()
        .map(|license| license.name);
    let exceptions = spdx::identifiers::EXCEPTIONS.iter().map(|known| known.name);
    let mut names = licenses.chain(exceptions);
    names
        .find(|name| name.eq_ignore_ascii_case(word))
        .unwrap_or(word)
}
