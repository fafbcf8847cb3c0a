use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use modelward_incident::log::{Durability, FileOptions, LogFile};

use super::{at, draft, log_of};

/// Names the file that the writer of [`a_killed_writer_loses_no_acknowledged_entry`] appends to.
const WRITER: &str = "MODELWARD_TEST_LOG_WRITER";

fn buffered() -> FileOptions {
    FileOptions::default().with_durability(Durability::Buffered)
}

fn opened(path: &Path, bytes: &[u8]) -> LogFile {
    fs::write(path, bytes).unwrap();
    LogFile::open(path, buffered()).unwrap()
}

#[test]
fn a_file_cut_off_at_any_byte_keeps_every_whole_line_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("incidents.jsonl");
    let bytes = log_of(4).to_lines().unwrap();
    for length in 0..=bytes.len() {
        let left = &bytes[..length];
        let whole = left.iter().filter(|byte| **byte == b'\n').count();
        let end = left
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        let mut file = opened(&path, left);
        assert_eq!(file.chain().len(), whole as u64, "cut at {length}");
        let cut = file
            .repair()
            .map(|cut| (cut.offset(), cut.bytes().to_vec()));
        let expected = (end < length).then(|| (end as u64, left[end..].to_vec()));
        assert_eq!(cut, expected, "cut at {length}");
        for number in u32::try_from(whole).unwrap()..4 {
            file.append(draft(number), &at(number)).unwrap();
        }
        assert_eq!(fs::read(&path).unwrap(), bytes, "cut at {length}");
    }
}

#[test]
fn bytes_that_never_reached_the_disk_are_cut_off() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("incidents.jsonl");
    let bytes = log_of(3).to_lines().unwrap();
    let start = log_of(2).to_lines().unwrap().len();
    let mut holed = bytes.clone();
    holed[start + 5..start + 90].fill(0);
    let zeros = [&bytes[..start], &[0; 300]].concat();
    for torn in [holed, zeros] {
        let file = opened(&path, &torn);
        assert_eq!(file.chain().len(), 2);
        assert_eq!(file.repair().unwrap().bytes(), &torn[start..]);
        assert_eq!(fs::read(&path).unwrap(), &bytes[..start]);
    }
}

#[test]
fn a_changed_line_with_zeros_after_it_is_no_reason_to_cut() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("incidents.jsonl");
    let text = String::from_utf8(log_of(3).to_lines().unwrap()).unwrap();
    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
    lines[0] = lines[0].replace("note 0", "note 9");
    lines[2] = lines[2].replace("note 2", "note \0");
    let changed: String = lines.iter().map(|line| format!("{line}\n")).collect();
    fs::write(&path, &changed).unwrap();
    let error = LogFile::open(&path, buffered()).unwrap_err();
    assert_eq!(error.code(), "incident.log.prev");
    assert_eq!(fs::read_to_string(&path).unwrap(), changed);
}

/// Between fork and exec a child has every file of its parent, and what is locked with it.
#[test]
fn a_file_is_free_when_it_is_dropped_whatever_processes_start_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("incidents.jsonl");
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let program = std::env::current_exe().unwrap();
                    let mut child = Command::new(program);
                    let child = child.arg("--help").stdout(Stdio::null());
                    assert!(child.status().unwrap().success());
                }
            });
        }
        let outcomes: Vec<_> = (0..2000)
            .map(|_| LogFile::open(&path, buffered()).map(drop))
            .collect();
        done.store(true, Ordering::Relaxed);
        assert!(
            outcomes.iter().all(Result::is_ok),
            "a lock outlived its file"
        );
    });
}

#[test]
fn a_killed_writer_loses_no_acknowledged_entry() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("incidents.jsonl");
    let mut expected = 0;
    for round in 1..=6 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "log::crash::writes_until_it_is_killed"])
            .args(["--ignored", "--nocapture"])
            .env(WRITER, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut acknowledged = 0;
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        for line in lines.map_while(Result::ok) {
            let Some((_, seq)) = line.split_once("appended ") else {
                continue;
            };
            expected = seq.parse::<u64>().unwrap() + 1;
            acknowledged += 1;
            if acknowledged == round * 7 {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(acknowledged >= round * 7, "the writer ended by itself");
        let file = LogFile::open(&path, buffered()).unwrap();
        assert!(file.chain().len() >= expected, "round {round}");
    }
}

#[test]
#[ignore = "the writer that another test runs and kills"]
fn writes_until_it_is_killed() {
    let Some(path) = std::env::var_os(WRITER) else {
        return;
    };
    let mut file = LogFile::open(Path::new(&path), FileOptions::default()).unwrap();
    let mut out = std::io::stdout();
    for number in u32::try_from(file.chain().len()).unwrap().. {
        let entry = file.append(draft(number), &at(number)).unwrap();
        // The test runner's own output may stand in the same line.
        writeln!(out, "\nappended {}", entry.seq()).unwrap();
        out.flush().unwrap();
    }
}
