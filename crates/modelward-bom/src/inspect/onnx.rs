mod graph;
mod tensor;

use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::{EntryPath, Finding};

use self::graph::{Interface, read_function, read_graph};
use crate::inspect::protobuf::{Span, Wire};
use crate::inspect::{Aspect, Fact, Input, InspectError, Location};

/// The sets of operators that ONNX itself defines.
const STANDARD_DOMAINS: [&str; 5] = [
    "",
    "ai.onnx",
    "ai.onnx.ml",
    "ai.onnx.preview.training",
    "ai.onnx.training",
];

/// What an ONNX file says: its producer, its operators, its inputs and outputs, and the initializers
/// of the graph and of all graphs inside it. The values of tensors are passed over.
///
/// Tensors in attributes of nodes, which are constants and not initializers, are counted apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Onnx {
    ir_version: Option<(u64, u64)>,
    texts: Vec<(Aspect, String, u64)>,
    producer: Option<(String, u64)>,
    producer_version: String,
    opsets: BTreeMap<String, (u64, u64)>,
    graph_at: u64,
    inputs: Vec<Interface>,
    outputs: Vec<Interface>,
    initializers: BTreeSet<String>,
    tensors: u64,
    parameters: u64,
    constants: u64,
    element_types: BTreeSet<String>,
    external_files: BTreeMap<String, u64>,
    operators: BTreeMap<String, u64>,
}

impl Onnx {
    /// Reads the structure of the model.
    ///
    /// # Errors
    ///
    /// [`InspectError`] where the file is no protocol buffer, has no graph, or passes a limit.
    pub fn read(input: &mut Input<'_>) -> Result<Self, InspectError> {
        let mut wire = Wire::new(input);
        let mut model = Self::default();
        let mut rest = wire.whole();
        let mut has_graph = false;
        while let Some(field) = wire.next(&mut rest)? {
            let end = rest.at;
            match (field.number, field.span(), field.varint()) {
                (1, None, Some(version)) => model.ir_version = Some((version, end - 1)),
                (2, Some(span), _) => {
                    model.producer = Some((wire.text("producer", span)?, span.at));
                }
                (3, Some(span), _) => model.producer_version = wire.text("producer", span)?,
                (4, Some(span), _) => {
                    let aspect = Aspect::Metadata("domain".to_owned());
                    model.keep(&mut wire, aspect, span)?;
                }
                (5, None, Some(version)) if version > 0 => {
                    let text = version.to_string();
                    model.texts.push((Aspect::Version, text, end - 1));
                }
                (6, Some(span), _) => model.keep(&mut wire, Aspect::Description, span)?,
                (7, Some(span), _) => {
                    has_graph = true;
                    model.graph_at = span.at;
                    read_graph(&mut wire, span, &mut model, 0)?;
                }
                (8, Some(span), _) => model.read_opset(&mut wire, span)?,
                (14, Some(span), _) => model.read_property(&mut wire, span)?,
                (25, Some(span), _) => read_function(&mut wire, span, &mut model)?,
                _ => {}
            }
        }
        if has_graph {
            return Ok(model);
        }
        Err(InspectError::Malformed {
            what: "model",
            at: Location::Whole,
            found: "without a graph".to_owned(),
            expected: "a graph",
        })
    }

    /// Returns the number of initializers, those of inner graphs included.
    #[must_use]
    pub const fn tensors(&self) -> u64 {
        self.tensors
    }

    /// Returns the number of elements in all initializers.
    #[must_use]
    pub const fn parameters(&self) -> u64 {
        self.parameters
    }

    /// Returns the version of each set of operators, by its domain; the empty one is ONNX's own.
    #[must_use]
    pub fn opsets(&self) -> BTreeMap<&str, u64> {
        let opsets = self.opsets.iter();
        opsets
            .map(|(domain, (version, _))| (domain.as_str(), *version))
            .collect()
    }

    /// Returns the files beside this one that hold values of tensors.
    #[must_use]
    pub fn external_files(&self) -> Vec<&str> {
        self.external_files.keys().map(String::as_str).collect()
    }

