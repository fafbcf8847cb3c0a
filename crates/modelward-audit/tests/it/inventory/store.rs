use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use modelward_artifact::JsonLimits;
use modelward_audit::inventory::{
    Inventory, InventoryLimits, InventoryStore, Standing, StoreError,
};

use super::{day, entry, id, ids, text, three};

/// Names the folder that the writer of [`a_killed_writer_leaves_the_inventory_readable`] writes to.
const WRITER: &str = "MODELWARD_TEST_INVENTORY_WRITER";

fn open(folder: &Path) -> Result<InventoryStore, StoreError> {
    InventoryStore::open(folder, InventoryLimits::default())
}

fn fill(store: &mut InventoryStore) {
    store
        .update(|inventory| {
            *inventory = three();
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_store_keeps_the_inventory_and_its_index() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).unwrap();
    assert!(store.inventory().is_empty());
    fill(&mut store);
    drop(store);
    let store = open(folder.path()).unwrap();
    assert_eq!(store.inventory(), &three());
    let limits = InventoryLimits::default();
    assert_eq!(
        InventoryStore::read(folder.path(), &limits).unwrap(),
        three()
    );
    let index = InventoryStore::read_index(folder.path(), &limits)
        .unwrap()
        .unwrap();
    let rows: Vec<_> = index
        .iter()
        .map(|row| (row.id.as_str(), row.standing))
        .collect();
    let expected = [
        ("a", Standing::Superseded),
        ("b", Standing::Active),
        ("c", Standing::Retired),
    ];
    assert_eq!(rows, expected);
}

#[test]
fn an_index_that_is_gone_or_wrong_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    fill(&mut open(folder.path()).unwrap());
    let path = folder.path().join("index.json");
    let good = fs::read(&path).unwrap();
    for wrong in [None, Some("{"), Some(r#"{"schema":"x","entries":[]}"#)] {
        match wrong {
            None => fs::remove_file(&path).unwrap(),
            Some(wrong) => fs::write(&path, wrong).unwrap(),
        }
        let limits = InventoryLimits::default();
        assert_eq!(
            InventoryStore::read_index(folder.path(), &limits).unwrap(),
            None
        );
        drop(open(folder.path()).unwrap());
        assert_eq!(fs::read(&path).unwrap(), good);
    }
}

#[test]
fn a_refused_change_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).unwrap();
    fill(&mut store);
    let error = store
        .update(|inventory| {
            inventory.add(entry("new", 5))?;
            inventory.retire(&id("missing"), text("why"), day(6))
        })
        .unwrap_err();
    assert_eq!(error.code(), "audit.inventory.not_found");
    let error = store.update(|inventory| {
        *inventory = Inventory::default();
        Ok(())
    });
    assert_eq!(error.unwrap_err().code(), "audit.inventory.not_found");
    assert_eq!(store.inventory(), &three());
    drop(store);
    assert_eq!(open(folder.path()).unwrap().inventory(), &three());
}

#[test]
fn one_writer_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    assert_eq!(
        open(folder.path()).unwrap_err().code(),
        "audit.inventory.store.locked"
    );
    drop(store);
    assert!(open(folder.path()).is_ok());
}

