//! What Keras writes of a model into attributes: `model_config` and `training_config` in JSON.

use std::collections::BTreeSet;

use modelward_artifact::{Finding, JsonLimits, json};
use serde_json::{Map, Value};

use super::attribute::Attribute;
use crate::inspect::{Aspect, Fact, Location};
use crate::pointer::Place;

/// The longest value of a setting that is stated, in bytes.
const LONGEST_VALUE: usize = 1024;

/// The packages whose classes Keras has itself.
const PACKAGES: [&str; 4] = ["keras", "keras_core", "tensorflow", "tf_keras"];

/// What the attributes say of the model.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Keras {
    version: Option<String>,
    layer_names: Vec<String>,
    facts: Vec<Fact>,
    findings: Vec<Finding>,
}

impl Keras {
    pub(super) fn of(attributes: &[Attribute], limits: &JsonLimits) -> Self {
        let mut keras = Self::default();
        let mut has_layers = false;
        // The root says the same as the group of the weights, and comes first.
        let mut said = BTreeSet::new();
        for attribute in attributes {
            if !said.insert(attribute.name.as_str()) {
                continue;
            }
            has_layers |= keras.take(attribute, limits);
        }
        if !has_layers && !keras.layer_names.is_empty() {
            let count = keras.layer_names.len().to_string();
            keras
                .facts
                .push(Fact::observed(layers(), count, Location::Whole));
        }
        keras
    }

    pub(super) fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    pub(super) fn layer_names(&self) -> &[String] {
        &self.layer_names
    }

    pub(super) fn facts(&self) -> &[Fact] {
        &self.facts
    }

    pub(super) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Takes what an attribute says. Tells whether it says of which layers the model consists.
    fn take(&mut self, attribute: &Attribute, limits: &JsonLimits) -> bool {
        let at = Location::Byte(attribute.at);
        match (attribute.name.as_str(), attribute.text()) {
            ("keras_version", Some(version)) => {
                let tool = format!("keras {version}");
                self.facts.push(Fact::declared(Aspect::Tool, tool, at));
                self.version = Some(version.to_owned());
            }
            ("backend", Some(backend)) => {
                let aspect = Aspect::Metadata("backend".to_owned());
                self.facts.push(Fact::declared(aspect, backend, at));
            }
            ("model_config", Some(text)) => {
                if let Some(config) = self.json(attribute, text, limits) {
                    self.model(&config, attribute.at);
                    return true;
                }
            }
            ("training_config", Some(text)) => {
                if let Some(config) = self.json(attribute, text, limits) {
                    self.training(&config);
                }
            }
            // Where there are many, they stand in `layer_names0`, `layer_names1` and so on.
            (name, _) if name.starts_with("layer_names") => {
                self.layer_names.extend_from_slice(&attribute.texts);
            }
            _ => {}
        }
        false
    }

    /// Reads the JSON of an attribute. What cannot be read is told and does not hide the rest.
    fn json(&mut self, attribute: &Attribute, text: &str, limits: &JsonLimits) -> Option<Value> {
        match json::read(text.as_bytes(), limits) {
            Ok(value) => Some(value),
            Err(error) => {
                let message = format!("the attribute `{}` is not read: {error}", attribute.name);
                self.findings
                    .push(Finding::new("bom.inspect.hdf5.config", message));
                None
            }
        }
    }

    fn model(&mut self, config: &Value, at: u64) {
        let place = |pointer: String| Location::Pointer(pointer).inside("model_config");
        if let Some(class) = config.get("class_name").and_then(Value::as_str) {
            let at = place("/class_name".to_owned());
            self.facts
                .push(Fact::observed(Aspect::Architecture, class, at));
        }
        // The first versions have the layers of a sequence in `config` itself.
        let of_config = config
            .pointer("/config/layers")
            .map(|list| ("/config/layers", list));
        let pointer_and_list = of_config.or_else(|| Some(("/config", config.get("config")?)));
        if let Some((pointer, Value::Array(list))) = pointer_and_list {
            let count = list.len().to_string();
            let at = place(pointer.to_owned());
            self.facts.push(Fact::observed(layers(), count, at));
            for (index, layer) in list.iter().enumerate() {
                let at = place(format!("{pointer}/{index}/config"));
                self.facts.extend(input(layer, at));
            }
        }
        let mut classes = Classes::default();
        classes.find(config);
        self.facts.extend(
            classes
                .foreign
                .iter()
                .map(|class| Fact::observed(Aspect::Import, class, Location::Byte(at))),
        );
        self.findings.extend(classes.findings());
    }

