//! Faults of the operating system under the stores and under verification: calls that fail, disks
//! that are full, rights that are missing, and processes that are killed.
//!
//! The work is done by a child, which is this program again; see [`child`].

mod child;
mod damage;
mod disk;
mod killed;
mod model;
mod rights;
mod system;
mod threads;

use std::env;
use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Names the job of the child.
const JOB: &str = "MODELWARD_TEST_FAULT_JOB";

/// Names the folder that the child works in.
const PLACE: &str = "MODELWARD_TEST_FAULT_PLACE";

/// What a child ends with whose job panicked.
const PANICKED: i32 = 70;

/// Tells whether everything is to be run that takes long.
fn is_full() -> bool {
    env::var_os("MODELWARD_FULL").is_some()
}

/// Makes the command of a child, after the words of a program that starts it, if there are any.
fn child(before: &[&OsStr], job: &str, place: &Path) -> Command {
    let program = env::current_exe().unwrap();
    let words = before.iter().copied().chain([program.as_os_str()]);
    let mut words = words.collect::<Vec<_>>().into_iter();
    let mut command = Command::new(words.next().unwrap());
    command
        .args(words)
        .args(["--exact", "faults::child::works_for_another_test"])
        .args(["--ignored", "--nocapture", "--test-threads=1"])
        .env(JOB, job)
        .env(PLACE, place)
        .stdin(Stdio::null());
    command
}

/// What a child said: its words in lines that begin with `SAID`.
struct Said(Vec<Vec<String>>);

impl Said {
    fn by(output: &Output, what: &str) -> Self {
        let text = String::from_utf8_lossy(&output.stdout);
        let stderr = String::from_utf8_lossy(&output.stderr);
        let panicked = output.status.code() == Some(PANICKED);
        assert!(!panicked, "{what}: a panic\n{text}\n{stderr}");
        Self::of(&text)
    }

    fn of(text: &str) -> Self {
        let lines = text.lines().filter_map(|line| line.strip_prefix("SAID "));
        let words = |line: &str| line.split(' ').map(ToOwned::to_owned).collect();
        Self(lines.map(words).collect())
    }

    /// Returns what stands after a word, each time that it was said.
    fn all<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a [String]> {
        let said = self.0.iter().filter(move |words| words[0] == word);
        said.map(|words| &words[1..])
    }

    fn count(&self, word: &str) -> usize {
        self.all(word).count()
    }
}

/// Says that a test cannot run here. Where `.ci/run` calls, it has to.
fn skipped(why: &str) {
    assert!(env::var_os("MODELWARD_NO_SKIP").is_none(), "{why}");
    let _ = writeln!(io::stderr(), "SKIPPED: {why}");
}

/// Tells whether this process may do everything.
fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout == b"0\n")
}
