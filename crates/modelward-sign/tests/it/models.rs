//! Rebuilds the small model trees that the Python reference signed.

use std::fs;
use std::path::Path;

use modelward_artifact::Digest;

/// Returns `length` deterministic bytes: SHA-256 of `seed:0`, `seed:1` and so on.
fn blob(seed: &str, length: usize) -> Vec<u8> {
    let blocks = (0..).map(|index| Digest::sha256(format!("{seed}:{index}").as_bytes()));
    let mut bytes = Vec::new();
    for block in blocks {
        if bytes.len() >= length {
            break;
        }
        bytes.extend_from_slice(block.as_bytes());
    }
    bytes.truncate(length);
    bytes
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    let parent = path.parent().expect("a file lies in a directory");
    fs::create_dir_all(parent).expect("a scratch folder is writable");
    fs::write(path, bytes).expect("a scratch folder is writable");
}

/// Builds every model tree below `root`.
pub(crate) fn build(root: &Path) {
    write(
        root,
        "simple/config.json",
        b"{\"architectures\": [\"Tiny\"]}\n",
    );
    write(root, "simple/weights.bin", &blob("weights", 1000));
    let order = [
        "a/b",
        "a.txt",
        "a-b",
        "a0",
        "a/b.txt",
        "a b",
        "A",
        "Z/z",
        "_",
        ".hidden",
        ".cache/x",
        "sub/.git/config",
        "sub/.gitignore",
        "\u{e9}",
        "e\u{301}",
        "\u{ff5e}",
        "\u{1f600}",
        "z",
        "zz/k",
        "colon:1:2",
        "quote\"'\\b",
    ];
    for name in order {
        write(root, &format!("order/{name}"), name.as_bytes());
    }
    write(root, "order/empty.bin", b"");
    write(root, "gitty/weights.bin", &blob("g", 10));
    write(root, "gitty/.git/HEAD", b"ref: x\n");
    write(root, "gitty/.gitignore", b"*.tmp\n");
    write(root, "gitty/.gitattributes", b"* text\n");
    write(root, "gitty/.github/workflows/ci.yml", b"on: push\n");
    write(root, "gitty/.gitmodules", b"");
    write(root, "gitty/.git_not_ignored", b"x");
    write(root, "gitty/sub/.git/HEAD", b"ref: y\n");
    write(root, "ignored/keep.bin", &blob("k", 33));
    write(root, "ignored/drop.bin", &blob("d", 33));
    write(root, "ignored/logs/a.log", b"a");
    write(root, "ignored/logs/deep/b.log", b"b");
    write(root, "ignored/logs2/a.log", b"a");
    for length in [0_usize, 1, 15, 16, 17, 200] {
        let bytes = blob(&format!("f{length}"), length);
        write(root, &format!("shards/f{length}"), &bytes);
    }
    write(root, "shards/d/g48", &blob("g48", 48));
    write(root, "single.bin", &blob("single", 77));
    fs::create_dir_all(root.join("empty")).expect("a scratch folder is writable");
    write(root, "onlyempty/e", b"");
    write(root, "symlinks/real.bin", &blob("real", 20));
    write(root, "symlinks/dir/x", b"x");
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;

        symlink("real.bin", root.join("symlinks/link.bin")).expect("links can be made");
        symlink("dir", root.join("symlinks/dirlink")).expect("links can be made");
    }
    write(root, "large/l.bin", &blob("large", 300_000));
    write(root, "large/l1024.bin", &blob("l1024", 1024));
    write(root, "large/l1025.bin", &blob("l1025", 1025));
}
