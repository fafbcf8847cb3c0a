//! Calls of the operating system that fail, every one of a job once, by `strace`.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::Command;

use modelward_incident::log::{FileOptions, LogFile};

use super::child::WARM;
use super::damage::{check_inventory, check_log};
use super::{Said, child, is_full, model, skipped};

/// The calls of a job that can fail, and whether the program makes them before its work too.
const CALLS: [(&str, bool); 16] = [
    ("fdatasync", false),
    ("flock", false),
    ("fstat", true),
    ("fsync", false),
    ("ftruncate", false),
    ("getdents64", false),
    ("lseek", true),
    ("mkdir", false),
    ("openat", true),
    ("openat2", false),
    ("pread64", true),
    ("read", true),
    ("rename", false),
    ("statx", true),
    ("unlink", false),
    ("write", true),
];

/// The calls that are made again where a signal interrupts them. Listing a folder is not, by the
/// standard library, and is an error then.
const WAITING: [&str; 3] = ["openat2", "pread64", "read"];

/// The most calls of one kind that a job may make: a sweep that does not end is a fault of the test.
const MOST: usize = 400;

/// How a call fails.
#[derive(Clone, Copy)]
struct Failure {
    error: &'static str,
    /// Whether all calls fail from then on.
    lasts: bool,
}

/// The failures that a call is tried with. Retrying an interrupted call for ever is right.
fn failures(job: &str) -> Vec<Failure> {
    let once = |error| Failure {
        error,
        lasts: false,
    };
    let lasting = |error| Failure { error, lasts: true };
    if is_full() {
        let all = ["EIO", "ENOSPC", "EACCES", "EINTR"];
        let lasting = ["EIO", "ENOSPC", "EACCES"].map(lasting);
        return all.map(once).into_iter().chain(lasting).collect();
    }
    match job {
        "log" => vec![once("EIO"), once("EINTR"), lasting("ENOSPC")],
        "verify" => vec![once("EIO"), once("EINTR")],
        _ => vec![once("EIO")],
    }
}

/// Tells whether calls can be made to fail here.
fn can_inject() -> bool {
    let mut command = Command::new("strace");
    let trial = command.args([
        "-f",
        "-o",
        "/dev/null",
        "-e",
        "inject=fsync:error=EIO",
        "true",
    ]);
    trial.output().is_ok_and(|output| output.status.success())
}

/// Runs a job for every call of it and every failure, and looks at each outcome. `prepare` makes what
/// the job works on.
fn sweep(job: &str, prepare: impl Fn(&Path), check: impl Fn(&Path, &Said, (Failure, &str))) {
    if !can_inject() {
        return skipped("calls can be made to fail by strace alone, which cannot be used");
    }
    let mut runs = 0;
    for failure in failures(job) {
        for (call, is_warm) in CALLS {
            let first = if is_warm { WARM + 1 } else { 1 };
            for number in first..=first + MOST {
                assert!(number < first + MOST, "{job}: {call} is called too often");
                let place = tempfile::tempdir().unwrap();
                prepare(place.path());
                let trace = place.path().join("trace");
                let plus = if failure.lasts { "+" } else { "" };
                let inject = format!("inject={call}:error={}:when={number}{plus}", failure.error);
                let words = ["strace", "-f", "--seccomp-bpf", "-e", &inject, "-o"].map(OsStr::new);
                let words = [&words[..], &[trace.as_os_str()]].concat();
                let output = child(&words, job, place.path()).output().unwrap();
                let traced = fs::read_to_string(&trace).unwrap_or_default();
                if !traced.contains("(INJECTED)") {
                    assert_eq!(output.status.code(), Some(0), "{job}: {inject}: {output:?}");
                    break;
                }
                runs += 1;
                let what = format!("{job}, {inject}");
                check(place.path(), &Said::by(&output, &what), (failure, &what));
            }
        }
    }
    assert!(runs > 20, "{job}: {runs} runs");
    writeln!(
        io::stdout(),
        "{job}: {runs} runs, each with a call that fails"
    )
    .ok();
}

#[test]
fn a_log_loses_nothing_acknowledged_whatever_call_fails() {
    sweep(
        "log",
        |_| (),
        |place, said, (_, what)| {
            let failed = said.count("failed");
            assert!(
                failed + said.count("acknowledged") + said.count("unread") > 0 || is_mute(what)
            );
            // What failed may be there; and so may the last, where the failure is of the output.
            check_log(place, said, failed + 1, what);
        },
    );
}

#[test]
fn an_inventory_loses_nothing_acknowledged_whatever_call_fails() {
    sweep(
        "inventory",
        |_| (),
        |place, said, (_, what)| {
            check_inventory(place, said, 4, what);
        },
    );
}

/// Where the output is what fails, nothing is said.
fn is_mute(what: &str) -> bool {
    what.contains("write")
}

#[test]
fn a_model_that_was_changed_is_never_verified_whatever_call_fails() {
    for job in ["verify", "load"] {
        let prepare = |place: &Path| {
            model::make(place);
            model::change(place);
        };
        sweep(job, prepare, |_, said, (_, what)| {
            assert_eq!(said.count("verified") + said.count("wrong"), 0, "{what}");
        });
    }
}

