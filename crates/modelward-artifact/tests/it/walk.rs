use std::fs;
#[cfg(unix)]
use std::os::unix::net::UnixListener;
use std::path::Path;

#[cfg(unix)]
use modelward_artifact::{Digest, HashOptions, Manifest, Symlinks};
use modelward_artifact::{
    EntryPath, GitPaths, HashError, NoControl, Operation, Tree, TreeFile, WalkLimits, WalkOptions,
    walk,
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
fn what_alone_counts_leaves_all_else_out_and_names_it() {
    let folder = scratch(&["a/x", "a/y", "a-b/x", "a.txt", "b/deep/z", "c/only"]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("a", folder.path().join("link")).expect("links can be made");
    let paths = ["a/x", "a.txt", "c/only", "missing"];
    let paths = paths.map(|path| path.parse().expect("a path"));
    let options = WalkOptions::default().with_only(paths);
    let tree = walked(folder.path(), &options).expect("nothing else is looked at");
    assert_eq!(names(&tree), ["a.txt", "a/x", "c/only"]);
    let excluded: Vec<_> = tree.excluded().iter().map(ToString::to_string).collect();
    let link = if cfg!(unix) { vec!["link"] } else { vec![] };
    assert_eq!(excluded, [vec!["a-b", "a/y", "b"], link].concat());
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
    assert!(tree.is_single_file());
    let around = walked(folder.path(), &WalkOptions::default()).expect("a directory is a model");
    assert!(!around.is_single_file());
}

#[test]
fn nothing_and_missing_are_errors() {
    let folder = scratch(&[]);
    let empty = walked(folder.path(), &WalkOptions::default()).expect_err("no files");
    assert_eq!(empty.code(), "artifact.walk.empty");
    assert!(empty.help().is_some());
    let missing = walked(&folder.path().join("no"), &WalkOptions::default()).expect_err("missing");
    assert_eq!(missing.code(), "artifact.hash.io");
    let text = format!("cannot stat `{}/no`", folder.path().display());
    assert_eq!(missing.to_string(), text);
}

/// Puts something into a model whose path is given.
#[cfg(unix)]
type Plant = fn(&Path);

#[cfg(unix)]
fn fifo(path: &Path) {
    use rustix::fs::{CWD, FileType, Mode, mknodat};

    mknodat(CWD, path, FileType::Fifo, Mode::RUSR, 0).expect("a pipe can be made");
}

#[cfg(unix)]
fn link(target: &str, path: &Path) {
    std::os::unix::fs::symlink(target, path).expect("links can be made");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_a_models_file_is_refused_under_every_policy() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let cases: [(Plant, &str, &str); 9] = [
        (
            |root| fifo(&root.join("x")),
            "artifact.walk.not_regular",
            "`ROOT/x` is neither a file nor a directory",
        ),
        (
            |root| drop(UnixListener::bind(root.join("x")).expect("a socket can be made")),
            "artifact.walk.not_regular",
            "`ROOT/x` is neither a file nor a directory",
        ),
        (
            |root| fs::write(root.join(OsStr::from_bytes(b"\xff")), "").expect("writable"),
            "artifact.path.encoding",
            "name `ROOT/\\xff` cannot stand in a manifest",
        ),
        (
            |root| fs::write(root.join("a\\b"), "").expect("writable"),
            "artifact.path.backslash",
            "name `ROOT/a\\\\b` cannot stand in a manifest",
        ),
        (
            |root| fs::create_dir(root.join("C:")).expect("writable"),
            "artifact.path.drive",
            "name `ROOT/C:` cannot stand in a manifest",
        ),
        (
            |root| fs::create_dir(root.join("a".repeat(33))).expect("writable"),
            "artifact.walk.path_too_long",
            "path `ROOT/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa` is longer than 32 bytes below the model",
        ),
        (
            |root| fs::create_dir_all(root.join("1/2/3/4")).expect("writable"),
            "artifact.walk.too_deep",
            "`ROOT/1/2/3/4` nests deeper than 3 directories",
        ),
        (
            |root| (0..5).for_each(|i| fs::write(root.join(i.to_string()), "").expect("writable")),
            "artifact.walk.too_many",
            "model `ROOT` has more than 5 files and directories",
        ),
        (
            |root| fs::remove_file(root.join("w.bin")).expect("writable"),
            "artifact.walk.empty",
            "model `ROOT` has no files",
        ),
    ];
    let limits = WalkLimits::default()
        .with_max_depth(3)
        .with_max_entries(5)
        .with_max_path_bytes(32);
    for (plant, code, text) in cases {
        for symlinks in POLICIES {
            let folder = scratch(&["w.bin"]);
            plant(folder.path());
            let options = WalkOptions::default()
                .with_limits(limits)
                .with_symlinks(symlinks);
            let error = walked(folder.path(), &options).expect_err(code);
            assert_refused(&error, folder.path(), (code, text));
        }
    }
}

/// In the order of the columns below.
#[cfg(unix)]
const POLICIES: [Symlinks; 3] = [
    Symlinks::Refuse,
    Symlinks::FollowWithin,
    Symlinks::FollowAnywhere,
];

/// What is said of a link, or `None` where it counts as the file that it leads to.
#[cfg(unix)]
type Said = Option<(&'static str, &'static str)>;

#[cfg(unix)]
const SYMLINK: Said = Some((
    "artifact.walk.symlink",
    "`ROOT/x` is a symbolic link, which can point outside of the model",
));

#[cfg(unix)]
const DANGLING: Said = Some((
    "artifact.walk.dangling",
    "`ROOT/x` is a symbolic link that leads to nothing",
));

#[cfg(unix)]
const DIRECTORY: Said = Some((
    "artifact.walk.linked_directory",
    "`ROOT/x` is a symbolic link to a directory",
));

#[cfg(unix)]
const OUTSIDE: Said = Some((
    "artifact.walk.link_outside",
    "`ROOT/x` is a symbolic link that leaves the model",
));

#[cfg(unix)]
const NOT_REGULAR: Said = Some((
    "artifact.walk.not_regular",
    "`ROOT/x` is neither a file nor a directory",
));

#[cfg(unix)]
fn assert_refused(error: &HashError, root: &Path, (code, text): (&str, &str)) {
    let text = text.replace("ROOT", &root.display().to_string());
    assert_eq!((error.code(), error.to_string()), (code, text));
}

#[cfg(unix)]
#[test]
fn a_link_is_what_the_policy_makes_of_it() {
    let cases: [(&str, Plant, [Said; 3]); 13] = [
        ("a file", |x| link("w.bin", x), [SYMLINK, None, None]),
        ("a deep file", |x| link("sub/f", x), [SYMLINK, None, None]),
        (
            "another link",
            |x| {
                link("w.bin", &x.with_file_name("x2"));
                link("x2", x);
            },
            [SYMLINK, None, None],
        ),
        (
            "an ignored file",
            |x| {
                fs::write(x.with_file_name(".gitignore"), "123").expect("writable");
                link(".gitignore", x);
            },
            [SYMLINK, None, None],
        ),
        (
            "a file outside",
            |x| {
                fs::write(x.with_file_name("../outside"), "123").expect("writable");
                link("../outside", x);
            },
            [SYMLINK, OUTSIDE, None],
        ),
        (
            "the file of a directory outside that is named alike",
            |x| {
                let other = x.with_file_name("../model2");
                fs::create_dir(&other).expect("writable");
                fs::write(other.join("f"), "123").expect("writable");
                link("../model2/f", x);
            },
            [SYMLINK, OUTSIDE, None],
        ),
        (
            "a directory",
            |x| link("sub", x),
            [SYMLINK, DIRECTORY, DIRECTORY],
        ),
        (
            "the root",
            |x| link(".", x),
            [SYMLINK, DIRECTORY, DIRECTORY],
        ),
        (
            "the parent",
            |x| link("..", x),
            [SYMLINK, OUTSIDE, DIRECTORY],
        ),
        (
            "nothing",
            |x| link("none", x),
            [SYMLINK, DANGLING, DANGLING],
        ),
        ("itself", |x| link("x", x), [SYMLINK, DANGLING, DANGLING]),
        (
            "a pipe",
            |x| {
                // It is ignored itself, so that only the link can be what is refused.
                fifo(&x.with_file_name(".git"));
                link(".git", x);
            },
            [SYMLINK, NOT_REGULAR, NOT_REGULAR],
        ),
        (
            "a device",
            |x| link("/dev/zero", x),
            [SYMLINK, OUTSIDE, NOT_REGULAR],
        ),
    ];
    for (what, plant, expected) in cases {
        for (symlinks, said) in POLICIES.into_iter().zip(expected) {
            let folder = scratch(&["model/w.bin", "model/sub/f"]);
            let root = folder.path().join("model");
            fs::write(root.join("w.bin"), "123").expect("writable");
            fs::write(root.join("sub/f"), "123").expect("writable");
            plant(&root.join("x"));
            let tree = walked(&root, &WalkOptions::default().with_symlinks(symlinks));
            let Some(said) = said else {
                let tree = tree.expect(what);
                let x = tree.files().iter().find(|file| file.path().as_str() == "x");
                let x = x.map(|file| (file.size(), file.is_link()));
                assert_eq!(x, Some((3, true)), "{what} under {symlinks:?}");
                continue;
            };
            assert_refused(&tree.expect_err(what), &root, said);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_root_that_is_a_link_is_taken_only_where_links_are_followed() {
    let folder = scratch(&["model/w.bin"]);
    let at = |name: &str| folder.path().join(name);
    for (target, name) in [
        ("model", "to_folder"),
        ("model/w.bin", "to_file"),
        ("none", "x"),
        ("/dev/zero", "device"),
    ] {
        link(target, &at(name));
    }
    let outcomes = |symlinks| {
        let options = WalkOptions::default().with_symlinks(symlinks);
        // A slash after the name makes the system follow a link, whatever it is asked.
        [
            "to_folder",
            "to_folder/",
            "to_folder/.",
            "to_file",
            "x",
            "device",
        ]
        .map(|name| match walked(&at(name), &options) {
            Ok(tree) => format!("{} {}", tree.name(), names(&tree).join(" ")),
            Err(error) => error.code().to_owned(),
        })
    };
    assert_eq!(outcomes(Symlinks::Refuse), ["artifact.walk.symlink"; 6]);
    for symlinks in [Symlinks::FollowAnywhere, Symlinks::FollowWithin] {
        assert_eq!(
            outcomes(symlinks),
            [
                "to_folder w.bin",
                "to_folder w.bin",
                "to_folder w.bin",
                "to_file to_file",
                "artifact.walk.dangling",
                "artifact.walk.not_regular"
            ]
        );
    }
}

#[cfg(unix)]
#[test]
fn what_is_ignored_is_not_looked_at() {
    let folder = scratch(&["w.bin", "kept/.git"]);
    link("none", &folder.path().join("gone"));
    link("/dev/zero", &folder.path().join(".git"));
    fifo(&folder.path().join("pipe"));
    for symlinks in POLICIES {
        let options = WalkOptions::default()
            .with_symlinks(symlinks)
            .with_ignored("gone".parse().expect("a path"))
            .with_ignored("pipe".parse().expect("a path"));
        let tree = walked(folder.path(), &options).expect("all else is plain");
        assert_eq!(names(&tree), ["kept/.git", "w.bin"]);
        let excluded: Vec<&str> = tree.excluded().iter().map(EntryPath::as_str).collect();
        assert_eq!(excluded, [".git", "gone", "pipe"]);
    }
}

#[cfg(unix)]
#[test]
fn a_cache_of_links_is_a_model_where_links_may_lead_anywhere() {
    let folder = scratch(&["blobs/1234", "snapshots/main/.keep"]);
    let root = folder.path().join("snapshots/main");
    link("../../blobs/1234", &root.join("weights.bin"));
    let options = WalkOptions::default().with_symlinks(Symlinks::FollowAnywhere);
    let hash = HashOptions::default().with_walk(options);
    let manifest = Manifest::hash(&root, &hash, &NoControl).expect("every link leads to a file");
    let entry = manifest.entry("weights.bin").expect("it is there");
    assert_eq!(*entry.digest(), Digest::sha256(b"blobs/1234"));
    assert_eq!(entry.size(), 10);
}

#[test]
fn a_tree_can_be_made_of_files_from_elsewhere() {
    let file = |name: &str| TreeFile::new(name.parse().expect("a path"), 7);
    let tree = Tree::new("model", vec![file("b"), file("a/c"), file("B")]).expect("a tree");
    assert_eq!(
        (tree.name(), names(&tree)),
        ("model", vec!["B", "a/c", "b"])
    );
    assert_eq!(tree.collisions().len(), 1);
    assert!(tree.excluded().is_empty() && !tree.files()[0].is_link());
    let empty = Tree::new("model", Vec::new()).expect_err("no files");
    assert_eq!(empty.to_string(), "model `model` has no files");
    let twice = Tree::new("model", vec![file("a"), file("b"), file("a")]).expect_err("twice");
    assert_eq!(twice.to_string(), "model has `a` twice");
    assert_eq!(twice.code(), "artifact.walk.duplicate");
    assert_eq!(twice.path(), Some(Path::new("a")));
}

#[test]
fn limits_hold_from_the_first_beyond_them() {
    let folder = scratch(&["a/b/c", "d", "e"]);
    let limits = WalkLimits::default();
    let cases = [
        (limits.with_max_depth(3), "3 files"),
        (limits.with_max_depth(2), "artifact.walk.too_deep"),
        (limits.with_max_entries(5), "3 files"),
        (limits.with_max_entries(4), "artifact.walk.too_many"),
        (limits.with_max_path_bytes(5), "3 files"),
        (limits.with_max_path_bytes(4), "artifact.walk.path_too_long"),
        (limits.with_max_total_bytes(7), "3 files"),
        (limits.with_max_total_bytes(6), "artifact.walk.too_large"),
    ];
    for (limits, expected) in cases {
        let options = WalkOptions::default().with_limits(limits);
        let found = match walked(folder.path(), &options) {
            Ok(tree) => format!("{} files", tree.files().len()),
            Err(error) => error.code().to_owned(),
        };
        assert_eq!(found, expected, "{limits:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_hole_without_end_is_too_large_for_a_model() {
    let folder = scratch(&["w.bin"]);
    fs::File::create(folder.path().join("hole"))
        .and_then(|file| file.set_len(1 << 41))
        .expect("holes can be made");
    let limits = WalkLimits::default().with_max_total_bytes(1 << 40);
    let options = WalkOptions::default().with_limits(limits);
    for root in [folder.path(), &folder.path().join("hole")] {
        let error = walked(root, &options).expect_err("too large");
        let text = "model `ROOT` has more than 1099511627776 bytes";
        assert_refused(&error, root, ("artifact.walk.too_large", text));
    }
}

#[test]
fn an_operation_is_a_word_in_a_sentence() {
    let cases = [
        (Operation::List, "cannot list `x`"),
        (Operation::Map, "cannot map `x`"),
        (Operation::Open, "cannot open `x`"),
        (Operation::Read, "cannot read `x`"),
        (Operation::Stat, "cannot stat `x`"),
    ];
    for (operation, text) in cases {
        let error = HashError::Io {
            operation,
            path: "x".into(),
            source: std::io::ErrorKind::Other.into(),
        };
        assert_eq!(error.to_string(), text);
        assert_eq!(
            (error.code(), error.path()),
            ("artifact.hash.io", Some(Path::new("x")))
        );
    }
}

#[cfg(unix)]
#[test]
fn names_in_errors_cannot_act_on_a_terminal() {
    let folder = scratch(&["w.bin"]);
    std::os::unix::fs::symlink("w.bin", folder.path().join("a\u{1b}[2J")).expect("a link");
    let error = walked(folder.path(), &WalkOptions::default()).expect_err("a link");
    assert!(!error.to_string().contains('\u{1b}'), "{error:?}");
}
