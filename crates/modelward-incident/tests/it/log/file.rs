use std::fs;

use modelward_artifact::escape::TerminalPath;
use modelward_incident::log::{Durability, FileOptions, LogFile, LogLimits};

use super::{at, draft, log_of, origin};

fn buffered() -> FileOptions {
    FileOptions::default().with_durability(Durability::Buffered)
}

#[test]
fn a_file_grows_over_several_openings_into_the_log_of_memory() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("incidents.jsonl");
    for number in 0..6 {
        let options = if number % 2 == 0 {
            buffered()
        } else {
            FileOptions::default()
        };
        let mut file = LogFile::open(&path, options).unwrap();
        assert_eq!(file.chain().len(), u64::from(number));
        let entry = file.append(draft(number), &at(number)).unwrap();
        assert_eq!(file.entry(u64::from(number)).unwrap(), Some(entry));
        file.sync().unwrap();
    }
    let log = log_of(6);
    assert_eq!(fs::read(&path).unwrap(), log.to_lines().unwrap());
    let mut file = LogFile::open(&path, buffered()).unwrap();
    assert_eq!(file.chain().root(), log.root());
    assert!(file.repair().is_none());
    for (seq, entry) in log.entries().iter().enumerate() {
        assert_eq!(file.entry(seq as u64).unwrap().as_ref(), Some(entry));
    }
    assert_eq!(file.entry(6).unwrap(), None);
    assert_eq!(file.entry(u64::MAX).unwrap(), None);
    // Reading back leaves the place where the next entry goes.
    file.append(draft(6), &at(6)).unwrap();
    assert_eq!(fs::read(&path).unwrap(), log_of(7).to_lines().unwrap());
    let reading = LogFile::read(&path, LogLimits::default()).unwrap();
    let grown = reading
        .readable()
        .chain()
        .verify_against(&log.chain().checkpoint(origin()));
    assert_eq!(grown.verified().unwrap().added(), 1);
}

#[test]
fn a_second_writer_is_kept_out_until_the_first_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("incidents.jsonl");
    let first = LogFile::open(&path, buffered()).unwrap();
    let error = LogFile::open(&path, buffered()).unwrap_err();
    assert_eq!(error.code(), "incident.log.file.locked");
    drop(first);
    assert!(LogFile::open(&path, buffered()).is_ok());
}

#[test]
fn one_who_writes_in_spite_of_the_lock_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("incidents.jsonl");
    let mut file = LogFile::open(&path, buffered()).unwrap();
    file.append(draft(0), &at(0)).unwrap();
    let sound = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{sound}more")).unwrap();
    let error = file.append(draft(1), &at(1)).unwrap_err();
    assert_eq!(error.code(), "incident.log.file.touched");
    fs::write(&path, sound.replace("note 0", "note 9")).unwrap();
    assert_eq!(
        file.entry(0).unwrap_err().code(),
        "incident.log.file.touched"
    );
    fs::write(&path, sound).unwrap();
    file.append(draft(1), &at(1)).unwrap();
    assert_eq!(fs::read(&path).unwrap(), log_of(2).to_lines().unwrap());
}

#[test]
fn a_refused_entry_leaves_the_file_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("incidents.jsonl");
    let size = log_of(1).to_lines().unwrap().len() as u64;
    let limits = LogLimits::default().with_max_bytes(size - 1);
    let mut file = LogFile::open(&path, buffered().with_limits(limits)).unwrap();
    file.append(draft(0), &at(5)).unwrap_err();
    assert_eq!(fs::metadata(&path).unwrap().len(), 0);
    drop(file);
    // Of just the size that is allowed.
    let limits = LogLimits::default().with_max_bytes(size);
    let mut file = LogFile::open(&path, buffered().with_limits(limits)).unwrap();
    file.append(draft(0), &at(5)).unwrap();
    let error = file.append(draft(1), &at(6)).unwrap_err();
    assert_eq!(error.code(), "incident.log.append.too_large");
    drop(file);
    let mut file = LogFile::open(&path, buffered().with_limits(limits)).unwrap();
    let before = fs::read(&path).unwrap();
    let error = file.append(draft(1), &at(4)).unwrap_err();
    assert_eq!(error.code(), "incident.log.append.time");
    assert_eq!(fs::read(&path).unwrap(), before);
    drop(file);
    let small = LogLimits::default().with_max_bytes(before.len() as u64 - 1);
    let error = LogFile::open(&path, buffered().with_limits(small)).unwrap_err();
    assert_eq!(error.code(), "incident.log.file.too_large");
}

#[test]
fn a_log_that_was_changed_is_refused_left_as_it_is_and_readable_up_to_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("incidents.jsonl");
    let log = log_of(6);
    let text = String::from_utf8(log.to_lines().unwrap()).unwrap();
    let table = [
        (text.replace("note 3", "note 9"), 3, "incident.log.changed"),
        (
            text.replace("\"seq\":5}", "\"seq\":5 }"),
            5,
            "incident.log.canonical",
        ),
        (text.replace("note 2", "note \0"), 2, "incident.log.entry"),
        (format!("{text}\n"), 6, "incident.log.entry"),
    ];
    for (changed, seq, code) in table {
        fs::write(&path, &changed).unwrap();
        let error = LogFile::open(&path, buffered()).unwrap_err();
        assert_eq!(error.code(), code);
        assert_eq!(fs::read_to_string(&path).unwrap(), changed);
        let reading = LogFile::read(&path, LogLimits::default()).unwrap();
        assert_eq!(reading.fault().unwrap().seq(), seq);
        assert_eq!(reading.readable().len(), seq);
    }
}

#[test]
fn what_is_no_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let error = LogFile::open(folder.path(), buffered()).unwrap_err();
    assert_eq!(error.code(), "incident.log.file.io");
    let error = LogFile::read(folder.path(), LogLimits::default()).unwrap_err();
    assert_eq!(error.code(), "incident.log.file.kind");
    let shown = TerminalPath(folder.path());
    assert_eq!(
        error.to_string(),
        format!("`{shown}` is not a regular file")
    );
}