#[test]
fn a_model_that_was_signed_is_verified_once_the_failure_is_over() {
    for (job, times) in [("verify", 2), ("load", 4)] {
        sweep(
            job,
            |place| drop(model::make(place)),
            |_, said, (failure, what)| {
                assert_eq!(said.count("wrong"), 0, "{what}");
                let missing = times - said.count("verified");
                let is_waiting = WAITING
                    .iter()
                    .any(|call| what.contains(&format!("={call}:")));
                if failure.error == "EINTR" && is_waiting {
                    assert_eq!(missing, 0, "{what}: an interrupted call is made again");
                }
                // Opening failed, so that there was nothing to ask twice.
                let most = if job == "load" { 2 } else { 1 };
                assert!(
                    failure.lasts || missing <= most,
                    "{what}: {missing} missing"
                );
            },
        );
    }
}

#[test]
fn digests_that_are_kept_are_the_true_ones_whatever_call_fails() {
    let root = std::cell::RefCell::new(String::new());
    let prepare = |place: &Path| drop(root.replace(model::make(place)));
    sweep("cached", prepare, |place, said, (failure, what)| {
        for words in said.all("root") {
            assert_eq!(words[0], *root.borrow(), "{what}");
        }
        let is_there = said.count("root") > 0 || said.count("failed") > 0;
        assert!(is_there || failure.lasts || is_mute(what), "{what}");
        // What was kept amid the failure serves without one.
        let output = child(&[], "cached", place).output().unwrap();
        let again = Said::by(&output, what);
        assert_eq!(again.count("root"), 2, "{what}");
        assert!(again.all("root").all(|words| words[0] == *root.borrow()));
    });
}

/// Lists the files and folders that a job waited for, in their order, by their names below its place.
fn waited_for(job: &str, place: &Path) -> Vec<String> {
    let trace = place.join("trace");
    let words = ["strace", "-f", "-y", "-e", "trace=fsync,fdatasync", "-o"].map(OsStr::new);
    let words = [&words[..], &[trace.as_os_str()]].concat();
    let output = child(&words, job, place).output().unwrap();
    assert_eq!(Said::by(&output, job).count("failed"), 0, "{output:?}");
    let trace = fs::read_to_string(&trace).unwrap();
    let place = place.canonicalize().unwrap();
    let below = |line: &str| {
        let (_, path) = line.split_once('<')?;
        let path = Path::new(path.split_once('>')?.0);
        Some(path.strip_prefix(&place).ok()?.to_str()?.to_owned())
    };
    trace.lines().filter_map(below).collect()
}

#[test]
fn what_is_acknowledged_is_on_the_disk_with_the_names_that_lead_to_it() {
    if !can_inject() {
        return skipped("what is waited for is seen by strace alone, which cannot be used");
    }
    let place = tempfile::tempdir().unwrap();
    let entry = "incidents.jsonl";
    // The name of the file, then each entry.
    let expected = ["", entry, entry, entry];
    assert_eq!(waited_for("log", place.path()), expected);

    // Without waiting for each, once for all.
    let place = tempfile::tempdir().unwrap();
    assert_eq!(waited_for("buffered", place.path()), ["", entry]);

    let place = tempfile::tempdir().unwrap();
    let waited = waited_for("inventory", place.path());
    // The folder's own name and that of the one above it, before anything is written into them.
    assert_eq!(waited[..2], ["a", ""]);
    let folder = "a/inventory";
    let is_folder = |name: &&String| name.as_str() == folder;
    let hidden = |name: &&String| name.starts_with("a/inventory/.");
    assert!(waited[2..].iter().all(|it| is_folder(&it) || hidden(&it)));
    // One for the entries and one for the index of each change, and one for the first index.
    assert_eq!(
        waited.iter().filter(is_folder).count(),
        2 * 3 + 1,
        "{waited:?}"
    );
    assert_eq!(waited.last().map(String::as_str), Some(folder));

    let place = tempfile::tempdir().unwrap();
    model::make(place.path());
    let waited = waited_for("cached", place.path());
    assert_eq!(waited.last().map(String::as_str), Some(""), "{waited:?}");
}

#[test]
fn a_wait_that_fails_is_told_and_the_log_takes_nothing_more() {
    if !can_inject() {
        return skipped("calls can be made to fail by strace alone, which cannot be used");
    }
    let place = tempfile::tempdir().unwrap();
    let inject = "inject=fdatasync:error=EIO:when=1";
    let words = ["strace", "-f", "-e", inject, "-o", "/dev/null"].map(OsStr::new);
    let output = child(&words, "buffered", place.path()).output().unwrap();
    let said = Said::by(&output, inject);
    let codes: Vec<_> = said.all("failed").map(|words| words[0].as_str()).collect();
    assert_eq!(codes, ["incident.log.file.io", "incident.log.file.broken"]);
    assert_eq!(said.count("acknowledged"), 0);
    // What was appended is there, and opening the file anew tells.
    let log = LogFile::open(
        &place.path().join("incidents.jsonl"),
        FileOptions::default(),
    );
    assert_eq!(log.unwrap().chain().len(), 2);
}
