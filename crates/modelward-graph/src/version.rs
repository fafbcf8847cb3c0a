//! Versions, their order by the rules of each ecosystem, and ranges of them.

mod debian;
mod error;
mod range;

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use self::debian::Debian;

pub use self::error::{ParseVersionError, ParseVersionRangeError};
pub use self::range::VersionRange;

/// Names the rules by which versions are ordered.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum VersionScheme {
    /// Those of Debian and its descendants (deb-version(7)).
    Debian,
    /// Those of Python packages (PEP 440).
    Pep440,
    /// Semantic Versioning 2.0.0: Rust, npm, Go and many models. A `v` in front is passed over.
    Semver,
}

impl VersionScheme {
    /// Lists every scheme that this build knows.
    pub const ALL: [Self; 3] = [Self::Debian, Self::Pep440, Self::Semver];

    /// Returns the name, such as `PEP 440`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Debian => "Debian",
            Self::Pep440 => "PEP 440",
            Self::Semver => "SemVer",
        }
    }

    /// Returns the scheme of a package type, as `vers:` and package URLs name it, such as `pypi`.
    ///
    /// Types whose order is not known here have none, and nothing is guessed for them: whether a
    /// version is in a range is then not known.
    ///
    /// ```
    /// use modelward_graph::version::VersionScheme;
    ///
    /// assert_eq!(VersionScheme::of_type("pypi"), Some(VersionScheme::Pep440));
    /// assert_eq!(VersionScheme::of_type("huggingface"), None);
    /// ```
    #[must_use]
    pub fn of_type(name: &str) -> Option<Self> {
        match name {
            "cargo" | "golang" | "hex" | "npm" | "semver" => Some(Self::Semver),
            "deb" => Some(Self::Debian),
            "pypi" => Some(Self::Pep440),
            _ => None,
        }
    }
}

impl fmt::Display for VersionScheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Holds a version with the rules by which it is ordered.
///
/// Two versions are equal if they stand at the same place, be they written in different ways: `1.0`
/// and `1.0.0` of PEP 440, or two builds of one version of Semantic Versioning. Versions of
/// different schemes are neither equal nor ordered.
///
/// ```
/// use modelward_graph::version::{Version, VersionScheme};
///
/// let version = |text| Version::parse(text, VersionScheme::Pep440);
/// assert!(version("2.0rc1")? < version("2.0")?);
/// assert_eq!(version("2.0")?, version("2.0.0")?);
/// assert_eq!(version("0.1-bulbasaur").unwrap_err().code(), "graph.version.pep440");
/// # Ok::<(), modelward_graph::version::ParseVersionError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Version {
    text: Box<str>,
    place: Place,
}

/// Where a version stands in the order of its scheme.
#[derive(Clone, Debug)]
enum Place {
    Debian(Debian),
    Pep440(pep440_rs::Version),
    Semver(Box<semver::Version>),
}

impl Version {
    /// The longest version in bytes.
    pub const MAX_LEN: usize = 512;

    /// Reads a version by the rules of a scheme.
    ///
    /// # Errors
    ///
    /// [`ParseVersionError`] where the text is too long or the scheme has no such version. A number
    /// above 2^64 - 1 is one that only Debian's scheme has.
    pub fn parse(text: &str, scheme: VersionScheme) -> Result<Self, ParseVersionError> {
        if text.len() > Self::MAX_LEN {
            return Err(ParseVersionError::TooLong { found: text.len() });
        }
        let refused = || ParseVersionError::NotOfScheme {
            scheme,
            text: text.into(),
        };
        let place = match scheme {
            VersionScheme::Debian => Place::Debian(Debian::parse(text).ok_or_else(refused)?),
            VersionScheme::Pep440 => {
                let version = pep440_rs::Version::from_str(text);
                Place::Pep440(version.map_err(|_| refused())?)
            }
            VersionScheme::Semver => {
                let version = semver::Version::parse(text.strip_prefix('v').unwrap_or(text));
                Place::Semver(Box::new(version.map_err(|_| refused())?))
            }
        };
        Ok(Self {
            text: text.into(),
            place,
        })
    }

    /// Returns the version as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the rules by which it is ordered.
    #[must_use]
    pub const fn scheme(&self) -> VersionScheme {
        match self.place {
            Place::Debian(_) => VersionScheme::Debian,
            Place::Pep440(_) => VersionScheme::Pep440,
            Place::Semver(_) => VersionScheme::Semver,
        }
    }
}

impl Version {
    /// Compares two versions of one scheme, to sort them. Of two schemes none comes first.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        self.partial_cmp(other).unwrap_or(Ordering::Equal)
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (&self.place, &other.place) {
            (Place::Debian(one), Place::Debian(other)) => Some(one.cmp(other)),
            (Place::Pep440(one), Place::Pep440(other)) => Some(one.cmp(other)),
            // The order of `semver` itself looks at build metadata too.
            (Place::Semver(one), Place::Semver(other)) => Some(one.cmp_precedence(other)),
            _ => None,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
