use std::collections::{BTreeSet, HashMap};
use std::fmt::Display;

use serde_json::Value;

use super::package;
use crate::import::document::{Document, cut};
use crate::{
    BuildGraphError, ImportError, Node, NodeId, NodeKind, Relation, Scope, Source,
    SupplyGraphBuilder, WarningKind,
};

impl SupplyGraphBuilder {
    /// Reads what `cargo metadata --format-version 1` writes and returns the node of the root package,
    /// if the workspace has one.
    ///
    /// - Packages have the ids that [`add_cargo_lock`](Self::add_cargo_lock) gives them, so that both
    ///   documents join where they are given the same source.
    /// - Each kind of `dep_kinds` is a relation: `depends-on` at run time, for the build or for
    ///   development, and `optional` where the package declares it so. Cargo before 1.41 did not write
    ///   `dep_kinds`; there the kinds are those that the package declares.
    ///
    /// # Errors
    ///
    /// [`ImportError::NotThisFormat`], [`ImportError::Version`] and [`ImportError::Build`].
    pub fn add_cargo_metadata(
        &mut self,
        source: Source,
        metadata: &Value,
    ) -> Result<Option<NodeId>, ImportError> {
        check_format(metadata)?;
        let out = Document::begin(self, source, None, ("", &Value::Null))?;
        let mut reader = Reader {
            out,
            packages: HashMap::new(),
            declared: HashMap::new(),
        };
        reader.describe(metadata)?;
        if metadata["resolve"].is_null() {
            reader.out.malformed(&"/resolve", "it has no dependencies");
        }
        let nodes = reader.out.list(&metadata["resolve"], "nodes", &"/resolve");
        for (index, node) in nodes.iter().enumerate() {
            reader.relate(node, &format_args!("/resolve/nodes/{index}"))?;
        }
        let root = metadata["resolve"]["root"].as_str();
        let root = root.and_then(|root| reader.packages.get(root));
        Ok(root.map(|root| root.id.clone()))
    }
}

fn check_format(metadata: &Value) -> Result<(), ImportError> {
    const FORMAT: &str = "cargo metadata";
    if !metadata["packages"].is_array() {
        return Err(ImportError::NotThisFormat {
            format: FORMAT,
            reason: "it has no list of `packages`",
        });
    }
    if metadata["version"].as_u64() != Some(1) {
        return Err(ImportError::Version {
            format: FORMAT,
            found: cut(&metadata["version"].to_string()),
        });
    }
    Ok(())
}

struct Reader<'b, 'd> {
    out: Document<'b>,
    /// By the ids of Cargo.
    packages: HashMap<&'d str, Package<'d>>,
    /// What each package declares: by its id, the name of the dependency and another name for that.
    declared: HashMap<(&'d str, &'d str, String), BTreeSet<Scope>>,
}

struct Package<'d> {
    id: NodeId,
    name: &'d str,
}

