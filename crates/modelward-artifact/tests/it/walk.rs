use std::fs;
use std::path::Path;

use modelward_artifact::{
    EntryPath, GitPaths, HashError, NoControl, Tree, WalkLimits, WalkOptions, walk,
};

fn scratch(files: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    for file in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().expect("a parent")).expect("the folder is writable");
        fs::write(path, file).expect("the folder is writable");
    }
    folder
}

fn names(tree: &Tree) -> Vec<&str> {
    tree.files()
        .iter()
        .map(|file| file.path().as_str())
        .collect()
}

fn walked(root: &Path, options: &WalkOptions) -> Result<Tree, HashError> {
    walk(root, options, &NoControl)
}

#[test]
fn hidden_files_count_and_git_counts_below_the_root_only() {
    let files = [
        ".hidden",
        ".git/HEAD",
        ".gitignore",
        ".gitmodules",
        "sub/.git/HEAD",
        "w.bin",
    ];
    let folder = scratch(&files);
    fs::create_dir(folder.path().join("empty")).expect("the folder is writable");
    let tree = walked(folder.path(), &WalkOptions::default()).expect("a plain tree");
    assert_eq!(
        names(&tree),
        [".gitmodules", ".hidden", "sub/.git/HEAD", "w.bin"]
    );
    let excluded: Vec<&str> = tree.excluded().iter().map(EntryPath::as_str).collect();
    assert_eq!(excluded, [".git", ".gitignore"]);

    let all = WalkOptions::default().with_git_paths(GitPaths::Include);
    assert_eq!(
        walked(folder.path(), &all)
            .expect("a plain tree")
            .files()
            .len(),
        6
    );
}

#[test]
fn an_ignored_directory_goes_with_all_that_it_holds() {
    let folder = scratch(&["keep", "logs/a", "logs/deep/b", "logs2/a"]);
    let options = WalkOptions::default().with_ignored("logs".parse().expect("a path"));
    let tree = walked(folder.path(), &options).expect("a plain tree");
    assert_eq!(names(&tree), ["keep", "logs2/a"]);
}

#[test]
fn a_single_file_is_a_model_of_its_own_name() {
    let folder = scratch(&["single.bin"]);
    let tree = walked(&folder.path().join("single.bin"), &WalkOptions::default())
        .expect("a file is a model");
    assert_eq!(
        (tree.name(), names(&tree)),
        ("single.bin", vec!["single.bin"])
    );
}

#[test]
fn nothing_and_missing_are_errors() {
    let folder = scratch(&[]);
    let empty = walked(folder.path(), &WalkOptions::default()).expect_err("no files");
    assert_eq!(empty.code(), "artifact.walk.empty");
    assert!(empty.help().is_some());
    let missing = walked(&folder.path().join("no"), &WalkOptions::default()).expect_err("missing");
    assert_eq!(missing.code(), "artifact.hash.io");
    assert!(
        missing.to_string().starts_with("cannot stat `"),
        "{missing}"
    );
}

#[cfg(unix)]
#[test]
fn links_pipes_and_odd_names_are_refused() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;

    type Plant = fn(&Path);
    let cases: [(&str, Plant); 5] = [
        ("artifact.walk.symlink", |root| {
            symlink("/etc/hostname", root.join("link")).expect("links can be made");
        }),
        ("artifact.walk.symlink", |root| {
            symlink("..", root.join("up")).expect("links can be made");
        }),
        ("artifact.walk.not_regular", |root| {
            let _socket = std::os::unix::net::UnixListener::bind(root.join("s")).expect("binds");
        }),
        ("artifact.path.encoding", |root| {
            fs::write(root.join(OsStr::from_bytes(b"\xff")), "").expect("writable");
        }),
        ("artifact.path.backslash", |root| {
            fs::write(root.join("a\\b"), "").expect("writable");
        }),
    ];
    for (code, plant) in cases {
        let folder = scratch(&["w.bin"]);
        plant(folder.path());
        let error = walked(folder.path(), &WalkOptions::default()).expect_err("refused");
        assert_eq!(error.code(), code, "{error}");
    }
    let folder = scratch(&["m/w.bin"]);
    symlink("m", folder.path().join("root")).expect("links can be made");
    let error = walked(&folder.path().join("root"), &WalkOptions::default()).expect_err("a link");
    assert_eq!(error.code(), "artifact.walk.symlink");
}

#[test]
fn limits_hold() {
    let folder = scratch(&["a/b/c", "d", "e"]);
    let deep = WalkLimits::default().with_max_depth(2);
    let error = walked(folder.path(), &WalkOptions::default().with_limits(deep));
    assert_eq!(
        error.expect_err("too deep").code(),
        "artifact.walk.too_deep"
    );
    let many = WalkLimits::default().with_max_entries(4);
    let error = walked(folder.path(), &WalkOptions::default().with_limits(many));
    assert_eq!(
        error.expect_err("too many").code(),
        "artifact.walk.too_many"
    );
}

#[cfg(unix)]
#[test]
fn names_in_errors_cannot_act_on_a_terminal() {
    let folder = scratch(&["w.bin"]);
    std::os::unix::fs::symlink("w.bin", folder.path().join("a\u{1b}[2J")).expect("a link");
    let error = walked(folder.path(), &WalkOptions::default()).expect_err("a link");
    assert!(!error.to_string().contains('\u{1b}'), "{error:?}");
}
