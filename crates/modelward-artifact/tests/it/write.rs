use std::fs;

use modelward_artifact::{write_atomically, write_each_atomically};

#[test]
fn a_file_is_written_whole_and_nothing_else_is_left() {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    let path = folder.path().join("a.json");
    write_atomically(&path, b"one").expect("the folder is writable");
    write_atomically(&path, b"two").expect("the folder is writable");
    assert_eq!(fs::read(&path).expect("it was written"), b"two");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
}

#[test]
fn what_cannot_be_written_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    let path = folder.path().join("taken");
    fs::create_dir(&path).expect("the folder is writable");
    let error = write_atomically(&path, b"x").expect_err("a directory stands there");
    assert_eq!(error.code(), "artifact.write.io");
    assert!(error.to_string().starts_with("cannot write `"));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_is_replaced_and_not_written_through() {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    let victim = folder.path().join("victim");
    fs::write(&victim, "kept").expect("the folder is writable");
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&victim, &link).expect("links can be made");
    write_atomically(&link, b"new").expect("the folder is writable");
    assert_eq!(fs::read(&victim).expect("it is there"), b"kept");
    assert!(
        !fs::symlink_metadata(&link)
            .expect("it is there")
            .is_symlink()
    );
}

#[test]
fn many_files_are_written_in_their_order_and_leave_nothing_behind() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = |number: usize| folder.path().join(format!("f{number}"));
    let files: Vec<_> = (0..300).map(|it| (path(it), it.to_string())).collect();
    write_each_atomically(&files).expect("the folder is writable");
    for (path, content) in &files {
        assert_eq!(&fs::read_to_string(path).expect("it was written"), content);
    }
    // A folder stands in the way of the 200th: those before it are written, those after it are not.
    fs::remove_file(path(200)).expect("it was written");
    fs::create_dir(path(200)).expect("the place is free");
    let again: Vec<_> = (0..300)
        .map(|it| (path(it), format!("again {it}")))
        .collect();
    let error = write_each_atomically(&again).expect_err("a directory stands there");
    assert_eq!(error.path(), path(200));
    let is_again = |it: usize| {
        fs::read_to_string(path(it))
            .expect("a file")
            .starts_with("again")
    };
    assert!((0..200).all(is_again));
    assert!(!(201..300).any(is_again));
    let files = fs::read_dir(folder.path()).expect("the folder is there");
    assert_eq!(files.count(), 300);
}

#[test]
fn what_killed_writers_with_the_same_process_id_left_is_in_nobody_s_way() {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    let path = folder.path().join("a.json");
    let id = std::process::id();
    let left = |number: usize| folder.path().join(format!(".a.json.{id}-{number}.tmp"));
    for number in 0..300 {
        fs::write(left(number), "half").expect("the folder is writable");
    }
    write_atomically(&path, b"whole").expect("there are other names");
    write_each_atomically(&[(&path, "again")]).expect("there are other names");
    assert_eq!(fs::read(&path).expect("it was written"), b"again");
    assert_eq!(fs::read(left(299)).expect("it is not ours"), b"half");
}
