//! How many files stay open.

use std::fs;

use modelward_artifact::{Holding, Sharding};
use modelward_sign::LoadMode;

use super::{model, open, options, shards};

/// Counts this process's open files below a folder.
fn open_below(folder: &std::path::Path) -> usize {
    let folder = fs::canonicalize(folder).expect("it is there");
    let descriptors = fs::read_dir("/proc/self/fd").expect("Linux has it");
    let targets = descriptors.filter_map(|entry| fs::read_link(entry.ok()?.path()).ok());
    targets
        .filter(|target| target.starts_with(&folder) && *target != folder)
        .count()
}

#[test]
fn a_copy_that_is_whole_keeps_no_file_open() {
    for (mode, sharding) in [
        (LoadMode::Eager, Sharding::Whole),
        (LoadMode::Eager, shards()),
        (LoadMode::ByShard, shards()),
    ] {
        for holding in [Holding::Copied, Holding::Sealed] {
            let (folder, bundle) = model(sharding);
            let held = open(folder.path(), &bundle, &options(mode, holding));
            for path in held.paths() {
                let file = held.file(path.as_str()).expect("it is signed");
                file.all().expect("they are signed");
            }
            assert_eq!(open_below(folder.path()), 0, "{mode}, {holding}");
        }
    }
}

#[test]
fn a_file_is_opened_once_and_closed_with_the_model() {
    let (folder, bundle) = model(shards());
    let held = open(
        folder.path(),
        &bundle,
        &options(LoadMode::ByShard, Holding::Copied),
    );
    assert_eq!(open_below(folder.path()), 0);
    for _ in 0..10 {
        let file = held.file("sub/weights.bin").expect("it is signed");
        file.bytes(0..1).expect("it is signed");
        assert_eq!(open_below(folder.path()), 1);
    }
    drop(held);
    assert_eq!(open_below(folder.path()), 0);
}

#[test]
fn a_sealed_file_can_be_handed_over_once_all_of_it_is_verified() {
    use std::os::unix::fs::FileExt as _;

    let (folder, bundle) = model(shards());
    let options = options(LoadMode::ByShard, Holding::Sealed);
    let held = open(folder.path(), &bundle, &options);
    let file = held.file("sub/weights.bin").expect("it is signed");
    file.bytes(0..10).expect("they are signed");
    assert!(file.sealed().is_none());
    file.all().expect("they are signed");
    let sealed = file.sealed().expect("all is verified");
    let mut bytes = vec![0; 1000];
    sealed.read_exact_at(&mut bytes, 0).expect("it can be read");
    assert_eq!(bytes, super::weights());
    assert!(sealed.write_all_at(b"evil", 0).is_err());
    assert!(sealed.set_len(10).is_err());
}
