//! What a child of the tests does while its parent makes faults.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process;
use std::thread;

use modelward_artifact::{
    Begun, DigestCache, HashOptions, JsonLimits, Manifest, NoControl, Party, Timestamp,
    write_atomically,
};
use modelward_audit::inventory::{InventoryLimits, InventoryStore, Standing};
use modelward_incident::log::{Context, Draft, Durability, FileOptions, LogFile};
use serde_json::json;

use super::{JOB, PANICKED, PLACE, model, threads};
use crate::inventory::entry;

/// How often each call that a program makes before its work is made in vain, so that those of the
/// work have numbers beyond all that the program itself makes.
pub(super) const WARM: usize = 100;

/// How many entries a job writes that is not to be killed.
const ROUNDS: u32 = 3;

#[test]
#[ignore = "the child of other tests"]
fn works_for_another_test() {
    let (Some(job), Some(place)) = (std::env::var_os(JOB), std::env::var_os(PLACE)) else {
        return;
    };
    let (job, place) = (job.into_string().unwrap(), PathBuf::from(place));
    let work = move || {
        warm();
        catch_unwind(AssertUnwindSafe(|| run(&job, &place))).map_or(PANICKED, |()| 0)
    };
    // A thread of its own begins to count its calls anew.
    let code = thread::scope(|scope| Begun::on_thread(scope, work).join());
    // The output of the test runner is not part of the work.
    process::exit(code);
}

fn run(job: &str, place: &Path) {
    match job {
        "buffered" => buffered(place),
        "cached" => cached(place),
        "inventory" => inventory(place, ROUNDS),
        "inventory-on" => inventory(place, u32::MAX),
        "load" => model::load(place),
        "log" => log(place, ROUNDS),
        "log-on" => log(place, u32::MAX),
        "threads" => threads::work(place),
        "verify" => model::verify(place),
        other => panic!("there is no job `{other}`"),
    }
}

/// Makes calls in vain, as many of each kind as are counted in [`WARM`].
fn warm() {
    let mut buffer = [0];
    for _ in 0..WARM {
        let Ok(mut file) = File::options().read(true).write(true).open("/dev/null") else {
            continue;
        };
        let _ = file.read(&mut buffer);
        let _ = file.write(&buffer);
        let _ = file.seek(SeekFrom::Start(0));
        let _ = file.metadata();
        let _ = std::os::unix::fs::FileExt::read_at(&file, &mut buffer, 0);
    }
}

/// Says something to the parent, if the output takes it, and in one call.
pub(super) fn say(word: &str, what: impl Display) -> bool {
    let line = format!("\nSAID {word} {what}\n");
    io::stdout().write_all(line.as_bytes()).is_ok()
}

/// Appends entries. After a failure it opens the file anew and goes on.
fn log(place: &Path, rounds: u32) {
    let path = place.join("incidents.jsonl");
    let mut failures = 0;
    let mut number = 0;
    while number < rounds && failures < 3 {
        let mut log = match LogFile::open(&path, FileOptions::default()) {
            Ok(log) => log,
            Err(error) => {
                say("failed", error.code());
                failures += 1;
                continue;
            }
        };
        let mut seq = log.chain().len();
        while number < rounds {
            number += 1;
            // Numbers go on where the file begins to be read again.
            let second = u32::try_from(seq).unwrap();
            match log.append(draft(seq, number), &at(second)) {
                Ok(entry) => say("acknowledged", format!("{} {number}", entry.seq())),
                Err(error) => {
                    failures += 1;
                    say("failed", error.code());
                    break;
                }
            };
            seq += 1;
            // Reading in between moves the place in the file.
            match log.entry(0) {
                Ok(entry) => assert!(entry.is_some(), "the first entry is gone"),
                Err(error) => drop(say("unread", error.code())),
            }
        }
    }
}

/// Appends entries without waiting for each, then waits once, and appends one more.
fn buffered(place: &Path) {
    let path = place.join("incidents.jsonl");
    let options = FileOptions::default().with_durability(Durability::Buffered);
    let mut log = LogFile::open(&path, options).unwrap();
    for seq in 0..2 {
        log.append(draft(seq, 1), &at(0)).unwrap();
    }
    match log.sync() {
        Ok(()) => say("acknowledged", log.chain().len()),
        Err(error) => say("failed", error.code()),
    };
    if let Err(error) = log.append(draft(2, 1), &at(0)) {
        say("failed", error.code());
    }
}

fn draft(seq: u64, number: u32) -> Draft {
    Draft::new(json!({"kind": "note", "number": number, "at": seq})).unwrap()
}

pub(super) fn at(second: u32) -> Context {
    let now = Timestamp::from_unix_seconds(1_795_428_000 + i64::from(second)).unwrap();
    Context::new(now, Party::new("Jo Example").unwrap())
}

/// Adds entries, each of which supersedes the one before. After a failure it opens the folder anew.
fn inventory(place: &Path, rounds: u32) {
    let folder = place.join("a/inventory");
    let mut failures = 0;
    let mut done = 0;
    while done < rounds && failures < 3 {
        let mut store = match InventoryStore::open(&folder, InventoryLimits::default()) {
            Ok(store) => store,
            Err(error) => {
                say("failed", error.code());
                failures += 1;
                continue;
            }
        };
        while done < rounds {
            done += 1;
            let newest = store.inventory().entries().last();
            let number = newest.map_or(0, |it| it.id().as_str()[1..].parse::<u32>().unwrap() + 1);
            let active = store.inventory().standing(Standing::Active).last();
            let last = active.map(|it| it.id().clone());
            let next = entry(&format!("e{number:06}"), number);
            let change = store.update(|inventory| match &last {
                Some(last) => inventory.new_version(last, next),
                None => inventory.add(next),
            });
            if let Err(error) = change {
                failures += 1;
                say("failed", error.code());
                break;
            }
            say("acknowledged", format!("e{number:06}"));
        }
    }
}

/// Hashes with a cache that is kept in a file, twice.
fn cached(place: &Path) {
    let (root, kept) = (place.join("model"), place.join("cache.json"));
    let now: Timestamp = "2100-01-01T00:00:00Z".parse().unwrap();
    for _ in 0..2 {
        let limits = JsonLimits::default();
        let text = std::fs::read(&kept).unwrap_or_default();
        let cache = DigestCache::read_json(&text, &limits, now);
        let mut cache = cache.unwrap_or_else(|_| DigestCache::new(now));
        let options = HashOptions::default().with_threads(1);
        match Manifest::hash_cached(&root, &options, &mut cache, &NoControl) {
            Ok(manifest) => drop(say("root", manifest.root())),
            Err(error) => drop(say("failed", error.code())),
        }
        if let Err(error) = write_atomically(&kept, &cache.to_json()) {
            say("failed", error.code());
        }
    }
}
