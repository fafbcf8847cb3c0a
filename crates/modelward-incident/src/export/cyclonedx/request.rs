use fluent_uri::Uri;
use modelward_artifact::Timestamp;

use crate::export::vex::{BomId, VexInputError, text};

/// Asks for a document, and holds what the record of an incident cannot have.
///
/// ```
/// use modelward_incident::export::cyclonedx::CycloneDxRequest;
/// use modelward_incident::export::vex::BomId;
///
/// let issued = "2026-11-24T09:00:00Z".parse()?;
/// let bom = BomId::new("urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79", 1)?;
/// let request = CycloneDxRequest::new("Acme AI", issued, 1)?.with_bom(bom);
/// assert!(request.with_url("acme.example").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CycloneDxRequest {
    pub(super) author: String,
    pub(super) issued: Timestamp,
    pub(super) version: u32,
    pub(super) url: Option<String>,
    pub(super) bom: Option<BomId>,
}

impl CycloneDxRequest {
    /// Takes the organization that writes, the time of this version, and the version, which is 1 at
    /// first and rises with every change.
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
            url: None,
            bom: None,
        })
    }

    /// Says where the author tells about the incident.
    ///
    /// # Errors
    ///
    /// [`VexInputError::Uri`].
    pub fn with_url(mut self, url: &str) -> Result<Self, VexInputError> {
        if Uri::parse(url).is_err() {
            return Err(VexInputError::Uri { member: "url" });
        }
        self.url = Some(url.to_owned());
        Ok(self)
    }

    /// Says which bill of materials the `bom-ref`s of the record are in. They are written as links
    /// into it; without it the document describes the components itself.
    #[must_use]
    pub const fn with_bom(mut self, bom: BomId) -> Self {
        self.bom = Some(bom);
        self
    }
}
