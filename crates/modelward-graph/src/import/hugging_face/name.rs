//! Names of the Hub as package URLs.

use crate::NodeId;

/// A name of a repository that the Hub could have: `ORG/NAME`, or `NAME` of the first ones.
pub(super) struct Repository<'t> {
    kind: &'static str,
    name: &'t str,
}

impl<'t> Repository<'t> {
    pub(super) fn model(name: &'t str) -> Option<Self> {
        Self::of("", name)
    }

    /// The specification of package URLs has no form for data sets; this one keeps them apart from
    /// models of the same name.
    pub(super) fn dataset(name: &'t str) -> Option<Self> {
        Self::of("datasets/", name)
    }

    fn of(kind: &'static str, name: &'t str) -> Option<Self> {
        let is_part = |part: &str| {
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
            let is_dots = part.bytes().all(|byte| byte == b'.');
            part.len() <= 96 && !is_dots && part.bytes().all(is_plain)
        };
        let parts = name.split('/').count();
        (parts <= 2 && name.split('/').all(is_part)).then_some(Self { kind, name })
    }

    /// Returns the package URL, at a commit if one is known.
    pub(super) fn id(&self, commit: Option<&str>) -> NodeId {
        let Self { kind, name } = self;
        // Letters, digits, `-`, `_`, `.` and slashes are their own canonical form.
        NodeId::of_checked(&match commit {
            Some(commit) => format!(
                "pkg:huggingface/{kind}{name}@{}",
                commit.to_ascii_lowercase()
            ),
            None => format!("pkg:huggingface/{kind}{name}"),
        })
    }
}

/// Tells whether a text is a commit of Git.
pub(super) fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
