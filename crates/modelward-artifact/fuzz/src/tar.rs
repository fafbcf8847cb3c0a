//! Archives, whose checksums are put right.

use std::fs;
use std::sync::LazyLock;

use modelward_artifact::{
    HashError, HashOptions, Manifest, NoControl, TarError, TarFile, WalkLimits, WalkOptions,
};
use tempfile::TempDir;

use crate::refused;

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("there is room"));

const BLOCK: usize = 512;

/// Hashes an archive as a file and as a stream, which say the same.
pub fn tar(bytes: &[u8]) {
    let bytes = sealed(bytes);
    let limits = WalkLimits::default().with_max_entries(64).with_max_depth(8);
    let walk = WalkOptions::default().with_limits(limits);
    let options = HashOptions::default()
        .with_threads(1)
        .with_walk(walk.clone());
    let path = FOLDER.path().join("model.tar");
    fs::write(&path, &bytes).expect("there is room");
    let file = TarFile::open(&path, walk)
        .and_then(|source| Manifest::hash_source(&source, &options, &NoControl));
    let name = file.as_ref().map_or("model", Manifest::name);
    let stream = Manifest::hash_tar(&bytes[..], name, &options, &NoControl);
    match (&file, &stream) {
        (Ok(file), Ok(stream)) => {
            assert_eq!(file, stream);
            let size = usize::try_from(file.total_size()).expect("it is small");
            assert!(size <= bytes.len(), "no byte belongs to two files");
        }
        (Err(file), Err(stream)) => {
            assert_eq!(code(file), code(stream));
            refused(stream);
        }
        _ => panic!("a file gives {file:?}, a stream gives {stream:?}"),
    }
}

fn code(error: &HashError) -> &'static str {
    TarError::of(error).map_or_else(|| error.code(), TarError::code)
}

/// Puts the checksum of every block right that looks like a header.
fn sealed(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for block in bytes.chunks_exact_mut(BLOCK) {
        if block[257..].starts_with(b"ustar") {
            block[148..156].fill(b' ');
            let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
            block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        }
    }
    bytes
}
