use std::path::Path;

use modelward_artifact::{
    Control, Digest, DigestAlgorithm, Finding, Findings, GitPaths, HashError, HashOptions, Layout,
    Manifest, ManifestError, Sharding, Symlinks, Verdict,
};

pub(crate) use self::compare::signed;
use self::compare::{Comparison, left_out};
pub(crate) use self::signature::check_signature;
use crate::{
    Bundle, Profile, PublicKey, Statement, UnsignedFiles, VerifiedChain, VerifyError, VerifyPolicy,
};

mod compare;
mod signature;

/// Says who signed, as far as the policy proved it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum SignedBy {
    /// The holder of a certificate that an authority issued.
    Certificate(VerifiedChain),
    /// One of the trusted keys.
    Key(PublicKey),
    /// An identity that Sigstore certified.
    #[cfg(feature = "sigstore")]
    Sigstore(crate::SigstoreSigner),
}

/// Proves that a trusted signer signed a statement. The files were not looked at.
#[derive(Clone, Debug)]
pub struct VerifiedStatement {
    statement: Statement,
    signed_by: SignedBy,
    warnings: Vec<Finding>,
}

impl VerifiedStatement {
    /// Returns the statement.
    #[must_use]
    pub const fn statement(&self) -> &Statement {
        &self.statement
    }

    /// Returns who signed.
    #[must_use]
    pub const fn signed_by(&self) -> &SignedBy {
        &self.signed_by
    }

    /// Returns what deserves attention and did not lead to a refusal.
    #[must_use]
    pub fn warnings(&self) -> &[Finding] {
        &self.warnings
    }
}

/// Proves that a model had exactly the files that a trusted signer signed, when it was read.
#[derive(Clone, Debug)]
pub struct VerifiedModel {
    statement: VerifiedStatement,
    manifest: Manifest,
}

impl VerifiedModel {
    /// Returns the model's files as they were read.
    #[must_use]
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Returns the signed statement.
    #[must_use]
    pub const fn statement(&self) -> &Statement {
        self.statement.statement()
    }

    pub(crate) fn into_statement(self) -> VerifiedStatement {
        self.statement
    }

    /// Returns who signed.
    #[must_use]
    pub const fn signed_by(&self) -> &SignedBy {
        self.statement.signed_by()
    }

    /// Returns what deserves attention, such as files that are there and are not signed.
    #[must_use]
    pub fn warnings(&self) -> &[Finding] {
        self.statement.warnings()
    }
}

impl SignedBy {
    /// Returns SHA-256 of the signer's public key in PEM.
    #[must_use]
    pub fn key_digest(&self) -> Digest {
        match self {
            Self::Certificate(chain) => chain.leaf().key_hint(),
            Self::Key(key) => key.hint(),
            #[cfg(feature = "sigstore")]
            Self::Sigstore(signer) => *signer.key_digest(),
        }
    }
}

/// Checks a bundle's signature and statement. The model's files are not looked at.
///
/// # Errors
///
/// [`VerifyError::Statement`] where the signed statement is not understood.
pub fn verify_statement(
    bundle: &Bundle,
    policy: &VerifyPolicy,
) -> Result<Verdict<VerifiedStatement>, VerifyError> {
    let signature = match check_signature(bundle, policy)? {
        Verdict::Verified(signature) => signature,
        Verdict::Rejected(findings) => return Ok(Verdict::Rejected(findings)),
    };
    let payload = bundle.envelope().unverified_payload();
    let statement = match Statement::read_as(payload, policy.limits(), policy.profile()) {
        Ok(statement) => statement,
        Err(error) if error.is_refusal() => {
            return Ok(reject(error.code(), error.to_string()));
        }
        Err(source) => return Err(VerifyError::Statement { source }),
    };
    let deviations = bundle.deviations().iter().chain(statement.deviations());
    let mut warnings: Vec<_> = deviations.cloned().collect();
    let mut refusals = not_expected(&statement, policy);
    if policy.profile() == Profile::Strict {
        refusals.append(&mut warnings);
    }
    if let Some(findings) = Findings::new(refusals) {
        return Ok(Verdict::Rejected(findings));
    }
    warnings.extend(signature.warnings);
    Ok(Verdict::Verified(VerifiedStatement {
        signed_by: signature.signed_by,
        warnings,
        statement,
    }))
}

/// Checks that a model is the one that a trusted signer signed: the signature, then every file.
///
/// Files that are not signed are refused, but for the paths that the statement or the policy leave
/// out; those that exist are among [`VerifiedModel::warnings`].
///
/// # Errors
///
/// [`VerifyError`] where the statement is not understood, a file cannot be read or changes while
/// it is read, or `control` cancels.
pub fn verify_model(
    root: &Path,
    bundle: &Bundle,
    policy: &VerifyPolicy,
    control: &dyn Control,
) -> Result<Verdict<VerifiedModel>, VerifyError> {
    let statement = match verify_statement(bundle, policy)? {
        Verdict::Verified(statement) => statement,
        Verdict::Rejected(findings) => return Ok(Verdict::Rejected(findings)),
    };
    let options = hash_options(statement.statement(), policy);
    match Manifest::hash(root, &options, control) {
        Ok(manifest) => Ok(compare(statement, manifest, policy)),
        Err(error) => refuse_or_fail(statement.statement(), error),
    }
}

