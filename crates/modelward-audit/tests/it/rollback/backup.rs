//! Stored bytes beside signed manifests.

use std::fs;
use std::path::Path;
use std::time::Duration;

use modelward_artifact::{
    EntryPath, Folder, HashOptions, Manifest, Memory, NoControl, Sharding, Symlinks, WalkOptions,
};
use modelward_audit::rollback::{BackupOptions, BackupReport, verify_backup};
use modelward_sign::{SigningKey, VerifiedStatement, VerifyPolicy, sign, verify_statement};

use super::day;

const FILES: [(&str, &str); 3] = [
    ("config.json", "{}"),
    ("shards/1.bin", "the first"),
    ("shards/2.bin", "the second"),
];

fn memory(files: &[(&str, &str)]) -> Memory {
    let file = |(path, bytes): &(&str, &str)| -> (EntryPath, Vec<u8>) {
        (path.parse().unwrap(), bytes.as_bytes().to_vec())
    };
    Memory::new("model", files.iter().map(file)).unwrap()
}

fn signed(options: &HashOptions) -> VerifiedStatement {
    signed_by_some_key(&Manifest::hash_source(&memory(&FILES), options, &NoControl).unwrap())
}

fn signed_by_some_key(manifest: &Manifest) -> VerifiedStatement {
    let key = SigningKey::generate();
    let bundle = sign(manifest, &key).unwrap();
    let policy = VerifyPolicy::key(key.public_key().clone());
    let verdict = verify_statement(&bundle, &policy).unwrap();
    verdict.into_result().unwrap()
}

fn compare(files: &[(&str, &str)]) -> BackupReport {
    let options = BackupOptions::at(day(1));
    let signed = signed(&HashOptions::default());
    verify_backup(&signed, &memory(files), &options, &NoControl).unwrap()
}

#[test]
fn a_backup_with_the_signed_bytes_is_verified_whatever_the_layout_of_the_manifest() {
    let shards = Sharding::Size(4.try_into().unwrap());
    for options in [
        HashOptions::default(),
        HashOptions::default().with_sharding(shards),
    ] {
        let signed = signed(&options);
        let at = BackupOptions::at(day(1));
        let report = verify_backup(&signed, &memory(&FILES), &at, &NoControl).unwrap();
        assert_eq!(report.bytes(), 21);
        let backup = report.verdict().into_result().unwrap();
        assert_eq!(backup.root(), signed.statement().root());
        assert_eq!(backup.signed_by(), &signed.signed_by().key_digest());
        assert_eq!((backup.checked(), backup.bytes()), (day(1), 21));
    }
}

#[test]
fn each_difference_is_listed_and_none_is_forgiven() {
    let [config, first, second] = FILES;
    let swapped = [config, first, ("shards/2.bin", "the sec0nd")];
    let report = compare(&swapped);
    assert_eq!(report.checked(), 3);
    let mismatch = &report.mismatched()[0];
    assert_eq!(mismatch.name.to_string(), "shards/2.bin");
    assert_ne!(mismatch.expected, mismatch.actual);
    for (files, code, name) in [
        (&swapped[..], "changed", "shards/2.bin"),
        (&[config, first][..], "lost", "shards/2.bin"),
        (
            &[config, first, second, ("run.py", "")][..],
            "extra",
            "run.py",
        ),
        (
            &[config, first, ("shards/2.BIN", "the second")],
            "lost",
            "shards/2.bin",
        ),
    ] {
        let findings = compare(files).verdict().into_result().unwrap_err();
        let code = format!("audit.rollback.backup.{code}");
        let found = findings.iter().find(|it| it.code() == code);
        assert_eq!(found.and_then(|it| it.subject()), Some(name), "{findings}");
    }
    let more = [config, first, second, ("run.py", "")];
    let report = compare(&more);
    let extra: Vec<_> = report.extra().iter().map(ToString::to_string).collect();
    assert_eq!(extra, ["run.py"]);
    let more = [config, first, second, ("Config.json", "")];
    assert_eq!(compare(&more).collisions().len(), 1);
}

