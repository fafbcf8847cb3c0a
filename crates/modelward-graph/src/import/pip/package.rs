//! One package of a report.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use modelward_artifact::Digest;
use packageurl::PackageUrl;
use serde_json::Value;

use super::{BuildGraphError, Node, NodeId, NodeKind, Package, Reader, WarningKind, cut};
use super::{Requirement, python_name};

/// The longest free text that is taken for the name of a license, in bytes.
const LICENSE_NAME: usize = 200;

impl<'d> Reader<'_, 'd> {
    /// Describes a package and reads what it requires.
    pub(super) fn describe(
        &mut self,
        number: usize,
        item: &'d Value,
    ) -> Result<(), BuildGraphError> {
        let at = format_args!("/install/{number}");
        let metadata = &item["metadata"];
        let at_metadata = format_args!("{at}/metadata");
        let [name, version] =
            ["name", "version"].map(|member| self.out.text(metadata, member, &at_metadata));
        let (Some(name), Some(version)) = (name, version) else {
            self.out
                .malformed(&at_metadata, "package has no name or no version");
            return Ok(());
        };
        let id = self.identity(item, (name, version), &at);
        let mut node = Node::new(id.clone(), NodeKind::Library, name).with_version(version);
        if let Some(license) = self.license(metadata, &at_metadata) {
            node = node.with_license(license);
        }
        for digest in self.digests(&item["download_info"]["archive_info"], &at) {
            node = node.with_digest(digest);
        }
        self.out.builder.add_node(&node)?;
        let name = python_name(name);
        if self.by_name.contains_key(&name) {
            let name = cut(&name);
            self.out
                .builder
                .warn(at.to_string(), WarningKind::Duplicate { name });
        } else {
            self.by_name.insert(name.clone(), self.packages.len());
        }
        let requirements = self.requirements(metadata, &at_metadata);
        self.packages.push(Package {
            item,
            number,
            id,
            name,
            by_extra: by_extra(&requirements),
            requirements,
            extras: BTreeSet::new(),
        });
        Ok(())
    }

    fn identity(
        &mut self,
        item: &Value,
        (name, version): (&str, &str),
        at: &dyn Display,
    ) -> NodeId {
        let info = &item["download_info"];
        let is_direct = item["is_direct"] == true;
        if !(is_direct && info["dir_info"].is_object()) {
            let address = is_direct.then(|| address(info)).flatten();
            if let Some(id) = purl(name, version, address) {
                return id;
            }
            self.out.malformed(
                at,
                "package has no name and version that a package url can have",
            );
        }
        self.out
            .local(&format!("{}@{version}", python_name(name)), at)
    }

    fn license(&mut self, metadata: &Value, at: &dyn Display) -> Option<String> {
        if let Some(expression) = self.out.text(metadata, "license_expression", at) {
            return Some(expression.to_owned());
        }
        // The last part of `License :: OSI Approved :: MIT License`.
        let classifiers = self.out.texts(metadata, "classifier", at).into_iter();
        let names = classifiers.filter_map(|line| line.strip_prefix("License :: "));
        let names: BTreeSet<&str> = names
            .map(|line| line.rsplit(" :: ").next().unwrap_or(line))
            .filter(|name| *name != "OSI Approved")
            .collect();
        if !names.is_empty() {
            return Some(names.into_iter().collect::<Vec<_>>().join(" AND "));
        }
        let free = self.out.text(metadata, "license", at)?.trim();
        let first = free
            .lines()
            .next()
            .filter(|line| line.len() <= LICENSE_NAME);
        if first.is_none_or(|first| first != free) && !free.is_empty() {
            self.out
                .malformed(&format_args!("{at}/license"), "license is a whole text");
        }
        first.filter(|first| !first.is_empty()).map(str::to_owned)
    }

    fn digests(&mut self, archive: &Value, at: &dyn Display) -> Vec<Digest> {
        let at = format_args!("{at}/download_info/archive_info");
        let mut digests = BTreeSet::new();
        for (name, hex) in archive["hashes"].as_object().into_iter().flatten() {
            let hex = hex.as_str().unwrap_or_default();
            digests.extend(self.out.digest(name, hex, &format_args!("{at}/hashes")));
        }
        // The older form, `sha256=..`.
        if digests.is_empty()
            && let Some((name, hex)) = archive["hash"]
                .as_str()
                .and_then(|hash| hash.split_once('='))
        {
            digests.extend(self.out.digest(name, hex, &format_args!("{at}/hash")));
        }
        digests.into_iter().collect()
    }

    fn requirements(&mut self, metadata: &Value, at: &dyn Display) -> Vec<Option<Requirement>> {
        let lines = self.out.list(metadata, "requires_dist", at);
        let mut requirements = Vec::with_capacity(lines.len());
        for (index, line) in lines.iter().enumerate() {
            let requirement = line.as_str().and_then(Requirement::read);
            if requirement.is_none() {
                let at = format_args!("{at}/requires_dist/{index}");
                self.out.malformed(&at, "text is not a requirement");
            }
            requirements.push(requirement);
        }
        requirements
    }
}

fn by_extra(requirements: &[Option<Requirement>]) -> BTreeMap<String, Vec<usize>> {
    let mut by_extra: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (line, requirement) in requirements.iter().enumerate() {
        for extra in requirement.iter().flat_map(|known| known.marker.extras()) {
            by_extra.entry(extra).or_default().push(line);
        }
    }
    by_extra
}

/// Returns the qualifier that tells where a package comes from that was asked for by its address.
fn address(info: &Value) -> Option<(&'static str, String)> {
    let url = info["url"].as_str()?;
    let vcs = &info["vcs_info"];
    Some(match (vcs["vcs"].as_str(), vcs["commit_id"].as_str()) {
        (Some(vcs), Some(commit)) => ("vcs_url", format!("{vcs}+{url}@{commit}")),
        _ => ("download_url", url.to_owned()),
    })
}

fn purl(name: &str, version: &str, address: Option<(&str, String)>) -> Option<NodeId> {
    let mut purl = PackageUrl::new("pypi", python_name(name)).ok()?;
    purl.with_version(version).ok()?;
    if let Some((key, address)) = address {
        purl.add_qualifier(key.to_owned(), address).ok()?;
    }
    NodeId::of_purl(&purl.to_string())
        .ok()
        .filter(|id| NodeId::check(id.as_str()).is_ok())
}
