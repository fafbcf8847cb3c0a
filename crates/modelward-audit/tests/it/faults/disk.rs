//! Disks that are full, and files that may not grow.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::damage::{check_inventory, check_log};
use super::{Said, child, is_root, skipped};

/// A small disk, which is given back when this is dropped.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn new() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        let mount = mount.args(["-t", "tmpfs", "-o", "size=128k,mode=755", "tmpfs"]);
        let mounted = mount.arg(folder.path()).output();
        let is_mounted = mounted.is_ok_and(|output| output.status.success());
        is_mounted.then(|| Self(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).output();
    }
}

/// Fills what is left but for so many bytes.
fn fill(place: &Path, but: usize) {
    let path = place.join("filler");
    let mut size = 128 << 10;
    while size > 0 && fs::write(&path, vec![1; size]).is_err() {
        size -= 4096;
    }
    let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(size.saturating_sub(but) as u64).unwrap();
}

fn on_a_full_disk(job: &str, check: impl Fn(&Path, &Said, usize, &str)) {
    if !is_root() {
        // A limit for files stands for it then, in the test below.
        return;
    }
    for room in [0, 4096, 8192, 12288, 20480, 40960] {
        let Some(disk) = SmallDisk::new() else {
            return skipped("a small disk cannot be mounted here");
        };
        fill(disk.0.path(), room);
        let what = format!("{job}, {room} bytes left");
        let output = child(&[], job, disk.0.path()).output().unwrap();
        let said = Said::by(&output, &what);
        assert!(said.count("failed") > 0, "{what}: the disk is not full");
        fs::remove_file(disk.0.path().join("filler")).unwrap();
        check(disk.0.path(), &said, 3, &what);
    }
}

#[test]
fn a_log_on_a_full_disk_keeps_what_was_acknowledged_and_goes_on() {
    on_a_full_disk("log-on", check_log);
}

#[test]
fn an_inventory_on_a_full_disk_keeps_what_was_acknowledged_and_goes_on() {
    on_a_full_disk("inventory-on", check_inventory);
}

/// The signal that the limit sends is ignored, so that writes are cut short and then fail.
fn with_a_limit(job: &str, blocks: u32, place: &Path) -> Said {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
    let words = ["sh", "-c", &script, "sh"].map(OsStr::new);
    let output = child(&words, job, place).output().unwrap();
    let said = Said::by(&output, job);
    assert!(said.count("failed") > 0, "{job}: the limit did not matter");
    said
}

#[test]
fn a_log_that_may_not_grow_keeps_what_was_acknowledged_and_goes_on() {
    for blocks in [1, 2, 3, 8] {
        let place = tempfile::tempdir().unwrap();
        let said = with_a_limit("log-on", blocks, place.path());
        check_log(place.path(), &said, 0, &format!("{blocks} blocks"));
    }
}

#[test]
fn an_inventory_whose_files_may_not_grow_keeps_what_was_acknowledged_and_goes_on() {
    // The index is what grows.
    for blocks in [1, 2, 3, 8] {
        let place = tempfile::tempdir().unwrap();
        let said = with_a_limit("inventory-on", blocks, place.path());
        check_inventory(place.path(), &said, 3, &format!("{blocks} blocks"));
    }
}
