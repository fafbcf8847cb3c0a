//! The one file that names `cyclonedx-bom`: ordinary SBOMs, which say nothing of models.

use cyclonedx_bom::prelude::Bom;
use modelward_artifact::{JsonLimits, json};

use crate::ReadSbomError;

/// Names a component of an ordinary SBOM.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SbomComponent {
    name: String,
    version: Option<String>,
    purl: Option<String>,
}

impl SbomComponent {
    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the version as it is written.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Returns the package URL.
    #[must_use]
    pub fn purl(&self) -> Option<&str> {
        self.purl.as_deref()
    }
}

/// Reads the top-level components of an ordinary SBOM: CycloneDX 1.3 to 1.5, JSON.
///
/// # Errors
///
/// [`ReadSbomError`] where the text is not strict JSON or no such document.
pub fn read_sbom(bytes: &[u8], limits: &JsonLimits) -> Result<Vec<SbomComponent>, ReadSbomError> {
    let value = json::read(bytes, limits)?;
    let bom = Bom::parse_json_value(value).map_err(|error| ReadSbomError::Document {
        source: error.to_string().into(),
    })?;
    let components = bom
        .components
        .map(|components| components.0)
        .unwrap_or_default();
    let component = |component: cyclonedx_bom::prelude::Component| SbomComponent {
        name: component.name.to_string(),
        version: component.version.map(|version| version.to_string()),
        purl: component.purl.map(|purl| purl.to_string()),
    };
    Ok(components.into_iter().map(component).collect())
}