#[test]
fn a_model_of_one_file_that_was_signed_with_a_name_goes_by_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let [alone, renamed] = ["weights.bin", "renamed.bin"].map(|name| folder.path().join(name));
    let signed = |path: &Path| {
        fs::write(path, "weights").unwrap();
        let manifest = Manifest::hash(path, &HashOptions::default(), &NoControl).unwrap();
        signed_by_some_key(&manifest)
    };
    let (signed, _) = (signed(&alone), signed(&renamed));
    let codes = |stored: &Path| -> Vec<String> {
        let source = Folder::open(stored, WalkOptions::default()).unwrap();
        let options = BackupOptions::at(day(1));
        let report = verify_backup(&signed, &source, &options, &NoControl).unwrap();
        let findings = report.verdict().into_result().err();
        let findings = findings.iter().flat_map(|it| it.iter());
        findings.map(|it| it.code().to_owned()).collect()
    };
    assert!(codes(&alone).is_empty());
    let expected = ["extra", "lost"].map(|it| format!("audit.rollback.backup.{it}"));
    assert_eq!(codes(&renamed), expected);
}

#[test]
fn a_backup_that_has_no_files_lost_them_all() {
    let folder = tempfile::tempdir().unwrap();
    let source = Folder::open(folder.path(), WalkOptions::default()).unwrap();
    let signed = signed(&HashOptions::default());
    let options = BackupOptions::at(day(1));
    let report = verify_backup(&signed, &source, &options, &NoControl).unwrap();
    assert_eq!(report.missing().len(), 3);
    assert!(report.verdict().rejected().is_some());
}

#[cfg(unix)]
#[test]
fn a_link_is_refused_even_where_it_is_followed_and_leads_to_the_signed_bytes() {
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::create_dir(folder.path().join("shards")).unwrap();
    for (path, bytes) in &FILES[..2] {
        fs::write(folder.path().join(path), bytes).unwrap();
    }
    let target = elsewhere.path().join("2.bin");
    fs::write(&target, FILES[2].1).unwrap();
    std::os::unix::fs::symlink(target, folder.path().join("shards/2.bin")).unwrap();
    let signed = signed(&HashOptions::default());
    for symlinks in [Symlinks::Refuse, Symlinks::FollowAnywhere] {
        let walk = WalkOptions::default().with_symlinks(symlinks);
        let source = Folder::open(folder.path(), walk).unwrap();
        let options = BackupOptions::at(day(1));
        let report = verify_backup(&signed, &source, &options, &NoControl).unwrap();
        let findings = report.verdict().into_result().unwrap_err();
        assert!(findings.has("audit.rollback.backup.link"), "{findings}");
    }
}

#[test]
fn what_the_source_leaves_out_is_said() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("shards")).unwrap();
    for (path, bytes) in [&FILES[..], &[("model.sig", "{}")]].concat() {
        fs::write(folder.path().join(path), bytes).unwrap();
    }
    let walk = WalkOptions::default().with_ignored("model.sig".parse().unwrap());
    let source = Folder::open(folder.path(), walk).unwrap();
    let signed = signed(&HashOptions::default());
    let options = BackupOptions::at(day(1));
    let report = verify_backup(&signed, &source, &options, &NoControl).unwrap();
    assert_eq!(report.left_out(), ["model.sig".parse().unwrap()]);
    assert!(report.verdict().verified().is_some());
}

#[test]
fn a_backup_is_fresh_for_as_long_as_the_policy_says_and_not_before_it_was_read() {
    let backup = compare(&FILES).verdict().into_result().unwrap();
    let day_long = Duration::from_secs(24 * 60 * 60);
    for (now, stale) in [
        (day(0), true),
        (day(1), false),
        (day(2), false),
        (day(3), true),
    ] {
        assert_eq!(backup.is_stale(now, day_long), stale, "{now}");
    }
}
