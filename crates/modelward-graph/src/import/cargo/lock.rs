use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::package;
use crate::import::document::{Document, cut};
use crate::{
    BuildGraphError, ImportError, Node, NodeId, NodeKind, Relation, Scope, Source,
    SupplyGraphBuilder, WarningKind,
};

/// The most packages that one line of `dependencies` is taken for where it does not tell them apart.
const NAMESAKES: usize = 8;

/// The largest text that is read.
const MAX_BYTES: usize = 4 << 20;

impl SupplyGraphBuilder {
    /// Reads a `Cargo.lock` of version 1 to 4 and returns the node of its package, if there is one
    /// that no other of the file needs.
    ///
    /// - A package is `pkg:cargo/NAME@VERSION`, with `repository_url` or `vcs_url` where it is not of
    ///   crates.io. One of a folder is `SOURCE#NAME@VERSION`, where the source is the one given here.
    /// - The file does not tell what a dependency is for: all are `depends-on` at run time.
    /// - Packages of the list of unused patches are left out, as Cargo leaves them out.
    ///
    /// ```
    /// use modelward_graph::{Source, SupplyGraphBuilder};
    ///
    /// let lock = r#"
    /// version = 4
    ///
    /// [[package]]
    /// name = "tool"
    /// version = "0.1.0"
    /// dependencies = ["serde"]
    ///
    /// [[package]]
    /// name = "serde"
    /// version = "1.0.0"
    /// source = "registry+https://github.com/rust-lang/crates.io-index"
    /// "#;
    /// let mut builder = SupplyGraphBuilder::default();
    /// let tool = builder.add_cargo_lock(Source::new("Cargo.lock"), lock)?;
    ///
    /// let tool = tool.ok_or("there are several packages")?;
    /// assert_eq!(tool.as_str(), "Cargo.lock#tool@0.1.0");
    /// assert!(builder.build()?.dependents("pkg:cargo/serde@1.0.0")?.contains(&tool));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ImportError::TooLarge`] beyond 4 MiB, which is many thousand packages;
    /// [`ImportError::Toml`], [`ImportError::NotThisFormat`], [`ImportError::Version`] and
    /// [`ImportError::Build`].
    pub fn add_cargo_lock(
        &mut self,
        source: Source,
        text: &str,
    ) -> Result<Option<NodeId>, ImportError> {
        let lock = parse(text)?;
        let mut packages = Packages::default();
        let mut out = Document::begin(self, source, None, ("", &Value::Null))?;
        // The first version kept the package of the folder apart.
        if !lock["root"].is_null() {
            packages.add(&mut out, &lock["root"], "/root".to_owned());
        }
        for (index, value) in out.list(&lock, "package", &"").iter().enumerate() {
            packages.add(&mut out, value, format!("/package/{index}"));
        }
        packages.describe(&mut out, &lock["metadata"])?;
        packages.relate(&mut out)?;
        Ok(packages.subject())
    }
}

/// Reads TOML into JSON, whose pointers tell places in both.
fn parse(text: &str) -> Result<Value, ImportError> {
    if text.len() > MAX_BYTES {
        return Err(ImportError::TooLarge {
            format: "cargo.lock",
            limit: MAX_BYTES,
        });
    }
    let lock: Value = toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        ImportError::Toml {
            line: before.unwrap_or_default().matches('\n').count() + 1,
            reason: error.message().to_owned(),
        }
    })?;
    match &lock["version"] {
        Value::Null => {}
        version if matches!(version.as_u64(), Some(1..=4)) => {}
        version => {
            return Err(ImportError::Version {
                format: "cargo.lock",
                found: cut(&version.to_string()),
            });
        }
    }
    if lock["package"].is_null() && lock["root"].is_null() && lock["version"].is_null() {
        return Err(ImportError::NotThisFormat {
            format: "cargo.lock",
            reason: "it has no `package` and no `version`",
        });
    }
    Ok(lock)
}

/// A line of `dependencies`: `NAME`, `NAME VERSION` or `NAME VERSION (SOURCE)`.
type Line<'d> = (&'d str, Option<&'d str>, Option<&'d str>);

