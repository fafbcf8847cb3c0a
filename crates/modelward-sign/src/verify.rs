use std::path::Path;

use modelward_artifact::{
    Control, Difference, Digest, EntryPath, Finding, Findings, GitPaths, HashError, HashOptions,
    Layout, Manifest, ResourceName, Sharding, Verdict, WalkOptions,
};

use crate::{Bundle, Resource, Statement, VerifyError, VerifyPolicy};

/// Proves that a trusted key signed a statement. The files were not looked at.
#[derive(Clone, Debug)]
pub struct VerifiedStatement {
    statement: Statement,
    signer: Digest,
    warnings: Vec<Finding>,
}

impl VerifiedStatement {
    /// Returns the statement.
    #[must_use]
    pub const fn statement(&self) -> &Statement {
        &self.statement
    }

    /// Returns SHA-256 of the trusted key in PEM.
    #[must_use]
    pub const fn signer(&self) -> &Digest {
        &self.signer
    }

    /// Returns what deserves attention and did not lead to a refusal.
    #[must_use]
    pub fn warnings(&self) -> &[Finding] {
        &self.warnings
    }
}

/// Proves that a model had exactly the files that a trusted key signed, when it was read.
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

    /// Returns SHA-256 of the trusted key in PEM.
    #[must_use]
    pub const fn signer(&self) -> &Digest {
        self.statement.signer()
    }

    /// Returns what deserves attention, such as files that are there and are not signed.
    #[must_use]
    pub fn warnings(&self) -> &[Finding] {
        self.statement.warnings()
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
    let key = policy.trusted_key();
    if bundle.hint().is_some_and(|hint| *hint != key.hint()) {
        let message = "the bundle names another key than the trusted one";
        return Ok(reject("sign.signature.key", message));
    }
    let Some(payload) = bundle.envelope().open(key) else {
        let message = "the signature is not the trusted key's";
        return Ok(reject("sign.signature.invalid", message));
    };
    let statement = match Statement::read(payload, policy.limits()) {
        Ok(statement) => statement,
        Err(error) if error.is_refusal() => {
            return Ok(reject(error.code(), &error.to_string()));
        }
        Err(source) => return Err(VerifyError::Statement { source }),
    };
    if let Some(expected) = policy.expected_name()
        && expected != statement.name()
    {
        let message = format!("the signed model is another one than `{expected}`");
        let finding = Finding::new("sign.subject.name", message).about(statement.name());
        return Ok(Verdict::Rejected(finding.into()));
    }
    Ok(Verdict::Verified(VerifiedStatement {
        signer: key.hint(),
        warnings: warnings(bundle, &statement),
        statement,
    }))
}

/// Checks that a model is the one that a trusted key signed: the signature, then every file.
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
    let mut statement = match verify_statement(bundle, policy)? {
        Verdict::Verified(statement) => statement,
        Verdict::Rejected(findings) => return Ok(Verdict::Rejected(findings)),
    };
    let options = hash_options(statement.statement(), policy);
    let manifest = match Manifest::hash(root, &options, control) {
        Ok(manifest) => manifest,
        Err(error) => return refuse_or_fail(error),
    };
    let differences = compare(root, statement.statement(), &manifest);
    if let Some(findings) = Findings::new(differences.iter().map(describe).collect()) {
        return Ok(Verdict::Rejected(findings));
    }
    statement
        .warnings
        .extend(manifest.excluded().iter().map(unsigned));
    let empty = manifest.empty_files().iter();
    statement.warnings.extend(empty.map(unsigned));
    Ok(Verdict::Verified(VerifiedModel {
        statement,
        manifest,
    }))
}

fn reject<T>(code: &'static str, message: &str) -> Verdict<T> {
    Verdict::Rejected(Finding::new(code, message).into())
}

fn warnings(bundle: &Bundle, statement: &Statement) -> Vec<Finding> {
    let mut warnings = Vec::new();
    if bundle.hint().is_none() {
        let message = "the bundle does not name its key";
        warnings.push(Finding::new("sign.bundle.no_hint", message));
    }
    if !statement.is_sorted() {
        let message = "the resources are not in the order of OMS v1.0, section 5.2.1";
        warnings.push(Finding::new("sign.statement.order", message));
    }
    warnings
}

/// Looks at the model as the signer did: what the statement leaves out, and nothing else.
fn hash_options(statement: &Statement, policy: &VerifyPolicy) -> HashOptions {
    let ignored = statement.ignored().iter().chain(policy.ignored());
    let walk = ignored.fold(
        WalkOptions::default().with_git_paths(GitPaths::Include),
        |walk, path| walk.with_ignored(path.clone()),
    );
    let sharding = match statement.layout() {
        Layout::Files => Sharding::Whole,
        Layout::Shards { size } => Sharding::Size(size),
    };
    HashOptions::default()
        .with_algorithm(statement.algorithm())
        .with_sharding(sharding)
        .with_walk(walk)
        .with_threads(policy.threads())
}

/// A model that holds what no signer can have signed is refused; the rest is a failure to read.
fn refuse_or_fail(error: HashError) -> Result<Verdict<VerifiedModel>, VerifyError> {
    match &error {
        HashError::Empty { .. }
        | HashError::Name { .. }
        | HashError::NotRegular { .. }
        | HashError::Symlink { .. } => Ok(reject(error.code(), &error.to_string())),
        _ => Err(error.into()),
    }
}

fn compare(root: &Path, statement: &Statement, manifest: &Manifest) -> Vec<Difference> {
    let resources = statement.resources();
    // A model of one file that was signed as `.` may go by any name, but it must be a file.
    if statement.is_unnamed_file()
        && root.is_file()
        && let Some(entry) = manifest.entries().first()
    {
        let renamed = |resource: &Resource| match resource.name().shard() {
            Some(shard) => ResourceName::shard_of(entry.path().clone(), shard),
            None => ResourceName::file(entry.path().clone()),
        };
        let names: Vec<_> = resources.iter().map(renamed).collect();
        let digests = resources.iter().map(Resource::digest);
        return manifest.differences(names.iter().zip(digests));
    }
    manifest.differences(resources.iter().map(pair))
}

const fn pair(resource: &Resource) -> (&ResourceName, &Digest) {
    (resource.name(), resource.digest())
}

fn describe(difference: &Difference) -> Finding {
    let (code, message) = match difference {
        Difference::Added { .. } => ("sign.file.added", "the file is not signed".to_owned()),
        Difference::Changed {
            expected, found, ..
        } => (
            "sign.file.changed",
            format!("the file has the digest {found}, signed is {expected}"),
        ),
        Difference::Removed { .. } => (
            "sign.file.removed",
            "the file is signed and is missing".to_owned(),
        ),
    };
    Finding::new(code, message).about(&difference.name().to_string())
}

fn unsigned(path: &EntryPath) -> Finding {
    let message = "the path exists and is not covered by the signature";
    Finding::new("sign.file.unsigned", message).about(path.as_str())
}
