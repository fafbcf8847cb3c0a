//! Writers that are killed at any moment.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use super::damage::{check_inventory, check_log};
use super::{Said, child, is_full};

/// How often a writer is killed.
fn runs() -> u64 {
    if is_full() { 500 } else { 50 }
}

/// Starts a writer, lets it acknowledge something, and kills it after some time more, which is
/// another one each time. Returns what it said.
fn killed(job: &str, place: &Path, run: u64) -> Said {
    let mut writer = child(&[], job, place)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(writer.stdout.take().unwrap()).lines();
    let mut text = String::new();
    let mut acknowledged = 0;
    for line in lines.by_ref().map_while(Result::ok) {
        acknowledged += u64::from(line.starts_with("SAID acknowledged"));
        text += &line;
        text.push('\n');
        if acknowledged > run % 5 {
            break;
        }
    }
    // Steps that fit no rhythm of the writer, up to some of its turns.
    thread::sleep(Duration::from_micros(run * 7919 % 6000));
    writer.kill().unwrap();
    for line in lines.map_while(Result::ok) {
        text += &line;
        text.push('\n');
    }
    let status = writer.wait().unwrap();
    assert_eq!(status.code(), None, "the writer ended by itself: {text}");
    // A line that was cut was not said.
    let said = Said::of(&text);
    assert!(said.count("acknowledged") > 0 && said.count("failed") == 0);
    said
}

#[test]
fn a_log_whose_writer_is_killed_at_any_moment_keeps_all_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    for run in 0..runs() {
        let place = folder.path().join((run / 25).to_string());
        std::fs::create_dir_all(&place).unwrap();
        let said = killed("log-on", &place, run);
        check_log(&place, &said, 1, &format!("run {run}"));
    }
}

#[test]
fn an_inventory_whose_writer_is_killed_at_any_moment_keeps_all_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    for run in 0..runs() {
        let place = folder.path().join(run.to_string());
        std::fs::create_dir_all(&place).unwrap();
        let said = killed("inventory-on", &place, run);
        check_inventory(&place, &said, 1, &format!("run {run}"));
    }
}
