//! Reports of pip.

mod marker;
mod package;
mod requirement;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt::Display;

use serde_json::Value;

use self::requirement::Requirement;
use crate::advisory::python_name;
use crate::import::document::{Document, cut};
use crate::{
    BuildGraphError, ImportError, Node, NodeId, NodeKind, Relation, Scope, Source,
    SupplyGraphBuilder, WarningKind,
};

/// The name of the node that stands for what pip was asked for.
const REQUIREMENTS: &str = "requirements";

impl SupplyGraphBuilder {
    /// Reads what `pip install --report` writes and returns the node of what pip was asked for.
    ///
    /// - That node is `SOURCE#requirements` and depends on what the report says was requested, and on
    ///   whatever nothing else of the report needs.
    /// - A package is `pkg:pypi/NAME@VERSION`, with `vcs_url` or `download_url` where it was asked for
    ///   by its address. One of a folder is `SOURCE#NAME@VERSION`.
    /// - A line of `Requires-Dist` is `depends-on` if its marker holds in the environment of the
    ///   report, and `depends-on/optional` if it holds only with an extra that somebody asked for. A
    ///   marker that cannot be read is a warning and counts as one that holds.
    /// - The license is the expression, else the classifiers, else the first line of the free text.
    ///
    /// ```
    /// use modelward_graph::{Source, SupplyGraphBuilder};
    /// use serde_json::json;
    ///
    /// let report = json!({
    ///     "version": "1",
    ///     "environment": {"python_version": "3.13"},
    ///     "install": [
    ///         {"requested": true, "metadata": {"name": "torch", "version": "2.9.0", "requires_dist": [
    ///             "setuptools; python_version >= '3.12'",
    ///             "optree>=0.13; extra == 'optree'",
    ///         ]}},
    ///         {"requested": false, "metadata": {"name": "setuptools", "version": "80.9.0"}},
    ///     ],
    /// });
    /// let mut builder = SupplyGraphBuilder::default();
    /// let root = builder.add_pip_report(Source::new("report.json"), &report)?;
    ///
    /// let graph = builder.build()?;
    /// let why = graph.path(&root, "pkg:pypi/setuptools@80.9.0")?.ok_or("nothing needs it")?;
    /// assert_eq!(
    ///     why.to_string(),
    ///     "report.json#requirements -depends on-> pkg:pypi/torch@2.9.0 -depends on-> pkg:pypi/setuptools@80.9.0",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ImportError::NotThisFormat`], [`ImportError::Version`] and [`ImportError::Build`].
    pub fn add_pip_report(
        &mut self,
        source: Source,
        report: &Value,
    ) -> Result<NodeId, ImportError> {
        check_format(report)?;
        let mut out = Document::begin(self, source, None, ("", &Value::Null))?;
        if !report["environment"].is_object() {
            out.malformed(&"/environment", "expected an object");
        }
        let root = out.local(REQUIREMENTS, &"");
        out.builder
            .add_node(&Node::new(root.clone(), NodeKind::Library, REQUIREMENTS))?;
        let mut reader = Reader {
            out,
            environment: &report["environment"],
            packages: Vec::new(),
            by_name: HashMap::new(),
            pending: VecDeque::new(),
            stated: HashSet::new(),
            needed: HashSet::new(),
        };
        let install = reader.out.list(report, "install", &"");
        for (number, item) in install.iter().enumerate() {
            reader.describe(number, item)?;
        }
        reader.ask_for_extras();
        while let Some((package, extra)) = reader.pending.pop_front() {
            reader.relate(package, &extra)?;
        }
        reader.relate_root(&root)?;
        Ok(root)
    }
}

fn check_format(report: &Value) -> Result<(), ImportError> {
    const FORMAT: &str = "a report of pip";
    if !report["install"].is_array() {
        return Err(ImportError::NotThisFormat {
            format: FORMAT,
            reason: "it has no list of `install`",
        });
    }
    match report["version"].as_str() {
        Some("1") => Ok(()),
        _ => Err(ImportError::Version {
            format: FORMAT,
            found: cut(&report["version"].to_string()),
        }),
    }
}