impl<'d> Reader<'_, 'd> {
    fn describe(&mut self, metadata: &'d Value) -> Result<(), BuildGraphError> {
        let packages = self.out.list(metadata, "packages", &"");
        for (index, value) in packages.iter().enumerate() {
            let at = format_args!("/packages/{index}");
            let [name, version, key] =
                ["name", "version", "id"].map(|member| self.out.text(value, member, &at));
            let (Some(name), Some(version), Some(key)) = (name, version, key) else {
                self.out
                    .malformed(&at, "package has no name, no version or no id");
                continue;
            };
            let source = self.out.text(value, "source", &at);
            let id = package(&mut self.out, (name, version), source, &at);
            let node = Node::new(id.clone(), NodeKind::Library, name);
            let mut node = node.with_version(version);
            if let Some(license) = self.out.text(value, "license", &at) {
                // Before 2018 `/` stood between licenses of which one may choose.
                node = node.with_license(license.replace('/', " OR "));
            }
            self.out.builder.add_node(&node)?;
            self.declare(key, value, &at);
            let package = Package { id, name };
            if self.packages.insert(key, package).is_some() {
                let name = cut(key);
                self.out
                    .builder
                    .warn(at.to_string(), WarningKind::Duplicate { name });
            }
        }
        Ok(())
    }

    fn relate(&mut self, node: &'d Value, at: &dyn Display) -> Result<(), BuildGraphError> {
        let from = self.end(&node["id"], &format_args!("{at}/id"))?;
        let Some(from) = from else {
            return Ok(());
        };
        let deps = self.out.list(node, "deps", at);
        for (index, dep) in deps.iter().enumerate() {
            let at = format_args!("{at}/deps/{index}");
            if let Some(to) = self.end(&dep["pkg"], &at)? {
                for scope in self.scopes(node, dep, &at) {
                    self.out
                        .relate(&from, Relation::DependsOn(scope), &to, &at)?;
                }
            }
        }
        // Cargo before 1.30 wrote only the ids.
        if deps.is_empty() {
            let names = self.out.list(node, "dependencies", at);
            for (index, name) in names.iter().enumerate() {
                let at = format_args!("{at}/dependencies/{index}");
                if let Some(to) = self.end(name, &at)? {
                    self.out
                        .relate(&from, Relation::DependsOn(Scope::Runtime), &to, &at)?;
                }
            }
        }
        Ok(())
    }

    /// Returns the node of an id of Cargo.
    fn end(&mut self, key: &Value, at: &dyn Display) -> Result<Option<NodeId>, BuildGraphError> {
        let Some(key) = key.as_str() else {
            self.out.malformed(at, "expected the id of a package");
            return Ok(None);
        };
        if let Some(package) = self.packages.get(key) {
            return Ok(Some(package.id.clone()));
        }
        self.out.dangling(at, key);
        let id = self.out.local(key, at);
        self.out
            .builder
            .add_node(&Node::new(id.clone(), NodeKind::Library, key))?;
        Ok(Some(id))
    }

    /// Returns what a dependency is needed for, in one or several ways.
    fn scopes(&mut self, node: &'d Value, dep: &'d Value, at: &dyn Display) -> BTreeSet<Scope> {
        let declared = self.declared(node, dep);
        let mut scopes = BTreeSet::new();
        let kinds = self.out.list(dep, "dep_kinds", at);
        for (index, kind) in kinds.iter().enumerate() {
            let scope = match &kind["kind"] {
                Value::Null => Some(Scope::Runtime),
                kind => kind.as_str().and_then(scope_of),
            };
            let Some(scope) = scope else {
                self.out.malformed(
                    &format_args!("{at}/dep_kinds/{index}/kind"),
                    "kind is not one of cargo",
                );
                scopes.insert(Scope::Runtime);
                continue;
            };
            let is_optional = scope == Scope::Runtime
                && declared.contains(&Scope::Optional)
                && !declared.contains(&Scope::Runtime);
            scopes.insert(if is_optional { Scope::Optional } else { scope });
        }
        if kinds.is_empty() {
            scopes = declared;
        }
        if scopes.is_empty() {
            scopes.insert(Scope::Runtime);
        }
        scopes
    }

    /// Files what a package declares of each dependency.
    fn declare(&mut self, key: &'d str, package: &'d Value, at: &dyn Display) {
        let dependencies = self.out.list(package, "dependencies", at);
        for dependency in dependencies {
            let Some(name) = dependency["name"].as_str() else {
                continue;
            };
            let scope = match &dependency["kind"] {
                Value::Null if dependency["optional"] == true => Some(Scope::Optional),
                Value::Null => Some(Scope::Runtime),
                kind => kind.as_str().and_then(scope_of),
            };
            // What is renamed goes by the name that the code knows, with `_` for `-`.
            let rename = dependency["rename"]
                .as_str()
                .map(|name| name.replace('-', "_"));
            let declared = (key, name, rename.unwrap_or_default());
            self.declared.entry(declared).or_default().extend(scope);
        }
    }

    /// Returns what the dependent declares of packages of the dependency's name.
    fn declared(&self, node: &'d Value, dep: &'d Value) -> BTreeSet<Scope> {
        let (Some(from), Some(to)) = (node["id"].as_str(), dep["pkg"].as_str()) else {
            return BTreeSet::new();
        };
        let Some(to) = self.packages.get(to) else {
            return BTreeSet::new();
        };
        let names = [
            String::new(),
            dep["name"].as_str().unwrap_or_default().to_owned(),
        ];
        let declared = names
            .into_iter()
            .map(|name| self.declared.get(&(from, to.name, name)));
        declared.flatten().flatten().copied().collect()
    }
}

fn scope_of(kind: &str) -> Option<Scope> {
    match kind {
        "build" => Some(Scope::Build),
        "dev" => Some(Scope::Development),
        "normal" => Some(Scope::Runtime),
        _ => None,
    }
}
