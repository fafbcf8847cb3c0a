//! The members of a record that are read, and what they say of a package.

use serde::{Deserialize, Deserializer};

use crate::advisory::package::python_name;
use crate::advisory::range::{Range, RangeKind};
use crate::advisory::{Evidence, Exposure, Package, UnknownReason};

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Record {
    pub(super) id: String,
    #[serde(default, deserialize_with = "or_empty")]
    pub(super) aliases: Vec<String>,
    pub(super) summary: Option<String>,
    pub(super) withdrawn: Option<String>,
    #[serde(default, deserialize_with = "or_empty")]
    pub(super) affected: Vec<Affected>,
}

/// What a record says of one package.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Affected {
    package: Option<Named>,
    #[serde(default, deserialize_with = "or_empty")]
    ranges: Vec<Range>,
    #[serde(default, deserialize_with = "or_empty")]
    versions: Vec<String>,
}

/// The names under which a package of a record is looked up.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    /// The ecosystem without a release, and the name as [`Package::ecosystem`] writes it.
    pub(super) ecosystem: Option<(String, String)>,
    /// The package URL without a version.
    pub(super) purl: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct Named {
    ecosystem: Option<String>,
    name: Option<String>,
    purl: Option<String>,
}

/// Some databases write `null` for nothing.
fn or_empty<'de, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

impl Named {
    /// Returns the ecosystem without the release that may follow it, such as `:12` of `Debian:12`.
    fn base(&self) -> Option<&str> {
        self.ecosystem.as_deref()?.split(':').next()
    }

    fn has_release(&self) -> bool {
        let ecosystem = self.ecosystem.as_deref();
        ecosystem.is_some_and(|ecosystem| ecosystem.contains(':'))
    }

    fn is(&self, package: &Package) -> bool {
        let same_name = |(ecosystem, name): (&str, &str)| {
            self.base() == Some(ecosystem)
                && self.name.as_deref().is_some_and(|own| match ecosystem {
                    "PyPI" => python_name(own) == name,
                    _ => own == name,
                })
        };
        let purl = || self.purl.as_deref()?.parse::<Package>().ok();
        package.ecosystem().is_some_and(same_name)
            || purl().is_some_and(|own| own.purl() == package.purl())
    }
}

impl Affected {
    pub(super) fn keys(&self) -> Option<Keys> {
        let named = self.package.as_ref()?;
        let ecosystem = named.base().zip(named.name.as_deref());
        let purl = named
            .purl
            .as_deref()
            .and_then(|purl| purl.parse::<Package>().ok());
        Some(Keys {
            ecosystem: ecosystem.map(|(ecosystem, name)| {
                let name = match ecosystem {
                    "PyPI" => python_name(name),
                    _ => name.to_owned(),
                };
                (ecosystem.to_owned(), name)
            }),
            purl: purl.map(|purl| purl.purl().to_owned()),
        })
    }

    pub(super) fn names(&self, package: &Package) -> bool {
        self.package.as_ref().is_some_and(|named| named.is(package))
    }

    pub(super) fn exposure(&self, package: &Package) -> Exposure {
        let exposure = self.of_version(package.version());
        let has_release = self.package.as_ref().is_some_and(Named::has_release);
        match exposure {
            Exposure::Affected(_) if has_release => Exposure::Unknown(UnknownReason::Release),
            _ => exposure,
        }
    }

    fn of_version(&self, version: Option<&str>) -> Exposure {
        let Some(version) = version else {
            return Exposure::Unknown(UnknownReason::NoVersion);
        };
        if self.versions.iter().any(|listed| listed == version) {
            return Exposure::Affected(Evidence::Listed);
        }
        let ecosystem = self.package.as_ref().and_then(Named::base);
        let ranges = self
            .ranges
            .iter()
            .filter(|range| range.kind() != RangeKind::Git);
        let exposures = ranges.map(|range| range.exposure(version, ecosystem));
        let without_ranges = if !self.versions.is_empty() {
            Exposure::NotAffected
        } else if self.ranges.is_empty() {
            Exposure::Unknown(UnknownReason::NoRange)
        } else {
            Exposure::Unknown(UnknownReason::Commits)
        };
        exposures.max().unwrap_or(without_ranges)
    }

    pub(super) fn fixed_versions(&self) -> impl Iterator<Item = &str> {
        let ranges = self
            .ranges
            .iter()
            .filter(|range| range.kind() != RangeKind::Git);
        ranges.flat_map(Range::fixed_versions)
    }
}