struct Reader<'b, 'd> {
    out: Document<'b>,
    environment: &'d Value,
    packages: Vec<Package<'d>>,
    by_name: HashMap<String, usize>,
    /// Packages whose requirements are to be looked at, without an extra first and then with each.
    pending: VecDeque<(usize, String)>,
    /// Relations that hold without an extra.
    stated: HashSet<(usize, String)>,
    /// The names of what some other package needs.
    needed: HashSet<String>,
}

struct Package<'d> {
    item: &'d Value,
    /// Where it stands in the report.
    number: usize,
    id: NodeId,
    name: String,
    requirements: Vec<Option<Requirement>>,
    /// The requirements whose marker names each extra.
    by_extra: BTreeMap<String, Vec<usize>>,
    extras: BTreeSet<String>,
}

impl Reader<'_, '_> {
    /// Turns to every package as it is, then with the extras that somebody asked for.
    fn ask_for_extras(&mut self) {
        for package in 0..self.packages.len() {
            self.pending.push_back((package, String::new()));
        }
        for package in 0..self.packages.len() {
            let Package { item, number, .. } = self.packages[package];
            let at = format_args!("/install/{number}");
            for extra in self.out.texts(item, "requested_extras", &at) {
                self.activate(package, python_name(extra));
            }
        }
    }

    fn activate(&mut self, package: usize, extra: String) {
        if self.packages[package].extras.insert(extra.clone()) {
            self.pending.push_back((package, extra));
        }
    }

    /// Relates a package to what it needs with one extra, or without any.
    fn relate(&mut self, package: usize, extra: &str) -> Result<(), BuildGraphError> {
        let lines: Vec<usize> = if extra.is_empty() {
            (0..self.packages[package].requirements.len()).collect()
        } else {
            let by_extra = &self.packages[package].by_extra;
            by_extra.get(extra).cloned().unwrap_or_default()
        };
        for line in lines {
            let number = self.packages[package].number;
            let at = format_args!("/install/{number}/metadata/requires_dist/{line}");
            let Some(requirement) = &self.packages[package].requirements[line] else {
                continue;
            };
            let holds = requirement.marker.holds(self.environment, extra);
            if holds == Some(false) {
                continue;
            }
            let (name, extras) = (requirement.name.clone(), requirement.extras.clone());
            if holds.is_none() {
                self.out
                    .malformed(&at, "marker cannot be evaluated and counts as true");
            }
            self.need(package, extra, &name, &at)?;
            if let Some(target) = self.by_name.get(&name).copied() {
                for extra in extras {
                    self.activate(target, extra);
                }
            }
        }
        Ok(())
    }

    fn need(
        &mut self,
        package: usize,
        extra: &str,
        name: &str,
        at: &dyn Display,
    ) -> Result<(), BuildGraphError> {
        // A package names itself to ask for more of its extras.
        if self.packages[package].name == name {
            return Ok(());
        }
        let pair = (package, name.to_owned());
        let scope = match extra {
            "" => {
                self.stated.insert(pair);
                Scope::Runtime
            }
            _ if self.stated.contains(&pair) => return Ok(()),
            _ => Scope::Optional,
        };
        let to = match self.by_name.get(name) {
            Some(target) => self.packages[*target].id.clone(),
            None => {
                // Pip had it already, or was told to leave it out.
                self.out.dangling(at, name);
                let purl = NodeId::of_purl(&format!("pkg:pypi/{name}")).ok();
                let purl = purl.filter(|purl| NodeId::check(purl.as_str()).is_ok());
                purl.unwrap_or_else(|| self.out.local(name, at))
            }
        };
        self.needed.insert(name.to_owned());
        let from = self.packages[package].id.clone();
        self.out.relate(&from, Relation::DependsOn(scope), &to, at)
    }

    fn relate_root(&mut self, root: &NodeId) -> Result<(), BuildGraphError> {
        for package in &self.packages {
            let is_requested = package.item["requested"] == true;
            if is_requested || !self.needed.contains(&package.name) {
                let at = format_args!("/install/{}", package.number);
                let relation = Relation::DependsOn(Scope::Runtime);
                self.out.relate(root, relation, &package.id, &at)?;
            }
        }
        Ok(())
    }
}
