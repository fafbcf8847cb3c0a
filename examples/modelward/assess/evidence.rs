//! Looks evidence up in a folder.

use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use modelward::Digest;
use modelward::artifact::escape::TerminalPath;
use modelward::artifact::{DigestAlgorithm, EntryPath, Hasher, open_entry};
use modelward::rmf::{Evidence, EvidenceResolver, Resolution};

use crate::failure::Failure;

/// Takes the location of evidence as a path inside of one folder, and nothing else.
///
/// What leaves the folder is not looked up: an assessment comes from somebody else, and must not
/// make this machine open other files.
pub(super) struct EvidenceFolder(PathBuf);

impl EvidenceFolder {
    /// Refuses what is no folder, so that a slip does not make all evidence missing.
    pub(super) fn new(folder: &Path) -> Result<Self, Failure> {
        if folder.is_dir() {
            return Ok(Self(folder.to_path_buf()));
        }
        let text = format!("{} is no folder", TerminalPath(folder));
        Err(Failure::new("assess.check.evidence_dir", text))
    }
}

impl EvidenceResolver for EvidenceFolder {
    fn resolve(&self, evidence: &Evidence) -> Resolution {
        let unknown = |reason: String| Resolution::Unknown { reason };
        let Some(location) = evidence.location() else {
            return unknown("nothing says where it is kept".to_owned());
        };
        let path: EntryPath = match location.as_str().parse() {
            Ok(path) => path,
            Err(error) => {
                return unknown(format!("its location is no path in the folder: {error}"));
            }
        };
        let algorithm = evidence.digest().map(Digest::algorithm);
        let algorithm = algorithm.unwrap_or(DigestAlgorithm::Sha256);
        match open_entry(&self.0, &path).and_then(|file| hash(file, algorithm)) {
            Ok(digest) => Resolution::Found { digest },
            Err(error) if error.kind() == ErrorKind::NotFound => Resolution::Missing,
            Err(_) if is_behind_link(&self.0, &path) => {
                unknown("its location is a link or lies behind one".to_owned())
            }
            Err(error) => unknown(error.to_string()),
        }
    }
}

/// Tells whether a way inside of the folder has a link, none of which is followed.
fn is_behind_link(folder: &Path, path: &EntryPath) -> bool {
    let mut way = folder.to_path_buf();
    path.segments().any(|segment| {
        way.push(segment);
        way.is_symlink()
    })
}

fn hash(mut file: File, algorithm: DigestAlgorithm) -> io::Result<Digest> {
    let mut hasher = Hasher::new(algorithm);
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.finish()),
            read => hasher.update(&buffer[..read]),
        }
    }
}
