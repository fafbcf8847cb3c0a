use modelward_artifact::Digest;
use modelward_incident::AssetRef;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Says what a material is to the model.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum MaterialRole {
    /// What the model was derived from.
    BaseModel,
    /// Anything else that the document lists: libraries, tokenizers, containers.
    Component,
    /// Data of the model. An ML-BOM does not always tell training from evaluation, so all of it
    /// counts as trained on.
    Dataset,
}

impl MaterialRole {
    /// Returns the name, such as `base-model`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BaseModel => "base-model",
            Self::Component => "component",
            Self::Dataset => "dataset",
        }
    }
}

/// Names one thing that a model was made of or stands on. Texts are those of the ML-BOM.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Material {
    /// What it is to the model.
    pub role: MaterialRole,
    /// The name.
    pub name: String,
    /// The version, where it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The package URL, where it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purl: Option<String>,
    /// The `bom-ref`, which means something only within one document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bom_ref: Option<String>,
    /// The digests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub digests: Vec<Digest>,
    /// The licenses, each as its identifier, expression or name. All of them hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub licenses: Vec<String>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Material {
    /// Names a material by its role and name.
    #[must_use]
    pub fn new(role: MaterialRole, name: impl Into<String>) -> Self {
        Self {
            role,
            name: name.into(),
            version: None,
            purl: None,
            bom_ref: None,
            digests: Vec::new(),
            licenses: Vec::new(),
            other: Map::new(),
        }
    }

    /// States the package URL.
    #[must_use]
    pub fn with_purl(mut self, purl: impl Into<String>) -> Self {
        self.purl = Some(purl.into());
        self
    }

    /// States the `bom-ref`.
    #[must_use]
    pub fn with_bom_ref(mut self, bom_ref: impl Into<String>) -> Self {
        self.bom_ref = Some(bom_ref.into());
        self
    }

    /// Adds a digest.
    #[must_use]
    pub fn with_digest(mut self, digest: Digest) -> Self {
        self.digests.push(digest);
        self
    }

    /// Adds a license.
    #[must_use]
    pub fn with_license(mut self, license: impl Into<String>) -> Self {
        self.licenses.push(license.into());
        self
    }

    /// Tells whether an asset is this material, by package URL, digest or `bom-ref`.
    #[must_use]
    pub fn is(&self, asset: &AssetRef) -> bool {
        match asset {
            AssetRef::BomRef(name) => self.bom_ref.as_deref() == Some(name.as_str()),
            AssetRef::Digest(digest) => self.digests.contains(digest),
            AssetRef::Purl(purl) => self.purl.as_deref() == Some(purl.as_str()),
            _ => false,
        }
    }
}
