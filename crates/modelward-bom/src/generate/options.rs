use modelward_artifact::Timestamp;

use crate::SpecVersion;
use crate::inspect::InspectLimits;

/// States what the model's files cannot say, and how the document is to be.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct GenerateOptions {
    pub(super) name: Option<String>,
    pub(super) version: Option<String>,
    pub(super) supplier: Option<String>,
    pub(super) purl: Option<String>,
    pub(super) timestamp: Option<Timestamp>,
    pub(super) spec_version: SpecVersion,
    limits: InspectLimits,
}

impl GenerateOptions {
    /// Names the model; otherwise its own files or its directory do.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// States the model's version, of at most 1024 characters.
    #[must_use]
    pub fn with_version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }

    /// States the organization that supplies the model.
    #[must_use]
    pub fn with_supplier(mut self, supplier: impl Into<String>) -> Self {
        self.supplier = Some(supplier.into());
        self
    }

    /// States the model's package URL, such as `pkg:huggingface/acme/sentiment@<commit>`.
    #[must_use]
    pub fn with_purl(mut self, purl: impl Into<String>) -> Self {
        self.purl = Some(purl.into());
        self
    }

    /// States when the document is made; otherwise it bears no time.
    #[must_use]
    pub const fn with_timestamp(mut self, timestamp: Timestamp) -> Self {
        self.timestamp = Some(timestamp);
        self
    }

    /// Asks for a version of CycloneDX: 1.5, 1.6 (unless set) or 1.7.
    #[must_use]
    pub const fn with_spec_version(mut self, version: SpecVersion) -> Self {
        self.spec_version = version;
        self
    }

    /// Bounds what is read of each file.
    #[must_use]
    pub fn with_limits(mut self, limits: InspectLimits) -> Self {
        self.limits = limits;
        self
    }

    pub(super) const fn limits(&self) -> &InspectLimits {
        &self.limits
    }
}
