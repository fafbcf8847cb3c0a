use std::fmt;
use std::str::FromStr;

use crate::percent;
use crate::version::{ParseVersionRangeError, Version, VersionScheme};

/// Holds a range of versions of one package type, as `vers:` writes it.
///
/// Constraints may stand in any order and may be repeated; white space is refused.
///
/// ```
/// use modelward_graph::version::{Version, VersionRange, VersionScheme};
///
/// let range: VersionRange = "vers:pypi/>=1.0|<1.3.2|!=1.2".parse()?;
/// let contains = |text| Some(range.contains(&Version::parse(text, VersionScheme::Pep440).ok()?));
/// assert_eq!(contains("1.1"), Some(Some(true)));
/// assert_eq!(contains("1.2.0"), Some(Some(false)));
/// assert_eq!(range.to_string(), "vers:pypi/>=1.0|!=1.2|<1.3.2");
/// # Ok::<(), modelward_graph::version::ParseVersionRangeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct VersionRange {
    kind: Box<str>,
    scheme: VersionScheme,
    /// Sorted by version, each of which stands once. None is every version.
    constraints: Vec<(Comparator, Version)>,
}

/// How a version of the range compares with that of the constraint.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Comparator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// Longer ones first, since they begin with the shorter.
const COMPARATORS: [(&str, Comparator); 6] = [
    (">=", Comparator::GreaterOrEqual),
    ("<=", Comparator::LessOrEqual),
    ("!=", Comparator::NotEqual),
    ("<", Comparator::Less),
    (">", Comparator::Greater),
    ("=", Comparator::Equal),
];

impl Comparator {
    const fn is_bound(&self) -> bool {
        self.is_lower() || self.is_upper()
    }

    const fn is_lower(self) -> bool {
        matches!(self, Self::Greater | Self::GreaterOrEqual)
    }

    const fn is_upper(self) -> bool {
        matches!(self, Self::Less | Self::LessOrEqual)
    }

    /// Returns the sign as it is written: a version that stands alone is meant to be equal.
    fn sign(self) -> &'static str {
        let sign = COMPARATORS.iter().find(|(_, known)| *known == self);
        sign.filter(|_| self != Self::Equal)
            .map_or("", |(sign, _)| sign)
    }
}

impl VersionRange {
    /// The longest range in bytes.
    pub const MAX_LEN: usize = 65_536;

    /// Returns the package type, such as `pypi`.
    #[must_use]
    pub fn package_type(&self) -> &str {
        &self.kind
    }

    /// Returns the rules by which its versions are ordered.
    #[must_use]
    pub const fn scheme(&self) -> VersionScheme {
        self.scheme
    }

    /// Tells whether a version is in the range. For a version of another scheme there is no answer.
    #[must_use]
    pub fn contains(&self, version: &Version) -> Option<bool> {
        if version.scheme() != self.scheme {
            return None;
        }
        let found = self
            .constraints
            .binary_search_by(|(_, bound)| bound.order(version));
        let (at, named) = match found {
            Ok(at) => (at, Some(self.constraints[at].0)),
            Err(at) => (at, None),
        };
        let before = self.constraints[..at].iter().rev();
        let after = self.constraints[at + usize::from(named.is_some())..].iter();
        let below = before
            .map(|constraint| constraint.0)
            .find(Comparator::is_bound);
        let above = after
            .map(|constraint| constraint.0)
            .find(Comparator::is_bound);
        Some(match named {
            Some(Comparator::Equal | Comparator::GreaterOrEqual | Comparator::LessOrEqual) => true,
            Some(Comparator::NotEqual) => false,
            // Of several lower bounds in a row the first counts, of several upper bounds the last.
            Some(Comparator::Greater) => below.is_some_and(Comparator::is_lower),
            Some(Comparator::Less) => above.is_some_and(Comparator::is_upper),
            None => self.spans(below, above),
        })
    }

    /// Tells whether versions between these two bounds are in the range.
    fn spans(&self, below: Option<Comparator>, above: Option<Comparator>) -> bool {
        if below.is_none() && above.is_none() {
            // There is every version but those that are named, or none but these.
            let mut comparators = self.constraints.iter().map(|constraint| constraint.0);
            return comparators.all(|comparator| comparator == Comparator::NotEqual);
        }
        below.is_some_and(Comparator::is_lower) || above.is_some_and(Comparator::is_upper)
    }
}

impl FromStr for VersionRange {
    type Err = ParseVersionRangeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > Self::MAX_LEN {
            return Err(ParseVersionRangeError::TooLong { found: text.len() });
        }
        let rest = text.strip_prefix("vers:");
        let parts = rest.and_then(|rest| rest.split_once('/'));
        let (kind, list) = parts.ok_or(ParseVersionRangeError::Form)?;
        let scheme = VersionScheme::of_type(kind);
        let scheme =
            scheme.ok_or_else(|| ParseVersionRangeError::UnknownType { name: kind.into() })?;
        let mut constraints = Vec::new();
        if list != "*" {
            for constraint in list.split('|') {
                constraints.push(read_constraint(constraint, scheme)?);
            }
        }
        constraints.sort_by(|one, other| one.1.order(&other.1));
        constraints.dedup_by(|one, other| one == other);
        if let Some(pair) = constraints.windows(2).find(|pair| pair[0].1 == pair[1].1) {
            return Err(ParseVersionRangeError::Contradiction {
                version: pair[0].1.as_str().into(),
            });
        }
        Ok(Self {
            kind: kind.into(),
            scheme,
            constraints,
        })
    }
}

impl fmt::Display for VersionRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "vers:{}/", self.kind)?;
        if self.constraints.is_empty() {
            return f.write_str("*");
        }
        for (index, (comparator, version)) in self.constraints.iter().enumerate() {
            let between = if index == 0 { "" } else { "|" };
            write!(f, "{between}{}", comparator.sign())?;
            write_escaped(f, version.as_str())?;
        }
        Ok(())
    }
}

fn read_constraint(
    text: &str,
    scheme: VersionScheme,
) -> Result<(Comparator, Version), ParseVersionRangeError> {
    let signed = COMPARATORS
        .iter()
        .find_map(|(sign, comparator)| Some((*comparator, text.strip_prefix(sign)?)));
    let (comparator, version) = signed.unwrap_or((Comparator::Equal, text));
    if version.is_empty() {
        return Err(ParseVersionRangeError::Empty);
    }
    let version = Version::parse(
        &percent::decoded(version).ok_or(ParseVersionRangeError::Escape)?,
        scheme,
    )?;
    Ok((comparator, version))
}

/// Escapes what has a meaning in a range.
fn write_escaped(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    text.bytes().try_for_each(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' | b'~' | b'+' | b':' => {
            write!(f, "{}", char::from(byte))
        }
        _ => write!(f, "%{byte:02X}"),
    })
}
