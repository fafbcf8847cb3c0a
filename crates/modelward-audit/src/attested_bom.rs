use std::collections::BTreeMap;
use std::path::Path;

use modelward_artifact::{Control, Finding, Findings, Manifest, Signer, Verdict};
use modelward_bom::MlBom;
use modelward_bom::model::Component;
use modelward_sign::{
    Attestation, Bundle, SignOptions, SignedBy, Subject, VerifiedAttestation, VerifiedModel,
    VerifyPolicy, attest, verify_attestation, verify_model,
};

use crate::{AttestBomError, VerifyBomError};

/// Signs an ML-BOM as an attestation of a model: an in-toto statement about the model's root digest
/// whose predicate is the document.
///
/// The manifest has to be hashed as the one that is signed, since another hash function or shards
/// give the same files another root digest.
///
/// # Errors
///
/// [`AttestBomError`] where the document lists other files than the model has, or the signer fails.
pub fn attest_bom(
    bom: &MlBom,
    manifest: &Manifest,
    signer: &dyn Signer,
    options: &SignOptions,
) -> Result<Bundle, AttestBomError> {
    if let Some(findings) = Findings::new(differences(bom, manifest)) {
        return Err(AttestBomError::OtherFiles { findings });
    }
    let subject = Subject::new(manifest.name(), manifest.root());
    let attestation = Attestation::new(MlBom::PREDICATE_TYPE, vec![subject], bom.to_predicate())?;
    Ok(attest(&attestation, signer, options)?)
}

/// Proves that a model had exactly the files that a trusted signer signed, and that its ML-BOM is one
/// that a trusted signer attested of exactly these files.
#[derive(Clone, Debug)]
pub struct VerifiedBom {
    model: VerifiedModel,
    attestation: VerifiedAttestation,
    bom: MlBom,
}

impl VerifiedBom {
    /// Returns the model as it was verified.
    #[must_use]
    pub const fn model(&self) -> &VerifiedModel {
        &self.model
    }

    /// Returns the ML-BOM. That the signer says so is proved; that it is true is not.
    #[must_use]
    pub const fn bom(&self) -> &MlBom {
        &self.bom
    }

    /// Returns who attested the ML-BOM, which may be another than who signed the model.
    #[must_use]
    pub const fn attested_by(&self) -> &SignedBy {
        self.attestation.signed_by()
    }

    /// Returns what deserves attention and did not lead to a refusal, of the model and of the ML-BOM.
    pub fn warnings(&self) -> impl Iterator<Item = &Finding> {
        let model = self.model.warnings().iter();
        model.chain(self.attestation.warnings())
    }
}

/// Checks a model and its ML-BOM together: both signatures, every file, and that the ML-BOM is
/// about these files and no others. Each bundle comes with the policy that says whom to trust.
///
/// | code | what is refused |
/// |---|---|
/// | `audit.bom.digest` | a file of the model that the ML-BOM lists with another digest |
/// | `audit.bom.missing` | a file of the model that the ML-BOM does not list |
/// | `audit.bom.surplus` | a file of the ML-BOM that the model does not have |
/// | `audit.bom.twice` | a file that the ML-BOM lists more than once |
/// | `audit.bom.other_model` | an ML-BOM that was attested of something else |
///
/// An ML-BOM that lists no file of its model is bound to the model by its root digest alone.
/// Findings of the signatures are those of [`verify_model`] and [`verify_attestation`].
///
/// # Errors
///
/// [`VerifyBomError`] where a file cannot be read, or what was signed is not understood.
pub fn verify_with_bom(
    root: &Path,
    signature: (&Bundle, &VerifyPolicy),
    attestation: (&Bundle, &VerifyPolicy),
    control: &dyn Control,
) -> Result<Verdict<VerifiedBom>, VerifyBomError> {
    let (bundle, policy) = attestation;
    let attestation = verify_attestation(bundle, policy, MlBom::PREDICATE_TYPE)?;
    let (bundle, policy) = signature;
    let model = verify_model(root, bundle, policy, control)?;
    let (model, attestation) = match (model.into_result(), attestation.into_result()) {
        (Ok(model), Ok(attestation)) => (model, attestation),
        (Err(findings), Ok(_)) | (Ok(_), Err(findings)) => return Ok(Verdict::Rejected(findings)),
        (Err(model), Err(attestation)) => {
            let both = model.iter().chain(attestation.iter()).cloned();
            let findings = Findings::new(both.collect()).unwrap_or(model);
            return Ok(Verdict::Rejected(findings));
        }
    };
    let manifest = model.manifest();
    let mut refusals = Vec::new();
    if !attestation.attestation().is_about(&manifest.root()) {
        let message = "the ML-BOM was attested of something else than these files";
        refusals.push(Finding::new("audit.bom.other_model", message));
    }
    let bom = MlBom::from_value(attestation.attestation().predicate().clone())?;
    refusals.extend(differences(&bom, manifest));
    Ok(match Findings::new(refusals) {
        Some(findings) => Verdict::Rejected(findings),
        None => Verdict::Verified(VerifiedBom {
            model,
            attestation,
            bom,
        }),
    })
}

/// Lists where the files that a document lists are not those of the model.
fn differences(bom: &MlBom, manifest: &Manifest) -> Vec<Finding> {
    let files = bom.model().map(Component::files).unwrap_or_default();
    if files.is_empty() {
        return Vec::new();
    }
    let (mut listed, mut findings) = (BTreeMap::new(), Vec::new());
    for file in files {
        if listed.insert(file.name(), file).is_some() {
            let twice = Finding::new("audit.bom.twice", "the ML-BOM lists this file twice");
            findings.push(twice.about(file.name()));
        }
    }
    for entry in manifest.entries() {
        let path = entry.path().as_str();
        let (code, message) = match listed.remove(path) {
            None => ("audit.bom.missing", "the ML-BOM does not list this file"),
            Some(file) if file.digests().contains(entry.digest()) => continue,
            Some(_) => (
                "audit.bom.digest",
                "the ML-BOM lists this file without its digest",
            ),
        };
        findings.push(Finding::new(code, message).about(path));
    }
    let surplus = listed.into_keys().map(|path| {
        Finding::new("audit.bom.surplus", "the model does not have this file").about(path)
    });
    findings.extend(surplus);
    findings
}
