use std::fs;

use modelward_artifact::write_atomically;

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
