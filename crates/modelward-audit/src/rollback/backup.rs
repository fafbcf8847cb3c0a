//! Whether stored bytes are the ones that were signed.

use std::time::Duration;

use modelward_artifact::{
    Collision, Control, Difference, Digest, Entry, EntryPath, Finding, Findings, HashError,
    HashOptions, Manifest, ManifestError, ResourceName, Sharding, Source, Timestamp, Verdict,
    collisions,
};
use modelward_sign::{Resource, Statement, VerifiedStatement};

/// Says when a backup is verified, and how its bytes are read.
#[derive(Clone, Debug)]
pub struct BackupOptions {
    checked: Timestamp,
    hashing: HashOptions,
}

impl BackupOptions {
    /// Sets when it is verified; the library reads no clock.
    #[must_use]
    pub fn at(checked: Timestamp) -> Self {
        let hashing = HashOptions::default();
        Self { checked, hashing }
    }

    /// Sets with how many threads and how the bytes are read. Algorithm and layout are those of the
    /// signed manifest, whatever these options say.
    #[must_use]
    pub fn with_hashing(mut self, hashing: HashOptions) -> Self {
        self.hashing = hashing;
        self
    }
}

/// Proves that a backup had exactly the files of a signed manifest, byte by byte, when it was read.
#[derive(Clone, Debug)]
pub struct VerifiedBackup {
    root: Digest,
    key: Digest,
    checked: Timestamp,
    bytes: u64,
}

impl VerifiedBackup {
    /// Returns the root digest of the manifest.
    #[must_use]
    pub const fn root(&self) -> &Digest {
        &self.root
    }

    /// Returns SHA-256 of the key that signed the manifest.
    #[must_use]
    pub const fn signed_by(&self) -> &Digest {
        &self.key
    }

    /// Returns when it was read.
    #[must_use]
    pub const fn checked(&self) -> Timestamp {
        self.checked
    }

    /// Returns how many bytes it has.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Tells whether it was verified longer ago than `max_age`, or at a time that is still to come.
    #[must_use]
    pub fn is_stale(&self, now: Timestamp, max_age: Duration) -> bool {
        let age = now.since(self.checked);
        age.is_none_or(|age| age > max_age)
    }
}

/// Holds a file or shard whose bytes are other ones than those that were signed.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Mismatch {
    /// The file or shard.
    pub name: ResourceName,
    /// The digest that was signed.
    pub expected: Digest,
    /// The digest that it has.
    pub actual: Digest,
}

/// Says how a backup compares with a signed manifest, file by file.
#[derive(Clone, Debug)]
#[must_use = "an unread report proves nothing"]
pub struct BackupReport {
    root: Digest,
    key: Digest,
    checked_at: Timestamp,
    checked: usize,
    bytes: u64,
    missing: Vec<ResourceName>,
    extra: Vec<ResourceName>,
    mismatched: Vec<Mismatch>,
    left_out: Vec<EntryPath>,
    collisions: Vec<Collision>,
    refused: Option<Finding>,
}

impl BackupReport {
    /// Returns how many files or shards were read and compared.
    #[must_use]
    pub const fn checked(&self) -> usize {
        self.checked
    }

    /// Returns when.
    #[must_use]
    pub const fn checked_at(&self) -> Timestamp {
        self.checked_at
    }

    /// Returns how many bytes were read.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Returns what was signed and is not there, sorted.
    #[must_use]
    pub fn missing(&self) -> &[ResourceName] {
        &self.missing
    }

    /// Returns what is there and was not signed, sorted.
    #[must_use]
    pub fn extra(&self) -> &[ResourceName] {
        &self.extra
    }

    /// Returns what has other bytes than those that were signed, sorted.
    #[must_use]
    pub fn mismatched(&self) -> &[Mismatch] {
        &self.mismatched
    }

    /// Returns what is there and was not read: what the source leaves out, and files without bytes
    /// where the manifest is one of shards, which has none of them. Restore none of it.
    #[must_use]
    pub fn left_out(&self) -> &[EntryPath] {
        &self.left_out
    }

    /// Returns the names that some disks take for one, so that one file would replace another where
    /// the backup is restored.
    #[must_use]
    pub fn collisions(&self) -> &[Collision] {
        &self.collisions
    }

    /// Returns the answer, with a finding for each difference.
    ///
    /// | code | what is refused |
    /// |---|---|
    /// | `audit.rollback.backup.changed` | a file or shard with other bytes |
    /// | `audit.rollback.backup.extra` | one that was not signed |
    /// | `audit.rollback.backup.link` | a link, or what is neither a file nor a directory |
    /// | `audit.rollback.backup.lost` | one that was signed and is not there |
    pub fn verdict(&self) -> Verdict<VerifiedBackup> {
        let of = |names: &[ResourceName], code, message: &'static str| -> Vec<Finding> {
            let names = names.iter().map(ToString::to_string);
            let found = names.map(|name| Finding::new(code, message).about(name));
            found.collect()
        };
        let changed = self.mismatched.iter().map(|it| {
            let message = format!("has the digest {}, signed is {}", it.actual, it.expected);
            Finding::new("audit.rollback.backup.changed", message).about(it.name.to_string())
        });
        let mut findings: Vec<Finding> = changed.collect();
        let lost = "is signed and is not there";
        findings.extend(of(&self.missing, "audit.rollback.backup.lost", lost));
        let extra = "is there and is not signed";
        findings.extend(of(&self.extra, "audit.rollback.backup.extra", extra));
        findings.extend(self.refused.clone());
        match Findings::new(findings) {
            Some(findings) => Verdict::Rejected(findings),
            None => Verdict::Verified(VerifiedBackup {
                root: self.root,
                key: self.key,
                checked: self.checked_at,
                bytes: self.bytes,
            }),
        }
    }
}

