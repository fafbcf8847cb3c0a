mod graph;

use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::Finding;

use self::graph::{Interface, Stored, read_graph};
use crate::inspect::flatbuffer::{Flat, Table};
use crate::inspect::{Aspect, Fact, Input, InspectError, Location};

/// The number that stands for an operator by name (`BuiltinOperator.CUSTOM`).
const CUSTOM: u32 = 32;

/// The one version of the schema that there is (`TFLITE_SCHEMA_VERSION`).
const SCHEMA_VERSION: u32 = 3;

/// What a `TFLite` file (`LiteRT`) says: its operators, inputs and outputs, and the tensors whose values
/// it holds. The values themselves are passed over.
///
/// The layout is that of `schema.fbs`, version 3. Constants that steer an operator, such as a shape,
/// are tensors like weights and are counted with them; tensors that share a buffer are counted
/// once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tflite {
    schema_version: u32,
    description: Option<(String, u64)>,
    operators: BTreeMap<String, u64>,
    names: Vec<(String, u64)>,
    graphs_at: u64,
    inputs: Vec<Interface>,
    outputs: Vec<Interface>,
    tensors: u64,
    parameters: u64,
    element_types: BTreeSet<String>,
    quantized: u64,
}

impl Tflite {
    /// Reads the structure of the model.
    ///
    /// # Errors
    ///
    /// [`InspectError`] where the file is no flatbuffer of `TFLite`, is of another version of the
    /// schema, has no graph, or passes a limit.
    pub fn read(input: &mut Input<'_>) -> Result<Self, InspectError> {
        let head = input.head(8)?;
        if head.get(4..8) != Some(b"TFL3") {
            return Err(InspectError::Malformed {
                what: "identifier",
                at: Location::Byte(4),
                found: "another".to_owned(),
                expected: "TFL3",
            });
        }
        let mut flat = Flat::new(input);
        let root = flat.root()?;
        let schema_version = flat.word(root, 0)?.unwrap_or_default();
        if schema_version != SCHEMA_VERSION {
            return Err(InspectError::Unsupported {
                what: "schema of tflite",
                at: Location::Byte(root.at),
                found: format!("version {schema_version}"),
            });
        }
        let mut model = Self {
            schema_version,
            description: flat.text(root, 3)?,
            graphs_at: root.at,
            ..Self::default()
        };
        model.read_operators(&mut flat, root)?;
        for metadata in flat.children(root, 6)? {
            model.names.extend(flat.text(metadata, 0)?);
        }
        model.read_graphs(&mut flat, root)?;
        Ok(model)
    }

    /// Returns the number of tensors whose values are in the file.
    #[must_use]
    pub const fn tensors(&self) -> u64 {
        self.tensors
    }

    /// Returns the number of elements in these tensors.
    #[must_use]
    pub const fn parameters(&self) -> u64 {
        self.parameters
    }

    /// Returns the operators that `TFLite` itself does not have.
    #[must_use]
    pub fn custom_operators(&self) -> Vec<&str> {
        self.operators.keys().map(String::as_str).collect()
    }

    /// Returns what the file says of the model.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let at = || Location::Byte(self.graphs_at);
        let version = self.schema_version.to_string();
        let mut facts = vec![Fact::observed(Aspect::FormatVersion, version, at())];
        if let Some((text, at)) = &self.description {
            facts.push(described(text, *at));
        }
        let names = self.names.iter().map(|(name, at)| {
            let aspect = Aspect::Metadata("metadata entry".to_owned());
            Fact::observed(aspect, name, Location::Byte(*at))
        });
        facts.extend(names);
        let shown = |make: fn(String) -> Aspect| {
            move |interface: &Interface| {
                let aspect = make(interface.name.clone());
                Fact::observed(aspect, &interface.format, Location::Byte(interface.at))
            }
        };
        facts.extend(self.inputs.iter().map(shown(Aspect::Input)));
        facts.extend(self.outputs.iter().map(shown(Aspect::Output)));
        let (tensors, parameters) = (self.tensors.to_string(), self.parameters.to_string());
        facts.push(Fact::observed(Aspect::TensorCount, tensors, at()));
        facts.push(Fact::observed(Aspect::ParameterCount, parameters, at()));
        let types = self.element_types.iter();
        facts.extend(types.map(|name| Fact::observed(Aspect::ElementType, name, at())));
        if self.quantized > 0 {
            let aspect = Aspect::Metadata("quantized tensors".to_owned());
            facts.push(Fact::observed(aspect, self.quantized.to_string(), at()));
        }
        let operators = self.operators.iter();
        facts.extend(
            operators.map(|(name, at)| Fact::observed(Aspect::Operator, name, Location::Byte(*at))),
        );
        facts
    }

    /// Returns what deserves attention.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let operators = self.operators.keys().map(|operator| {
            let message =
                format!("`{operator}` is no operator of tflite: a loader needs code for it");
            Finding::new("bom.inspect.tflite.operator", message)
        });
        operators.collect()
    }

    fn read_operators(&mut self, flat: &mut Flat<'_, '_>, root: Table) -> Result<(), InspectError> {
        for operator in flat.children(root, 1)? {
            // Numbers beyond 127 came later and have a field of their own.
            let old = flat.byte(operator, 0)?.unwrap_or_default();
            let new = flat.word(operator, 3)?.unwrap_or_default();
            if u32::from(old).max(new) == CUSTOM {
                let name = flat.text(operator, 1)?.unwrap_or_default().0;
                self.operators.entry(name).or_insert(operator.at);
            }
        }
        Ok(())
    }

    fn read_graphs(&mut self, flat: &mut Flat<'_, '_>, root: Table) -> Result<(), InspectError> {
        let mut stored = Stored::read(flat, root)?;
        let graphs = flat.children(root, 2)?;
        if graphs.is_empty() {
            return Err(InspectError::Malformed {
                what: "model",
                at: Location::Byte(root.at),
                found: "without a graph".to_owned(),
                expected: "a graph",
            });
        }
        for (index, graph) in graphs.into_iter().enumerate() {
            let interfaces = read_graph(flat, graph, &mut stored, self)?;
            if index == 0 {
                (self.inputs, self.outputs) = interfaces;
            }
        }
        Ok(())
    }
}

/// The converters of `TensorFlow` write their own name where a description is asked for.
fn described(text: &str, at: u64) -> Fact {
    let at = Location::Byte(at);
    match text {
        "MLIR Converted." | "TOCO Converted." => Fact::declared(Aspect::Tool, text, at),
        _ => Fact::declared(Aspect::Description, text, at),
    }
}