    /// Returns what the file says of the model.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        if let Some((version, at)) = self.ir_version {
            let version = version.to_string();
            facts.push(Fact::observed(
                Aspect::FormatVersion,
                version,
                Location::Byte(at),
            ));
        }
        if let Some((producer, at)) = &self.producer {
            let tool = format!("{producer} {}", self.producer_version);
            facts.push(Fact::declared(
                Aspect::Tool,
                tool.trim_end(),
                Location::Byte(*at),
            ));
        }
        for (domain, (version, at)) in &self.opsets {
            let name = if domain.is_empty() { "ai.onnx" } else { domain };
            let aspect = Aspect::Metadata(format!("opset {name}"));
            facts.push(Fact::observed(
                aspect,
                version.to_string(),
                Location::Byte(*at),
            ));
        }
        let texts = self.texts.iter();
        facts.extend(
            texts.map(|(aspect, text, at)| {
                Fact::declared(aspect.clone(), text, Location::Byte(*at))
            }),
        );
        facts.extend(self.interfaces());
        facts.extend(self.contents());
        facts
    }

    /// Returns what deserves attention.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for file in self.external_files.keys() {
            if file.parse::<EntryPath>().is_err() {
                let message =
                    format!("tensors are taken from `{file}`, which is no path inside the model");
                findings.push(Finding::new("bom.inspect.onnx.external_path", message));
            }
        }
        for operator in self.operators.keys() {
            let message =
                format!("`{operator}` is no operator of onnx: a loader needs code for it");
            findings.push(Finding::new("bom.inspect.onnx.operator", message));
        }
        findings
    }

    /// Keeps a text that is not empty.
    fn keep(
        &mut self,
        wire: &mut Wire<'_, '_>,
        aspect: Aspect,
        span: Span,
    ) -> Result<(), InspectError> {
        let text = wire.text("text", span)?;
        if !text.trim().is_empty() {
            self.texts.push((aspect, text, span.at));
        }
        Ok(())
    }

    fn read_opset(&mut self, wire: &mut Wire<'_, '_>, span: Span) -> Result<(), InspectError> {
        let (mut rest, mut domain, mut version) = (span, String::new(), 0);
        while let Some(field) = wire.next(&mut rest)? {
            match (field.number, field.span(), field.varint()) {
                (1, Some(span), _) => domain = wire.text("domain", span)?,
                (2, _, Some(number)) => version = number,
                _ => {}
            }
        }
        self.opsets.insert(domain, (version, span.at));
        Ok(())
    }

    fn read_property(&mut self, wire: &mut Wire<'_, '_>, span: Span) -> Result<(), InspectError> {
        let (mut rest, mut key, mut value) = (span, String::new(), String::new());
        while let Some(field) = wire.next(&mut rest)? {
            match (field.number, field.span()) {
                (1, Some(span)) => key = wire.text("metadata", span)?,
                (2, Some(span)) => value = wire.text("metadata", span)?,
                _ => {}
            }
        }
        let aspect = match key.to_ascii_lowercase().as_str() {
            "author" => Aspect::Author,
            "license" => Aspect::License,
            "task" => Aspect::Task,
            _ => Aspect::Metadata(key),
        };
        self.texts.push((aspect, value, span.at));
        Ok(())
    }

    /// Inputs that an initializer fills need not be given.
    fn interfaces(&self) -> Vec<Fact> {
        let given = self
            .inputs
            .iter()
            .filter(|input| !self.initializers.contains(&input.name));
        let inputs = given.map(|input| {
            let aspect = Aspect::Input(input.name.clone());
            Fact::observed(aspect, &input.format, Location::Byte(input.at))
        });
        let outputs = self.outputs.iter().map(|output| {
            let aspect = Aspect::Output(output.name.clone());
            Fact::observed(aspect, &output.format, Location::Byte(output.at))
        });
        inputs.chain(outputs).collect()
    }

    fn contents(&self) -> Vec<Fact> {
        let at = || Location::Byte(self.graph_at);
        let mut facts = Vec::new();
        // Some writers keep weights as constants. How many of those are weights is not known, and
        // that there are none would not be true.
        if self.tensors > 0 || self.constants == 0 {
            let (tensors, parameters) = (self.tensors.to_string(), self.parameters.to_string());
            facts.push(Fact::observed(Aspect::TensorCount, tensors, at()));
            facts.push(Fact::observed(Aspect::ParameterCount, parameters, at()));
        }
        if self.constants > 0 {
            let aspect = Aspect::Metadata("elements of constants".to_owned());
            facts.push(Fact::observed(aspect, self.constants.to_string(), at()));
        }
        let types = self.element_types.iter();
        facts.extend(types.map(|name| Fact::observed(Aspect::ElementType, name, at())));
        let files = self.external_files.iter();
        facts.extend(
            files.map(|(file, at)| Fact::observed(Aspect::ExternalFile, file, Location::Byte(*at))),
        );
        let operators = self.operators.iter();
        facts.extend(
            operators.map(|(name, at)| Fact::observed(Aspect::Operator, name, Location::Byte(*at))),
        );
        facts
    }

    /// Notes an operator that ONNX does not define.
    pub(super) fn operator(&mut self, domain: &str, name: &str, at: u64) {
        if !STANDARD_DOMAINS.contains(&domain) {
            self.operators
                .entry(format!("{domain}.{name}"))
                .or_insert(at);
        }
    }
}