/// Compares every byte of a backup with a signed manifest, before it is used (RC.RP-03 of the NIST
/// Cybersecurity Framework 2.0).
///
/// - Any [`Source`] will do: a folder, a tar file, memory, an object store. Bytes are streamed, so
///   that memory does not grow with the size of the model.
/// - The files have to be those that were signed: none is missing and none is extra. What the source
///   leaves out is listed by [`BackupReport::left_out`].
/// - A link is refused even where the source follows it, since its bytes lie elsewhere.
///
/// # Errors
///
/// [`HashError`] where the bytes cannot be read or change meanwhile, or `control` cancels.
///
/// # Examples
///
/// ```
/// use modelward_artifact::{HashOptions, Manifest, Memory, NoControl};
/// use modelward_audit::rollback::{BackupOptions, verify_backup};
/// use modelward_sign::{SigningKey, VerifyPolicy, sign, verify_statement};
///
/// let file = |bytes: &[u8]| {
///     let file = ("weights.bin".parse()?, bytes.to_vec());
///     Ok::<_, Box<dyn std::error::Error>>(Memory::new("model", [file])?)
/// };
/// let manifest = Manifest::hash_source(&file(b"trained")?, &HashOptions::default(), &NoControl)?;
/// let key = SigningKey::generate();
/// let bundle = sign(&manifest, &key)?;
/// let policy = VerifyPolicy::key(key.public_key().clone());
/// let signed = verify_statement(&bundle, &policy)?;
/// let signed = signed.verified().ok_or("the signature is refused")?;
///
/// let options = BackupOptions::at("2026-11-23T10:00:00Z".parse()?);
/// let report = verify_backup(signed, &file(b"trained")?, &options, &NoControl)?;
/// assert_eq!(report.verdict().verified().map(|it| *it.root()), Some(manifest.root()));
///
/// let report = verify_backup(signed, &file(b"swapped")?, &options, &NoControl)?;
/// assert_eq!(report.mismatched().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn verify_backup(
    signed: &VerifiedStatement,
    source: &dyn Source,
    options: &BackupOptions,
    control: &dyn Control,
) -> Result<BackupReport, HashError> {
    let statement = signed.statement();
    let hashing = options
        .hashing
        .clone()
        .with_algorithm(statement.algorithm());
    let hashing = hashing.with_sharding(Sharding::from(statement.layout()));
    let mut report = BackupReport {
        root: *statement.root(),
        key: signed.signed_by().key_digest(),
        checked_at: options.checked,
        checked: 0,
        bytes: 0,
        missing: Vec::new(),
        extra: Vec::new(),
        mismatched: Vec::new(),
        left_out: Vec::new(),
        collisions: Vec::new(),
        refused: None,
    };
    match Manifest::hash_source(source, &hashing, control) {
        Ok(manifest) => report.compare(statement, &manifest),
        Err(error) => report.refuse(statement, error)?,
    }
    Ok(report)
}

impl BackupReport {
    fn compare(&mut self, statement: &Statement, manifest: &Manifest) {
        let only = manifest.entries().first().filter(|_| {
            // A model of one file that was signed without its name may go by any.
            statement.is_unnamed_file() && manifest.is_single_file()
        });
        let named = |resource: &Resource| match (only, resource.name().shard()) {
            (Some(entry), Some(shard)) => ResourceName::shard_of(entry.path().clone(), shard),
            (Some(entry), None) => ResourceName::file(entry.path().clone()),
            (None, _) => resource.name().clone(),
        };
        let resources = statement.resources().iter();
        let signed: Vec<_> = resources.map(|it| (named(it), it.digest())).collect();
        for difference in manifest.differences(signed.iter().map(|(name, digest)| (name, *digest)))
        {
            match difference {
                Difference::Added { name } => self.extra.push(name),
                Difference::Removed { name } => self.missing.push(name),
                Difference::Changed {
                    name,
                    expected,
                    found: actual,
                } => self.mismatched.push(Mismatch {
                    name,
                    expected,
                    actual,
                }),
            }
        }
        self.checked = manifest.entries().len();
        self.bytes = manifest.total_size();
        self.left_out = [manifest.excluded(), manifest.empty_files()].concat();
        self.collisions = collisions(manifest.entries().iter().map(Entry::path));
        if manifest.links_followed() {
            let message = "a link leads to bytes that lie elsewhere";
            self.refused = Some(Finding::new("audit.rollback.backup.link", message));
        }
    }

    /// A backup that holds what no signer can have signed is refused; the rest is a failure to read.
    fn refuse(&mut self, statement: &Statement, error: HashError) -> Result<(), HashError> {
        match &error {
            HashError::Empty { .. }
            | HashError::Manifest {
                source: ManifestError::Empty,
            } => {
                let resources = statement.resources().iter();
                self.missing = resources.map(|it| it.name().clone()).collect();
                Ok(())
            }
            HashError::Dangling { .. }
            | HashError::LinkedDirectory { .. }
            | HashError::LinkOutside { .. }
            | HashError::Name { .. }
            | HashError::NotRegular { .. }
            | HashError::Symlink { .. } => {
                let found = Finding::new("audit.rollback.backup.link", error.to_string());
                self.refused = Some(found);
                Ok(())
            }
            _ => Err(error),
        }
    }
}
