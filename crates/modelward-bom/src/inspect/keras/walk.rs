use std::collections::BTreeMap;

use modelward_artifact::Finding;
use serde_json::{Map, Value};

use crate::inspect::{Aspect, Fact, Location};

/// Classes of Keras that run code, or load files that do.
const CODE: [(&str, &str, &str); 6] = [
    (
        "FlaxLayer",
        "bom.inspect.keras.code",
        "runs a function that the file holds",
    ),
    (
        "JaxLayer",
        "bom.inspect.keras.code",
        "runs a function that the file holds",
    ),
    (
        "Lambda",
        "bom.inspect.keras.lambda",
        "runs a function that the file holds",
    ),
    (
        "TFSMLayer",
        "bom.inspect.keras.code",
        "loads a SavedModel from another place",
    ),
    (
        "TorchModuleWrapper",
        "bom.inspect.keras.pickle",
        "unpickles a module of PyTorch",
    ),
    (
        "__lambda__",
        "bom.inspect.keras.lambda",
        "is code in the form of Python's `marshal`",
    ),
];

/// The public modules of Keras whose objects a configuration has. Others of Keras have functions
/// that a model has no use for, such as those that turn the safe mode off or fetch files.
const MODULES: [&str; 17] = [
    "keras",
    "keras.activations",
    "keras.constraints",
    "keras.dtype_policies",
    "keras.initializers",
    "keras.layers",
    "keras.losses",
    "keras.metrics",
    "keras.models",
    "keras.optimizers",
    "keras.optimizers.schedules",
    "keras.quantizers",
    "keras.random",
    "keras.regularizers",
    "keras.src.models.functional",
    "keras.src.models.model",
    "keras.src.models.sequential",
];

/// The serialized objects of a configuration: objects with a `class_name`, wherever they are
/// (`keras.saving.deserialize_keras_object`).
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// The classes, each with the place of the first.
    classes: BTreeMap<String, String>,
    inputs: Vec<Fact>,
    custom: Vec<Fact>,
    findings: Vec<Finding>,
}

impl Walk {
    pub(super) fn of(config: &Value) -> Self {
        let mut walk = Self::default();
        // The depth was bounded when the text was read.
        walk.visit(config, &mut String::new());
        walk
    }

    pub(super) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Returns the inputs, the classes of layers and those of them that Keras does not have.
    pub(super) fn facts(&self) -> Vec<Fact> {
        let mut facts = self.inputs.clone();
        facts.extend_from_slice(&self.custom);
        let layers = self.classes.iter().map(|(class, pointer)| {
            let aspect = Aspect::Metadata("layer".to_owned());
            Fact::observed(aspect, class, place(pointer))
        });
        facts.extend(layers);
        facts
    }

    fn visit(&mut self, value: &Value, pointer: &mut String) {
        let length = pointer.len();
        match value {
            Value::Array(values) => {
                for (index, inner) in values.iter().enumerate() {
                    pointer.push_str(&format!("/{index}"));
                    self.visit(inner, pointer);
                    pointer.truncate(length);
                }
            }
            Value::Object(members) => {
                if let Some(class) = members.get("class_name").and_then(Value::as_str) {
                    self.judge(members, (class, pointer));
                }
                for (name, inner) in members {
                    pointer.push('/');
                    pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
                    self.visit(inner, pointer);
                    pointer.truncate(length);
                }
            }
            _ => {}
        }
    }

    fn judge(&mut self, members: &Map<String, Value>, (class, pointer): (&str, &str)) {
        let text = |key: &str| members.get(key).and_then(Value::as_str);
        let module = text("module");
        if let Some((_, code, reason)) = CODE.iter().find(|(name, ..)| *name == class) {
            let message = format!("`{class}` at {} {reason}", place(pointer));
            self.findings.push(Finding::new(*code, message));
        }
        if pointer.contains("/layers/") && members.contains_key("config") && text("name").is_some()
            || module == Some("keras.layers")
        {
            let classes = &mut self.classes;
            classes
                .entry(class.to_owned())
                .or_insert_with(|| pointer.to_owned());
        }
        let is_foreign = module.is_some_and(|module| !MODULES.contains(&module));
        // Keras itself registers its classes under their own name or not at all.
        let registered = text("registered_name").filter(|name| *name != class);
        if is_foreign || registered.is_some() {
            let name = registered.unwrap_or(class);
            let path = module.map_or_else(|| name.to_owned(), |module| format!("{module}.{name}"));
            let message = format!("`{path}` at {} is none of Keras's own", place(pointer));
            self.findings
                .push(Finding::new("bom.inspect.keras.custom", message));
            self.custom
                .push(Fact::observed(Aspect::Operator, path, place(pointer)));
        }
        if class == "InputLayer" {
            self.inputs.extend(input(members, pointer));
        }
    }
}

/// Shows an input layer as `float32[batch, 4]`; sizes that vary have no number.
fn input(members: &Map<String, Value>, pointer: &str) -> Option<Fact> {
    let config = members.get("config")?;
    let name = config.get("name")?.as_str()?;
    let element = config.get("dtype")?.as_str()?;
    let sizes = config.get("batch_shape")?.as_array()?;
    let size = |(index, size): (usize, &Value)| match size.as_u64() {
        Some(size) => size.to_string(),
        None if index == 0 => "batch".to_owned(),
        None => "?".to_owned(),
    };
    let sizes: Vec<_> = sizes.iter().enumerate().map(size).collect();
    let shape = format!("{element}[{}]", sizes.join(", "));
    let at = place(&format!("{pointer}/config/batch_shape"));
    Some(Fact::observed(Aspect::Input(name.to_owned()), shape, at))
}

fn place(pointer: &str) -> Location {
    Location::Pointer(pointer.to_owned()).inside(super::CONFIG)
}
