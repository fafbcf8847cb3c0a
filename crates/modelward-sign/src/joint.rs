use std::path::Path;

use modelward_artifact::{Control, Finding, Findings, HashError, HashOptions, Manifest, Verdict};

use crate::verify::{compare, hash_options, refuse_or_fail};
use crate::{Bundle, VerifiedModel, VerifyError, VerifyPolicy, verify_statement};

/// Checks that several signers signed a model, each in a bundle of its own.
///
/// - Every pair of a bundle and its policy must be verified, such as the one who trained a model and
///   the one who validated it; the proofs stand in the order of the pairs.
/// - The model is read once for each way in which it was hashed.
/// - Whether two policies trust different signers is the caller's matter.
/// - Without a pair, nothing is proved, and the answer is no.
///
/// # Errors
///
/// [`VerifyError`] as [`verify_model`](crate::verify_model).
pub fn verify_jointly(
    root: &Path,
    signatures: &[(&Bundle, &VerifyPolicy)],
    control: &dyn Control,
) -> Result<Verdict<Vec<VerifiedModel>>, VerifyError> {
    let mut refusals = Vec::new();
    if signatures.is_empty() {
        refusals.push(Finding::new("sign.joint.none", "nobody has to have signed"));
    }
    let mut models = Vec::new();
    let mut hashed: Vec<(HashOptions, Manifest)> = Vec::new();
    for (index, (bundle, policy)) in signatures.iter().enumerate() {
        let verdict = match verify_statement(bundle, policy)? {
            Verdict::Verified(statement) => {
                let options = hash_options(statement.statement(), policy);
                match manifest(&mut hashed, root, options, control) {
                    Ok(manifest) => compare(statement, manifest, policy),
                    Err(error) => refuse_or_fail(statement.statement(), error)?,
                }
            }
            Verdict::Rejected(findings) => Verdict::Rejected(findings),
        };
        match verdict {
            Verdict::Verified(model) => models.push(model),
            Verdict::Rejected(findings) => refusals.extend(of_signature(index, &findings)),
        }
    }
    Ok(match Findings::new(refusals) {
        Some(findings) => Verdict::Rejected(findings),
        None => Verdict::Verified(models),
    })
}

/// Says which of the signatures each finding concerns.
fn of_signature(index: usize, findings: &Findings) -> Vec<Finding> {
    let number = index + 1;
    let name = |finding: &Finding| {
        let message = format!("signature {number}: {}", finding.message());
        let named = Finding::new(finding.code().to_owned(), message);
        match finding.subject() {
            Some(subject) => named.about(subject),
            None => named,
        }
    };
    findings.iter().map(name).collect()
}

/// Hashes the model, or returns what it came to in the same way before.
fn manifest(
    hashed: &mut Vec<(HashOptions, Manifest)>,
    root: &Path,
    options: HashOptions,
    control: &dyn Control,
) -> Result<Manifest, HashError> {
    if let Some((_, manifest)) = hashed.iter().find(|(known, _)| *known == options) {
        return Ok(manifest.clone());
    }
    let manifest = Manifest::hash(root, &options, control)?;
    hashed.push((options, manifest.clone()));
    Ok(manifest)
}
