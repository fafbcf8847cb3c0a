//! Runs the proofs of `transparency-dev/merkle`, which are not part of this repository.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use modelward_artifact::{Digest, DigestAlgorithm};
use modelward_incident::log::{ConsistencyProof, InclusionProof};
use serde_json::Value;

#[test]
fn every_vector_of_the_field_is_judged_as_its_authors_do() {
    let Some(folder) = crate::shared("crypto/merkle/testdata") else {
        return;
    };
    let mut files = Vec::new();
    collect(&folder, &mut files);
    files.sort();
    assert_eq!(files.len(), 518);
    let (mut judged, mut accepted, mut inner) = (0, 0, 0);
    for file in files {
        let case: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        let Some(holds) = judge(&case) else {
            inner += 1;
            continue;
        };
        assert_eq!(
            holds,
            !case["wantErr"].as_bool().unwrap(),
            "{}",
            file.display()
        );
        judged += 1;
        accepted += u32::from(holds);
    }
    // The rest are proofs from an empty subtree or one in the middle of a tree, which a log has not.
    assert_eq!((judged, accepted, inner), (491, 30, 27));
}

/// Tells whether the proof holds, or `None` where it is of a kind that a log does not have.
fn judge(case: &Value) -> Option<bool> {
    let number = |name: &str| case[name].as_u64();
    let path = case["proof"].as_array().map_or(&[][..], Vec::as_slice);
    let path: Option<Vec<_>> = path.iter().map(digest).collect();
    let start = number("start").unwrap_or(0);
    if let Some(index) = number("leafIdx") {
        // A subtree is a tree of its own where it begins at a multiple of a power of two that holds it.
        let end = number("treeSize").or(number("end"))?;
        let length = end.checked_sub(start).filter(|length| *length > 0);
        let block = length.and_then(u64::checked_next_power_of_two);
        let whole = block.is_some_and(|block| start % block == 0);
        let (Some(path), Some(index), true) = (path, index.checked_sub(start), whole) else {
            return Some(false);
        };
        let proof = InclusionProof::new(index, end - start, path);
        let (leaf, root) = (digest(&case["leafHash"]), digest(&case["root"]));
        return Some(
            leaf.zip(root)
                .is_some_and(|(leaf, root)| proof.verify(&leaf, &root).is_ok()),
        );
    }
    if start > 0 || number("end") == Some(0) {
        return None;
    }
    let old = number("size1").or(number("end"))?;
    let new = number("size2").or(number("size"))?;
    let roots = root(&case["root1"]).zip(root(&case["root2"]));
    Some(path.zip(roots).is_some_and(|(path, (first, second))| {
        ConsistencyProof::new(old, new, path)
            .verify(&first, &second)
            .is_ok()
    }))
}

/// Returns a root. Some vectors have a text there which is compared alone: it becomes a hash.
fn root(text: &Value) -> Option<Digest> {
    let bytes = STANDARD.decode(text.as_str()?).ok()?;
    digest(text).or_else(|| Some(Digest::sha256(&bytes)))
}

/// Returns a hash, or `None` where it has another length than one.
fn digest(text: &Value) -> Option<Digest> {
    let bytes = STANDARD.decode(text.as_str()?).ok()?;
    Digest::from_bytes(DigestAlgorithm::Sha256, &bytes).ok()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
