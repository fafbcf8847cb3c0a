//! One line of `Requires-Dist`.

use std::collections::BTreeSet;

use super::marker::Marker;
use crate::advisory::python_name;

/// What a package needs: of which name, with which extras, and when.
pub(super) struct Requirement {
    pub(super) name: String,
    pub(super) extras: BTreeSet<String>,
    pub(super) marker: Marker,
}

impl Requirement {
    /// Reads `NAME[EXTRA, ..] SPECIFIERS ; MARKER` or `NAME[EXTRA, ..] @ URL ; MARKER`, or nothing if
    /// the text does not begin with a name.
    ///
    /// Specifiers are not read: the report tells which version was chosen.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim_start();
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        if name.is_empty() {
            return None;
        }
        let mut rest = rest.trim_start();
        let mut extras = BTreeSet::new();
        if let Some(inside) = rest.strip_prefix('[') {
            let (listed, after) = inside.split_once(']')?;
            let listed = listed
                .split(',')
                .map(str::trim)
                .filter(|extra| !extra.is_empty());
            extras.extend(listed.map(python_name));
            rest = after.trim_start();
        }
        // An address may have semicolons, so that a blank has to stand before the marker there.
        let separator = if rest.starts_with('@') { " ;" } else { ";" };
        let marker = rest.split_once(separator).map_or("", |(_, marker)| marker);
        Some(Self {
            name: python_name(name),
            extras,
            marker: Marker::read(marker),
        })
    }
}
