use std::str::FromStr;

use packageurl::PackageUrl;

use crate::advisory::ParsePackageError;

/// Names a package as advisories do, with its version where that is known.
///
/// ```
/// use modelward_graph::advisory::Package;
///
/// let package: Package = "pkg:npm/%40scope/name@1.2.3".parse()?;
/// assert_eq!(package.ecosystem(), Some(("npm", "@scope/name")));
/// assert_eq!(package.version(), Some("1.2.3"));
/// # Ok::<(), modelward_graph::advisory::ParsePackageError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Package {
    /// The package URL without version, qualifiers and subpath.
    purl: String,
    ecosystem: Option<(&'static str, String)>,
    version: Option<String>,
}

impl Package {
    /// The longest package URL in bytes, as it is given and in canonical form.
    pub const MAX_LEN: usize = 2048;

    /// Returns the package URL without its version, in canonical form.
    #[must_use]
    pub fn purl(&self) -> &str {
        &self.purl
    }

    /// Returns OSV's ecosystem and the name there, if the package's type has one.
    #[must_use]
    pub fn ecosystem(&self) -> Option<(&str, &str)> {
        let (ecosystem, name) = self.ecosystem.as_ref()?;
        Some((ecosystem, name))
    }

    /// Sets the version, where the package URL has none or another one is asked about.
    #[must_use]
    pub fn with_version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }

    /// Returns the version, if it is known.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }
}

impl FromStr for Package {
    type Err = ParsePackageError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut purl = read_purl(text)?;
        let version = purl.version().map(str::to_owned);
        purl.clear_qualifiers();
        purl.without_version();
        purl.without_subpath();
        Ok(Self {
            ecosystem: ecosystem(&purl),
            purl: purl.to_string(),
            version,
        })
    }
}

/// Returns a package URL in its canonical form.
pub(crate) fn canonical_purl(text: &str) -> Result<String, ParsePackageError> {
    read_purl(text).map(|purl| purl.to_string())
}

/// Reads a package URL.
///
/// The parser takes `.` out of a namespace and leaves the empty segment, which goes when the text is
/// read once more: a package would have two canonical forms, and two names in a graph. What is
/// written, where a byte may take three, has to be read again too.
pub(crate) fn read_purl(text: &str) -> Result<PackageUrl<'static>, ParsePackageError> {
    let parse = |text: &str| {
        let found = text.len();
        if found > Package::MAX_LEN {
            return Err(ParsePackageError::TooLong { found });
        }
        PackageUrl::from_str(text).map_err(|source| ParsePackageError::Purl { source })
    };
    parse(&parse(text)?.to_string())
}

/// Maps a package URL to OSV's ecosystem and the name there.
fn ecosystem(purl: &PackageUrl<'_>) -> Option<(&'static str, String)> {
    let name = purl.name();
    let joined = |separator: &str| match purl.namespace() {
        Some(namespace) => format!("{namespace}{separator}{name}"),
        None => name.to_owned(),
    };
    Some(match purl.ty() {
        "cargo" => ("crates.io", name.to_owned()),
        "composer" => ("Packagist", joined("/")),
        "deb" if purl.namespace() == Some("debian") => ("Debian", name.to_owned()),
        "deb" if purl.namespace() == Some("ubuntu") => ("Ubuntu", name.to_owned()),
        "gem" => ("RubyGems", name.to_owned()),
        "golang" => ("Go", joined("/")),
        "hex" => ("Hex", name.to_owned()),
        "maven" => ("Maven", joined(":")),
        "npm" => ("npm", joined("/")),
        "nuget" => ("NuGet", name.to_owned()),
        "pypi" => ("PyPI", python_name(name)),
        _ => return None,
    })
}

/// Writes a Python package's name as PEP 503 compares it: in lowercase, with one `-` for each run of
/// `-`, `_` and `.`.
pub(crate) fn python_name(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '-' | '_' | '.' if normal.ends_with('-') => {}
            '-' | '_' | '.' => normal.push('-'),
            _ => normal.push(character.to_ascii_lowercase()),
        }
    }
    normal
}
