use std::borrow::Cow;

use unicase::UniCase;
use unicode_normalization::UnicodeNormalization as _;

use crate::EntryPath;

/// Names files or directories that a disk may take for one.
///
/// The paths differ, yet are equal once letter case and Unicode normalization are set aside, as
/// the file systems of macOS and Windows do: on such a disk one file overwrites the other, and two
/// directories become one.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Collision {
    paths: Vec<EntryPath>,
}

impl Collision {
    /// Returns the paths, two or more, sorted.
    #[must_use]
    pub fn paths(&self) -> &[EntryPath] {
        &self.paths
    }
}

/// Lists the paths that a disk may take for one, sorted.
///
/// Two texts are compared after NFD, the full default case folding and NFC (Unicode 3.13, D145).
/// Every directory counts like a file: `A/x` and `a/y` give one [`Collision`] of `A` and `a`.
/// Some disks fold less, so that what is reported is possible and not certain.
///
/// ```
/// use modelward_artifact::{EntryPath, collisions};
///
/// let paths = ["Model.bin", "config.json", "model.BIN"]
///     .map(|path| path.parse::<EntryPath>().expect("a plain path"));
/// let found = collisions(&paths);
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].paths(), [paths[0].clone(), paths[2].clone()]);
/// ```
pub fn collisions<'a>(paths: impl IntoIterator<Item = &'a EntryPath>) -> Vec<Collision> {
    let mut paths: Vec<&EntryPath> = paths.into_iter().collect();
    paths.sort_unstable();
    let mut folded: Vec<(Cow<'a, str>, &'a str)> = Vec::with_capacity(paths.len());
    let mut previous = "";
    for path in paths {
        let known = shared_directories(previous, path.as_str());
        let all = path.directories().chain([path.as_str()]);
        let new = all.filter(|text| text.len() > known);
        folded.extend(new.map(|text| (fold(text), text)));
        previous = path.as_str();
    }
    // A directory can come twice, when a name such as `a-b` sorts between `a` and `a/b`.
    folded.sort_unstable();
    folded.dedup();
    let mut found: Vec<Collision> = folded
        .chunk_by(|one, two| one.0 == two.0)
        .filter(|group| group.len() > 1)
        .map(|group| Collision {
            paths: group
                .iter()
                .filter_map(|(_, path)| path.parse().ok())
                .collect(),
        })
        .collect();
    found.sort_unstable();
    found
}

/// Returns where the last directory that both paths lie in ends, or 0.
fn shared_directories(one: &str, two: &str) -> usize {
    let pairs = one.bytes().zip(two.bytes());
    let same = pairs.take_while(|(one, two)| one == two).count();
    two.as_bytes()[..same]
        .iter()
        .rposition(|&byte| byte == b'/')
        .unwrap_or(0)
}

fn fold(text: &str) -> Cow<'_, str> {
    if !text.is_ascii() {
        let decomposed: String = text.nfd().collect();
        let folded = UniCase::unicode(decomposed).to_folded_case();
        return Cow::Owned(folded.nfc().collect());
    }
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Owned(text.to_ascii_lowercase());
    }
    Cow::Borrowed(text)
}
