//! Names in every place that a tree is taken from.

use std::fs;
use std::path::Path;

use modelward_artifact::{
    Collision, Entry, EntryPath, HashError, HashOptions, Manifest, Memory, NoControl, TarFile,
    WalkOptions, collisions,
};
use tempfile::TempDir;

use super::table::{NAMES, assert_told_quietly, told};

/// File names that other disks take for one, or that no eye tells apart.
pub(super) const TWINS: [[&str; 2]; 4] = [
    ["Model.bin", "model.bin"],
    ["caf\u{e9}.bin", "cafe\u{301}.bin"],
    ["STRASSE", "stra\u{df}e"],
    ["\u{212b}ngstr\u{f6}m", "a\u{30a}NGSTRO\u{308}M"],
];

/// Writes files, each of which holds its own name.
fn folder<'a>(names: impl IntoIterator<Item = &'a str>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in names {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, name).unwrap();
    }
    folder
}

fn hash(root: &Path) -> Result<Manifest, HashError> {
    Manifest::hash(root, &HashOptions::default(), &NoControl)
}

/// Returns the names of the table that can stand in a manifest.
pub(super) fn possible() -> Vec<&'static str> {
    let is_path = |name: &&str| name.parse::<EntryPath>().is_ok();
    let mut names: Vec<_> = NAMES.into_iter().filter(is_path).collect();
    // A name that is a directory in another cannot be a file.
    let all = names.clone();
    names.retain(|name| !all.iter().any(|it| it.starts_with(&format!("{name}/"))));
    names
}

fn in_memory(names: &[&str]) -> Manifest {
    let files = names.iter().map(|name| {
        let path = name.parse().unwrap();
        (path, name.as_bytes().to_vec())
    });
    let memory = Memory::new("model", files).unwrap();
    Manifest::hash_source(&memory, &HashOptions::default(), &NoControl).unwrap()
}

fn archived(names: &[&str]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for name in names {
        let mut header = tar::Header::new_gnu();
        header.set_size(name.len() as u64);
        header.set_mode(0o644);
        archive
            .append_data(&mut header, name, name.as_bytes())
            .unwrap();
    }
    archive.into_inner().unwrap()
}

