//! What Cargo wrote.

mod lock;
mod metadata;

use std::fmt::Display;

use packageurl::PackageUrl;

use crate::NodeId;
use crate::import::document::Document;

/// Sources that are all the one public registry.
const CRATES_IO: [&str; 4] = [
    "registry+https://github.com/rust-lang/crates.io-index",
    "registry+sparse+https://index.crates.io/",
    "sparse+https://index.crates.io",
    "sparse+https://index.crates.io/",
];

/// Returns the id of a package of Cargo.
///
/// A package of a folder is one of its document alone: a package URL without more would be that of
/// whatever has its name on crates.io.
fn package(
    out: &mut Document<'_>,
    (name, version): (&str, &str),
    source: Option<&str>,
    at: &dyn Display,
) -> NodeId {
    let purl = source.and_then(|source| purl(name, version, source));
    purl.unwrap_or_else(|| {
        if source.is_some() {
            out.malformed(
                at,
                "package has no name, version or source that a package url can have",
            );
        }
        out.local(&format!("{name}@{version}"), at)
    })
}

fn purl(name: &str, version: &str, source: &str) -> Option<NodeId> {
    let mut purl = PackageUrl::new("cargo", name).ok()?;
    purl.with_version(version).ok()?;
    if let Some(git) = source.strip_prefix("git+") {
        let (repository, commit) = git.split_once('#').unwrap_or((git, ""));
        let repository = repository.split('?').next().unwrap_or_default();
        let at = if commit.is_empty() { "" } else { "@" };
        let url = format!("git+{repository}{at}{commit}");
        purl.add_qualifier("vcs_url", url).ok()?;
    } else if !CRATES_IO.contains(&source) {
        let registry = source
            .strip_prefix("registry+")
            .or_else(|| source.strip_prefix("sparse+"))?;
        purl.add_qualifier("repository_url", registry.to_owned())
            .ok()?;
    }
    NodeId::of_purl(&purl.to_string())
        .ok()
        .filter(|id| NodeId::check(id.as_str()).is_ok())
}
