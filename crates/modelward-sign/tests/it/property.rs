//! Any tree that is signed verifies, and any change of it is found.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroU64;
use std::path::Path;

use modelward_artifact::{DigestAlgorithm, HashOptions, Sharding};
use modelward_sign::{SignOptions, Write, sign_with};
use proptest::prelude::{Strategy, any, proptest};
use proptest::sample::{Index, select};
use proptest::{collection, prop_assert, prop_assert_eq};

use crate::fixture::{hashed, key, outcome, policy};

/// Files with their bytes. No file stands where another has a directory.
type Tree = BTreeMap<String, Vec<u8>>;

fn trees() -> impl Strategy<Value = Tree> {
    let name = "[a-cA-C .:\u{e9}-]{1,4}".prop_filter("a plain name", |name| {
        !name.chars().all(|letter| letter == '.') && !name.starts_with(".git")
    });
    let file = (
        select(vec!["", "d/", "d.d/", "d/e/"]),
        name,
        collection::vec(any::<u8>(), 0..40),
    );
    collection::vec(file, 1..8).prop_map(|files| {
        let files = files.into_iter();
        // The bytes of the first keep a tree from being empty, of which no shard is made.
        let mut tree: Tree = files
            .map(|(folder, name, bytes)| (format!("{folder}file{name}"), bytes))
            .collect();
        tree.insert("weights.bin".to_owned(), b"weights".to_vec());
        tree
    })
}

fn write(root: &Path, tree: &Tree) {
    for (name, bytes) in tree {
        let path = root.join(name);
        fs::create_dir_all(path.parent().expect("below the root")).expect("writable");
        fs::write(path, bytes).expect("writable");
    }
}

/// One change of a tree.
#[derive(Clone, Copy, Debug)]
enum Change {
    Add,
    Alter(Index),
    Grow(Index),
    Remove(Index),
    Rename(Index),
}

fn changes() -> impl Strategy<Value = Change> {
    (0..5_u8, any::<Index>()).prop_map(|(kind, index)| match kind {
        0 => Change::Add,
        1 => Change::Alter(index),
        2 => Change::Grow(index),
        3 => Change::Remove(index),
        _ => Change::Rename(index),
    })
}

impl Change {
    /// Makes the change; only files with bytes are changed, since shards do not cover the others.
    fn make(self, root: &Path, tree: &Tree) {
        let files: Vec<_> = tree.iter().filter(|(_, bytes)| !bytes.is_empty()).collect();
        let pick = |index: Index| {
            let (name, bytes) = files[index.index(files.len())];
            (root.join(name), bytes.clone())
        };
        let done = match self {
            Self::Add => fs::write(root.join("added"), "x"),
            Self::Alter(index) => {
                let (path, mut bytes) = pick(index);
                let place = bytes.len() / 2;
                bytes[place] ^= 1;
                fs::write(path, bytes)
            }
            Self::Grow(index) => {
                let (path, mut bytes) = pick(index);
                bytes.push(0);
                fs::write(path, bytes)
            }
            Self::Remove(index) => fs::remove_file(pick(index).0),
            Self::Rename(index) => fs::rename(pick(index).0, root.join("renamed")),
        };
        done.expect("the folder is writable");
    }
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn any_tree_that_is_signed_verifies_and_any_change_is_found(
        tree in trees(),
        algorithm in select(DigestAlgorithm::ALL.to_vec()),
        shard in select(vec![None, NonZeroU64::new(1), NonZeroU64::new(16)]),
        form in select(vec![Write::Spec, Write::PythonCompat]),
        change in changes(),
    ) {
        let model = tempfile::tempdir().expect("a scratch folder can be made");
        write(model.path(), &tree);
        let sharding = shard.map_or(Sharding::Whole, Sharding::Size);
        let options = HashOptions::default().with_algorithm(algorithm).with_sharding(sharding);
        let manifest = hashed(model.path(), &options);
        let bundle = sign_with(&manifest, &key(), &SignOptions::default().with_form(form));
        let bundle = bundle.expect("it signs");
        prop_assert_eq!(outcome(model.path(), &bundle, &policy()), ["ok"]);

        change.make(model.path(), &tree);
        let found = outcome(model.path(), &bundle, &policy());
        prop_assert!(
            found.iter().all(|code| code.starts_with("sign.file.")),
            "{change:?}: {found:?}"
        );
    }
}