fn assert_same(found: &Manifest, expected: &Manifest) {
    assert_eq!(found.entries(), expected.entries());
    assert_eq!(found.root(), expected.root());
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_of_names_that_lie_has_the_manifest_of_the_same_in_memory() {
    let names = possible();
    assert!(names.len() > 50, "{}", names.len());
    let folder = folder(names.iter().copied());
    assert_same(&hash(folder.path()).unwrap(), &in_memory(&names));
}

#[test]
fn an_archive_of_names_that_lie_has_the_manifest_of_the_same_in_memory() {
    let names = possible();
    let bytes = archived(&names);
    let options = HashOptions::default();
    let streamed = Manifest::hash_tar(&bytes[..], "model", &options, &NoControl).unwrap();
    assert_same(&streamed, &in_memory(&names));
    let folder = folder([]);
    let path = folder.path().join("model.tar");
    fs::write(&path, bytes).unwrap();
    let file = TarFile::open(&path, WalkOptions::default()).unwrap();
    let seeked = Manifest::hash_source(&file, &options, &NoControl).unwrap();
    assert_same(&seeked, &in_memory(&names));
}

#[test]
fn an_archive_is_refused_without_showing_a_name_as_it_is() {
    for name in NAMES.into_iter().filter(|name| !name.contains('\0')) {
        let mut archive = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::Symlink);
        header.set_size(0);
        archive.append_link(&mut header, name, "target").unwrap();
        let bytes = archive.into_inner().unwrap();
        let archive = format!("{name}.tar");
        let options = HashOptions::default();
        let error = Manifest::hash_tar(&bytes[..], &archive, &options, &NoControl).unwrap_err();
        assert_told_quietly(&error);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_is_refused_without_showing_a_name_as_it_is() {
    let plain = |name: &&str| !name.contains(['\0', '/']);
    for name in NAMES.into_iter().filter(plain) {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("target", folder.path().join(name)).unwrap();
        assert_told_quietly(&hash(folder.path()).unwrap_err());
        // An empty directory is a model without files, whose own name is told.
        let empty = folder.path().join(format!("{name}.d"));
        fs::create_dir(&empty).unwrap();
        assert_told_quietly(&hash(&empty).unwrap_err());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_told_byte_by_byte() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let told = [b"a\xff", b"a\xfe"].map(|name| {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(OsStr::from_bytes(name)), "x").unwrap();
        let error = hash(folder.path()).unwrap_err();
        assert_eq!(error.code(), "artifact.path.encoding");
        let text = told(&error);
        text.replace(&*folder.path().to_string_lossy(), "model")
    });
    assert!(told[0].contains(r"model/a\xff`"), "{told:?}");
    assert!(told[1].contains(r"model/a\xfe`"), "{told:?}");
}

/// Returns what collides in a manifest.
fn found(manifest: &Manifest) -> Vec<Vec<String>> {
    let found = collisions(manifest.entries().iter().map(Entry::path));
    let names = |it: &Collision| it.paths().iter().map(ToString::to_string).collect();
    found.iter().map(names).collect()
}

#[test]
fn twins_are_two_files_everywhere_and_told_as_one_that_some_disks_make_of_them() {
    for twins in TWINS {
        let names = [twins, ["in/x", "IN/y"]].concat();
        let manifest = in_memory(&names);
        assert_eq!(manifest.entries().len(), 4, "{twins:?}");
        let mut expected = twins.map(str::to_owned).to_vec();
        expected.sort();
        let collisions = found(&manifest);
        assert_eq!(collisions.len(), 2, "{collisions:?}");
        assert!(collisions.contains(&expected), "{collisions:?}");
        assert!(collisions.contains(&vec!["IN".to_owned(), "in".to_owned()]));

        let options = HashOptions::default();
        let bytes = archived(&names);
        let tar = Manifest::hash_tar(&bytes[..], "model", &options, &NoControl).unwrap();
        assert_same(&tar, &manifest);
        assert_eq!(found(&tar), collisions);
        if cfg!(target_os = "linux") {
            let folder = folder(names.iter().copied());
            let hashed = hash(folder.path()).unwrap();
            assert_same(&hashed, &manifest);
            assert_eq!(found(&hashed), collisions);
        }
        #[cfg(feature = "object-store")]
        {
            let hashed = in_bucket(&names);
            assert_same(&hashed, &manifest);
            assert_eq!(found(&hashed), collisions);
        }
    }
}

/// Hashes a bucket whose objects have the names as they are.
#[cfg(feature = "object-store")]
fn in_bucket(names: &[&str]) -> Manifest {
    use std::sync::Arc;

    use modelward_artifact::ObjectStoreSource;
    use object_store::memory::InMemory;
    use object_store::path::Path as StorePath;
    use object_store::{ObjectStore, ObjectStoreExt as _};

    let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
    let store: Arc<dyn ObjectStore> = Arc::new(InMemory::new());
    for name in names {
        let path = StorePath::parse(format!("models/m/{name}")).unwrap();
        let put = store.put(&path, name.as_bytes().to_vec().into());
        runtime.block_on(put).unwrap();
    }
    let handle = runtime.handle().clone();
    let walk = WalkOptions::default();
    let source = ObjectStoreSource::new(store, "models/m", handle, walk).unwrap();
    Manifest::hash_source(&source, &HashOptions::default(), &NoControl).unwrap()
}

#[cfg(feature = "object-store")]
#[test]
fn a_bucket_is_refused_without_showing_a_name_as_it_is() {
    use std::sync::Arc;

    use modelward_artifact::ObjectStoreSource;
    use object_store::memory::InMemory;

    let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
    let mut refused = 0;
    for name in NAMES {
        let store = Arc::new(InMemory::new());
        let handle = runtime.handle().clone();
        let source = ObjectStoreSource::new(store, name, handle, WalkOptions::default());
        let source = match source {
            Ok(source) => source,
            Err(error) => {
                assert_told_quietly(&error);
                refused += 1;
                continue;
            }
        };
        let error = Manifest::hash_source(&source, &HashOptions::default(), &NoControl);
        assert_told_quietly(&error.unwrap_err());
    }
    assert!(refused > 10, "{refused}");
}
