//! Advisories in the format of OSV, and whether they concern a package.
//!
//! ```
//! use modelward_artifact::JsonLimits;
//! use modelward_graph::advisory::{Advisory, Evidence, Exposure, Package};
//!
//! let advisory = Advisory::read(
//!     br#"{"id": "GHSA-47fc-vmwq-366v", "modified": "2024-01-01T00:00:00Z", "affected": [{
//!         "package": {"ecosystem": "PyPI", "name": "torch"},
//!         "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.13.1"}]}]
//!     }]}"#,
//!     &JsonLimits::default(),
//! )?;
//! let torch: Package = "pkg:pypi/torch@1.13.0".parse()?;
//! assert_eq!(advisory.exposure(&torch), Exposure::Affected(Evidence::Range));
//! assert_eq!(advisory.fixed_versions(&torch), ["1.13.1"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error;
mod exposure;
mod package;
mod range;
mod record;
mod set;

use modelward_artifact::{JsonLimits, json};

use self::record::{Affected, Keys, Record};

pub use self::error::{ParsePackageError, ReadAdvisoryError};
pub use self::exposure::{Evidence, Exposure, UnknownReason};
pub use self::package::Package;
pub(crate) use self::package::{canonical_purl, python_name, read_purl};
pub(crate) use self::set::Question;
pub use self::set::{AdvisorySet, Flaw};

/// Holds one advisory of OSV (schema 1.7), as far as it tells which packages it concerns.
///
/// What the schema allows and this does not read (references, credits, severities, what is specific
/// to a database) is passed over; an ecosystem that is not known does not make a record unreadable.
#[derive(Clone, Debug)]
pub struct Advisory {
    record: Record,
}

impl Advisory {
    /// Reads one record.
    ///
    /// # Errors
    ///
    /// [`ReadAdvisoryError`] where the text is not strict JSON within the limits, has no id, or a
    /// member that is read has another shape.
    pub fn read(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadAdvisoryError> {
        let record = json::read_as(bytes, limits);
        let record: Record = record.map_err(|source| ReadAdvisoryError::Json { source })?;
        Ok(Self { record })
    }

    /// Reads records that stand one in a line. Empty lines are passed over; limits are those of one
    /// record.
    ///
    /// # Errors
    ///
    /// [`ReadAdvisoryError::Line`] with the first line that is not a record.
    pub fn read_lines(bytes: &[u8], limits: &JsonLimits) -> Result<Vec<Self>, ReadAdvisoryError> {
        let lines = bytes.split(|byte| *byte == b'\n').enumerate();
        let lines = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
        lines
            .map(|(index, line)| {
                Self::read(line, limits).map_err(|source| ReadAdvisoryError::Line {
                    line: index + 1,
                    source: Box::new(source),
                })
            })
            .collect()
    }

    /// Returns the id, such as `PYSEC-2021-839`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.record.id
    }

    /// Returns other ids of the same flaw.
    #[must_use]
    pub fn aliases(&self) -> &[String] {
        &self.record.aliases
    }

    /// Returns the flaw in one line, if the record has it.
    #[must_use]
    pub fn summary(&self) -> Option<&str> {
        self.record.summary.as_deref()
    }

    /// Tells whether the record was taken back. It concerns nobody then.
    #[must_use]
    pub const fn is_withdrawn(&self) -> bool {
        self.record.withdrawn.is_some()
    }

    /// Tells whether the record names the package, in whatever version.
    #[must_use]
    pub fn names(&self, package: &Package) -> bool {
        self.entries(package).next().is_some()
    }

    /// Tells whether the package is affected.
    ///
    /// A version is affected if it is listed or in a range (OSV schema, section "Evaluation"). Ranges
    /// of commits cannot be evaluated here: where a record has other ranges or lists versions, they
    /// are taken for another form of these, and else the answer is unknown. What one entry knows
    /// counts more than what another does not.
    #[must_use]
    pub fn exposure(&self, package: &Package) -> Exposure {
        if self.is_withdrawn() {
            return Exposure::NotAffected;
        }
        let exposures = self.entries(package).map(|entry| entry.exposure(package));
        exposures.max().unwrap_or(Exposure::NotAffected)
    }

    /// Lists the versions in which the record says that the flaw is mended, as they stand there.
    #[must_use]
    pub fn fixed_versions(&self, package: &Package) -> Vec<&str> {
        let entries = self.entries(package);
        entries.flat_map(Affected::fixed_versions).collect()
    }

    /// Returns how each package of the record is named.
    fn keys(&self) -> impl Iterator<Item = Keys> {
        self.record.affected.iter().filter_map(Affected::keys)
    }

    fn entries(&self, package: &Package) -> impl Iterator<Item = &Affected> {
        let affected = self.record.affected.iter();
        affected.filter(move |affected| affected.names(package))
    }
}