/// Checks that a manifest is the one that a trusted signer signed.
///
/// It is for models that were hashed already, or whose digests a registry gives: what the verdict
/// says of the files is as true as the manifest. Entries that the statement or the policy leave out
/// do not count, and are among [`VerifiedModel::warnings`].
///
/// # Errors
///
/// [`VerifyError::Statement`] where the statement is not understood and [`VerifyError::Manifest`]
/// where the manifest has digests of another algorithm or layout, so that there is no answer.
pub fn verify_manifest(
    manifest: Manifest,
    bundle: &Bundle,
    policy: &VerifyPolicy,
) -> Result<Verdict<VerifiedModel>, VerifyError> {
    let statement = match verify_statement(bundle, policy)? {
        Verdict::Verified(statement) => statement,
        Verdict::Rejected(findings) => return Ok(Verdict::Rejected(findings)),
    };
    let signed = (
        statement.statement().algorithm(),
        statement.statement().layout(),
    );
    if signed != (manifest.algorithm(), manifest.layout()) {
        return Err(VerifyError::Manifest {
            expected: shown(signed.0, signed.1),
            found: shown(manifest.algorithm(), manifest.layout()),
        });
    }
    Ok(compare(statement, manifest, policy))
}

fn shown(algorithm: DigestAlgorithm, layout: Layout) -> String {
    match layout {
        Layout::Files => format!("{algorithm} of files"),
        Layout::Shards { size } => format!("{algorithm} of shards of {size} bytes"),
    }
}

pub(crate) fn reject<T>(code: &'static str, message: impl Into<String>) -> Verdict<T> {
    Verdict::Rejected(Finding::new(code, message).into())
}

/// Lists where a statement is of another model than the policy asks for.
fn not_expected(statement: &Statement, policy: &VerifyPolicy) -> Vec<Finding> {
    let mut refusals = Vec::new();
    if let Some(expected) = policy.expected_name()
        && expected != statement.name()
    {
        let message = format!("the signed model is another one than `{expected}`");
        refusals.push(Finding::new("sign.subject.name", message).about(statement.name()));
    }
    if let Some(expected) = policy.expected_root()
        && expected != statement.root()
    {
        let root = statement.root();
        let message = format!("the signed model has the root digest {root}, expected {expected}");
        refusals.push(Finding::new("sign.subject.root", message).about(statement.name()));
    }
    refusals
}

/// Looks at the model as the signer did: what the statement leaves out, and nothing else.
pub(crate) fn hash_options(statement: &Statement, policy: &VerifyPolicy) -> HashOptions {
    let mut walk = policy.hashing().walk().clone();
    let symlinks = if statement.links_followed() {
        walk.symlinks()
    } else {
        Symlinks::Refuse
    };
    for path in left_out(statement, policy) {
        walk = walk.with_ignored(path);
    }
    if policy.unsigned() == UnsignedFiles::Warn {
        let resources = statement.resources().iter();
        walk = walk.with_only(resources.map(|resource| resource.path().clone()));
    }
    let walk = walk
        .with_git_paths(GitPaths::Include)
        .with_symlinks(symlinks);
    policy
        .hashing()
        .clone()
        .with_algorithm(statement.algorithm())
        .with_sharding(Sharding::from(statement.layout()))
        .with_walk(walk)
}

/// A model that holds what no signer can have signed is refused; the rest is a failure to read.
pub(crate) fn refuse_or_fail(
    statement: &Statement,
    error: HashError,
) -> Result<Verdict<VerifiedModel>, VerifyError> {
    match &error {
        // Of files without bytes there are no shards.
        HashError::Empty { .. }
        | HashError::Manifest {
            source: ManifestError::Empty,
        } => Ok(compare::all_removed(statement)),
        HashError::Dangling { .. }
        | HashError::LinkedDirectory { .. }
        | HashError::LinkOutside { .. }
        | HashError::Name { .. }
        | HashError::NotRegular { .. }
        | HashError::Symlink { .. } => Ok(reject(error.code(), error.to_string())),
        _ => Err(error.into()),
    }
}

pub(crate) fn compare(
    mut statement: VerifiedStatement,
    manifest: Manifest,
    policy: &VerifyPolicy,
) -> Verdict<VerifiedModel> {
    let comparison = Comparison::of(&statement.statement, &manifest, policy);
    if let Some(findings) = Findings::new(comparison.refusals) {
        return Verdict::Rejected(findings);
    }
    statement.warnings.extend(comparison.warnings);
    Verdict::Verified(VerifiedModel {
        statement,
        manifest,
    })
}
