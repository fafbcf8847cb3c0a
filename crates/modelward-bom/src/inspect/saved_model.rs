mod graph;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::Finding;

use self::graph::read_meta_graph;
use crate::inspect::protobuf::Wire;
use crate::inspect::{Aspect, Fact, Input, InspectError, Location};

/// Operators that reach beyond the model when it runs: they read or write files, list folders, or
/// call into the Python that loaded the model. `TensorFlow`'s own guide says that a model is a program.
const REACHING: [&str; 9] = [
    "DebugIdentity",
    "DebugIdentityV2",
    "DebugIdentityV3",
    "EagerPyFunc",
    "MatchingFiles",
    "PyFunc",
    "PyFuncStateless",
    "ReadFile",
    "WriteFile",
];

/// What a `SavedModel` of `TensorFlow` says in `saved_model.pb`: its signatures, the variables that its
/// objects have, and the operators that reach beyond it. The values of variables are elsewhere.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SavedModel {
    schema_version: Option<(u64, u64)>,
    meta_graphs: u64,
    tags: BTreeMap<String, u64>,
    tool: Option<(String, u64)>,
    interfaces: Vec<Interface>,
    functions: u64,
    nodes: u64,
    reaching: BTreeMap<String, u64>,
    foreign: BTreeMap<String, u64>,
    assets: BTreeMap<String, u64>,
    variables: Variables,
}

/// An input or output of a signature.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Interface {
    aspect: Aspect,
    format: String,
    at: u64,
}

/// What the objects of the model say of their variables.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct Variables {
    at: u64,
    count: u64,
    elements: u64,
    trainable: u64,
    types: BTreeSet<String>,
    /// Whether a variable's shape is not known, so that the others are not all.
    is_partial: bool,
}

impl SavedModel {
    /// Reads the structure of the model.
    ///
    /// # Errors
    ///
    /// [`InspectError`] where the file is no protocol buffer, has no graph, or passes a limit.
    pub fn read(input: &mut Input<'_>) -> Result<Self, InspectError> {
        let mut wire = Wire::new(input);
        let mut model = Self::default();
        let mut rest = wire.whole();
        while let Some(field) = wire.next(&mut rest)? {
            match (field.number, field.span(), field.varint()) {
                (1, None, Some(version)) => model.schema_version = Some((version, rest.at - 1)),
                (2, Some(span), _) => {
                    model.meta_graphs += 1;
                    read_meta_graph(&mut wire, span, &mut model)?;
                }
                _ => {}
            }
        }
        if model.meta_graphs > 0 {
            return Ok(model);
        }
        Err(InspectError::Malformed {
            what: "model",
            at: Location::Whole,
            found: "without a graph".to_owned(),
            expected: "a graph",
        })
    }

    /// Returns the number of variables that the model's objects have.
    #[must_use]
    pub const fn variables(&self) -> u64 {
        self.variables.count
    }

    /// Returns the number of elements in the variables that training changes; `None` where a shape
    /// is not known, or no object has a variable: then the graph alone may have them.
    #[must_use]
    pub const fn trainable_parameters(&self) -> Option<u64> {
        if self.variables.is_partial || self.variables.count == 0 {
            return None;
        }
        Some(self.variables.trainable)
    }

    /// Returns the operators that read or write files or call into Python.
    #[must_use]
    pub fn reaching_operators(&self) -> Vec<&str> {
        self.reaching.keys().map(String::as_str).collect()
    }

    /// Returns what the file says of the model.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        if let Some((version, at)) = self.schema_version {
            let (version, at) = (version.to_string(), Location::Byte(at));
            facts.push(Fact::observed(Aspect::FormatVersion, version, at));
        }
        if let Some((tool, at)) = &self.tool {
            facts.push(Fact::declared(Aspect::Tool, tool, Location::Byte(*at)));
        }
        for (tag, at) in &self.tags {
            let aspect = Aspect::Metadata("tag of a graph".to_owned());
            facts.push(Fact::observed(aspect, tag, Location::Byte(*at)));
        }
        let interfaces = self.interfaces.iter().map(|interface| {
            let at = Location::Byte(interface.at);
            Fact::observed(interface.aspect.clone(), &interface.format, at)
        });
        facts.extend(interfaces);
        facts.extend(self.counts());
        for file in &self.assets {
            facts.push(placed(Aspect::ExternalFile, file));
        }
        for operator in self.reaching.iter().chain(&self.foreign) {
            facts.push(placed(Aspect::Operator, operator));
        }
        facts
    }

    /// Returns what deserves attention.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for operator in self.reaching.keys() {
            let message = format!("`{operator}` reaches beyond the model when it runs");
            findings.push(Finding::new("bom.inspect.saved_model.operator", message));
        }
        for operator in self.foreign.keys() {
            let message = format!("`{operator}` is of a library that a loader needs");
            findings.push(Finding::new("bom.inspect.saved_model.library", message));
        }
        if self.trainable_parameters().is_none() {
            let message = "how many parameters the model has is not known without its variables";
            findings.push(Finding::new("bom.inspect.saved_model.unknown", message));
        }
        findings
    }

    fn counts(&self) -> Vec<Fact> {
        let metadata = |name: &str, count: u64| {
            let aspect = Aspect::Metadata(name.to_owned());
            Fact::observed(aspect, count.to_string(), Location::Whole)
        };
        let mut facts = vec![
            metadata("nodes", self.nodes),
            metadata("functions", self.functions),
        ];
        let variables = &self.variables;
        if variables.count > 0 {
            facts.push(metadata("variables", variables.count));
            facts.push(metadata("elements of variables", variables.elements));
        }
        let at = || Location::Byte(variables.at);
        if let Some(count) = self.trainable_parameters() {
            let count = count.to_string();
            facts.push(Fact::inferred(Aspect::ParameterCount, count, at()));
        }
        let types = variables.types.iter();
        facts.extend(types.map(|name| Fact::observed(Aspect::ElementType, name, at())));
        facts
    }

    /// Notes an operator that deserves attention.
    fn operator(&mut self, name: String, at: u64) {
        self.nodes += 1;
        // Libraries put their name before their operators, as `Addons>`.
        if name.contains('>') {
            self.foreign.entry(name).or_insert(at);
        } else if REACHING.contains(&name.as_str()) {
            self.reaching.entry(name).or_insert(at);
        }
    }
}

fn placed(aspect: Aspect, (value, at): (&String, &u64)) -> Fact {
    Fact::observed(aspect, value, Location::Byte(*at))
}
