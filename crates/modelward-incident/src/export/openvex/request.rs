use std::collections::BTreeMap;

use fluent_uri::Uri;
use modelward_artifact::Timestamp;

use crate::Slug;
use crate::export::vex::{BomId, VexInputError, VexJustification, text};

/// Asks for a document, and holds what the record of an incident cannot have.
///
/// ```
/// use modelward_incident::export::openvex::OpenVexRequest;
///
/// let issued = "2026-11-24T09:00:00Z".parse()?;
/// let request = OpenVexRequest::new("security@acme.example", issued, 1)?
///     .with_base("https://acme.example/vex")?;
/// assert!(request.with_base("vex").is_err());
/// assert!(OpenVexRequest::new("security@acme.example", issued, 0).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OpenVexRequest {
    pub(super) author: String,
    pub(super) issued: Timestamp,
    pub(super) version: u32,
    pub(super) changed: Option<Timestamp>,
    pub(super) role: Option<String>,
    pub(super) base: Option<String>,
    pub(super) bom: Option<BomId>,
    pub(super) justifications: BTreeMap<Slug, VexJustification>,
}

impl OpenVexRequest {
    /// Takes the author, the time at which the first version was issued, and the version, which is
    /// 1 at first and rises with every change.
    ///
    /// # Errors
    ///
    /// [`VexInputError::Text`] for the author, [`VexInputError::Version`] for version 0.
    pub fn new(author: &str, issued: Timestamp, version: u32) -> Result<Self, VexInputError> {
        if version == 0 {
            return Err(VexInputError::Version);
        }
        Ok(Self {
            author: text("author", author)?,
            issued,
            version,
            changed: None,
            role: None,
            base: None,
            bom: None,
            justifications: BTreeMap::new(),
        })
    }

    /// Says when the document was last changed.
    ///
    /// # Errors
    ///
    /// [`VexInputError::Time`] where that lies before the issue.
    pub fn with_last_change(mut self, at: Timestamp) -> Result<Self, VexInputError> {
        if at < self.issued {
            return Err(VexInputError::Time);
        }
        self.changed = Some(at);
        Ok(self)
    }

    /// Says in what role the author writes.
    ///
    /// # Errors
    ///
    /// [`VexInputError::Text`].
    pub fn with_role(mut self, role: &str) -> Result<Self, VexInputError> {
        self.role = Some(text("role", role)?);
        Ok(self)
    }

    /// Sets the address below which the document's id lies. Without one it is a `urn:uuid:`.
    ///
    /// # Errors
    ///
    /// [`VexInputError::Uri`].
    pub fn with_base(mut self, base: &str) -> Result<Self, VexInputError> {
        if Uri::parse(base).is_err() || base.contains(['?', '#']) {
            return Err(VexInputError::Uri { member: "base" });
        }
        self.base = Some(base.trim_end_matches('/').to_owned());
        Ok(self)
    }

    /// Says which bill of materials the `bom-ref`s of the record are in.
    #[must_use]
    pub const fn with_bom(mut self, bom: BomId) -> Self {
        self.bom = Some(bom);
        self
    }

    /// Says why a cleared asset is not affected. For others it is not used.
    #[must_use]
    pub fn with_justification(mut self, asset: Slug, why: VexJustification) -> Self {
        self.justifications.insert(asset, why);
        self
    }
}
