mod assemble;
mod card;
mod claim;
mod conflict;
mod license;
mod options;
mod parts;
mod source;
mod survey;
mod weights;

use std::path::Path;

use modelward_artifact::{Control, Finding, HashOptions, Layout, Manifest};

use self::assemble::assemble;
use self::claim::Claims;
use self::conflict::conflicts;
use self::survey::survey;
use self::weights::Weights;
use crate::{GenerateBomError, MlBom, Provenance};

pub use self::options::GenerateOptions;

/// Holds an ML-BOM that was made of a model, where its values come from, and what was met.
#[derive(Clone, Debug, PartialEq)]
pub struct Generated {
    bom: MlBom,
    provenance: Vec<Provenance>,
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

    /// Returns where each value comes from, in the order of the document.
    #[must_use]
    pub fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }

    /// Returns what deserves attention and did not keep the document from being made: files that
    /// are not what their format has, code that runs on loading, statements that contradict each
    /// other or the bytes.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

/// Makes the ML-BOM of a model, laid out as on Hugging Face or in any other way.
///
/// Every file of the manifest is listed with its digest, and every file of a known format is
/// inspected, within limits: texts are read whole and must be the ones that were hashed; of weights
/// only headers and tables are read. What the files do not say stays unknown. What is said of the
/// model comes from the files beside each other in its top directory; of what lies deeper, only the
/// files themselves are described. The same model gives the same bytes.
///
/// # Errors
///
/// [`GenerateBomError`] where a file is no longer the one that the manifest lists or cannot be read,
/// and where the manifest has shards.
pub fn generate(
    root: &Path,
    manifest: &Manifest,
    options: &GenerateOptions,
) -> Result<Generated, GenerateBomError> {
    if manifest.layout() != Layout::Files {
        return Err(GenerateBomError::Sharded);
    }
    let survey = survey(root, manifest, options.limits())?;
    let weights = Weights::of(&survey);
    let claims = Claims::of(&survey, &weights);
    let mut findings = survey.findings().to_vec();
    findings.extend(conflicts(&claims, &weights));
    findings.sort();
    findings.dedup();
    let (bom, provenance) = assemble(manifest, &survey, &claims, &weights, options)?;
    Ok(Generated {
        bom,
        provenance,
        findings,
    })
}

/// Hashes a model and makes its ML-BOM: the manifest is the one that signing takes.
///
/// The files are hashed once; of what was hashed only texts and the headers of weights are looked at
/// again, which the operating system then still holds.
///
/// # Errors
///
/// [`GenerateBomError`] as of [`generate`], and where the model cannot be hashed.
pub fn hash_and_generate(
    root: &Path,
    hashing: &HashOptions,
    options: &GenerateOptions,
    control: &dyn Control,
) -> Result<(Manifest, Generated), GenerateBomError> {
    let manifest = Manifest::hash(root, hashing, control)?;
    let generated = generate(root, &manifest, options)?;
    Ok((manifest, generated))
}