#[derive(Default)]
struct Packages<'d> {
    all: Vec<Package<'d>>,
    /// By what a line of `dependencies` tells: the name alone, with the version, with the source.
    by_line: HashMap<Line<'d>, Vec<usize>>,
    ids: HashSet<NodeId>,
    needed: HashSet<NodeId>,
}

struct Package<'d> {
    id: NodeId,
    at: String,
    name: &'d str,
    version: &'d str,
    source: Option<&'d str>,
    value: &'d Value,
}

impl<'d> Packages<'d> {
    fn add(&mut self, out: &mut Document<'_>, value: &'d Value, at: String) {
        let source = out.text(value, "source", &at);
        let (Some(name), Some(version)) = (
            out.text(value, "name", &at),
            out.text(value, "version", &at),
        ) else {
            out.malformed(&at, "package has no name or no version");
            return;
        };
        let id = package(out, (name, version), source, &at);
        if !self.ids.insert(id.clone()) {
            let name = cut(id.as_str());
            out.builder
                .warn(at.as_str(), WarningKind::Duplicate { name });
        }
        let mut lines = vec![(name, None, None), (name, Some(version), None)];
        if source.is_some() {
            lines.push((name, Some(version), source));
        }
        for line in lines {
            self.by_line.entry(line).or_default().push(self.all.len());
        }
        self.all.push(Package {
            id,
            at,
            name,
            version,
            source,
            value,
        });
    }

    fn describe(&self, out: &mut Document<'_>, metadata: &Value) -> Result<(), BuildGraphError> {
        for package in &self.all {
            let Package {
                at, name, version, ..
            } = package;
            let node = Node::new(package.id.clone(), NodeKind::Library, *name);
            let mut node = node.with_version(*version);
            // The first version has checksums in a table of their own.
            let source = package.source.unwrap_or_default();
            let apart = &metadata[format!("checksum {name} {version} ({source})")];
            let checksum = out.text(package.value, "checksum", at);
            let checksum = checksum.or_else(|| apart.as_str());
            if let Some(checksum) = checksum.filter(|checksum| *checksum != "<none>") {
                let digest = out.digest("sha256", checksum, &format_args!("{at}/checksum"));
                node = digest.into_iter().fold(node, Node::with_digest);
            }
            out.builder.add_node(&node)?;
        }
        Ok(())
    }

    fn relate(&mut self, out: &mut Document<'_>) -> Result<(), BuildGraphError> {
        let relation = Relation::DependsOn(Scope::Runtime);
        for package in &self.all {
            let at = &package.at;
            let lines = out.texts(package.value, "dependencies", at);
            for (index, line) in lines.into_iter().enumerate() {
                let at = format_args!("{at}/dependencies/{index}");
                let found = self.by_line.get(&read(line)).map_or(&[][..], Vec::as_slice);
                if found.is_empty() {
                    out.dangling(&at, line);
                    let id = out.local(line, &at);
                    let node = Node::new(id.clone(), NodeKind::Library, line);
                    out.builder.add_node(&node)?;
                    out.relate(&package.id, relation, &id, &at)?;
                }
                if found.len() > 1 {
                    out.malformed(&at, format!("{} packages are meant", found.len()));
                }
                for dependency in found.iter().take(NAMESAKES) {
                    let dependency = &self.all[*dependency].id;
                    out.relate(&package.id, relation, dependency, &at)?;
                    if *dependency != package.id {
                        self.needed.insert(dependency.clone());
                    }
                }
            }
        }
        Ok(())
    }

    /// Returns the one package of a folder that no other package needs.
    fn subject(&self) -> Option<NodeId> {
        let mut own = self
            .all
            .iter()
            .filter(|package| package.source.is_none() && !self.needed.contains(&package.id));
        let first = own.next()?;
        own.next().is_none().then(|| first.id.clone())
    }
}

fn read(line: &str) -> Line<'_> {
    let mut words = line.splitn(3, ' ');
    let name = words.next().unwrap_or_default();
    let version = words.next();
    let source = words.next();
    let source = source.map(|source| source.trim_start_matches('(').trim_end_matches(')'));
    (name, version, source)
}
