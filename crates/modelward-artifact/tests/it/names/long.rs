//! Paths at the limit of what systems take, and beyond it.

use std::fs;
use std::path::{Path, PathBuf};

use modelward_artifact::{
    EntryPath, HashError, HashOptions, Manifest, Memory, NoControl, ParseEntryPathError,
    WalkOptions, read_entry, walk,
};

use super::table::{assert_told_quietly, told};

/// A name as long as file systems take it.
fn segment(letter: char) -> String {
    letter.to_string().repeat(255)
}

/// Returns a path of so many bytes whose last letter tells it from others.
fn long(bytes: usize, last: char) -> String {
    let mut path = String::new();
    while path.len() + 256 < bytes {
        path.push_str(&segment('d'));
        path.push('/');
    }
    path.push_str(&"f".repeat(bytes - path.len() - 1));
    path.push(last);
    assert_eq!(path.len(), bytes);
    path
}

fn write(root: &Path, path: &str, bytes: &str) -> PathBuf {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, bytes).unwrap();
    path
}

#[cfg(unix)]
#[test]
fn files_at_paths_of_four_thousand_bytes_are_walked_hashed_and_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let room = 4_095 - folder.path().as_os_str().len() - 1;
    let [one, two] = ['1', '2'].map(|last| long(room, last));
    assert!(one.len() > 4_000, "{}", one.len());
    write(folder.path(), &one, "one");
    write(folder.path(), &two, "two");
    let tree = walk(folder.path(), &WalkOptions::default(), &NoControl).unwrap();
    assert_eq!(tree.files().len(), 2);
    let manifest = Manifest::hash(folder.path(), &HashOptions::default(), &NoControl).unwrap();
    let paths: Vec<_> = manifest
        .entries()
        .iter()
        .map(|it| it.path().as_str())
        .collect();
    assert_eq!(paths, [&one, &two]);
    let path: EntryPath = one.parse().unwrap();
    let read = read_entry(folder.path(), &path, 100).unwrap();
    assert_eq!(read, b"one");
}

#[cfg(unix)]
#[test]
fn what_lies_deeper_than_a_path_can_say_is_an_error_that_names_it_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (above, below) = (long(2_500, '1'), long(2_500, '2'));
    write(&folder.path().join("model"), &format!("{above}/x"), "x");
    write(&folder.path().join("other"), &below, "y");
    // A rename needs a short path for what has long ones beneath.
    let target = folder.path().join("model").join(&above).join("deep");
    fs::rename(folder.path().join("other"), target).unwrap();
    let root = folder.path().join("model");
    let error = Manifest::hash(&root, &HashOptions::default(), &NoControl).unwrap_err();
    assert!(
        matches!(error, HashError::Io { .. } | HashError::PathTooLong { .. }),
        "{error}"
    );
    assert_told_quietly(&error);
    assert!(told(&error).contains(&above), "the path is not cut");
}

#[test]
fn a_path_beyond_the_limit_is_refused_wherever_it_comes_from() {
    let (longest, longer) = (long(4_096, 'x'), long(4_097, 'x'));
    let path = longest.parse::<EntryPath>().unwrap();
    let memory = Memory::new("model", [(path, b"x".to_vec())]).unwrap();
    let manifest = Manifest::hash_source(&memory, &HashOptions::default(), &NoControl).unwrap();
    assert_eq!(manifest.entries()[0].path().as_str(), longest);
    let refused = longer.parse::<EntryPath>().unwrap_err();
    assert_eq!(refused, ParseEntryPathError::TooLong { found: 4_097 });

    for (path, code) in [(longest, None), (longer, Some("artifact.path.too_long"))] {
        let mut archive = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_size(1);
        archive.append_data(&mut header, &path, &b"x"[..]).unwrap();
        let bytes = archive.into_inner().unwrap();
        let hashed = Manifest::hash_tar(&bytes[..], "m.tar", &HashOptions::default(), &NoControl);
        assert_eq!(hashed.as_ref().err().map(HashError::code), code);
        if let Err(error) = hashed {
            assert!(told(&error).contains(&path), "the path is not cut");
        }
    }
}
