//! The clusters that a standard puts its elements in.

use crate::profile::Profile;

/// The seven of the G7, by the letters that the ids of their elements begin with.
const G7: [(&str, &str); 7] = [
    ("MD", "metadata"),
    ("SLP", "system-level properties"),
    ("MDL", "models"),
    ("DP", "dataset properties"),
    ("INF", "infrastructure"),
    ("SP", "security properties"),
    ("KPI", "key performance indicators"),
];

/// Returns the cluster of an element; `None` where the standard has none.
pub(super) fn of(profile: Profile, id: &str) -> Option<&'static str> {
    if profile != Profile::G7Ai {
        return None;
    }
    let (letters, _) = id.split_once('-')?;
    let mut clusters = G7.iter();
    clusters
        .find(|(own, _)| *own == letters)
        .map(|(_, title)| *title)
}
