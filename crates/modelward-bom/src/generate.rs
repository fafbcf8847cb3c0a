use std::path::Path;

use modelward_artifact::{Entry, Finding, Layout, Manifest, Timestamp};

use crate::inspect::config::{self, Config};
use crate::inspect::front_matter::{self, FrontMatter};
use crate::inspect::read_listed;
use crate::inspect::safetensors::{self, Tensors};
use crate::write::document;
use crate::{GenerateBomError, MlBom};

/// States what the model's files cannot say.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct GenerateOptions {
    pub(crate) name: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) supplier: Option<String>,
    pub(crate) timestamp: Option<Timestamp>,
}

impl GenerateOptions {
    /// Names the model; otherwise its model card or its directory does.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// States the model's version.
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

    /// States when the document is made; otherwise it bears no time.
    #[must_use]
    pub const fn with_timestamp(mut self, timestamp: Timestamp) -> Self {
        self.timestamp = Some(timestamp);
        self
    }
}

/// Holds an ML-BOM that was made of a model, and what was met on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Generated {
    bom: MlBom,
    findings: Vec<Finding>,
}

impl Generated {
    /// Returns the ML-BOM.
    #[must_use]
    pub const fn bom(&self) -> &MlBom {
        &self.bom
    }

    /// Returns the ML-BOM and drops the rest.
    #[must_use]
    pub fn into_bom(self) -> MlBom {
        self.bom
    }

    /// Returns what deserves attention and did not keep the document from being made.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

/// What the files of a model say about it.
#[derive(Debug, Default)]
pub(crate) struct Observed {
    pub(crate) card: FrontMatter,
    pub(crate) config: Config,
    pub(crate) has_card: bool,
    pub(crate) tensors: Option<Tensors>,
}

/// Makes the ML-BOM of a model, laid out as on Hugging Face or in any other way.
///
/// Every file of the manifest is listed with its digest. `README.md` (front matter) and
/// `config.json` at the root and every safetensors header are read, within limits; what they do
/// not say stays unknown. The same model gives the same bytes.
///
/// # Errors
///
/// [`GenerateBomError`] where one of these files is malformed, is no longer the one that the
/// manifest lists, or cannot be read, and where the manifest has shards.
pub fn generate(
    root: &Path,
    manifest: &Manifest,
    options: &GenerateOptions,
) -> Result<Generated, GenerateBomError> {
    if manifest.layout() != Layout::Files {
        return Err(GenerateBomError::Sharded);
    }
    let mut observed = Observed::default();
    let mut findings = Vec::new();
    for entry in manifest.entries() {
        observe(root, entry, &mut observed, &mut findings)?;
    }
    let document = document(manifest, &observed, options);
    Ok(Generated {
        bom: MlBom::from_value(document)?,
        findings,
    })
}

fn observe(
    root: &Path,
    entry: &Entry,
    observed: &mut Observed,
    findings: &mut Vec<Finding>,
) -> Result<(), GenerateBomError> {
    let path = entry.path();
    match path.as_str() {
        "README.md" => {
            let bytes = read_listed(root, entry, front_matter::MAX_BYTES)?;
            observed.has_card = true;
            observed.card =
                FrontMatter::read(&bytes).map_err(|source| GenerateBomError::FrontMatter {
                    path: path.clone(),
                    source,
                })?;
            findings.extend(observed.card.findings(path.as_str()));
        }
        "config.json" => {
            let bytes = read_listed(root, entry, config::MAX_BYTES)?;
            observed.config = Config::read(&bytes).map_err(|source| GenerateBomError::Json {
                path: path.clone(),
                source,
            })?;
            findings.extend(observed.config.findings(path.as_str()));
        }
        _ if path.extension() == Some("safetensors") => {
            let file =
                safetensors::read(root, entry).map_err(|source| GenerateBomError::Safetensors {
                    path: path.clone(),
                    source,
                })?;
            let all = observed.tensors.get_or_insert_default();
            all.count += file.count;
            all.elements = all.elements.saturating_add(file.elements);
            all.types.extend(file.types);
        }
        _ => {}
    }
    Ok(())
}