#[test]
fn files_that_do_not_hold_are_refused_and_left_as_they_are() {
    let cases: [(&str, &str, &str); 5] = [
        ("entry-a.json", "{", "artifact.json.syntax"),
        ("entry-a.json", "{}", "artifact.json.shape"),
        ("entry-A.json", "{}", "audit.inventory.store.misplaced"),
        ("entry-z.json", "", "audit.inventory.store.misplaced"),
        ("entry-a.json", "", "audit.inventory.dangling"),
    ];
    for (name, content, code) in cases {
        let folder = tempfile::tempdir().unwrap();
        fill(&mut open(folder.path()).unwrap());
        let path = folder.path().join(name);
        match code {
            "audit.inventory.dangling" => {
                fs::remove_file(folder.path().join("entry-b.json")).unwrap();
            }
            _ if content.is_empty() => {
                fs::copy(folder.path().join("entry-a.json"), &path)
                    .map(drop)
                    .unwrap();
            }
            _ => fs::write(&path, content).unwrap(),
        }
        let before = fs::read(&path).unwrap();
        assert_eq!(open(folder.path()).unwrap_err().code(), code, "{name}");
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

#[test]
fn limits_hold_before_anything_is_written_or_kept() {
    let folder = tempfile::tempdir().unwrap();
    fill(&mut open(folder.path()).unwrap());
    let few = InventoryLimits::default().with_max_entries(2);
    let error = InventoryStore::read(folder.path(), &few).unwrap_err();
    assert_eq!(error.code(), "audit.inventory.store.too_many");
    let small = InventoryLimits::default().with_entry(JsonLimits::default().with_max_bytes(20));
    let error = InventoryStore::read(folder.path(), &small).unwrap_err();
    assert_eq!(error.code(), "audit.inventory.store.too_large");
    let empty = tempfile::tempdir().unwrap();
    let mut store = InventoryStore::open(empty.path(), small).unwrap();
    let error = store.update(|it| it.add(entry("a", 1))).unwrap_err();
    assert_eq!(error.code(), "artifact.json.too_large");
    assert!(!empty.path().join("entry-a.json").exists());
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    fill(&mut open(folder.path()).unwrap());
    let path = folder.path().join("entry-x.json");
    std::os::unix::fs::symlink(folder.path().join("entry-c.json"), path).unwrap();
    let error = open(folder.path()).unwrap_err();
    assert_eq!(error.code(), "audit.inventory.store.kind");
}

#[test]
fn a_killed_writer_leaves_the_inventory_readable() {
    let folder = tempfile::tempdir().unwrap();
    let mut written = 0;
    for round in 1..=5 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "inventory::store::writes_until_it_is_killed"])
            .args(["--ignored", "--nocapture"])
            .env(WRITER, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut acknowledged = 0;
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        for line in lines.map_while(Result::ok) {
            let Some((_, number)) = line.split_once("wrote ") else {
                continue;
            };
            written = number.parse::<usize>().unwrap();
            acknowledged += 1;
            // A reader without the lock sees a sound inventory while another writes.
            let read = InventoryStore::read(folder.path(), &InventoryLimits::default());
            assert!(read.unwrap().len() >= written);
            if acknowledged == round * 3 {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(acknowledged >= round * 3, "the writer ended by itself");
        let store = open(folder.path()).unwrap();
        assert!(store.inventory().len() >= written, "round {round}");
        let active = ids(store.inventory().standing(Standing::Active)).len();
        // Each killed writer leaves at most two more that nothing superseded yet.
        assert!((1..=1 + 2 * round).contains(&active), "{active} active");
        let files = fs::read_dir(folder.path()).unwrap();
        let hidden = files.filter(|it| {
            it.as_ref()
                .unwrap()
                .file_name()
                .to_string_lossy()
                .starts_with('.')
        });
        assert_eq!(hidden.count(), 0, "what the killed writer left is gone");
    }
}

#[test]
#[ignore = "the writer that another test runs and kills"]
fn writes_until_it_is_killed() {
    let Some(folder) = std::env::var_os(WRITER) else {
        return;
    };
    let mut store = open(Path::new(&folder)).unwrap();
    let mut out = std::io::stdout();
    loop {
        // A killed writer may have written the second of two entries and not the first.
        let newest = store.inventory().entries().last();
        let number = newest.map_or(0, |it| it.id().as_str()[1..].parse::<u32>().unwrap() + 1);
        let active = store.inventory().standing(Standing::Active).last();
        let last = active.map(|it| it.id().clone());
        store
            .update(|inventory| {
                let (one, two) = (format!("e{number:06}"), format!("e{:06}", number + 1));
                match last {
                    Some(last) => inventory.new_version(&last, entry(&one, number))?,
                    None => inventory.add(entry(&one, number))?,
                }
                inventory.new_version(&id(&one), entry(&two, number + 1))
            })
            .unwrap();
        // The test runner's own output may stand in the same line.
        writeln!(out, "\nwrote {}", store.inventory().len()).unwrap();
        out.flush().unwrap();
    }
}

/// Names the folder that the writer of [`a_batch_that_is_killed_leaves_a_sound_part_of_it`] writes to.
const BATCH: &str = "MODELWARD_TEST_INVENTORY_BATCH";

/// How many versions one batch adds, each of which supersedes the one before.
const VERSIONS: u32 = 400;

#[test]
fn a_batch_that_is_killed_leaves_a_sound_part_of_it() {
    let mut cut = 0;
    for round in 0..8_usize {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "inventory::store::writes_a_batch"])
            .args(["--ignored", "--nocapture"])
            .env(BATCH, folder.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let count = || fs::read_dir(folder.path()).unwrap().count();
        // The more files there are when it is killed, the later in the batch it is.
        let wanted = 2 + round * 50;
        while count() < wanted && child.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        // What supersedes an entry is written before the entry: no chain leads nowhere.
        let read = InventoryStore::read(folder.path(), &InventoryLimits::default()).unwrap();
        let store = open(folder.path()).unwrap();
        assert_eq!(store.inventory(), &read);
        let versions = store.inventory().len();
        cut += usize::from((1..VERSIONS as usize).contains(&versions));
        let newest = format!("e{:06}", VERSIONS - 1);
        if versions > 0 {
            let is_newest = store.inventory().entry(&id(&newest)).is_some();
            assert!(is_newest, "round {round}: the newest comes first");
        }
        let names = fs::read_dir(folder.path()).unwrap();
        let names = names.map(|it| it.unwrap().file_name().into_string().unwrap());
        assert!(names.into_iter().all(|it| !it.starts_with('.')));
    }
    assert!(cut > 0, "no batch was cut");
}

#[test]
#[ignore = "the writer that another test runs and kills"]
fn writes_a_batch() {
    let Some(folder) = std::env::var_os(BATCH) else {
        return;
    };
    let mut store = open(Path::new(&folder)).unwrap();
    let name = |number: u32| format!("e{number:06}");
    store
        .update(|inventory| {
            inventory.add(entry(&name(0), 0))?;
            for number in 1..VERSIONS {
                let before = id(&name(number - 1));
                inventory.new_version(&before, entry(&name(number), number))?;
            }
            Ok(())
        })
        .unwrap();
}