    /// States how the model was trained.
    fn training(&mut self, config: &Value) {
        let place = |pointer: String| Location::Pointer(pointer).inside("training_config");
        let mut state = |name: &str, value: &Value, pointer: String| {
            let aspect = Aspect::Hyperparameter(name.to_owned());
            let fact = |value| Fact::declared(aspect, value, place(pointer));
            self.facts.extend(setting(value).map(fact));
        };
        for name in ["loss", "metrics"] {
            if let Some(value) = config.get(name) {
                state(name, value, format!("/{name}"));
            }
        }
        let optimizer = "/optimizer_config";
        if let Some(class) = config.pointer("/optimizer_config/class_name") {
            state("optimizer", class, format!("{optimizer}/class_name"));
        }
        let settings = config.pointer("/optimizer_config/config");
        for (name, value) in settings.and_then(Value::as_object).into_iter().flatten() {
            let step = Place::ROOT;
            let pointer = format!("{optimizer}/config{}", step.member(name));
            state(&format!("optimizer.{name}"), value, pointer);
        }
    }
}

/// The classes of a model that are not of Keras.
#[derive(Debug, Default)]
struct Classes {
    lambdas: u64,
    foreign: BTreeSet<String>,
}

impl Classes {
    /// Looks at every object. The depth was bounded when the JSON was read.
    fn find(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.find(item)),
            Value::Object(members) => {
                self.look_at(members);
                members.values().for_each(|member| self.find(member));
            }
            _ => {}
        }
    }

    fn look_at(&mut self, members: &Map<String, Value>) {
        let Some(class) = members.get("class_name").and_then(Value::as_str) else {
            return;
        };
        if matches!(class, "Lambda" | "__lambda__") {
            self.lambdas += 1;
        }
        let module = members.get("module").and_then(Value::as_str);
        if let Some(module) = module {
            let package = module.split('.').next().unwrap_or(module);
            if !PACKAGES.contains(&package) {
                self.foreign.insert(format!("{module}.{class}"));
            }
        }
    }

    fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.lambdas > 0 {
            let message = "the model has Lambda layers: code that runs when the model is loaded or \
                           used";
            findings.push(Finding::new("bom.inspect.hdf5.lambda", message));
        }
        if !self.foreign.is_empty() {
            let message = format!(
                "{} classes of the model are not of Keras: loading imports them",
                self.foreign.len()
            );
            findings.push(Finding::new("bom.inspect.hdf5.import", message));
        }
        findings
    }
}

fn layers() -> Aspect {
    Aspect::Hyperparameter("num_layers".to_owned())
}

/// States an input: a layer with the shape of a batch.
fn input(layer: &Value, at: Location) -> Option<Fact> {
    let config = layer.get("config")?;
    let shape = config
        .get("batch_input_shape")
        .or_else(|| config.get("batch_shape"))?;
    let sizes = shape.as_array()?.iter().enumerate().map(|(index, size)| {
        let unknown = if index == 0 { "batch" } else { "?" };
        size.as_u64()
            .map_or_else(|| unknown.to_owned(), |size| size.to_string())
    });
    let sizes = sizes.collect::<Vec<_>>().join(", ");
    let name = config.get("name")?.as_str()?;
    let element = config.get("dtype").and_then(Value::as_str).unwrap_or("?");
    let aspect = Aspect::Input(name.to_owned());
    Some(Fact::observed(aspect, format!("{element}[{sizes}]"), at))
}

/// Returns a short value as it is written: a text as such, all else as JSON.
fn setting(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    (text.len() <= LONGEST_VALUE && !text.trim().is_empty()).then_some(text)
}
