//! Files and folders that the process may not write to.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use super::damage::{check_inventory, check_log};
use super::{Said, child, is_root, skipped};

/// Words before a command, which then has no rights that root has. Who has none needs no words.
fn without_rights() -> Option<Vec<&'static OsStr>> {
    if !is_root() {
        return Some(Vec::new());
    }
    let words = [
        "setpriv",
        "--reuid=65534",
        "--regid=65534",
        "--clear-groups",
    ];
    // The program itself has to be within reach.
    let program = std::env::current_exe().unwrap();
    let mut trial = Command::new(words[0]);
    let trial = trial.args(&words[1..]).arg(program).arg("--list").output();
    let can = trial.is_ok_and(|output| output.status.success());
    can.then(|| words.map(OsStr::new).to_vec())
}

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Runs a job without the right to write to what it works on, and returns what it said.
fn denied(job: &str, place: &Path, paths: &[&str]) -> Option<Said> {
    let Some(words) = without_rights() else {
        skipped("rights cannot be given up here");
        return None;
    };
    for path in paths {
        let path = place.join(path);
        allow(&path, if path.is_dir() { 0o555 } else { 0o444 });
    }
    let output = child(&words, job, place).output().unwrap();
    for path in paths {
        let path = place.join(path);
        allow(&path, if path.is_dir() { 0o755 } else { 0o644 });
    }
    Some(Said::by(&output, job))
}

#[test]
fn a_log_that_may_not_be_written_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    allow(place, 0o755);
    let Some(said) = denied("log", place, &["."]) else {
        return;
    };
    let code = ["incident.log.file.io".to_owned()];
    assert!(said.all("failed").all(|words| words == code));
    assert_eq!((said.count("failed"), said.count("acknowledged")), (3, 0));
    assert!(!place.join("incidents.jsonl").exists());
    check_log(place, &said, 0, "a folder");

    let before = fs::read(place.join("incidents.jsonl")).unwrap();
    let said = denied("log", place, &["incidents.jsonl"]).unwrap();
    assert_eq!((said.count("failed"), said.count("acknowledged")), (3, 0));
    assert_eq!(fs::read(place.join("incidents.jsonl")).unwrap(), before);
    check_log(place, &said, 1, "a file");
}

#[test]
fn an_inventory_that_may_not_be_written_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    allow(place, 0o755);
    check_inventory(place, &Said(Vec::new()), 0, "a new one");
    for paths in [
        &["a/inventory", "a/inventory/lock"][..],
        &["a/inventory/lock"][..],
    ] {
        let Some(said) = denied("inventory", place, paths) else {
            return;
        };
        let code = ["audit.inventory.store.io".to_owned()];
        assert!(said.all("failed").all(|words| words == code));
        assert_eq!((said.count("failed"), said.count("acknowledged")), (3, 0));
    }
    check_inventory(place, &Said(Vec::new()), 1, "one that was there");
}
