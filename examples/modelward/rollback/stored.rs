//! Signatures and stored copies that a history names: verified here, since no document proves them.

use std::path::{Path, PathBuf};

use modelward::artifact::escape::Terminal;
use modelward::artifact::{EntryPath, Folder, HashOptions, WalkOptions, read_file};
use modelward::audit::rollback::{
    BackupOptions, BackupReport, MemberRecord, Release, ReleaseRecord, RestoredMember, StoredFile,
    VerifiedBackup, verify_backup,
};
use modelward::sign::{VerifiedStatement, VerifyPolicy, verify_statement};
use modelward::{Digest, Manifest, Timestamp, Verdict};

use crate::failure::Failure;
use crate::hashing::Reading;
use crate::progress::Progress;
use crate::{bundle, inside, sums};

/// Where the files of a history are, and whom to trust.
pub(super) struct Store<'a> {
    folder: &'a Path,
    policy: VerifyPolicy,
    reading: &'a Reading,
    now: Timestamp,
    unused: Vec<String>,
}

/// What verifying came to; of what could not be read nothing is known.
type Proofs = (
    Option<Verdict<VerifiedStatement>>,
    Option<Verdict<VerifiedBackup>>,
);

impl<'a> Store<'a> {
    pub(super) const fn new(
        folder: &'a Path,
        policy: VerifyPolicy,
        reading: &'a Reading,
        now: Timestamp,
    ) -> Self {
        Self {
            folder,
            policy,
            reading,
            now,
            unused: Vec::new(),
        }
    }

    pub(super) fn into_unused(self) -> Vec<String> {
        self.unused
    }

    pub(super) fn release(&mut self, record: &ReleaseRecord) -> Release {
        let mut release = record.to_release();
        let name = record.version.as_str();
        if let Some(manifest) = &record.manifest
            && let Err(failure) = self.check_manifest(manifest, &record.root)
        {
            self.pass_over(name, &failure);
            return release;
        }
        let (signed, backup) = self.proofs(name, (record.bundle.as_ref(), record.backup.as_ref()));
        if let Some(signed) = &signed {
            release = release.with_statement(signed);
        }
        match &backup {
            None => release,
            Some(backup) => release.with_backup(backup),
        }
    }

    pub(super) fn member(&mut self, record: &MemberRecord) -> RestoredMember {
        let mut member = record.to_member();
        let files = (record.bundle.as_ref(), record.backup.as_ref());
        let (signed, backup) = self.proofs(record.node.as_str(), files);
        if let Some(signed) = &signed {
            member = member.with_statement(signed);
        }
        match &backup {
            None => member,
            Some(backup) => member.with_backup(backup),
        }
    }

    fn proofs(
        &mut self,
        name: &str,
        (bundle, backup): (Option<&StoredFile>, Option<&EntryPath>),
    ) -> Proofs {
        let Some(bundle) = bundle else {
            return (None, None);
        };
        let signed = match self.statement(bundle) {
            Ok(signed) => signed,
            Err(failure) => {
                self.pass_over(name, &failure);
                return (None, None);
            }
        };
        let (Some(statement), Some(backup)) = (signed.verified(), backup) else {
            return (Some(signed), None);
        };
        let (backup, file) = (self.at(backup), self.at(&bundle.path));
        let compared = compare(statement, (&backup, &file), self.reading, self.now);
        let verdict = match compared {
            Ok(report) => Some(report.verdict()),
            Err(failure) => {
                self.pass_over(name, &failure);
                None
            }
        };
        (Some(signed), verdict)
    }

    fn statement(&self, stored: &StoredFile) -> Result<Verdict<VerifiedStatement>, Failure> {
        let path = self.at(&stored.path);
        let bytes = read_file(&path, bundle::MAX_BYTES)?;
        meant(stored, &path, &bytes)?;
        let (read, limits) = bundle::parse(&path, &bytes)?;
        let policy = self.policy.clone().with_limits(limits);
        Ok(verify_statement(&read, &policy)?)
    }

    fn check_manifest(&self, stored: &StoredFile, root: &Digest) -> Result<(), Failure> {
        let path = self.at(&stored.path);
        let (bytes, limits) = sums::read(&path)?;
        meant(stored, &path, &bytes)?;
        let manifest = Manifest::read_json(&bytes, &limits);
        let manifest = manifest.map_err(|error| Failure::at(&path, error))?;
        if manifest.root() == *root {
            return Ok(());
        }
        let found = manifest.root();
        Err(other(
            &path,
            format!("the root digest is {found}, not {root}"),
        ))
    }

    fn at(&self, path: &EntryPath) -> PathBuf {
        self.folder.join(path.as_str())
    }

    fn pass_over(&mut self, name: &str, failure: &Failure) {
        let text = format!("{}: {} [{}]", Terminal(name), failure.text, failure.code);
        self.unused.push(text);
    }
}

fn meant(stored: &StoredFile, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if stored.is(bytes) {
        return Ok(());
    }
    Err(other(
        path,
        "these are not the bytes that the history means",
    ))
}

fn other(path: &Path, text: impl std::fmt::Display) -> Failure {
    let shown = path.to_string_lossy();
    let text = format!("{}: {text}", Terminal(&shown));
    Failure::new("rollback.stored.other", text)
}

/// Compares a stored copy with what was signed. A signature that lies in the copy is no part of it.
pub(super) fn compare(
    signed: &VerifiedStatement,
    (backup, signature): (&Path, &Path),
    reading: &Reading,
    now: Timestamp,
) -> Result<BackupReport, Failure> {
    let options = reading.options();
    let ignored = reading.ignored().iter().cloned();
    let ignored = ignored.chain(inside(backup, signature));
    let walk = ignored.fold(options.walk().clone(), WalkOptions::with_ignored);
    let options: HashOptions = options.with_walk(walk);
    let source = Folder::for_hashing(backup, &options)?;
    let options = BackupOptions::at(now).with_hashing(options);
    Ok(verify_backup(signed, &source, &options, &Progress::new())?)
}
