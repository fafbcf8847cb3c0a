use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::{
    Collision, Difference, Digest, Entry, EntryPath, Finding, Findings, GitPaths, Manifest,
    ResourceName, Verdict, collisions,
};

use super::VerifiedModel;
use crate::{Resource, Statement, UnsignedFiles, VerifyPolicy};

/// What the files of a model come to, beside a statement.
#[derive(Default)]
pub(super) struct Comparison {
    pub(super) refusals: Vec<Finding>,
    pub(super) warnings: Vec<Finding>,
}

impl Comparison {
    pub(super) fn of(statement: &Statement, manifest: &Manifest, policy: &VerifyPolicy) -> Self {
        let signed = signed(statement, manifest);
        let left_out = left_out(statement, policy);
        let paths: BTreeSet<_> = signed.keys().map(ResourceName::path).collect();
        let mut comparison = Self::default();
        for difference in manifest.differences(signed.iter().map(|(name, digest)| (name, *digest)))
        {
            let path = difference.path();
            // A shard that a signed file has grown by is no file of its own.
            let is_unsigned = !paths.contains(path);
            let tolerated = match &difference {
                Difference::Added { .. } => {
                    is_unsigned
                        && (policy.unsigned() == UnsignedFiles::Warn
                            || left_out.iter().any(|left_out| covers(left_out, path)))
                }
                Difference::Changed { .. } | Difference::Removed { .. } => false,
            };
            if tolerated {
                comparison.warnings.push(unsigned(path));
            } else {
                let finding = describe(&difference, manifest, &signed);
                comparison.refusals.push(finding);
            }
        }
        let unsigned = manifest.excluded().iter().chain(manifest.empty_files());
        comparison.warnings.extend(unsigned.map(self::unsigned));
        comparison.warnings.extend(one_on_some_disks(&paths));
        comparison
    }
}

/// Lists the paths that the statement or the policy leave out.
///
/// Version control's own files are left out where the statement does not say what was, but for
/// those of them that are signed.
pub(super) fn left_out(statement: &Statement, policy: &VerifyPolicy) -> Vec<EntryPath> {
    let mut paths = [statement.ignored(), policy.ignored()].concat();
    if [statement.git_paths(), policy.git_paths()].contains(&GitPaths::Ignore) {
        let names = GitPaths::NAMES.iter();
        let git = names.filter_map(|name| name.parse::<EntryPath>().ok());
        paths.extend(git.filter(|path| !is_signed(statement, path)));
    }
    paths
}

/// Tells whether a path or one below it is signed.
fn is_signed(statement: &Statement, path: &EntryPath) -> bool {
    let mut resources = statement.resources().iter();
    resources.any(|resource| covers(path, resource.path()))
}

/// Refuses a model of which no file is there any more.
pub(super) fn all_removed(statement: &Statement) -> Verdict<VerifiedModel> {
    let removed =
        |resource: &Resource| removed(resource.digest()).about(resource.name().to_string());
    let findings = statement.resources().iter().map(removed).collect();
    Verdict::Rejected(Findings::new(findings).unwrap_or_else(|| {
        let message = "the model has no files";
        Finding::new("sign.file.removed", message).into()
    }))
}

/// Lists what was signed, under the names that it has in the manifest.
///
/// A model of one file that was signed as `.` may go by any name, but it must be a file.
pub(crate) fn signed<'a>(
    statement: &'a Statement,
    manifest: &Manifest,
) -> BTreeMap<ResourceName, &'a Digest> {
    let renamed = manifest.entries().first().map(Entry::path);
    let renamed = renamed.filter(|_| statement.is_unnamed_file() && manifest.is_single_file());
    let name = |resource: &Resource| match (renamed, resource.name().shard()) {
        (Some(path), Some(shard)) => ResourceName::shard_of(path.clone(), shard),
        (Some(path), None) => ResourceName::file(path.clone()),
        (None, _) => resource.name().clone(),
    };
    let resources = statement.resources().iter();
    resources
        .map(|resource| (name(resource), resource.digest()))
        .collect()
}

/// Tells whether leaving out a path leaves out another, its own or one below it.
fn covers(left_out: &EntryPath, path: &EntryPath) -> bool {
    let rest = path.as_str().strip_prefix(left_out.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn describe(
    difference: &Difference,
    manifest: &Manifest,
    signed: &BTreeMap<ResourceName, &Digest>,
) -> Finding {
    let name = difference.name();
    let found = manifest
        .entries()
        .binary_search_by(|entry| entry.name().cmp(name))
        .map_or(0, |index| manifest.entries()[index].size());
    let finding = match difference {
        Difference::Added { .. } => {
            let message = format!("the file is not signed, it has {found} bytes");
            Finding::new("sign.file.added", message)
        }
        Difference::Changed {
            expected,
            found: digest,
            ..
        } => {
            let message =
                format!("the file has {found} bytes and the digest {digest}, signed is {expected}");
            Finding::new("sign.file.changed", message)
        }
        Difference::Removed { .. } => match signed.get(name) {
            Some(digest) => removed(digest),
            None => Finding::new("sign.file.removed", "the file is missing"),
        },
    };
    finding.about(name.to_string())
}

/// Warns of signed names that some disks take for one, so that one file would replace another there.
fn one_on_some_disks(paths: &BTreeSet<&EntryPath>) -> Vec<Finding> {
    let warn = |collision: &Collision| {
        let names: Vec<_> = collision.paths().iter().map(EntryPath::as_str).collect();
        let message = format!(
            "some disks take these signed names for one: {}",
            names.join(", ")
        );
        Finding::new("sign.file.collision", message)
    };
    let found = collisions(paths.iter().copied());
    found.iter().map(warn).collect()
}

fn removed(digest: &Digest) -> Finding {
    let message = format!("the file is signed with the digest {digest} and is missing");
    Finding::new("sign.file.removed", message)
}

fn unsigned(path: &EntryPath) -> Finding {
    let message = "the path exists and is not covered by the signature";
    Finding::new("sign.file.unsigned", message).about(path.as_str())
}
